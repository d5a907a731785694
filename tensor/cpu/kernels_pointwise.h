// SPDX-License-Identifier: MIT
//
// CPU kernels of the catalogue: pointwise ops. Defined in elementwise.cpp, unary.cpp, power.cpp,
// compare.cpp; what a kernel may rely on: kernels.h.
#pragma once

#include <tuple>

#include "../tensor.h"

namespace cutaway::cpu {

Tensor add(const Tensor& self, const Tensor& other, const Scalar& alpha);
Tensor sub(const Tensor& self, const Tensor& other, const Scalar& alpha);
Tensor mul(const Tensor& self, const Tensor& other);
Tensor div(const Tensor& self, const Tensor& other);
Tensor pow(const Tensor& self, const Tensor& exponent);
Tensor pow_scalar(const Tensor& self, const Scalar& exponent);
Tensor neg(const Tensor& self);
Tensor exp(const Tensor& self);
Tensor log(const Tensor& self);
Tensor sqrt(const Tensor& self);
Tensor relu(const Tensor& self);
Tensor threshold_backward(const Tensor& grad, const Tensor& self, const Scalar& threshold);
Tensor eq(const Tensor& self, const Tensor& other);
Tensor ne(const Tensor& self, const Tensor& other);
Tensor lt(const Tensor& self, const Tensor& other);
Tensor le(const Tensor& self, const Tensor& other);
Tensor gt(const Tensor& self, const Tensor& other);
Tensor ge(const Tensor& self, const Tensor& other);
Tensor where(const Tensor& condition, const Tensor& self, const Tensor& other);
const Tensor& add_(const Tensor& self, const Tensor& other, const Scalar& alpha);
const Tensor& sub_(const Tensor& self, const Tensor& other, const Scalar& alpha);
const Tensor& mul_(const Tensor& self, const Tensor& other);
const Tensor& div_(const Tensor& self, const Tensor& other);
const Tensor& neg_(const Tensor& self);
const Tensor& exp_(const Tensor& self);
const Tensor& sqrt_(const Tensor& self);
const Tensor& relu_(const Tensor& self);
bool equal(const Tensor& self, const Tensor& other);

}  // namespace cutaway::cpu
