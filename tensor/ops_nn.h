// SPDX-License-Identifier: MIT
//
// What classification needs of the tensor library: log_softmax and the negative log likelihood,
// with their gradients as ops of their own, since a fused formula is both faster and more exact.
//
// PyTorch counterpart: ATen/native/SoftMax.cpp, LossNLL.cpp.
#pragma once

#include "tensor.h"

#include "macros_off.h"  // what hosts have as macros is ours from here on

namespace cutaway::inline v0_1 {

/// x - log(sum(exp(x))) along dim, without overflow: the maximum is taken out first. Floating point
/// only.
Tensor log_softmax(const Tensor& self, int64_t dim, std::optional<DType> dtype = {});
/// exp(x) / sum(exp(x)) along dim, in the same manner; dtype: converted to it first.
Tensor softmax(const Tensor& self, int64_t dim, std::optional<DType> dtype = {});
/// output * (grad - sum(grad * output)), along dim; output: what softmax gave.
Tensor softmax_backward(const Tensor& grad_output, const Tensor& output, int64_t dim);
/// grad - exp(output) * sum(grad), along dim; output: what log_softmax gave.
Tensor log_softmax_backward(const Tensor& grad_output, const Tensor& output, int64_t dim);

/// How a loss over many samples becomes one number (PyTorch's at::Reduction); a row takes its
/// number.
enum class Reduction : int64_t { None = 0, Mean = 1, Sum = 2 };

/// -weight[target] * self[target] per sample. self: (N, C) or (C) log-probabilities; target: (N) or
/// () int64 class numbers; weight: (C) or undefined. Samples whose target is ignore_index count
/// nothing. Mean divides by the sum of the weights used, which is returned as second value.
/// Throws IndexError "Target 10 is out of bounds."
std::tuple<Tensor, Tensor> nll_loss_forward(const Tensor& self, const Tensor& target,
                                            const std::optional<Tensor>& weight, int64_t reduction,
                                            int64_t ignore_index);
Tensor nll_loss_backward(const Tensor& grad_output, const Tensor& self, const Tensor& target,
                         const std::optional<Tensor>& weight, int64_t reduction,
                         int64_t ignore_index, const Tensor& total_weight);
/// nll_loss_forward's first value; also for self: (N, C, d1, ...) with target: (N, d1, ...), where
/// each place is a sample. Targets may be uint8, too.
Tensor nll_loss(const Tensor& self, const Tensor& target, const std::optional<Tensor>& weight = {},
                Reduction reduction = Reduction::Mean, int64_t ignore_index = -100);

}  // namespace cutaway

#include "macros_on.h"
