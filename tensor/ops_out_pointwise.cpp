// SPDX-License-Identifier: MIT
#include "ops_out_pointwise.h"

#include "catalogue.h"
#include "out.h"

namespace cutaway::inline v0_1 {

// ---- Arithmetic ----

const Tensor& add_out(const Tensor& out, const Tensor& self, const Tensor& other,
                      const Scalar& alpha) {
  return write_out(op::add, out, self, other, alpha);
}
const Tensor& sub_out(const Tensor& out, const Tensor& self, const Tensor& other,
                      const Scalar& alpha) {
  return write_out(op::sub, out, self, other, alpha);
}
const Tensor& mul_out(const Tensor& out, const Tensor& self, const Tensor& other) {
  return write_out(op::mul, out, self, other);
}
const Tensor& div_out(const Tensor& out, const Tensor& self, const Tensor& other) {
  return write_out(op::div, out, self, other);
}
const Tensor& div_out(const Tensor& out, const Tensor& self, const Tensor& other,
                      std::optional<std::string_view> rounding_mode) {
  return write_out(op::div_mode, out, self, other, rounding_mode);
}
const Tensor& floor_divide_out(const Tensor& out, const Tensor& self, const Tensor& other) {
  return write_out(op::floor_divide, out, self, other);
}
const Tensor& remainder_out(const Tensor& out, const Tensor& self, const Tensor& other) {
  return write_out(op::remainder, out, self, other);
}
const Tensor& fmod_out(const Tensor& out, const Tensor& self, const Tensor& other) {
  return write_out(op::fmod, out, self, other);
}
const Tensor& pow_out(const Tensor& out, const Tensor& self, const Tensor& exponent) {
  return write_out(op::pow, out, self, exponent);
}
const Tensor& pow_out(const Tensor& out, const Tensor& self, const Scalar& exponent) {
  return write_out(op::pow_scalar, out, self, exponent);
}
const Tensor& pow_out(const Tensor& out, const Scalar& self, const Tensor& exponent) {
  return write_out(op::pow_base, out, self, exponent);
}
const Tensor& float_power_out(const Tensor& out, const Tensor& self, const Tensor& exponent) {
  return write_out(op::float_power, out, self, exponent);
}
const Tensor& float_power_out(const Tensor& out, const Tensor& self, const Scalar& exponent) {
  return write_out(op::float_power_scalar, out, self, exponent);
}
const Tensor& lerp_out(const Tensor& out, const Tensor& self, const Tensor& end,
                       const Tensor& weight) {
  return write_out(op::lerp, out, self, end, weight);
}
const Tensor& lerp_out(const Tensor& out, const Tensor& self, const Tensor& end,
                       const Scalar& weight) {
  return write_out(op::lerp_scalar, out, self, end, weight);
}
const Tensor& addcmul_out(const Tensor& out, const Tensor& self, const Tensor& tensor1,
                          const Tensor& tensor2, const Scalar& value) {
  return write_out(op::addcmul, out, self, tensor1, tensor2, value);
}
const Tensor& addcdiv_out(const Tensor& out, const Tensor& self, const Tensor& tensor1,
                          const Tensor& tensor2, const Scalar& value) {
  return write_out(op::addcdiv, out, self, tensor1, tensor2, value);
}

// ---- Functions of one tensor ----

const Tensor& exp_out(const Tensor& out, const Tensor& self) {
  return write_out(op::exp, out, self);
}
const Tensor& exp2_out(const Tensor& out, const Tensor& self) {
  return write_out(op::exp2, out, self);
}
const Tensor& expm1_out(const Tensor& out, const Tensor& self) {
  return write_out(op::expm1, out, self);
}
const Tensor& log_out(const Tensor& out, const Tensor& self) {
  return write_out(op::log, out, self);
}
const Tensor& log2_out(const Tensor& out, const Tensor& self) {
  return write_out(op::log2, out, self);
}
const Tensor& log10_out(const Tensor& out, const Tensor& self) {
  return write_out(op::log10, out, self);
}
const Tensor& log1p_out(const Tensor& out, const Tensor& self) {
  return write_out(op::log1p, out, self);
}
const Tensor& sqrt_out(const Tensor& out, const Tensor& self) {
  return write_out(op::sqrt, out, self);
}
const Tensor& rsqrt_out(const Tensor& out, const Tensor& self) {
  return write_out(op::rsqrt, out, self);
}
const Tensor& reciprocal_out(const Tensor& out, const Tensor& self) {
  return write_out(op::reciprocal, out, self);
}
const Tensor& square_out(const Tensor& out, const Tensor& self) {
  return write_out(op::square, out, self);
}
const Tensor& sin_out(const Tensor& out, const Tensor& self) {
  return write_out(op::sin, out, self);
}
const Tensor& cos_out(const Tensor& out, const Tensor& self) {
  return write_out(op::cos, out, self);
}
const Tensor& tan_out(const Tensor& out, const Tensor& self) {
  return write_out(op::tan, out, self);
}
const Tensor& asin_out(const Tensor& out, const Tensor& self) {
  return write_out(op::asin, out, self);
}
const Tensor& acos_out(const Tensor& out, const Tensor& self) {
  return write_out(op::acos, out, self);
}
const Tensor& atan_out(const Tensor& out, const Tensor& self) {
  return write_out(op::atan, out, self);
}
const Tensor& sinh_out(const Tensor& out, const Tensor& self) {
  return write_out(op::sinh, out, self);
}
const Tensor& cosh_out(const Tensor& out, const Tensor& self) {
  return write_out(op::cosh, out, self);
}
const Tensor& tanh_out(const Tensor& out, const Tensor& self) {
  return write_out(op::tanh, out, self);
}
const Tensor& asinh_out(const Tensor& out, const Tensor& self) {
  return write_out(op::asinh, out, self);
}
const Tensor& acosh_out(const Tensor& out, const Tensor& self) {
  return write_out(op::acosh, out, self);
}
const Tensor& atanh_out(const Tensor& out, const Tensor& self) {
  return write_out(op::atanh, out, self);
}
const Tensor& sinc_out(const Tensor& out, const Tensor& self) {
  return write_out(op::sinc, out, self);
}
const Tensor& deg2rad_out(const Tensor& out, const Tensor& self) {
  return write_out(op::deg2rad, out, self);
}
const Tensor& rad2deg_out(const Tensor& out, const Tensor& self) {
  return write_out(op::rad2deg, out, self);
}
const Tensor& erf_out(const Tensor& out, const Tensor& self) {
  return write_out(op::erf, out, self);
}
const Tensor& erfc_out(const Tensor& out, const Tensor& self) {
  return write_out(op::erfc, out, self);
}
const Tensor& erfinv_out(const Tensor& out, const Tensor& self) {
  return write_out(op::erfinv, out, self);
}
const Tensor& lgamma_out(const Tensor& out, const Tensor& self) {
  return write_out(op::lgamma, out, self);
}
const Tensor& digamma_out(const Tensor& out, const Tensor& self) {
  return write_out(op::digamma, out, self);
}
const Tensor& i0_out(const Tensor& out, const Tensor& self) { return write_out(op::i0, out, self); }
const Tensor& sigmoid_out(const Tensor& out, const Tensor& self) {
  return write_out(op::sigmoid, out, self);
}
const Tensor& neg_out(const Tensor& out, const Tensor& self) {
  return write_out(op::neg, out, self);
}
const Tensor& abs_out(const Tensor& out, const Tensor& self) {
  return write_out(op::abs, out, self);
}
const Tensor& sign_out(const Tensor& out, const Tensor& self) {
  return write_out(op::sign, out, self);
}
const Tensor& sgn_out(const Tensor& out, const Tensor& self) {
  return write_out(op::sgn, out, self);
}
const Tensor& ceil_out(const Tensor& out, const Tensor& self) {
  return write_out(op::ceil, out, self);
}
const Tensor& floor_out(const Tensor& out, const Tensor& self) {
  return write_out(op::floor, out, self);
}
const Tensor& trunc_out(const Tensor& out, const Tensor& self) {
  return write_out(op::trunc, out, self);
}
const Tensor& round_out(const Tensor& out, const Tensor& self) {
  return write_out(op::round, out, self);
}
const Tensor& frac_out(const Tensor& out, const Tensor& self) {
  return write_out(op::frac, out, self);
}
const Tensor& round_out(const Tensor& out, const Tensor& self, int64_t decimals) {
  return write_out(op::round_decimals, out, self, decimals);
}
const Tensor& logit_out(const Tensor& out, const Tensor& self, std::optional<double> eps) {
  return write_out(op::logit, out, self, eps);
}
const Tensor& nan_to_num_out(const Tensor& out, const Tensor& self, std::optional<double> nan,
                             std::optional<double> posinf, std::optional<double> neginf) {
  return write_out(op::nan_to_num, out, self, nan, posinf, neginf);
}
const Tensor& signbit_out(const Tensor& out, const Tensor& self) {
  return write_out(op::signbit, out, self);
}
const Tensor& polygamma_out(const Tensor& out, int64_t n, const Tensor& self) {
  return write_out(op::polygamma, out, n, self);
}
const Tensor& mvlgamma_out(const Tensor& out, const Tensor& self, int64_t p) {
  return write_out(op::mvlgamma, out, self, p);
}

// ---- Functions of two ----

const Tensor& atan2_out(const Tensor& out, const Tensor& self, const Tensor& other) {
  return write_out(op::atan2, out, self, other);
}
const Tensor& hypot_out(const Tensor& out, const Tensor& self, const Tensor& other) {
  return write_out(op::hypot, out, self, other);
}
const Tensor& copysign_out(const Tensor& out, const Tensor& self, const Tensor& other) {
  return write_out(op::copysign, out, self, other);
}
const Tensor& nextafter_out(const Tensor& out, const Tensor& self, const Tensor& other) {
  return write_out(op::nextafter, out, self, other);
}
const Tensor& logaddexp_out(const Tensor& out, const Tensor& self, const Tensor& other) {
  return write_out(op::logaddexp, out, self, other);
}
const Tensor& logaddexp2_out(const Tensor& out, const Tensor& self, const Tensor& other) {
  return write_out(op::logaddexp2, out, self, other);
}
const Tensor& xlogy_out(const Tensor& out, const Tensor& self, const Tensor& other) {
  return write_out(op::xlogy, out, self, other);
}
const Tensor& heaviside_out(const Tensor& out, const Tensor& self, const Tensor& values) {
  return write_out(op::heaviside, out, self, values);
}
const Tensor& ldexp_out(const Tensor& out, const Tensor& self, const Tensor& other) {
  return write_out(op::ldexp, out, self, other);
}
const Tensor& minimum_out(const Tensor& out, const Tensor& self, const Tensor& other) {
  return write_out(op::minimum, out, self, other);
}
const Tensor& maximum_out(const Tensor& out, const Tensor& self, const Tensor& other) {
  return write_out(op::maximum, out, self, other);
}
const Tensor& fmin_out(const Tensor& out, const Tensor& self, const Tensor& other) {
  return write_out(op::fmin, out, self, other);
}
const Tensor& fmax_out(const Tensor& out, const Tensor& self, const Tensor& other) {
  return write_out(op::fmax, out, self, other);
}

// ---- Limits ----

const Tensor& clamp_out(const Tensor& out, const Tensor& self, const std::optional<Scalar>& min,
                        const std::optional<Scalar>& max) {
  return write_out(op::clamp, out, self, min, max);
}
const Tensor& clamp_out(const Tensor& out, const Tensor& self, const std::optional<Tensor>& min,
                        const std::optional<Tensor>& max) {
  return write_out(op::clamp_tensor, out, self, min, max);
}
const Tensor& clamp_min_out(const Tensor& out, const Tensor& self, const Scalar& min) {
  return write_out(op::clamp_min, out, self, min);
}
const Tensor& clamp_min_out(const Tensor& out, const Tensor& self, const Tensor& min) {
  return write_out(op::clamp_min_tensor, out, self, min);
}
const Tensor& clamp_max_out(const Tensor& out, const Tensor& self, const Scalar& max) {
  return write_out(op::clamp_max, out, self, max);
}
const Tensor& clamp_max_out(const Tensor& out, const Tensor& self, const Tensor& max) {
  return write_out(op::clamp_max_tensor, out, self, max);
}

// ---- Comparisons, choices, bits ----

const Tensor& eq_out(const Tensor& out, const Tensor& self, const Tensor& other) {
  return write_out(op::eq, out, self, other);
}
const Tensor& ne_out(const Tensor& out, const Tensor& self, const Tensor& other) {
  return write_out(op::ne, out, self, other);
}
const Tensor& lt_out(const Tensor& out, const Tensor& self, const Tensor& other) {
  return write_out(op::lt, out, self, other);
}
const Tensor& le_out(const Tensor& out, const Tensor& self, const Tensor& other) {
  return write_out(op::le, out, self, other);
}
const Tensor& gt_out(const Tensor& out, const Tensor& self, const Tensor& other) {
  return write_out(op::gt, out, self, other);
}
const Tensor& ge_out(const Tensor& out, const Tensor& self, const Tensor& other) {
  return write_out(op::ge, out, self, other);
}
const Tensor& isposinf_out(const Tensor& out, const Tensor& self) {
  return write_out(op::isposinf, out, self);
}
const Tensor& isneginf_out(const Tensor& out, const Tensor& self) {
  return write_out(op::isneginf, out, self);
}
const Tensor& logical_and_out(const Tensor& out, const Tensor& self, const Tensor& other) {
  return write_out(op::logical_and, out, self, other);
}
const Tensor& logical_or_out(const Tensor& out, const Tensor& self, const Tensor& other) {
  return write_out(op::logical_or, out, self, other);
}
const Tensor& logical_xor_out(const Tensor& out, const Tensor& self, const Tensor& other) {
  return write_out(op::logical_xor, out, self, other);
}
const Tensor& logical_not_out(const Tensor& out, const Tensor& self) {
  return write_out(op::logical_not, out, self);
}
const Tensor& where_out(const Tensor& out, const Tensor& condition, const Tensor& self,
                        const Tensor& other) {
  return write_out(op::where, out, condition, self, other);
}
const Tensor& bitwise_and_out(const Tensor& out, const Tensor& self, const Tensor& other) {
  return write_out(op::bitwise_and, out, self, other);
}
const Tensor& bitwise_or_out(const Tensor& out, const Tensor& self, const Tensor& other) {
  return write_out(op::bitwise_or, out, self, other);
}
const Tensor& bitwise_xor_out(const Tensor& out, const Tensor& self, const Tensor& other) {
  return write_out(op::bitwise_xor, out, self, other);
}
const Tensor& bitwise_not_out(const Tensor& out, const Tensor& self) {
  return write_out(op::bitwise_not, out, self);
}
const Tensor& bitwise_left_shift_out(const Tensor& out, const Tensor& self, const Tensor& other) {
  return write_out(op::bitwise_left_shift, out, self, other);
}
const Tensor& bitwise_right_shift_out(const Tensor& out, const Tensor& self, const Tensor& other) {
  return write_out(op::bitwise_right_shift, out, self, other);
}
const Tensor& gcd_out(const Tensor& out, const Tensor& self, const Tensor& other) {
  return write_out(op::gcd, out, self, other);
}
const Tensor& lcm_out(const Tensor& out, const Tensor& self, const Tensor& other) {
  return write_out(op::lcm, out, self, other);
}

// ---- Activations ----

const Tensor& silu_out(const Tensor& out, const Tensor& self) {
  return write_out(op::silu, out, self);
}
const Tensor& mish_out(const Tensor& out, const Tensor& self) {
  return write_out(op::mish, out, self);
}
const Tensor& hardsigmoid_out(const Tensor& out, const Tensor& self) {
  return write_out(op::hardsigmoid, out, self);
}
const Tensor& hardswish_out(const Tensor& out, const Tensor& self) {
  return write_out(op::hardswish, out, self);
}
const Tensor& log_sigmoid_out(const Tensor& out, const Tensor& self) {
  return write_out(op::log_sigmoid, out, self);
}
const Tensor& gelu_out(const Tensor& out, const Tensor& self, std::string_view approximate) {
  return write_out(op::gelu, out, self, approximate);
}
const Tensor& elu_out(const Tensor& out, const Tensor& self, const Scalar& alpha,
                      const Scalar& scale, const Scalar& input_scale) {
  return write_out(op::elu, out, self, alpha, scale, input_scale);
}
const Tensor& leaky_relu_out(const Tensor& out, const Tensor& self, const Scalar& negative_slope) {
  return write_out(op::leaky_relu, out, self, negative_slope);
}
const Tensor& softplus_out(const Tensor& out, const Tensor& self, const Scalar& beta,
                           const Scalar& threshold) {
  return write_out(op::softplus, out, self, beta, threshold);
}
const Tensor& hardtanh_out(const Tensor& out, const Tensor& self, const Scalar& min_val,
                           const Scalar& max_val) {
  return write_out(op::hardtanh, out, self, min_val, max_val);
}
const Tensor& threshold_out(const Tensor& out, const Tensor& self, const Scalar& threshold,
                            const Scalar& value) {
  return write_out(op::threshold, out, self, threshold, value);
}
const Tensor& softmax_out(const Tensor& out, const Tensor& self, int64_t dim,
                          std::optional<DType> dtype) {
  return write_out(op::softmax, out, self, dim, dtype);
}
const Tensor& log_softmax_out(const Tensor& out, const Tensor& self, int64_t dim,
                              std::optional<DType> dtype) {
  return write_out(op::log_softmax, out, self, dim, dtype);
}

}  // namespace cutaway
