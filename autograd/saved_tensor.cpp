// SPDX-License-Identifier: MIT
#include "saved_tensor.h"

#include <utility>

#include "../tensor/ops.h"
#include "accumulate_grad.h"
#include "anomaly.h"
#include "grad_mode.h"
#include "variable.h"

namespace cutaway::autograd {

SavedTensor::SavedTensor(const Tensor& tensor, bool is_output, int64_t output_nr)
    : output_nr_(output_nr), is_output_(is_output) {
  if (!tensor.defined()) return;
  check(!tensor.is_inference(),
        "Inference tensors cannot be saved for backward. Please do not use Tensors created in "
        "inference mode in computation tracked by autograd. To work around this, you can make a "
        "clone to get a normal tensor and use it in autograd, or use `torch.no_grad()` instead of "
        "`torch.inference_mode()`.");
  version_ = tensor.impl()->version();
  if (!is_output) {
    grad_fn_ = tensor.grad_fn();
    output_nr_ = tensor.output_nr();
    const AutogradMeta* meta = find_meta(tensor);
    is_leaf_ = !grad_fn_ && meta != nullptr && meta->leaf_requires_grad;
  }
  std::shared_ptr<const SavedTensorHooks> hooks = saved_tensors_hooks();
  if (hooks && !tensor.impl()->is_wrapped_number()) {
    packed_ = std::make_unique<PackedTensor>(std::move(hooks), is_output ? detach(tensor) : tensor,
                                             is_leaf_ ? accumulator_of(tensor) : nullptr);
    return;
  }
  if (!is_output && !is_leaf_) {
    original_is_base_ = tensor.is_view() && !grad_fn_;
    original_ = original_is_base_ ? tensor.impl()->base() : tensor.impl_ptr();
  }
  data_ = is_leaf_ ? tensor : detach(tensor);
}

bool wants_gradient(const Tensor& input) {
  return input.requires_grad() && (!input.is_view() || gradient_edge(input).is_valid());
}

static constinit thread_local detail::SavedListing* current_listing = nullptr;

detail::SavedListing::SavedListing() : outer_(std::exchange(current_listing, this)) {}
detail::SavedListing::~SavedListing() { current_listing = outer_; }

SavedTensor::SavedTensor(const SavedTensor& other) {
  check(current_listing != nullptr, "a SavedTensor is moved, never copied");
  if (!other.data_.defined() && !other.packed_) return;
  current_listing->is_empty = false;
  if (current_listing->unpacks_for != nullptr) other.unpack(*current_listing->unpacks_for);
  if (current_listing->found == nullptr || !other.data_.defined()) return;
  current_listing->found->push_back(
      {other.data_, other.grad_fn_.get(), other.output_nr_, other.is_output_});
}

/// The error of a version that is not the saved one, in PyTorch's words. The op it names is the one
/// that the tensor now comes from.
static std::string modified_message(const Tensor& data, IntArrayRef sizes, const Node* origin,
                                    int64_t output_nr, uint32_t expected) {
  std::string text = join(
      "one of the variables needed for gradient computation has been modified by an inplace "
      "operation: [torch.",
      data.dtype(), "Tensor ", sizes, "]");
  if (origin != nullptr) {
    text += join(", which is output ", output_nr, " of ", op_name(*origin), ",");
  }
  return text +
         join(" is at version ", data.version(), "; expected version ", expected,
              " instead. Hint: ",
              is_anomaly_enabled()
                  ? "the backtrace further above shows the operation that failed to compute its "
                    "gradient. The variable in question was changed in there or anywhere later. "
                    "Good luck!"
                  : "enable anomaly detection to find the operation that failed to compute its "
                    "gradient, with torch.autograd.set_detect_anomaly(True, check_nan=False).");
}

Tensor SavedTensor::unpack(const Node* node) const {
  if (packed_) {
    const Tensor data = packed_->unpack();
    check_type(data.defined(), "A saved tensor unpack hook returned no tensor");
    return with_history(data, node);
  }
  if (!data_.defined()) return {};
  if (data_.impl()->version() != version_) {
    const std::shared_ptr<TensorImpl> original = original_.lock();
    const std::shared_ptr<Node> modifier = original ? Tensor(original).grad_fn() : data_.grad_fn();
    const Node* origin = is_output_ ? node : grad_fn_.get();
    // A write that changed the shape, too: x.squeeze_()
    const DimVector& sizes = original && !original_is_base_ ? original->sizes() : data_.sizes();
    throw Error(
        modified_message(data_, sizes, modifier ? modifier.get() : origin, output_nr_, version_));
  }
  return is_leaf_ ? data_ : with_history(data_, node);
}

/// Gradients of gradients are recorded: gives the memory its history back. Else nobody asks.
Tensor SavedTensor::with_history(const Tensor& data, const Node* node) const {
  if (!is_grad_enabled() || (!is_output_ && !grad_fn_ && !is_leaf_)) return data;
  Tensor tensor = detach(data);
  AutogradMeta& meta = meta_of(tensor);
  if (is_leaf_) {
    meta.leaf_requires_grad = true;
    meta.stands_for = packed_->accumulator();
  } else {
    meta.grad_fn = is_output_ ? std::const_pointer_cast<Node>(node->shared_from_this()) : grad_fn_;
    meta.output_nr = output_nr_;
  }
  tensor.impl()->add_key(Key::Autograd);
  return tensor;
}

}  // namespace cutaway::autograd
