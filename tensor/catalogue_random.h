// SPDX-License-Identifier: MIT
//
// Rows of the catalogue: random numbers.
#pragma once

#include "catalogue_signatures.h"

namespace cutaway {

/// These rows, for all_ops().
ArrayRef<OpBase*> random_rows();

namespace op {

extern Op<const Tensor&(const Tensor&, double, double, Generator*)> uniform_, normal_;
extern Op<const Tensor&(const Tensor&, int64_t, int64_t, Generator*)> random_;
extern Op<Tensor(IntArrayRef, std::optional<DType>, Generator*)> rand, randn;
extern Op<Tensor(int64_t, int64_t, IntArrayRef, std::optional<DType>, Generator*)> randint;
extern Op<Tensor(int64_t, std::optional<DType>, Generator*)> randperm;

}  // namespace op
}  // namespace cutaway
