// SPDX-License-Identifier: MIT
#include "special_functions.h"

#include <cmath>
#include <limits>
#include <numbers>

namespace cutaway::inline v0_1::cpu {

using std::numbers::pi;
static constexpr double kInfinity = std::numeric_limits<double>::infinity();
static constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

// ---- erfinv ----

/// A first guess, within 1e-3 of the truth: the error function is nearly sqrt(1 - exp(-x^2 (4/pi +
/// a x^2) / (1 + a x^2))), which can be inverted by solving a quadratic equation. S. Winitzki,
/// "A handy approximation for the error function and its inverse", 2008.
static double erfinv_guess(double x) {
  constexpr double a = 0.147;
  const double log_term = std::log1p(-x * x);
  const double half = 2 / (pi * a) + log_term / 2;
  return std::sqrt(std::sqrt(half * half - log_term / a) - half);
}

double erfinv(double x) {
  const double size = std::abs(x);
  if (!(size < 1)) return size == 1 ? std::copysign(kInfinity, x) : kNaN;
  if (size < 1e-8) return x * std::sqrt(pi) / 2;  // the next term is of order x^3
  // Halley's steps on erf(y) = size, each of which triples the number of right digits. Near 1 the
  // same equation is erfc(y) = 1 - size, whose right side is exact.
  double y = erfinv_guess(size);
  for (int step = 0; step < 3; ++step) {
    const double error = size < 0.5 ? std::erf(y) - size : (1 - size) - std::erfc(y);
    const double newton = error * (std::sqrt(pi) / 2) * std::exp(y * y);
    y -= newton / (1 + y * newton);
  }
  return std::copysign(y, x);
}

// ---- The gamma function's family ----

double log_gamma(double x) {
#if defined(__GLIBC__)
  int sign = 0;
  return ::lgamma_r(x, &sign);  // std::lgamma writes the sign into a global variable
#else
  return std::lgamma(x);
#endif
}

/// pi / tan(pi x), whose poles are at the integers; the fraction alone matters.
static double pi_cotangent(double x) { return pi / std::tan(pi * (x - std::trunc(x))); }

double digamma(double x) {
  if (x == 0) return std::copysign(kInfinity, -x);
  if (x < 0) {
    if (x == std::trunc(x)) return kNaN;
    return digamma(1 - x) - pi_cotangent(x);  // reflection [A&S 6.3.7]
  }
  // psi(x) = psi(x + 1) - 1/x [A&S 6.3.5] leads to where the asymptotic series serves.
  double shift = 0;
  for (; x < 10; ++x) shift -= 1 / x;
  // log x - 1/(2x) - sum B(2k) / (2k x^2k) [A&S 6.3.18]
  constexpr double series[] = {1.0 / 12,  -1.0 / 120,     1.0 / 252, -1.0 / 240,
                               1.0 / 132, -691.0 / 32760, 1.0 / 12};
  const double inverse_square = 1 / (x * x);
  double sum = 0;
  for (int k = 6; k >= 0; --k) sum = (sum + series[k]) * inverse_square;
  return shift + std::log(x) - 0.5 / x - sum;
}

double zeta(double s, double q) {
  if (s == 1) return kInfinity;
  if (s < 1) return kNaN;
  if (q <= 0 && q == std::floor(q)) return kInfinity;
  if (q <= 0 && s != std::floor(s)) return kNaN;
  // Euler and Maclaurin's formula [A&S 23.1.30]: the terms up to a = q + n one by one, the rest as
  // an integral, whose corrections are derivatives of a^-s times B(2k) / (2k)!.
  double sum = 0;
  double a = q;
  for (int k = 0; k < 10 || a <= 9; ++k, ++a) sum += std::pow(a, -s);
  const double power = std::pow(a, -s);
  sum += a * power / (s - 1) + power / 2;
  constexpr double bernoulli[] = {1.0 / 6,  -1.0 / 30,     1.0 / 42, -1.0 / 30,
                                  5.0 / 66, -691.0 / 2730, 7.0 / 6,  -3617.0 / 510};
  double factor = s * power / a / 2;  // s (s+1) ... (s+2k-2) a^(-s-2k+1) / (2k)!, here for k = 1
  for (int k = 1; k <= 8; ++k) {
    sum += bernoulli[k - 1] * factor;
    factor *= (s + 2 * k - 1) * (s + 2 * k) / ((2 * k + 1) * (2 * k + 2) * a * a);
  }
  return sum;
}

/// The first derivative of digamma, as far as PyTorch takes the series: to about 1e-10.
static double trigamma(double x) {
  if (x < 0.5) {  // reflection [A&S 6.4.7]
    const double sine = std::sin(pi * x);
    return (pi / sine) * (pi / sine) - trigamma(1 - x);
  }
  double sum = 0;
  for (int k = 0; k < 6; ++k, ++x) sum += 1 / (x * x);  // [A&S 6.4.6]
  const double w = 1 / (x * x);                         // [A&S 6.4.12]
  return sum + (1 + 1 / (2 * x) + w * (1.0 / 6 - w * (1.0 / 30 - w / 42))) / x;
}

double polygamma(int64_t n, double x) {
  if (n == 0) return digamma(x);
  if (n == 1) return trigamma(x);
  // (-1)^(n+1) n! zeta(n + 1, x) [A&S 6.4.10]
  const double order = static_cast<double>(n);
  return (n % 2 != 0 ? 1 : -1) * std::exp(log_gamma(order + 1)) * zeta(order + 1, x);
}

// ---- Bessel functions ----

/// I of order 0 or 1 for x >= 0. Up to 20 by the power series, sum of (x/2)^(2k + order) / (k! (k +
/// order)!) [A&S 9.6.10], all of whose terms are positive. Beyond, by the asymptotic series, e^x /
/// sqrt(2 pi x) times the sum of prod ((2j - 1)^2 - 4 order^2) / (j 8x) [A&S 9.7.1]; its smallest
/// term is below the last bit there.
static double bessel_i(int order, double x) {
  if (x <= 20) {
    double term = order == 0 ? 1 : x / 2;
    double sum = term;
    for (int k = 1; term > sum * 1e-17; ++k) {
      term *= x / 2 / k * (x / 2 / (k + order));
      sum += term;
    }
    return sum;
  }
  double term = 1;
  double sum = 1;
  for (int j = 1; j <= 30 && std::abs(term) > 1e-17; ++j) {
    term *= ((2.0 * j - 1) * (2.0 * j - 1) - 4.0 * order) / (j * 8 * x);
    sum += term;
  }
  const double half = std::exp(x / 2);  // in two steps: e^x overflows before the quotient does
  return half / std::sqrt(2 * pi * x) * half * sum;
}

double bessel_i0(double x) { return bessel_i(0, std::abs(x)); }
double bessel_i1(double x) { return std::copysign(bessel_i(1, std::abs(x)), x); }

}  // namespace cutaway::cpu
