// SPDX-License-Identifier: MIT
//
// Joining tensors in the usual ways: relatives of cat and stack (ops_index.h).
//
// PyTorch counterpart: torch.hstack, torch.block_diag, ...; ATen/native/TensorShape.cpp, Itertools.
#pragma once

#include "tensor.h"

namespace cutaway::inline v0_1 {

/// Side by side: along dimension 1, of vectors along dimension 0.
Tensor hstack(TensorList tensors);
/// One below the other: vectors count as rows.
Tensor vstack(TensorList tensors);
Tensor row_stack(TensorList tensors);
/// Behind one another: along dimension 2, which vectors and matrices are given.
Tensor dstack(TensorList tensors);
/// hstack, but vectors count as columns.
Tensor column_stack(TensorList tensors);
/// A matrix with the given matrices along its diagonal and zeros elsewhere; vectors count as rows.
Tensor block_diag(TensorList tensors);
/// All ways to take one element of each vector: (product of the sizes, number of vectors).
Tensor cartesian_prod(TensorList tensors);
/// All ways to take r elements of a vector, in its order: (number of ways, r).
Tensor combinations(const Tensor& self, int64_t r = 2, bool with_replacement = false);

}  // namespace cutaway
