// SPDX-License-Identifier: MIT
//
// Losses: how far an output is from its target, as modules of two arguments:
//
//     nn::CrossEntropyLoss loss_function({.label_smoothing = 0.1});
//     loss_function(net(images), labels).backward();
//
// Options, shapes and formulas: functional.h. A weight is a buffer: it is saved and converted with
// the module.
// PyTorch counterpart: torch.nn.CrossEntropyLoss, ...; torch/nn/modules/loss.py.
#pragma once

#include "functional.h"
#include "module.h"

namespace cutaway::inline v0_1::nn {

class CrossEntropyLoss : public Module {
 public:
  explicit CrossEntropyLoss(const CrossEntropyLossOptions& loss_options = {});
  Tensor forward(const Tensor& input, const Tensor& target);
  Tensor operator()(const Tensor& input, const Tensor& target) { return forward(input, target); }
  using Module::forward;  // of one tensor: throws

  CrossEntropyLossOptions options;
};

class NLLLoss : public Module {
 public:
  explicit NLLLoss(const NLLLossOptions& loss_options = {});
  Tensor forward(const Tensor& input, const Tensor& target);
  Tensor operator()(const Tensor& input, const Tensor& target) { return forward(input, target); }
  using Module::forward;

  NLLLossOptions options;
};

class MSELoss : public Module {
 public:
  explicit MSELoss(const MSELossOptions& loss_options = {}) : options(loss_options) {}
  Tensor forward(const Tensor& input, const Tensor& target);
  Tensor operator()(const Tensor& input, const Tensor& target) { return forward(input, target); }
  using Module::forward;

  MSELossOptions options;
};

}  // namespace cutaway::nn
