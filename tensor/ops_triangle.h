// SPDX-License-Identifier: MIT
//
// Triangles and diagonals of matrices. `diagonal` says which one: 0 is the main diagonal, positive
// ones lie above it, negative ones below.
//
// PyTorch counterpart: ATen/native/TriangularOps.cpp, TensorShape.cpp, TensorFactories.cpp.
#pragma once

#include "tensor.h"

namespace cutaway::inline v0_1 {

/// self: (..., n, m), batches of matrices. What lies above the diagonal (below, for triu) is 0.
Tensor tril(const Tensor& self, int64_t diagonal = 0);
Tensor triu(const Tensor& self, int64_t diagonal = 0);
const Tensor& tril_(const Tensor& self, int64_t diagonal = 0);
const Tensor& triu_(const Tensor& self, int64_t diagonal = 0);
/// (2, count): rows and columns of the elements in the triangle of a (row, col) matrix, in
/// row-major order. dtype: int64 (the default) or int32.
Tensor tril_indices(int64_t row, int64_t col, int64_t offset = 0, std::optional<DType> dtype = {});
Tensor triu_indices(int64_t row, int64_t col, int64_t offset = 0, std::optional<DType> dtype = {});

/// A vector as the diagonal of a matrix of zeros; of a matrix, its diagonal, copied.
Tensor diag(const Tensor& self, int64_t diagonal = 0);
/// (..., n) as the diagonals of matrices of zeros in dimensions dim1 and dim2 of the result.
Tensor diag_embed(const Tensor& self, int64_t offset = 0, int64_t dim1 = -2, int64_t dim2 = -1);
/// All elements as the diagonal of a matrix.
Tensor diagflat(const Tensor& self, int64_t offset = 0);
/// x: (n). Its powers as N columns, x^(N-1) to x^0 (the other way if increasing); N is n unless
/// given.
Tensor vander(const Tensor& x, std::optional<int64_t> columns = {}, bool increasing = false);

}  // namespace cutaway
