// SPDX-License-Identifier: MIT
//
// CPU kernels of the catalogue: linear algebra. Defined in matmul.cpp and distance.cpp; what a
// kernel may rely on: kernels.h.
#pragma once

#include <tuple>

#include "../tensor.h"

namespace cutaway::inline v0_1::cpu {

Tensor mm(const Tensor& self, const Tensor& mat2);
Tensor addmm(const Tensor& self, const Tensor& mat1, const Tensor& mat2, const Scalar& beta,
             const Scalar& alpha);
Tensor bmm(const Tensor& self, const Tensor& mat2);
Tensor mv(const Tensor& self, const Tensor& vec);
Tensor dot(const Tensor& self, const Tensor& other);
Tensor baddbmm(const Tensor& self, const Tensor& batch1, const Tensor& batch2, const Scalar& beta,
               const Scalar& alpha);
Tensor addmv(const Tensor& self, const Tensor& mat, const Tensor& vec, const Scalar& beta,
             const Scalar& alpha);

Tensor addr(const Tensor& self, const Tensor& vec1, const Tensor& vec2, const Scalar& beta,
            const Scalar& alpha);

/// x1 (B, P, M), x2 (B, R, M) -> (B, P, R).
Tensor cdist_forward(const Tensor& x1, const Tensor& x2, double p,
                     std::optional<int64_t> compute_mode);

}  // namespace cutaway::cpu
