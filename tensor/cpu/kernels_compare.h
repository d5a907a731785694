// SPDX-License-Identifier: MIT
//
// CPU kernels of the catalogue: comparisons and choice. Defined in compare.cpp; what a kernel may
// rely on: kernels.h.
#pragma once

#include "../tensor.h"

namespace cutaway::inline v0_1::cpu {

Tensor eq(const Tensor& self, const Tensor& other);
Tensor ne(const Tensor& self, const Tensor& other);
Tensor lt(const Tensor& self, const Tensor& other);
Tensor le(const Tensor& self, const Tensor& other);
Tensor gt(const Tensor& self, const Tensor& other);
Tensor ge(const Tensor& self, const Tensor& other);
Tensor logical_and(const Tensor& self, const Tensor& other);
Tensor logical_or(const Tensor& self, const Tensor& other);
Tensor logical_xor(const Tensor& self, const Tensor& other);
Tensor where(const Tensor& condition, const Tensor& self, const Tensor& other);
bool equal(const Tensor& self, const Tensor& other);

}  // namespace cutaway::cpu
