// SPDX-License-Identifier: MIT
//
// Out forms of the pointwise ops: exp_out(out, self) writes exp(self) into `out` and returns it.
// What an `out` may be, what happens to it, and when no memory is allocated: out.h. Arguments and
// their defaults are those of the functional form.
//
// PyTorch counterpart: at::exp_out, at::add_out, ...
#pragma once

#include "ops_binary.h"

#include "macros_off.h"  // what hosts have as macros is ours from here on

namespace cutaway::inline v0_1 {

// ---- Arithmetic ----

const Tensor& add_out(const Tensor& out, const Tensor& self, const Tensor& other,
                      const Scalar& alpha = 1);
const Tensor& sub_out(const Tensor& out, const Tensor& self, const Tensor& other,
                      const Scalar& alpha = 1);
const Tensor& mul_out(const Tensor& out, const Tensor& self, const Tensor& other);
const Tensor& div_out(const Tensor& out, const Tensor& self, const Tensor& other);
const Tensor& div_out(const Tensor& out, const Tensor& self, const Tensor& other,
                      std::optional<std::string_view> rounding_mode);
const Tensor& floor_divide_out(const Tensor& out, const Tensor& self, const Tensor& other);
const Tensor& remainder_out(const Tensor& out, const Tensor& self, const Tensor& other);
const Tensor& fmod_out(const Tensor& out, const Tensor& self, const Tensor& other);
const Tensor& pow_out(const Tensor& out, const Tensor& self, const Tensor& exponent);
const Tensor& pow_out(const Tensor& out, const Tensor& self, const Scalar& exponent);
const Tensor& pow_out(const Tensor& out, const Scalar& self, const Tensor& exponent);
const Tensor& float_power_out(const Tensor& out, const Tensor& self, const Tensor& exponent);
const Tensor& float_power_out(const Tensor& out, const Tensor& self, const Scalar& exponent);
const Tensor& lerp_out(const Tensor& out, const Tensor& self, const Tensor& end,
                       const Tensor& weight);
const Tensor& lerp_out(const Tensor& out, const Tensor& self, const Tensor& end,
                       const Scalar& weight);
const Tensor& addcmul_out(const Tensor& out, const Tensor& self, const Tensor& tensor1,
                          const Tensor& tensor2, const Scalar& value = 1);
const Tensor& addcdiv_out(const Tensor& out, const Tensor& self, const Tensor& tensor1,
                          const Tensor& tensor2, const Scalar& value = 1);
inline const Tensor& add_out(const Tensor& out, const Tensor& self, const Scalar& other,
                             const Scalar& alpha = 1) {
  return add_out(out, self, wrapped_number(other), alpha);
}
inline const Tensor& sub_out(const Tensor& out, const Tensor& self, const Scalar& other,
                             const Scalar& alpha = 1) {
  return sub_out(out, self, wrapped_number(other), alpha);
}
inline const Tensor& mul_out(const Tensor& out, const Tensor& self, const Scalar& other) {
  return mul_out(out, self, wrapped_number(other));
}
inline const Tensor& div_out(const Tensor& out, const Tensor& self, const Scalar& other) {
  return div_out(out, self, wrapped_number(other));
}
inline const Tensor& floor_divide_out(const Tensor& out, const Tensor& self, const Scalar& other) {
  return floor_divide_out(out, self, wrapped_number(other));
}
inline const Tensor& remainder_out(const Tensor& out, const Tensor& self, const Scalar& other) {
  return remainder_out(out, self, wrapped_number(other));
}
inline const Tensor& fmod_out(const Tensor& out, const Tensor& self, const Scalar& other) {
  return fmod_out(out, self, wrapped_number(other));
}

// ---- Functions of one tensor ----

const Tensor& exp_out(const Tensor& out, const Tensor& self);
const Tensor& exp2_out(const Tensor& out, const Tensor& self);
const Tensor& expm1_out(const Tensor& out, const Tensor& self);
const Tensor& log_out(const Tensor& out, const Tensor& self);
const Tensor& log2_out(const Tensor& out, const Tensor& self);
const Tensor& log10_out(const Tensor& out, const Tensor& self);
const Tensor& log1p_out(const Tensor& out, const Tensor& self);
const Tensor& sqrt_out(const Tensor& out, const Tensor& self);
const Tensor& rsqrt_out(const Tensor& out, const Tensor& self);
const Tensor& reciprocal_out(const Tensor& out, const Tensor& self);
const Tensor& square_out(const Tensor& out, const Tensor& self);
const Tensor& sin_out(const Tensor& out, const Tensor& self);
const Tensor& cos_out(const Tensor& out, const Tensor& self);
const Tensor& tan_out(const Tensor& out, const Tensor& self);
const Tensor& asin_out(const Tensor& out, const Tensor& self);
const Tensor& acos_out(const Tensor& out, const Tensor& self);
const Tensor& atan_out(const Tensor& out, const Tensor& self);
const Tensor& sinh_out(const Tensor& out, const Tensor& self);
const Tensor& cosh_out(const Tensor& out, const Tensor& self);
const Tensor& tanh_out(const Tensor& out, const Tensor& self);
const Tensor& asinh_out(const Tensor& out, const Tensor& self);
const Tensor& acosh_out(const Tensor& out, const Tensor& self);
const Tensor& atanh_out(const Tensor& out, const Tensor& self);
const Tensor& sinc_out(const Tensor& out, const Tensor& self);
const Tensor& deg2rad_out(const Tensor& out, const Tensor& self);
const Tensor& rad2deg_out(const Tensor& out, const Tensor& self);
const Tensor& erf_out(const Tensor& out, const Tensor& self);
const Tensor& erfc_out(const Tensor& out, const Tensor& self);
const Tensor& erfinv_out(const Tensor& out, const Tensor& self);
const Tensor& lgamma_out(const Tensor& out, const Tensor& self);
const Tensor& digamma_out(const Tensor& out, const Tensor& self);
const Tensor& i0_out(const Tensor& out, const Tensor& self);
const Tensor& sigmoid_out(const Tensor& out, const Tensor& self);
const Tensor& neg_out(const Tensor& out, const Tensor& self);
const Tensor& abs_out(const Tensor& out, const Tensor& self);
const Tensor& sign_out(const Tensor& out, const Tensor& self);
const Tensor& sgn_out(const Tensor& out, const Tensor& self);
const Tensor& ceil_out(const Tensor& out, const Tensor& self);
const Tensor& floor_out(const Tensor& out, const Tensor& self);
const Tensor& trunc_out(const Tensor& out, const Tensor& self);
const Tensor& round_out(const Tensor& out, const Tensor& self);
const Tensor& frac_out(const Tensor& out, const Tensor& self);
const Tensor& round_out(const Tensor& out, const Tensor& self, int64_t decimals);
const Tensor& logit_out(const Tensor& out, const Tensor& self, std::optional<double> eps = {});
const Tensor& nan_to_num_out(const Tensor& out, const Tensor& self, std::optional<double> nan = {},
                             std::optional<double> posinf = {}, std::optional<double> neginf = {});
const Tensor& signbit_out(const Tensor& out, const Tensor& self);
const Tensor& polygamma_out(const Tensor& out, int64_t n, const Tensor& self);
const Tensor& mvlgamma_out(const Tensor& out, const Tensor& self, int64_t p);

// ---- Functions of two ----

const Tensor& atan2_out(const Tensor& out, const Tensor& self, const Tensor& other);
const Tensor& hypot_out(const Tensor& out, const Tensor& self, const Tensor& other);
const Tensor& copysign_out(const Tensor& out, const Tensor& self, const Tensor& other);
const Tensor& nextafter_out(const Tensor& out, const Tensor& self, const Tensor& other);
const Tensor& logaddexp_out(const Tensor& out, const Tensor& self, const Tensor& other);
const Tensor& logaddexp2_out(const Tensor& out, const Tensor& self, const Tensor& other);
const Tensor& xlogy_out(const Tensor& out, const Tensor& self, const Tensor& other);
const Tensor& heaviside_out(const Tensor& out, const Tensor& self, const Tensor& values);
const Tensor& ldexp_out(const Tensor& out, const Tensor& self, const Tensor& other);
const Tensor& minimum_out(const Tensor& out, const Tensor& self, const Tensor& other);
const Tensor& maximum_out(const Tensor& out, const Tensor& self, const Tensor& other);
const Tensor& fmin_out(const Tensor& out, const Tensor& self, const Tensor& other);
const Tensor& fmax_out(const Tensor& out, const Tensor& self, const Tensor& other);

// ---- Limits ----

const Tensor& clamp_out(const Tensor& out, const Tensor& self,
                        const std::optional<Scalar>& min = {},
                        const std::optional<Scalar>& max = {});
const Tensor& clamp_out(const Tensor& out, const Tensor& self, const std::optional<Tensor>& min,
                        const std::optional<Tensor>& max);
const Tensor& clamp_min_out(const Tensor& out, const Tensor& self, const Scalar& min);
const Tensor& clamp_min_out(const Tensor& out, const Tensor& self, const Tensor& min);
const Tensor& clamp_max_out(const Tensor& out, const Tensor& self, const Scalar& max);
const Tensor& clamp_max_out(const Tensor& out, const Tensor& self, const Tensor& max);

// ---- Comparisons, choices, bits ----

const Tensor& eq_out(const Tensor& out, const Tensor& self, const Tensor& other);
const Tensor& ne_out(const Tensor& out, const Tensor& self, const Tensor& other);
const Tensor& lt_out(const Tensor& out, const Tensor& self, const Tensor& other);
const Tensor& le_out(const Tensor& out, const Tensor& self, const Tensor& other);
const Tensor& gt_out(const Tensor& out, const Tensor& self, const Tensor& other);
const Tensor& ge_out(const Tensor& out, const Tensor& self, const Tensor& other);
const Tensor& isposinf_out(const Tensor& out, const Tensor& self);
const Tensor& isneginf_out(const Tensor& out, const Tensor& self);
const Tensor& logical_and_out(const Tensor& out, const Tensor& self, const Tensor& other);
const Tensor& logical_or_out(const Tensor& out, const Tensor& self, const Tensor& other);
const Tensor& logical_xor_out(const Tensor& out, const Tensor& self, const Tensor& other);
const Tensor& logical_not_out(const Tensor& out, const Tensor& self);
const Tensor& where_out(const Tensor& out, const Tensor& condition, const Tensor& self,
                        const Tensor& other);
const Tensor& bitwise_and_out(const Tensor& out, const Tensor& self, const Tensor& other);
const Tensor& bitwise_or_out(const Tensor& out, const Tensor& self, const Tensor& other);
const Tensor& bitwise_xor_out(const Tensor& out, const Tensor& self, const Tensor& other);
const Tensor& bitwise_not_out(const Tensor& out, const Tensor& self);
const Tensor& bitwise_left_shift_out(const Tensor& out, const Tensor& self, const Tensor& other);
const Tensor& bitwise_right_shift_out(const Tensor& out, const Tensor& self, const Tensor& other);
const Tensor& gcd_out(const Tensor& out, const Tensor& self, const Tensor& other);
const Tensor& lcm_out(const Tensor& out, const Tensor& self, const Tensor& other);
inline const Tensor& eq_out(const Tensor& out, const Tensor& self, const Scalar& other) {
  return eq_out(out, self, wrapped_number(other));
}
inline const Tensor& ne_out(const Tensor& out, const Tensor& self, const Scalar& other) {
  return ne_out(out, self, wrapped_number(other));
}
inline const Tensor& lt_out(const Tensor& out, const Tensor& self, const Scalar& other) {
  return lt_out(out, self, wrapped_number(other));
}
inline const Tensor& le_out(const Tensor& out, const Tensor& self, const Scalar& other) {
  return le_out(out, self, wrapped_number(other));
}
inline const Tensor& gt_out(const Tensor& out, const Tensor& self, const Scalar& other) {
  return gt_out(out, self, wrapped_number(other));
}
inline const Tensor& ge_out(const Tensor& out, const Tensor& self, const Scalar& other) {
  return ge_out(out, self, wrapped_number(other));
}
inline const Tensor& bitwise_and_out(const Tensor& out, const Tensor& self, const Scalar& other) {
  return bitwise_and_out(out, self, wrapped_number(other));
}
inline const Tensor& bitwise_or_out(const Tensor& out, const Tensor& self, const Scalar& other) {
  return bitwise_or_out(out, self, wrapped_number(other));
}
inline const Tensor& bitwise_xor_out(const Tensor& out, const Tensor& self, const Scalar& other) {
  return bitwise_xor_out(out, self, wrapped_number(other));
}

// ---- Activations ----

const Tensor& silu_out(const Tensor& out, const Tensor& self);
const Tensor& mish_out(const Tensor& out, const Tensor& self);
const Tensor& hardsigmoid_out(const Tensor& out, const Tensor& self);
const Tensor& hardswish_out(const Tensor& out, const Tensor& self);
const Tensor& log_sigmoid_out(const Tensor& out, const Tensor& self);
const Tensor& gelu_out(const Tensor& out, const Tensor& self,
                       std::string_view approximate = "none");
const Tensor& elu_out(const Tensor& out, const Tensor& self, const Scalar& alpha = 1,
                      const Scalar& scale = 1, const Scalar& input_scale = 1);
const Tensor& leaky_relu_out(const Tensor& out, const Tensor& self,
                             const Scalar& negative_slope = 0.01);
const Tensor& softplus_out(const Tensor& out, const Tensor& self, const Scalar& beta = 1,
                           const Scalar& threshold = 20);
const Tensor& hardtanh_out(const Tensor& out, const Tensor& self, const Scalar& min_val = -1,
                           const Scalar& max_val = 1);
const Tensor& threshold_out(const Tensor& out, const Tensor& self, const Scalar& threshold,
                            const Scalar& value);
const Tensor& softmax_out(const Tensor& out, const Tensor& self, int64_t dim,
                          std::optional<DType> dtype = {});
const Tensor& log_softmax_out(const Tensor& out, const Tensor& self, int64_t dim,
                              std::optional<DType> dtype = {});

}  // namespace cutaway

#include "macros_on.h"
