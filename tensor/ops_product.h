// SPDX-License-Identifier: MIT
//
// Products of vectors, matrices and tensors beyond mm and its kin (ops_linalg.h). Most are made of
// those by moving dimensions, so their gradients follow; dtypes must be equal unless promotion is
// spoken of.
//
// PyTorch counterpart: torch.baddbmm, torch.tensordot, torch.kron, ...;
// ATen/native/LinearAlgebra.cpp, Linear.cpp, Cross.cpp, Distance.cpp.
#pragma once

#include "tensor.h"

namespace cutaway::inline v0_1 {

/// beta * self + alpha * (batch1 x batch2), (B, M, K) x (B, K, N) -> (B, M, N); self broadcasts.
/// beta = 0 ignores self, NaN and all. Here and below.
Tensor baddbmm(const Tensor& self, const Tensor& batch1, const Tensor& batch2,
               const Scalar& beta = 1, const Scalar& alpha = 1);
/// beta * self + alpha * sum over b of (batch1[b] x batch2[b]) -> (M, N)
Tensor addbmm(const Tensor& self, const Tensor& batch1, const Tensor& batch2,
              const Scalar& beta = 1, const Scalar& alpha = 1);
/// beta * self + alpha * (mat x vec) -> (M)
Tensor addmv(const Tensor& self, const Tensor& mat, const Tensor& vec, const Scalar& beta = 1,
             const Scalar& alpha = 1);
/// beta * self + alpha * (vec1 x vec2^T) -> (M, N). Dtypes are promoted.
Tensor addr(const Tensor& self, const Tensor& vec1, const Tensor& vec2, const Scalar& beta = 1,
            const Scalar& alpha = 1);
/// The same in place: self must have the shape of the result ("Bad in-place call: input tensor size
/// [2, 1] and output tensor size [2, 4] should match").
const Tensor& addmm_(const Tensor& self, const Tensor& mat1, const Tensor& mat2,
                     const Scalar& beta = 1, const Scalar& alpha = 1);
const Tensor& baddbmm_(const Tensor& self, const Tensor& batch1, const Tensor& batch2,
                       const Scalar& beta = 1, const Scalar& alpha = 1);
const Tensor& addbmm_(const Tensor& self, const Tensor& batch1, const Tensor& batch2,
                      const Scalar& beta = 1, const Scalar& alpha = 1);
const Tensor& addmv_(const Tensor& self, const Tensor& mat, const Tensor& vec,
                     const Scalar& beta = 1, const Scalar& alpha = 1);
const Tensor& addr_(const Tensor& self, const Tensor& vec1, const Tensor& vec2,
                    const Scalar& beta = 1, const Scalar& alpha = 1);

/// self_i * vec2_j: (M), (N) -> (M, N). Dtypes are promoted. ger is its older name.
Tensor outer(const Tensor& self, const Tensor& vec2);
Tensor ger(const Tensor& self, const Tensor& vec2);
/// Sum over the last dimension of both: (*, K), (+, K) -> (*, +). A 0-d argument multiplies.
Tensor inner(const Tensor& self, const Tensor& other);
/// dot, for real numbers.
Tensor vdot(const Tensor& self, const Tensor& other);
/// Sum over dims_self of self and dims_other of other, pair by pair; what is left of self, then of
/// other.
Tensor tensordot(const Tensor& self, const Tensor& other, IntArrayRef dims_self,
                 IntArrayRef dims_other);
/// Over the last `dims` dimensions of self and the first of other.
Tensor tensordot(const Tensor& self, const Tensor& other, int64_t dims = 2);
/// The product of two or more matrices, in the order of multiplications that costs least; the first
/// and last may be vectors.
Tensor linalg_multi_dot(TensorList tensors);
/// The older form, for one or more matrices.
Tensor chain_matmul(TensorList matrices);
/// Every element of self times all of other, as blocks. Dtypes are promoted.
Tensor kron(const Tensor& self, const Tensor& other);
/// Sum of a matrix's diagonal. Integers are summed as int64.
Tensor trace(const Tensor& self);
/// The cross product of vectors of 3 along `dim`; other dimensions broadcast.
Tensor linalg_cross(const Tensor& self, const Tensor& other, int64_t dim = -1);
/// The same along the first dimension of size 3 if none is given.
Tensor cross(const Tensor& self, const Tensor& other, std::optional<int64_t> dim = {});
/// Distances in the p-norm between the rows of x1 (*, P, M) and x2 (*, R, M): (*, P, R). Batches
/// broadcast. compute_mode (0, 1, 2, or nothing) chooses in PyTorch whether p = 2 goes through a
/// matrix product; here it never does, which is slower and loses no digits.
Tensor cdist(const Tensor& x1, const Tensor& x2, double p = 2,
             std::optional<int64_t> compute_mode = {});
/// self times itself n times: 0 is the identity, negative powers are those of the inverse.
Tensor matrix_power(const Tensor& self, int64_t n);
Tensor linalg_matrix_power(const Tensor& self, int64_t n);

}  // namespace cutaway
