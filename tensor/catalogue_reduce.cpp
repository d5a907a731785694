// SPDX-License-Identifier: MIT
//
// Rows of the catalogue: reductions. An empty list of dims means all of them.
#include "catalogue_reduce.h"

#include "boxed.h"
#include "cpu/kernels_reduce.h"
#include "cpu/through_float.h"
#include "ops_reduce.h"

namespace cutaway::inline v0_1 {
namespace op {

// clang-format off
constinit SumLike sum{"sum(Tensor self, int[1]? dim=None, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor", cutaway::sum, cpu::through_float<cpu::sum>};
constinit SumLike mean{"mean(Tensor self, int[1]? dim=None, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor", cutaway::mean, cpu::through_float<cpu::mean>};
constinit SumLike nansum{"nansum(Tensor self, int[1]? dim=None, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor", cutaway::nansum, cpu::through_float<cpu::nansum>};
constinit SumLike nanmean{"nanmean(Tensor self, int[1]? dim=None, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor", composite(cutaway::nanmean)};
constinit Op<Tensor(const Tensor&, std::optional<DType>)> prod{"prod(Tensor self, *, ScalarType? dtype=None) -> Tensor", cutaway::prod, cpu::through_float<cpu::prod>};
constinit Op<Tensor(const Tensor&, int64_t, bool, std::optional<DType>)> prod_dim{"prod.dim_int(Tensor self, int dim, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor", cutaway::prod, cpu::through_float<cpu::prod_dim>};
constinit Unary max{"max(Tensor self) -> Tensor", cutaway::max, cpu::through_float<cpu::max>};
constinit Unary min{"min(Tensor self) -> Tensor", cutaway::min, cpu::through_float<cpu::min>};
constinit ReduceDims amax{"amax(Tensor self, int[1] dim=[], bool keepdim=False) -> Tensor", cutaway::amax, cpu::through_float<cpu::amax>};
constinit ReduceDims amin{"amin(Tensor self, int[1] dim=[], bool keepdim=False) -> Tensor", cutaway::amin, cpu::through_float<cpu::amin>};
constinit Op<std::tuple<Tensor, Tensor>(const Tensor&, std::optional<int64_t>, bool)> aminmax{"aminmax(Tensor self, *, int? dim=None, bool keepdim=False) -> (Tensor min, Tensor max)", cutaway::aminmax, cpu::through_float<cpu::aminmax>};
constinit Binary max_other{"max.other(Tensor self, Tensor other) -> Tensor", cutaway::max, made_of_ops};
constinit Binary min_other{"min.other(Tensor self, Tensor other) -> Tensor", cutaway::min, made_of_ops};
constinit SelectAlong max_dim{"max.dim(Tensor self, int dim, bool keepdim=False) -> (Tensor values, Tensor indices)", cutaway::max, cpu::through_float<cpu::max_dim>};
constinit SelectAlong min_dim{"min.dim(Tensor self, int dim, bool keepdim=False) -> (Tensor values, Tensor indices)", cutaway::min, cpu::through_float<cpu::min_dim>};
constinit Op<Tensor(const Tensor&, std::optional<int64_t>, bool)> argmax{"argmax(Tensor self, int? dim=None, bool keepdim=False) -> Tensor", cutaway::argmax, cpu::through_float<cpu::argmax>, not_differentiable};
constinit Op<Tensor(const Tensor&, std::optional<int64_t>, bool)> argmin{"argmin(Tensor self, int? dim=None, bool keepdim=False) -> Tensor", cutaway::argmin, cpu::through_float<cpu::argmin>, not_differentiable};
constinit Unary any_of_all{"any(Tensor self) -> Tensor", composite<Tensor, const Tensor&>(cutaway::any)};
constinit Op<Tensor(const Tensor&, int64_t, bool)> any_dim{"any.dim(Tensor self, int dim, bool keepdim=False) -> Tensor", composite<Tensor, const Tensor&, int64_t, bool>(cutaway::any)};
constinit Op<Tensor(const Tensor&, std::optional<IntArrayRef>, bool)> any{"any.dims(Tensor self, int[]? dim=None, bool keepdim=False) -> Tensor", cutaway::any, cpu::any, not_differentiable};
constinit Unary all_of_all{"all(Tensor self) -> Tensor", composite<Tensor, const Tensor&>(cutaway::all)};
constinit Op<Tensor(const Tensor&, int64_t, bool)> all_dim{"all.dim(Tensor self, int dim, bool keepdim=False) -> Tensor", composite<Tensor, const Tensor&, int64_t, bool>(cutaway::all)};
constinit Op<Tensor(const Tensor&, std::optional<IntArrayRef>, bool)> all{"all.dims(Tensor self, int[]? dim=None, bool keepdim=False) -> Tensor", cutaway::all, cpu::all, not_differentiable};
constinit Op<Tensor(const Tensor&, std::optional<int64_t>)> count_nonzero_of_all{"count_nonzero(Tensor self, int? dim=None) -> Tensor", composite<Tensor, const Tensor&, std::optional<int64_t>>(cutaway::count_nonzero)};
constinit Op<Tensor(const Tensor&, IntArrayRef)> count_nonzero{"count_nonzero.dim_IntList(Tensor self, int[] dim) -> Tensor", cutaway::count_nonzero, cpu::count_nonzero, not_differentiable};
// clang-format on

}  // namespace op

ArrayRef<OpBase*> reduce_rows() {
  static constinit OpBase* const rows[] = {
      // clang-format off
    &op::sum,
    &op::mean,
    &op::nansum,
    &op::nanmean,
    &op::prod,
    &op::prod_dim,
    &op::max,
    &op::min,
    &op::amax,
    &op::amin,
    &op::aminmax,
    &op::max_other,
    &op::min_other,
    &op::max_dim,
    &op::min_dim,
    &op::argmax,
    &op::argmin,
    &op::any_of_all,
    &op::any_dim,
    &op::any,
    &op::all_of_all,
    &op::all_dim,
    &op::all,
    &op::count_nonzero_of_all,
    &op::count_nonzero,
      // clang-format on
  };
  return {rows, static_cast<int64_t>(std::size(rows))};
}

}  // namespace cutaway
