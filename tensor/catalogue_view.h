// SPDX-License-Identifier: MIT
//
// Rows of the catalogue: views.
#pragma once

#include "catalogue_signatures.h"

namespace cutaway::inline v0_1 {

/// These rows, for all_ops().
ArrayRef<OpBase*> view_rows();

namespace op {

/// For a tensor of which nobody else knows: the result shares its memory, but is no view of it,
/// whatever is done with it.
extern Op<Tensor(const Tensor&, IntArrayRef)> unsafe_view;
extern Op<Tensor(const Tensor&, IntArrayRef)> view, reshape, permute, expand;
extern Op<Tensor(const Tensor&, int64_t, int64_t)> transpose, flatten, select;
extern Unary alias, t, squeeze;
extern Op<Tensor(const Tensor&, int64_t)> squeeze_dim, unsqueeze;
extern Op<Tensor(const Tensor&, int64_t, std::optional<int64_t>, std::optional<int64_t>, int64_t)>
    slice;
extern Op<Tensor(const Tensor&, int64_t, int64_t, int64_t)> narrow;
extern Op<Tensor(const Tensor&, IntArrayRef, IntArrayRef, std::optional<int64_t>)> as_strided;
extern Op<Tensor(const Tensor&, DType)> view_dtype;
extern Op<Tensor(const Tensor&, IntArrayRef)> squeeze_dims, broadcast_to;
extern Op<Tensor(const Tensor&, int64_t, int64_t, int64_t)> diagonal, unfold, narrow_copy;
extern Op<Tensor(const Tensor&, int64_t, IntArrayRef)> unflatten;
extern Unary ravel, mT, mH, adjoint, matrix_H, numpy_T;
extern Binary view_as, reshape_as, expand_as;
extern Op<Tensor(const Tensor&, int64_t, int64_t)> swapaxes, swapdims, movedim_int, moveaxis_int;
extern Op<Tensor(const Tensor&, IntArrayRef, IntArrayRef)> movedim, moveaxis;
extern Op<bool(const Tensor&, const Tensor&)> is_same_size;
extern UnaryInplace squeeze_, t_;
extern Op<const Tensor&(const Tensor&, int64_t)> squeeze_dim_, unsqueeze_;
extern Op<const Tensor&(const Tensor&, IntArrayRef)> squeeze_dims_, resize_;
extern Op<const Tensor&(const Tensor&, int64_t, int64_t)> transpose_, swapaxes_, swapdims_;

}  // namespace op
}  // namespace cutaway
