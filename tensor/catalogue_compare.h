// SPDX-License-Identifier: MIT
//
// Rows of the catalogue: comparisons, logic and choice.
#pragma once

#include "catalogue_signatures.h"

namespace cutaway::inline v0_1 {

/// These rows, for all_ops().
ArrayRef<OpBase*> compare_rows();

namespace op {

extern Binary eq, ne, lt, le, gt, ge, not_equal, less, less_equal, greater, greater_equal,
    logical_and, logical_or, logical_xor;
extern BinaryInplace eq_, ne_, lt_, le_, gt_, ge_, not_equal_, less_, less_equal_, greater_,
    greater_equal_, logical_and_, logical_or_, logical_xor_;
extern Unary logical_not, isnan, isinf, isposinf, isneginf, isfinite, isreal;
extern UnaryInplace logical_not_;
extern Op<bool(const Tensor&, const Tensor&)> equal;
extern Op<Tensor(const Tensor&, const Tensor&, double, double, bool)> isclose;
extern Op<bool(const Tensor&, const Tensor&, double, double, bool)> allclose;
extern Op<Tensor(const Tensor&, const Tensor&, const Tensor&)> where;
extern Op<Tensor(const Tensor&, const Scalar&, const Tensor&)> where_scalar_self;

}  // namespace op
}  // namespace cutaway
