// SPDX-License-Identifier: MIT
//
// Looking values up: in sorted edges, in bins, in a set. None of them is differentiable.
//
// PyTorch counterpart: ATen/native/Bucketization.cpp, SummaryOps.cpp, Histogram.cpp,
// TensorCompare.cpp (isin).
#pragma once

#include <optional>
#include <string_view>

#include "tensor.h"

namespace cutaway::inline v0_1 {

/// Where each value would have to be inserted to keep the order: before its equals, or behind them
/// (right, or side "right"). sorted_sequence: (n), or (..., n) for values (..., m). `sorter` holds
/// the indices that would sort an unsorted sequence. int64, or int32.
Tensor searchsorted(const Tensor& sorted_sequence, const Tensor& self, bool out_int32 = false,
                    bool right = false, std::optional<std::string_view> side = {},
                    const std::optional<Tensor>& sorter = {});
Tensor searchsorted(const Tensor& sorted_sequence, const Scalar& self, bool out_int32 = false,
                    bool right = false, std::optional<std::string_view> side = {},
                    const std::optional<Tensor>& sorter = {});
/// In which interval between the boundaries (n) each element lies; intervals include their right
/// edge, or their left one (right = true).
Tensor bucketize(const Tensor& self, const Tensor& boundaries, bool out_int32 = false,
                 bool right = false);
Tensor bucketize(const Scalar& self, const Tensor& boundaries, bool out_int32 = false,
                 bool right = false);

/// How often each integer from 0 to the largest (at least minlength - 1) occurs in self: (n); or
/// the sums of their weights.
Tensor bincount(const Tensor& self, const std::optional<Tensor>& weights = {},
                int64_t minlength = 0);
/// How many elements lie in each of `bins` equal intervals between min and max; where these are
/// equal, between the smallest and the largest element.
Tensor histc(const Tensor& self, int64_t bins = 100, const Scalar& min = 0, const Scalar& max = 0);

/// For each element whether it equals one of test_elements (none of them, if invert).
/// assume_unique changes nothing.
Tensor isin(const Tensor& elements, const Tensor& test_elements, bool assume_unique = false,
            bool invert = false);
Tensor isin(const Tensor& elements, const Scalar& test_element, bool assume_unique = false,
            bool invert = false);
Tensor isin(const Scalar& element, const Tensor& test_elements, bool assume_unique = false,
            bool invert = false);

}  // namespace cutaway
