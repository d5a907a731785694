// SPDX-License-Identifier: MIT
//
// Rows of the catalogue: functions of one tensor.
#include "catalogue_unary.h"

#include "boxed.h"
#include "cpu/into.h"
#include "cpu/kernels_unary.h"
#include "ops_unary.h"

namespace cutaway::inline v0_1 {
namespace op {

// clang-format off
constinit Unary exp{"exp(Tensor self) -> Tensor", cutaway::exp, cpu::into_new<cpu::exp_into>};
constinit UnaryInplace exp_{"exp_(Tensor(a!) self) -> Tensor(a!)", cutaway::exp_, cpu::into_self<cpu::exp_into>};
constinit Unary exp2{"exp2(Tensor self) -> Tensor", cutaway::exp2, cpu::into_new<cpu::exp2_into>};
constinit UnaryInplace exp2_{"exp2_(Tensor(a!) self) -> Tensor(a!)", cutaway::exp2_, cpu::into_self<cpu::exp2_into>};
constinit Unary expm1{"expm1(Tensor self) -> Tensor", cutaway::expm1, cpu::into_new<cpu::expm1_into>};
constinit UnaryInplace expm1_{"expm1_(Tensor(a!) self) -> Tensor(a!)", cutaway::expm1_, cpu::into_self<cpu::expm1_into>};
constinit Unary log{"log(Tensor self) -> Tensor", cutaway::log, cpu::into_new<cpu::log_into>};
constinit UnaryInplace log_{"log_(Tensor(a!) self) -> Tensor(a!)", cutaway::log_, cpu::into_self<cpu::log_into>};
constinit Unary log2{"log2(Tensor self) -> Tensor", cutaway::log2, cpu::into_new<cpu::log2_into>};
constinit UnaryInplace log2_{"log2_(Tensor(a!) self) -> Tensor(a!)", cutaway::log2_, cpu::into_self<cpu::log2_into>};
constinit Unary log10{"log10(Tensor self) -> Tensor", cutaway::log10, cpu::into_new<cpu::log10_into>};
constinit UnaryInplace log10_{"log10_(Tensor(a!) self) -> Tensor(a!)", cutaway::log10_, cpu::into_self<cpu::log10_into>};
constinit Unary log1p{"log1p(Tensor self) -> Tensor", cutaway::log1p, cpu::into_new<cpu::log1p_into>};
constinit UnaryInplace log1p_{"log1p_(Tensor(a!) self) -> Tensor(a!)", cutaway::log1p_, cpu::into_self<cpu::log1p_into>};
constinit Unary sqrt{"sqrt(Tensor self) -> Tensor", cutaway::sqrt, cpu::into_new<cpu::sqrt_into>};
constinit UnaryInplace sqrt_{"sqrt_(Tensor(a!) self) -> Tensor(a!)", cutaway::sqrt_, cpu::into_self<cpu::sqrt_into>};
constinit Unary rsqrt{"rsqrt(Tensor self) -> Tensor", cutaway::rsqrt, cpu::into_new<cpu::rsqrt_into>};
constinit UnaryInplace rsqrt_{"rsqrt_(Tensor(a!) self) -> Tensor(a!)", cutaway::rsqrt_, cpu::into_self<cpu::rsqrt_into>};
constinit Unary reciprocal{"reciprocal(Tensor self) -> Tensor", cutaway::reciprocal, cpu::into_new<cpu::reciprocal_into>};
constinit UnaryInplace reciprocal_{"reciprocal_(Tensor(a!) self) -> Tensor(a!)", cutaway::reciprocal_, cpu::into_self<cpu::reciprocal_into>};
constinit Unary sin{"sin(Tensor self) -> Tensor", cutaway::sin, cpu::into_new<cpu::sin_into>};
constinit UnaryInplace sin_{"sin_(Tensor(a!) self) -> Tensor(a!)", cutaway::sin_, cpu::into_self<cpu::sin_into>};
constinit Unary cos{"cos(Tensor self) -> Tensor", cutaway::cos, cpu::into_new<cpu::cos_into>};
constinit UnaryInplace cos_{"cos_(Tensor(a!) self) -> Tensor(a!)", cutaway::cos_, cpu::into_self<cpu::cos_into>};
constinit Unary tan{"tan(Tensor self) -> Tensor", cutaway::tan, cpu::into_new<cpu::tan_into>};
constinit UnaryInplace tan_{"tan_(Tensor(a!) self) -> Tensor(a!)", cutaway::tan_, cpu::into_self<cpu::tan_into>};
constinit Unary asin{"asin(Tensor self) -> Tensor", cutaway::asin, cpu::into_new<cpu::asin_into>};
constinit UnaryInplace asin_{"asin_(Tensor(a!) self) -> Tensor(a!)", cutaway::asin_, cpu::into_self<cpu::asin_into>};
constinit Unary acos{"acos(Tensor self) -> Tensor", cutaway::acos, cpu::into_new<cpu::acos_into>};
constinit UnaryInplace acos_{"acos_(Tensor(a!) self) -> Tensor(a!)", cutaway::acos_, cpu::into_self<cpu::acos_into>};
constinit Unary atan{"atan(Tensor self) -> Tensor", cutaway::atan, cpu::into_new<cpu::atan_into>};
constinit UnaryInplace atan_{"atan_(Tensor(a!) self) -> Tensor(a!)", cutaway::atan_, cpu::into_self<cpu::atan_into>};
constinit Unary sinh{"sinh(Tensor self) -> Tensor", cutaway::sinh, cpu::into_new<cpu::sinh_into>};
constinit UnaryInplace sinh_{"sinh_(Tensor(a!) self) -> Tensor(a!)", cutaway::sinh_, cpu::into_self<cpu::sinh_into>};
constinit Unary cosh{"cosh(Tensor self) -> Tensor", cutaway::cosh, cpu::into_new<cpu::cosh_into>};
constinit UnaryInplace cosh_{"cosh_(Tensor(a!) self) -> Tensor(a!)", cutaway::cosh_, cpu::into_self<cpu::cosh_into>};
constinit Unary tanh{"tanh(Tensor self) -> Tensor", cutaway::tanh, cpu::into_new<cpu::tanh_into>};
constinit UnaryInplace tanh_{"tanh_(Tensor(a!) self) -> Tensor(a!)", cutaway::tanh_, cpu::into_self<cpu::tanh_into>};
constinit Unary asinh{"asinh(Tensor self) -> Tensor", cutaway::asinh, cpu::into_new<cpu::asinh_into>};
constinit UnaryInplace asinh_{"asinh_(Tensor(a!) self) -> Tensor(a!)", cutaway::asinh_, cpu::into_self<cpu::asinh_into>};
constinit Unary acosh{"acosh(Tensor self) -> Tensor", cutaway::acosh, cpu::into_new<cpu::acosh_into>};
constinit UnaryInplace acosh_{"acosh_(Tensor(a!) self) -> Tensor(a!)", cutaway::acosh_, cpu::into_self<cpu::acosh_into>};
constinit Unary atanh{"atanh(Tensor self) -> Tensor", cutaway::atanh, cpu::into_new<cpu::atanh_into>};
constinit UnaryInplace atanh_{"atanh_(Tensor(a!) self) -> Tensor(a!)", cutaway::atanh_, cpu::into_self<cpu::atanh_into>};
constinit Unary sinc{"sinc(Tensor self) -> Tensor", cutaway::sinc, cpu::into_new<cpu::sinc_into>};
constinit UnaryInplace sinc_{"sinc_(Tensor(a!) self) -> Tensor(a!)", cutaway::sinc_, cpu::into_self<cpu::sinc_into>};
constinit Unary deg2rad{"deg2rad(Tensor self) -> Tensor", cutaway::deg2rad, cpu::into_new<cpu::deg2rad_into>};
constinit UnaryInplace deg2rad_{"deg2rad_(Tensor(a!) self) -> Tensor(a!)", cutaway::deg2rad_, cpu::into_self<cpu::deg2rad_into>};
constinit Unary rad2deg{"rad2deg(Tensor self) -> Tensor", cutaway::rad2deg, cpu::into_new<cpu::rad2deg_into>};
constinit UnaryInplace rad2deg_{"rad2deg_(Tensor(a!) self) -> Tensor(a!)", cutaway::rad2deg_, cpu::into_self<cpu::rad2deg_into>};
constinit Unary erf{"erf(Tensor self) -> Tensor", cutaway::erf, cpu::into_new<cpu::erf_into>};
constinit UnaryInplace erf_{"erf_(Tensor(a!) self) -> Tensor(a!)", cutaway::erf_, cpu::into_self<cpu::erf_into>};
constinit Unary erfc{"erfc(Tensor self) -> Tensor", cutaway::erfc, cpu::into_new<cpu::erfc_into>};
constinit UnaryInplace erfc_{"erfc_(Tensor(a!) self) -> Tensor(a!)", cutaway::erfc_, cpu::into_self<cpu::erfc_into>};
constinit Unary erfinv{"erfinv(Tensor self) -> Tensor", cutaway::erfinv, cpu::into_new<cpu::erfinv_into>};
constinit UnaryInplace erfinv_{"erfinv_(Tensor(a!) self) -> Tensor(a!)", cutaway::erfinv_, cpu::into_self<cpu::erfinv_into>};
constinit Unary lgamma{"lgamma(Tensor self) -> Tensor", cutaway::lgamma, cpu::into_new<cpu::lgamma_into>};
constinit UnaryInplace lgamma_{"lgamma_(Tensor(a!) self) -> Tensor(a!)", cutaway::lgamma_, cpu::into_self<cpu::lgamma_into>};
constinit Unary digamma{"digamma(Tensor self) -> Tensor", cutaway::digamma, cpu::into_new<cpu::digamma_into>};
constinit UnaryInplace digamma_{"digamma_(Tensor(a!) self) -> Tensor(a!)", cutaway::digamma_, cpu::into_self<cpu::digamma_into>};
constinit Unary i0{"i0(Tensor self) -> Tensor", cutaway::i0, cpu::into_new<cpu::i0_into>};
constinit UnaryInplace i0_{"i0_(Tensor(a!) self) -> Tensor(a!)", cutaway::i0_, cpu::into_self<cpu::i0_into>};
constinit Unary sigmoid{"sigmoid(Tensor self) -> Tensor", cutaway::sigmoid, cpu::into_new<cpu::sigmoid_into>};
constinit UnaryInplace sigmoid_{"sigmoid_(Tensor(a!) self) -> Tensor(a!)", cutaway::sigmoid_, cpu::into_self<cpu::sigmoid_into>};
constinit Unary neg{"neg(Tensor self) -> Tensor", cutaway::neg, cpu::into_new<cpu::neg_into>};
constinit UnaryInplace neg_{"neg_(Tensor(a!) self) -> Tensor(a!)", cutaway::neg_, cpu::into_self<cpu::neg_into>};
constinit Unary abs{"abs(Tensor self) -> Tensor", cutaway::abs, cpu::into_new<cpu::abs_into>};
constinit UnaryInplace abs_{"abs_(Tensor(a!) self) -> Tensor(a!)", cutaway::abs_, cpu::into_self<cpu::abs_into>};
constinit Unary sign{"sign(Tensor self) -> Tensor", cutaway::sign, cpu::into_new<cpu::sign_into>};
constinit UnaryInplace sign_{"sign_(Tensor(a!) self) -> Tensor(a!)", cutaway::sign_, cpu::into_self<cpu::sign_into>};
constinit Unary ceil{"ceil(Tensor self) -> Tensor", cutaway::ceil, cpu::into_new<cpu::ceil_into>};
constinit UnaryInplace ceil_{"ceil_(Tensor(a!) self) -> Tensor(a!)", cutaway::ceil_, cpu::into_self<cpu::ceil_into>};
constinit Unary floor{"floor(Tensor self) -> Tensor", cutaway::floor, cpu::into_new<cpu::floor_into>};
constinit UnaryInplace floor_{"floor_(Tensor(a!) self) -> Tensor(a!)", cutaway::floor_, cpu::into_self<cpu::floor_into>};
constinit Unary trunc{"trunc(Tensor self) -> Tensor", cutaway::trunc, cpu::into_new<cpu::trunc_into>};
constinit UnaryInplace trunc_{"trunc_(Tensor(a!) self) -> Tensor(a!)", cutaway::trunc_, cpu::into_self<cpu::trunc_into>};
constinit Unary round{"round(Tensor self) -> Tensor", cutaway::round, cpu::into_new<cpu::round_into>};
constinit UnaryInplace round_{"round_(Tensor(a!) self) -> Tensor(a!)", cutaway::round_, cpu::into_self<cpu::round_into>};
constinit Unary frac{"frac(Tensor self) -> Tensor", cutaway::frac, cpu::into_new<cpu::frac_into>};
constinit UnaryInplace frac_{"frac_(Tensor(a!) self) -> Tensor(a!)", cutaway::frac_, cpu::into_self<cpu::frac_into>};
constinit Unary special_i1{"special_i1(Tensor self) -> Tensor", cutaway::special_i1, cpu::into_new<cpu::i1_into>};
constinit Op<Tensor(int64_t, const Tensor&)> polygamma{"polygamma(int n, Tensor self) -> Tensor", cutaway::polygamma, cpu::through_float<cpu::polygamma>};
constinit Op<const Tensor&(const Tensor&, int64_t)> polygamma_{"polygamma_(Tensor(a!) self, int n) -> Tensor(a!)", cutaway::polygamma_, made_of_ops};
constinit Op<Tensor(const Tensor&, int64_t)> mvlgamma{"mvlgamma(Tensor self, int p) -> Tensor", cutaway::mvlgamma, made_of_ops};
constinit Op<Tensor(const Tensor&, std::optional<double>)> logit{"logit(Tensor self, float? eps=None) -> Tensor", cutaway::logit, cpu::into_new<cpu::logit_into>};
constinit Op<const Tensor&(const Tensor&, std::optional<double>)> logit_{"logit_(Tensor(a!) self, float? eps=None) -> Tensor(a!)", cutaway::logit_, made_of_ops};
constinit Unary positive{"positive(Tensor(a) self) -> Tensor(a)", cutaway::positive, made_of_ops};
constinit Unary signbit{"signbit(Tensor self) -> Tensor", cutaway::signbit, cpu::into_bool<cpu::signbit_into>, not_differentiable};
constinit Unary square{"square(Tensor self) -> Tensor", cutaway::square, made_of_ops};
constinit UnaryInplace square_{"square_(Tensor(a!) self) -> Tensor(a!)", cutaway::square_, made_of_ops};
constinit Op<Tensor(const Tensor&, int64_t)> round_decimals{"round.decimals(Tensor self, *, int decimals) -> Tensor", cutaway::round, cpu::into_new<cpu::round_decimals_into>};
constinit Op<const Tensor&(const Tensor&, int64_t)> round_decimals_{"round_.decimals(Tensor(a!) self, *, int decimals) -> Tensor(a!)", cutaway::round_, made_of_ops};
constinit Op<Tensor(const Tensor&, std::optional<double>, std::optional<double>, std::optional<double>)> nan_to_num{"nan_to_num(Tensor self, float? nan=None, float? posinf=None, float? neginf=None) -> Tensor", cutaway::nan_to_num, cpu::into_new<cpu::nan_to_num_into>};
constinit Op<const Tensor&(const Tensor&, std::optional<double>, std::optional<double>, std::optional<double>)> nan_to_num_{"nan_to_num_(Tensor(a!) self, float? nan=None, float? posinf=None, float? neginf=None) -> Tensor(a!)", cutaway::nan_to_num_, made_of_ops};
constinit Unary absolute{"absolute(Tensor self) -> Tensor", cutaway::absolute, made_of_ops};
constinit UnaryInplace absolute_{"absolute_(Tensor(a!) self) -> Tensor(a!)", cutaway::absolute_, made_of_ops};
constinit Unary negative{"negative(Tensor self) -> Tensor", cutaway::negative, made_of_ops};
constinit UnaryInplace negative_{"negative_(Tensor(a!) self) -> Tensor(a!)", cutaway::negative_, made_of_ops};
constinit Unary fix{"fix(Tensor self) -> Tensor", cutaway::fix, made_of_ops};
constinit UnaryInplace fix_{"fix_(Tensor(a!) self) -> Tensor(a!)", cutaway::fix_, made_of_ops};
constinit Unary sgn{"sgn(Tensor self) -> Tensor", cutaway::sgn, made_of_ops};
constinit UnaryInplace sgn_{"sgn_(Tensor(a!) self) -> Tensor(a!)", cutaway::sgn_, made_of_ops};
constinit Unary arcsin{"arcsin(Tensor self) -> Tensor", cutaway::arcsin, made_of_ops};
constinit UnaryInplace arcsin_{"arcsin_(Tensor(a!) self) -> Tensor(a!)", cutaway::arcsin_, made_of_ops};
constinit Unary arccos{"arccos(Tensor self) -> Tensor", cutaway::arccos, made_of_ops};
constinit UnaryInplace arccos_{"arccos_(Tensor(a!) self) -> Tensor(a!)", cutaway::arccos_, made_of_ops};
constinit Unary arctan{"arctan(Tensor self) -> Tensor", cutaway::arctan, made_of_ops};
constinit UnaryInplace arctan_{"arctan_(Tensor(a!) self) -> Tensor(a!)", cutaway::arctan_, made_of_ops};
constinit Unary arcsinh{"arcsinh(Tensor self) -> Tensor", cutaway::arcsinh, made_of_ops};
constinit UnaryInplace arcsinh_{"arcsinh_(Tensor(a!) self) -> Tensor(a!)", cutaway::arcsinh_, made_of_ops};
constinit Unary arccosh{"arccosh(Tensor self) -> Tensor", cutaway::arccosh, made_of_ops};
constinit UnaryInplace arccosh_{"arccosh_(Tensor(a!) self) -> Tensor(a!)", cutaway::arccosh_, made_of_ops};
constinit Unary arctanh{"arctanh(Tensor self) -> Tensor", cutaway::arctanh, made_of_ops};
constinit UnaryInplace arctanh_{"arctanh_(Tensor(a!) self) -> Tensor(a!)", cutaway::arctanh_, made_of_ops};
// clang-format on

}  // namespace op

ArrayRef<OpBase*> unary_rows() {
  static constinit OpBase* const rows[] = {
      // clang-format off
    &op::exp, &op::exp_, &op::exp2, &op::exp2_, &op::expm1, &op::expm1_, &op::log, &op::log_,
    &op::log2, &op::log2_, &op::log10, &op::log10_, &op::log1p, &op::log1p_, &op::sqrt,
    &op::sqrt_, &op::rsqrt, &op::rsqrt_, &op::reciprocal, &op::reciprocal_, &op::sin, &op::sin_,
    &op::cos, &op::cos_, &op::tan, &op::tan_, &op::asin, &op::asin_, &op::acos, &op::acos_,
    &op::atan, &op::atan_, &op::sinh, &op::sinh_, &op::cosh, &op::cosh_, &op::tanh, &op::tanh_,
    &op::asinh, &op::asinh_, &op::acosh, &op::acosh_, &op::atanh, &op::atanh_, &op::sinc,
    &op::sinc_, &op::deg2rad, &op::deg2rad_, &op::rad2deg, &op::rad2deg_, &op::erf, &op::erf_,
    &op::erfc, &op::erfc_, &op::erfinv, &op::erfinv_, &op::lgamma, &op::lgamma_, &op::digamma,
    &op::digamma_, &op::i0, &op::i0_, &op::sigmoid, &op::sigmoid_, &op::neg, &op::neg_,
    &op::abs, &op::abs_, &op::sign, &op::sign_, &op::ceil, &op::ceil_, &op::floor, &op::floor_,
    &op::trunc, &op::trunc_, &op::round, &op::round_, &op::frac, &op::frac_, &op::special_i1,
    &op::polygamma, &op::polygamma_, &op::mvlgamma, &op::logit, &op::logit_, &op::positive,
    &op::signbit, &op::square, &op::square_, &op::round_decimals, &op::round_decimals_,
    &op::nan_to_num, &op::nan_to_num_, &op::absolute, &op::absolute_, &op::negative,
    &op::negative_, &op::fix, &op::fix_, &op::sgn, &op::sgn_, &op::arcsin, &op::arcsin_,
    &op::arccos, &op::arccos_, &op::arctan, &op::arctan_, &op::arcsinh, &op::arcsinh_,
    &op::arccosh, &op::arccosh_, &op::arctanh, &op::arctanh_
      // clang-format on
  };
  return {rows, static_cast<int64_t>(std::size(rows))};
}

}  // namespace cutaway
