// SPDX-License-Identifier: MIT
#include "function.h"

#include <algorithm>
#include <mutex>
#include <set>

#include "../tensor/ops.h"
#include "inplace_view.h"
#include "record.h"
#include "variable.h"

namespace cutaway::inline v0_1::autograd {
namespace {

/// A node's name outlives the node, so names that are made at run time are kept.
const char* kept_name(const std::string& name) {
  static std::mutex mutex;
  static std::set<std::string> names;  // whose elements stay where they are
  const std::lock_guard<std::mutex> lock(mutex);
  return names.insert(name).first->c_str();
}

bool is_tensor(const Tensor& argument) { return argument.defined(); }

bool contains(const std::vector<Tensor>& list, const Tensor& tensor) {
  return std::any_of(list.begin(), list.end(),
                     [&](const Tensor& other) { return other.is_same(tensor); });
}

bool is_recorded(const std::vector<Tensor>& arguments) {
  return is_grad_enabled() && any_requires_grad(arguments);
}

Edges edges_of(const std::vector<Tensor>& arguments) {
  Edges edges;
  const bool recorded = is_recorded(arguments);
  for (const Tensor& argument : arguments) {
    if (is_tensor(argument)) edges.push_back(recorded ? gradient_edge(argument) : Edge());
  }
  return edges;
}

/// The history of gradients that cannot be differentiated again. As in PyTorch it leads on to
/// leaves, one for each of them, which nobody else has.
class OnceDifferentiableError final : public Node {
 public:
  explicit OnceDifferentiableError(Edges&& edges) : Node("Error", std::move(edges)) {}
  Grads apply(Grads) override {
    throw Error(
        "trying to differentiate twice a function that was marked with @once_differentiable");
  }
};

}  // namespace

void detail::gather(std::vector<Tensor>& list, const Tensor& argument) { list.push_back(argument); }
void detail::gather(std::vector<Tensor>& list, const std::optional<Tensor>& argument) {
  list.push_back(argument.value_or(Tensor()));
}
void detail::gather(std::vector<Tensor>& list, const std::vector<Tensor>& arguments) {
  list.insert(list.end(), arguments.begin(), arguments.end());
}

FunctionContext::FunctionContext(FunctionNode& node) : node_(node) {}

// ---- The context ----

std::vector<Tensor> FunctionContext::get_saved_variables() const {
  check(!node_.is_released_, released_message());
  std::vector<Tensor> tensors;
  for (const SavedTensor& saved : node_.saved_) tensors.push_back(saved.unpack(node_));
  return tensors;
}

bool FunctionContext::needs_input_grad(size_t argument) const {
  check_index(argument < node_.edge_of_.size(), "needs_input_grad: there is no argument ",
              argument);
  if (!node_.is_recorded_) return node_.requires_grad_[argument];
  const std::optional<size_t> edge = node_.edge_of_[argument];
  return edge && node_.needs(*edge);
}

// ---- After forward ----

FunctionNode::FunctionNode(const std::string& name, const std::vector<Tensor>& arguments,
                           FunctionBackward backward)
    : Node(kept_name(name + "Backward"), edges_of(arguments)),
      backward_(std::move(backward)),
      context_(*this),
      is_recorded_(is_recorded(arguments)) {
  size_t edge = 0;
  for (const Tensor& argument : arguments) {
    edge_of_.push_back(is_tensor(argument) ? std::optional(edge++) : std::nullopt);
    requires_grad_.push_back(is_tensor(argument) && argument.requires_grad());
  }
}

/// Whether the user made it, whatever was written to its memory since.
static bool never_computed(const Tensor& tensor) {
  const AutogradMeta* meta = find_meta(tensor);
  return meta == nullptr || !meta->grad_fn;
}

/// Gives a dirty argument its new history.
static void rebase_dirty(const Tensor& dirty, const std::vector<Tensor>& arguments,
                         size_t result_count, const std::shared_ptr<Node>& node) {
  check(!dirty.requires_grad() || !never_computed(dirty),
        "a leaf Variable that requires grad has been used in an in-place operation.");
  if (dirty.is_view()) {
    check(result_count == 1,
          "If your Function modifies inplace an input that is a view of another Tensor, your "
          "Function cannot return more than one Tensor. This is not supported by the current "
          "autograd engine. You should either make sure the input is not a view (using .clone() "
          "for example) or make your Function only return one Tensor (potentially splitting it "
          "into two Functions: one doing the inplace that returns a single Tensor and a second one "
          "that does the other operations). You can ask on the forum https://discuss.pytorch.org/ "
          "if you need help to do this change.");
    const auto first = std::find_if(arguments.begin(), arguments.end(), is_tensor);
    // CopySlices takes what comes out first as the gradient of the view. PyTorch does not ask.
    check(first != arguments.end() && first->is_same(dirty),
          "If your Function modifies inplace an input that is a view of another Tensor, this input "
          "must be its first Tensor.");
    check_inplace(dirty);
  }
  dirty.set_grad(Tensor());  // it was that of what has been overwritten
  rebase_history(dirty, node);
}

Tensor FunctionNode::finish_one(const std::vector<Tensor>& arguments, size_t result_count,
                                Tensor result) {
  check_type(result.defined(), name(), ": forward returned an undefined tensor");
  const bool is_argument = contains(arguments, result);
  const bool is_dirty = contains(context_.dirty_, result);
  const bool is_differentiable =
      is_recorded_ && !contains(context_.non_differentiable_, result) && result.is_floating_point();
  const std::shared_ptr<Node> node = shared_from_this();
  if (!is_differentiable) {
    add_output(result);
    if (!result.requires_grad()) return is_argument && !is_dirty ? alias(result) : result;
    // A view that forward made stays one, and requires a gradient as a view made in no-grad mode
    // does.
    return is_argument || !result.is_view() ? detach(result) : result;
  }
  if (is_dirty) {
    rebase_dirty(result, arguments, result_count, node);
    return result;
  }
  if (is_argument) {
    const NoGrad guard;
    result = alias(result);
  }
  set_history(result, node);
  return result;
}

std::vector<Tensor> FunctionNode::finish(const std::vector<Tensor>& arguments,
                                         std::vector<Tensor> results) {
  for (const Tensor& dirty : context_.dirty_) dirty.bump_version();
  for (const Tensor& dirty : context_.dirty_) {
    check(contains(results, dirty) || !contains(arguments, dirty),
          "Some elements marked as dirty during the forward method were not returned as output. "
          "The inputs that are modified inplace must all be outputs of the Function.");
  }
  const ViewOrigin origin = results.size() > 1 ? ViewOrigin::OneOfMany : ViewOrigin::CustomFunction;
  for (Tensor& result : results) {
    result = finish_one(arguments, results.size(), result);
    if (!result.is_view() || contains(context_.dirty_, result)) continue;
    result.impl()->set_recorded();  // that it was made in no-grad mode is no news
    result.impl()->set_view_origin(origin);
  }
  if (is_recorded_) save();
  context_.to_save_.clear();
  context_.dirty_.clear();
  context_.non_differentiable_.clear();
  return results;
}

void FunctionNode::save() {
  for (const Tensor& tensor : context_.to_save_) {
    const bool is_own = tensor.defined() && tensor.grad_fn().get() == this;
    saved_.emplace_back(tensor, is_own, is_own ? tensor.output_nr() : 0);
    saved_.back().allow_detached();
  }
}

// ---- Backward ----

Grads FunctionNode::apply(Grads grad_outputs) {
  if (context_.materialize_grads_) {
    for (size_t i = 0; i < grad_outputs.size(); ++i) {
      if (!grad_outputs[i].defined()) {
        grad_outputs[i] = zeros(outputs()[i].sizes, outputs()[i].dtype);
      }
    }
  }
  Grads grads = call_backward(grad_outputs);
  // Undefined ones at the end are no mistake.
  while (grads.size() > edge_of_.size() && !grads.back().defined()) grads.pop_back();
  check(grads.size() == edge_of_.size(), "function ", name(),
        " returned an incorrect number of gradients (expected ", edge_of_.size(), ", got ",
        grads.size(), ")");
  Grads of_tensors;
  for (size_t i = 0; i < grads.size(); ++i) {
    if (edge_of_[i]) {
      of_tensors.push_back(std::move(grads[i]));
    } else {
      check(!grads[i].defined(), "function ", name(),
            " returned a gradient different than None at position ", i + 1,
            ", but the corresponding forward input was not a Variable");
    }
  }
  return of_tensors;
}

Grads FunctionNode::call_backward(const Grads& grads) {
  if (!once_differentiable_) return backward_(context_, grads);  // step in here
  Grads results = [&] {
    const NoGrad guard;
    return backward_(context_, grads);
  }();
  if (!is_grad_enabled() || !any_requires_grad(grads)) return results;
  Edges edges;
  for (const Tensor& result : results) {
    edges.push_back(result.defined() ? gradient_edge(detach(result).requires_grad_()) : Edge());
  }
  const auto error = std::make_shared<OnceDifferentiableError>(std::move(edges));
  for (Tensor& result : results) {
    if (!result.defined()) continue;
    result = detach(result);
    set_history(result, error);
  }
  return results;
}

void FunctionNode::release_saved() {
  saved_.clear();
  is_released_ = true;
}

// ---- The core ----

std::shared_ptr<FunctionNode> begin_function(const std::string& name,
                                             const std::vector<Tensor>& arguments,
                                             FunctionBackward backward) {
  return make_pooled<FunctionNode>(name, arguments, std::move(backward));
}

std::vector<Tensor> finish_function(FunctionNode& node, const std::vector<Tensor>& arguments,
                                    std::vector<Tensor> results) {
  return node.finish(arguments, std::move(results));
}

}  // namespace cutaway::autograd
