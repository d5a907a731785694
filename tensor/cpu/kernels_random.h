// SPDX-License-Identifier: MIT
//
// CPU kernels of the catalogue: random numbers. Defined in random.cpp; what a kernel may rely
// on: kernels.h.
#pragma once

#include <tuple>

#include "../tensor.h"

namespace cutaway::cpu {

const Tensor& uniform_(const Tensor& self, double from, double to, Generator* generator);
const Tensor& normal_(const Tensor& self, double mean, double std, Generator* generator);
const Tensor& random_(const Tensor& self, int64_t from, int64_t to, Generator* generator);
Tensor randperm(int64_t n, std::optional<DType> dtype, Generator* generator);

}  // namespace cutaway::cpu
