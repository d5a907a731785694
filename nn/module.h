// SPDX-License-Identifier: MIT
//
// Module: a part of a network. It knows its own parameters, its buffers (tensors that belong to its
// state but are not trained) and its child modules, each under a name, and so can list, print, save
// and load everything below it.
//
// A module is an ordinary class. Its constructor registers what it has, and keeps what it uses:
//
//     struct Net : nn::Module {
//       std::shared_ptr<nn::Linear> fc1 = add_module("fc1", nn::Linear(784, 256));
//       std::shared_ptr<nn::Linear> fc2 = add_module("fc2", nn::Linear(256, 10));
//       Tensor forward(const Tensor& x) override { return (*fc2)(relu((*fc1)(x))); }
//     };
//
// Note [What a module owns]
// ~~~~~~~~~~~~~~~~~~~~~~~~~
// The registry and the members hold the same tensors (Tensor is a handle) and the same children (by
// shared_ptr), never addresses of members. So a module may be moved and returned freely. A copy is
// what copy.copy() gives in Python: a second module that shares parameters and children with the
// first. The price: assigning another tensor to a member does not reach the registry. Write into
// the parameter instead: `weight.copy_(values)` under NoGrad for values, `weight.set_data(tensor)`
// for other memory. A layer whose parameter is another layer's registers that handle: see Linear.
//
// PyTorch counterpart: torch.nn.Module; torch/nn/modules/module.py. Different on purpose:
// load_state_dict checks everything first, so that a load that fails changes nothing; names that
// cannot be registered are a ValueError (Python: KeyError). Left out: hooks, and the generic call
// with any arguments: a module whose forward takes more than one tensor declares its own.
#pragma once

#include <concepts>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "../tensor/state_dict.h"
#include "../tensor/tensor.h"

#include "../tensor/macros_off.h"  // what hosts have as macros is ours from here on

namespace cutaway::inline v0_1::nn {

/// What load_state_dict could not match.
struct IncompatibleKeys {
  std::vector<std::string> missing_keys;     // the module has them, the state dict does not
  std::vector<std::string> unexpected_keys;  // the other way round
};

class Module {
 public:
  template <class T>
  using Named = std::vector<std::pair<std::string, T>>;

  // The compiler's own, but made once, in module.cpp, and not in each file of each user.
  Module();
  Module(const Module&);  // shares parameters and children: Note [What a module owns]
  Module(Module&&) noexcept;
  Module& operator=(const Module&);
  Module& operator=(Module&&) noexcept;
  virtual ~Module();

  /// What the module computes. Unless overridden throws NotImplementedError.
  virtual Tensor forward(const Tensor& input);
  Tensor operator()(const Tensor& input) { return forward(input); }

  // ---- Registering: a name without dots, used once. The same kind may be replaced. ----

  /// Makes `tensor`, a leaf, a parameter, and returns it. Gradients are collected in it, unless
  /// requires_grad is false. An undefined tensor is a parameter that this module goes without.
  Tensor register_parameter(const std::string& name, const Tensor& tensor,
                            bool requires_grad = true);
  /// A buffer. It is saved with the parameters if it is persistent.
  Tensor register_buffer(const std::string& name, const Tensor& tensor, bool persistent = true);
  template <std::derived_from<Module> Child>
  std::shared_ptr<Child> add_module(const std::string& name, std::shared_ptr<Child> module) {
    register_child(name, module);
    return module;
  }
  /// Moves a module given by value to where it can be shared.
  template <std::derived_from<Module> Child>
  std::shared_ptr<Child> add_module(const std::string& name, Child module) {
    return add_module(name, std::make_shared<Child>(std::move(module)));
  }

  // ---- Listing: this module's own first, then its children's, in the order of registration.
  // Names are joined by dots. What is shared is listed once. ----

  std::vector<Tensor> parameters() const;
  Named<Tensor> named_parameters() const;
  std::vector<Tensor> buffers() const;
  Named<Tensor> named_buffers() const;
  /// The modules right below this one.
  std::vector<std::shared_ptr<Module>> children() const;
  Named<std::shared_ptr<Module>> named_children() const;
  /// This module (named "") and all below it. The pointers are good as long as this module is.
  std::vector<Module*> modules();
  Named<Module*> named_modules();

  // ---- Changing this module and everything below it ----

  /// Training mode: dropout drops, batch normalisation measures. A module starts in it.
  Module& train(bool mode = true);
  Module& eval() { return train(false); }
  bool is_training() const { return is_training_; }
  /// Whether the parameters collect gradients.
  Module& requires_grad_(bool requires_grad = true);
  /// Forgets the gradients of the parameters, or fills them with zeros.
  void zero_grad(bool set_to_none = true);
  /// Converts floating-point parameters, buffers and gradients. They stay the same tensors, so an
  /// optimizer may have them already, but must not have begun to step.
  Module& to(DType dtype);
  /// Calls f(module) for the children, their children first, then for this one.
  Module& apply(const std::function<void(Module&)>& f);

  // ---- Saving and loading ----

  /// Parameters and persistent buffers by name, as detached handles on the same memory. What is
  /// shared is listed under each of its names.
  StateDict state_dict() const;
  /// Copies the tensors of those names into this module, converting dtypes. Throws an Error that
  /// names all shapes that do not fit and, if strict, all missing and unexpected keys; nothing has
  /// been changed then.
  IncompatibleKeys load_state_dict(const StateDict& state_dict, bool strict = true);

  // ---- Printing ----

  /// The name of the class, "Linear"; "Module" where the program is compiled without RTTI.
  virtual std::string name() const;
  /// What stands between the brackets of "Linear(...)".
  virtual std::string extra_repr() const { return ""; }
  /// The module and all below it, as Python's repr() shows it.
  virtual std::string repr() const;

 private:
  struct Buffer {
    Tensor tensor;
    bool persistent;
  };
  struct Loading;  // the work of load_state_dict

  void check_name(const char* kind, const std::string& name) const;
  void register_child(const std::string& name, std::shared_ptr<Module> module);
  template <class This, class Visit>
  static void walk(This& module, const std::string& name, std::vector<const Module*>& seen,
                   const Visit& visit);
  template <class Visit>
  void for_each_saved(const Visit& visit) const;
  void add_to_state_dict(const std::string& prefix, StateDict& result) const;
  void match_state_dict(const std::string& prefix, Loading& loading) const;

  Named<Tensor> parameters_;
  Named<Buffer> buffers_;
  Named<std::shared_ptr<Module>> children_;
  bool is_training_ = true;
};

/// "Net(\n  (fc1): Linear(in_features=784, out_features=256, bias=True)\n)"
inline std::string to_string(const Module& module) { return module.repr(); }

/// `text` with every line but the first moved to the right by two spaces.
std::string indented(const std::string& text);

}  // namespace cutaway::nn

#include "../tensor/macros_on.h"
