// SPDX-License-Identifier: MIT
//
// Reductions: many elements become one, over all dimensions or over those named in `dims`
// (negative counts from the end; an empty list means all). keepdim leaves reduced dimensions in
// place with size 1. Floating sums are accumulated in double precision and split the same way
// whatever the number of threads.
//
// PyTorch counterpart: torch.sum, torch.mean, ...; ATen/native/ReduceOps.cpp.
#pragma once

#include "tensor.h"

namespace cutaway {

/// Sum. Integers and bool are summed as int64. An empty sum is 0.
Tensor sum(const Tensor& self, std::optional<DType> dtype = {});
Tensor sum(const Tensor& self, IntArrayRef dims, bool keepdim = false,
           std::optional<DType> dtype = {});
/// Mean, of floating-point tensors only ("mean(): could not infer output dtype. Input dtype must be
/// either a floating point or complex dtype. Got: Long"). An empty mean is NaN.
Tensor mean(const Tensor& self, std::optional<DType> dtype = {});
Tensor mean(const Tensor& self, IntArrayRef dims, bool keepdim = false,
            std::optional<DType> dtype = {});
/// The largest element; NaN if there is one. Throws for an empty tensor.
Tensor max(const Tensor& self);
/// The largest element along `dim` and where it stands (int64, the first one; NaN counts as
/// largest). Throws IndexError where that dimension is empty.
std::tuple<Tensor, Tensor> max(const Tensor& self, int64_t dim, bool keepdim = false);
/// Where the largest element stands: in the flattened tensor, or along `dim`. int64.
Tensor argmax(const Tensor& self, std::optional<int64_t> dim = {}, bool keepdim = false);

/// Sums `self` down to `sizes`, a shape that broadcasts to self's: the gradient of broadcasting.
Tensor sum_to_size(const Tensor& self, IntArrayRef sizes);

}  // namespace cutaway
