// SPDX-License-Identifier: MIT
#include "loss.h"

namespace cutaway::nn {

CrossEntropyLoss::CrossEntropyLoss(const CrossEntropyLossOptions& loss_options)
    : options(loss_options) {
  register_buffer("weight", options.weight);
}
Tensor CrossEntropyLoss::forward(const Tensor& input, const Tensor& target) {
  return functional::cross_entropy(input, target, options);
}

NLLLoss::NLLLoss(const NLLLossOptions& loss_options) : options(loss_options) {
  register_buffer("weight", options.weight);
}
Tensor NLLLoss::forward(const Tensor& input, const Tensor& target) {
  return functional::nll_loss(input, target, options);
}

Tensor MSELoss::forward(const Tensor& input, const Tensor& target) {
  return functional::mse_loss(input, target, options);
}

}  // namespace cutaway::nn
