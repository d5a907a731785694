// SPDX-License-Identifier: MIT
//
// The dispatcher: who runs when you call an op?
//
// An Op is one row of the catalogue: a schema, and a table with one kernel per key. Calling it
// unites the key sets of its tensor arguments, takes away what this thread excludes, and jumps to
// the kernel of the highest key left. `a * b` with a gradient therefore goes
//
//     mul(a, b)  ->  op::mul(a, b)  ->  Autograd kernel: calls op::mul again with Autograd excluded
//                                                        ->  CPU kernel: the loop
//
// The kernel of key CPU is given in the row itself, at compile time, so that no object of static
// storage has to register it. Other columns are filled by the door through which their key enters:
// the first requires_grad_() installs the derivatives (autograd/derivatives.h).
//
// Kinds of row:
//   Op(schema, function, kernel)                      a kernel for CPU; autograd fills in its own
//   Op(schema, function, kernel, not_differentiable)  the same, and autograd has no part in it
//   Op(schema, composite(function))                   made of other ops: the same for every key
//   Op(schema, function, made_of_ops)                 the same, of a function with overloads
//
// `function` is the public function of the op, which checks, promotes and then calls the row.
// C++ code calls it directly; callers by name (call_boxed: Python, the tests' op table) come
// through it, so that nobody reaches a kernel with arguments that nobody has checked. A private op,
// which trusted code calls with arguments that need no check, has `called_directly` in its place.
//
// A row whose function returns `const Tensor&` is an in-place op and returns its first argument;
// the dispatcher counts the write in that tensor's version.
//
// PyTorch counterpart: ATen/core/dispatch/Dispatcher.h, OperatorEntry.h.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "dispatch_key.h"
#include "observe.h"
#include "tensor.h"

#include "macros_off.h"  // what hosts have as macros is ours from here on

namespace cutaway::inline v0_1 {

// ---- The keys of an argument ----

inline KeySet keys_of(const Tensor& tensor) { return tensor.defined() ? tensor.keys() : KeySet(); }
inline KeySet keys_of(const std::optional<Tensor>& tensor) {
  return tensor ? keys_of(*tensor) : KeySet();
}
inline KeySet keys_of(TensorList tensors) {
  KeySet keys;
  for (const Tensor& tensor : tensors) keys = keys | keys_of(tensor);
  return keys;
}
/// Everything that is not a tensor has no say.
template <class T>
KeySet keys_of(const T&) {
  return {};
}

// ---- The row ----

struct Values;  // arguments and results whose types are known only at run time: boxed.h

/// What all rows have in common, whatever their signature.
class OpBase {
 public:
  using BoxedKernel = Values (*)(const OpBase&, const Values& arguments);

  constexpr OpBase(const char* schema, BoxedKernel boxed, KeySet ignored)
      : ignored_(ignored), schema_(schema), boxed_(boxed) {}
  OpBase(const OpBase&) = delete;
  OpBase& operator=(const OpBase&) = delete;

  /// "mul(Tensor self, Tensor other) -> Tensor": the one source of names and defaults.
  const char* schema() const { return schema_; }
  /// "mul"
  std::string_view name() const {
    const std::string_view schema(schema_);
    return schema.substr(0, schema.find('('));
  }
  /// "max" of "max.dim"
  std::string_view short_name() const { return name().substr(0, name().find('.')); }
  /// Whether autograd has a part in it.
  bool is_differentiable() const { return !ignored_.has(Key::Autograd); }
  bool is_composite() const { return ignored_.has(Key::CPU); }

  /// Calls the op's public function with arguments that are checked against the signature at run
  /// time, one for each parameter of the schema. Python and the tests' table come in here.
  Values call_boxed(const Values& arguments) const;

 protected:
  ~OpBase() = default;
  [[noreturn]] void fail_no_kernel(Key key) const;

  KeySet ignored_;  // keys that have no part in this op

