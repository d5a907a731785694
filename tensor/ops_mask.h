// SPDX-License-Identifier: MIT
//
// Masks: bool tensors that choose elements, and where the true ones are.
//
// PyTorch counterpart: torch.masked_fill, torch.nonzero, ...; ATen/native/
// TensorAdvancedIndexing.cpp.
#pragma once

#include <vector>

#include "tensor.h"

namespace cutaway::inline v0_1 {

/// The positions of the elements that are not zero, in row-major order: int64, (how many, dim).
Tensor nonzero(const Tensor& self);
Tensor argwhere(const Tensor& self);
/// nonzero column by column, one index tensor per dimension (a 0-d tensor counts as one of shape
/// (1)): torch.nonzero(as_tuple=True), torch.where(condition).
std::vector<Tensor> nonzero_numpy(const Tensor& self);

/// The elements where the mask is true become value: a number, or a 0-d tensor, which is converted.
/// In place the mask broadcasts to self, else both broadcast. Throws "masked_fill_ only supports
/// boolean masks, but got mask with dtype float".
const Tensor& masked_fill_(const Tensor& self, const Tensor& mask, const Tensor& value);
const Tensor& masked_fill_(const Tensor& self, const Tensor& mask, const Scalar& value);
Tensor masked_fill(const Tensor& self, const Tensor& mask, const Tensor& value);
Tensor masked_fill(const Tensor& self, const Tensor& mask, const Scalar& value);

/// The elements where the mask is true, in row-major order, as one dimension; both broadcast.
Tensor masked_select(const Tensor& self, const Tensor& mask);
/// The elements where the mask is true become those of source, in row-major order. source has
/// self's dtype and enough of them ("Number of elements of source < number of ones in mask").
const Tensor& masked_scatter_(const Tensor& self, const Tensor& mask, const Tensor& source);
Tensor masked_scatter(const Tensor& self, const Tensor& mask, const Tensor& source);

}  // namespace cutaway
