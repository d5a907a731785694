// SPDX-License-Identifier: MIT
//
// Views: tensors that look at the memory of another one through other sizes, strides and offset. No
// element is moved; a write through one is seen through the other.
//
// Dimensions may be negative: -1 is the last one. Views that come several at a time stand in
// views_split.h, those that change a tensor in place in views_inplace.h.
//
// PyTorch counterpart: ATen/native/TensorShape.cpp.
#pragma once

#include "tensor.h"

namespace cutaway::inline v0_1 {

/// The same elements in another shape; one size may be -1. Throws where no strides can express it
/// ("view size is not compatible with input tensor's size and stride (at least one dimension spans
/// across two contiguous subspaces). Use .reshape(...) instead.").
Tensor view(const Tensor& self, IntArrayRef size);
/// view(self, other.sizes())
Tensor view_as(const Tensor& self, const Tensor& other);
/// The same bytes read as another dtype. Where its size differs, the last dimension becomes longer
/// or shorter, and must be dense and divisible ("self.size(-1) must be divisible by 2 to view Float
/// as Double (different element sizes), but got 3"). No gradient passes.
Tensor view(const Tensor& self, DType dtype);
/// A view where possible, else a contiguous copy.
Tensor reshape(const Tensor& self, IntArrayRef size);
/// reshape(self, other.sizes())
Tensor reshape_as(const Tensor& self, const Tensor& other);
/// One dimension: reshape(self, {-1}).
Tensor ravel(const Tensor& self);
/// Joins dimensions start_dim .. end_dim (inclusive) into one.
Tensor flatten(const Tensor& self, int64_t start_dim = 0, int64_t end_dim = -1);
/// Dimension `dim` seen as several, whose sizes multiply up to its size; one of them may be -1.
Tensor unflatten(const Tensor& self, int64_t dim, IntArrayRef sizes);
/// Dimensions in another order: dimension i of the result is dimension dims[i] of self.
Tensor permute(const Tensor& self, IntArrayRef dims);
Tensor transpose(const Tensor& self, int64_t dim0, int64_t dim1);
/// transpose under NumPy's name.
inline Tensor swapaxes(const Tensor& self, int64_t axis0, int64_t axis1) {
  return transpose(self, axis0, axis1);
}
/// transpose under another name.
inline Tensor swapdims(const Tensor& self, int64_t dim0, int64_t dim1) {
  return transpose(self, dim0, dim1);
}
/// Dimensions `source` go to the places `destination`; the others keep their order.
Tensor movedim(const Tensor& self, IntArrayRef source, IntArrayRef destination);
Tensor movedim(const Tensor& self, int64_t source, int64_t destination);
/// movedim under NumPy's name.
inline Tensor moveaxis(const Tensor& self, IntArrayRef source, IntArrayRef destination) {
  return movedim(self, source, destination);
}
inline Tensor moveaxis(const Tensor& self, int64_t source, int64_t destination) {
  return movedim(self, source, destination);
}
/// The last two dimensions exchanged: the transposes of a batch of matrices (x.mT). For real
/// numbers mH and adjoint() are the same. A 0-d tensor is returned as it is.
Tensor mT(const Tensor& self);
Tensor mH(const Tensor& self);
Tensor adjoint(const Tensor& self);
/// x.H: the transpose of a matrix; of 0-d tensors themselves; else an error.
Tensor matrix_H(const Tensor& self);
/// x.T: all dimensions reversed.
Tensor numpy_T(const Tensor& self);
/// The transpose of a matrix; tensors of fewer dimensions are returned as they are.
Tensor t(const Tensor& self);
/// Repeats dimensions of size 1 (and new leading ones) by stride 0; -1 keeps a size.
Tensor expand(const Tensor& self, IntArrayRef size);
/// expand(self, other.sizes())
Tensor expand_as(const Tensor& self, const Tensor& other);
/// expand under NumPy's name.
Tensor broadcast_to(const Tensor& self, IntArrayRef size);
/// Removes all dimensions of size 1, or those of the named ones whose size is 1.
Tensor squeeze(const Tensor& self);
Tensor squeeze(const Tensor& self, int64_t dim);
Tensor squeeze(const Tensor& self, IntArrayRef dims);
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
/// What narrow shows, copied into memory of its own.
Tensor narrow_copy(const Tensor& self, int64_t dim, int64_t start, int64_t length);
/// The diagonals of the matrices in dimensions dim1 and dim2 (rows and columns), as a last
/// dimension; offset > 0 is above the main diagonal, < 0 below.
Tensor diagonal(const Tensor& self, int64_t offset = 0, int64_t dim1 = 0, int64_t dim2 = 1);
/// All windows of `size` elements along `dimension`, `step` apart: that dimension counts the
/// windows, and a last dimension is added that walks a window.
Tensor unfold(const Tensor& self, int64_t dimension, int64_t size, int64_t step);
/// At least so many dimensions: (), (n), (n, m) become (1), (1, n), (n, m, 1), ...
Tensor atleast_1d(const Tensor& self);
Tensor atleast_2d(const Tensor& self);
Tensor atleast_3d(const Tensor& self);
/// The same memory, seen in the same way, as a tensor of its own.
Tensor alias(const Tensor& self);
/// Any sizes, strides and offset (in elements of the storage) that stay inside the storage.
Tensor as_strided(const Tensor& self, IntArrayRef size, IntArrayRef stride,
                  std::optional<int64_t> storage_offset = {});

/// Whether both have the same shape.
bool is_same_size(const Tensor& self, const Tensor& other);

}  // namespace cutaway
