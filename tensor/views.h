// SPDX-License-Identifier: MIT
//
// Views: tensors that look at the memory of another one through other sizes, strides and offset. No
// element is moved; a write through one is seen through the other.
//
// PyTorch counterpart: ATen/native/TensorShape.cpp.
#pragma once

#include "tensor.h"

namespace cutaway {

/// The same elements in another shape; one size may be -1. Throws where no strides can express it
/// ("view size is not compatible with input tensor's size and stride (at least one dimension spans
/// across two contiguous subspaces). Use .reshape(...) instead.").
Tensor view(const Tensor& self, IntArrayRef size);
/// A view where possible, else a contiguous copy.
Tensor reshape(const Tensor& self, IntArrayRef size);
/// Joins dimensions start_dim .. end_dim (inclusive) into one.
Tensor flatten(const Tensor& self, int64_t start_dim = 0, int64_t end_dim = -1);
/// Dimensions in another order: dimension i of the result is dimension dims[i] of self.
Tensor permute(const Tensor& self, IntArrayRef dims);
Tensor transpose(const Tensor& self, int64_t dim0, int64_t dim1);
/// The transpose of a matrix; tensors of fewer dimensions are returned as they are.
Tensor t(const Tensor& self);
/// Repeats dimensions of size 1 (and new leading ones) by stride 0; -1 keeps a size.
Tensor expand(const Tensor& self, IntArrayRef size);
/// Removes all dimensions of size 1, or `dim` if its size is 1.
Tensor squeeze(const Tensor& self);
Tensor squeeze(const Tensor& self, int64_t dim);
/// Adds a dimension of size 1 at `dim`.
Tensor unsqueeze(const Tensor& self, int64_t dim);
/// The slice at `index` along `dim`, which disappears. Throws IndexError "select(): index 3 out of
/// range for tensor of size [3, 4] at dimension 0".
Tensor select(const Tensor& self, int64_t dim, int64_t index);
/// Elements start, start + step, ... before end along dim, with Python's rules for negative and
/// too large bounds. step > 0.
Tensor slice(const Tensor& self, int64_t dim, std::optional<int64_t> start = {},
             std::optional<int64_t> end = {}, int64_t step = 1);
/// Elements start .. start + length - 1 along dim; bounds are errors here.
Tensor narrow(const Tensor& self, int64_t dim, int64_t start, int64_t length);
/// The same memory, seen in the same way, as a tensor of its own.
Tensor alias(const Tensor& self);
/// Any sizes, strides and offset (in elements of the storage) that stay inside the storage.
Tensor as_strided(const Tensor& self, IntArrayRef size, IntArrayRef stride,
                  std::optional<int64_t> storage_offset = {});

}  // namespace cutaway
