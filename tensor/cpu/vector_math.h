// SPDX-License-Identifier: MIT
//
// log, expm1, pow, fmod and their like for float32, in a form the compiler can vectorise:
// arithmetic and choices only, no call, no branch. Plain functions of one number; the loop around
// them (vector_map.h) turns them into vector code. vector_trigonometry.h has sin and its family,
// vector_erf.h the error function's.
//
// How they are exact: each computes in double, where a polynomial that is good to 35 bits or more
// needs no care for the last ones, and rounds to float once. What comes out is within 0.51 units in
// the last place of the true value (exp2: 1.2); PyTorch's (SLEEF) are within 1. Denormals
// are no special case, since in double they are none.
//
// The same argument gives the same bits in a vector, in the rest of a row, on any thread and with
// any vector width, because nothing is contracted to fused multiply-adds: see vector_map.h.
//
// The polynomials interpolate at Chebyshev nodes, which is within a bit of the best there is; each
// is stated with its range and the largest relative error. exp and tanh stand in fast_exp.h and
// fast_tanh.h; double has no version: <cmath> serves it.
//
// References: W. J. Cody and W. Waite, Software Manual for the Elementary Functions, 1980 (how the
// arguments are reduced); N. Shibata and F. Petrogalli, SLEEF: A Portable Vectorized Library of C
// Standard Mathematical Functions, 2020. PyTorch counterpart: ATen/cpu/vec/vec512/vec512_float.h.
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

#include "fast_exp.h"

namespace cutaway::inline v0_1::cpu {
namespace detail {

/// c0 + c1 x + c2 x^2 + ...
[[gnu::always_inline]] inline double polynomial(double, double c0) { return c0; }
template <class... More>
[[gnu::always_inline]] inline double polynomial(double x, double c0, More... more) {
  return c0 + x * polynomial(x, more...);
}

/// Adding it leaves no bits for a fraction: the sum is rounded to a whole number, which stands in
/// its lowest bits.
inline constexpr double kRound = 6755399441055744.0;  // 1.5 * 2^52
inline constexpr double kLn2 = 0.69314718055994530942;

/// e^x = 2^n e^r with |r| <= ln 2 / 2.
struct ExpParts {
  double power;           // 2^n
  double minus_one_by_r;  // (e^r - 1) / r
  double r;
};
[[gnu::always_inline]] inline ExpParts exp_parts(double x) {
  // Beyond these bounds a float is 0 or infinity, squared or not. NaN fails both and stays.
  x = x < -300.0 ? -300.0 : x;
  x = x > 300.0 ? 300.0 : x;
  const double shifted = x * (1 / kLn2) + kRound;
  const double r = x - (shifted - kRound) * kLn2;
  // |r| <= 0.35, error 2^-43
  const double p = polynomial(r, 1.0, 0.4999999999978118, 0.16666666666646782, 0.041666666904764844,
                              0.008333333354971901, 0.0013888818946060674, 0.00019841206274785362,
                              2.4877665102520763e-05, 2.7626466044935e-06);
  const uint64_t n = std::bit_cast<uint64_t>(shifted) - std::bit_cast<uint64_t>(kRound);
  return {std::bit_cast<double>((n + 1023) << 52), p, r};
}

[[gnu::always_inline]] inline double exp_in_double(double x) {
  const ExpParts e = exp_parts(x);
  return e.power * (1 + e.r * e.minus_one_by_r);
}

/// e^x - 1. Near 0, where 1 + ... would lose what is small, n is 0.
[[gnu::always_inline]] inline double expm1_in_double(double x) {
  const ExpParts e = exp_parts(x);
  return e.power * (e.r * e.minus_one_by_r) + (e.power - 1);
}

/// Of a normal x > 0; for others log_in_double chooses.
[[gnu::always_inline]] inline double log_of_positive(double x) {
  // x = 2^n m with m from sqrt(1/2) to sqrt(2): n is 0 around x = 1, and so nothing cancels there.
  constexpr uint64_t kRootHalf = 0x3FE6A09E667F3BCD;
  constexpr uint64_t kBias = 1023ULL << 52;
  const uint64_t shifted = std::bit_cast<uint64_t>(x) - kRootHalf + kBias;
  const double m = std::bit_cast<double>((shifted & 0x000FFFFFFFFFFFFF) + kRootHalf);
  // n + 1023, written into the lowest bits of 2^52
  const double n = std::bit_cast<double>((shifted >> 52) | 0x4330000000000000) - 4503599627371519.0;
  const double s = (m - 1) / (m + 1);
  // log m = 2 atanh s; |s| <= 0.172, error 2^-45
  const double atanh_by_s =
      polynomial(s * s, 0.9999999999999719, 0.33333333340124244, 0.1999999734018987,
                 0.14286094521896586, 0.11086626948009956, 0.09811534742971191);
  return n * kLn2 + 2 * s * atanh_by_s;
}

[[gnu::always_inline]] inline double log_in_double(double x) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
  const double log = log_of_positive(x);
  const double finite = x < kInfinity ? log : x;  // and NaN
  const double at_most_0 = x == 0 ? -kInfinity : kNaN;
  return x <= 0 ? at_most_0 : finite;
}

/// log(1 + x); what 1 + x loses of x is put back.
[[gnu::always_inline]] inline double log1p_in_double(double x) {
  const double sum = 1 + x;
  const double lost = (x - (sum - 1)) / sum;
  return log_in_double(sum) + (lost == lost ? lost : 0);  // NaN for x = -1 and infinity
}

}  // namespace detail

