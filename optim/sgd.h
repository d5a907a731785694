// SPDX-License-Identifier: MIT
//
// SGD: stochastic gradient descent, with momentum. For each parameter p with gradient g:
//
//     g = g + weight_decay * p                     (g = -g first, to maximize)
//     b = momentum * b + (1 - dampening) * g       b = g in the first step
//     g = g + momentum * b  if nesterov, else  g = b
//     p = p - lr * g
//
// Without momentum the two middle lines fall away. State: "momentum_buffer", b.
//
// The step runs in one pass over the memory (tensor/cpu/optimizer_step.cpp); the same in tensor ops
// stands in tests/optim/optimizer_step_test.cpp, which holds the two equal.
// Paper: I. Sutskever et al.: On the importance of initialization and momentum in deep learning
// (2013). PyTorch counterpart: torch.optim.SGD.
#pragma once

#include "optimizer.h"

namespace cutaway::inline v0_1::optim {

struct SGDOptions {
  double lr = 1e-3;
  double momentum = 0;
  double dampening = 0;
  double weight_decay = 0;
  bool nesterov = false;
  bool maximize = false;
};

class SGD : public Optimizer {
 public:
  explicit SGD(std::vector<Tensor> params, const SGDOptions& options = {});
  explicit SGD(std::vector<ParamGroup> groups, const SGDOptions& options = {});

 protected:
  void update(const Tensor& param, const Tensor& grad, const ParamGroup& group,
              StateDict& state) override;
};

}  // namespace cutaway::optim
