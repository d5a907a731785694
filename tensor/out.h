// SPDX-License-Identifier: MIT
//
// Out forms: an op whose result goes into a tensor that the caller has already.
//
//     add_out(out, a, b);                          // as at::add_out; Python: add(a, b, out=out)
//     write_out(op::add, out, a, b, 1);            // what stands behind it, for any row
//
// write_out calls the op's public function as always, so that checks, promotion and kernel are the
// same, and sees to it that the result ends in `out`:
//
//   1. refuses what PyTorch refuses: an `out` or argument that requires grad, while gradients are
//      recorded; an `out` of which several elements are one, or that overlaps an argument partly
//   2. offers `out` to the kernel (destination.h). Pointwise ops, comparisons, matrix products, and
//      the reductions sum, mean, prod, amax, amin, argmax and argmin take it where it has the
//      shape and dtype of the result and shares no memory with an argument (reductions: and is
//      contiguous), and write it directly: no memory is allocated
//   3. otherwise copies the result into `out`, converted to its dtype, if that can hold it. An
//      `out` of another shape is resized first; it then lies in memory as the result does
//   4. counts one write in out's version
//
// Ops that take a dtype and are given none (sum, cumsum, zeros, rand, ...) compute in out's.
//
// Different on purpose: PyTorch warns when it resizes an `out` that has elements; this library
// prints nothing and resizes (the Python package warns). What out= does to the dtype and to the
// memory of its arguments is checked for every op alike: PyTorch lets a few pass, some of which
// then compute something else.
//
// PyTorch counterpart: the `.out` overloads of native_functions.yaml; ATen/native/Resize.h.
#pragma once

#include <tuple>

#include "destination.h"
#include "dispatch.h"

#include "macros_off.h"  // what hosts have as macros is ours from here on

namespace cutaway::inline v0_1 {

namespace detail {

/// One call of an out form. Its constructor and `read` make the checks of step 1.
class OutCall {
 public:
  OutCall(const OpBase& op, const Tensor& out);

  /// Notes an argument of the call.
  void read(const Tensor& argument);
  void read(const std::optional<Tensor>& argument) {
    if (argument) read(*argument);
  }
  void read(TensorList arguments) {
    for (const Tensor& argument : arguments) read(argument);
  }
  /// Everything that is not a tensor.
  template <class T>
  void read(const T&) {}

  /// What can be offered to the kernel: `out`, unless it shares memory with an argument.
  const Tensor* offered() const { return shares_memory_ ? nullptr : &out_; }
  /// The dtype that the op is told: the caller's, else out's where the op goes by that.
  std::optional<DType> told(std::optional<DType> given) const;
  template <class T>
  const T& told(const T& given) const {
    return given;
  }
  /// Steps 3 and 4.
  void store(Tensor result) const;

 private:
  const OpBase& op_;
  const Tensor& out_;
  bool shares_memory_ = false;
};

}  // namespace detail

/// Calls the op; its result is written into `out`, which is returned.
template <class... Params>
const Tensor& write_out(const Op<Tensor(Params...)>& op, const Tensor& out,
                        std::type_identity_t<Params>... args) {
  detail::OutCall call(op, out);
  (call.read(args), ...);
  const ExcludeKeys without_history(Key::Autograd);
  const Offer offer(call.offered());
  call.store(op.call_checked(call.told(args)...));
  return out;
}

/// The same for two results, as max.dim has. These are computed, then copied.
template <class... Params>
std::tuple<const Tensor&, const Tensor&> write_out(
    const Op<std::tuple<Tensor, Tensor>(Params...)>& op, const Tensor& first, const Tensor& second,
    std::type_identity_t<Params>... args) {
  detail::OutCall first_call(op, first), second_call(op, second);
  (first_call.read(args), ...);
  (second_call.read(args), ...);
  const ExcludeKeys without_history(Key::Autograd);
  const auto results = op.call_checked(args...);
  first_call.store(std::get<0>(results));
  second_call.store(std::get<1>(results));
  return {first, second};
}

/// The same with arguments whose types are known only at run time: Python comes in here. `outs` are
/// as many as the op has results.
void call_boxed_out(const OpBase& op, const Values& arguments, TensorList outs);

}  // namespace cutaway

#include "macros_on.h"
