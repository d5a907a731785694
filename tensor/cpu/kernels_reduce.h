// SPDX-License-Identifier: MIT
//
// CPU kernels of the catalogue: reductions. Dims are wrapped; none means all. Defined in
// reduce.cpp, extremum.cpp, amax.cpp; what a kernel may rely on: kernels.h.
#pragma once

#include <tuple>

#include "../tensor.h"

namespace cutaway::inline v0_1::cpu {

Tensor sum(const Tensor& self, IntArrayRef dims, bool keepdim, std::optional<DType> dtype);
Tensor mean(const Tensor& self, IntArrayRef dims, bool keepdim, std::optional<DType> dtype);
Tensor nansum(const Tensor& self, IntArrayRef dims, bool keepdim, std::optional<DType> dtype);
Tensor prod(const Tensor& self, std::optional<DType> dtype);
Tensor prod_dim(const Tensor& self, int64_t dim, bool keepdim, std::optional<DType> dtype);
Tensor count_nonzero(const Tensor& self, IntArrayRef dims);
// The dims of any and all are always given: the public functions name them.
Tensor any(const Tensor& self, std::optional<IntArrayRef> dims, bool keepdim);
Tensor all(const Tensor& self, std::optional<IntArrayRef> dims, bool keepdim);
Tensor max(const Tensor& self);
Tensor min(const Tensor& self);
Tensor amax(const Tensor& self, IntArrayRef dims, bool keepdim);
Tensor amin(const Tensor& self, IntArrayRef dims, bool keepdim);
std::tuple<Tensor, Tensor> aminmax(const Tensor& self, std::optional<int64_t> dim, bool keepdim);
std::tuple<Tensor, Tensor> max_dim(const Tensor& self, int64_t dim, bool keepdim);
std::tuple<Tensor, Tensor> min_dim(const Tensor& self, int64_t dim, bool keepdim);
Tensor argmax(const Tensor& self, std::optional<int64_t> dim, bool keepdim);
Tensor argmin(const Tensor& self, std::optional<int64_t> dim, bool keepdim);

}  // namespace cutaway::cpu
