// SPDX-License-Identifier: MIT
#include "ops_unary.h"

#include <cmath>
#include <limits>

#include "catalogue.h"
#include "check.h"
#include "operands.h"
#include "ops_pointwise.h"

namespace cutaway::inline v0_1 {

/// Calls an op that computes in floating point.
template <class... Numbers>
static Tensor floating(const Op<Tensor(const Tensor&, Numbers...)>& op, const Tensor& self,
                       std::type_identity_t<Numbers>... numbers) {
  check_defined(self, 0, "self");
  return op(In(self, floating_dtype(self.dtype())), numbers...);
}
static const Tensor& floating_(const op::UnaryInplace& op, const Tensor& self) {
  check_in_place(self);
  check_can_hold(self, floating_dtype(self.dtype()));
  return op(self);
}

/// Calls an op whose result has the dtype of self.
static Tensor same(const op::Unary& op, const Tensor& self) {
  check_defined(self, 0, "self");
  return op(self);
}
static const Tensor& same_(const op::UnaryInplace& op, const Tensor& self) {
  check_in_place(self);
  return op(self);
}

// ---- Exponentials and logarithms ----

Tensor exp(const Tensor& self) { return floating(op::exp, self); }
const Tensor& exp_(const Tensor& self) { return floating_(op::exp_, self); }
Tensor exp2(const Tensor& self) { return floating(op::exp2, self); }
const Tensor& exp2_(const Tensor& self) { return floating_(op::exp2_, self); }
Tensor expm1(const Tensor& self) { return floating(op::expm1, self); }
const Tensor& expm1_(const Tensor& self) { return floating_(op::expm1_, self); }
Tensor log(const Tensor& self) { return floating(op::log, self); }
const Tensor& log_(const Tensor& self) { return floating_(op::log_, self); }
Tensor log2(const Tensor& self) { return floating(op::log2, self); }
const Tensor& log2_(const Tensor& self) { return floating_(op::log2_, self); }
Tensor log10(const Tensor& self) { return floating(op::log10, self); }
const Tensor& log10_(const Tensor& self) { return floating_(op::log10_, self); }
Tensor log1p(const Tensor& self) { return floating(op::log1p, self); }
const Tensor& log1p_(const Tensor& self) { return floating_(op::log1p_, self); }

// ---- Roots and reciprocals ----

Tensor sqrt(const Tensor& self) { return floating(op::sqrt, self); }
const Tensor& sqrt_(const Tensor& self) { return floating_(op::sqrt_, self); }
Tensor rsqrt(const Tensor& self) { return floating(op::rsqrt, self); }
const Tensor& rsqrt_(const Tensor& self) { return floating_(op::rsqrt_, self); }
Tensor reciprocal(const Tensor& self) { return floating(op::reciprocal, self); }
const Tensor& reciprocal_(const Tensor& self) { return floating_(op::reciprocal_, self); }

// ---- Trigonometry, in radians ----

Tensor sin(const Tensor& self) { return floating(op::sin, self); }
const Tensor& sin_(const Tensor& self) { return floating_(op::sin_, self); }
Tensor cos(const Tensor& self) { return floating(op::cos, self); }
const Tensor& cos_(const Tensor& self) { return floating_(op::cos_, self); }
Tensor tan(const Tensor& self) { return floating(op::tan, self); }
const Tensor& tan_(const Tensor& self) { return floating_(op::tan_, self); }
Tensor asin(const Tensor& self) { return floating(op::asin, self); }
const Tensor& asin_(const Tensor& self) { return floating_(op::asin_, self); }
Tensor acos(const Tensor& self) { return floating(op::acos, self); }
const Tensor& acos_(const Tensor& self) { return floating_(op::acos_, self); }
Tensor atan(const Tensor& self) { return floating(op::atan, self); }
const Tensor& atan_(const Tensor& self) { return floating_(op::atan_, self); }
Tensor sinh(const Tensor& self) { return floating(op::sinh, self); }
const Tensor& sinh_(const Tensor& self) { return floating_(op::sinh_, self); }
Tensor cosh(const Tensor& self) { return floating(op::cosh, self); }
const Tensor& cosh_(const Tensor& self) { return floating_(op::cosh_, self); }
Tensor tanh(const Tensor& self) { return floating(op::tanh, self); }
const Tensor& tanh_(const Tensor& self) { return floating_(op::tanh_, self); }
Tensor asinh(const Tensor& self) { return floating(op::asinh, self); }
const Tensor& asinh_(const Tensor& self) { return floating_(op::asinh_, self); }
Tensor acosh(const Tensor& self) { return floating(op::acosh, self); }
const Tensor& acosh_(const Tensor& self) { return floating_(op::acosh_, self); }
Tensor atanh(const Tensor& self) { return floating(op::atanh, self); }
const Tensor& atanh_(const Tensor& self) { return floating_(op::atanh_, self); }
Tensor sinc(const Tensor& self) { return floating(op::sinc, self); }
const Tensor& sinc_(const Tensor& self) { return floating_(op::sinc_, self); }
Tensor deg2rad(const Tensor& self) { return floating(op::deg2rad, self); }
const Tensor& deg2rad_(const Tensor& self) { return floating_(op::deg2rad_, self); }
Tensor rad2deg(const Tensor& self) { return floating(op::rad2deg, self); }
const Tensor& rad2deg_(const Tensor& self) { return floating_(op::rad2deg_, self); }

// ---- Special functions ----

Tensor erf(const Tensor& self) { return floating(op::erf, self); }
const Tensor& erf_(const Tensor& self) { return floating_(op::erf_, self); }
Tensor erfc(const Tensor& self) { return floating(op::erfc, self); }
const Tensor& erfc_(const Tensor& self) { return floating_(op::erfc_, self); }
Tensor erfinv(const Tensor& self) { return floating(op::erfinv, self); }
const Tensor& erfinv_(const Tensor& self) { return floating_(op::erfinv_, self); }
Tensor lgamma(const Tensor& self) { return floating(op::lgamma, self); }
const Tensor& lgamma_(const Tensor& self) { return floating_(op::lgamma_, self); }
Tensor digamma(const Tensor& self) { return floating(op::digamma, self); }
const Tensor& digamma_(const Tensor& self) { return floating_(op::digamma_, self); }
Tensor i0(const Tensor& self) { return floating(op::i0, self); }
const Tensor& i0_(const Tensor& self) { return floating_(op::i0_, self); }
Tensor sigmoid(const Tensor& self) { return floating(op::sigmoid, self); }
const Tensor& sigmoid_(const Tensor& self) { return floating_(op::sigmoid_, self); }

Tensor special_i1(const Tensor& self) { return floating(op::special_i1, self); }

Tensor polygamma(int64_t n, const Tensor& self) {
  check_defined(self, 1, "self");
  check(n >= 0, "polygamma(n, x) does not support negative n.");
  return op::polygamma(n, In(self, floating_dtype(self.dtype())));
}
const Tensor& polygamma_(const Tensor& self, int64_t n) {
  check_in_place(self);
  return store(self, polygamma(n, before_write(self)));
}

// log gamma_p(x) = p (p - 1) / 4 log pi + sum over j < p of log gamma(x - j / 2)
Tensor mvlgamma(const Tensor& self, int64_t p) {
  check(self.dtype() != kBool, "The input tensor may not be a boolean tensor.");
  check(p >= 1, "p has to be greater than or equal to 1");
  const Tensor x = self.contiguous();
  Tensor sum = lgamma(x);
  for (int64_t j = 1; j < p; ++j) sum = sum + lgamma(x - static_cast<double>(j) / 2);
  constexpr double kLogPi = 1.14472988584940017414;
  return sum + static_cast<double>(p * (p - 1)) / 4 * kLogPi;
}

Tensor logit(const Tensor& self, std::optional<double> eps) {
  return floating(op::logit, self, eps);
}
const Tensor& logit_(const Tensor& self, std::optional<double> eps) {
  check_in_place(self);
  return store(self, logit(before_write(self, eps), eps));
}

// ---- Sign and size ----

static void check_neg(const Tensor& self) {
  check_defined(self, 0, "self");
  check(self.dtype() != kBool,
        "Negation, the `-` operator, on a bool tensor is not supported. If you are trying to "
        "invert a mask, use the `~` or `logical_not()` operator instead.");
}
Tensor neg(const Tensor& self) {
  check_neg(self);
  return op::neg(self);
}
const Tensor& neg_(const Tensor& self) {
  check_neg(self);
  return same_(op::neg_, self);
}

Tensor positive(const Tensor& self) {
  check_defined(self, 0, "self");
  check(self.dtype() != kBool, "The `+` operator, on a bool tensor is not supported.");
  return self;
}

Tensor abs(const Tensor& self) { return same(op::abs, self); }
const Tensor& abs_(const Tensor& self) { return same_(op::abs_, self); }
Tensor sign(const Tensor& self) { return same(op::sign, self); }
const Tensor& sign_(const Tensor& self) { return same_(op::sign_, self); }
Tensor signbit(const Tensor& self) { return same(op::signbit, self); }

Tensor square(const Tensor& self) { return pow(self, 2); }
const Tensor& square_(const Tensor& self) { return pow_(self, 2); }

// ---- Rounding ----

Tensor ceil(const Tensor& self) { return same(op::ceil, self); }
const Tensor& ceil_(const Tensor& self) { return same_(op::ceil_, self); }
Tensor floor(const Tensor& self) { return same(op::floor, self); }
const Tensor& floor_(const Tensor& self) { return same_(op::floor_, self); }
Tensor trunc(const Tensor& self) { return same(op::trunc, self); }
const Tensor& trunc_(const Tensor& self) { return same_(op::trunc_, self); }
Tensor round(const Tensor& self) { return same(op::round, self); }
const Tensor& round_(const Tensor& self) { return same_(op::round_, self); }
Tensor frac(const Tensor& self) { return same(op::frac, self); }
const Tensor& frac_(const Tensor& self) { return same_(op::frac_, self); }

Tensor round(const Tensor& self, int64_t decimals) {
  check_defined(self, 0, "self");
  return op::round_decimals(self, decimals);
}
const Tensor& round_(const Tensor& self, int64_t decimals) {
  check_in_place(self);
  return store(self, round(before_write(self, decimals), decimals));
}

Tensor nan_to_num(const Tensor& self, std::optional<double> nan, std::optional<double> posinf,
                  std::optional<double> neginf) {
  check_defined(self, 0, "self");
  if (is_half(self.dtype())) {  // the kernel computes in float32, whose largest number is another
    const double largest = self.dtype() == kFloat16 ? double{std::numeric_limits<Half>::max()}
                                                    : double{std::numeric_limits<BFloat16>::max()};
    return op::nan_to_num(self, nan, posinf.value_or(largest), neginf.value_or(-largest));
  }
  return op::nan_to_num(self, nan, posinf, neginf);
}
const Tensor& nan_to_num_(const Tensor& self, std::optional<double> nan,
                          std::optional<double> posinf, std::optional<double> neginf) {
  check_in_place(self);
  return store(self, nan_to_num(before_write(self, nan, posinf, neginf), nan, posinf, neginf));
}

}  // namespace cutaway
