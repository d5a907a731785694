// SPDX-License-Identifier: MIT
//
// Rows of the catalogue: variances, norms, order statistics. An empty list of dims means all.
#include "catalogue_statistics.h"

#include "boxed.h"
#include "cpu/kernels_statistics.h"
#include "cpu/through_float.h"
#include "ops_statistics.h"

namespace cutaway::inline v0_1 {
namespace op {

// clang-format off
constinit VarLike var{"var.correction(Tensor self, int[1]? dim=None, *, Scalar? correction=None, bool keepdim=False) -> Tensor", cutaway::var, cpu::through_float<cpu::var>};
constinit Op<Tensor(const Tensor&, bool)> var_unbiased{"var(Tensor self, bool unbiased=True) -> Tensor", composite(cutaway::var_unbiased)};
constinit Op<Tensor(const Tensor&, IntArrayRef, bool, bool)> var_unbiased_dim{"var.dim(Tensor self, int[1]? dim, bool unbiased=True, bool keepdim=False) -> Tensor", composite(cutaway::var_unbiased_dim)};
constinit VarLike std{"std.correction(Tensor self, int[1]? dim=None, *, Scalar? correction=None, bool keepdim=False) -> Tensor", cutaway::std, cpu::through_float<cpu::std>};
constinit Op<Tensor(const Tensor&, bool)> std_unbiased{"std(Tensor self, bool unbiased=True) -> Tensor", composite(cutaway::std_unbiased)};
constinit Op<Tensor(const Tensor&, IntArrayRef, bool, bool)> std_unbiased_dim{"std.dim(Tensor self, int[1]? dim, bool unbiased=True, bool keepdim=False) -> Tensor", composite(cutaway::std_unbiased_dim)};
constinit VarMeanLike var_mean{"var_mean.correction(Tensor self, int[1]? dim=None, *, Scalar? correction=None, bool keepdim=False) -> (Tensor, Tensor)", cutaway::var_mean, cpu::through_float<cpu::var_mean>};
constinit Op<std::tuple<Tensor, Tensor>(const Tensor&, bool)> var_mean_unbiased{"var_mean(Tensor self, bool unbiased=True) -> (Tensor, Tensor)", composite(cutaway::var_mean_unbiased)};
constinit Op<std::tuple<Tensor, Tensor>(const Tensor&, IntArrayRef, bool, bool)> var_mean_unbiased_dim{"var_mean.dim(Tensor self, int[1]? dim, bool unbiased=True, bool keepdim=False) -> (Tensor, Tensor)", composite(cutaway::var_mean_unbiased_dim)};
constinit VarMeanLike std_mean{"std_mean.correction(Tensor self, int[1]? dim=None, *, Scalar? correction=None, bool keepdim=False) -> (Tensor, Tensor)", cutaway::std_mean, cpu::through_float<cpu::std_mean>};
constinit Op<std::tuple<Tensor, Tensor>(const Tensor&, bool)> std_mean_unbiased{"std_mean(Tensor self, bool unbiased=True) -> (Tensor, Tensor)", composite(cutaway::std_mean_unbiased)};
constinit Op<std::tuple<Tensor, Tensor>(const Tensor&, IntArrayRef, bool, bool)> std_mean_unbiased_dim{"std_mean.dim(Tensor self, int[1]? dim, bool unbiased=True, bool keepdim=False) -> (Tensor, Tensor)", composite(cutaway::std_mean_unbiased_dim)};
constinit Op<Tensor(const Tensor&, const Scalar&, IntArrayRef, bool, std::optional<DType>)> linalg_vector_norm{"linalg_vector_norm(Tensor self, Scalar ord=2, int[1]? dim=None, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor", cutaway::linalg_vector_norm, cpu::through_float<cpu::linalg_vector_norm>};
constinit Op<Tensor(const Tensor&, const Scalar&)> norm{"norm.Scalar(Tensor self, Scalar p=2) -> Tensor", composite<Tensor, const Tensor&, const Scalar&>(cutaway::norm)};
constinit Op<Tensor(const Tensor&, const std::optional<Scalar>&, IntArrayRef, bool)> norm_dim{"norm.ScalarOpt_dim(Tensor self, Scalar? p, int[1] dim, bool keepdim=False) -> Tensor", composite<Tensor, const Tensor&, const std::optional<Scalar>&, IntArrayRef, bool>(cutaway::norm)};
constinit Op<Tensor(const Tensor&, const std::optional<Scalar>&, DType)> norm_dtype{"norm.ScalarOpt_dtype(Tensor self, Scalar? p, *, ScalarType dtype) -> Tensor", composite<Tensor, const Tensor&, const std::optional<Scalar>&, DType>(cutaway::norm)};
constinit Op<Tensor(const Tensor&, const std::optional<Scalar>&, IntArrayRef, bool, DType)> norm_dim_dtype{"norm.ScalarOpt_dim_dtype(Tensor self, Scalar? p, int[1] dim, bool keepdim, *, ScalarType dtype) -> Tensor", composite<Tensor, const Tensor&, const std::optional<Scalar>&, IntArrayRef, bool, DType>(cutaway::norm)};
constinit Op<Tensor(const Tensor&, const Tensor&, const Scalar&)> dist{"dist(Tensor self, Tensor other, Scalar p=2) -> Tensor", composite(cutaway::dist)};
constinit Op<Tensor(const Tensor&, IntArrayRef, bool)> logsumexp{"logsumexp(Tensor self, int[1] dim, bool keepdim=False) -> Tensor", cutaway::logsumexp, cpu::through_float<cpu::logsumexp>};
constinit Unary median{"median(Tensor self) -> Tensor", cutaway::median, cpu::through_float<cpu::median>};
constinit Unary nanmedian{"nanmedian(Tensor self) -> Tensor", cutaway::nanmedian, cpu::through_float<cpu::nanmedian>};
constinit Op<std::tuple<Tensor, Tensor>(const Tensor&, int64_t, bool)> median_dim{"median.dim(Tensor self, int dim, bool keepdim=False) -> (Tensor values, Tensor indices)", cutaway::median, cpu::through_float<cpu::median_dim>};
constinit Op<std::tuple<Tensor, Tensor>(const Tensor&, int64_t, bool)> nanmedian_dim{"nanmedian.dim(Tensor self, int dim, bool keepdim=False) -> (Tensor values, Tensor indices)", cutaway::nanmedian, cpu::through_float<cpu::nanmedian_dim>};
constinit Op<std::tuple<Tensor, Tensor>(const Tensor&, int64_t, int64_t, bool)> kthvalue{"kthvalue(Tensor self, int k, int dim=-1, bool keepdim=False) -> (Tensor values, Tensor indices)", cutaway::kthvalue, cpu::through_float<cpu::kthvalue>};
constinit Op<std::tuple<Tensor, Tensor>(const Tensor&, int64_t, bool)> mode{"mode(Tensor self, int dim=-1, bool keepdim=False) -> (Tensor values, Tensor indices)", cutaway::mode, cpu::through_float<cpu::mode>};
constinit Op<Tensor(const Tensor&, const Tensor&, std::optional<int64_t>, bool, std::string_view)> quantile{"quantile(Tensor self, Tensor q, int? dim=None, bool keepdim=False, *, str interpolation='linear') -> Tensor", composite<Tensor, const Tensor&, const Tensor&, std::optional<int64_t>, bool, std::string_view>(cutaway::quantile)};
constinit Op<Tensor(const Tensor&, double, std::optional<int64_t>, bool, std::string_view)> quantile_scalar{"quantile.scalar(Tensor self, float q, int? dim=None, bool keepdim=False, *, str interpolation='linear') -> Tensor", composite<Tensor, const Tensor&, double, std::optional<int64_t>, bool, std::string_view>(cutaway::quantile)};
constinit Op<Tensor(const Tensor&, const Tensor&, std::optional<int64_t>, bool, std::string_view)> nanquantile{"nanquantile(Tensor self, Tensor q, int? dim=None, bool keepdim=False, *, str interpolation='linear') -> Tensor", composite<Tensor, const Tensor&, const Tensor&, std::optional<int64_t>, bool, std::string_view>(cutaway::nanquantile)};
constinit Op<Tensor(const Tensor&, double, std::optional<int64_t>, bool, std::string_view)> nanquantile_scalar{"nanquantile.scalar(Tensor self, float q, int? dim=None, bool keepdim=False, *, str interpolation='linear') -> Tensor", composite<Tensor, const Tensor&, double, std::optional<int64_t>, bool, std::string_view>(cutaway::nanquantile)};
constinit Op<Tensor(const Tensor&, int64_t, const std::optional<Tensor>&, const std::optional<Tensor>&)> cov{"cov(Tensor self, *, int correction=1, Tensor? fweights=None, Tensor? aweights=None) -> Tensor", composite(cutaway::cov)};
constinit Unary corrcoef{"corrcoef(Tensor self) -> Tensor", composite(cutaway::corrcoef)};
// clang-format on

}  // namespace op

ArrayRef<OpBase*> statistics_rows() {
  static constinit OpBase* const rows[] = {
      // clang-format off
    &op::var,
    &op::var_unbiased,
    &op::var_unbiased_dim,
    &op::std,
    &op::std_unbiased,
    &op::std_unbiased_dim,
    &op::var_mean,
    &op::var_mean_unbiased,
    &op::var_mean_unbiased_dim,
    &op::std_mean,
    &op::std_mean_unbiased,
    &op::std_mean_unbiased_dim,
    &op::linalg_vector_norm,
    &op::norm,
    &op::norm_dim,
    &op::norm_dtype,
    &op::norm_dim_dtype,
    &op::dist,
    &op::logsumexp,
    &op::median,
    &op::nanmedian,
    &op::median_dim,
    &op::nanmedian_dim,
    &op::kthvalue,
    &op::mode,
    &op::quantile,
    &op::quantile_scalar,
    &op::nanquantile,
    &op::nanquantile_scalar,
    &op::cov,
    &op::corrcoef,
      // clang-format on
  };
  return {rows, static_cast<int64_t>(std::size(rows))};
}

}  // namespace cutaway
