// SPDX-License-Identifier: MIT
//
// What a pointwise op does before its kernel runs: refuse what makes no sense, find the dtype in
// which the operands meet, convert them to it, dispatch. Kernels receive operands of one dtype
// whose shapes broadcast.
//
// The checks come in PyTorch's order (overlap, shape, dtype, alpha), so that a call with two faults
// is refused with the same text.
#include "ops_pointwise.h"

#include "catalogue.h"
#include "check.h"
#include "factories.h"
#include "loops.h"
#include "ops_copy.h"

namespace cutaway {

// ---- Promotion ----

namespace {

/// Collects who takes part in an op. Those with dimensions speak first, then 0-d tensors, then
/// numbers; who comes later is heard only if it is of a higher kind.
class Promotion {
 public:
  void add(const Tensor& tensor) {
    if (tensor.impl()->is_wrapped_number()) {
      meet(numbers_, tensor.is_floating_point() ? get_default_dtype() : tensor.dtype());
    } else {
      meet(tensor.dim() == 0 ? zero_dim_ : dimensioned_, tensor.dtype());
    }
  }
  void add(const Scalar& number) {
    meet(numbers_, number.is_floating_point() ? get_default_dtype() : number.dtype());
  }
  DType result() const { return *overrule(dimensioned_, overrule(zero_dim_, numbers_)); }

 private:
  using Vote = std::optional<DType>;  // empty: nobody of this rank takes part

  static void meet(Vote& vote, DType dtype) { vote = vote ? promote_types(*vote, dtype) : dtype; }
  static int kind(DType dtype) { return cutaway::is_floating_point(dtype) ? 2 : dtype != kBool; }
  static Vote overrule(Vote first, Vote later) {
    if (!first || !later) return first ? first : later;
    return kind(*later) > kind(*first) ? later : first;
  }

  Vote dimensioned_, zero_dim_, numbers_;
};

template <class Other>
DType promoted_dtype(const Tensor& self, const Other& other) {
  Promotion promotion;
  promotion.add(self);
  promotion.add(other);
  return promotion.result();
}

/// An operand in the dtype of the op: the tensor itself, or a converted copy. Lives only for the
/// call it is an argument of.
class In {
 public:
  In(const Tensor& tensor, DType dtype) : original_(tensor) {
    if (tensor.dtype() != dtype) converted_ = to(tensor, dtype);
  }
  // Implicit: it stands for the tensor
  operator const Tensor&() const { return converted_.defined() ? converted_ : original_; }

