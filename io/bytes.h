// SPDX-License-Identifier: MIT
//
// Bytes, and how integers lie in them. Every file format in this folder is read through these two
// names, so none depends on the byte order of the machine.
//
// PyTorch counterpart: torch/csrc/utils/byte_order.h.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <type_traits>
#include <vector>

namespace cutaway::inline v0_1::io {

using Bytes = std::vector<uint8_t>;

/// The integer whose sizeof(Int) bytes start at `bytes`, lowest byte first; any alignment. The
/// caller has checked that so many bytes are there.
template <class Int>
Int load_little_endian(const uint8_t* bytes) {
  static_assert(std::is_integral_v<Int>);
  uint8_t copy[sizeof(Int)];
  std::memcpy(copy, bytes, sizeof copy);
  if constexpr (std::endian::native == std::endian::big) std::reverse(copy, copy + sizeof copy);
  return std::bit_cast<Int>(copy);
}

}  // namespace cutaway::io
