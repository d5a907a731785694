// SPDX-License-Identifier: MIT
//
// Function: an op of your own, with a forward and a backward written by you.
//
//     struct ScaledExp : autograd::Function<ScaledExp> {
//       static Tensor forward(FunctionContext& ctx, const Tensor& x, double scale) {
//         const Tensor result = exp(x * scale);
//         ctx.save_for_backward({result});
//         ctx.saved_data["scale"] = scale;
//         return result;
//       }
//       static Grads backward(FunctionContext& ctx, const Grads& grads) {
//         const Tensor result = ctx.get_saved_variables()[0];
//         return {grads[0] * result * ctx.data<double>("scale"), Tensor()};
//       }
//     };
//     Tensor y = ScaledExp::apply(x, 2.0);  // y.grad_fn() is ScaledExpBackward
//
// forward takes any arguments, runs with nothing recorded, and returns a Tensor or a vector of
// them. backward gets one gradient per result and returns one per argument, undefined for those
// that are no tensors (a list of tensors counts as that many arguments). With create_graph, what
// backward computes is recorded, so gradients of gradients come by themselves; a class that says
// `static constexpr bool once_differentiable = true;` refuses them instead.
//
// What forward may return, besides new tensors:
//   an argument as it is    the caller gets a view of it, with this function as its history
//   a view of an argument   the same; such views cannot be written in place
//   an argument it wrote    after ctx.mark_dirty({x}); the caller gets x itself
//
// Below the template lies a core that knows no types: begin_function, the forward call, and
// finish_function. Python's autograd.Function stands on it, with a Python function as backward.
//
// PyTorch counterpart: torch/csrc/autograd/custom_function.h, torch/autograd/function.py.
// Differences: needs_input_grad counts all arguments, as Python's does, not only tensors; in
// backward it says no for what grad() was not asked for. Left out: setup_context, jvp, vmap;
// warnings.
#pragma once

#include <any>
#include <functional>
#include <optional>
#include <string>
#include <type_traits>
#include <unordered_map>
#include <utility>
#include <vector>

#include "../tensor/type_name.h"
#include "grad_mode.h"
#include "node.h"
#include "saved_tensor.h"

#include "../tensor/macros_off.h"  // what hosts have as macros is ours from here on

namespace cutaway::inline v0_1::autograd {

class FunctionNode;

/// What forward leaves for backward, and what it says of its arguments and results.
class FunctionContext {
 public:
  // ---- In forward ----
  /// Keeps tensors for get_saved_variables(), guarded against in-place writes as those of any op.
  /// Arguments and results must be kept this way; the last call counts. May be undefined.
  void save_for_backward(std::vector<Tensor> tensors) { to_save_ = std::move(tensors); }
  /// These arguments were written in place. They must be among the results.
  void mark_dirty(std::vector<Tensor> arguments) { dirty_ = std::move(arguments); }
  /// No gradient flows to these results; backward gets zeros for them.
  void mark_non_differentiable(std::vector<Tensor> results) {
    non_differentiable_ = std::move(results);
  }
  /// Whether backward gets zeros for results that no gradient came from (the default), or
  /// undefined tensors.
  void set_materialize_grads(bool materialize) { materialize_grads_ = materialize; }

  // ---- In backward ----
  /// What save_for_backward was given. Throws if one was modified since, or after its release.
  std::vector<Tensor> get_saved_variables() const;

  // ---- In both ----
  /// Whether the gradient of this argument will be used.
  bool needs_input_grad(size_t argument) const;
  /// Anything that is not a tensor argument or result.
  std::unordered_map<std::string, std::any> saved_data;
  /// saved_data[name], which must be a T.
  template <class T>
  const T& data(const std::string& name) const {
    const auto found = saved_data.find(name);
    check(found != saved_data.end(), "saved_data has no entry \"", name, "\"");
    const T* value = std::any_cast<T>(&found->second);
    check_type(value != nullptr, "saved_data[\"", name, "\"] is of another type than is asked for");
    return *value;
  }

 private:
  friend class FunctionNode;
  explicit FunctionContext(FunctionNode& node);

  FunctionNode& node_;  // which owns this context
  std::vector<Tensor> to_save_, dirty_, non_differentiable_;
  bool materialize_grads_ = true;
};

/// From the gradients of the results to those of the arguments.
using FunctionBackward = std::function<Grads(FunctionContext&, const Grads&)>;

/// The node of one call.
class FunctionNode final : public Node {
 public:
  /// See begin_function.
  FunctionNode(const std::string& name, const std::vector<Tensor>& arguments,
               FunctionBackward backward);

  FunctionContext& context() { return context_; }
  void set_once_differentiable(bool once) { once_differentiable_ = once; }
  /// See finish_function.
  std::vector<Tensor> finish(const std::vector<Tensor>& arguments, std::vector<Tensor> results);

  Grads apply(Grads grad_outputs) override;
  void release_saved() override;
  bool shows_unneeded() const override { return true; }
  void for_each_saved(const std::function<void(const SavedTensor&)>& visit) const override {
    for (const SavedTensor& saved : saved_) visit(saved);
  }

 private:
  friend class FunctionContext;
  Tensor finish_one(const std::vector<Tensor>& arguments, size_t result_count, Tensor result);
  void save();
  Grads call_backward(const Grads& grads);

  FunctionBackward backward_;
  FunctionContext context_;
  std::vector<std::optional<size_t>> edge_of_;  // by argument; none for what is no tensor
  std::vector<bool> requires_grad_;             // by argument
  std::vector<SavedTensor> saved_;
  bool is_recorded_;  // whether anything requires a gradient
  bool once_differentiable_ = false;
  bool is_released_ = false;
};

// ---- The core ----

/// Before forward: the node of a call with these arguments, undefined where they are no tensors.
/// `name` is the function's, "Exp" for ExpBackward. Then forward is called, under NoGrad, with
/// node->context().
std::shared_ptr<FunctionNode> begin_function(const std::string& name,
                                             const std::vector<Tensor>& arguments,
                                             FunctionBackward backward);
/// After forward: what the caller gets for its results, with the node as history. Throws where the
/// results are not what mark_dirty promised, or a leaf that requires a gradient was written.
std::vector<Tensor> finish_function(FunctionNode& node, const std::vector<Tensor>& arguments,
                                    std::vector<Tensor> results);

// ---- The template ----

namespace detail {

void gather(std::vector<Tensor>& list, const Tensor& argument);
void gather(std::vector<Tensor>& list, const std::optional<Tensor>& argument);
void gather(std::vector<Tensor>& list, const std::vector<Tensor>& arguments);
/// Not a tensor.
template <class T>
void gather(std::vector<Tensor>& list, const T&) {
  gather(list, Tensor());
}

}  // namespace detail

template <class T>
class Function {
 public:
  static constexpr bool once_differentiable = false;

  /// Calls T::forward(context, arguments...) and returns what it returns, recorded.
  template <class... Args>
  static auto apply(Args&&... args) {
    std::vector<Tensor> arguments;
    (detail::gather(arguments, args), ...);
    const auto node = begin_function(type_name_of<T>("Function"), arguments, &T::backward);
    node->set_once_differentiable(T::once_differentiable);
    auto results = [&] {
      const NoGrad guard;
      return T::forward(node->context(), std::forward<Args>(args)...);  // step in here
    }();
    if constexpr (std::is_same_v<decltype(results), Tensor>) {
      return finish_function(*node, arguments, {std::move(results)})[0];
    } else {
      return finish_function(*node, arguments, std::move(results));
    }
  }
};

}  // namespace cutaway::autograd

#include "../tensor/macros_on.h"
