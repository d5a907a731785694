// SPDX-License-Identifier: MIT
//
// CPU kernels of the catalogue: masks. Defined in mask.cpp; what a kernel may rely on: kernels.h.
#pragma once

#include "../tensor.h"

namespace cutaway::inline v0_1::cpu {

Tensor nonzero(const Tensor& self);
// value: 0-d, of self's dtype; mask broadcasts to self.
const Tensor& masked_fill_(const Tensor& self, const Tensor& mask, const Tensor& value);
// The two broadcast against each other; of masked_scatter_, mask to self.
Tensor masked_select(const Tensor& self, const Tensor& mask);
const Tensor& masked_scatter_(const Tensor& self, const Tensor& mask, const Tensor& source);

}  // namespace cutaway::cpu
