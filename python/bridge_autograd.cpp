// SPDX-License-Identifier: MIT
//
// Gradients: what autograd remembers of a tensor, backward, and grad mode.
#include "../autograd/node.h"
#include "../tensor/tensor.h"
#include "bridge.h"

using namespace cutaway;
using namespace cutaway::bridge;

int32_t cutaway_tensor_requires_grad(const cutaway_tensor* tensor) {
  return guarded(-1, [&] { return tensor_of(tensor).requires_grad() ? 1 : 0; });
}
int32_t cutaway_tensor_set_requires_grad(cutaway_tensor* tensor, int32_t requires_grad) {
  return guarded(-1, [&] {
    tensor_of(tensor).requires_grad_(requires_grad != 0);
    return 0;
  });
}
int32_t cutaway_tensor_is_leaf(const cutaway_tensor* tensor) {
  return guarded(-1, [&] { return tensor_of(tensor).is_leaf() ? 1 : 0; });
}

cutaway_tensor* cutaway_tensor_grad(const cutaway_tensor* tensor) {
  return guarded<cutaway_tensor*>(nullptr, [&] {
    const Tensor& grad = tensor_of(tensor).grad();
    return grad.defined() ? give(grad) : nullptr;
  });
}
int32_t cutaway_tensor_set_grad(cutaway_tensor* tensor, const cutaway_tensor* grad) {
  return guarded(-1, [&] {
    tensor_of(tensor).set_grad(grad != nullptr ? grad->value : Tensor());
    return 0;
  });
}

const char* cutaway_tensor_grad_fn_name(const cutaway_tensor* tensor) {
  return guarded<const char*>(nullptr, [&] {
    thread_local std::string name;
    const std::shared_ptr<autograd::Node> node = tensor_of(tensor).grad_fn();
    name = node ? node->name() : "";
    return name.c_str();
  });
}

int32_t cutaway_backward(const cutaway_tensor* tensor, const cutaway_tensor* gradient,
                         int32_t retain_graph, int32_t create_graph) {
  return guarded(-1, [&] {
    tensor_of(tensor).backward(gradient != nullptr ? gradient->value : Tensor(), retain_graph != 0,
                               create_graph != 0);
    return 0;
  });
}

int32_t cutaway_is_grad_enabled() { return !excluded_keys().has(Key::Autograd); }
void cutaway_set_grad_enabled(int32_t enabled) {
  // A guard that Python's `with` opens and closes: not a scope of C++.
  detail::excluded_keys =
      enabled != 0 ? excluded_keys() - Key::Autograd : excluded_keys() | Key::Autograd;
}
