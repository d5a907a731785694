// SPDX-License-Identifier: MIT
#include "state_dict.h"

namespace cutaway::inline v0_1 {

void StateDict::insert(std::string name, Tensor tensor) {
  const auto [found, is_new] = positions_.try_emplace(name, entries_.size());
  if (is_new) {
    entries_.emplace_back(std::move(name), std::move(tensor));
  } else {
    entries_[found->second].second = std::move(tensor);
  }
}

const Tensor* StateDict::find(std::string_view name) const {
  const auto found = positions_.find(name);
  return found == positions_.end() ? nullptr : &entries_[found->second].second;
}

const Tensor& StateDict::at(std::string_view name) const {
  const Tensor* tensor = find(name);
  if (tensor == nullptr) {
    check_index(!empty(), "state dict has no entry \"", name, "\": it is empty");
    check_index(false, "state dict has no entry \"", name, "\" among its ", size(),
                " entries (the first is \"", entries_.front().first, "\")");
  }
  return *tensor;
}

}  // namespace cutaway
