// SPDX-License-Identifier: MIT
//
// sin, tan, atan and their like for float32, in the manner of vector_math.h: computed in double by
// arithmetic and choices only, rounded once, within 0.51 units in the last place of the true value.
//
// sin, cos and tan take away a multiple of pi (of pi / 2) first, and are as exact as that up to
// kLargestAngle; the loop calls <cmath> beyond it.
//
// PyTorch counterpart: ATen/cpu/vec/vec512/vec512_float.h, which calls SLEEF.
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>

#include "vector_math.h"

namespace cutaway::inline v0_1::cpu {

/// Beyond it, the multiple of pi is no longer exact.
inline constexpr float kLargestAngle = 1e6f;
/// Whether sin, cos and tan below serve x; not for NaN.
[[gnu::always_inline]] inline bool is_ordinary_angle(float x) {
  return std::abs(x) <= kLargestAngle;
}

namespace detail {

// pi in two parts, the first of 33 bits, so that its product with a whole number (or a half one) up
// to 2^20 is exact.
inline constexpr double kPiHigh = 3.1415926534682512;
inline constexpr double kPiLow = 1.2154201013012384e-10;
inline constexpr double kHalfPi = 1.57079632679489661923;

/// x - n pi
[[gnu::always_inline]] inline double rest_of_angle(double x, double n) {
  return (x - n * kPiHigh) - n * kPiLow;
}

/// sin(r) with the sign of (-1)^n, where `shifted` is n + kRound. |r| <= pi / 2, error 2^-43
[[gnu::always_inline]] inline double sin_of_rest(double r, double shifted) {
  const double p =
      r * polynomial(r * r, 0.9999999999999478, -0.16666666666460628, 0.00833333332003279,
                     -0.00019841266619979902, 2.755694744378486e-06, -2.5030052056005405e-08,
                     1.5408043064362924e-10);
  const uint64_t odd = std::bit_cast<uint64_t>(shifted) << 63;
  return std::bit_cast<double>(std::bit_cast<uint64_t>(p) ^ odd);
}

/// asin(x) for x < 1/2; else half of pi / 2 - asin(x), which is asin(sqrt((1 - x) / 2)).
[[gnu::always_inline]] inline double reduced_asin(double x) {
  const double square = x < 0.5 ? x * x : 0.5 * (1 - x);
  // 0 <= square <= 1/4, error 2^-35
  const double p = polynomial(square, 0.9999999999863537, 0.16666667364186447, 0.07499941908754719,
                              0.04466113930866896, 0.03010250689966149, 0.024650862660604088,
                              0.0074010072390753795, 0.0347484248080839);
  return std::sqrt(square) * p;
}

/// 0 <= x <= 1, error 2^-36
[[gnu::always_inline]] inline double atan_of_small(double x) {
  return x * polynomial(x * x, 0.9999999999887381, -0.3333333295165722, 0.19999978336217084,
                        -0.1428522560816021, 0.11105306732424464, -0.09049179093720577,
                        0.07495262378099696, -0.06022196387937433, 0.04364658944281667,
                        -0.02600599597760862, 0.011427633277375594, -0.0031954252407363944,
                        0.00041922786011272897);
}

/// The angle of a point in the first quadrant: from the nearer axis, pi / 2 less that if it is y.
[[gnu::always_inline]] inline double angle_of(double y, double x) {
  const bool is_steep = y > x;
  const double far = is_steep ? y : x;
  const double near = is_steep ? x : y;
  // Two zeros have the angle of (1, 0), two infinities that of (1, 1).
  const double quotient = near == far ? (far == 0 ? 0.0 : 1.0) : near / far;
  const double angle = atan_of_small(quotient);
  return is_steep ? kHalfPi - angle : angle;
}

}  // namespace detail

// ---- Of angles up to kLargestAngle ----

/// sin(x) = (-1)^n sin(x - n pi)
[[gnu::always_inline]] inline float vector_sin(float x) {
  const double shifted = static_cast<double>(x) * 0.31830988618379067154 + detail::kRound;
  const double r = detail::rest_of_angle(x, shifted - detail::kRound);
  const float result = static_cast<float>(detail::sin_of_rest(r, shifted));
  return x == 0 ? x : result;  // -0
}
/// cos(x) = sin(x + pi / 2): n is a whole number less a half.
[[gnu::always_inline]] inline float vector_cos(float x) {
  const double shifted = x * 0.31830988618379067154 + 0.5 + detail::kRound;
  const double r = detail::rest_of_angle(x, (shifted - detail::kRound) - 0.5);
  return static_cast<float>(detail::sin_of_rest(r, shifted));
}
/// tan(x) = tan(r) for r = x - n pi / 2 and an even n, -1 / tan(r) for an odd one.
[[gnu::always_inline]] inline float vector_tan(float x) {
  const double shifted = x * 0.63661977236758134308 + detail::kRound;
  const double r = detail::rest_of_angle(x, 0.5 * (shifted - detail::kRound));
  const double square = r * r;
  // |r| <= pi / 4, errors 2^-37 and 2^-43
  const double sin =
      r * detail::polynomial(square, 0.9999999999956709, -0.16666666631577168, 0.008333328781097757,
                             -0.00019839201800436314, 2.717341870116158e-06);
  const double cos =
      detail::polynomial(square, 0.9999999999999444, -0.4999999999935079, 0.0416666665438622,
                         -0.00138888803912356, 2.4798928225823623e-05, -2.717339169572195e-07);
  const bool is_odd = (std::bit_cast<uint64_t>(shifted) & 1) != 0;
  const float result = static_cast<float>((is_odd ? -cos : sin) / (is_odd ? sin : cos));
  return x == 0 ? x : result;  // -0
}

// ---- Back to the angle ----

[[gnu::always_inline]] inline float vector_asin(float x) {
  const double size = std::abs(static_cast<double>(x));
  const double reduced = detail::reduced_asin(size);
  const double asin = size < 0.5 ? reduced : detail::kHalfPi - 2 * reduced;
  return std::copysign(static_cast<float>(asin), x);
}
/// pi / 2 - asin(|x|), and pi less that for a negative x.
[[gnu::always_inline]] inline float vector_acos(float x) {
  const double size = std::abs(static_cast<double>(x));
  const double reduced = detail::reduced_asin(size);
  const double acos = size < 0.5 ? detail::kHalfPi - reduced : 2 * reduced;
  return static_cast<float>(x < 0 ? 2 * detail::kHalfPi - acos : acos);
}
[[gnu::always_inline]] inline float vector_atan(float x) {
  return std::copysign(static_cast<float>(detail::angle_of(std::abs(x), 1)), x);
}
/// The angle of the point (x, y), from -pi to pi.
[[gnu::always_inline]] inline float vector_atan2(float y, float x) {
  const double angle = detail::angle_of(std::abs(y), std::abs(x));
  const bool is_left = std::signbit(x);
  return std::copysign(static_cast<float>(is_left ? 2 * detail::kHalfPi - angle : angle), y);
}

// ---- float64 ----

[[gnu::always_inline]] inline double vector_asin(double x) { return std::asin(x); }
[[gnu::always_inline]] inline double vector_acos(double x) { return std::acos(x); }
[[gnu::always_inline]] inline double vector_atan(double x) { return std::atan(x); }
[[gnu::always_inline]] inline double vector_atan2(double y, double x) { return std::atan2(y, x); }

}  // namespace cutaway::cpu
