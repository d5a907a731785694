// SPDX-License-Identifier: MIT
//
// Bytes, and how integers lie in them. Every file format in this folder is read through these two
// names, so none depends on the byte order of the machine.
//
// PyTorch counterpart: torch/csrc/utils/byte_order.h.
#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <vector>

#include "../tensor/version.h"

namespace cutaway::inline v0_1::io {

using Bytes = std::vector<uint8_t>;

/// The integer whose sizeof(Int) bytes start at `bytes`, lowest byte first; any alignment. The
/// caller has checked that so many bytes are there. Compilers make one load of it where they can.
template <class Int>
Int load_little_endian(const uint8_t* bytes) {
  using Bits = std::make_unsigned_t<Int>;
  Bits bits = 0;
  for (size_t i = 0; i < sizeof(Int); ++i) {
    bits = static_cast<Bits>(bits | static_cast<Bits>(Bits{bytes[i]} << (8 * i)));
  }
  return static_cast<Int>(bits);
}

}  // namespace cutaway::io
