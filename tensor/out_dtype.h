// SPDX-License-Identifier: MIT
//
// Which dtype the `out` of an out form may have. Most ops write into any dtype that can hold the
// result (float into double, not float into long); many insist on the result's own; and those that
// take a `dtype` go by that of `out` where none is given.
//
// PyTorch counterpart: scattered over ATen/native, with as many wordings.
#pragma once

#include "dispatch.h"

namespace cutaway::inline v0_1 {

/// Throws, in the words that PyTorch has for this op, where an `out` of dtype `out` cannot take a
/// result of dtype `result`.
void check_dtype_of_out(const OpBase& op, DType result, DType out);

/// Whether the op, given no dtype, computes in that of `out`.
bool goes_by_out(const OpBase& op, DType out);

}  // namespace cutaway
