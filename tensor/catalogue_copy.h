// SPDX-License-Identifier: MIT
//
// Rows of the catalogue: copying, converting, filling.
#pragma once

#include "catalogue_signatures.h"

namespace cutaway::inline v0_1 {

/// These rows, for all_ops().
ArrayRef<OpBase*> copy_rows();

namespace op {

extern BinaryInplace copy_;
extern Op<const Tensor&(const Tensor&, const Scalar&)> fill_;
extern BinaryInplace fill_tensor_;
extern UnaryInplace zero_;
extern Unary clone, contiguous_copy, contiguous, detach;
// What an in-place op made of its functional form starts and ends with: see operands.h.
extern Unary before_write;
extern BinaryInplace become_;
extern Op<Tensor(const Tensor&, DType)> to_copy;
extern Op<Tensor(const Tensor&, DType, bool, bool)> to_dtype;
extern Op<Tensor(const Tensor&, const Tensor&, bool, bool)> to_other;
extern Binary type_as;

}  // namespace op
}  // namespace cutaway
