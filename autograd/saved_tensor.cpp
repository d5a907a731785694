// SPDX-License-Identifier: MIT
#include "saved_tensor.h"

#include <utility>

#include "../tensor/ops.h"
#include "accumulate_grad.h"
#include "anomaly.h"
#include "grad_mode.h"
#include "inplace_view.h"
#include "variable.h"

namespace cutaway::inline v0_1::autograd {

/// The argument that an operand was converted from; else the tensor itself.
static const Tensor& original_of(const Tensor& operand) {
  const AutogradMeta* meta = find_meta(operand);
  return meta != nullptr && meta->converted_from.defined() ? meta->converted_from : operand;
}

SavedTensor::SavedTensor(const Tensor& operand, bool is_output, int64_t output_nr)
    : output_nr_(output_nr), is_output_(is_output) {
  if (!operand.defined()) return;
  is_kept_ = true;
  const Tensor& tensor = original_of(operand);
  if (tensor.dtype() != operand.dtype()) converted_to_ = operand.dtype();
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
  // A leaf, or a view that was made in no-grad mode: neither has a history, though it wants one.
  if (!is_output && !grad_fn_ && tensor.requires_grad()) {
    data_ = tensor;
    return;
  }
  if (!is_output) {
    if (tensor.is_view()) {
      view_origin_ = origin_of(tensor);
      was_stale_ = tensor.impl()->history_version() != version_;
    }
    original_is_base_ = tensor.is_view() && (!grad_fn_ || view_origin_ != ViewOrigin::OneView);
    original_ = original_is_base_ ? tensor.impl()->base() : tensor.impl_ptr();
    if (original_is_base_) view_ = tensor.impl_ptr();
  }
  data_ = detach(tensor);
}

bool wants_gradient(const Tensor& input) {
  return input.requires_grad() && (!input.is_view() || gradient_edge(input).is_valid());
}

static constinit thread_local const std::function<void(const SavedTensor&)>* looking = nullptr;

detail::SavedVisit::SavedVisit(const std::function<void(const SavedTensor&)>& visit)
    : outer_(std::exchange(looking, &visit)) {}
detail::SavedVisit::~SavedVisit() { looking = outer_; }

SavedTensor::SavedTensor(const SavedTensor& other) {
  check(looking != nullptr, "a SavedTensor is moved, never copied");
  (*looking)(other);
}

SavedInfo SavedTensor::info() const { return {{}, data_, grad_fn_.get(), output_nr_, is_output_}; }

void check_saved(const Node& node) {
  node.for_each_saved([&](const SavedTensor& saved) { saved.unpack(node); });
}

/// The error of a version that is not the saved one, in PyTorch's words. The op it names is the one
/// that the tensor now comes from.
static std::string modified_message(const Tensor& data, IntArrayRef sizes,
                                    const std::string& origin, int64_t output_nr,
                                    uint32_t expected) {
  std::string text = join(
      "one of the variables needed for gradient computation has been modified by an inplace "
      "operation: [torch.",
      data.dtype(), "Tensor ", sizes, "]");
  if (!origin.empty()) text += join(", which is output ", output_nr, " of ", origin, ",");
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

/// Of a view that is gone, and whose base asks for a gradient since: what it would be now. One that
/// had not been written has no history.
static Tensor view_again(const Tensor& base, const Tensor& data, bool was_stale) {
  const auto view = [&] {
    return as_strided(base, data.sizes(), data.strides(), data.storage_offset());
  };
  if (was_stale) return view();
  const NoGrad guard;
  return view();
}

Tensor SavedTensor::unpack(const Node* node) const {
  Tensor tensor = unpack_original(node);
  return converted_to_ ? tensor.to(*converted_to_) : tensor;
}

Tensor SavedTensor::unpack_original(const Node* node) const {
  if (node != nullptr && (packed_ || data_.defined())) node->note_unpacked();
  if (packed_) {
    const Tensor data = packed_->unpack();
    check_type(data.defined(), "A saved tensor unpack hook returned no tensor");
    return with_history(data, node);
  }
  if (!data_.defined()) {
    check(!is_kept_, released_message());
    return {};
  }
  check(!is_detached(),
        "Trying to use a saved tensor that has been detached in-place, i.e. with .detach_().This "
        "is not supported, please use out-of-place `.detach()` instead");
  const bool is_written = data_.impl()->version() != version_;
  if (is_written || was_stale_) check_view();
  if (is_written) fail_modified(node);
  if (is_leaf_) {
    if (data_.is_view()) static_cast<void>(data_.grad_fn());  // may throw: its base asks since
    return data_;
  }
  if (!is_grad_enabled() || is_output_ || grad_fn_) return with_history(data_, node);
  // Nobody asked for a gradient when it was saved: does somebody now?
  if (const std::shared_ptr<TensorImpl> original = original_.lock()) {
    const std::shared_ptr<TensorImpl> saved = original_is_base_ ? view_.lock() : original;
    if (saved && Tensor(saved).requires_grad()) return Tensor(saved);
    if (!saved && Tensor(original).requires_grad()) {
      return view_again(Tensor(original), data_, was_stale_);
    }
  }
  return with_history(data_, node);
}

/// Whether detach_() has taken the history from what had one.
bool SavedTensor::is_detached() const {
  if (!grad_fn_ || original_is_base_ || may_be_detached_) return false;
  const std::shared_ptr<TensorImpl> original = original_.lock();
  return original && !Tensor(original).grad_fn();
}

/// Refuses a view whose origin has no history to give. It may be gone by now, but what it was is
/// what the user has to know.
void SavedTensor::check_view() const {
  if (!original_is_base_) return;
  const std::shared_ptr<TensorImpl> base = original_.lock();
  if (base && (grad_fn_ || Tensor(base).requires_grad())) {
    check_stale_view(view_origin_, grad_fn_.get(), output_nr_);
  }
}

void SavedTensor::fail_modified(const Node* node) const {
  const std::shared_ptr<TensorImpl> original = original_.lock();
  const bool is_renewed = original_is_base_ && original && Tensor(original).requires_grad();
  const std::shared_ptr<Node> modifier = original ? Tensor(original).grad_fn() : data_.grad_fn();
  const Node* origin = is_output_ ? node : grad_fn_.get();
  const std::string name = is_renewed          ? "AsStrided"  // what the view is now
                           : modifier          ? op_name(*modifier)
                           : origin != nullptr ? op_name(*origin)
                                               : std::string();
  // A write that changed the shape, too: x.squeeze_()
  const std::shared_ptr<TensorImpl> written = original_is_base_ ? view_.lock() : original;
  throw Error(modified_message(data_, written ? written->sizes() : data_.sizes(), name, output_nr_,
                               version_));
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
