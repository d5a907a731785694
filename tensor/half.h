// SPDX-License-Identifier: MIT
//
// Floating point in 16 bits: Half (IEEE 754 binary16) and BFloat16 (the upper half of a float).
//
//                 sign  exponent  mantissa
//     float         1      8         23     s eeeeeeee mmmmmmmmmmmmmmmmmmmmmmm
//     BFloat16      1      8          7     s eeeeeeee mmmmmmm         float's range, 3 digits
//     Half          1      5         10     s eeeee mmmmmmmmmm         up to 65504, 4 digits
//
// A finite number is, with m of so many bits behind the point and the bias 127 (Half: 15),
//     (-1)^s * 2^(e - bias) * 1.m    where e > 0
//     (-1)^s * 2^(1 - bias) * 0.m    where e = 0: zero and the subnormal numbers
// and where e is all ones, m = 0 is infinity and any other m is NaN.
//
// They are formats to store numbers in. Arithmetic converts to float (every one of them is a float)
// and rounds the result back, to the nearest, a tie to the even mantissa; too large a number
// becomes infinity. Conversions work on bits alone, so they are the same on every processor, can
// run in a constant expression, and are simple enough for a compiler to vectorise.
//
// PyTorch counterpart: c10/util/Half.h, c10/util/BFloat16.h. As there, other numbers (int64_t,
// double) go through float, which rounds twice; every NaN becomes one quiet NaN.
#pragma once

#include <bit>
#include <concepts>
#include <cstdint>
#include <limits>
#include <type_traits>

#include "version.h"

#include "macros_off.h"  // what hosts have as macros is ours from here on

namespace cutaway::inline v0_1 {

namespace detail {

/// The 16 bits of the Half nearest to the float with these bits.
constexpr uint16_t half_bits_of(uint32_t bits) {
  const uint32_t sign = bits >> 16 & 0x8000u;
  const uint32_t size = bits & 0x7fffffffu;  // the float without its sign
  // From float's exponent to Half's: subtract the difference of the biases, 127 - 15, and drop 13
  // bits. Adding just under half of what is dropped, and one more if the last bit kept is odd,
  // carries upwards exactly where rounding must; a carry out of the mantissa raises the exponent.
  const uint32_t rounded = size + 0xfffu + (size >> 13 & 1u);
  const uint32_t normal = (rounded - (112u << 23)) >> 13;
  // Below 2^-14 Half counts in steps of 2^-24. So do floats in [0.5, 1): adding 0.5 rounds, and
  // leaves the count in the low bits.
  const uint32_t half = std::bit_cast<uint32_t>(0.5f);
  const uint32_t subnormal = std::bit_cast<uint32_t>(std::bit_cast<float>(size) + 0.5f) - half;

  const uint32_t finite = size < (113u << 23) ? subnormal : normal;
  const uint32_t ordered = size >= (143u << 23) ? 0x7c00u : finite;  // 2^16 and more: infinity
  return static_cast<uint16_t>(sign | (size > (255u << 23) ? 0x7e00u : ordered));
}

/// The float that has the value of the Half with these bits.
constexpr float float_of_half_bits(uint16_t bits) {
  const uint32_t sign = static_cast<uint32_t>(bits & 0x8000u) << 16;
  const uint32_t size = bits & 0x7fffu;
  const uint32_t shift =
      size >= 0x7c00u ? 224u : 112u;  // infinity and NaN: from exponent 31 to 255
  const uint32_t normal = (size << 13) + (shift << 23);
  const uint32_t subnormal = std::bit_cast<uint32_t>(static_cast<float>(size) * 0x1p-24f);
  return std::bit_cast<float>(sign | (size < 0x400u ? subnormal : normal));
}

/// The same for BFloat16, whose bits are the upper 16 of a float.
constexpr uint16_t bfloat16_bits_of(uint32_t bits) {
  const uint32_t rounded = bits + 0x7fffu + (bits >> 16 & 1u);
  const bool is_nan = (bits & 0x7fffffffu) > (255u << 23);
  return static_cast<uint16_t>(is_nan ? 0x7fc0u : rounded >> 16);
}

constexpr float float_of_bfloat16_bits(uint16_t bits) {
  return std::bit_cast<float>(static_cast<uint32_t>(bits) << 16);
}

template <class T>
concept Number = std::is_arithmetic_v<T>;

}  // namespace detail

struct Half {
  uint16_t bits = 0;

