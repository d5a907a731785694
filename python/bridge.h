// SPDX-License-Identifier: MIT
//
// What the files behind cutaway.h share: what a handle is, how an exception becomes an error code,
// and how values cross.
//
// Promise: a function of the C interface is one `guarded` expression, or cannot throw.
#pragma once

#include <atomic>
#include <exception>
#include <memory>
#include <utility>

#include "../autograd/node.h"
#include "../tensor/boxed.h"
#include "cutaway.h"

/// A handle owns one C++ handle.
struct cutaway_tensor {
  explicit cutaway_tensor(cutaway::Tensor tensor) : value(std::move(tensor)) { ++live; }
  ~cutaway_tensor() { --live; }
  cutaway_tensor(const cutaway_tensor&) = delete;
  cutaway_tensor& operator=(const cutaway_tensor&) = delete;

  cutaway::Tensor value;
  static inline std::atomic<int64_t> live{0};
};

struct cutaway_node {
  explicit cutaway_node(std::shared_ptr<cutaway::autograd::Node> node) : value(std::move(node)) {
    ++live;
  }
  ~cutaway_node() { --live; }
  cutaway_node(const cutaway_node&) = delete;
  cutaway_node& operator=(const cutaway_node&) = delete;

  std::shared_ptr<cutaway::autograd::Node> value;
  static inline std::atomic<int64_t> live{0};
};

namespace cutaway::bridge {

/// Notes the exception that is being handled as this thread's last error.
void note_error() noexcept;

/// f(), or `on_error` where it throws.
template <class R, class F>
R guarded(R on_error, F&& f) noexcept {
  try {
    return std::forward<F>(f)();
  } catch (...) {
    note_error();
    return on_error;
  }
}

/// A new handle for the caller.
inline cutaway_tensor* give(Tensor tensor) { return new cutaway_tensor(std::move(tensor)); }

/// The tensors behind a list of handles, null for the undefined one; none if the list is null.
std::vector<Tensor> tensors_of(cutaway_tensor* const* handles, int64_t count);
/// New handles for all of them, null for undefined ones.
void give_all(const std::vector<Tensor>& tensors, cutaway_tensor** out);

/// What note_error caught that is no std::exception: the library's own way of leaving a computation
/// (autograd/activation_checkpoint.h stops a recomputation so). It goes on its way when the
/// caller's function that it crossed has returned.
std::exception_ptr& passing_exception() noexcept;

/// A function of the caller's has failed.
class CallersError : public std::exception {
 public:
  const char* what() const noexcept override { return "a function of the caller's failed"; }
};

/// Calls release(context) with the last copy.
class CallersContext {
 public:
  CallersContext(void (*release)(void*), void* context) : release_(release), context_(context) {}
  ~CallersContext() {
    if (release_ != nullptr) release_(context_);
  }
  CallersContext(const CallersContext&) = delete;
  CallersContext& operator=(const CallersContext&) = delete;

 private:
  void (*release_)(void*);
  void* context_;
};

/// A function of the caller's. Copies share it, so it can be called from a std::function.
class Callback {
 public:
  explicit Callback(const cutaway_callback* callback);
  /// Calls it with lists of tensors. Throws CallersError where it fails.
  std::vector<Tensor> operator()(std::initializer_list<TensorList> argument_lists) const;

 private:
  cutaway_callback callback_;
  std::shared_ptr<CallersContext> owner_;
};

/// The tensor behind a handle; throws for null.
const Tensor& tensor_of(const cutaway_tensor* handle);

/// A tensor over memory of the caller's; strides are not negative. `owner` is let go with the last
/// tensor over it, or where this throws.
Tensor over_memory(void* data, IntArrayRef sizes, IntArrayRef strides, DType dtype,
                   std::shared_ptr<void> owner);

/// A dtype's number, checked.
DType dtype_of_number(int64_t number);

/// How many values the items of a list take, which are so many bytes.
constexpr int64_t values_for(int64_t bytes) {
  constexpr int64_t kBytes = sizeof(cutaway_value);
  return bytes / kBytes + (bytes % kBytes != 0 ? 1 : 0);
}
constexpr int64_t kHandleBytes = sizeof(cutaway_tensor*);

/// Takes values one after the other from a caller's array.
class ValueReader {
 public:
  ValueReader(const cutaway_value* values, int64_t count) : next_(values), end_(values + count) {}
  bool at_end() const { return next_ == end_; }
  /// The next value as it stands; throws where there is none.
  const cutaway_value& take();
  /// The next argument: a value, or the head of a list and its items.
  Value take_argument();

 private:
  const void* take_bytes(int64_t bytes);
  template <class List>
  Value take_list(int32_t size);
  Value take_tensors(int32_t size);

  const cutaway_value* next_;
  const cutaway_value* end_;
};

/// All arguments of a call.
Values values_of(const cutaway_value* arguments, int64_t count);
void append_values(Values& values, const cutaway_value* arguments, int64_t count);

/// A tensor, or a number that stands for one.
Tensor tensor_or_number(const cutaway_value& value);

cutaway_value value_of(const Scalar& number);
/// Throws for what is no number.
Scalar number_of(const cutaway_value& value);

}  // namespace cutaway::bridge
