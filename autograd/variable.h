// SPDX-License-Identifier: MIT
//
// What autograd remembers of a tensor: whether it requires a gradient, the gradient, and the node
// that computed it. A tensor that never met autograd has none of this (a null pointer), and its ops
// never come here.
//
// The gradient methods of Tensor (requires_grad_, grad, backward, ...) are defined in variable.cpp.
//
// PyTorch counterpart: torch/csrc/autograd/variable.h.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <string>

#include "node.h"

namespace cutaway::inline v0_1::autograd {

class AutogradMeta final : public AutogradMetaInterface {
 public:
  ~AutogradMeta() override;
  static void* operator new(size_t) { return PoolAllocator<AutogradMeta>().allocate(1); }
  static void operator delete(void* meta) {
    PoolAllocator<AutogradMeta>().deallocate(static_cast<AutogradMeta*>(meta), 1);
  }
  bool requires_grad(const Tensor& self) const override;
  std::string grad_fn_name(const Tensor& self) const override;

  bool leaf_requires_grad = false;  // set by the user; a computed tensor has a grad_fn instead
  Tensor grad;                      // undefined until backward reaches this leaf
  std::shared_ptr<Node> grad_fn;    // null for a leaf. For a view, see inplace_view.h: may be stale
  int64_t output_nr = 0;            // which output of grad_fn this tensor is
  bool retains_grad = false;        // retain_grad() was called on this computed tensor
  std::atomic<Node*> accumulator{nullptr};  // a leaf's AccumulateGrad; owned
  std::unique_ptr<Hooks> hooks;    // a leaf's; those of a computed tensor are in its grad_fn
  std::weak_ptr<Node> stands_for;  // the accumulator of a leaf that this one is a copy of
  Tensor converted_from;           // an operand in the dtype of its op: what it was
  std::mutex mutex;  // held to make the accumulator, and to add to a grad that is retained
};

/// The tensor's metadata; null if it has none.
AutogradMeta* find_meta(const Tensor& tensor);
/// The tensor's metadata, made on first use.
AutogradMeta& meta_of(const Tensor& tensor);

/// The hooks of a leaf, made on first use.
Hooks& hooks_of_leaf(const Tensor& leaf);

/// Where this tensor's gradient goes: to its grad_fn, to its AccumulateGrad if it is a leaf that
/// requires one, else nowhere.
Edge gradient_edge(const Tensor& tensor);

/// The same memory without history and with a version of its own: what is written through it,
/// autograd does not notice. `x.data` in Python.
Tensor variable_data(const Tensor& tensor);

/// Makes `tensor` the next output of `node`.
void set_history(const Tensor& tensor, const std::shared_ptr<Node>& node);
/// Makes `tensor`, too, the output that the edge names.
void set_history(const Tensor& tensor, const Edge& edge);

}  // namespace cutaway::autograd
