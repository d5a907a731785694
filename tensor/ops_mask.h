// SPDX-License-Identifier: MIT
//
// Masks: bool tensors that choose elements, and where the true ones are.
//
// PyTorch counterpart: torch.masked_fill, torch.nonzero, ...; ATen/native/
// TensorAdvancedIndexing.cpp.
#pragma once

#include "tensor.h"

namespace cutaway {

/// The positions of the elements that are not zero, in row-major order: int64, (how many, dim).
Tensor nonzero(const Tensor& self);

}  // namespace cutaway
