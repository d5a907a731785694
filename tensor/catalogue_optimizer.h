// SPDX-License-Identifier: MIT
//
// Rows of the catalogue: one step of an optimizer in one pass over the memory.
#pragma once

#include "catalogue_signatures.h"

namespace cutaway::inline v0_1 {

/// These rows, for all_ops().
ArrayRef<OpBase*> optimizer_rows();

namespace op {

extern Op<const Tensor&(const Tensor&, const Tensor&, const std::optional<Tensor>&, double, double,
                        double, double, bool, bool, bool)>
    fused_sgd_;
extern Op<const Tensor&(const Tensor&, const Tensor&, const Tensor&, const Tensor&,
                        const std::optional<Tensor>&, int64_t, double, double, double, double,
                        double, bool, bool)>
    fused_adam_;

}  // namespace op
}  // namespace cutaway
