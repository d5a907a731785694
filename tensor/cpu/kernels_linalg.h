// SPDX-License-Identifier: MIT
//
// CPU kernels of the catalogue: linear algebra. Defined in matmul.cpp; what a kernel may rely
// on: kernels.h.
#pragma once

#include <tuple>

#include "../tensor.h"

namespace cutaway::cpu {

Tensor mm(const Tensor& self, const Tensor& mat2);
Tensor addmm(const Tensor& self, const Tensor& mat1, const Tensor& mat2, const Scalar& beta,
             const Scalar& alpha);
Tensor bmm(const Tensor& self, const Tensor& mat2);
Tensor mv(const Tensor& self, const Tensor& vec);
Tensor dot(const Tensor& self, const Tensor& other);

}  // namespace cutaway::cpu
