// SPDX-License-Identifier: MIT
//
// Containers: modules made of other modules, which are named by their numbers "0", "1", ...
//
//     nn::Sequential net{nn::Flatten(), nn::Linear(784, 256), nn::ReLU(), nn::Linear(256, 10)};
//     Tensor logits = net(images);
//
// A Sequential calls its modules one after the other. A ModuleList only keeps them; its owner's
// forward decides. (Here a Sequential is a ModuleList; in PyTorch they are strangers.)
//
// Traps of C++: use braces. They make the modules from left to right, so that their weights are
// drawn in PyTorch's order, which parentheses leave to the compiler; and
// `nn::Sequential net(nn::ReLU(), nn::Flatten());` declares a function. nn::Sequential{another} is
// a copy of it, so to put one alone inside another, use push_back.
//
// PyTorch counterpart: torch.nn.Sequential, torch.nn.ModuleList; torch/nn/modules/container.py.
// Left out: ModuleDict, ParameterList, and changing a list other than at its end.
#pragma once

#include <concepts>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "module.h"

namespace cutaway::inline v0_1::nn {

class ModuleList : public Module {
 public:
  /// Modules by value (they are moved to where they can be shared), or shared pointers to them.
  template <class... Modules>
  explicit ModuleList(Modules... modules) {
    (push_back(std::move(modules)), ...);
  }

  /// Adds a module under its number, and returns it.
  template <class Child>
  auto push_back(Child module) {
    return push_back(std::to_string(size()), std::move(module));
  }
  /// Adds a module under a name of its own.
  template <class Child>
  auto push_back(const std::string& name, Child module) {
    auto added = add_module(name, std::move(module));
    modules_.push_back(added);
    return added;
  }

  int64_t size() const { return static_cast<int64_t>(modules_.size()); }
  /// Module number `index`; negative counts from the end. Throws IndexError.
  const std::shared_ptr<Module>& operator[](int64_t index) const;
  auto begin() const { return modules_.begin(); }
  auto end() const { return modules_.end(); }

  /// Neighbours that look the same are shown once: "(0-2): 3 x ReLU()".
  std::string repr() const override;

 private:
  std::vector<std::shared_ptr<Module>> modules_;
};

class Sequential : public ModuleList {
 public:
  using ModuleList::ModuleList;
  /// The last module's output for the one before's output for ... the first module's for `input`.
  Tensor forward(const Tensor& input) override;
  std::string repr() const override { return Module::repr(); }
};

}  // namespace cutaway::nn
