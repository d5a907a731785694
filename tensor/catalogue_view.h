// SPDX-License-Identifier: MIT
//
// Rows of the catalogue: views.
#pragma once

#include "catalogue_signatures.h"

namespace cutaway {

/// These rows, for all_ops().
ArrayRef<OpBase*> view_rows();

namespace op {

extern Op<Tensor(const Tensor&, IntArrayRef)> view, reshape, permute, expand;
extern Op<Tensor(const Tensor&, int64_t, int64_t)> transpose, flatten, select;
extern Unary alias, t, squeeze;
extern Op<Tensor(const Tensor&, int64_t)> squeeze_dim, unsqueeze;
extern Op<Tensor(const Tensor&, int64_t, std::optional<int64_t>, std::optional<int64_t>, int64_t)>
    slice;
extern Op<Tensor(const Tensor&, int64_t, int64_t, int64_t)> narrow;
extern Op<Tensor(const Tensor&, IntArrayRef, IntArrayRef, std::optional<int64_t>)> as_strided;

}  // namespace op
}  // namespace cutaway
