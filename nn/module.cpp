// SPDX-License-Identifier: MIT
#include "module.h"

#include <algorithm>
#include <cstddef>
#include <set>
#include <string_view>

#include "../autograd/grad_mode.h"
#include "../tensor/check.h"
#include "../tensor/ops.h"

namespace cutaway::inline v0_1::nn {
namespace {

template <class T>
auto find_name(std::vector<std::pair<std::string, T>>& entries, std::string_view name) {
  return std::find_if(entries.begin(), entries.end(),
                      [&](const auto& entry) { return entry.first == name; });
}

template <class T>
bool has_name(const std::vector<std::pair<std::string, T>>& entries, std::string_view name) {
  return std::any_of(entries.begin(), entries.end(),
                     [&](const auto& entry) { return entry.first == name; });
}

/// Replaces the entry of that name, or adds one.
template <class T>
void put(std::vector<std::pair<std::string, T>>& entries, const std::string& name, T value) {
  const auto found = find_name(entries, name);
  if (found != entries.end()) {
    found->second = std::move(value);
  } else {
    entries.emplace_back(name, std::move(value));
  }
}

std::string join_names(const std::string& prefix, const std::string& name) {
  return prefix.empty() ? name : prefix + "." + name;
}

/// The values without the names.
template <class T>
std::vector<T> values_of(std::vector<std::pair<std::string, T>> entries) {
  std::vector<T> values;
  values.reserve(entries.size());
  for (auto& entry : entries) values.push_back(std::move(entry.second));
  return values;
}

void convert(const Tensor& tensor, DType dtype) {
  if (!tensor.defined() || !tensor.is_floating_point() || tensor.dtype() == dtype) return;
  const Tensor grad = tensor.grad();
  tensor.set_grad(Tensor());
  tensor.set_data(tensor.detach().to(dtype));
  if (grad.defined()) tensor.set_grad(grad.detach().to(dtype));
}

}  // namespace

Module::Module() = default;
Module::Module(const Module&) = default;
Module::Module(Module&&) noexcept = default;
Module& Module::operator=(const Module&) = default;
Module& Module::operator=(Module&&) noexcept = default;
Module::~Module() = default;

Tensor Module::forward(const Tensor&) {
  check_implemented(false, "Module [", name(), "] is missing the required \"forward\" function");
  return Tensor();
}

// ---- Registering ----

void Module::check_name(const char* kind, const std::string& name) const {
  check_value(!name.empty(), kind, " name can't be empty string \"\"");
  check_value(name.find('.') == std::string::npos, kind, " name can't contain \".\", got: ", name);
  // A name may be given again to the same kind of thing, which is then replaced.
  const std::string_view of(kind);
  check_value((of == "parameter" || !has_name(parameters_, name)) &&
                  (of == "buffer" || !has_name(buffers_, name)) &&
                  (of == "module" || !has_name(children_, name)),
              "attribute '", name, "' already exists");
}

Tensor Module::register_parameter(const std::string& name, const Tensor& tensor,
                                  bool requires_grad) {
  check_name("parameter", name);
  if (tensor.defined()) {
    check(tensor.is_leaf(), "Cannot assign non-leaf Tensor to parameter '", name,
          "'. Model parameters must be created explicitly. To express '", name,
          "' as a function of another Tensor, compute the value in the forward() method.");
    tensor.requires_grad_(requires_grad);
  }
  put(parameters_, name, tensor);
  return tensor;
}

Tensor Module::register_buffer(const std::string& name, const Tensor& tensor, bool persistent) {
  check_name("buffer", name);
  put(buffers_, name, Buffer{tensor, persistent});
  return tensor;
}

void Module::register_child(const std::string& name, std::shared_ptr<Module> module) {
  check_name("module", name);
  check_type(module != nullptr, "the module to be added as '", name, "' is null");
  put(children_, name, std::move(module));
}

// ---- Listing ----

/// Calls visit(name, module) for `module` and all below it, parents first, each once.
template <class This, class Visit>
void Module::walk(This& module, const std::string& name, std::vector<const Module*>& seen,
                  const Visit& visit) {
  if (std::find(seen.begin(), seen.end(), &module) != seen.end()) return;
  seen.push_back(&module);
  visit(name, module);
  for (const auto& [child_name, child] : module.children_) {
    walk<This>(*child, join_names(name, child_name), seen, visit);
  }
}

Module::Named<Tensor> Module::named_parameters() const {
  Named<Tensor> result;
  std::set<const TensorImpl*> listed;
  std::vector<const Module*> seen;
  walk(*this, "", seen, [&](const std::string& prefix, const Module& module) {
    for (const auto& [name, tensor] : module.parameters_) {
      if (tensor.defined() && listed.insert(tensor.impl()).second) {
        result.emplace_back(join_names(prefix, name), tensor);
      }
    }
  });
  return result;
}

Module::Named<Tensor> Module::named_buffers() const {
  Named<Tensor> result;
  std::set<const TensorImpl*> listed;
  std::vector<const Module*> seen;
  walk(*this, "", seen, [&](const std::string& prefix, const Module& module) {
    for (const auto& [name, buffer] : module.buffers_) {
      if (buffer.tensor.defined() && listed.insert(buffer.tensor.impl()).second) {
        result.emplace_back(join_names(prefix, name), buffer.tensor);
      }
    }
  });
  return result;
}

Module::Named<std::shared_ptr<Module>> Module::named_children() const {
  Named<std::shared_ptr<Module>> result;
  std::set<const Module*> listed;
  for (const auto& entry : children_) {
    if (listed.insert(entry.second.get()).second) result.push_back(entry);
  }
  return result;
}

Module::Named<Module*> Module::named_modules() {
  Named<Module*> result;
  std::vector<const Module*> seen;
  walk(*this, "", seen,
       [&](const std::string& name, Module& module) { result.emplace_back(name, &module); });
  return result;
}

std::vector<Tensor> Module::parameters() const { return values_of(named_parameters()); }
std::vector<Tensor> Module::buffers() const { return values_of(named_buffers()); }
std::vector<Module*> Module::modules() { return values_of(named_modules()); }
std::vector<std::shared_ptr<Module>> Module::children() const {
  return values_of(named_children());
}

// ---- Changing everything below ----

Module& Module::train(bool mode) {
  for (Module* module : modules()) module->is_training_ = mode;
  return *this;
}

Module& Module::requires_grad_(bool requires_grad) {
  for (const Tensor& parameter : parameters()) parameter.requires_grad_(requires_grad);
  return *this;
}

void Module::zero_grad(bool set_to_none) {
  for (const Tensor& parameter : parameters()) {
    if (!parameter.grad().defined()) continue;
    parameter.set_grad(set_to_none ? Tensor() : parameter.grad().detach().zero_());
  }
}

Module& Module::to(DType dtype) {
  check_type(
      is_floating_point(dtype),
      "nn.Module.to only accepts floating point or complex dtypes, but got desired dtype=torch.",
      name_of(dtype));
  for (const Tensor& parameter : parameters()) convert(parameter, dtype);
  for (const Tensor& buffer : buffers()) convert(buffer, dtype);
  return *this;
}

Module& Module::apply(const std::function<void(Module&)>& f) {
  for (const std::shared_ptr<Module>& child : children()) child->apply(f);
  f(*this);
  return *this;
}

// ---- Saving and loading ----

/// Calls visit(name, tensor) for what this module itself saves.
template <class Visit>
void Module::for_each_saved(const Visit& visit) const {
  for (const auto& [name, tensor] : parameters_) {
    if (tensor.defined()) visit(name, tensor);
  }
  for (const auto& [name, buffer] : buffers_) {
    if (buffer.tensor.defined() && buffer.persistent) visit(name, buffer.tensor);
  }
}

void Module::add_to_state_dict(const std::string& prefix, StateDict& result) const {
  for_each_saved([&](const std::string& name, const Tensor& tensor) {
    result.insert(join_names(prefix, name), tensor.detach());
  });
  for (const auto& [name, child] : children_) {
    child->add_to_state_dict(join_names(prefix, name), result);
  }
}

StateDict Module::state_dict() const {
  StateDict result;
  add_to_state_dict("", result);
  return result;
}

struct Module::Loading {
  const StateDict& source;
  IncompatibleKeys keys;
  std::vector<std::string> errors;
  std::vector<std::pair<Tensor, Tensor>> copies;  // into the first, from the second
};

/// Compares the part of the state dict that begins with `prefix` with this module.
void Module::match_state_dict(const std::string& prefix, Loading& loading) const {
  for_each_saved([&](const std::string& name, const Tensor& tensor) {
    const std::string key = join_names(prefix, name);
    const Tensor* found = loading.source.find(key);
    if (found == nullptr) {
      loading.keys.missing_keys.push_back(key);
    } else if (!found->defined()) {
      loading.errors.push_back(join("While copying the parameter named \"", key,
                                    "\", expected torch.Tensor or Tensor-like object from "
                                    "checkpoint but received <class 'NoneType'>"));
    } else if (tensor.dim() == 0 && found->dim() == 1 && found->numel() == 1) {
      loading.copies.emplace_back(tensor, found->detach().select(0, 0));  // PyTorch 0.3 wrote these
    } else if (tensor.sizes() != found->sizes()) {
      loading.errors.push_back(join("size mismatch for ", key,
                                    ": copying a param with shape torch.Size(", found->sizes(),
                                    ") from checkpoint, the shape in current model "
                                    "is torch.Size(",
                                    tensor.sizes(), ")."));
    } else {
      loading.copies.emplace_back(tensor, found->detach());
    }
  });

  // A key that belongs here either is a name of this module's, or leads to one of its children.
  const std::string start = prefix.empty() ? "" : prefix + ".";
  for (const auto& [key, tensor] : loading.source) {
    if (!key.starts_with(start)) continue;
    const std::string rest = key.substr(start.size());
    const size_t dot = rest.find('.');
    bool is_expected = dot != std::string::npos && has_name(children_, rest.substr(0, dot));
    for_each_saved([&](const std::string& name, const Tensor&) { is_expected |= name == rest; });
    if (!is_expected) loading.keys.unexpected_keys.push_back(key);
  }
  for (const auto& [name, child] : children_) {
    child->match_state_dict(join_names(prefix, name), loading);
  }
}

static std::string quoted_list(const char* what, const std::vector<std::string>& keys) {
  std::string text = join(what, " key(s) in state_dict: ");
  for (const std::string& key : keys) text += join(&key == &keys[0] ? "" : ", ", "\"", key, "\"");
  return text + ". ";
}

IncompatibleKeys Module::load_state_dict(const StateDict& state_dict, bool strict) {
  Loading loading{state_dict, {}, {}, {}};
  match_state_dict("", loading);

  std::vector<std::string> errors;
  const IncompatibleKeys& keys = loading.keys;
  if (strict && !keys.missing_keys.empty()) {
    errors.push_back(quoted_list("Missing", keys.missing_keys));
  }
  if (strict && !keys.unexpected_keys.empty()) {
    errors.push_back(quoted_list("Unexpected", keys.unexpected_keys));
  }
  errors.insert(errors.end(), loading.errors.begin(), loading.errors.end());
  if (!errors.empty()) {
    std::string text = join("Error(s) in loading state_dict for ", name(), ":");
    for (const std::string& error : errors) text += "\n\t" + error;
    throw Error(text);
  }

  const NoGrad guard;
  for (const auto& [into, from] : loading.copies) into.copy_(from);
  return std::move(loading.keys);
}

}  // namespace cutaway::nn
