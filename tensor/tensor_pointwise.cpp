// SPDX-License-Identifier: MIT
//
// The pointwise methods of Tensor (tensor.h): each hands itself to the function of the same name.
#include "ops.h"

namespace cutaway::inline v0_1 {

Tensor Tensor::exp() const { return cutaway::exp(*this); }
const Tensor& Tensor::exp_() const { return cutaway::exp_(*this); }
Tensor Tensor::exp2() const { return cutaway::exp2(*this); }
const Tensor& Tensor::exp2_() const { return cutaway::exp2_(*this); }
Tensor Tensor::expm1() const { return cutaway::expm1(*this); }
const Tensor& Tensor::expm1_() const { return cutaway::expm1_(*this); }
Tensor Tensor::log() const { return cutaway::log(*this); }
const Tensor& Tensor::log_() const { return cutaway::log_(*this); }
Tensor Tensor::log2() const { return cutaway::log2(*this); }
const Tensor& Tensor::log2_() const { return cutaway::log2_(*this); }
Tensor Tensor::log10() const { return cutaway::log10(*this); }
const Tensor& Tensor::log10_() const { return cutaway::log10_(*this); }
Tensor Tensor::log1p() const { return cutaway::log1p(*this); }
const Tensor& Tensor::log1p_() const { return cutaway::log1p_(*this); }
Tensor Tensor::sqrt() const { return cutaway::sqrt(*this); }
const Tensor& Tensor::sqrt_() const { return cutaway::sqrt_(*this); }
Tensor Tensor::rsqrt() const { return cutaway::rsqrt(*this); }
const Tensor& Tensor::rsqrt_() const { return cutaway::rsqrt_(*this); }
Tensor Tensor::reciprocal() const { return cutaway::reciprocal(*this); }
const Tensor& Tensor::reciprocal_() const { return cutaway::reciprocal_(*this); }
Tensor Tensor::sin() const { return cutaway::sin(*this); }
const Tensor& Tensor::sin_() const { return cutaway::sin_(*this); }
Tensor Tensor::cos() const { return cutaway::cos(*this); }
const Tensor& Tensor::cos_() const { return cutaway::cos_(*this); }
Tensor Tensor::tan() const { return cutaway::tan(*this); }
const Tensor& Tensor::tan_() const { return cutaway::tan_(*this); }
Tensor Tensor::asin() const { return cutaway::asin(*this); }
const Tensor& Tensor::asin_() const { return cutaway::asin_(*this); }
Tensor Tensor::acos() const { return cutaway::acos(*this); }
const Tensor& Tensor::acos_() const { return cutaway::acos_(*this); }
Tensor Tensor::atan() const { return cutaway::atan(*this); }
const Tensor& Tensor::atan_() const { return cutaway::atan_(*this); }
Tensor Tensor::sinh() const { return cutaway::sinh(*this); }
const Tensor& Tensor::sinh_() const { return cutaway::sinh_(*this); }
Tensor Tensor::cosh() const { return cutaway::cosh(*this); }
const Tensor& Tensor::cosh_() const { return cutaway::cosh_(*this); }
Tensor Tensor::tanh() const { return cutaway::tanh(*this); }
const Tensor& Tensor::tanh_() const { return cutaway::tanh_(*this); }
Tensor Tensor::asinh() const { return cutaway::asinh(*this); }
const Tensor& Tensor::asinh_() const { return cutaway::asinh_(*this); }
Tensor Tensor::acosh() const { return cutaway::acosh(*this); }
const Tensor& Tensor::acosh_() const { return cutaway::acosh_(*this); }
Tensor Tensor::atanh() const { return cutaway::atanh(*this); }
const Tensor& Tensor::atanh_() const { return cutaway::atanh_(*this); }
Tensor Tensor::sinc() const { return cutaway::sinc(*this); }
const Tensor& Tensor::sinc_() const { return cutaway::sinc_(*this); }
Tensor Tensor::deg2rad() const { return cutaway::deg2rad(*this); }
const Tensor& Tensor::deg2rad_() const { return cutaway::deg2rad_(*this); }
Tensor Tensor::rad2deg() const { return cutaway::rad2deg(*this); }
const Tensor& Tensor::rad2deg_() const { return cutaway::rad2deg_(*this); }
Tensor Tensor::erf() const { return cutaway::erf(*this); }
const Tensor& Tensor::erf_() const { return cutaway::erf_(*this); }
Tensor Tensor::erfc() const { return cutaway::erfc(*this); }
const Tensor& Tensor::erfc_() const { return cutaway::erfc_(*this); }
Tensor Tensor::erfinv() const { return cutaway::erfinv(*this); }
const Tensor& Tensor::erfinv_() const { return cutaway::erfinv_(*this); }
Tensor Tensor::lgamma() const { return cutaway::lgamma(*this); }
const Tensor& Tensor::lgamma_() const { return cutaway::lgamma_(*this); }
Tensor Tensor::digamma() const { return cutaway::digamma(*this); }
const Tensor& Tensor::digamma_() const { return cutaway::digamma_(*this); }
Tensor Tensor::i0() const { return cutaway::i0(*this); }
const Tensor& Tensor::i0_() const { return cutaway::i0_(*this); }
Tensor Tensor::sigmoid() const { return cutaway::sigmoid(*this); }
const Tensor& Tensor::sigmoid_() const { return cutaway::sigmoid_(*this); }
Tensor Tensor::ceil() const { return cutaway::ceil(*this); }
const Tensor& Tensor::ceil_() const { return cutaway::ceil_(*this); }
Tensor Tensor::floor() const { return cutaway::floor(*this); }
const Tensor& Tensor::floor_() const { return cutaway::floor_(*this); }
Tensor Tensor::trunc() const { return cutaway::trunc(*this); }
const Tensor& Tensor::trunc_() const { return cutaway::trunc_(*this); }
Tensor Tensor::round() const { return cutaway::round(*this); }
const Tensor& Tensor::round_() const { return cutaway::round_(*this); }
Tensor Tensor::frac() const { return cutaway::frac(*this); }
const Tensor& Tensor::frac_() const { return cutaway::frac_(*this); }
Tensor Tensor::abs() const { return cutaway::abs(*this); }
const Tensor& Tensor::abs_() const { return cutaway::abs_(*this); }
Tensor Tensor::sign() const { return cutaway::sign(*this); }
const Tensor& Tensor::sign_() const { return cutaway::sign_(*this); }
Tensor Tensor::neg() const { return cutaway::neg(*this); }
const Tensor& Tensor::neg_() const { return cutaway::neg_(*this); }
Tensor Tensor::absolute() const { return cutaway::absolute(*this); }
const Tensor& Tensor::absolute_() const { return cutaway::absolute_(*this); }
Tensor Tensor::negative() const { return cutaway::negative(*this); }
const Tensor& Tensor::negative_() const { return cutaway::negative_(*this); }
Tensor Tensor::fix() const { return cutaway::fix(*this); }
const Tensor& Tensor::fix_() const { return cutaway::fix_(*this); }
Tensor Tensor::sgn() const { return cutaway::sgn(*this); }
const Tensor& Tensor::sgn_() const { return cutaway::sgn_(*this); }
Tensor Tensor::arcsin() const { return cutaway::arcsin(*this); }
const Tensor& Tensor::arcsin_() const { return cutaway::arcsin_(*this); }
Tensor Tensor::arccos() const { return cutaway::arccos(*this); }
const Tensor& Tensor::arccos_() const { return cutaway::arccos_(*this); }
Tensor Tensor::arctan() const { return cutaway::arctan(*this); }
const Tensor& Tensor::arctan_() const { return cutaway::arctan_(*this); }
Tensor Tensor::arcsinh() const { return cutaway::arcsinh(*this); }
const Tensor& Tensor::arcsinh_() const { return cutaway::arcsinh_(*this); }
Tensor Tensor::arccosh() const { return cutaway::arccosh(*this); }
const Tensor& Tensor::arccosh_() const { return cutaway::arccosh_(*this); }
Tensor Tensor::arctanh() const { return cutaway::arctanh(*this); }
const Tensor& Tensor::arctanh_() const { return cutaway::arctanh_(*this); }
Tensor Tensor::square() const { return cutaway::square(*this); }
const Tensor& Tensor::square_() const { return cutaway::square_(*this); }
Tensor Tensor::relu() const { return cutaway::relu(*this); }
const Tensor& Tensor::relu_() const { return cutaway::relu_(*this); }
Tensor Tensor::positive() const { return cutaway::positive(*this); }
Tensor Tensor::signbit() const { return cutaway::signbit(*this); }
Tensor Tensor::bitwise_not() const { return cutaway::bitwise_not(*this); }
const Tensor& Tensor::bitwise_not_() const { return cutaway::bitwise_not_(*this); }
Tensor Tensor::logical_not() const { return cutaway::logical_not(*this); }
const Tensor& Tensor::logical_not_() const { return cutaway::logical_not_(*this); }
Tensor Tensor::isnan() const { return cutaway::isnan(*this); }
Tensor Tensor::isinf() const { return cutaway::isinf(*this); }
Tensor Tensor::isposinf() const { return cutaway::isposinf(*this); }
Tensor Tensor::isneginf() const { return cutaway::isneginf(*this); }
Tensor Tensor::isfinite() const { return cutaway::isfinite(*this); }
Tensor Tensor::isreal() const { return cutaway::isreal(*this); }
Tensor Tensor::round(int64_t decimals) const { return cutaway::round(*this, decimals); }
const Tensor& Tensor::round_(int64_t decimals) const { return cutaway::round_(*this, decimals); }
Tensor Tensor::polygamma(int64_t n) const { return cutaway::polygamma(n, *this); }
const Tensor& Tensor::polygamma_(int64_t n) const { return cutaway::polygamma_(*this, n); }
Tensor Tensor::mvlgamma(int64_t p) const { return cutaway::mvlgamma(*this, p); }
Tensor Tensor::logit(std::optional<double> eps) const { return cutaway::logit(*this, eps); }
const Tensor& Tensor::logit_(std::optional<double> eps) const {
  return cutaway::logit_(*this, eps);
}
Tensor Tensor::nan_to_num(std::optional<double> nan, std::optional<double> posinf,
                          std::optional<double> neginf) const {
  return cutaway::nan_to_num(*this, nan, posinf, neginf);
}
const Tensor& Tensor::nan_to_num_(std::optional<double> nan, std::optional<double> posinf,
                                  std::optional<double> neginf) const {
  return cutaway::nan_to_num_(*this, nan, posinf, neginf);
}
Tensor Tensor::add(const Tensor& other, const Scalar& alpha) const {
  return cutaway::add(*this, other, alpha);
}
Tensor Tensor::add(const Scalar& other, const Scalar& alpha) const {
  return cutaway::add(*this, other, alpha);
}
const Tensor& Tensor::add_(const Tensor& other, const Scalar& alpha) const {
  return cutaway::add_(*this, other, alpha);
}
const Tensor& Tensor::add_(const Scalar& other, const Scalar& alpha) const {
  return cutaway::add_(*this, other, alpha);
}
Tensor Tensor::sub(const Tensor& other, const Scalar& alpha) const {
  return cutaway::sub(*this, other, alpha);
}
Tensor Tensor::sub(const Scalar& other, const Scalar& alpha) const {
  return cutaway::sub(*this, other, alpha);
}
const Tensor& Tensor::sub_(const Tensor& other, const Scalar& alpha) const {
  return cutaway::sub_(*this, other, alpha);
}
const Tensor& Tensor::sub_(const Scalar& other, const Scalar& alpha) const {
  return cutaway::sub_(*this, other, alpha);
}
Tensor Tensor::mul(const Tensor& other) const { return cutaway::mul(*this, other); }
Tensor Tensor::mul(const Scalar& other) const { return cutaway::mul(*this, other); }
const Tensor& Tensor::mul_(const Tensor& other) const { return cutaway::mul_(*this, other); }
const Tensor& Tensor::mul_(const Scalar& other) const { return cutaway::mul_(*this, other); }
Tensor Tensor::div(const Tensor& other) const { return cutaway::div(*this, other); }
Tensor Tensor::div(const Scalar& other) const { return cutaway::div(*this, other); }
const Tensor& Tensor::div_(const Tensor& other) const { return cutaway::div_(*this, other); }
const Tensor& Tensor::div_(const Scalar& other) const { return cutaway::div_(*this, other); }
Tensor Tensor::div(const Tensor& other, std::optional<std::string_view> rounding_mode) const {
  return cutaway::div(*this, other, rounding_mode);
}
Tensor Tensor::div(const Scalar& other, std::optional<std::string_view> rounding_mode) const {
  return cutaway::div(*this, other, rounding_mode);
}
const Tensor& Tensor::div_(const Tensor& other,
                           std::optional<std::string_view> rounding_mode) const {
  return cutaway::div_(*this, other, rounding_mode);
}
const Tensor& Tensor::div_(const Scalar& other,
                           std::optional<std::string_view> rounding_mode) const {
  return cutaway::div_(*this, other, rounding_mode);
}
Tensor Tensor::floor_divide(const Tensor& other) const {
  return cutaway::floor_divide(*this, other);
}
Tensor Tensor::floor_divide(const Scalar& other) const {
  return cutaway::floor_divide(*this, other);
}
const Tensor& Tensor::floor_divide_(const Tensor& other) const {
  return cutaway::floor_divide_(*this, other);
}
const Tensor& Tensor::floor_divide_(const Scalar& other) const {
  return cutaway::floor_divide_(*this, other);
}
Tensor Tensor::remainder(const Tensor& other) const { return cutaway::remainder(*this, other); }
Tensor Tensor::remainder(const Scalar& other) const { return cutaway::remainder(*this, other); }
const Tensor& Tensor::remainder_(const Tensor& other) const {
  return cutaway::remainder_(*this, other);
}
const Tensor& Tensor::remainder_(const Scalar& other) const {
  return cutaway::remainder_(*this, other);
}
Tensor Tensor::fmod(const Tensor& other) const { return cutaway::fmod(*this, other); }
Tensor Tensor::fmod(const Scalar& other) const { return cutaway::fmod(*this, other); }
const Tensor& Tensor::fmod_(const Tensor& other) const { return cutaway::fmod_(*this, other); }
const Tensor& Tensor::fmod_(const Scalar& other) const { return cutaway::fmod_(*this, other); }
Tensor Tensor::pow(const Tensor& exponent) const { return cutaway::pow(*this, exponent); }
Tensor Tensor::pow(const Scalar& exponent) const { return cutaway::pow(*this, exponent); }
const Tensor& Tensor::pow_(const Tensor& exponent) const { return cutaway::pow_(*this, exponent); }
const Tensor& Tensor::pow_(const Scalar& exponent) const { return cutaway::pow_(*this, exponent); }
Tensor Tensor::float_power(const Tensor& exponent) const {
  return cutaway::float_power(*this, exponent);
}
Tensor Tensor::float_power(const Scalar& exponent) const {
  return cutaway::float_power(*this, exponent);
}
const Tensor& Tensor::float_power_(const Tensor& exponent) const {
  return cutaway::float_power_(*this, exponent);
}
const Tensor& Tensor::float_power_(const Scalar& exponent) const {
  return cutaway::float_power_(*this, exponent);
}
Tensor Tensor::atan2(const Tensor& other) const { return cutaway::atan2(*this, other); }
const Tensor& Tensor::atan2_(const Tensor& other) const { return cutaway::atan2_(*this, other); }
Tensor Tensor::arctan2(const Tensor& other) const { return cutaway::arctan2(*this, other); }
const Tensor& Tensor::arctan2_(const Tensor& other) const {
  return cutaway::arctan2_(*this, other);
}
Tensor Tensor::hypot(const Tensor& other) const { return cutaway::hypot(*this, other); }
const Tensor& Tensor::hypot_(const Tensor& other) const { return cutaway::hypot_(*this, other); }
Tensor Tensor::copysign(const Tensor& other) const { return cutaway::copysign(*this, other); }
Tensor Tensor::copysign(const Scalar& other) const { return cutaway::copysign(*this, other); }
const Tensor& Tensor::copysign_(const Tensor& other) const {
  return cutaway::copysign_(*this, other);
}
const Tensor& Tensor::copysign_(const Scalar& other) const {
  return cutaway::copysign_(*this, other);
}
Tensor Tensor::nextafter(const Tensor& other) const { return cutaway::nextafter(*this, other); }
const Tensor& Tensor::nextafter_(const Tensor& other) const {
  return cutaway::nextafter_(*this, other);
}
Tensor Tensor::logaddexp(const Tensor& other) const { return cutaway::logaddexp(*this, other); }
Tensor Tensor::logaddexp2(const Tensor& other) const { return cutaway::logaddexp2(*this, other); }
Tensor Tensor::xlogy(const Tensor& other) const { return cutaway::xlogy(*this, other); }
Tensor Tensor::xlogy(const Scalar& other) const { return cutaway::xlogy(*this, other); }
const Tensor& Tensor::xlogy_(const Tensor& other) const { return cutaway::xlogy_(*this, other); }
const Tensor& Tensor::xlogy_(const Scalar& other) const { return cutaway::xlogy_(*this, other); }
Tensor Tensor::ldexp(const Tensor& other) const { return cutaway::ldexp(*this, other); }
const Tensor& Tensor::ldexp_(const Tensor& other) const { return cutaway::ldexp_(*this, other); }
Tensor Tensor::heaviside(const Tensor& values) const { return cutaway::heaviside(*this, values); }
const Tensor& Tensor::heaviside_(const Tensor& values) const {
  return cutaway::heaviside_(*this, values);
}
Tensor Tensor::minimum(const Tensor& other) const { return cutaway::minimum(*this, other); }
Tensor Tensor::maximum(const Tensor& other) const { return cutaway::maximum(*this, other); }
Tensor Tensor::fmin(const Tensor& other) const { return cutaway::fmin(*this, other); }
Tensor Tensor::fmax(const Tensor& other) const { return cutaway::fmax(*this, other); }
Tensor Tensor::clamp(const std::optional<Scalar>& min, const std::optional<Scalar>& max) const {
  return cutaway::clamp(*this, min, max);
}
Tensor Tensor::clamp(const std::optional<Tensor>& min, const std::optional<Tensor>& max) const {
  return cutaway::clamp(*this, min, max);
}
const Tensor& Tensor::clamp_(const std::optional<Scalar>& min,
                             const std::optional<Scalar>& max) const {
  return cutaway::clamp_(*this, min, max);
}
const Tensor& Tensor::clamp_(const std::optional<Tensor>& min,
                             const std::optional<Tensor>& max) const {
  return cutaway::clamp_(*this, min, max);
}
Tensor Tensor::clip(const std::optional<Scalar>& min, const std::optional<Scalar>& max) const {
  return cutaway::clip(*this, min, max);
}
Tensor Tensor::clip(const std::optional<Tensor>& min, const std::optional<Tensor>& max) const {
  return cutaway::clip(*this, min, max);
}
const Tensor& Tensor::clip_(const std::optional<Scalar>& min,
                            const std::optional<Scalar>& max) const {
  return cutaway::clip_(*this, min, max);
}
const Tensor& Tensor::clip_(const std::optional<Tensor>& min,
                            const std::optional<Tensor>& max) const {
  return cutaway::clip_(*this, min, max);
}
Tensor Tensor::clamp_min(const Scalar& min) const { return cutaway::clamp_min(*this, min); }
Tensor Tensor::clamp_min(const Tensor& min) const { return cutaway::clamp_min(*this, min); }
const Tensor& Tensor::clamp_min_(const Scalar& min) const {
  return cutaway::clamp_min_(*this, min);
}
const Tensor& Tensor::clamp_min_(const Tensor& min) const {
  return cutaway::clamp_min_(*this, min);
}
Tensor Tensor::clamp_max(const Scalar& max) const { return cutaway::clamp_max(*this, max); }
Tensor Tensor::clamp_max(const Tensor& max) const { return cutaway::clamp_max(*this, max); }
const Tensor& Tensor::clamp_max_(const Scalar& max) const {
  return cutaway::clamp_max_(*this, max);
}
const Tensor& Tensor::clamp_max_(const Tensor& max) const {
  return cutaway::clamp_max_(*this, max);
}
Tensor Tensor::eq(const Tensor& other) const { return cutaway::eq(*this, other); }
Tensor Tensor::eq(const Scalar& other) const { return cutaway::eq(*this, other); }
const Tensor& Tensor::eq_(const Tensor& other) const { return cutaway::eq_(*this, other); }
const Tensor& Tensor::eq_(const Scalar& other) const { return cutaway::eq_(*this, other); }
Tensor Tensor::ne(const Tensor& other) const { return cutaway::ne(*this, other); }
Tensor Tensor::ne(const Scalar& other) const { return cutaway::ne(*this, other); }
const Tensor& Tensor::ne_(const Tensor& other) const { return cutaway::ne_(*this, other); }
const Tensor& Tensor::ne_(const Scalar& other) const { return cutaway::ne_(*this, other); }
Tensor Tensor::lt(const Tensor& other) const { return cutaway::lt(*this, other); }
Tensor Tensor::lt(const Scalar& other) const { return cutaway::lt(*this, other); }
const Tensor& Tensor::lt_(const Tensor& other) const { return cutaway::lt_(*this, other); }
const Tensor& Tensor::lt_(const Scalar& other) const { return cutaway::lt_(*this, other); }
Tensor Tensor::le(const Tensor& other) const { return cutaway::le(*this, other); }
Tensor Tensor::le(const Scalar& other) const { return cutaway::le(*this, other); }
const Tensor& Tensor::le_(const Tensor& other) const { return cutaway::le_(*this, other); }
const Tensor& Tensor::le_(const Scalar& other) const { return cutaway::le_(*this, other); }
Tensor Tensor::gt(const Tensor& other) const { return cutaway::gt(*this, other); }
Tensor Tensor::gt(const Scalar& other) const { return cutaway::gt(*this, other); }
const Tensor& Tensor::gt_(const Tensor& other) const { return cutaway::gt_(*this, other); }
const Tensor& Tensor::gt_(const Scalar& other) const { return cutaway::gt_(*this, other); }
Tensor Tensor::ge(const Tensor& other) const { return cutaway::ge(*this, other); }
Tensor Tensor::ge(const Scalar& other) const { return cutaway::ge(*this, other); }
const Tensor& Tensor::ge_(const Tensor& other) const { return cutaway::ge_(*this, other); }
const Tensor& Tensor::ge_(const Scalar& other) const { return cutaway::ge_(*this, other); }
Tensor Tensor::logical_and(const Tensor& other) const { return cutaway::logical_and(*this, other); }
const Tensor& Tensor::logical_and_(const Tensor& other) const {
  return cutaway::logical_and_(*this, other);
}
Tensor Tensor::logical_or(const Tensor& other) const { return cutaway::logical_or(*this, other); }
const Tensor& Tensor::logical_or_(const Tensor& other) const {
  return cutaway::logical_or_(*this, other);
}
Tensor Tensor::logical_xor(const Tensor& other) const { return cutaway::logical_xor(*this, other); }
const Tensor& Tensor::logical_xor_(const Tensor& other) const {
  return cutaway::logical_xor_(*this, other);
}
Tensor Tensor::bitwise_and(const Tensor& other) const { return cutaway::bitwise_and(*this, other); }
Tensor Tensor::bitwise_and(const Scalar& other) const { return cutaway::bitwise_and(*this, other); }
const Tensor& Tensor::bitwise_and_(const Tensor& other) const {
  return cutaway::bitwise_and_(*this, other);
}
const Tensor& Tensor::bitwise_and_(const Scalar& other) const {
  return cutaway::bitwise_and_(*this, other);
}
Tensor Tensor::bitwise_or(const Tensor& other) const { return cutaway::bitwise_or(*this, other); }
Tensor Tensor::bitwise_or(const Scalar& other) const { return cutaway::bitwise_or(*this, other); }
const Tensor& Tensor::bitwise_or_(const Tensor& other) const {
  return cutaway::bitwise_or_(*this, other);
}
const Tensor& Tensor::bitwise_or_(const Scalar& other) const {
  return cutaway::bitwise_or_(*this, other);
}
Tensor Tensor::bitwise_xor(const Tensor& other) const { return cutaway::bitwise_xor(*this, other); }
Tensor Tensor::bitwise_xor(const Scalar& other) const { return cutaway::bitwise_xor(*this, other); }
const Tensor& Tensor::bitwise_xor_(const Tensor& other) const {
  return cutaway::bitwise_xor_(*this, other);
}
const Tensor& Tensor::bitwise_xor_(const Scalar& other) const {
  return cutaway::bitwise_xor_(*this, other);
}
Tensor Tensor::bitwise_left_shift(const Tensor& other) const {
  return cutaway::bitwise_left_shift(*this, other);
}
Tensor Tensor::bitwise_left_shift(const Scalar& other) const {
  return cutaway::bitwise_left_shift(*this, other);
}
const Tensor& Tensor::bitwise_left_shift_(const Tensor& other) const {
  return cutaway::bitwise_left_shift_(*this, other);
}
const Tensor& Tensor::bitwise_left_shift_(const Scalar& other) const {
  return cutaway::bitwise_left_shift_(*this, other);
}
Tensor Tensor::bitwise_right_shift(const Tensor& other) const {
  return cutaway::bitwise_right_shift(*this, other);
}
Tensor Tensor::bitwise_right_shift(const Scalar& other) const {
  return cutaway::bitwise_right_shift(*this, other);
}
const Tensor& Tensor::bitwise_right_shift_(const Tensor& other) const {
  return cutaway::bitwise_right_shift_(*this, other);
}
const Tensor& Tensor::bitwise_right_shift_(const Scalar& other) const {
  return cutaway::bitwise_right_shift_(*this, other);
}
Tensor Tensor::gcd(const Tensor& other) const { return cutaway::gcd(*this, other); }
const Tensor& Tensor::gcd_(const Tensor& other) const { return cutaway::gcd_(*this, other); }
Tensor Tensor::lcm(const Tensor& other) const { return cutaway::lcm(*this, other); }
const Tensor& Tensor::lcm_(const Tensor& other) const { return cutaway::lcm_(*this, other); }
Tensor Tensor::lerp(const Tensor& end, const Tensor& weight) const {
  return cutaway::lerp(*this, end, weight);
}
Tensor Tensor::lerp(const Tensor& end, const Scalar& weight) const {
  return cutaway::lerp(*this, end, weight);
}
const Tensor& Tensor::lerp_(const Tensor& end, const Tensor& weight) const {
  return cutaway::lerp_(*this, end, weight);
}
const Tensor& Tensor::lerp_(const Tensor& end, const Scalar& weight) const {
  return cutaway::lerp_(*this, end, weight);
}
Tensor Tensor::addcmul(const Tensor& tensor1, const Tensor& tensor2, const Scalar& value) const {
  return cutaway::addcmul(*this, tensor1, tensor2, value);
}
const Tensor& Tensor::addcmul_(const Tensor& tensor1, const Tensor& tensor2,
                               const Scalar& value) const {
  return cutaway::addcmul_(*this, tensor1, tensor2, value);
}
Tensor Tensor::addcdiv(const Tensor& tensor1, const Tensor& tensor2, const Scalar& value) const {
  return cutaway::addcdiv(*this, tensor1, tensor2, value);
}
const Tensor& Tensor::addcdiv_(const Tensor& tensor1, const Tensor& tensor2,
                               const Scalar& value) const {
  return cutaway::addcdiv_(*this, tensor1, tensor2, value);
}
Tensor Tensor::isclose(const Tensor& other, double rtol, double atol, bool equal_nan) const {
  return cutaway::isclose(*this, other, rtol, atol, equal_nan);
}
bool Tensor::allclose(const Tensor& other, double rtol, double atol, bool equal_nan) const {
  return cutaway::allclose(*this, other, rtol, atol, equal_nan);
}
bool Tensor::equal(const Tensor& other) const { return cutaway::equal(*this, other); }

}  // namespace cutaway
