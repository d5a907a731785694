// SPDX-License-Identifier: MIT
//
// CPU kernels of the catalogue: reading and writing at given positions. Defined in
// advanced_index.cpp and scatter.cpp; what a kernel may rely on: kernels.h. That an index lies in
// its dimension is for the kernel to check.
#pragma once

#include <string_view>

#include "../tensor.h"

namespace cutaway::inline v0_1::cpu {

// One entry of `indices` per dimension of self: int64 tensors of one shape, or undefined. `values`
// has the shape of the result.
Tensor index(const Tensor& self, TensorList indices);
const Tensor& index_put_(const Tensor& self, TensorList indices, const Tensor& values,
                         bool accumulate);

// self and index (int64) have the same number of dimensions, at least one; src has index's shape.
Tensor gather(const Tensor& self, int64_t dim, const Tensor& index, bool sparse_grad);
const Tensor& scatter_(const Tensor& self, int64_t dim, const Tensor& index, const Tensor& src);
const Tensor& scatter_add_(const Tensor& self, int64_t dim, const Tensor& index, const Tensor& src);
const Tensor& scatter_reduce_(const Tensor& self, int64_t dim, const Tensor& index,
                              const Tensor& src, std::string_view reduce, bool include_self);

}  // namespace cutaway::cpu
