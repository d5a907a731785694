// SPDX-License-Identifier: MIT
//
// Special functions that the C++ library lacks, or that not every C++ library has. All compute in
// double, to about 1e-14 relative but near their zeros (there 1e-15 absolute); float32 kernels
// round the result.
//
// Formulas: [A&S] is M. Abramowitz and I. Stegun, Handbook of Mathematical Functions, 1964.
// PyTorch counterpart: ATen/native/Math.h.
#pragma once

#include <cstdint>

#include "../version.h"

namespace cutaway::inline v0_1::cpu {

/// The inverse of std::erf on (-1, 1); infinite at -1 and 1, NaN beyond.
double erfinv(double x);
/// log |gamma(x)|. As std::lgamma, but safe on several threads at once.
double log_gamma(double x);
/// psi(x) = d/dx log gamma(x). NaN at the negative integers, infinite at 0.
double digamma(double x);
/// The n-th derivative of digamma. n >= 0.
double polygamma(int64_t n, double x);
/// The Hurwitz zeta function, sum over k >= 0 of (k + q)^-s. s > 1; q > 0 or no integer.
double zeta(double s, double q);
/// Modified Bessel functions of the first kind, of order 0 and 1.
double bessel_i0(double x);
double bessel_i1(double x);

}  // namespace cutaway::cpu
