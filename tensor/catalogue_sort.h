// SPDX-License-Identifier: MIT
//
// Rows of the catalogue: sorting, and searching by value.
#pragma once

#include <string_view>

#include "catalogue_signatures.h"

namespace cutaway::inline v0_1 {

/// These rows, for all_ops().
ArrayRef<OpBase*> sort_rows();

namespace op {

extern Op<std::tuple<Tensor, Tensor>(const Tensor&, int64_t, bool)> sort;
extern Op<std::tuple<Tensor, Tensor>(const Tensor&, std::optional<bool>, int64_t, bool)>
    sort_stable;
extern Op<Tensor(const Tensor&, int64_t, bool)> argsort;
extern Op<Tensor(const Tensor&, bool, int64_t, bool)> argsort_stable;
extern Unary msort;
extern Op<std::tuple<Tensor, Tensor>(const Tensor&, int64_t, int64_t, bool, bool)> topk;
extern Op<std::tuple<Tensor, Tensor, Tensor>(const Tensor&, bool, bool, bool)> unique;
extern Op<std::tuple<Tensor, Tensor, Tensor>(const Tensor&, int64_t, bool, bool, bool)> unique_dim;
extern Op<std::tuple<Tensor, Tensor, Tensor>(const Tensor&, bool, bool, std::optional<int64_t>)>
    unique_consecutive;
extern Op<Tensor(const Tensor&, const Tensor&, bool, bool, std::optional<std::string_view>,
                 const std::optional<Tensor>&)>
    searchsorted;
extern Op<Tensor(const Tensor&, const Scalar&, bool, bool, std::optional<std::string_view>,
                 const std::optional<Tensor>&)>
    searchsorted_scalar;
extern Op<Tensor(const Tensor&, const Tensor&, bool, bool)> bucketize, isin;
extern Op<Tensor(const Scalar&, const Tensor&, bool, bool)> bucketize_scalar, scalar_isin;
extern Op<Tensor(const Tensor&, const std::optional<Tensor>&, int64_t)> bincount;
extern Op<Tensor(const Tensor&, int64_t, const Scalar&, const Scalar&)> histc;
extern Op<Tensor(const Tensor&, const Scalar&, bool, bool)> isin_scalar;

}  // namespace op
}  // namespace cutaway
