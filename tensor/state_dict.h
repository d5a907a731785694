// SPDX-License-Identifier: MIT
//
// StateDict: tensors by name, in the order in which they were put in. It is what a module or an
// optimizer hands out to be saved, and what a file gives back: "fc1.weight" -> Tensor.
//
// Copying a StateDict copies handles, not elements. Names are any text; the dots in them mean
// something only to those who made them.
//
// PyTorch counterpart: the OrderedDict that Module.state_dict() returns.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tensor.h"

namespace cutaway::inline v0_1 {

class StateDict {
 public:
  using Entry = std::pair<std::string, Tensor>;

  StateDict() = default;
  StateDict(std::initializer_list<Entry> entries) {
    for (const Entry& entry : entries) insert(entry.first, entry.second);
  }

  /// Puts a tensor at the end. As in a Python dict, a name that is already there keeps its place
  /// and gets the new tensor.
  void insert(std::string name, Tensor tensor);
  /// The tensor of that name, or null.
  const Tensor* find(std::string_view name) const;
  bool contains(std::string_view name) const { return find(name) != nullptr; }
  /// The tensor of that name. Throws IndexError with the name, and with one that is there.
  const Tensor& at(std::string_view name) const;

  size_t size() const { return entries_.size(); }
  bool empty() const { return entries_.empty(); }

  /// `for (const auto& [name, tensor] : state)`
  auto begin() const { return entries_.begin(); }
  auto end() const { return entries_.end(); }

 private:
  std::vector<Entry> entries_;
  std::map<std::string, size_t, std::less<>> positions_;  // of each name in entries_
};

}  // namespace cutaway
