// SPDX-License-Identifier: MIT
//
// Rows of the catalogue: putting elements in another order, repeating, padding and joining them.
#pragma once

#include <string_view>

#include "catalogue_signatures.h"

namespace cutaway::inline v0_1 {

/// These rows, for all_ops().
ArrayRef<OpBase*> arrange_rows();

namespace op {

extern Op<Tensor(const Tensor&, IntArrayRef)> flip, repeat, tile;
extern Unary fliplr, flipud;
extern Op<Tensor(const Tensor&, int64_t, IntArrayRef)> rot90;
extern Op<Tensor(const Tensor&, IntArrayRef, IntArrayRef)> roll;
extern Op<Tensor(const Tensor&, std::optional<int64_t>)> repeat_interleave;
extern Op<Tensor(const Tensor&, const Tensor&, std::optional<int64_t>, std::optional<int64_t>)>
    repeat_interleave_by;
extern Op<Tensor(const Tensor&, int64_t, std::optional<int64_t>, std::optional<int64_t>)>
    repeat_interleave_times;
extern Op<Tensor(const Tensor&, int64_t)> one_hot;

extern Op<Tensor(const Tensor&, IntArrayRef, const Scalar&)> constant_pad_nd;
extern Op<Tensor(const Tensor&, IntArrayRef, std::string_view, std::optional<double>)> pad;

extern Op<Tensor(TensorList)> hstack, vstack, dstack, column_stack, row_stack, block_diag,
    cartesian_prod;
extern Op<Tensor(TensorList, int64_t)> concat, concatenate;
extern Op<Tensor(const Tensor&, int64_t, bool)> combinations;

}  // namespace op
}  // namespace cutaway
