// SPDX-License-Identifier: MIT
//
// Functions of integers, element by element. Bitwise and, or, xor and not take bools too, as single
// bits. Floating point throws: "bitwise_and_cpu" not implemented for 'Float'.
//
// Arguments broadcast against each other; the result has the promoted dtype. The in-place form
// (trailing `_`) writes into self.
//
// PyTorch counterpart: torch.bitwise_and, ...; ATen/native/BinaryOps.cpp.
#pragma once

#include "factories.h"
#include "tensor.h"

namespace cutaway::inline v0_1 {

/// The bits set in both.
Tensor bitwise_and(const Tensor& self, const Tensor& other);
inline Tensor bitwise_and(const Tensor& self, const Scalar& other) {
  return bitwise_and(self, wrapped_number(other));
}
const Tensor& bitwise_and_(const Tensor& self, const Tensor& other);
inline const Tensor& bitwise_and_(const Tensor& self, const Scalar& other) {
  return bitwise_and_(self, wrapped_number(other));
}
/// The bits set in one or both.
Tensor bitwise_or(const Tensor& self, const Tensor& other);
inline Tensor bitwise_or(const Tensor& self, const Scalar& other) {
  return bitwise_or(self, wrapped_number(other));
}
const Tensor& bitwise_or_(const Tensor& self, const Tensor& other);
inline const Tensor& bitwise_or_(const Tensor& self, const Scalar& other) {
  return bitwise_or_(self, wrapped_number(other));
}
/// The bits set in exactly one.
Tensor bitwise_xor(const Tensor& self, const Tensor& other);
inline Tensor bitwise_xor(const Tensor& self, const Scalar& other) {
  return bitwise_xor(self, wrapped_number(other));
}
const Tensor& bitwise_xor_(const Tensor& self, const Tensor& other);
inline const Tensor& bitwise_xor_(const Tensor& self, const Scalar& other) {
  return bitwise_xor_(self, wrapped_number(other));
}
/// self * 2^other; 0 where all bits are shifted out.
Tensor bitwise_left_shift(const Tensor& self, const Tensor& other);
inline Tensor bitwise_left_shift(const Tensor& self, const Scalar& other) {
  return bitwise_left_shift(self, wrapped_number(other));
}
const Tensor& bitwise_left_shift_(const Tensor& self, const Tensor& other);
inline const Tensor& bitwise_left_shift_(const Tensor& self, const Scalar& other) {
  return bitwise_left_shift_(self, wrapped_number(other));
}
/// self / 2^other, rounded downwards.
Tensor bitwise_right_shift(const Tensor& self, const Tensor& other);
inline Tensor bitwise_right_shift(const Tensor& self, const Scalar& other) {
  return bitwise_right_shift(self, wrapped_number(other));
}
const Tensor& bitwise_right_shift_(const Tensor& self, const Tensor& other);
inline const Tensor& bitwise_right_shift_(const Tensor& self, const Scalar& other) {
  return bitwise_right_shift_(self, wrapped_number(other));
}
/// Every bit the other way; for bool, not.
Tensor bitwise_not(const Tensor& self);
const Tensor& bitwise_not_(const Tensor& self);
/// The greatest common divisor, 0 or more.
Tensor gcd(const Tensor& self, const Tensor& other);
const Tensor& gcd_(const Tensor& self, const Tensor& other);
/// The least common multiple, 0 or more.
Tensor lcm(const Tensor& self, const Tensor& other);
const Tensor& lcm_(const Tensor& self, const Tensor& other);

// ---- Operators ----

inline Tensor operator~(const Tensor& a) { return bitwise_not(a); }
inline Tensor operator&(const Tensor& a, const Tensor& b) { return bitwise_and(a, b); }
inline Tensor operator&(const Tensor& a, const Scalar& b) { return bitwise_and(a, b); }
inline Tensor operator|(const Tensor& a, const Tensor& b) { return bitwise_or(a, b); }
inline Tensor operator|(const Tensor& a, const Scalar& b) { return bitwise_or(a, b); }
inline Tensor operator^(const Tensor& a, const Tensor& b) { return bitwise_xor(a, b); }
inline Tensor operator^(const Tensor& a, const Scalar& b) { return bitwise_xor(a, b); }
inline Tensor operator<<(const Tensor& a, const Tensor& b) { return bitwise_left_shift(a, b); }
inline Tensor operator<<(const Tensor& a, const Scalar& b) { return bitwise_left_shift(a, b); }
inline Tensor operator>>(const Tensor& a, const Tensor& b) { return bitwise_right_shift(a, b); }
inline Tensor operator>>(const Tensor& a, const Scalar& b) { return bitwise_right_shift(a, b); }
inline const Tensor& operator&=(const Tensor& a, const Tensor& b) { return bitwise_and_(a, b); }
inline const Tensor& operator&=(const Tensor& a, const Scalar& b) { return bitwise_and_(a, b); }
inline const Tensor& operator|=(const Tensor& a, const Tensor& b) { return bitwise_or_(a, b); }
inline const Tensor& operator|=(const Tensor& a, const Scalar& b) { return bitwise_or_(a, b); }
inline const Tensor& operator^=(const Tensor& a, const Tensor& b) { return bitwise_xor_(a, b); }
inline const Tensor& operator^=(const Tensor& a, const Scalar& b) { return bitwise_xor_(a, b); }
inline const Tensor& operator<<=(const Tensor& a, const Tensor& b) {
  return bitwise_left_shift_(a, b);
}
inline const Tensor& operator<<=(const Tensor& a, const Scalar& b) {
  return bitwise_left_shift_(a, b);
}
inline const Tensor& operator>>=(const Tensor& a, const Tensor& b) {
  return bitwise_right_shift_(a, b);
}
inline const Tensor& operator>>=(const Tensor& a, const Scalar& b) {
  return bitwise_right_shift_(a, b);
}

}  // namespace cutaway
