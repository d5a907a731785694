// SPDX-License-Identifier: MIT
//
// Rows of the catalogue: reductions. An empty list of dims means all of them.
#include "catalogue_reduce.h"

#include "boxed.h"
#include "cpu/kernels_reduce.h"
#include "cpu/through_float.h"
#include "ops_reduce.h"

namespace cutaway {
namespace op {

// clang-format off
constinit Op<Tensor(const Tensor&, IntArrayRef, bool, std::optional<DType>)> sum{"sum(Tensor self, int[1]? dim=None, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor", cutaway::sum, cpu::through_float<cpu::sum>};
constinit Op<Tensor(const Tensor&, IntArrayRef, bool, std::optional<DType>)> mean{"mean(Tensor self, int[1]? dim=None, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor", cutaway::mean, cpu::through_float<cpu::mean>};
constinit Unary max{"max(Tensor self) -> Tensor", cutaway::max, cpu::through_float<cpu::max>};
constinit Op<std::tuple<Tensor, Tensor>(const Tensor&, int64_t, bool)> max_dim{"max.dim(Tensor self, int dim, bool keepdim=False) -> (Tensor values, Tensor indices)", cutaway::max, cpu::through_float<cpu::max_dim>};
constinit Op<Tensor(const Tensor&, std::optional<int64_t>, bool)> argmax{"argmax(Tensor self, int? dim=None, bool keepdim=False) -> Tensor", cutaway::argmax, cpu::through_float<cpu::argmax>, not_differentiable};
// clang-format on

}  // namespace op

static constinit OpBase* const rows[] = {
    // clang-format off
    &op::sum,
    &op::mean,
    &op::max,
    &op::max_dim,
    &op::argmax,
    // clang-format on
};

ArrayRef<OpBase*> reduce_rows() { return {rows, static_cast<int64_t>(std::size(rows))}; }

}  // namespace cutaway
