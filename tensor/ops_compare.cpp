// SPDX-License-Identifier: MIT
#include "ops_compare.h"

#include <limits>

#include "catalogue.h"
#include "check.h"
#include "operands.h"
#include "ops_bitwise.h"
#include "ops_copy.h"
#include "ops_pointwise.h"
#include "ops_unary.h"

namespace cutaway::inline v0_1 {

// ---- Comparisons ----

static Tensor compare(const op::Binary& comparison, const Tensor& self, const Tensor& other) {
  const DType dtype = meet(self, other);
  return comparison(In(self, dtype), In(other, dtype));
}
static Tensor compare(const op::Binary& comparison, const Tensor& self, const Scalar& other) {
  const DType dtype = meet(self, other);
  return comparison(In(self, dtype), number(other, dtype));
}

Tensor eq(const Tensor& self, const Tensor& other) { return compare(op::eq, self, other); }
Tensor eq(const Tensor& self, const Scalar& other) { return compare(op::eq, self, other); }
Tensor ne(const Tensor& self, const Tensor& other) { return compare(op::ne, self, other); }
Tensor ne(const Tensor& self, const Scalar& other) { return compare(op::ne, self, other); }
Tensor lt(const Tensor& self, const Tensor& other) { return compare(op::lt, self, other); }
Tensor lt(const Tensor& self, const Scalar& other) { return compare(op::lt, self, other); }
Tensor le(const Tensor& self, const Tensor& other) { return compare(op::le, self, other); }
Tensor le(const Tensor& self, const Scalar& other) { return compare(op::le, self, other); }
Tensor gt(const Tensor& self, const Tensor& other) { return compare(op::gt, self, other); }
Tensor gt(const Tensor& self, const Scalar& other) { return compare(op::gt, self, other); }
Tensor ge(const Tensor& self, const Tensor& other) { return compare(op::ge, self, other); }
Tensor ge(const Tensor& self, const Scalar& other) { return compare(op::ge, self, other); }

const Tensor& eq_(const Tensor& self, const Tensor& other) {
  check_in_place(self, other);
  return op::eq_(self, other);
}
const Tensor& ne_(const Tensor& self, const Tensor& other) {
  check_in_place(self, other);
  return op::ne_(self, other);
}
const Tensor& lt_(const Tensor& self, const Tensor& other) {
  check_in_place(self, other);
  return op::lt_(self, other);
}
const Tensor& le_(const Tensor& self, const Tensor& other) {
  check_in_place(self, other);
  return op::le_(self, other);
}
const Tensor& gt_(const Tensor& self, const Tensor& other) {
  check_in_place(self, other);
  return op::gt_(self, other);
}
const Tensor& ge_(const Tensor& self, const Tensor& other) {
  check_in_place(self, other);
  return op::ge_(self, other);
}

bool equal(const Tensor& self, const Tensor& other) {
  check_defined(self, 0, "self");
  check_defined(other, 1, "other");
  if (self.sizes() != other.sizes()) return false;
  const DType dtype = promoted_dtype(self, other);
  return op::equal(In(self, dtype), In(other, dtype));
}

Tensor isclose(const Tensor& self, const Tensor& other, double rtol, double atol, bool equal_nan) {
  check_defined(self, 0, "self");
  check_defined(other, 1, "other");
  check(self.dtype() == other.dtype(), legacy_name_of(self.dtype()), " did not match ",
        other.dtype());
  check(rtol >= 0, "rtol must be greater than or equal to zero, but got ", rtol);
  check(atol >= 0, "atol must be greater than or equal to zero, but got ", atol);
  Tensor close = eq(self, other);
  if (equal_nan) close = bitwise_or(close, bitwise_and(isnan(self), isnan(other)));
  if (rtol == 0 && atol == 0) return close;
  const DType dtype = floating_dtype(self.dtype());
  const Tensor a = self.detach().to(dtype), b = other.detach().to(dtype);
  const Tensor error = abs(a - b);
  return bitwise_or(close, bitwise_and(isfinite(error), le(error, abs(b * rtol) + atol)));
}

bool allclose(const Tensor& self, const Tensor& other, double rtol, double atol, bool equal_nan) {
  const Tensor close = isclose(self, other, rtol, atol, equal_nan);
  return equal(close, ones_like(close));
}

// ---- What kind of number ----

static constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// eq for floating point; false for what cannot hold `special`.
static Tensor is_special(const Tensor& self, double special) {
  check_defined(self, 0, "self");
  return self.is_floating_point() ? eq(self, special) : zeros_like(self, kBool);
}

Tensor isnan(const Tensor& self) { return ne(self, self); }
Tensor isinf(const Tensor& self) {
  return is_special(self.is_floating_point() ? abs(self.detach()) : self, kInfinity);
}
Tensor isposinf(const Tensor& self) { return is_special(self, kInfinity); }
Tensor isneginf(const Tensor& self) { return is_special(self, -kInfinity); }
Tensor isfinite(const Tensor& self) {
  if (!self.is_floating_point()) return isreal(self);
  return lt(abs(self.detach()), kInfinity);
}
Tensor isreal(const Tensor& self) { return ones_like(self, kBool); }

// ---- Logic. In place, autograd takes no note of it, as in PyTorch: self keeps its history, and a
// leaf that requires a gradient may be written. ----

Tensor logical_not(const Tensor& self) { return eq(self, false); }
const Tensor& logical_not_(const Tensor& self) {
  const ExcludeKeys unrecorded(Key::Autograd);
  check_in_place(self);
  return copy_(self, logical_not(self));
}
Tensor logical_and(const Tensor& self, const Tensor& other) {
  return compare(op::logical_and, self, other);
}
const Tensor& logical_and_(const Tensor& self, const Tensor& other) {
  const ExcludeKeys unrecorded(Key::Autograd);
  check_in_place(self, other);
  return copy_(self, logical_and(self, other));
}
Tensor logical_or(const Tensor& self, const Tensor& other) {
  return compare(op::logical_or, self, other);
}
const Tensor& logical_or_(const Tensor& self, const Tensor& other) {
  const ExcludeKeys unrecorded(Key::Autograd);
  check_in_place(self, other);
  return copy_(self, logical_or(self, other));
}
Tensor logical_xor(const Tensor& self, const Tensor& other) {
  return compare(op::logical_xor, self, other);
}
const Tensor& logical_xor_(const Tensor& self, const Tensor& other) {
  const ExcludeKeys unrecorded(Key::Autograd);
  check_in_place(self, other);
  return copy_(self, logical_xor(self, other));
}

// ---- Choice ----

/// A number to choose must fit too; but in float16 and bfloat16 too large a one becomes infinite.
static void check_number_fits(const Tensor& operand, DType dtype) {
  if (!operand.impl()->is_wrapped_number() || is_half(dtype)) return;
  check_fits(operand.item(), dtype);
}

Tensor where(const Tensor& condition, const Tensor& self, const Tensor& other) {
  check_defined(condition, 0, "condition");
  check_defined(self, 1, "self");
  check_defined(other, 2, "other");
  check(condition.dtype() == kBool || condition.dtype() == kUInt8,
        "where expected condition to be a boolean tensor, but got a tensor with dtype ",
        condition.dtype());
  broadcast_shapes(broadcast_shapes(condition.sizes(), self.sizes()), other.sizes());  // may throw
  const DType dtype = promoted_dtype(self, other);
  check_number_fits(self, dtype);
  check_number_fits(other, dtype);
  return op::where(In(condition, kBool), In(self, dtype), In(other, dtype));
}
Tensor where(const Tensor& condition, const Tensor& self, const Scalar& other) {
  return where(condition, self, wrapped_number(other));
}
Tensor where(const Tensor& condition, const Scalar& self, const Tensor& other) {
  return where(condition, wrapped_number(self), other);
}

}  // namespace cutaway
