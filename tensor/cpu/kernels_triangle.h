// SPDX-License-Identifier: MIT
//
// CPU kernels of the catalogue: triangles and diagonals. Defined in triangle.cpp; what a kernel may
// rely on: kernels.h.
#pragma once

#include "../tensor.h"

namespace cutaway::inline v0_1::cpu {

Tensor tril(const Tensor& self, int64_t diagonal);
Tensor triu(const Tensor& self, int64_t diagonal);
const Tensor& tril_(const Tensor& self, int64_t diagonal);
const Tensor& triu_(const Tensor& self, int64_t diagonal);
/// dtype is given.
Tensor tril_indices(int64_t row, int64_t col, int64_t offset, std::optional<DType> dtype);
Tensor triu_indices(int64_t row, int64_t col, int64_t offset, std::optional<DType> dtype);
Tensor diag_embed(const Tensor& self, int64_t offset, int64_t dim1, int64_t dim2);

}  // namespace cutaway::cpu
