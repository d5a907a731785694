// SPDX-License-Identifier: MIT
#include "variable.h"

#include <utility>

#include "../tensor/observe.h"
#include "accumulate_grad.h"
#include "derivatives.h"
#include "engine.h"
#include "grad_mode.h"
#include "inplace_view.h"

namespace cutaway::inline v0_1 {
namespace autograd {

AutogradMeta::~AutogradMeta() {
  if (grad_fn) release(std::move(grad_fn));
  delete accumulator.load(std::memory_order_relaxed);
}

AutogradMeta* find_meta(const Tensor& tensor) {
  return static_cast<AutogradMeta*>(tensor.impl()->autograd_meta());
}

AutogradMeta& meta_of(const Tensor& tensor) {
  if (find_meta(tensor) == nullptr) {
    tensor.impl()->set_autograd_meta(std::make_unique<AutogradMeta>());
  }
  return *find_meta(tensor);
}

bool AutogradMeta::requires_grad(const Tensor& self) const {
  const AutogradMeta* own = find_meta(self);
  if (own != nullptr && (own->leaf_requires_grad || own->grad_fn)) return true;
  return self.is_view() && Tensor(self.impl()->base()).requires_grad();
}

std::string AutogradMeta::grad_fn_name(const Tensor& self) const {
  try {
    const std::shared_ptr<Node> node = self.grad_fn();
    return node ? node->name() : "";
  } catch (const Error&) {
    return "Invalid";  // a view that grad_fn_of_view refuses; it can still be printed
  }
}

Hooks& hooks_of_leaf(const Tensor& leaf) {
  AutogradMeta& meta = meta_of(leaf);
  if (!meta.hooks) meta.hooks = std::make_unique<Hooks>();
  return *meta.hooks;
}

Edge gradient_edge(const Tensor& tensor) {
  if (!tensor.defined()) return {};
  if (std::shared_ptr<Node> node = tensor.grad_fn()) {
    return {std::move(node), tensor.output_nr()};
  }
  AutogradMeta* meta = find_meta(tensor);
  if (meta == nullptr || !meta->leaf_requires_grad) return {};
  return {accumulator_of(tensor), 0};
}

void set_history(const Tensor& tensor, const std::shared_ptr<Node>& node) {
  set_history(tensor, Edge{node, node->add_output(tensor)});
}

void set_history(const Tensor& tensor, const Edge& edge) {
  AutogradMeta& meta = meta_of(tensor);
  if (meta.retains_grad) {
    if (meta.grad_fn) meta.grad_fn->hooks().stop_retaining(tensor);
    edge.node->hooks().retain_grad(edge.input_nr, tensor);
  }
  meta.output_nr = edge.input_nr;
  if (is_observed()) ObservedCall::note_node(edge.node->name(), edge.node->sequence_nr());
  release(std::exchange(meta.grad_fn, edge.node));
  tensor.impl()->set_history_version(tensor.impl()->version());
  tensor.impl()->set_recorded();
  tensor.impl()->add_key(Key::Autograd);
}

Tensor variable_data(const Tensor& tensor) {
  const NoGrad guard;
  const Tensor result = tensor.detach();
  result.impl()->set_version_counter(std::make_shared<VersionCounter>());
  return result;
}

}  // namespace autograd

// ---- The gradient methods of Tensor ----

using autograd::AutogradMeta;

const Tensor& Tensor::requires_grad_(bool requires_grad) const {
  check(is_leaf() || requires_grad == this->requires_grad(),
        "you can only change requires_grad flags of leaf variables.",
        requires_grad
            ? ""
            : " If you want to use a computed variable in a subgraph that doesn't require "
              "differentiation use var_no_grad = var.detach().");
  check(!requires_grad || is_floating_point(),
        "only Tensors of floating point dtype can require gradients");
  if (!is_leaf()) return *this;
  check(!requires_grad || !is_inference() || is_inference_mode_enabled(),
        "Setting requires_grad=True on inference tensor outside InferenceMode is not allowed.");
  autograd::install_derivatives();
  autograd::meta_of(*this).leaf_requires_grad = requires_grad;
  if (requires_grad && !is_inference()) {
    impl_->add_key(Key::Autograd);
  } else {
    impl_->remove_key(Key::Autograd);
  }
  return *this;
}

bool Tensor::is_leaf() const { return grad_fn() == nullptr; }

const Tensor& Tensor::grad() const {
  static const Tensor none;
  const AutogradMeta* meta = autograd::find_meta(*this);
  return meta != nullptr ? meta->grad : none;
}

void Tensor::set_grad(const Tensor& grad) const {
  if (!grad.defined()) {
    if (AutogradMeta* meta = autograd::find_meta(*this)) meta->grad = Tensor();
    return;
  }
  check(!grad.is_same(*this), "can't assign Variable as its own grad");
  check(grad.dtype() == dtype(), "attempting to assign a gradient with dtype '",
        cpp_name_of(grad.dtype()), "' to a tensor with grad_dtype '", dtype(),
        "'. The gradient must match the tensor's grad_dtype (defaults to the tensor's dtype). You "
        "can set the tensor's grad_dtype attribute with a specific dtype, or None to allow any "
        "dtype. Set grad_dtype with caution. Diverging the dtypes of a tensor and its gradient may "
        "break downstream systems that assume they match.");
  check(grad.sizes() == sizes(), "attempting to assign a gradient of size '", grad.sizes(),
        "' to a tensor of size '", sizes(),
        "'. Please ensure that the gradient and the tensor are the same size");
  autograd::meta_of(*this).grad = grad;
}

void Tensor::set_data(const Tensor& data) const {
  check(data.defined(), "set_data: the new data is an undefined tensor");
  check(!is_view(), "set_data: a view cannot be given other data than its base has");
  check(!requires_grad() || data.is_floating_point(),
        "data set to a tensor that requires gradients must be floating point or complex dtype");
  impl_->set_data(*data.impl());
  if (AutogradMeta* meta = autograd::find_meta(*this)) {
    // It would bring gradients to the old shape and dtype.
    if (autograd::Node* node = meta->accumulator.load(std::memory_order_relaxed)) {
      static_cast<autograd::AccumulateGrad*>(node)->leaf_changed();
    }
  }
}

Tensor Tensor::variable_data() const { return autograd::variable_data(*this); }

std::shared_ptr<autograd::Node> Tensor::grad_fn() const {
  if (is_view()) return autograd::grad_fn_of_view(*this);
  const AutogradMeta* meta = autograd::find_meta(*this);
  return meta != nullptr ? meta->grad_fn : nullptr;
}

int64_t Tensor::output_nr() const {
  const AutogradMeta* meta = autograd::find_meta(*this);
  return meta != nullptr ? meta->output_nr : 0;
}

void Tensor::backward(const Tensor& gradient, std::optional<bool> retain_graph, bool create_graph,
                      std::optional<TensorList> inputs) const {
  autograd::backward(*this, gradient.defined() ? TensorList(gradient) : TensorList(), retain_graph,
                     create_graph, inputs);
}

autograd::RemovableHandle Tensor::register_hook(autograd::TensorHook hook, std::string name) const {
  check(requires_grad(), "cannot register a hook on a tensor that doesn't require gradient");
  if (const std::shared_ptr<autograd::Node> node = grad_fn()) {
    return node->hooks().add_tensor_hook(output_nr(), std::move(hook), std::move(name));
  }
  return autograd::hooks_of_leaf(*this).add_tensor_hook(0, std::move(hook), std::move(name));
}

autograd::RemovableHandle Tensor::register_post_accumulate_grad_hook(
    autograd::PostAccumulateHook hook, std::string name) const {
  check(requires_grad(), "cannot register a hook on a tensor that doesn't require gradient");
  check(is_leaf(), "post accumulate grad hooks cannot be registered on non-leaf tensors");
  return autograd::hooks_of_leaf(*this).add_post_accumulate_hook(std::move(hook), std::move(name));
}

void Tensor::retain_grad() const {
  check(requires_grad(), "can't retain_grad on Tensor that has requires_grad=False");
  const std::shared_ptr<autograd::Node> node = grad_fn();
  if (!node || retains_grad()) return;
  node->hooks().retain_grad(output_nr(), *this);
  autograd::meta_of(*this).retains_grad = true;
}

bool Tensor::retains_grad() const {
  const AutogradMeta* meta = autograd::find_meta(*this);
  return meta != nullptr && meta->retains_grad;
}

const Tensor& Tensor::detach_() const {
  check(!is_view(),
        "Can't detach views in-place. Use detach() instead. If you are using "
        "DistributedDataParallel (DDP) for training, and gradient_as_bucket_view is set as True, "
        "gradients are views of DDP buckets, and hence detach_() cannot be called on these "
        "gradients. To fix this error, please refer to the Optimizer.zero_grad() function in "
        "torch/optim/optimizer.py as the solution.");
  if (AutogradMeta* meta = autograd::find_meta(*this)) {
    meta->leaf_requires_grad = false;
    meta->output_nr = 0;
    autograd::release(std::exchange(meta->grad_fn, nullptr));
    impl_->remove_key(Key::Autograd);
  }
  return *this;
}

}  // namespace cutaway
