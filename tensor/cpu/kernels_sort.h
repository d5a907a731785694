// SPDX-License-Identifier: MIT
//
// CPU kernels of the catalogue: sorting, and searching by value. Defined in sort.cpp, unique.cpp,
// search.cpp; what a kernel may rely on: kernels.h. Dimensions are wrapped.
#pragma once

#include <optional>
#include <string_view>
#include <tuple>

#include "../tensor.h"

namespace cutaway::inline v0_1::cpu {

std::tuple<Tensor, Tensor> sort(const Tensor& self, int64_t dim, bool descending);
std::tuple<Tensor, Tensor> topk(const Tensor& self, int64_t k, int64_t dim, bool largest,
                                bool sorted);
std::tuple<Tensor, Tensor, Tensor> unique(const Tensor& self, bool sorted, bool return_inverse,
                                          bool return_counts);
/// Always with inverse and counts.
std::tuple<Tensor, Tensor, Tensor> unique_dim(const Tensor& self, int64_t dim, bool sorted,
                                              bool return_inverse, bool return_counts);
std::tuple<Tensor, Tensor, Tensor> unique_consecutive(const Tensor& self, bool return_inverse,
                                                      bool return_counts,
                                                      std::optional<int64_t> dim);
/// Both of one dtype; sorter, where given, holds indices within the last dimension.
/// `side` is already said by `right`.
Tensor searchsorted(const Tensor& sorted_sequence, const Tensor& self, bool out_int32, bool right,
                    std::optional<std::string_view> side, const std::optional<Tensor>& sorter);
Tensor bincount(const Tensor& self, const std::optional<Tensor>& weights, int64_t minlength);
Tensor histc(const Tensor& self, int64_t bins, const Scalar& min, const Scalar& max);
/// Both of one dtype.
Tensor isin(const Tensor& elements, const Tensor& test_elements, bool assume_unique, bool invert);

}  // namespace cutaway::cpu
