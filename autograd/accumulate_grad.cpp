// SPDX-License-Identifier: MIT
#include "accumulate_grad.h"

#include <limits>

#include "../tensor/catalogue.h"
#include "../tensor/ops.h"
#include "grad_mode.h"
#include "variable.h"

namespace cutaway::inline v0_1::autograd {

AccumulateGrad::AccumulateGrad(const Tensor& leaf)
    : Node("AccumulateGrad", {}, std::numeric_limits<uint64_t>::max()),
      meta_(meta_of(leaf)),
      leaf_(leaf.impl_ptr()) {
  add_output(leaf);
}

const Hooks* AccumulateGrad::find_tensor_hooks() const { return meta_.hooks.get(); }

Grads AccumulateGrad::apply(Grads grad_outputs) {
  // Not meta_.mutex: what is recorded below may ask the leaf for this node, which may take that.
  const std::lock_guard<std::recursive_mutex> lock(mutex_);
  if (grad_outputs[0].defined()) {
    // It was recorded as a leaf; then its requires_grad was switched off, and it was written.
    check(!leaf().grad_fn(), "leaf variable has been moved into the graph interior");
    // A view that was made in no-grad mode requires a gradient as its base does.
    if (meta_.leaf_requires_grad || leaf().requires_grad()) accumulate(std::move(grad_outputs[0]));
  }
  // Also where there was nothing to add.
  if (meta_.hooks) meta_.hooks->run_post_accumulate_hooks(leaf());
  return {};
}

/// The strides that the gradient of `leaf` shall have.
static DimVector layout_for(const Tensor& leaf) {
  if (leaf.is_contiguous() || is_non_overlapping_and_dense(leaf.sizes(), leaf.strides())) {
    return leaf.strides();
  }
  return contiguous_strides(leaf.sizes());
}

/// Whether the strides differ where that matters: not along dimensions of size 1.
static bool has_layout(const Tensor& tensor, const DimVector& strides) {
  for (int64_t d = 0; d < tensor.dim(); ++d) {
    if (tensor.sizes()[d] != 1 && tensor.strides()[d] != strides[d]) return false;
  }
  return true;
}

/// Whether all that add_ would check is so: same shape and dtype, no memory used twice.
static bool fits(const Tensor& grad, const Tensor& incoming) {
  return grad.is_contiguous() && incoming.is_sole_owner() && grad.dtype() == incoming.dtype() &&
         grad.sizes() == incoming.sizes();
}

void AccumulateGrad::accumulate(Tensor incoming) {
  Tensor& grad = meta_.grad;
  const bool is_recorded = is_grad_enabled();
  if (grad.defined() && is_recorded) {
    grad = add(grad, incoming);
  } else if (grad.defined() && fits(grad, incoming)) {
    op::add_(grad, incoming, 1);
  } else if (grad.defined()) {
    grad.add_(incoming);
  } else {
    const Tensor leaf = this->leaf();
    const DimVector strides = layout_for(leaf);
    if (!is_recorded && incoming.is_sole_owner() && has_layout(incoming, strides)) {
      grad = std::move(incoming);
    } else {
      grad = empty_strided(leaf.sizes(), strides, incoming.dtype()).copy_(incoming);
    }
  }
}

std::shared_ptr<Node> accumulator_of(const Tensor& leaf) {
  AutogradMeta& meta = meta_of(leaf);
  if (std::shared_ptr<Node> original = meta.stands_for.lock()) return original;
  Node* node = meta.accumulator.load(std::memory_order_acquire);
  if (node == nullptr) {
    const std::lock_guard<std::mutex> lock(meta.mutex);  // many threads may use one leaf
    node = meta.accumulator.load(std::memory_order_relaxed);
    if (node == nullptr) {
      node = new AccumulateGrad(leaf);
      meta.accumulator.store(node, std::memory_order_release);
    }
  }
  return {leaf.impl_ptr(), node};
}

}  // namespace cutaway::autograd
