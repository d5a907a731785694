// SPDX-License-Identifier: MIT
//
// Operands: what every pointwise op does with its arguments before it calls its row: refuse what
// makes no sense, find the dtype in which they meet, convert them to it.
//
//     Tensor atan2(const Tensor& self, const Tensor& other) {
//       const DType dtype = floating_dtype(meet(self, other));
//       return op::atan2(In(self, dtype), In(other, dtype));
//     }
//
// The checks come in PyTorch's order (overlap, shape, dtype), so that a call with two faults is
// refused with the same text. For ops_*.cpp only; users see result_type (ops_pointwise.h).
//
// PyTorch counterpart: ATen/native/TypeProperties.cpp, the checks of TensorIterator.
#pragma once

#include <atomic>
#include <initializer_list>
#include <optional>

#include "catalogue_copy.h"
#include "dispatch.h"
#include "factories.h"
#include "tensor.h"

namespace cutaway::inline v0_1 {

// ---- The dtype in which operands meet ----

/// Collects who takes part in an op. Those with dimensions speak first, then 0-d tensors, then
/// numbers; who comes later is heard only if it is of a higher kind.
class Promotion {
 public:
  template <class... Operands>
  explicit Promotion(const Operands&... operands) {
    (add(operands), ...);
  }
  void add(const Tensor& tensor);
  void add(const Scalar& number);
  /// What is not given has no say.
  template <class Operand>
  void add(const std::optional<Operand>& operand) {
    if (operand) add(*operand);
  }
  DType result() const { return *overrule(dimensioned_, overrule(zero_dim_, numbers_)); }

 private:
  using Vote = std::optional<DType>;  // empty: nobody of this rank takes part

  static void meet(Vote& vote, DType dtype);
  static Vote overrule(Vote first, Vote later);

  Vote dimensioned_, zero_dim_, numbers_;
};

/// The dtype in which the operands meet, whatever their shapes.
template <class... Operands>
DType promoted_dtype(const Operands&... operands) {
  return Promotion(operands...).result();
}
/// Checks the operands of a binary op; returns the dtype in which they meet.
DType meet(const Tensor& self, const Tensor& other);
DType meet(const Tensor& self, const Scalar& other);

/// exp, div and their like compute in floating point whatever they are given.
inline DType floating_dtype(DType dtype) {
  return is_floating_point(dtype) ? dtype : get_default_dtype();
}

// ---- Operands in that dtype ----

/// An operand in the dtype of the op: the tensor itself, or a converted copy. Lives only for the
/// call it is an argument of. To autograd the copy is the tensor itself: its gradient goes straight
/// to the tensor, which is also what is saved (and must not be written).
class In {
 public:
  In(const Tensor& tensor, DType dtype);
  // Implicit: it stands for the tensor
  operator const Tensor&() const { return converted_.defined() ? converted_ : original_; }

 private:
  const Tensor& original_;
  Tensor converted_;
};

/// The op, of the operands in the dtype in which they meet.
Tensor promoted(const op::Binary& op, const Tensor& self, const Tensor& other);

/// How In converts while autograd records: autograd's own way, or null where there is none.
extern constinit std::atomic<Tensor (*)(const Tensor& tensor, DType dtype)> recorded_conversion;

/// A number as operand: 0-d, at once in the dtype of the op. An integer too large for it wraps.
Tensor number(const Scalar& value, DType dtype);

// ---- Checks ----

void check_defined(const Tensor& tensor, int position, const char* name);

/// An operand, or null for a number.
inline const Tensor* tensor_of(const Tensor& tensor) { return &tensor; }
inline const Tensor* tensor_of(const std::optional<Tensor>& tensor) {
  return tensor ? &*tensor : nullptr;
}
template <class Number>
const Tensor* tensor_of(const Number&) {
  return nullptr;
}
/// That each element of self is one of its own, and that the operands broadcast to its shape.
void check_holds(const Tensor& self, std::initializer_list<const Tensor*> operands);

/// How autograd refuses a write that it cannot record, or null where nothing can be recorded.
extern constinit std::atomic<void (*)(const Tensor& self)> recorded_write_check;
void check_recorded_write(const Tensor& self);

/// Whether autograd takes part in a call with these arguments.
template <class... Arguments>
bool is_recorded(const Arguments&... arguments) {
  return ((keys_of(arguments) | ...) - excluded_keys()).has(Key::Autograd);
}
/// What an in-place op does before it looks at the shapes and dtypes of its arguments: a leaf that
/// requires grad must not be written, whatever is to be written into it.
template <class... Others>
void check_may_write(const Tensor& self, const Others&... others) {
  if (is_recorded(self, others...)) check_recorded_write(self);
}

/// That self may and can be written, and that the operands broadcast to its shape.
template <class... Others>
void check_in_place(const Tensor& self, const Others&... others) {
  check_may_write(self, others...);
  check_holds(self, {tensor_of(others)...});
}
/// "result type Float can't be cast to the desired output type Long"
void check_can_hold(const Tensor& self, DType result);

/// Checks the operands of an op that writes into self; returns the dtype in which they meet.
template <class Other>
DType meet_in_place(const Tensor& self, const Other& other) {
  check_in_place(self, other);
  const DType dtype = promoted_dtype(self, other);
  check_can_hold(self, dtype);
  return dtype;
}

// ---- In-place ops made of their functional form ----
//
//     const Tensor& atan2_(const Tensor& self, const Tensor& other) {
//       check_in_place(self, other);
//       return store(self, atan2(before_write(self, other), other));
//     }

/// self as an argument of the functional form: a copy where autograd takes part, since what it
/// saves must not be overwritten. It has self's place in the graph.
template <class... Others>
Tensor before_write(const Tensor& self, const Others&... others) {
  return is_recorded(self, others...) ? op::before_write(self) : self;
}
/// result replaces the elements of self, where self can hold it, and its history self's: the
/// grad_fn of x.atan2_(y) is Atan2Backward0.
const Tensor& store(const Tensor& self, const Tensor& result);

}  // namespace cutaway
