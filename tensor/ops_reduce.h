// SPDX-License-Identifier: MIT
//
// Reductions: many elements become one, over all dimensions or over those named in `dims`
// (negative counts from the end; an empty list means all). keepdim leaves reduced dimensions in
// place with size 1. Floating sums are accumulated in double precision and split the same way
// whatever the number of threads. A dimension out of range throws IndexError; one named twice
// throws "dim 0 appears multiple times in the list of dims".
//
// Variances, norms and order statistics: ops_statistics.h. Cumulative ops: ops_scan.h.
// PyTorch counterpart: torch.sum, torch.mean, ...; ATen/native/ReduceOps.cpp, TensorCompare.cpp.
#pragma once

#include "ops_binary.h"
#include "tensor.h"

#include "macros_off.h"  // what hosts have as macros is ours from here on

namespace cutaway::inline v0_1 {

/// Sum. Integers and bool are summed as int64. An empty sum is 0.
Tensor sum(const Tensor& self, std::optional<DType> dtype = {});
Tensor sum(const Tensor& self, IntArrayRef dims, bool keepdim = false,
           std::optional<DType> dtype = {});
/// Mean, of floating-point tensors only ("mean(): could not infer output dtype. Input dtype must be
/// either a floating point or complex dtype. Got: Long"). An empty mean is NaN.
Tensor mean(const Tensor& self, std::optional<DType> dtype = {});
Tensor mean(const Tensor& self, IntArrayRef dims, bool keepdim = false,
            std::optional<DType> dtype = {});
/// Sum and mean of what is not NaN.
Tensor nansum(const Tensor& self, IntArrayRef dims = {}, bool keepdim = false,
              std::optional<DType> dtype = {});
Tensor nanmean(const Tensor& self, IntArrayRef dims = {}, bool keepdim = false,
               std::optional<DType> dtype = {});
/// Product. Integers and bool are multiplied as int64. An empty product is 1.
Tensor prod(const Tensor& self, std::optional<DType> dtype = {});
Tensor prod(const Tensor& self, int64_t dim, bool keepdim = false, std::optional<DType> dtype = {});

/// The largest (smallest) element; NaN if there is one. Throws for an empty tensor. The gradient is
/// shared evenly by all elements that equal it.
Tensor max(const Tensor& self);
Tensor min(const Tensor& self);
/// The same over dimensions. Throws where a reduced dimension is empty.
Tensor amax(const Tensor& self, IntArrayRef dims = {}, bool keepdim = false);
Tensor amin(const Tensor& self, IntArrayRef dims = {}, bool keepdim = false);
/// The larger (smaller) of each two elements: maximum and minimum by their shorter names.
inline Tensor max(const Tensor& self, const Tensor& other) { return maximum(self, other); }
inline Tensor min(const Tensor& self, const Tensor& other) { return minimum(self, other); }
/// (amin, amax)
std::tuple<Tensor, Tensor> aminmax(const Tensor& self, std::optional<int64_t> dim = {},
                                   bool keepdim = false);
/// The largest (smallest) element along `dim` and where it stands (int64, the first one; NaN wins
/// over any number). Throws IndexError where that dimension is empty. The gradient goes to that
/// place.
std::tuple<Tensor, Tensor> max(const Tensor& self, int64_t dim, bool keepdim = false);
std::tuple<Tensor, Tensor> min(const Tensor& self, int64_t dim, bool keepdim = false);
/// Where the largest (smallest) element stands: in the flattened tensor, or along `dim`. int64.
/// Throws for bool.
Tensor argmax(const Tensor& self, std::optional<int64_t> dim = {}, bool keepdim = false);
Tensor argmin(const Tensor& self, std::optional<int64_t> dim = {}, bool keepdim = false);

/// Whether any element is not 0, whether none is 0 (NaN is not 0). bool; uint8 for uint8.
/// An empty list of dims reduces none, no list all.
Tensor any(const Tensor& self);
Tensor any(const Tensor& self, int64_t dim, bool keepdim = false);
Tensor any(const Tensor& self, std::optional<IntArrayRef> dims, bool keepdim = false);
Tensor all(const Tensor& self);
Tensor all(const Tensor& self, int64_t dim, bool keepdim = false);
Tensor all(const Tensor& self, std::optional<IntArrayRef> dims, bool keepdim = false);
/// How many elements are not 0. int64.
Tensor count_nonzero(const Tensor& self, std::optional<int64_t> dim = {});
Tensor count_nonzero(const Tensor& self, IntArrayRef dims);

/// Sums `self` down to `sizes`, a shape that broadcasts to self's: the gradient of broadcasting.
Tensor sum_to_size(const Tensor& self, IntArrayRef sizes);

}  // namespace cutaway

#include "macros_on.h"
