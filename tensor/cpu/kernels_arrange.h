// SPDX-License-Identifier: MIT
//
// CPU kernels of the catalogue: flipping and padding. Defined in arrange.cpp; what a kernel may
// rely on: kernels.h.
#pragma once

#include "../tensor.h"

namespace cutaway::cpu {

Tensor flip(const Tensor& self, IntArrayRef dims);
Tensor constant_pad_nd(const Tensor& self, IntArrayRef pad, const Scalar& value);

}  // namespace cutaway::cpu
