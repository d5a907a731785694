// SPDX-License-Identifier: MIT
#include "saved_tensor.h"

#include "../tensor/ops.h"
#include "grad_mode.h"
#include "variable.h"

namespace cutaway::autograd {

SavedTensor::SavedTensor(const Tensor& tensor, bool is_output, int64_t output_nr)
    : output_nr_(output_nr), is_output_(is_output) {
  if (!tensor.defined()) return;
  version_ = tensor.version();
  if (!is_output) {
    grad_fn_ = tensor.grad_fn();
    output_nr_ = tensor.output_nr();
    const AutogradMeta* meta = find_meta(tensor);
    if (!grad_fn_ && meta != nullptr && meta->leaf_requires_grad) {
      data_ = tensor;  // a leaf
      return;
    }
    original_ = tensor.impl_ptr();
  }
  data_ = detach(tensor);
}

/// The error of a version that is not the saved one, in PyTorch's words. The op it names is the one
/// that the tensor now comes from.
static std::string modified_message(const Tensor& data, const Node* origin, int64_t output_nr,
                                    uint32_t expected) {
  std::string text = join(
      "one of the variables needed for gradient computation has been modified by an inplace "
      "operation: [torch.",
      data.dtype(), "Tensor ", data.sizes(), "]");
  if (origin != nullptr) {
    const std::string_view name = origin->name();
    text +=
        join(", which is output ", output_nr, " of ", name.substr(0, name.find("Backward")), ",");
  }
  return text +
         join(" is at version ", data.version(), "; expected version ", expected,
              " instead. Hint: enable anomaly detection to find the operation that failed to "
              "compute its gradient, with torch.autograd.set_detect_anomaly(True, "
              "check_nan=False).");
}

Tensor SavedTensor::unpack(const Node& node) const {
  if (!data_.defined()) return {};
  const Node* origin = is_output_ ? &node : grad_fn_.get();
  if (data_.version() != version_) {
    const std::shared_ptr<TensorImpl> original = original_.lock();
    const std::shared_ptr<Node> modifier = original ? Tensor(original).grad_fn() : data_.grad_fn();
    throw Error(modified_message(data_, modifier ? modifier.get() : origin, output_nr_, version_));
  }
  if (!is_grad_enabled() || origin == nullptr) return data_;
  // Gradients of gradients are recorded: give the memory its history back.
  Tensor tensor = detach(data_);
  AutogradMeta& meta = meta_of(tensor);
  meta.grad_fn = is_output_ ? std::const_pointer_cast<Node>(node.shared_from_this()) : grad_fn_;
  meta.output_nr = output_nr_;
  tensor.impl()->add_key(Key::Autograd);
  return tensor;
}

}  // namespace cutaway::autograd
