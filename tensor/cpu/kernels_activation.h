// SPDX-License-Identifier: MIT
//
// Loops of the catalogue: activation functions. Defined in activation_loops.cpp (hardtanh in
// limits.cpp); into.h makes kernels of them.
#pragma once

#include <string_view>

#include "kernels_unary.h"

namespace cutaway::inline v0_1::cpu {

UnaryInto relu_into, silu_into, mish_into, hardsigmoid_into, hardswish_into;
Tensor log_sigmoid(const Tensor& self);  // contiguous
void gelu_into(const Tensor& out, const Tensor& self, std::string_view approximate);
void elu_into(const Tensor& out, const Tensor& self, const Scalar& alpha, const Scalar& scale,
              const Scalar& input_scale);
void hardtanh_into(const Tensor& out, const Tensor& self, const Scalar& min_val,
                   const Scalar& max_val);
void leaky_relu_into(const Tensor& out, const Tensor& self, const Scalar& negative_slope);
void softplus_into(const Tensor& out, const Tensor& self, const Scalar& beta,
                   const Scalar& threshold);
void threshold_into(const Tensor& out, const Tensor& self, const Scalar& threshold,
                    const Scalar& value);
/// A kernel as it is: the tensor of the gradient comes first.
Tensor threshold_backward(const Tensor& grad, const Tensor& self, const Scalar& threshold);

}  // namespace cutaway::cpu
