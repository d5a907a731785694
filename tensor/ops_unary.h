// SPDX-License-Identifier: MIT
//
// Functions of one tensor, element by element.
//
// Unless a line says otherwise the result is a new tensor, laid out in memory as self is, and
// integers and bools are taken as floating point of the default dtype. The in-place form (trailing
// `_`) writes into self, and throws where that cannot hold the result:
//   "result type Float can't be cast to the desired output type Long".
//
// PyTorch counterpart: torch.exp, torch.sin, ...; ATen/native/UnaryOps.cpp.
#pragma once

#include "tensor.h"

#include "macros_off.h"  // what hosts have as macros is ours from here on

namespace cutaway::inline v0_1 {

// ---- Exponentials and logarithms ----

/// e^self, the exponential function.
Tensor exp(const Tensor& self);
const Tensor& exp_(const Tensor& self);
/// 2^self, the power of two.
Tensor exp2(const Tensor& self);
const Tensor& exp2_(const Tensor& self);
/// e^self - 1, exact for small self.
Tensor expm1(const Tensor& self);
const Tensor& expm1_(const Tensor& self);
/// Natural logarithm.
Tensor log(const Tensor& self);
const Tensor& log_(const Tensor& self);
/// Logarithm to base 2.
Tensor log2(const Tensor& self);
const Tensor& log2_(const Tensor& self);
/// Logarithm to base 10.
Tensor log10(const Tensor& self);
const Tensor& log10_(const Tensor& self);
/// log(1 + self), exact for small self.
Tensor log1p(const Tensor& self);
const Tensor& log1p_(const Tensor& self);

// ---- Roots and reciprocals ----

/// Square root.
Tensor sqrt(const Tensor& self);
const Tensor& sqrt_(const Tensor& self);
/// 1 / sqrt(self).
Tensor rsqrt(const Tensor& self);
const Tensor& rsqrt_(const Tensor& self);
/// 1 / self, infinite for 0.
Tensor reciprocal(const Tensor& self);
const Tensor& reciprocal_(const Tensor& self);

// ---- Trigonometry, in radians ----

/// Sine, of an angle in radians.
Tensor sin(const Tensor& self);
const Tensor& sin_(const Tensor& self);
/// Cosine, of an angle in radians.
Tensor cos(const Tensor& self);
const Tensor& cos_(const Tensor& self);
/// Tangent, of an angle in radians.
Tensor tan(const Tensor& self);
const Tensor& tan_(const Tensor& self);
/// Inverse sine, in [-pi/2, pi/2]; NaN outside [-1, 1].
Tensor asin(const Tensor& self);
const Tensor& asin_(const Tensor& self);
/// Inverse cosine, in [0, pi]; NaN outside [-1, 1].
Tensor acos(const Tensor& self);
const Tensor& acos_(const Tensor& self);
/// Inverse tangent, in (-pi/2, pi/2).
Tensor atan(const Tensor& self);
const Tensor& atan_(const Tensor& self);
/// Hyperbolic sine.
Tensor sinh(const Tensor& self);
const Tensor& sinh_(const Tensor& self);
/// Hyperbolic cosine.
Tensor cosh(const Tensor& self);
const Tensor& cosh_(const Tensor& self);
/// Hyperbolic tangent.
Tensor tanh(const Tensor& self);
const Tensor& tanh_(const Tensor& self);
/// Inverse hyperbolic sine.
Tensor asinh(const Tensor& self);
const Tensor& asinh_(const Tensor& self);
/// Inverse hyperbolic cosine; NaN below 1.
Tensor acosh(const Tensor& self);
const Tensor& acosh_(const Tensor& self);
/// Inverse hyperbolic tangent; NaN outside [-1, 1].
Tensor atanh(const Tensor& self);
const Tensor& atanh_(const Tensor& self);
/// sin(pi self) / (pi self), and 1 at 0.
Tensor sinc(const Tensor& self);
const Tensor& sinc_(const Tensor& self);
/// From degrees to radians.
Tensor deg2rad(const Tensor& self);
const Tensor& deg2rad_(const Tensor& self);
/// From radians to degrees.
Tensor rad2deg(const Tensor& self);
const Tensor& rad2deg_(const Tensor& self);

// ---- Special functions ----

/// The error function, 2/sqrt(pi) times the integral of e^(-t^2) from 0 to self.
Tensor erf(const Tensor& self);
const Tensor& erf_(const Tensor& self);
/// 1 - erf(self), exact for large self.
Tensor erfc(const Tensor& self);
const Tensor& erfc_(const Tensor& self);
/// The inverse of erf; infinite at -1 and 1, NaN beyond.
Tensor erfinv(const Tensor& self);
const Tensor& erfinv_(const Tensor& self);
/// log |gamma(self)|.
Tensor lgamma(const Tensor& self);
const Tensor& lgamma_(const Tensor& self);
/// The derivative of lgamma.
Tensor digamma(const Tensor& self);
const Tensor& digamma_(const Tensor& self);
/// Modified Bessel function of the first kind, of order 0.
Tensor i0(const Tensor& self);
const Tensor& i0_(const Tensor& self);
/// 1 / (1 + e^-self).
Tensor sigmoid(const Tensor& self);
const Tensor& sigmoid_(const Tensor& self);
/// Modified Bessel function of the first kind, of order 1: the derivative of i0.
Tensor special_i1(const Tensor& self);
/// The n-th derivative of digamma. n >= 0.
Tensor polygamma(int64_t n, const Tensor& self);
const Tensor& polygamma_(const Tensor& self, int64_t n);
/// log of the multivariate gamma function of dimension p. p >= 1.
Tensor mvlgamma(const Tensor& self, int64_t p);
/// log(self / (1 - self)), the inverse of sigmoid. self is clamped to [eps, 1 - eps] where eps is
/// given; else the result is NaN outside [0, 1].
Tensor logit(const Tensor& self, std::optional<double> eps = {});
const Tensor& logit_(const Tensor& self, std::optional<double> eps = {});

// ---- Sign and size: the dtype stays ----

/// -self. Throws for bool.
Tensor neg(const Tensor& self);
const Tensor& neg_(const Tensor& self);
/// self itself. Throws for bool.
Tensor positive(const Tensor& self);
/// Absolute value. Throws for bool.
Tensor abs(const Tensor& self);
const Tensor& abs_(const Tensor& self);
/// -1, 0 or 1; 0 for NaN.
Tensor sign(const Tensor& self);
const Tensor& sign_(const Tensor& self);
/// Whether the sign is set (also that of -0): bool.
Tensor signbit(const Tensor& self);
/// self * self. Bools give int64.
Tensor square(const Tensor& self);
const Tensor& square_(const Tensor& self);

// ---- Rounding: the dtype stays ----

/// Rounds up to a whole number. Integers stay; throws for bool.
Tensor ceil(const Tensor& self);
const Tensor& ceil_(const Tensor& self);
/// Rounds down. Integers stay; throws for bool.
Tensor floor(const Tensor& self);
const Tensor& floor_(const Tensor& self);
/// Rounds towards 0. Integers stay; throws for bool.
Tensor trunc(const Tensor& self);
const Tensor& trunc_(const Tensor& self);
/// Rounds to the nearest whole number, a half to the even one. Integers stay; throws for bool.
Tensor round(const Tensor& self);
const Tensor& round_(const Tensor& self);
/// What trunc cuts off. Throws for integers and bool.
Tensor frac(const Tensor& self);
const Tensor& frac_(const Tensor& self);
/// Rounds to so many decimals; to tens, hundreds, ... where negative. Throws for integers and bool.
Tensor round(const Tensor& self, int64_t decimals);
const Tensor& round_(const Tensor& self, int64_t decimals);

/// self with other numbers for NaN (0 if not given) and the infinities (the largest and the lowest
/// finite number). The dtype stays.
Tensor nan_to_num(const Tensor& self, std::optional<double> nan = {},
                  std::optional<double> posinf = {}, std::optional<double> neginf = {});
const Tensor& nan_to_num_(const Tensor& self, std::optional<double> nan = {},
                          std::optional<double> posinf = {}, std::optional<double> neginf = {});

// ---- Other names ----

/// The same as abs.
inline Tensor absolute(const Tensor& self) { return abs(self); }
inline const Tensor& absolute_(const Tensor& self) { return abs_(self); }
/// The same as neg.
inline Tensor negative(const Tensor& self) { return neg(self); }
inline const Tensor& negative_(const Tensor& self) { return neg_(self); }
/// The same as trunc.
inline Tensor fix(const Tensor& self) { return trunc(self); }
inline const Tensor& fix_(const Tensor& self) { return trunc_(self); }
/// The same as sign.
inline Tensor sgn(const Tensor& self) { return sign(self); }
inline const Tensor& sgn_(const Tensor& self) { return sign_(self); }
/// The same as asin.
inline Tensor arcsin(const Tensor& self) { return asin(self); }
inline const Tensor& arcsin_(const Tensor& self) { return asin_(self); }
/// The same as acos.
inline Tensor arccos(const Tensor& self) { return acos(self); }
inline const Tensor& arccos_(const Tensor& self) { return acos_(self); }
/// The same as atan.
inline Tensor arctan(const Tensor& self) { return atan(self); }
inline const Tensor& arctan_(const Tensor& self) { return atan_(self); }
/// The same as asinh.
inline Tensor arcsinh(const Tensor& self) { return asinh(self); }
inline const Tensor& arcsinh_(const Tensor& self) { return asinh_(self); }
/// The same as acosh.
inline Tensor arccosh(const Tensor& self) { return acosh(self); }
inline const Tensor& arccosh_(const Tensor& self) { return acosh_(self); }
/// The same as atanh.
inline Tensor arctanh(const Tensor& self) { return atanh(self); }
inline const Tensor& arctanh_(const Tensor& self) { return atanh_(self); }

inline Tensor operator-(const Tensor& a) { return neg(a); }
inline Tensor operator+(const Tensor& a) { return positive(a); }

}  // namespace cutaway

#include "macros_on.h"
