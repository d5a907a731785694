// SPDX-License-Identifier: MIT
//
// Gradients: what autograd remembers of a tensor.
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

uint64_t cutaway_tensor_identity(const cutaway_tensor* tensor) {
  return reinterpret_cast<uintptr_t>(tensor->value.impl());
}
int64_t cutaway_tensor_output_nr(const cutaway_tensor* tensor) { return tensor->value.output_nr(); }

int32_t cutaway_tensor_retain_grad(const cutaway_tensor* tensor) {
  return guarded(-1, [&] {
    tensor_of(tensor).retain_grad();
    return 0;
  });
}
int32_t cutaway_tensor_retains_grad(const cutaway_tensor* tensor) {
  return guarded(-1, [&] { return tensor_of(tensor).retains_grad() ? 1 : 0; });
}
int32_t cutaway_tensor_detach_in_place(cutaway_tensor* tensor) {
  return guarded(-1, [&] {
    tensor_of(tensor).detach_();
    return 0;
  });
}
