// SPDX-License-Identifier: MIT
//
// Statistics: variances, norms and log-sum-exp, elements chosen by their rank, and what is computed
// from these. `dims` and keepdim as in ops_reduce.h.
//
// PyTorch counterpart: torch.var, torch.norm, torch.median, torch.quantile, ...;
// ATen/native/ReduceOps.cpp, Sorting.cpp, LinearAlgebra.cpp (norms), Correlation.cpp.
#pragma once

#include <string_view>

#include "tensor.h"

namespace cutaway::inline v0_1 {

// ---- Moments ----

/// Variance: sum (x - mean)^2 / max(0, n - correction), correction 1 unless given. Floating point
/// only ("std and var only support floating point and complex dtypes"). NaN without elements.
Tensor var(const Tensor& self, IntArrayRef dims = {}, const std::optional<Scalar>& correction = {},
           bool keepdim = false);
/// Its root, the standard deviation.
Tensor std(const Tensor& self, IntArrayRef dims = {}, const std::optional<Scalar>& correction = {},
           bool keepdim = false);
/// (variance, mean) and (standard deviation, mean).
std::tuple<Tensor, Tensor> var_mean(const Tensor& self, IntArrayRef dims = {},
                                    const std::optional<Scalar>& correction = {},
                                    bool keepdim = false);
std::tuple<Tensor, Tensor> std_mean(const Tensor& self, IntArrayRef dims = {},
                                    const std::optional<Scalar>& correction = {},
                                    bool keepdim = false);

// ---- Norms ----

/// (sum |x|^ord)^(1/ord); ord inf, -inf: the largest, smallest |x|; 0: how many are not 0. dtype:
/// in which to compute. Throws for integers, and where an empty dimension has no norm (ord < 0 or
/// inf).
Tensor linalg_vector_norm(const Tensor& self, const Scalar& ord = 2, IntArrayRef dims = {},
                          bool keepdim = false, std::optional<DType> dtype = {});
/// The same by its older name. No p: 2, PyTorch's 'fro'.
Tensor norm(const Tensor& self, const Scalar& p = 2);
Tensor norm(const Tensor& self, const std::optional<Scalar>& p, IntArrayRef dims,
            bool keepdim = false);
Tensor norm(const Tensor& self, const std::optional<Scalar>& p, DType dtype);
Tensor norm(const Tensor& self, const std::optional<Scalar>& p, IntArrayRef dims, bool keepdim,
            DType dtype);
/// norm(self - other, p)
Tensor dist(const Tensor& self, const Tensor& other, const Scalar& p = 2);
/// log(sum(exp(x))), without overflow. Integers give the default floating dtype. 16-bit numbers are
/// rounded once, at the end; PyTorch rounds at each step.
Tensor logsumexp(const Tensor& self, IntArrayRef dims, bool keepdim = false);

// ---- Order statistics ----
// Along `dim`: (values, indices); throws IndexError where it is empty ("median(): Expected
// reduction dim 0 to have non-zero size."). Of several equal elements the index of one is given,
// the same as PyTorch's. The gradient goes to that place.

/// The middle element, the lower one of two; NaN if there is one. Without dim: of all elements.
Tensor median(const Tensor& self);
std::tuple<Tensor, Tensor> median(const Tensor& self, int64_t dim, bool keepdim = false);
/// The median of what is not NaN.
Tensor nanmedian(const Tensor& self);
std::tuple<Tensor, Tensor> nanmedian(const Tensor& self, int64_t dim, bool keepdim = false);
/// The k-th smallest element, k counted from 1; NaN counts as largest. Throws "kthvalue(): selected
/// number k out of range for dimension 0".
std::tuple<Tensor, Tensor> kthvalue(const Tensor& self, int64_t k, int64_t dim = -1,
                                    bool keepdim = false);
/// The most frequent element, the smallest of several.
std::tuple<Tensor, Tensor> mode(const Tensor& self, int64_t dim = -1, bool keepdim = false);

/// The value below which a share q of the elements lies: the element of rank q (n - 1), and where
/// that is no whole number, what `interpolation` says of the two around it: linear, lower, higher,
/// midpoint or nearest. q: a number, or a tensor of up to one dimension, which then comes first in
/// the result. float and double only.
Tensor quantile(const Tensor& self, const Tensor& q, std::optional<int64_t> dim = {},
                bool keepdim = false, std::string_view interpolation = "linear");
Tensor quantile(const Tensor& self, double q, std::optional<int64_t> dim = {}, bool keepdim = false,
                std::string_view interpolation = "linear");
/// The quantile of what is not NaN.
Tensor nanquantile(const Tensor& self, const Tensor& q, std::optional<int64_t> dim = {},
                   bool keepdim = false, std::string_view interpolation = "linear");
Tensor nanquantile(const Tensor& self, double q, std::optional<int64_t> dim = {},
                   bool keepdim = false, std::string_view interpolation = "linear");

// ---- Of several variables ----

/// Covariances of the rows of `self`, each a variable, each column an observation: (r, r), or 0-d
/// for one variable. fweights (integers) say how often an observation was made, aweights how much
/// it weighs.
Tensor cov(const Tensor& self, int64_t correction = 1, const std::optional<Tensor>& fweights = {},
           const std::optional<Tensor>& aweights = {});
/// cov, each element divided by the two standard deviations.
Tensor corrcoef(const Tensor& self);

// ---- Forms that callers by name need beside these ----

/// var(self, dims, unbiased ? 1 : 0, keepdim), and so on.
Tensor var_unbiased(const Tensor& self, bool unbiased);
Tensor var_unbiased_dim(const Tensor& self, IntArrayRef dims, bool unbiased, bool keepdim);
Tensor std_unbiased(const Tensor& self, bool unbiased);
Tensor std_unbiased_dim(const Tensor& self, IntArrayRef dims, bool unbiased, bool keepdim);
std::tuple<Tensor, Tensor> var_mean_unbiased(const Tensor& self, bool unbiased);
std::tuple<Tensor, Tensor> var_mean_unbiased_dim(const Tensor& self, IntArrayRef dims,
                                                 bool unbiased, bool keepdim);
std::tuple<Tensor, Tensor> std_mean_unbiased(const Tensor& self, bool unbiased);
std::tuple<Tensor, Tensor> std_mean_unbiased_dim(const Tensor& self, IntArrayRef dims,
                                                 bool unbiased, bool keepdim);

}  // namespace cutaway