// ---- Exponentials and logarithms: within 0.51 units in the last place, exp2 within 1.2 ----

[[gnu::always_inline]] inline float vector_expm1(float x) {
  const float result = static_cast<float>(detail::expm1_in_double(x));
  return x == 0 ? x : result;  // -0
}
/// 2^x = 2^n 2^r, in float as fast_exp: there is nothing to multiply x with, so n and r are exact.
[[gnu::always_inline]] inline float vector_exp2(float x) {
  // Beyond these bounds the result is 0 or infinity. NaN fails both comparisons and stays.
  x = x < -151.0f ? -151.0f : x;
  x = x > 129.0f ? 129.0f : x;
  constexpr float kRound = 12582912.0f;  // 1.5 * 2^23
  const float shifted = x + kRound;
  const int32_t n = std::bit_cast<int32_t>(shifted) - std::bit_cast<int32_t>(kRound);
  const float r = x - (shifted - kRound);
  // |r| <= 1/2, error 2^-28
  float p = 0.0001546144469856913f;
  p = p * r + 0.0013400428177615838f;
  p = p * r + 0.009618056678524637f;
  p = p * r + 0.05550327226670302f;
  p = p * r + 0.24022650922288757f;
  p = p * r + 0.6931472067028326f;
  p = p * r + 1.0f;
  return times_power_of_2(p, n);
}
[[gnu::always_inline]] inline float vector_sinh(float x) {
  const double e = detail::expm1_in_double(std::abs(static_cast<double>(x)));
  return std::copysign(static_cast<float>(0.5 * (e + e / (e + 1))), x);
}
[[gnu::always_inline]] inline float vector_cosh(float x) {
  const double e = detail::exp_in_double(x);
  return static_cast<float>(0.5 * (e + 1 / e));
}
[[gnu::always_inline]] inline float vector_log(float x) {
  return static_cast<float>(detail::log_in_double(x));
}
[[gnu::always_inline]] inline float vector_log2(float x) {
  return static_cast<float>(detail::log_in_double(x) * 1.4426950408889634074);
}
[[gnu::always_inline]] inline float vector_log10(float x) {
  return static_cast<float>(detail::log_in_double(x) * 0.43429448190325182765);
}
[[gnu::always_inline]] inline float vector_log1p(float x) {
  const float result = static_cast<float>(detail::log1p_in_double(x));
  return x == 0 ? x : result;  // -0
}

/// sign(x) log(|x| + sqrt(x^2 + 1)), with the 1 taken out of the root.
[[gnu::always_inline]] inline float vector_asinh(float x) {
  const double size = std::abs(static_cast<double>(x));
  const double square = size * size;
  const double above_1 = size + square / (1 + std::sqrt(1 + square));
  const float result = std::copysign(static_cast<float>(detail::log1p_in_double(above_1)), x);
  return size < std::numeric_limits<double>::infinity() ? result : x;  // and NaN
}
/// log(x + sqrt(x^2 - 1)), by what x exceeds 1.
[[gnu::always_inline]] inline float vector_acosh(float x) {
  const double excess = static_cast<double>(x) - 1;
  const double log = detail::log1p_in_double(excess + std::sqrt(excess * (excess + 2)));
  return x < 1 ? std::numeric_limits<float>::quiet_NaN() : static_cast<float>(log);
}
/// sign(x) log((1 + |x|) / (1 - |x|)) / 2
[[gnu::always_inline]] inline float vector_atanh(float x) {
  const double size = std::abs(static_cast<double>(x));
  const double log = detail::log1p_in_double(2 * size / (1 - size));
  return std::copysign(static_cast<float>(0.5 * log), x);
}

