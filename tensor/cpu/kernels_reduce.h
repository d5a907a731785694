// SPDX-License-Identifier: MIT
//
// CPU kernels of the catalogue: reductions. Dims are wrapped; none means all. Defined in
// reduce.cpp, extremum.cpp; what a kernel may rely on: kernels.h.
#pragma once

#include <tuple>

#include "../tensor.h"

namespace cutaway::cpu {

Tensor sum(const Tensor& self, IntArrayRef dims, bool keepdim, std::optional<DType> dtype);
Tensor mean(const Tensor& self, IntArrayRef dims, bool keepdim, std::optional<DType> dtype);
Tensor max(const Tensor& self);
std::tuple<Tensor, Tensor> max_dim(const Tensor& self, int64_t dim, bool keepdim);
Tensor argmax(const Tensor& self, std::optional<int64_t> dim, bool keepdim);

}  // namespace cutaway::cpu
