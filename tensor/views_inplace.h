// SPDX-License-Identifier: MIT
//
// Changing the shape of a tensor in place: the handle stays, how it walks its memory is another.
// They count as writes: a tensor that backward needs must not have been reshaped. Other views of
// the same memory keep theirs.
//
// PyTorch counterpart: the ops tagged `inplace_view`, and resize_ (ATen/native/Resize.h).
#pragma once

#include "tensor.h"

namespace cutaway::inline v0_1 {

const Tensor& squeeze_(const Tensor& self);
const Tensor& squeeze_(const Tensor& self, int64_t dim);
const Tensor& squeeze_(const Tensor& self, IntArrayRef dims);
const Tensor& unsqueeze_(const Tensor& self, int64_t dim);
const Tensor& transpose_(const Tensor& self, int64_t dim0, int64_t dim1);
/// transpose_ under NumPy's name.
inline const Tensor& swapaxes_(const Tensor& self, int64_t axis0, int64_t axis1) {
  return transpose_(self, axis0, axis1);
}
/// transpose_ under another name.
inline const Tensor& swapdims_(const Tensor& self, int64_t dim0, int64_t dim1) {
  return transpose_(self, dim0, dim1);
}
const Tensor& t_(const Tensor& self);

/// Another shape, contiguous, over the same storage, which grows if need be; new elements are
/// uninitialised. Throws "cannot resize variables that require grad".
const Tensor& resize_(const Tensor& self, IntArrayRef size);

}  // namespace cutaway
