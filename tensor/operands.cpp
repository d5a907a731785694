// SPDX-License-Identifier: MIT
#include "operands.h"

#include "check.h"
#include "loops.h"
#include "ops_copy.h"

namespace cutaway::inline v0_1 {

// ---- The dtype in which operands meet ----

void Promotion::add(const Tensor& tensor) {
  if (tensor.impl()->is_wrapped_number()) {
    meet(numbers_, tensor.is_floating_point() ? get_default_dtype() : tensor.dtype());
  } else {
    meet(tensor.dim() == 0 ? zero_dim_ : dimensioned_, tensor.dtype());
  }
}

void Promotion::add(const Scalar& number) {
  meet(numbers_, number.is_floating_point() ? get_default_dtype() : number.dtype());
}

void Promotion::meet(Vote& vote, DType dtype) { vote = vote ? promote_types(*vote, dtype) : dtype; }

/// bool < integer < floating point
static int kind(DType dtype) { return is_floating_point(dtype) ? 2 : dtype != kBool; }

Promotion::Vote Promotion::overrule(Vote first, Vote later) {
  if (!first || !later) return first ? first : later;
  return kind(*later) > kind(*first) ? later : first;
}

DType meet(const Tensor& self, const Tensor& other) {
  check_defined(self, 0, "self");
  check_defined(other, 1, "other");
  if (self.sizes() != other.sizes()) broadcast_shapes(self.sizes(), other.sizes());  // may throw
  // The common case. (Two wrapped numbers meet in the default dtype instead.)
  if (self.dtype() == other.dtype() && !self.impl()->is_wrapped_number()) return self.dtype();
  return promoted_dtype(self, other);
}

DType meet(const Tensor& self, const Scalar& other) {
  check_defined(self, 0, "self");
  return promoted_dtype(self, other);
}

// ---- Operands in that dtype ----

constinit std::atomic<Tensor (*)(const Tensor& tensor, DType dtype)> recorded_conversion = nullptr;

In::In(const Tensor& tensor, DType dtype) : original_(tensor) {
  if (tensor.dtype() == dtype) return;
  const auto record = excluded_keys().has(Key::Autograd) ? nullptr : recorded_conversion.load();
  converted_ = record != nullptr ? record(tensor, dtype) : to(tensor, dtype);
  if (tensor.impl()->is_wrapped_number()) converted_.impl()->set_wrapped_number();
}

Tensor promoted(const op::Binary& op, const Tensor& self, const Tensor& other) {
  const DType dtype = meet(self, other);
  return op(In(self, dtype), In(other, dtype));
}

Tensor number(const Scalar& value, DType dtype) {
  Tensor result = empty(IntArrayRef(), dtype);
  visit_dtype(dtype, [&]<class T>(TypeTag<T>) { *result.data<T>() = value.to<T>(); });
  result.impl()->set_wrapped_number();
  return result;
}

// ---- Checks ----

void check_defined(const Tensor& tensor, int position, const char* name) {
  check(tensor.defined(),
        "Expected a proper Tensor but got None (or an undefined Tensor in C++) for ", "argument #",
        position, " '", name, "'");
}

void check_holds(const Tensor& self, std::initializer_list<const Tensor*> operands) {
  check_defined(self, 0, "self");
  check_no_internal_overlap(self);
  bool same_shape = true;
  int position = 0;
  for (const Tensor* operand : operands) {
    ++position;
    if (operand == nullptr) continue;
    check_defined(*operand, position, "other");
    check_no_partial_overlap(self, *operand);
    same_shape = same_shape && operand->sizes() == self.sizes();
  }
  if (same_shape) return;
  DimVector shape = self.sizes();
  for (const Tensor* operand : operands) {
    if (operand != nullptr) shape = broadcast_shapes(shape, operand->sizes());
  }
  check(shape == self.sizes(), "output with shape ", self.sizes(),
        " doesn't match the broadcast shape ", shape);
}

constinit std::atomic<void (*)(const Tensor& self)> recorded_write_check = nullptr;

void check_recorded_write(const Tensor& self) {
  check_defined(self, 0, "self");
  recorded_write_check.load()(self);
}

void check_can_hold(const Tensor& self, DType result) {
  check(can_cast(result, self.dtype()), "result type ", result,
        " can't be cast to the desired output type ", self.dtype());
}

const Tensor& store(const Tensor& self, const Tensor& result) {
  check_can_hold(self, result.dtype());
  if (self.sizes() != result.sizes()) return copy_(self, result);
  check_no_internal_overlap(self);
  return op::become_(self, result);
}

}  // namespace cutaway
