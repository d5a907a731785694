// SPDX-License-Identifier: MIT
//
// CPU kernels of the catalogue: one step of an optimizer. Defined in optimizer_step.cpp; what a
// kernel may rely on: kernels.h.
#pragma once

#include <tuple>

#include "../tensor.h"

namespace cutaway::inline v0_1::cpu {

const Tensor& fused_sgd_(const Tensor& param, const Tensor& grad,
                         const std::optional<Tensor>& momentum_buffer, double lr, double momentum,
                         double dampening, double weight_decay, bool nesterov, bool maximize,
                         bool is_first_step);
const Tensor& fused_adam_(const Tensor& param, const Tensor& grad, const Tensor& exp_avg,
                          const Tensor& exp_avg_sq, const std::optional<Tensor>& max_exp_avg_sq,
                          int64_t step, double lr, double beta1, double beta2, double eps,
                          double weight_decay, bool decoupled_weight_decay, bool maximize);

}  // namespace cutaway::cpu
