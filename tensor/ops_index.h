// SPDX-License-Identifier: MIT
//
// Picking rows by index, and joining tensors.
//
// PyTorch counterpart: torch.index_select, torch.cat, ...; ATen/native/TensorAdvancedIndexing.cpp,
// TensorShape.cpp.
#pragma once

#include <string_view>

#include "tensor.h"

namespace cutaway::inline v0_1 {

/// The slices of `self` along `dim` that `index` (1-d or 0-d, int64 or int32) names, in its order.
/// Throws IndexError "index out of range in self".
Tensor index_select(const Tensor& self, int64_t dim, const Tensor& index);
/// A copy of self with alpha * source[i] added to slice index[i], for every i: index_select's
/// gradient. source has self's shape, but index.numel() along dim.
Tensor index_add(const Tensor& self, int64_t dim, const Tensor& index, const Tensor& source,
                 const Scalar& alpha = 1);
const Tensor& index_add_(const Tensor& self, int64_t dim, const Tensor& index, const Tensor& source,
                         const Scalar& alpha = 1);

/// Slice index[i] of self along dim becomes slice i of source, which has self's dtype and, but for
/// dim, its shape. index is int64. Throws IndexError "index_copy_(): index 5 is out of bounds for
/// dimension 0 with size 2".
const Tensor& index_copy_(const Tensor& self, int64_t dim, const Tensor& index,
                          const Tensor& source);
Tensor index_copy(const Tensor& self, int64_t dim, const Tensor& index, const Tensor& source);
/// Every element of the slices that index (int64, negative ones from the end) names becomes value,
/// a number or a 0-d tensor.
const Tensor& index_fill_(const Tensor& self, int64_t dim, const Tensor& index,
                          const Scalar& value);
const Tensor& index_fill_(const Tensor& self, int64_t dim, const Tensor& index,
                          const Tensor& value);
Tensor index_fill(const Tensor& self, int64_t dim, const Tensor& index, const Scalar& value);
Tensor index_fill(const Tensor& self, int64_t dim, const Tensor& index, const Tensor& value);
/// As index_add_, but "prod", "mean", "amax" or "amin" of the slices that go to one place, and with
/// include_self of what is there.
const Tensor& index_reduce_(const Tensor& self, int64_t dim, const Tensor& index,
                            const Tensor& source, std::string_view reduce,
                            bool include_self = true);
Tensor index_reduce(const Tensor& self, int64_t dim, const Tensor& index, const Tensor& source,
                    std::string_view reduce, bool include_self = true);

/// Joins tensors of the same shape (but for `dim`) along `dim`; dtypes are promoted. 1-d empty
/// tensors are skipped, as in PyTorch.
Tensor cat(TensorList tensors, int64_t dim = 0);
/// Joins tensors of the same shape along a new dimension `dim`.
Tensor stack(TensorList tensors, int64_t dim = 0);

/// Gradients of the views select, slice and as_strided: zeros of the original geometry, with `grad`
/// put (as_strided: added) where the view looked.
Tensor select_backward(const Tensor& grad, IntArrayRef input_sizes, int64_t dim, int64_t index);
Tensor slice_backward(const Tensor& grad, IntArrayRef input_sizes, int64_t dim, int64_t start,
                      int64_t end, int64_t step);
/// The view looked at (sizes, strides, offset) of memory that the input covers contiguously, offset
/// counted from the input's first element.
Tensor as_strided_backward(const Tensor& grad, IntArrayRef input_sizes, IntArrayRef sizes,
                           IntArrayRef strides, int64_t offset);

}  // namespace cutaway
