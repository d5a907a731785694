// SPDX-License-Identifier: MIT
//
// Rows of the catalogue: reductions. An empty list of dims means all of them
// (to any and all, none).
#pragma once

#include "catalogue_signatures.h"

namespace cutaway::inline v0_1 {

/// These rows, for all_ops().
ArrayRef<OpBase*> reduce_rows();

namespace op {

using SumLike = Op<Tensor(const Tensor&, IntArrayRef, bool, std::optional<DType>)>;
using ReduceDims = Op<Tensor(const Tensor&, IntArrayRef, bool)>;
using SelectAlong = Op<std::tuple<Tensor, Tensor>(const Tensor&, int64_t, bool)>;

extern SumLike sum, mean, nansum, nanmean;
extern Op<Tensor(const Tensor&, std::optional<DType>)> prod;
extern Op<Tensor(const Tensor&, int64_t, bool, std::optional<DType>)> prod_dim;
extern Unary max, min;
extern ReduceDims amax, amin;
extern Op<std::tuple<Tensor, Tensor>(const Tensor&, std::optional<int64_t>, bool)> aminmax;
extern Binary max_other, min_other;
extern SelectAlong max_dim, min_dim;
extern Op<Tensor(const Tensor&, std::optional<int64_t>, bool)> argmax, argmin;
extern Unary any_of_all, all_of_all;
extern Op<Tensor(const Tensor&, int64_t, bool)> any_dim, all_dim;
extern Op<Tensor(const Tensor&, std::optional<IntArrayRef>, bool)> any, all;
extern Op<Tensor(const Tensor&, std::optional<int64_t>)> count_nonzero_of_all;
extern Op<Tensor(const Tensor&, IntArrayRef)> count_nonzero;

}  // namespace op
}  // namespace cutaway
