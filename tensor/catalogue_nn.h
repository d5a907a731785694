// SPDX-License-Identifier: MIT
//
// Rows of the catalogue: softmax and losses.
#pragma once

#include "catalogue_signatures.h"

namespace cutaway::inline v0_1 {

/// These rows, for all_ops().
ArrayRef<OpBase*> nn_rows();

namespace op {

using Softmax = Op<Tensor(const Tensor&, int64_t, std::optional<DType>)>;

extern Softmax softmax, log_softmax;
extern Op<Tensor(const Tensor&, const Tensor&, int64_t)> softmax_backward, log_softmax_backward;
extern Op<std::tuple<Tensor, Tensor>(const Tensor&, const Tensor&, const std::optional<Tensor>&,
                                     int64_t, int64_t)>
    nll_loss_forward;
extern Op<Tensor(const Tensor&, const Tensor&, const Tensor&, const std::optional<Tensor>&, int64_t,
                 int64_t, const Tensor&)>
    nll_loss_backward;

}  // namespace op
}  // namespace cutaway
