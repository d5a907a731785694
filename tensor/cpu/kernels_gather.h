// SPDX-License-Identifier: MIT
//
// CPU kernels of the catalogue: reading and writing at given positions. Defined in
// advanced_index.cpp; what a kernel may rely on: kernels.h.
#pragma once

#include "../tensor.h"

namespace cutaway::cpu {

// One entry of `indices` per dimension of self: int64 tensors of one shape, or undefined. That an
// index lies in its dimension is for the kernel to check. `values` has the shape of the result.
Tensor index(const Tensor& self, TensorList indices);
const Tensor& index_put_(const Tensor& self, TensorList indices, const Tensor& values,
                         bool accumulate);

}  // namespace cutaway::cpu
