// SPDX-License-Identifier: MIT
//
// Arithmetic for integers that come from outside: sizes in files, shapes from users. The one place
// where overflow is looked for; everything that turns such a number into an allocation or an offset
// goes through here.
//
// PyTorch counterpart: c10/util/safe_numerics.h.
#pragma once

#include <cstdint>
#include <optional>
#include <type_traits>

#include "version.h"

namespace cutaway::inline v0_1 {

/// a + b, or nothing where the sum does not fit.
template <class Int>
std::optional<Int> checked_add(Int a, Int b) {
  static_assert(std::is_integral_v<Int>);
  Int sum{};
  if (__builtin_add_overflow(a, b, &sum)) return std::nullopt;
  return sum;
}

/// a * b, or nothing where the product does not fit.
template <class Int>
std::optional<Int> checked_mul(Int a, Int b) {
  static_assert(std::is_integral_v<Int>);
  Int product{};
  if (__builtin_mul_overflow(a, b, &product)) return std::nullopt;
  return product;
}

/// `value` as another integer type, or nothing where it does not fit.
template <class To, class From>
std::optional<To> checked_cast(From value) {
  static_assert(std::is_integral_v<To> && std::is_integral_v<From>);
  To result{};
  if (__builtin_add_overflow(value, From{0}, &result)) return std::nullopt;
  return result;
}

/// Whether [offset, offset + length) lies inside [0, total), for unsigned quantities read from a
/// file.
inline bool range_fits(uint64_t offset, uint64_t length, uint64_t total) {
  return length <= total && offset <= total - length;
}

}  // namespace cutaway
