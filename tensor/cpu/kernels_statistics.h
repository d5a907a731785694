// SPDX-License-Identifier: MIT
//
// CPU kernels of the catalogue: variance and norms (moments.cpp), logsumexp (softmax.cpp) and order
// statistics (selection.cpp). Dims are wrapped; none means all. What a kernel may rely on:
// kernels.h.
#pragma once

#include <tuple>

#include "../tensor.h"

namespace cutaway::inline v0_1::cpu {

using Correction = std::optional<Scalar>;  // none: 1

Tensor var(const Tensor& self, IntArrayRef dims, const Correction& correction, bool keepdim);
Tensor std(const Tensor& self, IntArrayRef dims, const Correction& correction, bool keepdim);
std::tuple<Tensor, Tensor> var_mean(const Tensor& self, IntArrayRef dims,
                                    const Correction& correction, bool keepdim);
std::tuple<Tensor, Tensor> std_mean(const Tensor& self, IntArrayRef dims,
                                    const Correction& correction, bool keepdim);
Tensor linalg_vector_norm(const Tensor& self, const Scalar& ord, IntArrayRef dims, bool keepdim,
                          std::optional<DType> dtype);
Tensor logsumexp(const Tensor& self, IntArrayRef dims, bool keepdim);

Tensor median(const Tensor& self);
Tensor nanmedian(const Tensor& self);
std::tuple<Tensor, Tensor> median_dim(const Tensor& self, int64_t dim, bool keepdim);
std::tuple<Tensor, Tensor> nanmedian_dim(const Tensor& self, int64_t dim, bool keepdim);
std::tuple<Tensor, Tensor> kthvalue(const Tensor& self, int64_t k, int64_t dim, bool keepdim);
std::tuple<Tensor, Tensor> mode(const Tensor& self, int64_t dim, bool keepdim);

}  // namespace cutaway::cpu