 private:
  const char* schema_;
  BoxedKernel boxed_;
};

/// In the place of the public function: the op has none.
inline constexpr std::nullptr_t called_directly = nullptr;

struct NotDifferentiable {};
inline constexpr NotDifferentiable not_differentiable;

template <class Kernel>
struct Composite {
  Kernel kernel;
};
/// Marks a function as made of other ops.
template <class Result, class... Args>
constexpr Composite<Result (*)(Args...)> composite(Result (*kernel)(Args...)) {
  return {kernel};
}

/// The same, said after the function instead: so that its overload is chosen by the row's
/// signature.
struct MadeOfOps {};
inline constexpr MadeOfOps made_of_ops;

template <class Signature>
class Op;

template <class Result, class... Args>
class Op<Result(Args...)> : public OpBase {
 public:
  using Kernel = Result (*)(Args...);

  constexpr Op(const char* schema, Kernel function, Kernel cpu)
      : OpBase(schema, &unbox_and_call, {}), function_(function), table_{cpu} {}
  constexpr Op(const char* schema, Kernel function, Kernel cpu, NotDifferentiable)
      : OpBase(schema, &unbox_and_call, Key::Autograd), function_(function), table_{cpu} {}
  // Ignoring every key leaves the empty set, which the first column serves.
  constexpr Op(const char* schema, Kernel function, MadeOfOps)
      : OpBase(schema, &unbox_and_call, KeySet::all()), function_(function), table_{function} {}
  constexpr Op(const char* schema, Composite<Kernel> function)
      : Op(schema, function.kernel, made_of_ops) {}

  Result operator()(Args... args) const {
    const KeySet keys = (keys_of(args) | ... | KeySet()) - excluded_keys() - ignored_;
    const Key key = keys.highest();                       // who are the arguments?
    const Kernel kernel = table_[static_cast<int>(key)];  // who serves them?
    if (kernel == nullptr) [[unlikely]]
      fail_no_kernel(key);
    if (is_observed()) [[unlikely]]
      return call_observed(key, kernel, key != Key::Autograd, std::forward<Args>(args)...);
    if constexpr (std::is_same_v<Result, const Tensor&>) {
      const Tensor& written = kernel(std::forward<Args>(args)...);  // step in here
      if (key != Key::Autograd) written.bump_version();
      return written;
    } else {
      return kernel(std::forward<Args>(args)...);  // step in here
    }
  }

  /// Calls the public function, which checks the arguments first.
  Result call_checked(Args... args) const {
    // A composite is a plain function: only those who call it by name can be seen to do so.
    if (is_composite() && is_observed()) [[unlikely]]
      return call_observed(Key::CPU, function_, false, args...);
    return function_ != nullptr ? function_(args...) : (*this)(args...);
  }

  /// Fills one column of the table. Not synchronised: done once, before the key is on any tensor.
  void set_kernel(Key key, Kernel kernel) { table_[static_cast<int>(key)] = kernel; }
  bool has_kernel(Key key) const { return table_[static_cast<int>(key)] != nullptr; }

 private:
  static Values unbox_and_call(const OpBase& op, const Values& arguments);  // boxed.h

  /// The last step of a call, reported to those who observe: see observe.h.
  [[gnu::noinline, gnu::cold]] Result call_observed(Key key, Kernel kernel,
                                                    [[maybe_unused]] bool is_write,
                                                    Args... args) const {
    ObservedCall call(*this, key);
    call.start(args...);
    if constexpr (std::is_same_v<Result, const Tensor&>) {
      const Tensor& written = kernel(std::forward<Args>(args)...);
      if (is_write) written.bump_version();
      call.finish(written);
      return written;
    } else {
      Result result = kernel(std::forward<Args>(args)...);
      call.finish(result);
      return result;
    }
  }

  Kernel function_;  // the public function, or null
  Kernel table_[kKeyCount];
};

/// Calls `op` below autograd: the keys from Autograd up are excluded for the time of the call.
template <class Result, class... Params, class... Args>
Result below_autograd(const Op<Result(Params...)>& op, Args&&... args) {
  const ExcludeKeys guard(Key::Autograd);
  return op(std::forward<Args>(args)...);
}

}  // namespace cutaway

#include "macros_on.h"
