// SPDX-License-Identifier: MIT
//
// Rows of the catalogue: cumulative ops.
#include "catalogue_scan.h"

#include "boxed.h"
#include "cpu/kernels_scan.h"
#include "cpu/through_float.h"
#include "ops_scan.h"

namespace cutaway::inline v0_1 {
namespace op {

// clang-format off
constinit Op<Tensor(const Tensor&, int64_t, std::optional<DType>)> cumsum{"cumsum(Tensor self, int dim, *, ScalarType? dtype=None) -> Tensor", cutaway::cumsum, cpu::through_float<cpu::cumsum>};
constinit Op<Tensor(const Tensor&, int64_t, std::optional<DType>)> cumprod{"cumprod(Tensor self, int dim, *, ScalarType? dtype=None) -> Tensor", cutaway::cumprod, cpu::through_float<cpu::cumprod>};
constinit Op<const Tensor&(const Tensor&, int64_t, std::optional<DType>)> cumsum_{"cumsum_(Tensor(a!) self, int dim, *, ScalarType? dtype=None) -> Tensor(a!)", composite(cutaway::cumsum_)};
constinit Op<const Tensor&(const Tensor&, int64_t, std::optional<DType>)> cumprod_{"cumprod_(Tensor(a!) self, int dim, *, ScalarType? dtype=None) -> Tensor(a!)", composite(cutaway::cumprod_)};
constinit Op<Tensor(const Tensor&, int64_t)> logcumsumexp{"logcumsumexp(Tensor self, int dim) -> Tensor", cutaway::logcumsumexp, cpu::through_float<cpu::logcumsumexp>};
constinit Op<std::tuple<Tensor, Tensor>(const Tensor&, int64_t)> cummax{"cummax(Tensor self, int dim) -> (Tensor values, Tensor indices)", cutaway::cummax, cpu::through_float<cpu::cummax>};
constinit Op<std::tuple<Tensor, Tensor>(const Tensor&, int64_t)> cummin{"cummin(Tensor self, int dim) -> (Tensor values, Tensor indices)", cutaway::cummin, cpu::through_float<cpu::cummin>};
constinit Op<Tensor(const Tensor&, int64_t, int64_t, const std::optional<Tensor>&, const std::optional<Tensor>&)> diff{"diff(Tensor self, int n=1, int dim=-1, Tensor? prepend=None, Tensor? append=None) -> Tensor", composite(cutaway::diff)};
// clang-format on

}  // namespace op

ArrayRef<OpBase*> scan_rows() {
  static constinit OpBase* const rows[] = {
      // clang-format off
    &op::cumsum,
    &op::cumprod,
    &op::cumsum_,
    &op::cumprod_,
    &op::logcumsumexp,
    &op::cummax,
    &op::cummin,
    &op::diff,
      // clang-format on
  };
  return {rows, static_cast<int64_t>(std::size(rows))};
}

}  // namespace cutaway
