// SPDX-License-Identifier: MIT
//
// What arithmetic does before its kernel runs; see operands.h. Kernels receive operands of one
// dtype whose shapes broadcast.
#include "ops_pointwise.h"

#include "catalogue.h"
#include "check.h"
#include "operands.h"
#include "ops_copy.h"

namespace cutaway::inline v0_1 {
namespace {

/// The dtype in which a product or quotient takes its second operand. A number, or a 0-d tensor of
/// a wider dtype, is not rounded to float16 or bfloat16 before the arithmetic: x * 0.1 multiplies
/// by the float 0.1, as in PyTorch (which does round it for sums, and where it comes first).
DType factor_dtype(const Tensor& other, DType dtype) {
  const bool stays_wide = is_half(dtype) && other.dim() == 0 && other.is_floating_point();
  return stays_wide && other.dtype() != dtype ? kFloat32 : dtype;
}
DType factor_dtype(const Scalar& other, DType dtype) {
  return is_half(dtype) && other.is_floating_point() ? kFloat32 : dtype;
}

void check_alpha(const Scalar& alpha, DType dtype) {
  check(!alpha.is_bool() || dtype == kBool, "Boolean alpha only supported for Boolean results.");
  check(is_floating_point(dtype) || !alpha.is_floating_point(),
        "For integral input tensors, argument alpha must not be a floating point number.");
  check_fits(alpha, dtype);
}

template <class Other>
bool is_bool(const Other& operand) {
  return operand.dtype() == kBool;
}

template <class Other>
void check_sub(const Tensor& self, const Other& other) {
  check_defined(self, 0, "self");
  check(!is_bool(self) || !is_bool(other),
        "Subtraction, the `-` operator, with two bool tensors is not supported. Use the `^` or "
        "`logical_xor()` operator instead.");
  check(!is_bool(self) && !is_bool(other),
        "Subtraction, the `-` operator, with a bool tensor is not supported. If you are trying to "
        "invert a mask, use the `~` or `logical_not()` operator instead.");
}

}  // namespace

DType result_type(TensorList tensors) {
  check(!tensors.empty(), "result_type needs at least one tensor");
  Promotion promotion;
  for (const Tensor& tensor : tensors) promotion.add(tensor);
  return promotion.result();
}

// ---- Arithmetic ----

Tensor add(const Tensor& self, const Tensor& other, const Scalar& alpha) {
  const DType dtype = meet(self, other);
  check_alpha(alpha, dtype);
  return op::add(In(self, dtype), In(other, dtype), alpha);
}
Tensor add(const Tensor& self, const Scalar& other, const Scalar& alpha) {
  const DType dtype = meet(self, other);
  check_alpha(alpha, dtype);
  return op::add(In(self, dtype), number(other, dtype), alpha);
}

Tensor sub(const Tensor& self, const Tensor& other, const Scalar& alpha) {
  check_defined(other, 1, "other");
  check_sub(self, other);
  const DType dtype = meet(self, other);
  check_alpha(alpha, dtype);
  return op::sub(In(self, dtype), In(other, dtype), alpha);
}
Tensor sub(const Tensor& self, const Scalar& other, const Scalar& alpha) {
  check_sub(self, other);
  const DType dtype = meet(self, other);
  check_alpha(alpha, dtype);
  return op::sub(In(self, dtype), number(other, dtype), alpha);
}

Tensor mul(const Tensor& self, const Tensor& other) {
  const DType dtype = meet(self, other);
  return op::mul(In(self, dtype), In(other, factor_dtype(other, dtype)));
}
Tensor mul(const Tensor& self, const Scalar& other) {
  const DType dtype = meet(self, other);
  return op::mul(In(self, dtype), number(other, factor_dtype(other, dtype)));
}

Tensor div(const Tensor& self, const Tensor& other) {
  const DType dtype = floating_dtype(meet(self, other));
  return op::div(In(self, dtype), In(other, factor_dtype(other, dtype)));
}
Tensor div(const Tensor& self, const Scalar& other) {
  const DType dtype = floating_dtype(meet(self, other));
  return op::div(In(self, dtype), number(other, factor_dtype(other, dtype)));
}

Tensor rsub(const Tensor& self, const Tensor& other, const Scalar& alpha) {
  check_defined(self, 0, "self");
  check_defined(other, 1, "other");
  check_sub(other, self);
  const DType dtype = meet(other, self);
  check_alpha(alpha, dtype);
  return op::rsub(In(self, dtype), In(other, dtype), alpha);
}

Tensor operator+(const Scalar& a, const Tensor& b) { return add(b, a); }
Tensor operator-(const Scalar& a, const Tensor& b) {
  check_sub(b, a);
  const DType dtype = meet(b, a);
  return op::rsub(In(b, dtype), number(a, dtype), 1);
}
Tensor operator/(const Scalar& a, const Tensor& b) {
  const DType dtype = floating_dtype(meet(b, a));
  return op::div(number(a, dtype), In(b, dtype));
}

// ---- Division with a rounded quotient ----

static void check_rounding_mode(std::string_view mode) {
  check(mode == "trunc" || mode == "floor",
        "div expected rounding_mode to be one of None, 'trunc', or 'floor' but found '", mode, "'");
}
Tensor div(const Tensor& self, const Tensor& other, std::optional<std::string_view> rounding_mode) {
  if (!rounding_mode) return div(self, other);
  check_rounding_mode(*rounding_mode);
  const DType dtype = meet(self, other);
  return op::div_mode(In(self, dtype), In(other, dtype), rounding_mode);
}
Tensor floor_divide(const Tensor& self, const Tensor& other) {
  return promoted(op::floor_divide, self, other);
}
Tensor remainder(const Tensor& self, const Tensor& other) {
  return promoted(op::remainder, self, other);
}
Tensor fmod(const Tensor& self, const Tensor& other) { return promoted(op::fmod, self, other); }

// ---- Powers ----

Tensor pow(const Tensor& self, const Tensor& exponent) {
  const DType dtype = meet(self, exponent);
  return op::pow(In(self, dtype), In(exponent, dtype));
}
Tensor pow(const Tensor& self, const Scalar& exponent) {
  const DType dtype = meet(self, exponent);
  if (!is_floating_point(dtype)) {
    check(exponent.to<int64_t>() >= 0, "Integers to negative integer powers are not allowed.");
  }
  check_fits(exponent, dtype);
  return op::pow_scalar(In(self, dtype), exponent);
}
Tensor pow(const Scalar& self, const Tensor& exponent) {
  const DType dtype = meet(exponent, self);
  // Contiguous, whatever the layout of the exponent: so PyTorch makes this result.
  return op::pow(number(self, dtype), In(exponent.contiguous(), dtype));
}

Tensor float_power(const Tensor& self, const Tensor& exponent) {
  return pow(to(self, kFloat64), to(exponent, kFloat64));
}
Tensor float_power(const Tensor& self, const Scalar& exponent) {
  return pow(to(self, kFloat64), exponent.to<double>());
}
Tensor float_power(const Scalar& self, const Tensor& exponent) {
  return pow(self.to<double>(), to(exponent, kFloat64));
}

// ---- Three operands ----

static void check_lerp(const Tensor& self, const Tensor& other, int position, const char* name) {
  check_defined(other, position, name);
  check(self.dtype() == other.dtype(), "expected dtype ", cpp_name_of(self.dtype()), " for `", name,
        "` but got dtype ", cpp_name_of(other.dtype()));
}
static void check_lerp(const Tensor& self, const Tensor& end) {
  check_defined(self, 0, "self");
  check_lerp(self, end, 1, "end");
}
static void check_lerp(const Tensor& self, const Tensor& end, const Tensor& weight) {
  check_lerp(self, end);
  check_lerp(self, weight, 2, "weight");
}

Tensor lerp(const Tensor& self, const Tensor& end, const Tensor& weight) {
  check_lerp(self, end, weight);
  return op::lerp(self, end, weight);
}
Tensor lerp(const Tensor& self, const Tensor& end, const Scalar& weight) {
  check_lerp(self, end);
  return op::lerp_scalar(self, end, weight);
}

static DType meet(const Tensor& self, const Tensor& tensor1, const Tensor& tensor2) {
  check_defined(self, 0, "self");
  check_defined(tensor1, 1, "tensor1");
  check_defined(tensor2, 2, "tensor2");
  return promoted_dtype(self, tensor1, tensor2);
}

Tensor addcmul(const Tensor& self, const Tensor& tensor1, const Tensor& tensor2,
               const Scalar& value) {
  const DType dtype = meet(self, tensor1, tensor2);
  return op::addcmul(In(self, dtype), In(tensor1, dtype), In(tensor2, dtype), value);
}

Tensor addcdiv(const Tensor& self, const Tensor& tensor1, const Tensor& tensor2,
               const Scalar& value) {
  const DType dtype = meet(self, tensor1, tensor2);
  check(tensor1.is_floating_point() || tensor2.is_floating_point(),
        "Integer division with addcdiv is no longer supported, and in a future  release addcdiv "
        "will perform a true division of tensor1 and tensor2. The historic addcdiv behavior can be "
        "implemented as (input + value * torch.trunc(tensor1 / tensor2)).to(input.dtype) for "
        "integer inputs and as (input + value * tensor1 / tensor2) for float inputs. The future "
        "addcdiv behavior is just the latter implementation: (input + value * tensor1 / tensor2), "
        "for all dtypes.");
  return op::addcdiv(In(self, dtype), In(tensor1, dtype), In(tensor2, dtype), value);
}

// ---- In place ----
//
// Where the operands meet in another dtype than self's, the result is computed there and converted
// when it is written: x.add_(y) with a float32 x and a float64 y adds in double. Those below div_
// are made that way always: one pass more over memory, and no loop of their own.

const Tensor& add_(const Tensor& self, const Tensor& other, const Scalar& alpha) {
  const DType dtype = meet_in_place(self, other);
  check_alpha(alpha, dtype);
  if (dtype != self.dtype()) return store(self, add(before_write(self, other), other, alpha));
  return op::add_(self, In(other, dtype), alpha);
}
const Tensor& add_(const Tensor& self, const Scalar& other, const Scalar& alpha) {
  const DType dtype = meet_in_place(self, other);
  check_alpha(alpha, dtype);
  return op::add_(self, number(other, dtype), alpha);
}

const Tensor& sub_(const Tensor& self, const Tensor& other, const Scalar& alpha) {
  check_may_write(self, other);
  check_defined(other, 1, "other");
  check_sub(self, other);
  const DType dtype = meet_in_place(self, other);
  check_alpha(alpha, dtype);
  if (dtype != self.dtype()) return store(self, sub(before_write(self, other), other, alpha));
  return op::sub_(self, In(other, dtype), alpha);
}
const Tensor& sub_(const Tensor& self, const Scalar& other, const Scalar& alpha) {
  check_may_write(self);
  check_sub(self, other);
  const DType dtype = meet_in_place(self, other);
  check_alpha(alpha, dtype);
  return op::sub_(self, number(other, dtype), alpha);
}

const Tensor& mul_(const Tensor& self, const Tensor& other) {
  const DType dtype = meet_in_place(self, other);
  if (dtype != self.dtype()) return store(self, mul(before_write(self, other), other));
  return op::mul_(self, In(other, factor_dtype(other, dtype)));
}
const Tensor& mul_(const Tensor& self, const Scalar& other) {
  const DType dtype = meet_in_place(self, other);
  return op::mul_(self, number(other, factor_dtype(other, dtype)));
}

const Tensor& div_(const Tensor& self, const Tensor& other) {
  check_in_place(self, other);
  const DType dtype = floating_dtype(promoted_dtype(self, other));
  check_can_hold(self, dtype);
  if (dtype != self.dtype()) return store(self, div(before_write(self, other), other));
  return op::div_(self, In(other, factor_dtype(other, dtype)));
}
const Tensor& div_(const Tensor& self, const Scalar& other) {
  check_in_place(self, other);
  const DType dtype = floating_dtype(promoted_dtype(self, other));
  check_can_hold(self, dtype);
  return op::div_(self, number(other, factor_dtype(other, dtype)));
}

const Tensor& div_(const Tensor& self, const Tensor& other,
                   std::optional<std::string_view> rounding_mode) {
  check_may_write(self, other);
  if (rounding_mode) check_rounding_mode(*rounding_mode);
  check_in_place(self, other);
  return store(self, div(before_write(self, other, rounding_mode), other, rounding_mode));
}
const Tensor& floor_divide_(const Tensor& self, const Tensor& other) {
  meet_in_place(self, other);
  return op::floor_divide_(self, other);
}
const Tensor& remainder_(const Tensor& self, const Tensor& other) {
  meet_in_place(self, other);
  return store(self, remainder(before_write(self, other), other));
}
const Tensor& fmod_(const Tensor& self, const Tensor& other) {
  meet_in_place(self, other);
  return store(self, fmod(before_write(self, other), other));
}
const Tensor& pow_(const Tensor& self, const Tensor& exponent) {
  meet_in_place(self, exponent);
  return store(self, pow(before_write(self, exponent), exponent));
}
const Tensor& pow_(const Tensor& self, const Scalar& exponent) {
  meet_in_place(self, exponent);
  return store(self, pow(before_write(self, exponent), exponent));
}

static void check_float_power(const Tensor& self) {
  check(self.dtype() == kFloat64, "the base given to float_power_ has dtype ", self.dtype(),
        " but the operation's result requires dtype Double");
}
const Tensor& float_power_(const Tensor& self, const Tensor& exponent) {
  check_float_power(self);
  check_in_place(self, exponent);
  return store(self, float_power(before_write(self, exponent), exponent));
}
const Tensor& float_power_(const Tensor& self, const Scalar& exponent) {
  check_float_power(self);
  check_in_place(self, exponent);
  return store(self, float_power(before_write(self, exponent), exponent));
}
const Tensor& lerp_(const Tensor& self, const Tensor& end, const Tensor& weight) {
  check_may_write(self, end, weight);
  check_lerp(self, end, weight);
  check_in_place(self, end, weight);
  return store(self, lerp(before_write(self, end, weight), end, weight));
}
const Tensor& lerp_(const Tensor& self, const Tensor& end, const Scalar& weight) {
  check_may_write(self, end);
  check_lerp(self, end);
  check_in_place(self, end);
  return store(self, lerp(before_write(self, end, weight), end, weight));
}
const Tensor& addcmul_(const Tensor& self, const Tensor& tensor1, const Tensor& tensor2,
                       const Scalar& value) {
  check_in_place(self, tensor1, tensor2);
  return store(self, addcmul(before_write(self, tensor1, tensor2, value), tensor1, tensor2, value));
}
const Tensor& addcdiv_(const Tensor& self, const Tensor& tensor1, const Tensor& tensor2,
                       const Scalar& value) {
  check_in_place(self, tensor1, tensor2);
  return store(self, addcdiv(before_write(self, tensor1, tensor2, value), tensor1, tensor2, value));
}

}  // namespace cutaway
