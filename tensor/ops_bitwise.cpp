// SPDX-License-Identifier: MIT
#include "ops_bitwise.h"

#include "catalogue.h"
#include "check.h"
#include "operands.h"

namespace cutaway::inline v0_1 {

/// Calls an op of integers; `kernel` is its name in PyTorch's error.
static Tensor integers(const op::Binary& op, const char* kernel, const Tensor& self,
                       const Tensor& other) {
  const DType dtype = meet(self, other);
  check_implemented(!is_floating_point(dtype), "\"", kernel, "\" not implemented for '", dtype,
                    "'");
  return op(In(self, dtype), In(other, dtype));
}

Tensor bitwise_and(const Tensor& self, const Tensor& other) {
  return integers(op::bitwise_and, "bitwise_and_cpu", self, other);
}
const Tensor& bitwise_and_(const Tensor& self, const Tensor& other) {
  meet_in_place(self, other);
  return store(self, bitwise_and(before_write(self, other), other));
}
Tensor bitwise_or(const Tensor& self, const Tensor& other) {
  return integers(op::bitwise_or, "bitwise_or_cpu", self, other);
}
const Tensor& bitwise_or_(const Tensor& self, const Tensor& other) {
  meet_in_place(self, other);
  return store(self, bitwise_or(before_write(self, other), other));
}
Tensor bitwise_xor(const Tensor& self, const Tensor& other) {
  return integers(op::bitwise_xor, "bitwise_xor_cpu", self, other);
}
const Tensor& bitwise_xor_(const Tensor& self, const Tensor& other) {
  meet_in_place(self, other);
  return store(self, bitwise_xor(before_write(self, other), other));
}
Tensor bitwise_left_shift(const Tensor& self, const Tensor& other) {
  return integers(op::bitwise_left_shift, "lshift_cpu", self, other);
}
const Tensor& bitwise_left_shift_(const Tensor& self, const Tensor& other) {
  meet_in_place(self, other);
  return store(self, bitwise_left_shift(before_write(self, other), other));
}
Tensor bitwise_right_shift(const Tensor& self, const Tensor& other) {
  return integers(op::bitwise_right_shift, "rshift_cpu", self, other);
}
const Tensor& bitwise_right_shift_(const Tensor& self, const Tensor& other) {
  meet_in_place(self, other);
  return store(self, bitwise_right_shift(before_write(self, other), other));
}
Tensor gcd(const Tensor& self, const Tensor& other) {
  return integers(op::gcd, "gcd_cpu", self, other);
}
const Tensor& gcd_(const Tensor& self, const Tensor& other) {
  meet_in_place(self, other);
  return store(self, gcd(before_write(self, other), other));
}
Tensor lcm(const Tensor& self, const Tensor& other) {
  return integers(op::lcm, "lcm_cpu", self, other);
}
const Tensor& lcm_(const Tensor& self, const Tensor& other) {
  meet_in_place(self, other);
  return store(self, lcm(before_write(self, other), other));
}

Tensor bitwise_not(const Tensor& self) {
  check_defined(self, 0, "self");
  check_implemented(!self.is_floating_point(), "\"bitwise_not_cpu\" not implemented for '",
                    self.dtype(), "'");
  return op::bitwise_not(self);
}
const Tensor& bitwise_not_(const Tensor& self) {
  check_in_place(self);
  return store(self, bitwise_not(before_write(self)));
}

}  // namespace cutaway
