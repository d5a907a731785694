// SPDX-License-Identifier: MIT
//
// Activations: functions between the layers, as modules that have no parameters.
//
// PyTorch counterpart: torch.nn.ReLU, torch.nn.LogSoftmax; torch/nn/modules/activation.py.
#pragma once

#include <cstdint>

#include "module.h"

namespace cutaway::inline v0_1::nn {

struct ReLUOptions {
  bool inplace = false;  // overwrite the input, which saves memory
};

/// max(x, 0)
class ReLU : public Module {
 public:
  explicit ReLU(const ReLUOptions& relu_options = {}) : options(relu_options) {}
  Tensor forward(const Tensor& input) override;
  std::string extra_repr() const override;

  ReLUOptions options;
};

/// log(exp(x) / sum(exp(x))), the sum along dim. PyTorch also guesses a dim, with a warning.
class LogSoftmax : public Module {
 public:
  explicit LogSoftmax(int64_t along) : dim(along) {}
  Tensor forward(const Tensor& input) override;
  std::string extra_repr() const override;

  int64_t dim;
};

}  // namespace cutaway::nn
