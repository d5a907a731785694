// SPDX-License-Identifier: MIT
//
// Rows of the catalogue: variances, norms, order statistics. An empty list of dims means all.
#pragma once

#include <string_view>

#include "catalogue_signatures.h"

namespace cutaway::inline v0_1 {

/// These rows, for all_ops().
ArrayRef<OpBase*> statistics_rows();

namespace op {

using VarLike = Op<Tensor(const Tensor&, IntArrayRef, const std::optional<Scalar>&, bool)>;
using VarMeanLike =
    Op<std::tuple<Tensor, Tensor>(const Tensor&, IntArrayRef, const std::optional<Scalar>&, bool)>;

extern VarLike var, std;
extern Op<Tensor(const Tensor&, bool)> var_unbiased, std_unbiased;
extern Op<Tensor(const Tensor&, IntArrayRef, bool, bool)> var_unbiased_dim, std_unbiased_dim;
extern VarMeanLike var_mean, std_mean;
extern Op<std::tuple<Tensor, Tensor>(const Tensor&, bool)> var_mean_unbiased, std_mean_unbiased;
extern Op<std::tuple<Tensor, Tensor>(const Tensor&, IntArrayRef, bool, bool)> var_mean_unbiased_dim,
    std_mean_unbiased_dim;
extern Op<Tensor(const Tensor&, const Scalar&, IntArrayRef, bool, std::optional<DType>)>
    linalg_vector_norm;
extern Op<Tensor(const Tensor&, const Scalar&)> norm;
extern Op<Tensor(const Tensor&, const std::optional<Scalar>&, IntArrayRef, bool)> norm_dim;
extern Op<Tensor(const Tensor&, const std::optional<Scalar>&, DType)> norm_dtype;
extern Op<Tensor(const Tensor&, const std::optional<Scalar>&, IntArrayRef, bool, DType)>
    norm_dim_dtype;
extern Op<Tensor(const Tensor&, const Tensor&, const Scalar&)> dist;
extern Op<Tensor(const Tensor&, IntArrayRef, bool)> logsumexp;
extern Unary median, nanmedian, corrcoef;
extern Op<std::tuple<Tensor, Tensor>(const Tensor&, int64_t, bool)> median_dim, nanmedian_dim, mode;
extern Op<std::tuple<Tensor, Tensor>(const Tensor&, int64_t, int64_t, bool)> kthvalue;
extern Op<Tensor(const Tensor&, const Tensor&, std::optional<int64_t>, bool, std::string_view)>
    quantile, nanquantile;
extern Op<Tensor(const Tensor&, double, std::optional<int64_t>, bool, std::string_view)>
    quantile_scalar, nanquantile_scalar;
extern Op<Tensor(const Tensor&, int64_t, const std::optional<Tensor>&,
                 const std::optional<Tensor>&)>
    cov;

}  // namespace op
}  // namespace cutaway
