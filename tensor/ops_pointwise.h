// SPDX-License-Identifier: MIT
//
// Arithmetic, element by element.
//
// Unless a line says otherwise: arguments broadcast against each other; their dtypes are promoted
// (`result_type`); the result is a new tensor, laid out in memory as the arguments are. A Scalar
// argument has the least say in promotion. The in-place form (trailing `_`) writes into `self`,
// whose shape and dtype must be able to hold the result:
//   "output with shape [3] doesn't match the broadcast shape [2, 3]"
//   "result type Float can't be cast to the desired output type Long".
//
// PyTorch counterpart: torch.add, torch.mul, ...; ATen/native/BinaryOps.cpp, Pow.cpp, Lerp.cpp,
// PointwiseOps.cpp.
#pragma once

#include <string_view>

#include "factories.h"
#include "tensor.h"

namespace cutaway::inline v0_1 {

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
/// other - alpha * self
Tensor rsub(const Tensor& self, const Tensor& other, const Scalar& alpha = 1);
inline Tensor rsub(const Tensor& self, const Scalar& other, const Scalar& alpha = 1) {
  return rsub(self, wrapped_number(other), alpha);
}
/// self / other, true division: integers give the default floating dtype.
Tensor div(const Tensor& self, const Tensor& other);
Tensor div(const Tensor& self, const Scalar& other);
/// The quotient rounded: "trunc" towards 0, "floor" downwards; none is true division. The dtype is
/// the promoted one; integers divided by 0 throw "ZeroDivisionError".
Tensor div(const Tensor& self, const Tensor& other, std::optional<std::string_view> rounding_mode);
inline Tensor div(const Tensor& self, const Scalar& other,
                  std::optional<std::string_view> rounding_mode) {
  return div(self, wrapped_number(other), rounding_mode);
}
/// div with "floor"; has no gradient.
Tensor floor_divide(const Tensor& self, const Tensor& other);
inline Tensor floor_divide(const Tensor& self, const Scalar& other) {
  return floor_divide(self, wrapped_number(other));
}
/// What floor_divide leaves: self - other * floor(self / other), with the sign of other; Python's
/// %.
Tensor remainder(const Tensor& self, const Tensor& other);
inline Tensor remainder(const Tensor& self, const Scalar& other) {
  return remainder(self, wrapped_number(other));
}
inline Tensor remainder(const Scalar& self, const Tensor& other) {
  return remainder(wrapped_number(self), other);
}
/// What division rounded towards 0 leaves, with the sign of self; C's fmod.
Tensor fmod(const Tensor& self, const Tensor& other);
inline Tensor fmod(const Tensor& self, const Scalar& other) {
  return fmod(self, wrapped_number(other));
}
/// self ^ exponent. Integers to a negative integer Scalar power throw ("Integers to negative
/// integer powers are not allowed.").
Tensor pow(const Tensor& self, const Tensor& exponent);
Tensor pow(const Tensor& self, const Scalar& exponent);
Tensor pow(const Scalar& self, const Tensor& exponent);
/// self ^ exponent in float64.
Tensor float_power(const Tensor& self, const Tensor& exponent);
Tensor float_power(const Tensor& self, const Scalar& exponent);
Tensor float_power(const Scalar& self, const Tensor& exponent);

/// self + weight * (end - self): self for 0, end for 1. All of one dtype ("expected dtype float for
/// `end` but got dtype double"), floating point.
Tensor lerp(const Tensor& self, const Tensor& end, const Tensor& weight);
Tensor lerp(const Tensor& self, const Tensor& end, const Scalar& weight);
/// self + value * tensor1 * tensor2
Tensor addcmul(const Tensor& self, const Tensor& tensor1, const Tensor& tensor2,
               const Scalar& value = 1);
/// self + value * tensor1 / tensor2. Throws where both are of integers.
Tensor addcdiv(const Tensor& self, const Tensor& tensor1, const Tensor& tensor2,
               const Scalar& value = 1);

// ---- In place ----

const Tensor& add_(const Tensor& self, const Tensor& other, const Scalar& alpha = 1);
const Tensor& add_(const Tensor& self, const Scalar& other, const Scalar& alpha = 1);
const Tensor& sub_(const Tensor& self, const Tensor& other, const Scalar& alpha = 1);
const Tensor& sub_(const Tensor& self, const Scalar& other, const Scalar& alpha = 1);
const Tensor& mul_(const Tensor& self, const Tensor& other);
const Tensor& mul_(const Tensor& self, const Scalar& other);
const Tensor& div_(const Tensor& self, const Tensor& other);
const Tensor& div_(const Tensor& self, const Scalar& other);
const Tensor& div_(const Tensor& self, const Tensor& other,
                   std::optional<std::string_view> rounding_mode);
inline const Tensor& div_(const Tensor& self, const Scalar& other,
                          std::optional<std::string_view> rounding_mode) {
  return div_(self, wrapped_number(other), rounding_mode);
}
const Tensor& floor_divide_(const Tensor& self, const Tensor& other);
inline const Tensor& floor_divide_(const Tensor& self, const Scalar& other) {
  return floor_divide_(self, wrapped_number(other));
}
const Tensor& remainder_(const Tensor& self, const Tensor& other);
inline const Tensor& remainder_(const Tensor& self, const Scalar& other) {
  return remainder_(self, wrapped_number(other));
}
const Tensor& fmod_(const Tensor& self, const Tensor& other);
inline const Tensor& fmod_(const Tensor& self, const Scalar& other) {
  return fmod_(self, wrapped_number(other));
}
const Tensor& pow_(const Tensor& self, const Tensor& exponent);
const Tensor& pow_(const Tensor& self, const Scalar& exponent);
/// self must be float64.
const Tensor& float_power_(const Tensor& self, const Tensor& exponent);
const Tensor& float_power_(const Tensor& self, const Scalar& exponent);
const Tensor& lerp_(const Tensor& self, const Tensor& end, const Tensor& weight);
const Tensor& lerp_(const Tensor& self, const Tensor& end, const Scalar& weight);
const Tensor& addcmul_(const Tensor& self, const Tensor& tensor1, const Tensor& tensor2,
                       const Scalar& value = 1);
const Tensor& addcdiv_(const Tensor& self, const Tensor& tensor1, const Tensor& tensor2,
                       const Scalar& value = 1);

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
/// remainder: the sign is that of b, as in Python, not in C.
inline Tensor operator%(const Tensor& a, const Tensor& b) { return remainder(a, b); }
inline Tensor operator%(const Tensor& a, const Scalar& b) { return remainder(a, b); }
inline Tensor operator%(const Scalar& a, const Tensor& b) { return remainder(a, b); }

inline const Tensor& operator+=(const Tensor& a, const Tensor& b) { return a.add_(b); }
inline const Tensor& operator+=(const Tensor& a, const Scalar& b) { return a.add_(b); }
inline const Tensor& operator-=(const Tensor& a, const Tensor& b) { return a.sub_(b); }
inline const Tensor& operator-=(const Tensor& a, const Scalar& b) { return a.sub_(b); }
inline const Tensor& operator*=(const Tensor& a, const Tensor& b) { return a.mul_(b); }
inline const Tensor& operator*=(const Tensor& a, const Scalar& b) { return a.mul_(b); }
inline const Tensor& operator/=(const Tensor& a, const Tensor& b) { return a.div_(b); }
inline const Tensor& operator/=(const Tensor& a, const Scalar& b) { return a.div_(b); }
inline const Tensor& operator%=(const Tensor& a, const Tensor& b) { return remainder_(a, b); }
inline const Tensor& operator%=(const Tensor& a, const Scalar& b) { return remainder_(a, b); }

}  // namespace cutaway
