// SPDX-License-Identifier: MIT
//
// CPU kernels of the catalogue: masks. Defined in mask.cpp; what a kernel may rely on: kernels.h.
#pragma once

#include "../tensor.h"

namespace cutaway::cpu {

Tensor nonzero(const Tensor& self);

}  // namespace cutaway::cpu
