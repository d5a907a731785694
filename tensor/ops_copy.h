// SPDX-License-Identifier: MIT
//
// Copying, converting and filling.
//
// PyTorch counterpart: ATen/native/Copy.cpp, Fill.cpp, TensorConversions.cpp.
#pragma once

#include "tensor.h"

namespace cutaway::inline v0_1 {

/// self = source, broadcast and converted. Overlapping memory is allowed only where it is the same.
const Tensor& copy_(const Tensor& self, const Tensor& source);
/// Every element = value.
const Tensor& fill_(const Tensor& self, const Scalar& value);
/// value: 0-d, and may be an element of self.
const Tensor& fill_(const Tensor& self, const Tensor& value);
const Tensor& zero_(const Tensor& self);
/// A copy in memory of its own, laid out as self where self is dense, else contiguous.
Tensor clone(const Tensor& self);
/// self itself if its elements lie in row-major order, else a copy that does.
Tensor contiguous(const Tensor& self);
/// self itself if it has that dtype (and copy is false), else a converted copy.
Tensor to(const Tensor& self, DType dtype, bool copy = false);
/// to(self, other.dtype())
Tensor type_as(const Tensor& self, const Tensor& other);
/// The same memory as a tensor without history: no gradient flows through it. It shares the version
/// counter, so a write to it is noticed.
Tensor detach(const Tensor& self);

}  // namespace cutaway
