// SPDX-License-Identifier: MIT
#include "loss.h"

namespace cutaway::inline v0_1::nn {

/// A handle of our own on the user's weight: converting the module must not convert the user's
/// tensor.
static Tensor own(const Tensor& weight) { return weight.defined() ? weight.detach() : weight; }

CrossEntropyLoss::CrossEntropyLoss(const CrossEntropyLossOptions& loss_options)
    : options(loss_options) {
  options.weight = register_buffer("weight", own(options.weight));
}
Tensor CrossEntropyLoss::forward(const Tensor& input, const Tensor& target) {
  return functional::cross_entropy(input, target, options);
}

NLLLoss::NLLLoss(const NLLLossOptions& loss_options) : options(loss_options) {
  options.weight = register_buffer("weight", own(options.weight));
}
Tensor NLLLoss::forward(const Tensor& input, const Tensor& target) {
  return functional::nll_loss(input, target, options);
}

Tensor MSELoss::forward(const Tensor& input, const Tensor& target) {
  return functional::mse_loss(input, target, options);
}

}  // namespace cutaway::nn
