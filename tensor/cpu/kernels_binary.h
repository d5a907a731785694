// SPDX-License-Identifier: MIT
//
// Loops of the catalogue: functions of two and three tensors. Quotients in quotient.cpp, functions
// of real numbers in binary_functions.cpp, of integers in bitwise.cpp. into.h makes kernels of
// them.
#pragma once

#include <string_view>

#include "../tensor.h"

namespace cutaway::inline v0_1::cpu {

/// Declares loops: `out`, to whose shape self and other broadcast, is filled.
using BinaryInto = void(const Tensor& out, const Tensor& self, const Tensor& other);

// quotient.cpp
BinaryInto remainder_into, fmod_into, div_floor_into;
/// rounding_mode: "trunc" or "floor".
void div_mode_into(const Tensor& out, const Tensor& self, const Tensor& other,
                   std::optional<std::string_view> rounding_mode);

// binary_functions.cpp
BinaryInto atan2_into, hypot_into, copysign_into, heaviside_into;
Tensor nextafter(const Tensor& self, const Tensor& other);  // float16 and bfloat16, too
/// Arguments of any dtypes.
Tensor ldexp(const Tensor& self, const Tensor& other);
BinaryInto logaddexp_into, logaddexp2_into, xlogy_into;
using LerpInto = void(const Tensor& out, const Tensor& self, const Tensor& end,
                      const Tensor& weight);
LerpInto lerp_into;
void lerp_scalar_into(const Tensor& out, const Tensor& self, const Tensor& end,
                      const Scalar& weight);
using AddcInto = void(const Tensor& out, const Tensor& self, const Tensor& tensor1,
                      const Tensor& tensor2, const Scalar& value);
AddcInto addcmul_into, addcdiv_into;

// limits.cpp
BinaryInto minimum_into, maximum_into, fmin_into, fmax_into;
void clamp_into(const Tensor& out, const Tensor& self, const std::optional<Scalar>& min,
                const std::optional<Scalar>& max);
void clamp_min_into(const Tensor& out, const Tensor& self, const Scalar& min);
void clamp_max_into(const Tensor& out, const Tensor& self, const Scalar& max);
/// A kernel as it is: its tensors may be absent.
Tensor clamp_tensor(const Tensor& self, const std::optional<Tensor>& min,
                    const std::optional<Tensor>& max);

// bitwise.cpp
BinaryInto bitwise_and_into, bitwise_or_into, bitwise_xor_into;
BinaryInto left_shift_into, right_shift_into, gcd_into, lcm_into;
void bitwise_not_into(const Tensor& out, const Tensor& self);

}  // namespace cutaway::cpu