 private:
  const Tensor& original_;
  Tensor converted_;
};

/// A number as operand: 0-d, at once in the dtype of the op. An integer too large for it wraps.
Tensor number(const Scalar& value, DType dtype) {
  Tensor result = empty(IntArrayRef(), dtype);
  visit_dtype(dtype, [&]<class T>(TypeTag<T>) { *result.data<T>() = value.to<T>(); });
  result.impl()->set_wrapped_number();
  return result;
}

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

/// exp, div and their like compute in floating point whatever they are given.
DType floating_dtype(DType dtype) { return is_floating_point(dtype) ? dtype : get_default_dtype(); }

// ---- Checks ----

void check_defined(const Tensor& tensor, int position, const char* name) {
  check(tensor.defined(),
        "Expected a proper Tensor but got None (or an undefined Tensor in C++) for ", "argument #",
        position, " '", name, "'");
}

/// Checks the operands of a binary op; returns the dtype in which they meet.
DType meet(const Tensor& self, const Tensor& other) {
  check_defined(self, 0, "self");
  check_defined(other, 1, "other");
  if (self.sizes() != other.sizes()) broadcast_shapes(self.sizes(), other.sizes());  // may throw
  return promoted_dtype(self, other);
}
DType meet(const Tensor& self, const Scalar& other) {
  check_defined(self, 0, "self");
  return promoted_dtype(self, other);
}

/// Checks that self can be written, and that the operands broadcast to its shape.
void check_in_place(const Tensor& self, const Tensor& other) {
  check_defined(self, 0, "self");
  check_defined(other, 1, "other");
  check_no_internal_overlap(self);
  check_no_partial_overlap(self, other);
  if (self.sizes() == other.sizes()) return;
  const DimVector shape = broadcast_shapes(self.sizes(), other.sizes());
  check(shape == self.sizes(), "output with shape ", self.sizes(),
        " doesn't match the broadcast shape ", shape);
}
void check_in_place(const Tensor& self) {
  check_defined(self, 0, "self");
  check_no_internal_overlap(self);
}
void check_in_place(const Tensor& self, const Scalar&) { check_in_place(self); }

void check_can_hold(const Tensor& self, DType result) {
  check(can_cast(result, self.dtype()), "result type ", result,
        " can't be cast to the desired output type ", self.dtype());
}

/// Checks the operands of an op that writes into self; returns the dtype in which they meet.
template <class Other>
DType meet_in_place(const Tensor& self, const Other& other) {
  check_in_place(self, other);
  const DType dtype = promoted_dtype(self, other);
  check_can_hold(self, dtype);
  return dtype;
}

void check_alpha(const Scalar& alpha, DType dtype) {
  check(!alpha.is_bool() || dtype == kBool, "Boolean alpha only supported for Boolean results.");
  check(is_floating_point(dtype) || !alpha.is_floating_point(),
        "For integral input tensors, argument alpha must not be a floating point number.");
  check_fits(alpha, dtype);
}

/// A number to choose must fit too; but in float16 and bfloat16 too large a one becomes infinite.
void check_number_fits(const Tensor& operand, DType dtype) {
  if (!operand.impl()->is_wrapped_number() || is_half(dtype)) return;
  check_fits(operand.item(), dtype);
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

void check_neg(const Tensor& self) {
  check_defined(self, 0, "self");
  check(
      !is_bool(self),
      "Negation, the `-` operator, on a bool tensor is not supported. If you are trying to invert "
      "a mask, use the `~` or `logical_not()` operator instead.");
}

void check_relu(const Tensor& self) {
  check_defined(self, 0, "self");
  check(!is_bool(self), "Boolean inputs not supported for relu");
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

Tensor operator+(const Scalar& a, const Tensor& b) { return add(b, a); }
Tensor operator-(const Scalar& a, const Tensor& b) {
  check_sub(b, a);
  const DType dtype = meet(b, a);
  return op::sub(number(a, dtype), In(b, dtype), 1);
}
Tensor operator/(const Scalar& a, const Tensor& b) {
  const DType dtype = floating_dtype(meet(b, a));
  return op::div(number(a, dtype), In(b, dtype));
}

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
  return op::pow(number(self, dtype), In(exponent, dtype));
}

// ---- One operand ----

/// Calls a unary op that computes in floating point.
static Tensor call_floating(const op::Unary& unary, const Tensor& self) {
  check_defined(self, 0, "self");
  return unary(In(self, floating_dtype(self.dtype())));
}

Tensor exp(const Tensor& self) { return call_floating(op::exp, self); }
Tensor log(const Tensor& self) { return call_floating(op::log, self); }
Tensor sqrt(const Tensor& self) { return call_floating(op::sqrt, self); }

Tensor neg(const Tensor& self) {
  check_neg(self);
  return op::neg(self);
}

Tensor relu(const Tensor& self) {
  check_relu(self);
  return op::relu(self);
}

Tensor threshold_backward(const Tensor& grad, const Tensor& self, const Scalar& threshold) {
  check_defined(grad, 0, "grad_output");
  const DType dtype = meet(self, grad);
  check_fits(threshold, is_half(dtype) ? kFloat32 : dtype);
  return op::threshold_backward(In(grad, dtype), In(self, dtype), threshold);
}

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

bool equal(const Tensor& self, const Tensor& other) {
  check_defined(self, 0, "self");
  check_defined(other, 1, "other");
  if (self.sizes() != other.sizes()) return false;
  const DType dtype = promoted_dtype(self, other);
  return op::equal(In(self, dtype), In(other, dtype));
}

// ---- Choice ----

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

// ---- In place ----
//
// Where the operands meet in another dtype than self's, the result is computed there and converted
// when it is written: x.add_(y) with a float32 x and a float64 y adds in double.

const Tensor& add_(const Tensor& self, const Tensor& other, const Scalar& alpha) {
  const DType dtype = meet_in_place(self, other);
  check_alpha(alpha, dtype);
  if (dtype != self.dtype()) return copy_(self, add(self, other, alpha));
  return op::add_(self, In(other, dtype), alpha);
}
const Tensor& add_(const Tensor& self, const Scalar& other, const Scalar& alpha) {
  const DType dtype = meet_in_place(self, other);
  check_alpha(alpha, dtype);
  return op::add_(self, number(other, dtype), alpha);
}

const Tensor& sub_(const Tensor& self, const Tensor& other, const Scalar& alpha) {
  check_defined(other, 1, "other");
  check_sub(self, other);
  const DType dtype = meet_in_place(self, other);
  check_alpha(alpha, dtype);
  if (dtype != self.dtype()) return copy_(self, sub(self, other, alpha));
  return op::sub_(self, In(other, dtype), alpha);
}
const Tensor& sub_(const Tensor& self, const Scalar& other, const Scalar& alpha) {
  check_sub(self, other);
  const DType dtype = meet_in_place(self, other);
  check_alpha(alpha, dtype);
  return op::sub_(self, number(other, dtype), alpha);
}

const Tensor& mul_(const Tensor& self, const Tensor& other) {
  const DType dtype = meet_in_place(self, other);
  if (dtype != self.dtype()) return copy_(self, mul(self, other));
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
  if (dtype != self.dtype()) return copy_(self, div(self, other));
  return op::div_(self, In(other, factor_dtype(other, dtype)));
}
const Tensor& div_(const Tensor& self, const Scalar& other) {
  check_in_place(self, other);
  const DType dtype = floating_dtype(promoted_dtype(self, other));
  check_can_hold(self, dtype);
  return op::div_(self, number(other, factor_dtype(other, dtype)));
}

const Tensor& neg_(const Tensor& self) {
  check_neg(self);
  check_in_place(self);
  return op::neg_(self);
}

const Tensor& exp_(const Tensor& self) {
  check_in_place(self);
  check_can_hold(self, floating_dtype(self.dtype()));
  return op::exp_(self);
}

const Tensor& sqrt_(const Tensor& self) {
  check_in_place(self);
  check_can_hold(self, floating_dtype(self.dtype()));
  return op::sqrt_(self);
}

const Tensor& relu_(const Tensor& self) {
  check_relu(self);
  check_in_place(self);
  return op::relu_(self);
}

}  // namespace cutaway
