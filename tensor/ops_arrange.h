// SPDX-License-Identifier: MIT
//
// Elements in another order, or several times: flipping, rotating, rolling, repeating, one_hot.
// All give copies.
//
// PyTorch counterpart: ATen/native/TensorTransformations.cpp, TensorShape.cpp, Repeat.cpp,
// Onehot.cpp.
#pragma once

#include "tensor.h"

namespace cutaway::inline v0_1 {

/// The order of the elements reversed along each of `dims`.
Tensor flip(const Tensor& self, IntArrayRef dims);
/// flip of dimension 1, of dimension 0.
Tensor fliplr(const Tensor& self);
Tensor flipud(const Tensor& self);
/// Rotates k times by 90 degrees in the plane of two dimensions, from the first towards the second.
Tensor rot90(const Tensor& self, int64_t k = 1, IntArrayRef dims = {0, 1});
/// Shifts along each of dims; what leaves at one end comes in at the other. Without dims, as if
/// self had one dimension.
Tensor roll(const Tensor& self, IntArrayRef shifts, IntArrayRef dims = {});

/// self laid repeats[d] times along dimension d; more repeats than dimensions add some in front.
Tensor repeat(const Tensor& self, IntArrayRef repeats);
/// repeat, where fewer repeats than dimensions are allowed too: they mean the last ones.
Tensor tile(const Tensor& self, IntArrayRef dims);
/// Each element (of the flattened tensor, or slice along dim) `repeats` times in a row; a tensor of
/// repeats (int64 or int32) has one number per slice. output_size, if given, must be right.
Tensor repeat_interleave(const Tensor& self, int64_t repeats, std::optional<int64_t> dim = {},
                         std::optional<int64_t> output_size = {});
Tensor repeat_interleave(const Tensor& self, const Tensor& repeats, std::optional<int64_t> dim = {},
                         std::optional<int64_t> output_size = {});
/// 0 repeats[0] times, 1 repeats[1] times, and so on.
Tensor repeat_interleave(const Tensor& repeats, std::optional<int64_t> output_size = {});

/// A new last dimension with a 1 at the place that the class (int64, not negative) says and 0
/// elsewhere. num_classes -1: one more than the largest.
Tensor one_hot(const Tensor& self, int64_t num_classes = -1);

}  // namespace cutaway
