// SPDX-License-Identifier: MIT
#include "ops_mask.h"

#include "catalogue.h"

namespace cutaway {

Tensor nonzero(const Tensor& self) { return op::nonzero(self); }

}  // namespace cutaway
