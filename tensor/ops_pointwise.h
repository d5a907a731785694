// SPDX-License-Identifier: MIT
//
// Pointwise ops: each element of the result depends on one element of each argument.
//
// Unless a line says otherwise: arguments broadcast against each other; their dtypes are promoted
// (`result_type`); the result is a new tensor, laid out in memory as the arguments are. A Scalar
// argument has the least say in promotion. The in-place form (trailing `_`) writes into `self`,
// whose shape and dtype must be able to hold the result:
//   "output with shape [3] doesn't match the broadcast shape [2, 3]"
//   "result type Float can't be cast to the desired output type Long".
//
// PyTorch counterpart: torch.add, torch.mul, ...; ATen/native/BinaryOps.cpp, UnaryOps.cpp.
#pragma once

#include "tensor.h"

namespace cutaway {

/// The dtype in which arguments meet: by PyTorch's rule, tensors with dimensions come before 0-d
/// tensors, which come before numbers; a later category has a say only if it is of a higher kind
/// (bool < integer < floating point).
DType result_type(TensorList tensors);

/// self + alpha * other. Bool tensors take no floating alpha.
Tensor add(const Tensor& self, const Tensor& other, const Scalar& alpha = 1);
Tensor add(const Tensor& self, const Scalar& other, const Scalar& alpha = 1);
/// self - alpha * other. Throws for two bool tensors, as PyTorch does.
Tensor sub(const Tensor& self, const Tensor& other, const Scalar& alpha = 1);
Tensor sub(const Tensor& self, const Scalar& other, const Scalar& alpha = 1);
/// self * other
Tensor mul(const Tensor& self, const Tensor& other);
Tensor mul(const Tensor& self, const Scalar& other);
/// self / other, true division: integers give the default floating dtype.
Tensor div(const Tensor& self, const Tensor& other);
Tensor div(const Tensor& self, const Scalar& other);
/// self ^ exponent. Integers to a negative integer Scalar power throw ("Integers to negative
/// integer powers are not allowed.").
Tensor pow(const Tensor& self, const Tensor& exponent);
Tensor pow(const Tensor& self, const Scalar& exponent);
Tensor pow(const Scalar& self, const Tensor& exponent);

/// -self. Throws for bool.
Tensor neg(const Tensor& self);
/// e^self; integers give the default floating dtype.
Tensor exp(const Tensor& self);
/// Natural logarithm; integers give the default floating dtype.
Tensor log(const Tensor& self);
/// Square root; integers give the default floating dtype.
Tensor sqrt(const Tensor& self);
/// max(self, 0). Throws for bool. NaN stays NaN.
Tensor relu(const Tensor& self);
/// relu's gradient: `grad` where self > threshold, else 0. NaN in self lets grad through, as in
/// PyTorch.
Tensor threshold_backward(const Tensor& grad, const Tensor& self, const Scalar& threshold);

/// Comparisons give bool tensors; the arguments are compared in their promoted dtype.
Tensor eq(const Tensor& self, const Tensor& other);
Tensor eq(const Tensor& self, const Scalar& other);
Tensor ne(const Tensor& self, const Tensor& other);
Tensor ne(const Tensor& self, const Scalar& other);
Tensor lt(const Tensor& self, const Tensor& other);
Tensor lt(const Tensor& self, const Scalar& other);
Tensor le(const Tensor& self, const Tensor& other);
Tensor le(const Tensor& self, const Scalar& other);
Tensor gt(const Tensor& self, const Tensor& other);
Tensor gt(const Tensor& self, const Scalar& other);
Tensor ge(const Tensor& self, const Tensor& other);
Tensor ge(const Tensor& self, const Scalar& other);

/// self where condition holds, else other. condition: bool, or uint8 as bool ("where expected
/// condition to be a boolean tensor, but got a tensor with dtype Float").
Tensor where(const Tensor& condition, const Tensor& self, const Tensor& other);
Tensor where(const Tensor& condition, const Tensor& self, const Scalar& other);
Tensor where(const Tensor& condition, const Scalar& self, const Tensor& other);

const Tensor& add_(const Tensor& self, const Tensor& other, const Scalar& alpha = 1);
const Tensor& add_(const Tensor& self, const Scalar& other, const Scalar& alpha = 1);
const Tensor& sub_(const Tensor& self, const Tensor& other, const Scalar& alpha = 1);
const Tensor& sub_(const Tensor& self, const Scalar& other, const Scalar& alpha = 1);
const Tensor& mul_(const Tensor& self, const Tensor& other);
const Tensor& mul_(const Tensor& self, const Scalar& other);
const Tensor& div_(const Tensor& self, const Tensor& other);
const Tensor& div_(const Tensor& self, const Scalar& other);
const Tensor& neg_(const Tensor& self);
const Tensor& exp_(const Tensor& self);
const Tensor& sqrt_(const Tensor& self);
const Tensor& relu_(const Tensor& self);

/// Whether both have the same shape and the same elements in their promoted dtype. NaN equals
/// nothing.
bool equal(const Tensor& self, const Tensor& other);

// ---- Operators ----

inline Tensor operator+(const Tensor& a, const Tensor& b) { return add(a, b); }
inline Tensor operator+(const Tensor& a, const Scalar& b) { return add(a, b); }
Tensor operator+(const Scalar& a, const Tensor& b);
inline Tensor operator-(const Tensor& a, const Tensor& b) { return sub(a, b); }
inline Tensor operator-(const Tensor& a, const Scalar& b) { return sub(a, b); }
Tensor operator-(const Scalar& a, const Tensor& b);
inline Tensor operator*(const Tensor& a, const Tensor& b) { return mul(a, b); }
inline Tensor operator*(const Tensor& a, const Scalar& b) { return mul(a, b); }
inline Tensor operator*(const Scalar& a, const Tensor& b) { return mul(b, a); }
inline Tensor operator/(const Tensor& a, const Tensor& b) { return div(a, b); }
inline Tensor operator/(const Tensor& a, const Scalar& b) { return div(a, b); }
Tensor operator/(const Scalar& a, const Tensor& b);
inline Tensor operator-(const Tensor& a) { return neg(a); }

inline const Tensor& operator+=(const Tensor& a, const Tensor& b) { return a.add_(b); }
inline const Tensor& operator+=(const Tensor& a, const Scalar& b) { return a.add_(b); }
inline const Tensor& operator-=(const Tensor& a, const Tensor& b) { return a.sub_(b); }
inline const Tensor& operator-=(const Tensor& a, const Scalar& b) { return a.sub_(b); }
inline const Tensor& operator*=(const Tensor& a, const Tensor& b) { return a.mul_(b); }
inline const Tensor& operator*=(const Tensor& a, const Scalar& b) { return a.mul_(b); }
inline const Tensor& operator/=(const Tensor& a, const Tensor& b) { return a.div_(b); }
inline const Tensor& operator/=(const Tensor& a, const Scalar& b) { return a.div_(b); }

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