  constexpr Half() = default;
  // Implicit, to and from float: what is computed in float is stored as Half
  constexpr Half(float value) : bits(detail::half_bits_of(std::bit_cast<uint32_t>(value))) {}
  template <detail::Number Other>
  explicit constexpr Half(Other value) : Half(static_cast<float>(value)) {}
  constexpr operator float() const { return detail::float_of_half_bits(bits); }

  static constexpr Half from_bits(uint16_t bits) {
    Half result;
    result.bits = bits;
    return result;
  }
};

struct BFloat16 {
  uint16_t bits = 0;

  constexpr BFloat16() = default;
  // Implicit, as for Half
  constexpr BFloat16(float value)
      : bits(detail::bfloat16_bits_of(std::bit_cast<uint32_t>(value))) {}
  template <detail::Number Other>
  explicit constexpr BFloat16(Other value) : BFloat16(static_cast<float>(value)) {}
  constexpr operator float() const { return detail::float_of_bfloat16_bits(bits); }

  static constexpr BFloat16 from_bits(uint16_t bits) {
    BFloat16 result;
    result.bits = bits;
    return result;
  }
};

/// Whether T is one of the two.
template <class T>
inline constexpr bool is_half_v = std::is_same_v<T, Half> || std::is_same_v<T, BFloat16>;

/// Whether T is a type of real numbers: float, double, Half, BFloat16.
template <class T>
inline constexpr bool is_real_v = std::is_floating_point_v<T> || is_half_v<T>;

/// The type in which arithmetic on T is done: float for the two, T itself for any other.
template <class T>
using Arithmetic = std::conditional_t<is_half_v<T>, float, T>;

}  // namespace cutaway

template <>
struct std::numeric_limits<cutaway::Half> {
  static constexpr bool is_specialized = true;
  static constexpr int digits = 11;
  static constexpr cutaway::Half max() { return cutaway::Half::from_bits(0x7bff); }
  static constexpr cutaway::Half lowest() { return cutaway::Half::from_bits(0xfbff); }
  static constexpr cutaway::Half min() { return cutaway::Half::from_bits(0x0400); }
  static constexpr cutaway::Half epsilon() { return cutaway::Half::from_bits(0x1400); }
  static constexpr cutaway::Half infinity() { return cutaway::Half::from_bits(0x7c00); }
  static constexpr cutaway::Half quiet_NaN() { return cutaway::Half::from_bits(0x7e00); }
};

template <>
struct std::numeric_limits<cutaway::BFloat16> {
  static constexpr bool is_specialized = true;
  static constexpr int digits = 8;
  static constexpr cutaway::BFloat16 max() { return cutaway::BFloat16::from_bits(0x7f7f); }
  static constexpr cutaway::BFloat16 lowest() { return cutaway::BFloat16::from_bits(0xff7f); }
  static constexpr cutaway::BFloat16 min() { return cutaway::BFloat16::from_bits(0x0080); }
  static constexpr cutaway::BFloat16 epsilon() { return cutaway::BFloat16::from_bits(0x3c00); }
  static constexpr cutaway::BFloat16 infinity() { return cutaway::BFloat16::from_bits(0x7f80); }
  static constexpr cutaway::BFloat16 quiet_NaN() { return cutaway::BFloat16::from_bits(0x7fc0); }
};

#include "macros_on.h"
