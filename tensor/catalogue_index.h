// SPDX-License-Identifier: MIT
//
// Rows of the catalogue: indexing and joining.
#pragma once

#include "catalogue_signatures.h"

namespace cutaway::inline v0_1 {

/// These rows, for all_ops().
ArrayRef<OpBase*> index_rows();

namespace op {

extern Op<Tensor(const Tensor&, int64_t, const Tensor&)> index_select;
extern Op<Tensor(const Tensor&, int64_t, const Tensor&, const Tensor&, const Scalar&)> index_add;
extern Op<Tensor(TensorList, int64_t)> cat, stack;
extern Op<Tensor(const Tensor&, IntArrayRef, int64_t, int64_t)> select_backward;
extern Op<Tensor(const Tensor&, IntArrayRef, int64_t, int64_t, int64_t, int64_t)> slice_backward;
extern Op<Tensor(const Tensor&, IntArrayRef, IntArrayRef, IntArrayRef, int64_t)>
    as_strided_backward;

}  // namespace op
}  // namespace cutaway
