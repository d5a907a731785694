// SPDX-License-Identifier: MIT
//
// Rows of the catalogue: softmax and losses.
#include "catalogue_nn.h"

#include "boxed.h"
#include "cpu/kernels_nn.h"
#include "cpu/through_float.h"
#include "ops_nn.h"

namespace cutaway::inline v0_1 {
namespace op {

// clang-format off
constinit Softmax softmax{"softmax(Tensor self, int dim, ScalarType? dtype=None) -> Tensor", cutaway::softmax, cpu::through_float<cpu::softmax>};
constinit Op<Tensor(const Tensor&, const Tensor&, int64_t)> softmax_backward{"_softmax_backward_data(Tensor grad_output, Tensor output, int dim) -> Tensor", cutaway::softmax_backward, cpu::through_float<cpu::softmax_backward>};
constinit Softmax log_softmax{"log_softmax(Tensor self, int dim, ScalarType? dtype=None) -> Tensor", cutaway::log_softmax, cpu::through_float<cpu::log_softmax>};
constinit Op<Tensor(const Tensor&, const Tensor&, int64_t)> log_softmax_backward{"_log_softmax_backward_data(Tensor grad_output, Tensor output, int dim) -> Tensor", cutaway::log_softmax_backward, cpu::through_float<cpu::log_softmax_backward>};
constinit Op<std::tuple<Tensor, Tensor>(const Tensor&, const Tensor&, const std::optional<Tensor>&, int64_t, int64_t)> nll_loss_forward{"nll_loss_forward(Tensor self, Tensor target, Tensor? weight, int reduction, int ignore_index) -> (Tensor output, Tensor total_weight)", cutaway::nll_loss_forward, cpu::through_float<cpu::nll_loss_forward>};
constinit Op<Tensor(const Tensor&, const Tensor&, const Tensor&, const std::optional<Tensor>&, int64_t, int64_t, const Tensor&)> nll_loss_backward{"nll_loss_backward(Tensor grad_output, Tensor self, Tensor target, Tensor? weight, int reduction, int ignore_index, Tensor total_weight) -> Tensor", cutaway::nll_loss_backward, cpu::through_float<cpu::nll_loss_backward>};
// clang-format on

}  // namespace op

ArrayRef<OpBase*> nn_rows() {
  static constinit OpBase* const rows[] = {
      // clang-format off
    &op::softmax,
    &op::softmax_backward,
    &op::log_softmax,
    &op::log_softmax_backward,
    &op::nll_loss_forward,
    &op::nll_loss_backward,
      // clang-format on
  };
  return {rows, static_cast<int64_t>(std::size(rows))};
}

}  // namespace cutaway
