// SPDX-License-Identifier: MIT
//
// Rows of the catalogue: linear algebra.
#pragma once

#include "catalogue_signatures.h"

namespace cutaway {

/// These rows, for all_ops().
ArrayRef<OpBase*> linalg_rows();

namespace op {

extern Binary mm, bmm, mv, dot, matmul;
extern Op<Tensor(const Tensor&, const Tensor&, const Tensor&, const Scalar&, const Scalar&)> addmm;

}  // namespace op
}  // namespace cutaway
