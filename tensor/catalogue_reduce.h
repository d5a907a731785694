// SPDX-License-Identifier: MIT
//
// Rows of the catalogue: reductions. An empty list of dims means all of them.
#pragma once

#include "catalogue_signatures.h"

namespace cutaway {

/// These rows, for all_ops().
ArrayRef<OpBase*> reduce_rows();

namespace op {

extern Op<Tensor(const Tensor&, IntArrayRef, bool, std::optional<DType>)> sum, mean;
extern Unary max;
extern Op<std::tuple<Tensor, Tensor>(const Tensor&, int64_t, bool)> max_dim;
extern Op<Tensor(const Tensor&, std::optional<int64_t>, bool)> argmax;

}  // namespace op
}  // namespace cutaway
