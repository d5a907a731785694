// SPDX-License-Identifier: MIT
//
// Parts of matrices (*, m, n), in differentiable ops: what the formulas of linear algebra and their
// gradients speak of. The part is copied; the rest of the result is zero, even where the matrix has
// NaN.
//
// PyTorch counterpart: torch.tril, torch.triu, torch.diagonal, torch.eye.
#pragma once

#include "tensor.h"

namespace cutaway {

/// Elements (i, j) with j - i <= diagonal; diagonal = -1 is what stands strictly below the
/// diagonal.
Tensor lower_part(const Tensor& matrix, int64_t diagonal = 0);
/// Elements (i, j) with j - i >= diagonal.
Tensor upper_part(const Tensor& matrix, int64_t diagonal = 0);
/// The diagonal, (*, min(m, n)).
Tensor diagonal_of(const Tensor& matrix);
/// A matrix with this diagonal: (*, n) -> (*, n, n).
Tensor with_diagonal(const Tensor& diagonal);
/// (m, n) with ones on the diagonal.
Tensor identity(int64_t m, int64_t n, DType dtype);
/// The last two dimensions exchanged (PyTorch's x.mT).
Tensor transposed(const Tensor& matrix);
/// The same numbers, each matrix column by column in memory, as decompositions give theirs.
Tensor in_columns(const Tensor& matrix);

}  // namespace cutaway
