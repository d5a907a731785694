// SPDX-License-Identifier: MIT
//
// Node and Edge: the graph that backward() walks.
//
// A Node is the backward half of one forward op. It is a function from the gradients of the op's
// outputs to the gradients of its inputs. It has one next edge per input of the op, and an edge
// names the node (and which of its outputs) that computed that input:
//
//     c = a * b           MulBackward0 --next_edge(0)--> whatever computed a
//                                      --next_edge(1)--> whatever computed b
//
// The chain ends in AccumulateGrad nodes, one for each leaf that requires a gradient. An edge
// without a node stands for an input that needs no gradient.
//
// Sequence numbers: every node gets one from a global counter when it is made. A node is made after
// the nodes it points to, so its number is larger. The engine runs nodes that were made later
// first. AccumulateGrad, which points to nothing, has the largest number there is.
//
// A graph is owned from its end: a tensor owns its grad_fn, which owns the nodes it points to, and
// so on. A million nodes in a chain are freed one after the other, not one inside the other: see
// release().
//
// PyTorch counterpart: torch/csrc/autograd/function.h, edge.h.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "../tensor/tensor.h"
#include "hooks.h"
#include "small_list.h"

namespace cutaway::inline v0_1::autograd {

class Node;
class SavedTensor;
struct ForwardSite;

struct Edge {
  std::shared_ptr<Node> node;  // null: no gradient wanted
  int64_t input_nr = 0;        // which of the node's inputs, that is, of its op's outputs
  bool is_valid() const { return node != nullptr; }
};
using Edges = SmallList<Edge, 2>;

/// What is known of an output of the forward op; its gradient is brought to this shape and dtype.
struct OutputInfo {
  DimVector sizes;
  DType dtype = kFloat32;
};

/// A tensor that a node keeps for its backward.
struct SavedInfo {
  std::string_view name;          // "self"; empty where it has none
  Tensor tensor;                  // as it is now, without history
  const Node* grad_fn = nullptr;  // what computed it; null for a leaf and for the op's own output
  int64_t output_nr = 0;          // which output of that
  bool is_output = false;         // it is the op's own output
};

class Node : public std::enable_shared_from_this<Node>, LiveCounted<Counted::Node> {
 public:
  Node(const char* name, Edges&& next_edges);
  virtual ~Node();
  Node(const Node&) = delete;
  Node& operator=(const Node&) = delete;

  /// Gradients of the op's outputs in, gradients of its inputs out (one per next edge; undefined
  /// where not needed). Any of those that come in may be undefined, too. A gradient may be larger
  /// than its input where the op broadcast it; the engine sums it down.
  virtual Grads apply(Grads grad_outputs) = 0;
  /// Frees what was saved for apply, which cannot be called again if there was anything.
  virtual void release_saved() {}
  /// Whether hooks see what apply returns for inputs that nobody asked for, too.
  virtual bool shows_unneeded() const { return false; }

  // ---- What is saved for apply, for those who look at the graph ----
  /// Shows each of them, in order, also those that are empty; and as released, where they are.
  virtual void for_each_saved(const std::function<void(const SavedTensor&)>&) const {}
  /// Their names: "other, self". One that ends with "..." stands for all from there on, a list.
  virtual const char* saved_names() const { return ""; }
  /// Those that are not empty; nothing once they are released.
  std::vector<SavedInfo> saved_tensors() const;
  /// What goes by that name, with its history: one tensor, undefined if it was not needed, or those
  /// of a list. Throws what backward would: if it was modified since, or is released. And where
  /// the node has no such name.
  std::vector<Tensor> saved(std::string_view name) const;

  /// "MulBackward0", as PyTorch prints it.
  const char* name() const { return name_; }
  /// Told by a tensor that was saved for apply, when it is unpacked: there is something to release.
  void note_unpacked() const { has_unpacked_.store(true, std::memory_order_relaxed); }

  /// Where it was made, if that was noted: see anomaly.h.
  const std::shared_ptr<const ForwardSite>& forward_site() const { return forward_site_; }
  uint64_t sequence_nr() const { return sequence_nr_; }
  const Edges& next_edges() const { return next_edges_; }
  /// Whether input i of the op wants a gradient: lets apply skip work. While grad() runs, only
  /// inputs on the way to what was asked for do.
  bool needs(size_t i) const;

  /// Calls `hook` before each apply, with the gradients of the op's outputs, which it may replace.
  /// Errors call it `name`, or by its number. See Note [The order of hooks].
  RemovableHandle register_prehook(NodePreHook hook, std::string name = {});
  /// Calls `hook` after each apply, with the gradients of the op's inputs, which it may replace,
  /// and of its outputs.
  RemovableHandle register_hook(NodePostHook hook, std::string name = {});
  /// Made on first use.
  Hooks& hooks();
  /// Null where there are none.
  const Hooks* find_hooks() const { return hooks_.get(); }
  /// Where the hooks of the tensors that the op computed are.
  virtual const Hooks* find_tensor_hooks() const { return hooks_.get(); }

  /// Describes one more output of the forward op, and returns its number.
  int64_t add_output(const Tensor& output);
  const SmallList<OutputInfo, 1>& outputs() const { return outputs_; }
  /// Describes the one output anew: a leaf has changed its shape or dtype, or an op's result was
  /// converted as it was written.
  void replace_output(const Tensor& output);

 protected:
  Node(const char* name, Edges&& next_edges, uint64_t sequence_nr);
  bool has_unpacked() const { return has_unpacked_.load(std::memory_order_relaxed); }

 private:
  const char* name_;
  uint64_t sequence_nr_;
  mutable std::atomic<bool> has_unpacked_{false};  // by whichever thread runs this
  Edges next_edges_;
  SmallList<OutputInfo, 1> outputs_;
  std::unique_ptr<Hooks> hooks_;                     // nearly always null
  std::shared_ptr<const ForwardSite> forward_site_;  // the same
};

using NodeSet = std::unordered_set<const Node*>;

/// For the rest of the scope, nodes that run on this thread need gradients only for inputs that
/// come from `wanted` nodes; null: for all inputs that require one. The engine's way of telling
/// nodes what grad() was asked for.
class LimitToNodes {
 public:
  explicit LimitToNodes(const NodeSet* wanted);
  ~LimitToNodes();
  LimitToNodes(const LimitToNodes&) = delete;
  LimitToNodes& operator=(const LimitToNodes&) = delete;

 private:
  const NodeSet* before_;
};

/// "Trying to backward through the graph a second time ...", in PyTorch's words.
constexpr const char* released_message() {
  return "Trying to backward through the graph a second time (or directly access saved tensors "
         "after they have already been freed). Saved intermediate values of the graph are freed "
         "when you call .backward() or autograd.grad(). Specify retain_graph=True if you need to "
         "backward through the graph a second time or if you need to access saved tensors after "
         "calling backward.";
}

/// "Mul" for MulBackward0, "Min1" for MinBackward1: what PyTorch's errors call the op.
std::string op_name(const Node& node);

/// node.apply(), reported to those who observe: see tensor/observe.h.
Grads apply_node(Node& node, Grads&& grad_outputs);

/// Lets go of a node that may be the last owner of a long chain. The stack stays flat: while a node
/// is being destroyed on this thread, further nodes are put on a list and destroyed after it.
void release(std::shared_ptr<Node> node) noexcept;

}  // namespace cutaway::autograd
