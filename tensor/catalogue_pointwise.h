// SPDX-License-Identifier: MIT
//
// Rows of the catalogue: arithmetic.
#pragma once

#include "catalogue_signatures.h"

namespace cutaway::inline v0_1 {

/// These rows, for all_ops().
ArrayRef<OpBase*> pointwise_rows();

namespace op {

extern BinaryAlpha add, sub, subtract, rsub;
extern Binary mul, div, multiply, divide, true_divide, floor_divide, remainder, fmod, pow,
    float_power;
extern BinaryAlphaInplace add_, sub_, subtract_;
extern BinaryInplace mul_, div_, multiply_, divide_, true_divide_, floor_divide_, remainder_, fmod_,
    pow_, float_power_;
extern Op<Tensor(const Tensor&, const Tensor&, std::optional<std::string_view>)> div_mode,
    divide_mode;
extern Op<const Tensor&(const Tensor&, const Tensor&, std::optional<std::string_view>)> div_mode_,
    divide_mode_;
extern Op<Tensor(const Scalar&, const Tensor&)> remainder_scalar, pow_base, float_power_base;
extern Op<Tensor(const Tensor&, const Scalar&)> pow_scalar, float_power_scalar;
extern Op<const Tensor&(const Tensor&, const Scalar&)> pow_scalar_, float_power_scalar_;
extern Op<Tensor(const Tensor&, const Tensor&, const Tensor&)> lerp;
extern Op<Tensor(const Tensor&, const Tensor&, const Scalar&)> lerp_scalar;
extern Op<const Tensor&(const Tensor&, const Tensor&, const Tensor&)> lerp_;
extern Op<const Tensor&(const Tensor&, const Tensor&, const Scalar&)> lerp_scalar_;
extern Op<Tensor(const Tensor&, const Tensor&, const Tensor&, const Scalar&)> addcmul, addcdiv;
extern Op<const Tensor&(const Tensor&, const Tensor&, const Tensor&, const Scalar&)> addcmul_,
    addcdiv_;

}  // namespace op
}  // namespace cutaway
