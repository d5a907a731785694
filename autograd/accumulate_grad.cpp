// SPDX-License-Identifier: MIT
#include "accumulate_grad.h"

#include "../tensor/ops.h"
#include "grad_mode.h"
#include "variable.h"

namespace cutaway::autograd {

AccumulateGrad::AccumulateGrad(const Tensor& leaf) : Node("AccumulateGrad", {}), leaf_(leaf) {
  add_output(leaf);
}

Grads AccumulateGrad::apply(Grads grad_outputs) {
  Tensor& incoming = grad_outputs[0];
  if (!incoming.defined()) return {};
  AutogradMeta& meta = meta_of(leaf_);
  // Not meta.mutex: what is recorded below may ask the leaf for its accumulator, which takes that.
  const std::lock_guard<std::mutex> lock(mutex_);
  if (meta.grad.defined()) {
    if (is_grad_enabled()) {
      meta.grad = add(meta.grad, incoming);
    } else {
      meta.grad.add_(incoming);
    }
    return {};
  }
  if (is_grad_enabled()) {
    meta.grad = clone(incoming);
  } else if (incoming.is_sole_owner() && incoming.strides() == leaf_.strides()) {
    meta.grad = std::move(incoming);
  } else {
    meta.grad = empty_like(leaf_);
    meta.grad.copy_(incoming);
  }
  return {};
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
