// SPDX-License-Identifier: MIT
//
// Scans: element i of the result is what reducing elements 0 .. i along `dim` gives. The result has
// the shape of `self`. A dimension out of range throws IndexError.
//
// PyTorch counterpart: torch.cumsum, ...; ATen/native/ReduceOps.cpp.
#pragma once

#include "tensor.h"

namespace cutaway::inline v0_1 {

/// Running sum and product. Integers and bool are computed as int64; elements are converted to
/// dtype first. Floats are carried in double, element after element. NotImplementedError for dtype
/// bool.
Tensor cumsum(const Tensor& self, int64_t dim, std::optional<DType> dtype = {});
Tensor cumprod(const Tensor& self, int64_t dim, std::optional<DType> dtype = {});
/// In place: integers keep their dtype, and wrap. dtype, where given, must be self's.
const Tensor& cumsum_(const Tensor& self, int64_t dim, std::optional<DType> dtype = {});
const Tensor& cumprod_(const Tensor& self, int64_t dim, std::optional<DType> dtype = {});
/// log(cumsum(exp(x))), without overflow. Floating point only.
Tensor logcumsumexp(const Tensor& self, int64_t dim);
/// The largest (smallest) element so far and where it stands (int64; of equal elements the last;
/// NaN wins over any number).
std::tuple<Tensor, Tensor> cummax(const Tensor& self, int64_t dim);
std::tuple<Tensor, Tensor> cummin(const Tensor& self, int64_t dim);

/// Differences of neighbours along `dim`, n times over: x[i + 1] - x[i]; for bool, whether they
/// differ. `prepend` and `append` are joined to x first.
Tensor diff(const Tensor& self, int64_t n = 1, int64_t dim = -1,
            const std::optional<Tensor>& prepend = {}, const std::optional<Tensor>& append = {});

}  // namespace cutaway
