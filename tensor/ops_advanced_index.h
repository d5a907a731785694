// SPDX-License-Identifier: MIT
//
// Advanced indexing: one index tensor per dimension, or none. The square brackets (indexing.h) come
// down to these two after integers and slices are taken.
//
// PyTorch counterpart: ATen/native/TensorAdvancedIndexing.cpp.
#pragma once

#include "tensor.h"

namespace cutaway::inline v0_1 {

/// Whether an index tensor picks by yes and no: bool, or uint8 as in old code.
bool is_mask(const Tensor& index);

/// Tensor k of `indices` picks along dimension k of self; an undefined one (None) leaves its
/// dimension as it is, as do those that the list is too short for. Index tensors are int64 or int32
/// and broadcast together; a bool (or uint8) tensor of n dimensions is a mask and stands for the n
/// index tensors of its nonzero(). Negative indices count from the end. Shape of the result: the
/// dimensions indexed are replaced by the broadcast shape, in place if they are adjacent, else in
/// front. Throws IndexError "index 5 is out of bounds for dimension 0 with size 3", "The shape of
/// the mask [2] at index 0 does not match the shape of the indexed tensor [3, 4] at index 0",
/// "shape mismatch: indexing tensors could not be broadcast together with shapes [2], [3]",
/// "tensors used as indices must be long, int, byte or bool tensors".
Tensor index(const Tensor& self, TensorList indices);

/// Writes what index(self, indices) reads: values, which broadcast to its shape, have self's dtype
/// ("Index put requires the source and destination dtypes match, ..."; a single value at a mask is
/// converted). Where an element is named twice, the last value stays; with `accumulate` all are
/// added, in the order of the index. An expanded self may be written, as in PyTorch, which warns:
/// what is written to one element, those that share its memory have as well.
const Tensor& index_put_(const Tensor& self, TensorList indices, const Tensor& values,
                         bool accumulate = false);
/// The same on a copy of self.
Tensor index_put(const Tensor& self, TensorList indices, const Tensor& values,
                 bool accumulate = false);

}  // namespace cutaway
