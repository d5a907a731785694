// SPDX-License-Identifier: MIT
//
// CPU kernels of the catalogue: random numbers. Defined in random.cpp, distribution.cpp and
// multinomial.cpp; what a kernel may rely on: kernels.h.
#pragma once

#include <tuple>

#include "../tensor.h"

namespace cutaway::inline v0_1::cpu {

const Tensor& uniform_(const Tensor& self, double from, double to, Generator* generator);
const Tensor& normal_(const Tensor& self, double mean, double std, Generator* generator);
const Tensor& random_(const Tensor& self, Generator* generator);
const Tensor& random_to_(const Tensor& self, int64_t to, Generator* generator);
const Tensor& random_from_(const Tensor& self, int64_t from, std::optional<int64_t> to,
                           Generator* generator);
Tensor randperm(int64_t n, std::optional<DType> dtype, Generator* generator);

const Tensor& exponential_(const Tensor& self, double lambda, Generator* generator);
const Tensor& geometric_(const Tensor& self, double p, Generator* generator);
const Tensor& log_normal_(const Tensor& self, double mean, double std, Generator* generator);
const Tensor& cauchy_(const Tensor& self, double median, double sigma, Generator* generator);
const Tensor& bernoulli_float_(const Tensor& self, double p, Generator* generator);
const Tensor& bernoulli_tensor_(const Tensor& self, const Tensor& p, Generator* generator);
Tensor bernoulli(const Tensor& self, Generator* generator);
Tensor poisson(const Tensor& self, Generator* generator);
Tensor normal_tensor_float(const Tensor& mean, double std, Generator* generator);
Tensor normal_float_tensor(double mean, const Tensor& std, Generator* generator);
Tensor normal_tensor_tensor(const Tensor& mean, const Tensor& std, Generator* generator);
Tensor multinomial(const Tensor& self, int64_t num_samples, bool replacement, Generator* generator);

}  // namespace cutaway::cpu
