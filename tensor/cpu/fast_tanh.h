// SPDX-License-Identifier: MIT
//
// tanh(x) in a form the compiler can vectorise: arithmetic only, no call, no branch; within 2 units
// in the last place.
//
// tanh(x) = 1 - 2 / (e^(2x) + 1) serves for large x. Near 0 that would subtract almost equal
// numbers, and tanh(x) is nearly x: there x times a polynomial in x^2.
//
// Reference: the coefficients are those of tanhf in S. Moshier's Cephes library.
#pragma once

#include <cmath>

#include "fast_exp.h"

namespace cutaway::inline v0_1::cpu {

[[gnu::always_inline]] inline float fast_tanh(float x) {
  const float size = x < 0 ? -x : x;
  const float large = 1.0f - 2.0f / (fast_exp(2.0f * size) + 1.0f);

  const float square = x * x;
  float p = -5.70498872745e-3f;
  p = p * square + 2.06390887954e-2f;
  p = p * square - 5.37397155531e-2f;
  p = p * square + 1.33314422036e-1f;
  p = p * square - 3.33332819422e-1f;
  const float small = p * square * x + x;

  return std::copysign(size < 0.625f ? small : large, x);  // of NaN: NaN, of -0: -0
}

[[gnu::always_inline]] inline double fast_tanh(double x) { return std::tanh(x); }

}  // namespace cutaway::cpu
