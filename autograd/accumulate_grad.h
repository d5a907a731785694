// SPDX-License-Identifier: MIT
//
// AccumulateGrad: the last node on every path. It adds the gradient that arrives to the `grad` of
// its leaf. The node keeps the leaf alive, the leaf knows the node only weakly: when no graph uses
// the leaf any more, the node goes.
//
// The first gradient is not copied if nobody else can see it ("stolen") and it is laid out in
// memory as the leaf is, or contiguous where the leaf has gaps. Otherwise a copy is made that is
// laid out so. Later ones are added in place, or, while a graph of the gradients themselves is
// recorded (create_graph), out of place.
//
// PyTorch counterpart: torch/csrc/autograd/functions/accumulate_grad.h.
#pragma once

#include <mutex>

#include "node.h"

namespace cutaway::autograd {

class AccumulateGrad final : public Node {
 public:
  explicit AccumulateGrad(const Tensor& leaf);
  Grads apply(Grads grad_outputs) override;
  const Hooks* find_tensor_hooks() const override;
  const Tensor& leaf() const { return leaf_; }

 private:
  void accumulate(Tensor incoming);

  Tensor leaf_;
  // Two graphs, on two threads, may share the leaf. Recursive, since a hook that runs after the
  // accumulation may call backward.
  std::recursive_mutex mutex_;
};

/// The one AccumulateGrad of a leaf that requires a gradient.
std::shared_ptr<Node> accumulator_of(const Tensor& leaf);

}  // namespace cutaway::autograd
