// SPDX-License-Identifier: MIT
//
// CPU kernels of the catalogue: views. Defined in alias.cpp, alias_inplace.cpp; what a kernel may
// rely on: kernels.h. Dimensions are wrapped.
#pragma once

#include <vector>

#include "../tensor.h"

namespace cutaway::inline v0_1::cpu {

Tensor detach(const Tensor& self);
Tensor view(const Tensor& self, IntArrayRef size);
Tensor unsafe_view(const Tensor& self, IntArrayRef size);
Tensor view_dtype(const Tensor& self, DType dtype);
Tensor permute(const Tensor& self, IntArrayRef dims);
Tensor transpose(const Tensor& self, int64_t dim0, int64_t dim1);
Tensor alias(const Tensor& self);
Tensor t(const Tensor& self);
Tensor expand(const Tensor& self, IntArrayRef size);
Tensor squeeze(const Tensor& self);
Tensor squeeze_dim(const Tensor& self, int64_t dim);
Tensor squeeze_dims(const Tensor& self, IntArrayRef dims);
Tensor unsqueeze(const Tensor& self, int64_t dim);
Tensor diagonal(const Tensor& self, int64_t offset, int64_t dim1, int64_t dim2);
Tensor unfold(const Tensor& self, int64_t dimension, int64_t size, int64_t step);
std::vector<Tensor> split(const Tensor& self, int64_t split_size, int64_t dim);
std::vector<Tensor> split_with_sizes(const Tensor& self, IntArrayRef split_sizes, int64_t dim);
std::vector<Tensor> unbind(const Tensor& self, int64_t dim);
Tensor select(const Tensor& self, int64_t dim, int64_t index);
/// start, end and storage_offset are given.
Tensor slice(const Tensor& self, int64_t dim, std::optional<int64_t> start,
             std::optional<int64_t> end, int64_t step);
Tensor as_strided(const Tensor& self, IntArrayRef size, IntArrayRef stride,
                  std::optional<int64_t> storage_offset);

// In place: the same handle, another geometry.
const Tensor& squeeze_(const Tensor& self);
const Tensor& squeeze_dim_(const Tensor& self, int64_t dim);
const Tensor& squeeze_dims_(const Tensor& self, IntArrayRef dims);
const Tensor& unsqueeze_(const Tensor& self, int64_t dim);
const Tensor& transpose_(const Tensor& self, int64_t dim0, int64_t dim1);
const Tensor& t_(const Tensor& self);
const Tensor& resize_(const Tensor& self, IntArrayRef size);

}  // namespace cutaway::cpu
