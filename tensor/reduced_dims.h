// SPDX-License-Identifier: MIT
//
// What the public functions of reductions ask of their dimensions.
#pragma once

#include "tensor.h"

namespace cutaway::inline v0_1 {

/// The dimensions to reduce, counted from the front; an empty list means all. A 0-d tensor counts
/// as having one. Throws where one is out of range or named twice.
DimVector dims_to_reduce(const Tensor& self, IntArrayRef dims);

/// Throws IndexError "max(): Expected reduction dim 0 to have non-zero size.", where `function` is
/// "max()".
void check_not_empty(const Tensor& self, int64_t dim, const char* function);

}  // namespace cutaway
