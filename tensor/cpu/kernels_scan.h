// SPDX-License-Identifier: MIT
//
// CPU kernels of the catalogue: cumulative ops. Defined in scan.cpp; what a kernel may rely on:
// kernels.h.
#pragma once

#include <tuple>

#include "../tensor.h"

namespace cutaway::inline v0_1::cpu {

Tensor cumsum(const Tensor& self, int64_t dim, std::optional<DType> dtype);
Tensor cumprod(const Tensor& self, int64_t dim, std::optional<DType> dtype);
Tensor logcumsumexp(const Tensor& self, int64_t dim);
std::tuple<Tensor, Tensor> cummax(const Tensor& self, int64_t dim);
std::tuple<Tensor, Tensor> cummin(const Tensor& self, int64_t dim);

}  // namespace cutaway::cpu
