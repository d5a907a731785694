// SPDX-License-Identifier: MIT
//
// Rows of the catalogue: masks.
#pragma once

#include "catalogue_signatures.h"

namespace cutaway {

/// These rows, for all_ops().
ArrayRef<OpBase*> mask_rows();

namespace op {

extern Unary nonzero;

}  // namespace op
}  // namespace cutaway