/// log(e^a + e^b) = max + log(1 + e^-|a - b|), which cannot overflow. Equal infinities have no
/// difference, but are their own answer.
[[gnu::always_inline]] inline float vector_logaddexp(float a, float b) {
  const double gap = std::abs(static_cast<double>(a) - static_cast<double>(b));
  const double larger = a < b ? b : a;
  const double sum = larger + detail::log1p_in_double(detail::exp_in_double(-gap));
  return a == b && std::isinf(a) ? a : static_cast<float>(sum);
}
/// log2(2^a + 2^b)
[[gnu::always_inline]] inline float vector_logaddexp2(float a, float b) {
  const double gap = std::abs(static_cast<double>(a) - static_cast<double>(b)) * detail::kLn2;
  const double larger = a < b ? b : a;
  const double sum = larger + detail::log1p_in_double(detail::exp_in_double(-gap)) / detail::kLn2;
  return a == b && std::isinf(a) ? a : static_cast<float>(sum);
}

// ---- Powers: within 0.51 units in the last place ----

/// |base|^exponent = e^(exponent log |base|), then the sign and the cases of IEEE 754.
[[gnu::always_inline]] inline float vector_pow(float base, float exponent) {
  constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  const double x = base, y = exponent;
  const double size = std::abs(x);
  const double raised = detail::exp_in_double(y * detail::log_in_double(size));
  const double unsigned_result =
      size == 1 || y == 0 ? (x == 1 || y == 0 || y == y ? 1 : y) : raised;
  const bool is_whole = std::trunc(y) == y;
  const bool is_odd = is_whole && std::trunc(0.5 * y) != 0.5 * y;
  const double result = is_odd ? std::copysign(unsigned_result, x) : unsigned_result;
  const bool has_no_root = x < 0 && size < kInfinity && !is_whole && y == y;
  return static_cast<float>(has_no_root ? kNaN : result);
}

// ---- Roots and remainders ----

/// sqrt(x^2 + y^2). An infinite side makes it infinite, even where the other is NaN.
[[gnu::always_inline]] inline float vector_hypot(float x, float y) {
  const double wide_x = x, wide_y = y;
  const float result = static_cast<float>(std::sqrt(wide_x * wide_x + wide_y * wide_y));
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  return std::abs(x) == kInfinity || std::abs(y) == kInfinity ? kInfinity : result;
}

/// Whether vector_fmod serves: the quotient has at most 29 bits, so that its product with the 24 of
/// a float is exact.
[[gnu::always_inline]] inline bool has_small_quotient(float x, float y) {
  const double size = std::abs(static_cast<double>(x)), step = std::abs(static_cast<double>(y));
  return size < step * 0x1p28 && step < std::numeric_limits<double>::infinity();
}
/// x - y trunc(x / y), exact. A quotient just below a whole number may have been rounded up to it.
[[gnu::always_inline]] inline float vector_fmod(float x, float y) {
  const double size = std::abs(static_cast<double>(x)), step = std::abs(static_cast<double>(y));
  const double rest = size - step * std::trunc(size / step);
  return std::copysign(static_cast<float>(rest < 0 ? rest + step : rest), x);
}

// ---- float64 ----

[[gnu::always_inline]] inline double vector_expm1(double x) { return std::expm1(x); }
[[gnu::always_inline]] inline double vector_exp2(double x) { return std::exp2(x); }
[[gnu::always_inline]] inline double vector_sinh(double x) { return std::sinh(x); }
[[gnu::always_inline]] inline double vector_cosh(double x) { return std::cosh(x); }
[[gnu::always_inline]] inline double vector_log(double x) { return std::log(x); }
[[gnu::always_inline]] inline double vector_log2(double x) { return std::log2(x); }
[[gnu::always_inline]] inline double vector_log10(double x) { return std::log10(x); }
[[gnu::always_inline]] inline double vector_log1p(double x) { return std::log1p(x); }
[[gnu::always_inline]] inline double vector_asinh(double x) { return std::asinh(x); }
[[gnu::always_inline]] inline double vector_acosh(double x) { return std::acosh(x); }
[[gnu::always_inline]] inline double vector_atanh(double x) { return std::atanh(x); }
[[gnu::always_inline]] inline double vector_pow(double x, double y) { return std::pow(x, y); }
[[gnu::always_inline]] inline double vector_hypot(double x, double y) { return std::hypot(x, y); }
[[gnu::always_inline]] inline double vector_logaddexp(double a, double b) {
  const double sum = (a < b ? b : a) + std::log1p(std::exp(-std::abs(a - b)));
  return a == b && std::isinf(a) ? a : sum;
}
[[gnu::always_inline]] inline double vector_logaddexp2(double a, double b) {
  const double sum = (a < b ? b : a) + std::log1p(std::exp2(-std::abs(a - b))) / detail::kLn2;
  return a == b && std::isinf(a) ? a : sum;
}

}  // namespace cutaway::cpu
