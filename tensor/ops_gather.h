// SPDX-License-Identifier: MIT
//
// Gathering from and scattering to places along one dimension, one index per element; and places
// counted through the whole tensor (take, put).
//
// index is int64 or int32 and never negative, unless it says so below; an index outside throws
// "index 5 is out of bounds for dimension 0 with size 2". It has as many dimensions as self and is
// nowhere larger, but along dim. An operation that writes goes through the index in order, on one
// thread: the last value for an element stays, sums do not depend on the number of threads.
//
// PyTorch counterpart: torch.gather, torch.scatter, ...; ATen/native/TensorAdvancedIndexing.cpp.
// Different on purpose: a src larger than index gets a gradient too (PyTorch: an error backward).
#pragma once

#include <string_view>
#include <vector>

#include "tensor.h"

namespace cutaway::inline v0_1 {

/// result[i][j] = self[i][index[i][j]] (for dim 1), of index's shape. sparse_grad must be false.
Tensor gather(const Tensor& self, int64_t dim, const Tensor& index, bool sparse_grad = false);

/// self[i][index[i][j]] = src[i][j] (for dim 1). src has self's dtype and covers index's shape; or
/// is one value. With `reduce`: "add" or "multiply" what is there.
const Tensor& scatter_(const Tensor& self, int64_t dim, const Tensor& index, const Tensor& src);
const Tensor& scatter_(const Tensor& self, int64_t dim, const Tensor& index, const Scalar& value);
const Tensor& scatter_(const Tensor& self, int64_t dim, const Tensor& index, const Tensor& src,
                       std::string_view reduce);
const Tensor& scatter_(const Tensor& self, int64_t dim, const Tensor& index, const Scalar& value,
                       std::string_view reduce);
Tensor scatter(const Tensor& self, int64_t dim, const Tensor& index, const Tensor& src);
Tensor scatter(const Tensor& self, int64_t dim, const Tensor& index, const Scalar& value);
Tensor scatter(const Tensor& self, int64_t dim, const Tensor& index, const Tensor& src,
               std::string_view reduce);
Tensor scatter(const Tensor& self, int64_t dim, const Tensor& index, const Scalar& value,
               std::string_view reduce);

/// self[i][index[i][j]] += src[i][j] (for dim 1): gather's gradient.
const Tensor& scatter_add_(const Tensor& self, int64_t dim, const Tensor& index, const Tensor& src);
Tensor scatter_add(const Tensor& self, int64_t dim, const Tensor& index, const Tensor& src);

/// Reduces all values of src that go to one element, and with include_self the element too: "sum",
/// "prod", "mean" (rounded down for integers), "amax", "amin".
const Tensor& scatter_reduce_(const Tensor& self, int64_t dim, const Tensor& index,
                              const Tensor& src, std::string_view reduce, bool include_self = true);
Tensor scatter_reduce(const Tensor& self, int64_t dim, const Tensor& index, const Tensor& src,
                      std::string_view reduce, bool include_self = true);

/// The elements at `index` (int64, negative ones from the end) of self read row by row as one list.
/// Throws IndexError "out of range: tried to access index 6 on a tensor of 6 elements.".
Tensor take(const Tensor& self, const Tensor& index);
/// Writes source, of as many elements as index, where take reads.
const Tensor& put_(const Tensor& self, const Tensor& index, const Tensor& source,
                   bool accumulate = false);
Tensor put(const Tensor& self, const Tensor& index, const Tensor& source, bool accumulate = false);
/// gather, but self and indices (int64, negative ones from the end) broadcast in all dimensions
/// but dim: what argmax and argsort give. Without dim both are flattened.
Tensor take_along_dim(const Tensor& self, const Tensor& indices, std::optional<int64_t> dim = {});

}  // namespace cutaway
