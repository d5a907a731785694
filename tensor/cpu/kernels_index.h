// SPDX-License-Identifier: MIT
//
// CPU kernels of the catalogue: indexing and joining. Defined in gather.cpp; what a kernel may rely
// on: kernels.h.
#pragma once

#include <tuple>

#include "../tensor.h"

namespace cutaway::inline v0_1::cpu {

Tensor index_select(const Tensor& self, int64_t dim, const Tensor& index);
Tensor index_add(const Tensor& self, int64_t dim, const Tensor& index, const Tensor& source,
                 const Scalar& alpha);
Tensor cat(TensorList tensors, int64_t dim);
Tensor stack(TensorList tensors, int64_t dim);
Tensor select_backward(const Tensor& grad, IntArrayRef input_sizes, int64_t dim, int64_t index);
Tensor slice_backward(const Tensor& grad, IntArrayRef input_sizes, int64_t dim, int64_t start,
                      int64_t end, int64_t step);
Tensor as_strided_backward(const Tensor& grad, IntArrayRef input_sizes, IntArrayRef sizes,
                           IntArrayRef strides, int64_t offset);

}  // namespace cutaway::cpu
