// SPDX-License-Identifier: MIT
//
// Activation functions, element by element: what a network puts between its layers.
//
// Unless a line says otherwise: floating point only ("silu_cpu" not implemented for 'Long'); the
// result is a new tensor, laid out in memory as self is; the in-place form (trailing `_`) writes
// into self. tanh and sigmoid are in ops_unary.h.
//
// PyTorch counterpart: torch.nn.functional; ATen/native/Activation.cpp.
#pragma once

#include <string_view>

#include "tensor.h"

namespace cutaway::inline v0_1 {

/// max(self, 0). Integers too; throws for bool. NaN stays NaN.
Tensor relu(const Tensor& self);
const Tensor& relu_(const Tensor& self);
/// self between 0 and 6. Integers too; throws for bool.
Tensor relu6(const Tensor& self);
const Tensor& relu6_(const Tensor& self);
/// self between min_val and max_val. Integers too; throws for bool, and for negative limits of an
/// unsigned dtype.
Tensor hardtanh(const Tensor& self, const Scalar& min_val = -1, const Scalar& max_val = 1);
const Tensor& hardtanh_(const Tensor& self, const Scalar& min_val = -1, const Scalar& max_val = 1);
/// self where it is above threshold, else value. Integers too.
Tensor threshold(const Tensor& self, const Scalar& threshold, const Scalar& value);
const Tensor& threshold_(const Tensor& self, const Scalar& threshold, const Scalar& value);
/// The gradient of threshold and relu: `grad` where self > threshold, else 0. NaN in self lets grad
/// through, as in PyTorch.
Tensor threshold_backward(const Tensor& grad, const Tensor& self, const Scalar& threshold);
/// self, but negative_slope * self below 0.
Tensor leaky_relu(const Tensor& self, const Scalar& negative_slope = 0.01);
const Tensor& leaky_relu_(const Tensor& self, const Scalar& negative_slope = 0.01);

/// scale * self above 0, scale * alpha * (e^(input_scale * self) - 1) below.
Tensor elu(const Tensor& self, const Scalar& alpha = 1, const Scalar& scale = 1,
           const Scalar& input_scale = 1);
const Tensor& elu_(const Tensor& self, const Scalar& alpha = 1, const Scalar& scale = 1,
                   const Scalar& input_scale = 1);
/// elu with the constants that keep mean and variance of its input (G. Klambauer and others,
/// "Self-Normalizing Neural Networks", 2017).
Tensor selu(const Tensor& self);
const Tensor& selu_(const Tensor& self);
/// self above 0, alpha * (e^(self / alpha) - 1) below.
Tensor celu(const Tensor& self, const Scalar& alpha = 1.0);
const Tensor& celu_(const Tensor& self, const Scalar& alpha = 1.0);

/// self * Phi(self), Phi the distribution function of the normal distribution. approximate: "none",
/// or "tanh" for 0.5 self (1 + tanh(sqrt(2 / pi) (self + 0.044715 self^3))).
Tensor gelu(const Tensor& self, std::string_view approximate = "none");
const Tensor& gelu_(const Tensor& self, std::string_view approximate = "none");
/// self * sigmoid(self).
Tensor silu(const Tensor& self);
const Tensor& silu_(const Tensor& self);
/// self * tanh(softplus(self)).
Tensor mish(const Tensor& self);
const Tensor& mish_(const Tensor& self);
/// 0 below -3, 1 above 3, (self + 3) / 6 between.
Tensor hardsigmoid(const Tensor& self);
const Tensor& hardsigmoid_(const Tensor& self);
/// self * hardsigmoid(self).
Tensor hardswish(const Tensor& self);
const Tensor& hardswish_(const Tensor& self);
/// log(1 + e^(beta * self)) / beta; self where beta * self > threshold, which is the same to the
/// last digit.
Tensor softplus(const Tensor& self, const Scalar& beta = 1, const Scalar& threshold = 20);
/// log(sigmoid(self)), without overflow. PyTorch's torch.nn.functional.logsigmoid.
Tensor log_sigmoid(const Tensor& self);
/// self / (1 + |self|). Integers too.
Tensor softsign(const Tensor& self);
/// self - tanh(self). Integers too.
Tensor tanhshrink(const Tensor& self);

}  // namespace cutaway
