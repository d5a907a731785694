// SPDX-License-Identifier: MIT
//
// CPU kernels of the catalogue: new tensors. Defined in factory.cpp; what a kernel may rely
// on: kernels.h.
#pragma once

#include <tuple>

#include "../tensor.h"

namespace cutaway::inline v0_1::cpu {

Tensor empty(IntArrayRef size, std::optional<DType> dtype);
Tensor empty_strided(IntArrayRef size, IntArrayRef stride, std::optional<DType> dtype);
Tensor arange(const Scalar& start, const Scalar& end, const Scalar& step,
              std::optional<DType> dtype);
Tensor linspace(const Scalar& start, const Scalar& end, int64_t steps, std::optional<DType> dtype);
Tensor logspace(const Scalar& start, const Scalar& end, int64_t steps, double base,
                std::optional<DType> dtype);

}  // namespace cutaway::cpu
