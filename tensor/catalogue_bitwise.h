// SPDX-License-Identifier: MIT
//
// Rows of the catalogue: functions of integers.
#pragma once

#include "catalogue_signatures.h"

namespace cutaway::inline v0_1 {

/// These rows, for all_ops().
ArrayRef<OpBase*> bitwise_rows();

namespace op {

extern Binary bitwise_and, bitwise_or, bitwise_xor, bitwise_left_shift, bitwise_right_shift, gcd,
    lcm;
extern BinaryInplace bitwise_and_, bitwise_or_, bitwise_xor_, bitwise_left_shift_,
    bitwise_right_shift_, gcd_, lcm_;
extern Unary bitwise_not;
extern UnaryInplace bitwise_not_;

}  // namespace op
}  // namespace cutaway
