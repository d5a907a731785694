// SPDX-License-Identifier: MIT
//
// Rows of the catalogue: cumulative ops.
#pragma once

#include "catalogue_signatures.h"

namespace cutaway::inline v0_1 {

/// These rows, for all_ops().
ArrayRef<OpBase*> scan_rows();

namespace op {

extern Op<Tensor(const Tensor&, int64_t, std::optional<DType>)> cumsum, cumprod;
extern Op<const Tensor&(const Tensor&, int64_t, std::optional<DType>)> cumsum_, cumprod_;
extern Op<Tensor(const Tensor&, int64_t)> logcumsumexp;
extern Op<std::tuple<Tensor, Tensor>(const Tensor&, int64_t)> cummax, cummin;
extern Op<Tensor(const Tensor&, int64_t, int64_t, const std::optional<Tensor>&,
                 const std::optional<Tensor>&)>
    diff;

}  // namespace op
}  // namespace cutaway
