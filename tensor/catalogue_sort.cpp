// SPDX-License-Identifier: MIT
//
// Rows of the catalogue: sorting, and searching by value.
#include "catalogue_sort.h"

#include "boxed.h"
#include "cpu/kernels_sort.h"
#include "cpu/through_float.h"
#include "ops_search.h"
#include "ops_sort.h"

namespace cutaway::inline v0_1 {

// For callers by name. Sorting is stable, asked for or not.
static std::tuple<Tensor, Tensor> sort_stable_by_name(const Tensor& self,
                                                      std::optional<bool> /*stable*/, int64_t dim,
                                                      bool descending) {
  return sort(self, dim, descending);
}
static Tensor argsort_stable_by_name(const Tensor& self, bool /*stable*/, int64_t dim,
                                     bool descending) {
  return argsort(self, dim, descending);
}
static std::tuple<Tensor, Tensor, Tensor> unique_by_name(const Tensor& self, bool sorted,
                                                         bool return_inverse, bool return_counts) {
  return unique(self, sorted, return_inverse, return_counts);
}

namespace op {

// clang-format off
constinit Op<std::tuple<Tensor, Tensor>(const Tensor&, int64_t, bool)> sort{"sort(Tensor self, int dim=-1, bool descending=False) -> (Tensor values, Tensor indices)", cutaway::sort, cpu::sort};
constinit Op<std::tuple<Tensor, Tensor>(const Tensor&, std::optional<bool>, int64_t, bool)> sort_stable{"sort.stable(Tensor self, *, bool? stable, int dim=-1, bool descending=False) -> (Tensor values, Tensor indices)", composite(sort_stable_by_name)};
constinit Op<Tensor(const Tensor&, int64_t, bool)> argsort{"argsort(Tensor self, int dim=-1, bool descending=False) -> Tensor", composite(cutaway::argsort)};
constinit Op<Tensor(const Tensor&, bool, int64_t, bool)> argsort_stable{"argsort.stable(Tensor self, *, bool stable, int dim=-1, bool descending=False) -> Tensor", composite(argsort_stable_by_name)};
constinit Unary msort{"msort(Tensor self) -> Tensor", composite(cutaway::msort)};
constinit Op<std::tuple<Tensor, Tensor>(const Tensor&, int64_t, int64_t, bool, bool)> topk{"topk(Tensor self, int k, int dim=-1, bool largest=True, bool sorted=True) -> (Tensor values, Tensor indices)", cutaway::topk, cpu::topk};
constinit Op<std::tuple<Tensor, Tensor, Tensor>(const Tensor&, bool, bool, bool)> unique{"_unique2(Tensor self, bool sorted=True, bool return_inverse=False, bool return_counts=False) -> (Tensor, Tensor, Tensor)", unique_by_name, cpu::unique, not_differentiable};
constinit Op<std::tuple<Tensor, Tensor, Tensor>(const Tensor&, int64_t, bool, bool, bool)> unique_dim{"unique_dim(Tensor self, int dim, bool sorted=True, bool return_inverse=False, bool return_counts=False) -> (Tensor, Tensor, Tensor)", cutaway::unique_dim, cpu::unique_dim, not_differentiable};
constinit Op<std::tuple<Tensor, Tensor, Tensor>(const Tensor&, bool, bool, std::optional<int64_t>)> unique_consecutive{"unique_consecutive(Tensor self, bool return_inverse=False, bool return_counts=False, int? dim=None) -> (Tensor, Tensor, Tensor)", cutaway::unique_consecutive, cpu::unique_consecutive, not_differentiable};
constinit Op<Tensor(const Tensor&, const Tensor&, bool, bool, std::optional<std::string_view>, const std::optional<Tensor>&)> searchsorted{"searchsorted.Tensor(Tensor sorted_sequence, Tensor self, *, bool out_int32=False, bool right=False, str? side=None, Tensor? sorter=None) -> Tensor", cutaway::searchsorted, cpu::searchsorted, not_differentiable};
constinit Op<Tensor(const Tensor&, const Scalar&, bool, bool, std::optional<std::string_view>, const std::optional<Tensor>&)> searchsorted_scalar{"searchsorted.Scalar(Tensor sorted_sequence, Scalar self, *, bool out_int32=False, bool right=False, str? side=None, Tensor? sorter=None) -> Tensor", composite<Tensor, const Tensor&, const Scalar&, bool, bool, std::optional<std::string_view>, const std::optional<Tensor>&>(cutaway::searchsorted)};
constinit Op<Tensor(const Tensor&, const Tensor&, bool, bool)> bucketize{"bucketize.Tensor(Tensor self, Tensor boundaries, *, bool out_int32=False, bool right=False) -> Tensor", composite<Tensor, const Tensor&, const Tensor&, bool, bool>(cutaway::bucketize)};
constinit Op<Tensor(const Scalar&, const Tensor&, bool, bool)> bucketize_scalar{"bucketize.Scalar(Scalar self, Tensor boundaries, *, bool out_int32=False, bool right=False) -> Tensor", composite<Tensor, const Scalar&, const Tensor&, bool, bool>(cutaway::bucketize)};
constinit Op<Tensor(const Tensor&, const std::optional<Tensor>&, int64_t)> bincount{"bincount(Tensor self, Tensor? weights=None, int minlength=0) -> Tensor", cutaway::bincount, cpu::bincount, not_differentiable};
constinit Op<Tensor(const Tensor&, int64_t, const Scalar&, const Scalar&)> histc{"histc(Tensor self, int bins=100, Scalar min=0, Scalar max=0) -> Tensor", cutaway::histc, cpu::through_float<cpu::histc>, not_differentiable};
constinit Op<Tensor(const Tensor&, const Tensor&, bool, bool)> isin{"isin.Tensor_Tensor(Tensor elements, Tensor test_elements, *, bool assume_unique=False, bool invert=False) -> Tensor", cutaway::isin, cpu::isin, not_differentiable};
constinit Op<Tensor(const Tensor&, const Scalar&, bool, bool)> isin_scalar{"isin.Tensor_Scalar(Tensor elements, Scalar test_element, *, bool assume_unique=False, bool invert=False) -> Tensor", composite<Tensor, const Tensor&, const Scalar&, bool, bool>(cutaway::isin)};
constinit Op<Tensor(const Scalar&, const Tensor&, bool, bool)> scalar_isin{"isin.Scalar_Tensor(Scalar element, Tensor test_elements, *, bool assume_unique=False, bool invert=False) -> Tensor", composite<Tensor, const Scalar&, const Tensor&, bool, bool>(cutaway::isin)};
// clang-format on

}  // namespace op

ArrayRef<OpBase*> sort_rows() {
  static constinit OpBase* const rows[] = {
      // clang-format off
    &op::sort,
    &op::sort_stable,
    &op::argsort,
    &op::argsort_stable,
    &op::msort,
    &op::topk,
    &op::unique,
    &op::unique_dim,
    &op::unique_consecutive,
    &op::searchsorted,
    &op::searchsorted_scalar,
    &op::bucketize,
    &op::bucketize_scalar,
    &op::bincount,
    &op::histc,
    &op::isin,
    &op::isin_scalar,
    &op::scalar_isin,
      // clang-format on
  };
  return {rows, static_cast<int64_t>(std::size(rows))};
}

}  // namespace cutaway
