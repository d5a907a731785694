// SPDX-License-Identifier: MIT
//
// Comparisons, logic, and choice by a condition, element by element.
//
// Unless a line says otherwise: arguments broadcast against each other; the result is a new tensor
// of bools, laid out in memory as the arguments are. The in-place form (trailing `_`) writes the
// bools into self, in its dtype.
//
// PyTorch counterpart: torch.eq, torch.logical_and, torch.where, ...; ATen/native/BinaryOps.cpp,
// TensorCompare.cpp.
#pragma once

#include "factories.h"
#include "tensor.h"

namespace cutaway::inline v0_1 {

// ---- Comparisons: in the promoted dtype; NaN compares as false, and as unequal ----

/// self == other
Tensor eq(const Tensor& self, const Tensor& other);
Tensor eq(const Tensor& self, const Scalar& other);
const Tensor& eq_(const Tensor& self, const Tensor& other);
inline const Tensor& eq_(const Tensor& self, const Scalar& other) {
  return eq_(self, wrapped_number(other));
}
/// self != other
Tensor ne(const Tensor& self, const Tensor& other);
Tensor ne(const Tensor& self, const Scalar& other);
const Tensor& ne_(const Tensor& self, const Tensor& other);
inline const Tensor& ne_(const Tensor& self, const Scalar& other) {
  return ne_(self, wrapped_number(other));
}
/// self < other
Tensor lt(const Tensor& self, const Tensor& other);
Tensor lt(const Tensor& self, const Scalar& other);
const Tensor& lt_(const Tensor& self, const Tensor& other);
inline const Tensor& lt_(const Tensor& self, const Scalar& other) {
  return lt_(self, wrapped_number(other));
}
/// self <= other
Tensor le(const Tensor& self, const Tensor& other);
Tensor le(const Tensor& self, const Scalar& other);
const Tensor& le_(const Tensor& self, const Tensor& other);
inline const Tensor& le_(const Tensor& self, const Scalar& other) {
  return le_(self, wrapped_number(other));
}
/// self > other
Tensor gt(const Tensor& self, const Tensor& other);
Tensor gt(const Tensor& self, const Scalar& other);
const Tensor& gt_(const Tensor& self, const Tensor& other);
inline const Tensor& gt_(const Tensor& self, const Scalar& other) {
  return gt_(self, wrapped_number(other));
}
/// self >= other
Tensor ge(const Tensor& self, const Tensor& other);
Tensor ge(const Tensor& self, const Scalar& other);
const Tensor& ge_(const Tensor& self, const Tensor& other);
inline const Tensor& ge_(const Tensor& self, const Scalar& other) {
  return ge_(self, wrapped_number(other));
}

/// Whether both have the same shape and the same elements in their promoted dtype. NaN equals
/// nothing.
bool equal(const Tensor& self, const Tensor& other);

/// Whether |self - other| <= atol + rtol * |other|. Both of one dtype ("Long did not match Float").
/// Equal infinities are close; NaN is close to NaN if equal_nan.
Tensor isclose(const Tensor& self, const Tensor& other, double rtol = 1e-5, double atol = 1e-8,
               bool equal_nan = false);
/// Whether isclose holds everywhere.
bool allclose(const Tensor& self, const Tensor& other, double rtol = 1e-5, double atol = 1e-8,
              bool equal_nan = false);

// ---- What kind of number ----

/// Whether it is not a number.
Tensor isnan(const Tensor& self);
/// Whether it is infinite.
Tensor isinf(const Tensor& self);
Tensor isposinf(const Tensor& self);
Tensor isneginf(const Tensor& self);
/// Whether it is neither infinite nor NaN.
Tensor isfinite(const Tensor& self);
/// True: there are no complex numbers here.
Tensor isreal(const Tensor& self);

// ---- Logic: what is not 0 is true ----
//
// Different on purpose: in place they are writes like any other to autograd, which refuses those to
// a leaf that requires grad. PyTorch's autograd does not see them.

/// Whether self is 0.
Tensor logical_not(const Tensor& self);
const Tensor& logical_not_(const Tensor& self);
/// Whether both are true.
Tensor logical_and(const Tensor& self, const Tensor& other);
const Tensor& logical_and_(const Tensor& self, const Tensor& other);
/// Whether one or both are true.
Tensor logical_or(const Tensor& self, const Tensor& other);
const Tensor& logical_or_(const Tensor& self, const Tensor& other);
/// Whether exactly one is true.
Tensor logical_xor(const Tensor& self, const Tensor& other);
const Tensor& logical_xor_(const Tensor& self, const Tensor& other);

// ---- Choice ----

/// self where condition holds, else other. condition: bool, or uint8 as bool ("where expected
/// condition to be a boolean tensor, but got a tensor with dtype Float").
Tensor where(const Tensor& condition, const Tensor& self, const Tensor& other);
Tensor where(const Tensor& condition, const Tensor& self, const Scalar& other);
Tensor where(const Tensor& condition, const Scalar& self, const Tensor& other);

// ---- Operators ----

inline Tensor operator==(const Tensor& a, const Tensor& b) { return eq(a, b); }
inline Tensor operator==(const Tensor& a, const Scalar& b) { return eq(a, b); }
inline Tensor operator!=(const Tensor& a, const Tensor& b) { return ne(a, b); }
inline Tensor operator!=(const Tensor& a, const Scalar& b) { return ne(a, b); }
inline Tensor operator<(const Tensor& a, const Tensor& b) { return lt(a, b); }
inline Tensor operator<(const Tensor& a, const Scalar& b) { return lt(a, b); }
inline Tensor operator<=(const Tensor& a, const Tensor& b) { return le(a, b); }
inline Tensor operator<=(const Tensor& a, const Scalar& b) { return le(a, b); }
inline Tensor operator>(const Tensor& a, const Tensor& b) { return gt(a, b); }
inline Tensor operator>(const Tensor& a, const Scalar& b) { return gt(a, b); }
inline Tensor operator>=(const Tensor& a, const Tensor& b) { return ge(a, b); }
inline Tensor operator>=(const Tensor& a, const Scalar& b) { return ge(a, b); }

}  // namespace cutaway
