// SPDX-License-Identifier: MIT
//
// CPU kernels of the catalogue: flipping, rolling, repeating and padding. Defined in arrange.cpp;
// what a kernel may rely on: kernels.h.
#pragma once

#include "../tensor.h"

namespace cutaway::inline v0_1::cpu {

Tensor flip(const Tensor& self, IntArrayRef dims);
/// One shift for each dim; or no dims, and one shift of the elements in a row.
Tensor roll(const Tensor& self, IntArrayRef shifts, IntArrayRef dims);
/// At least as many repeats as self has dimensions.
Tensor repeat(const Tensor& self, IntArrayRef repeats);
Tensor constant_pad_nd(const Tensor& self, IntArrayRef pad, const Scalar& value);

}  // namespace cutaway::cpu
