// SPDX-License-Identifier: MIT
#include "optimizer.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "../autograd/grad_mode.h"
#include "../tensor/check.h"
#include "../tensor/ops.h"

namespace cutaway::inline v0_1::optim {

double& ParamGroup::operator[](std::string_view name) {
  const auto found = options.find(name);
  check_index(found != options.end(), "the parameter group has no option '", name, "'");
  return found->second;
}
double ParamGroup::operator[](std::string_view name) const {
  return const_cast<ParamGroup&>(*this)[name];
}

Optimizer::Optimizer(std::vector<ParamGroup> groups, Options defaults)
    : defaults_(std::move(defaults)) {
  check_value(!groups.empty(), "optimizer got an empty parameter list");
  for (ParamGroup& group : groups) add_param_group(std::move(group));
}

std::vector<ParamGroup> Optimizer::one_group(std::vector<Tensor> params) {
  if (params.empty()) return {};
  return {ParamGroup{std::move(params)}};
}

std::vector<Tensor> Optimizer::all_params() const {
  std::vector<Tensor> params;
  for (const ParamGroup& group : param_groups_) {
    params.insert(params.end(), group.params.begin(), group.params.end());
  }
  return params;
}

void Optimizer::add_param_group(ParamGroup group) {
  std::set<const TensorImpl*> others;
  for (const Tensor& param : all_params()) others.insert(param.impl());
  std::set<const TensorImpl*> own;
  for (const Tensor& param : group.params) {
    check_type(param.defined(),
               "optimizer can only optimize Tensors, but one of the params is NoneType");
    check_value(param.is_leaf(), "can't optimize a non-leaf Tensor");
    check_value(own.insert(param.impl()).second,
                "optimizer contains a parameter group with duplicate parameters");
    check_value(!others.contains(param.impl()),
                "some parameters appear in more than one parameter group");
  }
  for (const auto& [name, value] : group.options) {
    check_value(defaults_.contains(name), "the parameter group has an option '", name,
                "' that this optimizer does not know");
  }
  group.options.insert(defaults_.begin(), defaults_.end());  // adds only what is not there yet
  param_groups_.push_back(std::move(group));
}

void Optimizer::step() {
  const NoGrad guard;
  for (const ParamGroup& group : param_groups_) {
    for (const Tensor& param : group.params) {
      if (param.grad().defined()) update(param, param.grad(), group, state_[param.impl()]);
    }
  }
}

void Optimizer::zero_grad(bool set_to_none) {
  for (const Tensor& param : all_params()) {
    if (!param.grad().defined()) continue;
    param.set_grad(set_to_none ? Tensor() : param.grad().detach().zero_());
  }
}

// ---- Saving and loading ----

StateDict Optimizer::state_dict() const {
  StateDict result;
  const std::vector<Tensor> params = all_params();
  for (size_t i = 0; i < params.size(); ++i) {
    const auto found = state_.find(params[i].impl());
    if (found == state_.end()) continue;
    for (const auto& [name, tensor] : found->second) {
      result.insert(join("state.", i, ".", name), tensor);
    }
  }
  int64_t first = 0;
  for (size_t i = 0; i < param_groups_.size(); ++i) {
    const ParamGroup& group = param_groups_[i];
    const int64_t count = static_cast<int64_t>(group.params.size());
    result.insert(join("param_groups.", i, ".params"), arange(first, first + count, 1, kInt64));
    first += count;
    for (const auto& [name, value] : group.options) {
      result.insert(join("param_groups.", i, ".", name), scalar_tensor(value, kFloat64));
    }
  }
  return result;
}

namespace {

/// "state.12.exp_avg" is (12, "exp_avg") of "state"; nothing for a key of another form.
std::optional<std::pair<size_t, std::string>> parse_key(std::string_view key,
                                                        std::string_view section) {
  if (!key.starts_with(section)) return std::nullopt;
  key.remove_prefix(section.size());
  const size_t dot = key.find('.', 1);
  if (!key.starts_with('.') || dot == std::string_view::npos || dot == 1 || dot > 10) {
    return std::nullopt;
  }
  size_t number = 0;
  for (const char digit : key.substr(1, dot - 1)) {
    if (digit < '0' || digit > '9') return std::nullopt;
    number = number * 10 + static_cast<size_t>(digit - '0');
  }
  return std::pair(number, std::string(key.substr(dot + 1)));
}

/// A copy of one tensor of a parameter's state, as that parameter needs it.
Tensor copy_of_state(const std::string& key, const std::string& name, const Tensor& tensor,
                     const Tensor& param) {
  const bool is_count = name == "step";
  const DimVector sizes = is_count ? DimVector() : param.sizes();
  check_value(tensor.defined() && tensor.sizes() == sizes, "loaded state dict: ", key,
              tensor.defined() ? " has shape " + to_string(tensor.sizes()) : " is undefined",
              ", but the parameter needs shape ", sizes);
  const Tensor copy = empty_like(is_count ? tensor : param, is_count ? kInt64 : param.dtype());
  return copy.copy_(tensor.detach());
}

}  // namespace

void Optimizer::load_state_dict(const StateDict& state_dict) {
  const NoGrad guard;
  const std::vector<Tensor> params = all_params();
  std::vector<ParamGroup> groups = param_groups_;
  std::unordered_map<const TensorImpl*, StateDict> state;

  size_t group_count = 0;
  for (const auto& [key, tensor] : state_dict) {
    if (const auto parsed = parse_key(key, "param_groups")) {
      group_count = std::max(group_count, parsed->first + 1);
    }
  }
  check_value(group_count == groups.size(),
              "loaded state dict has a different number of parameter groups");
  for (size_t i = 0; i < groups.size(); ++i) {
    const Tensor& numbers = state_dict.at(join("param_groups.", i, ".params"));
    check_value(numbers.numel() == static_cast<int64_t>(groups[i].params.size()),
                "loaded state dict contains a parameter group that doesn't match the size of "
                "optimizer's group");
    for (auto& [name, value] : groups[i].options) {
      value = state_dict.at(join("param_groups.", i, ".", name)).item<double>();
    }
  }

  for (const auto& [key, tensor] : state_dict) {
    if (const auto parsed = parse_key(key, "state"); parsed && parsed->first < params.size()) {
      const Tensor& param = params[parsed->first];
      state[param.impl()].insert(parsed->second, copy_of_state(key, parsed->second, tensor, param));
      continue;
    }
    const auto parsed = parse_key(key, "param_groups");
    const bool is_known =
        parsed && (parsed->second == "params" || defaults_.contains(parsed->second));
    check_value(is_known, "loaded state dict has an entry that this optimizer does not know: \"",
                key, "\"");
  }

  param_groups_ = std::move(groups);
  state_ = std::move(state);
}

}  // namespace cutaway::optim
