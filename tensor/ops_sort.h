// SPDX-License-Identifier: MIT
//
// Sorting: along a dimension, the k largest, the distinct values.
//
// Order: NaN counts as larger than any number, -0.0 equals 0.0. Everything here is stable: equal
// elements keep their order. PyTorch promises that only of sort(stable=True), and its topk and its
// unstable sort may pick other indices among equals; the values are the same.
//
// PyTorch counterpart: ATen/native/Sorting.cpp, Unique.cpp.
#pragma once

#include <tuple>

#include "tensor.h"

namespace cutaway::inline v0_1 {

/// (values, indices): the elements along dim in ascending or descending order, and where they
/// stood. The gradient goes back to where each value stood.
std::tuple<Tensor, Tensor> sort(const Tensor& self, int64_t dim = -1, bool descending = false);
Tensor argsort(const Tensor& self, int64_t dim = -1, bool descending = false);
/// The values of sort along dimension 0.
Tensor msort(const Tensor& self);
/// (values, indices) of the k largest (smallest) along dim, in order, `sorted` or not. Throws
/// "selected index k out of range". Not for bool.
std::tuple<Tensor, Tensor> topk(const Tensor& self, int64_t k, int64_t dim = -1,
                                bool largest = true, bool sorted = true);

/// (values, inverse, counts): the distinct elements in ascending order (always, `sorted` or not);
/// of each element of self, where its value stands in `values`; how often each value occurs. With
/// dim: the distinct slices along it, in lexicographic order. What is not asked for is empty. Every
/// NaN is distinct.
std::tuple<Tensor, Tensor, Tensor> unique(const Tensor& self, bool sorted = true,
                                          bool return_inverse = false, bool return_counts = false,
                                          std::optional<int64_t> dim = {});
/// As unique, but only equal neighbours are joined, and nothing is sorted.
std::tuple<Tensor, Tensor, Tensor> unique_consecutive(const Tensor& self,
                                                      bool return_inverse = false,
                                                      bool return_counts = false,
                                                      std::optional<int64_t> dim = {});
/// unique along a dimension, as the row of that name has it: inverse and counts always.
std::tuple<Tensor, Tensor, Tensor> unique_dim(const Tensor& self, int64_t dim, bool sorted = true,
                                              bool return_inverse = false,
                                              bool return_counts = false);

}  // namespace cutaway
