// SPDX-License-Identifier: MIT
#include "hooks.h"

#include <mutex>

#include "../tensor/ops.h"
#include "variable.h"

namespace cutaway::inline v0_1::autograd {
namespace {

template <class Hook>
RemovableHandle add_to(std::shared_ptr<HookList<Hook>>& list, Hook hook, std::string name) {
  if (!list) list = std::make_shared<HookList<Hook>>();
  const uint64_t id = list->add(std::move(hook), std::move(name));
  return {list, id};
}

/// A hook may replace a gradient, but by one of the same kind.
void check_replacement(const Tensor& before, const Tensor& after, const std::string& name) {
  if (!after.defined()) return;
  check(before.defined(), "can't replace a None gradient with a non-None value");
  check(before.dtype() == after.dtype(), "hook '", name,
        "' has changed the type of value (was torch.", before.dtype(), "Tensor got torch.",
        after.dtype(), "Tensor)");
  check(before.sizes() == after.sizes(), "hook '", name, "' has changed the size of value");
}

void replace(Grads& grads, std::optional<Grads> by, const std::string& name) {
  if (!by) return;
  check(by->size() == grads.size(), "hook '", name,
        "' has returned an incorrect number of values (got ", by->size(), ", but expected ",
        grads.size(), ")");
  for (size_t i = 0; i < grads.size(); ++i) check_replacement(grads[i], (*by)[i], name);
  grads = std::move(*by);
}

/// What retain_grad asked for: grad() of a tensor that is no leaf. The tensor may be shown to the
/// user while the gradient is still on its way, so it is a copy.
void add_to_retained(const Tensor& tensor, const Tensor& grad) {
  AutogradMeta& meta = meta_of(tensor);
  const std::lock_guard<std::mutex> lock(meta.mutex);  // a graph may run on two threads
  meta.grad = meta.grad.defined() ? add(meta.grad, grad) : clone(grad);
}

}  // namespace

RemovableHandle Hooks::add_tensor_hook(int64_t output_nr, TensorHook hook, std::string name) {
  return add_to(of_tensors_, OutputHook{output_nr, std::move(hook)}, std::move(name));
}
RemovableHandle Hooks::add_pre_hook(NodePreHook hook, std::string name) {
  return add_to(pre_, std::move(hook), std::move(name));
}
RemovableHandle Hooks::add_post_hook(NodePostHook hook, std::string name) {
  return add_to(post_, std::move(hook), std::move(name));
}
RemovableHandle Hooks::add_post_accumulate_hook(PostAccumulateHook hook, std::string name) {
  return add_to(post_accumulate_, std::move(hook), std::move(name));
}

void Hooks::retain_grad(int64_t output_nr, const Tensor& tensor) {
  retained_.push_back({output_nr, tensor.impl_ptr()});
}

void Hooks::stop_retaining(const Tensor& tensor) {
  std::erase_if(retained_, [&](const Retained& retained) {
    return retained.tensor.lock() == tensor.impl_ptr();
  });
}

void Hooks::run_tensor_hooks(Grads& grads) const {
  if (of_tensors_) {
    for (const auto& [id, name, on] : of_tensors_->entries()) {
      Tensor& grad = grads[static_cast<size_t>(on.output_nr)];
      const Tensor result = on.hook(grad);
      check_replacement(grad, result, name);
      if (result.defined()) grad = result;
    }
  }
  for (const auto& [output_nr, weak] : retained_) {
    const Tensor& grad = grads[static_cast<size_t>(output_nr)];
    const std::shared_ptr<TensorImpl> tensor = weak.lock();
    if (tensor && grad.defined()) add_to_retained(Tensor(tensor), grad);
  }
}

void Hooks::run_pre_hooks(Grads& grads) const {
  if (!pre_) return;
  for (const auto& [id, name, hook] : pre_->entries()) replace(grads, hook(grads), name);
}

void Hooks::run_post_hooks(Grads& grad_inputs, const Grads& grad_outputs) const {
  if (!post_) return;
  for (const auto& [id, name, hook] : post_->entries()) {
    replace(grad_inputs, hook(grad_inputs, grad_outputs), name);
  }
}

void Hooks::run_post_accumulate_hooks(const Tensor& leaf) const {
  if (!post_accumulate_) return;
  for (const auto& [id, name, hook] : post_accumulate_->entries()) hook(leaf);
}

}  // namespace cutaway::autograd
