// SPDX-License-Identifier: MIT
//
// Rows of the catalogue: masks.
#include "catalogue_mask.h"

#include "boxed.h"
#include "cpu/kernels_mask.h"
#include "ops_mask.h"

namespace cutaway::inline v0_1 {
namespace op {

// clang-format off
constinit Unary nonzero{"nonzero(Tensor self) -> Tensor", cutaway::nonzero, cpu::nonzero, not_differentiable};
constinit Unary argwhere{"argwhere(Tensor self) -> Tensor", composite(cutaway::argwhere)};
constinit Op<std::vector<Tensor>(const Tensor&)> nonzero_numpy{"nonzero_numpy(Tensor self) -> Tensor[]", composite(cutaway::nonzero_numpy)};
constinit Op<const Tensor&(const Tensor&, const Tensor&, const Tensor&)> masked_fill_{"masked_fill_.Tensor(Tensor(a!) self, Tensor mask, Tensor value) -> Tensor(a!)", cutaway::masked_fill_, cpu::masked_fill_};
constinit Op<Tensor(const Tensor&, const Tensor&, const Tensor&)> masked_fill{"masked_fill.Tensor(Tensor self, Tensor mask, Tensor value) -> Tensor", composite(static_cast<Op<Tensor(const Tensor&, const Tensor&, const Tensor&)>::Kernel>(cutaway::masked_fill))};
constinit Op<const Tensor&(const Tensor&, const Tensor&, const Scalar&)> masked_fill_scalar_{"masked_fill_.Scalar(Tensor(a!) self, Tensor mask, Scalar value) -> Tensor(a!)", composite(static_cast<Op<const Tensor&(const Tensor&, const Tensor&, const Scalar&)>::Kernel>(cutaway::masked_fill_))};
constinit Op<Tensor(const Tensor&, const Tensor&, const Scalar&)> masked_fill_scalar{"masked_fill.Scalar(Tensor self, Tensor mask, Scalar value) -> Tensor", composite(static_cast<Op<Tensor(const Tensor&, const Tensor&, const Scalar&)>::Kernel>(cutaway::masked_fill))};
constinit Binary masked_select{"masked_select(Tensor self, Tensor mask) -> Tensor", cutaway::masked_select, cpu::masked_select};
constinit Op<const Tensor&(const Tensor&, const Tensor&, const Tensor&)> masked_scatter_{"masked_scatter_(Tensor(a!) self, Tensor mask, Tensor source) -> Tensor(a!)", cutaway::masked_scatter_, cpu::masked_scatter_};
constinit Op<Tensor(const Tensor&, const Tensor&, const Tensor&)> masked_scatter{"masked_scatter(Tensor self, Tensor mask, Tensor source) -> Tensor", composite(cutaway::masked_scatter)};
// clang-format on

}  // namespace op

ArrayRef<OpBase*> mask_rows() {
  static constinit OpBase* const rows[] = {
      // clang-format off
    &op::nonzero,
    &op::argwhere,
    &op::nonzero_numpy,
    &op::masked_fill_,
    &op::masked_fill,
    &op::masked_fill_scalar_,
    &op::masked_fill_scalar,
    &op::masked_select,
    &op::masked_scatter_,
    &op::masked_scatter,
      // clang-format on
  };
  return {rows, static_cast<int64_t>(std::size(rows))};
}

}  // namespace cutaway
