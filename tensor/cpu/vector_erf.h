// SPDX-License-Identifier: MIT
//
// The error function, its complement and its inverse for float32, in the manner of vector_math.h:
// arithmetic and choices only. erf computes in float, since it is the heart of gelu, and is within
// 1.5 units in the last place; the others compute in double and are within 0.51.
//
// PyTorch counterpart: ATen/cpu/vec/vec512/vec512_float.h (erf, erfc), calc_erfinv (ATen/native/
// Math.h).
#pragma once

#include <cmath>
#include <limits>

#include "fast_exp.h"
#include "special_functions.h"
#include "vector_math.h"

namespace cutaway::inline v0_1::cpu {

/// In float throughout, since it is the heart of gelu; |x| >= 1 subtracts at most 0.16 from 1.
[[gnu::always_inline]] inline float vector_erf(float x) {
  // |x| <= 1, error 2^-29
  const float square = x * x;
  float p = 7.875875062685488e-05f;
  p = p * square - 0.000801686428716587f;
  p = p * square + 0.005189087423433974f;
  p = p * square - 0.026854212010626412f;
  p = p * square + 0.11283594715160218f;
  p = p * square - 0.37612626666720334f;
  p = p * square + 0.1283791658483509f;
  const float near_0 = x + x * p;
  // erf(x) = 1 - e^(-x^2) q(1 / (1 + x / 2)). 1 <= x <= 4, error of q 2^-24; from 4 on erf is 1.
  const float size = std::abs(x);
  const float most = size > 4.0f ? 4.0f : size;
  const float t = 1.0f / (1.0f + 0.5f * most);
  float q = -0.05363042807694806f;
  q = q * t - 0.05706519996389612f;
  q = q * t + 0.40349505334132824f;
  q = q * t + 0.1014954124429318f;
  q = q * t + 0.3307571337028597f;
  q = q * t + 0.273634340084396f;
  q = q * t + 0.0006051183909673801f;
  const float far = std::copysign(1.0f - fast_exp(-most * most) * q, x);
  return size < 1.0f ? near_0 : far;
}

/// 1 - erf(x), which keeps its digits where erf is nearly 1.
[[gnu::always_inline]] inline float vector_erfc(float x) {
  // erfc(x) = e^(-x^2) t q(t), t = 1 / (1 + x / 2). 0 <= x <= 10.4, error of q 2^-35; from there on
  // erfc is 0.
  const double size = std::abs(static_cast<double>(x));
  const double most = size > 10.4 ? 10.4 : size;
  const double t = 1 / (1 + 0.5 * most);
  const double q = detail::polynomial(
      t, 0.2820949745028036, 0.28209016828584943, 0.24687193381880948, 0.17632253803861248,
      0.08086734724477915, 0.022572737987259357, -0.19496476667990734, 0.40611324292214973,
      -1.0401371986123822, 1.6231254301712519, -1.4611715135815369, 0.776988256189707,
      -0.23048349942545263, 0.029710349150699825);
  const double of_size = detail::exp_in_double(-most * most) * t * q;
  return static_cast<float>(x < 0 ? 2 - of_size : of_size);
}

/// The y of which x is erf(y). Its size grows as the root of w = -log(1 - x^2), which is how Giles
/// approximates it: y / x is smooth in w near 0, and in sqrt(w) further out.
///
/// Reference: M. Giles, Approximating the erfinv function, GPU Computing Gems 2, 2011.
[[gnu::always_inline]] inline float vector_erfinv(float x) {
  const double wide = x;
  const double w = -detail::log_in_double((1 - wide) * (1 + wide));
  // 0 <= w <= 5, error 2^-35
  const double near_0 =
      detail::polynomial(w - 2.5, 1.5014093511310715, 0.24664027674226105, -0.004177318042578073,
                         -0.0012527078778638292, 0.00021825108169578578, -4.996157075714713e-06,
                         -3.417409529690375e-06, 4.788011625385882e-07, 1.3782110981667457e-08,
                         -1.0897168657016768e-08, 8.198350424588279e-10, 1.2861572678730156e-10,
                         -2.0518409614330562e-11, -2.7960410484332195e-13);
  // 5 <= w <= 16.6, which no float less than 1 exceeds; error 2^-32
  const double near_1 = detail::polynomial(
      std::sqrt(w) - 3.16, 2.9934587164042576, 1.0041931994704345, 0.006518113913580557,
      -0.004799754126721669, 0.0033761208084798233, -0.002262286260035687, 0.001177428724239946,
      -0.0003542411333112765, -4.945927896378512e-05, 0.00012846091669704087,
      -5.8173552735283034e-05, -6.597726805149381e-06, 1.0113341356900625e-05);
  const float result = static_cast<float>(wide * (w < 5 ? near_0 : near_1));
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  return std::abs(x) == 1 ? std::copysign(kInfinity, x) : result;  // beyond, log is NaN
}

// ---- float64 ----

[[gnu::always_inline]] inline double vector_erf(double x) { return std::erf(x); }
[[gnu::always_inline]] inline double vector_erfc(double x) { return std::erfc(x); }
[[gnu::always_inline]] inline double vector_erfinv(double x) { return erfinv(x); }

}  // namespace cutaway::cpu
