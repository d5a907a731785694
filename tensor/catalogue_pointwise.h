// SPDX-License-Identifier: MIT
//
// Rows of the catalogue: pointwise ops.
#pragma once

#include "catalogue_signatures.h"

namespace cutaway {

/// These rows, for all_ops().
ArrayRef<OpBase*> pointwise_rows();

namespace op {

extern BinaryAlpha add, sub;
extern Binary mul, div, pow;
extern Op<Tensor(const Tensor&, const Scalar&)> pow_scalar;
extern Unary neg, exp, log, sqrt, relu;
extern Op<Tensor(const Tensor&, const Tensor&, const Scalar&)> threshold_backward;
extern Binary eq, ne, lt, le, gt, ge;
extern Op<Tensor(const Tensor&, const Tensor&, const Tensor&)> where;
extern BinaryAlphaInplace add_, sub_;
extern BinaryInplace mul_, div_;
extern UnaryInplace neg_, exp_, sqrt_, relu_;
extern Op<bool(const Tensor&, const Tensor&)> equal;

}  // namespace op
}  // namespace cutaway
