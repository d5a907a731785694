// SPDX-License-Identifier: MIT
//
// Rows of the catalogue: views that come several at a time.
#pragma once

#include <string_view>
#include <vector>

#include "catalogue_signatures.h"

namespace cutaway::inline v0_1 {

/// These rows, for all_ops().
ArrayRef<OpBase*> split_rows();

namespace op {

extern Op<std::vector<Tensor>(const Tensor&, int64_t, int64_t)> split, chunk, tensor_split_sections;
extern Op<std::vector<Tensor>(const Tensor&, IntArrayRef, int64_t)> split_sizes, split_with_sizes,
    tensor_split_indices;
extern Op<std::vector<Tensor>(const Tensor&, int64_t)> hsplit, vsplit, dsplit, unbind;
extern Op<std::vector<Tensor>(const Tensor&, IntArrayRef)> hsplit_indices, vsplit_indices,
    dsplit_indices;
extern Op<std::vector<Tensor>(TensorList)> broadcast_tensors, atleast_1d_list, atleast_2d_list,
    atleast_3d_list;
extern Op<std::vector<Tensor>(TensorList, std::string_view)> meshgrid;
extern Unary atleast_1d, atleast_2d, atleast_3d;

}  // namespace op
}  // namespace cutaway
