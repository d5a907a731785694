// SPDX-License-Identifier: MIT
//
// CPU kernels of the catalogue: views. Defined in alias.cpp; what a kernel may rely
// on: kernels.h.
#pragma once

#include <tuple>

#include "../tensor.h"

namespace cutaway::cpu {

Tensor detach(const Tensor& self);
Tensor view(const Tensor& self, IntArrayRef size);
Tensor permute(const Tensor& self, IntArrayRef dims);
Tensor transpose(const Tensor& self, int64_t dim0, int64_t dim1);
Tensor alias(const Tensor& self);
Tensor t(const Tensor& self);
Tensor expand(const Tensor& self, IntArrayRef size);
Tensor squeeze(const Tensor& self);
Tensor squeeze_dim(const Tensor& self, int64_t dim);
Tensor unsqueeze(const Tensor& self, int64_t dim);
Tensor select(const Tensor& self, int64_t dim, int64_t index);
/// start, end and storage_offset are given.
Tensor slice(const Tensor& self, int64_t dim, std::optional<int64_t> start,
             std::optional<int64_t> end, int64_t step);
Tensor as_strided(const Tensor& self, IntArrayRef size, IntArrayRef stride,
                  std::optional<int64_t> storage_offset);

}  // namespace cutaway::cpu
