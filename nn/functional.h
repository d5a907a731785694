// SPDX-License-Identifier: MIT
//
// Functional: what layers and losses compute, as functions that own nothing. The modules of
// linear.h, activation.h and loss.h call these.
//
// PyTorch counterpart: torch.nn.functional.
#pragma once

#include <cstdint>

#include "../tensor/ops_nn.h"
#include "../tensor/tensor.h"

namespace cutaway::inline v0_1::nn {

struct NLLLossOptions {
  Tensor weight = {};                     // (C): how much each class counts; undefined: all 1
  int64_t ignore_index = -100;            // a target that counts nothing
  Reduction reduction = Reduction::Mean;  // Mean divides by the sum of the weights that counted
};

struct CrossEntropyLossOptions {
  Tensor weight = {};
  int64_t ignore_index = -100;
  Reduction reduction = Reduction::Mean;
  double label_smoothing = 0;  // this part of each target is spread evenly over all classes
};

struct MSELossOptions {
  Reduction reduction = Reduction::Mean;
};

namespace functional {

/// input x weight^T + bias. input: (..., in), weight: (out, in), bias: (out) or undefined.
Tensor linear(const Tensor& input, const Tensor& weight, const Tensor& bias = {});

/// max(input, 0); written into input itself if inplace.
Tensor relu(const Tensor& input, bool inplace = false);
/// log(exp(input) / sum(exp(input))), the sum along dim.
Tensor log_softmax(const Tensor& input, int64_t dim);

/// Negative log likelihood. input: log-probabilities (N, C), (C) or (N, C, d1, ...); target: the
/// number of the right class, (N), () or (N, d1, ...), int64.
Tensor nll_loss(const Tensor& input, const Tensor& target, const NLLLossOptions& options = {});

/// nll_loss of log_softmax. input: logits, any numbers, shaped as nll_loss's; target: classes as
/// there, or, in a floating-point tensor of the input's shape, one probability per class.
Tensor cross_entropy(const Tensor& input, const Tensor& target,
                     const CrossEntropyLossOptions& options = {});

/// (input - target)^2. Shapes that differ are broadcast, which is rarely what was meant (PyTorch
/// warns; this library never prints).
Tensor mse_loss(const Tensor& input, const Tensor& target, const MSELossOptions& options = {});

}  // namespace functional
}  // namespace cutaway::nn
