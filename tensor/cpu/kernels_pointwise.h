// SPDX-License-Identifier: MIT
//
// CPU kernels of the catalogue: arithmetic. Defined in elementwise.cpp and power.cpp; what a kernel
// may rely on: kernels.h.
#pragma once

#include "../tensor.h"

namespace cutaway::inline v0_1::cpu {

Tensor add(const Tensor& self, const Tensor& other, const Scalar& alpha);
Tensor sub(const Tensor& self, const Tensor& other, const Scalar& alpha);
Tensor rsub(const Tensor& self, const Tensor& other, const Scalar& alpha);
Tensor mul(const Tensor& self, const Tensor& other);
Tensor div(const Tensor& self, const Tensor& other);
const Tensor& add_(const Tensor& self, const Tensor& other, const Scalar& alpha);
const Tensor& sub_(const Tensor& self, const Tensor& other, const Scalar& alpha);
const Tensor& mul_(const Tensor& self, const Tensor& other);
const Tensor& div_(const Tensor& self, const Tensor& other);
Tensor pow(const Tensor& self, const Tensor& exponent);
Tensor pow_scalar(const Tensor& self, const Scalar& exponent);

}  // namespace cutaway::cpu
