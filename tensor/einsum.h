// SPDX-License-Identifier: MIT
//
// einsum: sums of products, written in Einstein's notation. Every letter names a dimension:
//
//     einsum("ik,kj->ij", {a, b})      matrix product
//     einsum("bij,bjk", {a, b})        the same over a batch, "->bik" being implied
//     einsum("ii->i", {a})             diagonal
//     einsum("...ij->...ji", {a})      transposition of the last two dimensions
//
// A letter that occurs twice in one operand takes its diagonal; a letter that the output leaves out
// is summed over; without "->" the output is the letters that occur once, in alphabetical order
// (capitals first), after what the ellipsis covers. Dimensions of size 1 broadcast. Spaces do not
// count.
//
// How it works: every operand is brought to the same order of dimensions (those of the output, then
// those to sum) with size 1 where it lacks a letter; then operands are joined from left to right,
// each time as one bmm over what both share. Views and products have gradients, so einsum has.
//
// PyTorch counterpart: torch.einsum (ATen/native/Linear.cpp). Left out: the sublist format, and a
// `path` (operands are always taken from left to right).
#pragma once

#include <string_view>

#include "tensor.h"

namespace cutaway::inline v0_1 {

/// Throws "einsum(): ..." with PyTorch's reasons. path must be absent.
Tensor einsum(std::string_view equation, TensorList tensors, std::optional<IntArrayRef> path = {});

/// Multiplies and sums over dims_to_sum (present in both shapes, which broadcast): the step that
/// einsum repeats. The summed dimensions stay, with size 1, if keepdim.
Tensor sum_product(const Tensor& left, const Tensor& right, IntArrayRef dims_to_sum, bool keepdim);

}  // namespace cutaway
