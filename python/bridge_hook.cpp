// SPDX-License-Identifier: MIT
//
// Hooks that are functions of the caller's.
#include "../autograd/hooks.h"

#include "bridge.h"

using namespace cutaway;
using namespace cutaway::bridge;
using autograd::Grads;

struct cutaway_hook {
  autograd::RemovableHandle value;
};

/// What the function returned, or nothing.
static std::optional<Grads> changed(Grads grads) {
  return grads.empty() ? std::nullopt : std::optional(std::move(grads));
}

cutaway_hook* cutaway_tensor_register_hook(const cutaway_tensor* tensor,
                                           const cutaway_callback* function, const char* name) {
  return guarded<cutaway_hook*>(nullptr, [&] {
    const auto hook = [call = Callback(function)](const Tensor& grad) {
      const std::vector<Tensor> results = call({TensorList(grad)});
      return results.empty() ? Tensor() : results[0];
    };
    return new cutaway_hook{tensor_of(tensor).register_hook(hook, name)};
  });
}

cutaway_hook* cutaway_tensor_register_post_accumulate_grad_hook(const cutaway_tensor* tensor,
                                                                const cutaway_callback* function,
                                                                const char* name) {
  return guarded<cutaway_hook*>(nullptr, [&] {
    const auto hook = [call = Callback(function)](const Tensor& leaf) { call({TensorList(leaf)}); };
    return new cutaway_hook{tensor_of(tensor).register_post_accumulate_grad_hook(hook, name)};
  });
}

cutaway_hook* cutaway_node_register_prehook(const cutaway_node* node,
                                            const cutaway_callback* function, const char* name) {
  return guarded<cutaway_hook*>(nullptr, [&] {
    const auto hook = [call = Callback(function)](const Grads& grad_outputs) {
      return changed(call({TensorList(grad_outputs)}));
    };
    return new cutaway_hook{node->value->register_prehook(hook, name)};
  });
}

cutaway_hook* cutaway_node_register_hook(const cutaway_node* node, const cutaway_callback* function,
                                         const char* name) {
  return guarded<cutaway_hook*>(nullptr, [&] {
    const auto hook = [call = Callback(function)](const Grads& grad_inputs,
                                                  const Grads& grad_outputs) {
      return changed(call({TensorList(grad_inputs), TensorList(grad_outputs)}));
    };
    return new cutaway_hook{node->value->register_hook(hook, name)};
  });
}

uint64_t cutaway_hook_id(const cutaway_hook* hook) { return hook->value.id(); }
void cutaway_hook_remove(const cutaway_hook* hook) { hook->value.remove(); }
void cutaway_hook_free(cutaway_hook* hook) { delete hook; }
