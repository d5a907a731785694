// SPDX-License-Identifier: MIT
//
// Loops of the catalogue: functions of one tensor. Cheap ones in unary.cpp, those that call a
// function of <cmath> or special_functions.h in unary_functions.cpp. into.h makes kernels of them.
#pragma once

#include "../tensor.h"

namespace cutaway::inline v0_1::cpu {

/// Declares loops: `out`, of the shape of self, is filled.
using UnaryInto = void(const Tensor& out, const Tensor& self);

UnaryInto neg_into, abs_into, sign_into, reciprocal_into, sqrt_into, rsqrt_into;
UnaryInto ceil_into, floor_into, round_into, trunc_into, frac_into;
UnaryInto deg2rad_into, rad2deg_into;
/// out: bool
UnaryInto signbit_into;
void round_decimals_into(const Tensor& out, const Tensor& self, int64_t decimals);
void nan_to_num_into(const Tensor& out, const Tensor& self, std::optional<double> nan,
                     std::optional<double> posinf, std::optional<double> neginf);

UnaryInto exp_into, exp2_into, expm1_into, log_into, log2_into, log10_into, log1p_into;
UnaryInto sin_into, cos_into, tan_into, asin_into, acos_into, atan_into, sinc_into;
UnaryInto sinh_into, cosh_into, tanh_into, asinh_into, acosh_into, atanh_into;
UnaryInto erf_into, erfc_into, erfinv_into, lgamma_into, digamma_into, i0_into, i1_into;
UnaryInto sigmoid_into;
/// A kernel as it is: its number comes first.
Tensor polygamma(int64_t n, const Tensor& self);
void logit_into(const Tensor& out, const Tensor& self, std::optional<double> eps);

}  // namespace cutaway::cpu
