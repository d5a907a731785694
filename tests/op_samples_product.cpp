// SPDX-License-Identifier: MIT
#include "op_samples.h"
namespace cutaway {
ArrayRef<OpSample> product_samples() { return {}; }
}  // namespace cutaway
