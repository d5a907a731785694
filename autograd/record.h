// SPDX-License-Identifier: MIT
//
// record: how an autograd kernel writes one node into the graph. The kernel of an op reads
//
//     static Tensor exp(const Tensor& self) {
//       Tensor result = below_autograd(op::exp, self);
//       return record("ExpBackward0", {&self}, result,
//                     [result = save_output(result)](const Node& node, const Tensor& grad) -> Grads
//                     {
//                       return {grad * result.unpack(node)};
//                     });
//     }
//
// The lambda is the gradient, and what it captures is what is saved for it. It takes the gradient
// of the op's result (for an op with several results, of all of them, as Grads) and returns one
// gradient per input named in the list, in that order. It must return something for input i only
// where node.needs(i). It may ignore broadcasting: the engine sums a gradient down to its input's
// shape.
//
// A lambda that owns nothing (it captures only numbers and shapes) can run again after the graph
// was used; one that saved tensors cannot, once they are released. One that owns a list of numbers
// is wrapped in HoldsOnlyNumbers.
#pragma once

#include <type_traits>
#include <utility>

#include "inplace_view.h"
#include "node.h"
#include "saved_tensor.h"
#include "variable.h"

#include "../tensor/macros_off.h"  // what hosts have as macros is ours from here on

namespace cutaway::inline v0_1::autograd {

bool any_defined(const Grads& grads);

/// A node's name and, where it saves tensors, their names in the order of the lambda's captures:
/// {"PowBackward1", "exponent, self, result"}. PyTorch's: node._saved_exponent in Python. The last
/// name may be that of a list, "indices..."; "-" stands for a place that is always empty.
struct NodeName {
  constexpr NodeName(const char* name, const char* saved_tensors = "")
      : node(name), saved(saved_tensors) {}
  const char* node;
  const char* saved;
};

/// A lambda that needs no release, though it owns memory.
template <class Backward>
struct HoldsOnlyNumbers : Backward {
  explicit HoldsOnlyNumbers(Backward backward) : Backward(std::move(backward)) {}
  static constexpr bool holds_only_numbers = true;
};

template <class Backward>
constexpr bool saves_tensors = !std::is_trivially_destructible_v<Backward> && !requires {
  Backward::holds_only_numbers;
};

/// The node whose apply is a lambda.
template <class Backward>
class BackwardNode final : public Node {
 public:
  BackwardNode(NodeName name, Edges&& next_edges, Backward&& backward)
      : Node(name.node, std::move(next_edges)),
        saved_names_(name.saved),
        backward_(std::move(backward)) {}

  Grads apply(Grads grad_outputs) override {
    check(!is_released_, released_message());
    if (!any_defined(grad_outputs)) {  // a hook took it away
      check_saved(*this);
      return Grads(next_edges().size());
    }
    if constexpr (std::is_invocable_v<Backward&, const Node&, const Tensor&>) {
      return backward_(*this, grad_outputs[0]);  // step in here: the formula
    } else {
      return backward_(*this, grad_outputs);
    }
  }
  void release_saved() override {
    // After apply, which unpacks what there is. Nothing: see save_for.
    if constexpr (saves_tensors<Backward>) {
      if (!has_unpacked()) return;
      const Backward released(std::move(backward_));  // the shell tells which there were
      is_released_ = true;
    }
  }
  void for_each_saved(const std::function<void(const SavedTensor&)>& visit) const override {
    if constexpr (saves_tensors<Backward> && std::is_copy_constructible_v<Backward>) {
      const detail::SavedVisit scope(visit);
      static_cast<void>(Backward(backward_));  // see Note [What did a node save?]
    }
  }
  const char* saved_names() const override { return saved_names_; }

 private:
  const char* saved_names_;
  Backward backward_;
  bool is_released_ = false;
};

using Inputs = std::initializer_list<const Tensor*>;

bool any_requires_grad(Inputs inputs);
bool any_requires_grad(TensorList inputs);
/// One edge per input, to where its gradient goes.
Edges collect_edges(Inputs inputs);
Edges collect_edges(TensorList inputs);
bool any_valid(const Edges& edges);
/// Whether an op with these inputs is recorded. A view made in no-grad mode of a tensor that
/// requires a gradient requires one as well, but no edge leads anywhere from it.
template <class List>
bool is_recorded(const Edges& edges, const List& inputs) {
  return any_valid(edges) || any_requires_grad(inputs);
}

/// A node that is not yet the history of anything.
template <class Backward>
std::shared_ptr<Node> make_node(NodeName name, Edges&& edges, Backward&& backward) {
  return make_pooled<BackwardNode<Backward>>(name, std::move(edges),
                                             std::forward<Backward>(backward));
}
template <class Backward>
std::shared_ptr<Node> make_node(NodeName name, Inputs inputs, Backward&& backward) {
  return make_node(name, collect_edges(inputs), std::forward<Backward>(backward));
}

/// Makes `result` the output of a new node, if any input wants a gradient. Returns it.
template <class Backward>
Tensor record(NodeName name, Inputs inputs, Tensor result, Backward backward) {
  Edges edges = collect_edges(inputs);
  if (result.is_floating_point() && is_recorded(edges, inputs)) {
    set_history(result, make_node(name, std::move(edges), std::move(backward)));
  }
  return result;
}

/// Makes all `results` outputs of one node, whose lambda takes the gradients of all of them; those
/// of results that nothing was computed from are undefined.
template <class Backward>
std::vector<Tensor> record(NodeName name, Inputs inputs, std::vector<Tensor> results,
                           Backward backward) {
  Edges edges = collect_edges(inputs);
  if (!is_recorded(edges, inputs) || results.empty()) return results;
  const std::shared_ptr<Node> node = make_node(name, std::move(edges), std::move(backward));
  for (const Tensor& result : results) set_history(result, node);
  return results;
}
/// The same for an op with several results: all of them become outputs, in that order.
template <class Backward>
void record_all(NodeName name, Inputs inputs, Inputs results, Backward backward) {
  Edges edges = collect_edges(inputs);
  if (!is_recorded(edges, inputs)) return;
  const std::shared_ptr<Node> node = make_node(name, std::move(edges), std::move(backward));
  for (const Tensor* result : results) set_history(*result, node);
}

/// The same for an op that writes its first input in place, which its public function has found to
/// be allowed (check_may_write, tensor/operands.h). Made before the write, because the edges must
/// lead to the history from before it.
class InplaceRecord {
 public:
  explicit InplaceRecord(Inputs inputs) : self_(**inputs.begin()), edges_(inputs.size()) {
    // An integer tensor has no gradient, whatever is copied into it.
    if (!self_.is_floating_point() || !any_requires_grad(inputs)) return;
    is_recorded_ = true;
    edges_ = collect_edges(inputs);
  }
  /// Whether the gradient of input i will be asked for.
  bool needs(size_t i) const { return edges_[i].is_valid(); }
  /// After the write. Returns self.
  template <class Backward>
  const Tensor& record(NodeName name, Backward backward) {
    if (is_recorded_) {
      rebase_history(self_, make_node(name, std::move(edges_), std::move(backward)));
    }
    return self_;
  }
  /// The same for an op that changes only how self walks its memory: a base of self is as before.
  template <class Backward>
  const Tensor& record_geometry(NodeName name, Backward backward) {
    if (is_recorded_) set_history(self_, make_node(name, std::move(edges_), std::move(backward)));
    return self_;
  }

 private:
  const Tensor& self_;
  bool is_recorded_ = false;
  Edges edges_;
};

}  // namespace cutaway::autograd

#include "../tensor/macros_on.h"
