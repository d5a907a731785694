// SPDX-License-Identifier: MIT
//
// Optimizer: what all optimizers have in common. It holds the parameters, in groups that may have
// options of their own, and remembers for each parameter what its formula needs (its state: for
// Adam, two moving averages and a step count). A training step reads
//
//     optimizer.zero_grad();
//     loss_function(net(images), labels).backward();
//     optimizer.step();
//
// Options are numbers by name, so that schedulers can change them, files can hold them and groups
// can leave out what is the same for all:
//
//     optim::SGD optimizer({{.params = body}, {.params = head, .options = {{"lr", 0.01}}}},
//                          {.lr = 0.001, .momentum = 0.9});
//     optimizer.param_groups()[0]["lr"] *= 0.1;
//
// A new optimizer derives from this class, hands its defaults to the constructor and defines
// update(), the step of one parameter: see sgd.cpp.
//
// PyTorch counterpart: torch.optim.Optimizer; torch/optim/optimizer.py. Different on purpose: one
// parameter twice in a group is an error (there a warning); an option that the optimizer does not
// know is an error; load_state_dict checks everything before it changes anything, and copies.
// Left out: hooks, closures.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "../tensor/state_dict.h"
#include "../tensor/tensor.h"

namespace cutaway::inline v0_1::optim {

/// Numbers by name: {{"lr", 0.1}, {"momentum", 0.9}}. Yes and no are 1 and 0.
using Options = std::map<std::string, double, std::less<>>;

struct ParamGroup {
  std::vector<Tensor> params;
  Options options = {};

  /// An option's value. Throws IndexError if there is none of that name.
  double& operator[](std::string_view name);
  double operator[](std::string_view name) const;
};

class Optimizer {
 public:
  virtual ~Optimizer() = default;
  Optimizer(const Optimizer&) = delete;
  Optimizer& operator=(const Optimizer&) = delete;

  /// Updates every parameter that has a gradient.
  void step();
  /// Forgets the gradients of the parameters, or fills them with zeros.
  void zero_grad(bool set_to_none = true);

  /// Adds a group, which gets the defaults for the options it leaves out.
  void add_param_group(ParamGroup group);
  std::vector<ParamGroup>& param_groups() { return param_groups_; }
  const std::vector<ParamGroup>& param_groups() const { return param_groups_; }

  /// Everything that decides the steps to come. Parameters are numbered through all groups:
  ///   "state.0.exp_avg"        what is remembered of parameter 0, sharing memory with the
  ///   optimizer "param_groups.0.params"  the numbers of the group's parameters (int64)
  ///   "param_groups.0.lr"      an option (0-d, float64)
  StateDict state_dict() const;
  /// Goes on from such a state. Throws, and changes nothing, if it does not fit these groups.
  void load_state_dict(const StateDict& state_dict);

 protected:
  /// Throws ValueError for an empty list ("optimizer got an empty parameter list").
  Optimizer(std::vector<ParamGroup> groups, Options defaults);
  static std::vector<ParamGroup> one_group(std::vector<Tensor> params);

  /// The step of one parameter. state: what the last call left there, at first empty.
  virtual void update(const Tensor& param, const Tensor& grad, const ParamGroup& group,
                      StateDict& state) = 0;

 private:
  std::vector<Tensor> all_params() const;

  Options defaults_;
  std::vector<ParamGroup> param_groups_;
  std::unordered_map<const TensorImpl*, StateDict> state_;  // by parameter
};

}  // namespace cutaway::optim
