// SPDX-License-Identifier: MIT
//
// exp(x) in a form the compiler can vectorise: arithmetic only, no call, no branch.
//
// e^x = 2^n * e^r with n = round(x / ln 2), so that |r| <= ln 2 / 2, where a polynomial of degree 6
// is as exact as float is: within 1 unit in the last place of the true value. 2^n is made by
// writing n into a float's exponent bits; in two halves, since 2^n alone may be out of range where
// the product is not.
//
// Reference: the coefficients are those of expf in S. Moshier's Cephes library.
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>

namespace cutaway::inline v0_1::cpu {

/// p * 2^n
[[gnu::always_inline]] inline float times_power_of_2(float p, int32_t n) {
  const int32_t half = n >> 1;
  const float scale = std::bit_cast<float>(static_cast<uint32_t>(half + 127) << 23);
  const float other_scale = std::bit_cast<float>(static_cast<uint32_t>(n - half + 127) << 23);
  return p * scale * other_scale;
}

[[gnu::always_inline]] inline float fast_exp(float x) {
  // Beyond these bounds the result is 0 or infinity. NaN fails both comparisons and stays.
  x = x < -104.0f ? -104.0f : x;
  x = x > 89.0f ? 89.0f : x;

  // Adding 1.5 * 2^23 leaves no bits for a fraction: the sum is rounded to a whole number, which
  // stands in its lowest bits.
  constexpr float kRound = 12582912.0f;
  const float shifted = x * 1.44269504f + kRound;  // x / ln 2
  const int32_t n = std::bit_cast<int32_t>(shifted) - std::bit_cast<int32_t>(kRound);
  const float whole = shifted - kRound;
  // r = x - n ln 2, with ln 2 in two parts, the first of few bits, so that its product is exact.
  const float r = (x - whole * 0.693359375f) - whole * -2.12194440e-4f;

  float p = 1.9875691500e-4f;
  p = p * r + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  p = p * (r * r) + r + 1.0f;
  return times_power_of_2(p, n);
}

[[gnu::always_inline]] inline double fast_exp(double x) { return std::exp(x); }

}  // namespace cutaway::cpu
