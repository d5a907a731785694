// SPDX-License-Identifier: MIT
//
// Rows of the catalogue: masks.
#pragma once

#include <vector>

#include "catalogue_signatures.h"

namespace cutaway::inline v0_1 {

/// These rows, for all_ops().
ArrayRef<OpBase*> mask_rows();

namespace op {

extern Unary nonzero, argwhere;
extern Op<std::vector<Tensor>(const Tensor&)> nonzero_numpy;
extern Op<Tensor(const Tensor&, const Tensor&, const Tensor&)> masked_fill, masked_scatter;
extern Op<const Tensor&(const Tensor&, const Tensor&, const Tensor&)> masked_fill_, masked_scatter_;
extern Op<Tensor(const Tensor&, const Tensor&, const Scalar&)> masked_fill_scalar;
extern Op<const Tensor&(const Tensor&, const Tensor&, const Scalar&)> masked_fill_scalar_;
extern Binary masked_select;

}  // namespace op
}  // namespace cutaway
