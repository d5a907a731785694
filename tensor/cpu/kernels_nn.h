// SPDX-License-Identifier: MIT
//
// CPU kernels of the catalogue: softmax and losses. Defined in softmax.cpp, nll_loss.cpp; what a
// kernel may rely on: kernels.h.
#pragma once

#include <tuple>

#include "../tensor.h"

namespace cutaway::inline v0_1::cpu {

// The public functions have converted to the dtype asked for.
Tensor softmax(const Tensor& self, int64_t dim, std::optional<DType>);
Tensor softmax_backward(const Tensor& grad_output, const Tensor& output, int64_t dim);
Tensor log_softmax(const Tensor& self, int64_t dim, std::optional<DType>);
Tensor log_softmax_backward(const Tensor& grad_output, const Tensor& output, int64_t dim);
std::tuple<Tensor, Tensor> nll_loss_forward(const Tensor& self, const Tensor& target,
                                            const std::optional<Tensor>& weight, int64_t reduction,
                                            int64_t ignore_index);
Tensor nll_loss_backward(const Tensor& grad_output, const Tensor& self, const Tensor& target,
                         const std::optional<Tensor>& weight, int64_t reduction,
                         int64_t ignore_index, const Tensor& total_weight);

}  // namespace cutaway::cpu
