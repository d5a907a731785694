// SPDX-License-Identifier: MIT
//
// Matrix products, all on one blocked kernel (cpu/gemm.h) that takes any strides: a transposed
// argument is never copied. Arguments must have the same dtype ("expected m1 and m2 to have the
// same dtype, but got: float != double").
//
// PyTorch counterpart: torch.mm, torch.matmul, ...; ATen/native/LinearAlgebra.cpp.
#pragma once

#include "tensor.h"

namespace cutaway::inline v0_1 {

/// (M, K) x (K, N) -> (M, N). Throws "mat1 and mat2 shapes cannot be multiplied (2x3 and 4x5)".
Tensor mm(const Tensor& self, const Tensor& mat2);
/// beta * self + alpha * (mat1 x mat2); self: any shape that broadcasts to (M, N). beta = 0 ignores
/// self, NaN and all.
Tensor addmm(const Tensor& self, const Tensor& mat1, const Tensor& mat2, const Scalar& beta = 1,
             const Scalar& alpha = 1);
/// (B, M, K) x (B, K, N) -> (B, M, N)
Tensor bmm(const Tensor& self, const Tensor& mat2);
/// (M, K) x (K) -> (M)
Tensor mv(const Tensor& self, const Tensor& vec);
/// (K) . (K) -> 0-d
Tensor dot(const Tensor& self, const Tensor& other);
/// The product that fits the ranks: dot, mv, mm, or a batch of mm over broadcast leading
/// dimensions.
Tensor matmul(const Tensor& self, const Tensor& other);

}  // namespace cutaway
