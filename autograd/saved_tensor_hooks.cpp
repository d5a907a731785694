// SPDX-License-Identifier: MIT
#include "saved_tensor_hooks.h"

#include <utility>

#include "../tensor/ops.h"
#include "grad_mode.h"

namespace cutaway::inline v0_1::autograd {
namespace {

struct Frame {
  std::shared_ptr<const SavedTensorHooks> hooks;
  Frame* below;
};

constinit thread_local Frame* top = nullptr;
constinit thread_local const std::string* forbidden = nullptr;  // why, or null: allowed

}  // namespace

void push_saved_tensors_hooks(SavedTensorHooks hooks) {
  if (forbidden != nullptr) throw Error(*forbidden);
  top = new Frame{std::make_shared<const SavedTensorHooks>(std::move(hooks)), top};
}

void pop_saved_tensors_hooks() {
  check(top != nullptr, "pop_saved_tensors_hooks: there are none");
  const std::unique_ptr<Frame> frame(top);
  top = frame->below;
}

SavedTensorHooks save_on_cpu(bool pin_memory) {
  return {[pin_memory](const Tensor& tensor) -> std::any {
            if (!pin_memory) return tensor;
            return Tensor(empty(tensor.sizes(), tensor.dtype()).copy_(tensor));
          },
          [](const std::any& kept) { return std::any_cast<Tensor>(kept); }};
}

std::shared_ptr<const SavedTensorHooks> saved_tensors_hooks() {
  return top == nullptr ? nullptr : top->hooks;
}

DisableSavedTensorsHooks::DisableSavedTensorsHooks(std::string message)
    : message_(std::move(message)), before_(forbidden) {
  if (top != nullptr) throw Error(message_);
  forbidden = &message_;
}
DisableSavedTensorsHooks::~DisableSavedTensorsHooks() { forbidden = before_; }

PackedTensor::PackedTensor(std::shared_ptr<const SavedTensorHooks> hooks, const Tensor& tensor,
                           const std::shared_ptr<Node>& accumulator)
    : hooks_(std::move(hooks)), accumulator_(accumulator) {
  const NoGrad guard;
  const uint32_t version = tensor.version();
  packed_ = hooks_->pack(tensor);
  check(tensor.version() == version,
        "A saved tensor pack hook is modifying its input in place. Tensors provided as input to "
        "pack hook cannot be modified by in-place operations as this can lead to unexpected "
        "side-effects. Please open an issue if you need to perform in-place operations on the "
        "input to a pack hook.");
}

}  // namespace cutaway::autograd
