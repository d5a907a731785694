// SPDX-License-Identifier: MIT
//
// Rows of the catalogue: triangles and diagonals of matrices.
#pragma once

#include "catalogue_signatures.h"

namespace cutaway::inline v0_1 {

/// These rows, for all_ops().
ArrayRef<OpBase*> triangle_rows();

namespace op {

extern Op<Tensor(const Tensor&, int64_t)> tril, triu, diag, diagflat;
extern Op<const Tensor&(const Tensor&, int64_t)> tril_, triu_;
extern Op<Tensor(int64_t, int64_t, int64_t, std::optional<DType>)> tril_indices, triu_indices;
extern Op<Tensor(const Tensor&, int64_t, int64_t, int64_t)> diag_embed;
extern Op<Tensor(const Tensor&, std::optional<int64_t>, bool)> vander;

}  // namespace op
}  // namespace cutaway
