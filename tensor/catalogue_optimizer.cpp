// SPDX-License-Identifier: MIT
//
// Rows of the catalogue: one step of an optimizer in one pass over the memory.
#include "catalogue_optimizer.h"

#include "boxed.h"
#include "cpu/kernels_optimizer.h"

namespace cutaway::inline v0_1 {
namespace op {

// clang-format off
constinit Op<const Tensor&(const Tensor&, const Tensor&, const std::optional<Tensor>&, double, double, double, double, bool, bool, bool)> fused_sgd_{"_fused_sgd_(Tensor(a!) self, Tensor grad, Tensor? momentum_buffer, float lr, float momentum, float dampening, float weight_decay, bool nesterov, bool maximize, bool is_first_step) -> Tensor(a!)", called_directly, cpu::fused_sgd_, not_differentiable};
constinit Op<const Tensor&(const Tensor&, const Tensor&, const Tensor&, const Tensor&, const std::optional<Tensor>&, int64_t, double, double, double, double, double, bool, bool)> fused_adam_{"_fused_adam_(Tensor(a!) self, Tensor grad, Tensor exp_avg, Tensor exp_avg_sq, Tensor? max_exp_avg_sq, int step, float lr, float beta1, float beta2, float eps, float weight_decay, bool decoupled_weight_decay, bool maximize) -> Tensor(a!)", called_directly, cpu::fused_adam_, not_differentiable};
// clang-format on

}  // namespace op

ArrayRef<OpBase*> optimizer_rows() {
  static constinit OpBase* const rows[] = {
      // clang-format off
    &op::fused_sgd_,
    &op::fused_adam_,
      // clang-format on
  };
  return {rows, static_cast<int64_t>(std::size(rows))};
}

}  // namespace cutaway
