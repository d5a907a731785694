// SPDX-License-Identifier: MIT
#include "accumulate_grad.h"

#include "../tensor/ops.h"
#include "grad_mode.h"
#include "variable.h"

namespace cutaway::autograd {

AccumulateGrad::AccumulateGrad(const Tensor& leaf) : Node("AccumulateGrad", {}), leaf_(leaf) {
  add_output(leaf);
}

const Hooks* AccumulateGrad::find_tensor_hooks() const { return meta_of(leaf_).hooks.get(); }

Grads AccumulateGrad::apply(Grads grad_outputs) {
  if (!grad_outputs[0].defined() || !leaf_.requires_grad()) return {};
  // Not meta.mutex: what is recorded below may ask the leaf for its accumulator, which takes that.
  const std::lock_guard<std::recursive_mutex> lock(mutex_);
  accumulate(std::move(grad_outputs[0]));
  if (const Hooks* hooks = find_tensor_hooks()) hooks->run_post_accumulate_hooks(leaf_);
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

void AccumulateGrad::accumulate(Tensor incoming) {
  Tensor& grad = meta_of(leaf_).grad;
  const bool is_recorded = is_grad_enabled();
  if (grad.defined()) {
    if (is_recorded) {
      grad = add(grad, incoming);
    } else {
      grad.add_(incoming);
    }
    return;
  }
  const DimVector strides = layout_for(leaf_);
  if (!is_recorded && incoming.is_sole_owner() && has_layout(incoming, strides)) {
    grad = std::move(incoming);
  } else {
    grad = empty_strided(leaf_.sizes(), strides, incoming.dtype()).copy_(incoming);
  }
}

std::shared_ptr<Node> accumulator_of(const Tensor& leaf) {
  AutogradMeta& meta = meta_of(leaf);
  const std::lock_guard<std::mutex> lock(meta.mutex);
  std::shared_ptr<Node> node = meta.accumulator.lock();
  if (!node) {
    node = std::make_shared<AccumulateGrad>(leaf);
    meta.accumulator = node;
  }
  return node;
}

}  // namespace cutaway::autograd
