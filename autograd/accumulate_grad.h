// SPDX-License-Identifier: MIT
//
// AccumulateGrad: the last node on every path. It adds the gradient that arrives to the `grad` of
// its leaf. It lives inside the leaf, from the first use on. An edge to it is a shared pointer that
// points at the node and counts for the leaf: so the graph keeps the leaf alive.
//
// The first gradient is not copied if nobody else can see it ("stolen") and it is laid out in
// memory as the leaf is, or contiguous where the leaf has gaps. Otherwise a copy is made that is
// laid out so. Later ones are added in place, or, while a graph of the gradients themselves is
// recorded (create_graph), out of place.
//
// PyTorch counterpart: torch/csrc/autograd/functions/accumulate_grad.h.
#pragma once

#include <limits>
#include <mutex>

#include "node.h"

namespace cutaway::inline v0_1::autograd {

class AutogradMeta;

class AccumulateGrad final : public Node {
 public:
  explicit AccumulateGrad(const Tensor& leaf);
  /// The leaf has got another shape or dtype.
  void leaf_changed() { replace_output(leaf()); }
  Grads apply(Grads grad_outputs) override;
  const Hooks* find_tensor_hooks() const override;
  /// Alive as long as there is an edge to the node.
  Tensor leaf() const { return Tensor(leaf_.lock()); }

 private:
  void accumulate(Tensor incoming);

  AutogradMeta& meta_;  // the leaf's, which owns this node
  std::weak_ptr<TensorImpl> leaf_;
  // Two graphs, on two threads, may share the leaf. Recursive, since a hook that runs after the
  // accumulation may call backward.
  std::recursive_mutex mutex_;
};

/// The node as the AccumulateGrad that it is; null if it is another's. Only they have that number.
inline const AccumulateGrad* as_accumulator(const Node& node) {
  const bool is_one = node.sequence_nr() == (std::numeric_limits<uint64_t>::max)();
  return is_one ? static_cast<const AccumulateGrad*>(&node) : nullptr;
}

/// The one AccumulateGrad of a leaf that requires a gradient, made at the first call.
std::shared_ptr<Node> accumulator_of(const Tensor& leaf);

}  // namespace cutaway::autograd
