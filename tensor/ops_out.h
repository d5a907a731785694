// SPDX-License-Identifier: MIT
//
// Out forms of everything that is not pointwise (those: ops_out_pointwise.h): sum_out(out, self)
// writes sum(self) into `out` and returns it. What an `out` may be, what happens to it, and when no
// memory is allocated: out.h. Arguments and their defaults are those of the functional form.
//
// PyTorch counterpart: at::sum_out, at::mm_out, at::max_out, ...
#pragma once

#include <tuple>

#include "tensor.h"

namespace cutaway::inline v0_1 {

// ---- Matrix products ----

const Tensor& mm_out(const Tensor& out, const Tensor& self, const Tensor& mat2);
const Tensor& bmm_out(const Tensor& out, const Tensor& self, const Tensor& mat2);
const Tensor& mv_out(const Tensor& out, const Tensor& self, const Tensor& vec);
const Tensor& dot_out(const Tensor& out, const Tensor& self, const Tensor& tensor);
const Tensor& matmul_out(const Tensor& out, const Tensor& self, const Tensor& other);
const Tensor& addmm_out(const Tensor& out, const Tensor& self, const Tensor& mat1,
                        const Tensor& mat2, const Scalar& beta = 1, const Scalar& alpha = 1);
const Tensor& baddbmm_out(const Tensor& out, const Tensor& self, const Tensor& batch1,
                          const Tensor& batch2, const Scalar& beta = 1, const Scalar& alpha = 1);
const Tensor& addmv_out(const Tensor& out, const Tensor& self, const Tensor& mat, const Tensor& vec,
                        const Scalar& beta = 1, const Scalar& alpha = 1);
const Tensor& addbmm_out(const Tensor& out, const Tensor& self, const Tensor& batch1,
                         const Tensor& batch2, const Scalar& beta = 1, const Scalar& alpha = 1);
const Tensor& addr_out(const Tensor& out, const Tensor& self, const Tensor& vec1,
                       const Tensor& vec2, const Scalar& beta = 1, const Scalar& alpha = 1);
const Tensor& outer_out(const Tensor& out, const Tensor& self, const Tensor& vec2);
const Tensor& inner_out(const Tensor& out, const Tensor& self, const Tensor& other);
const Tensor& kron_out(const Tensor& out, const Tensor& self, const Tensor& other);
const Tensor& linalg_cross_out(const Tensor& out, const Tensor& self, const Tensor& other,
                               int64_t dim = -1);
const Tensor& cross_out(const Tensor& out, const Tensor& self, const Tensor& other,
                        std::optional<int64_t> dim = {});
const Tensor& linalg_matrix_power_out(const Tensor& out, const Tensor& self, int64_t n);

// ---- Solving and decomposing ----

const Tensor& linalg_solve_out(const Tensor& out, const Tensor& a, const Tensor& b,
                               bool left = true);
const Tensor& linalg_inv_out(const Tensor& out, const Tensor& a);
const Tensor& inverse_out(const Tensor& out, const Tensor& self);
const Tensor& linalg_det_out(const Tensor& out, const Tensor& a);
const Tensor& linalg_cholesky_out(const Tensor& out, const Tensor& self, bool upper = false);
const Tensor& cholesky_out(const Tensor& out, const Tensor& self, bool upper = false);

// ---- Reductions ----

const Tensor& sum_out(const Tensor& out, const Tensor& self, IntArrayRef dim = {},
                      bool keepdim = false, std::optional<DType> dtype = {});
const Tensor& mean_out(const Tensor& out, const Tensor& self, IntArrayRef dim = {},
                       bool keepdim = false, std::optional<DType> dtype = {});
const Tensor& nansum_out(const Tensor& out, const Tensor& self, IntArrayRef dim = {},
                         bool keepdim = false, std::optional<DType> dtype = {});
const Tensor& prod_out(const Tensor& out, const Tensor& self, int64_t dim, bool keepdim = false,
                       std::optional<DType> dtype = {});
const Tensor& max_out(const Tensor& out, const Tensor& self);
const Tensor& min_out(const Tensor& out, const Tensor& self);
const Tensor& amax_out(const Tensor& out, const Tensor& self, IntArrayRef dim = {},
                       bool keepdim = false);
const Tensor& amin_out(const Tensor& out, const Tensor& self, IntArrayRef dim = {},
                       bool keepdim = false);
const Tensor& argmax_out(const Tensor& out, const Tensor& self, std::optional<int64_t> dim = {},
                         bool keepdim = false);
const Tensor& argmin_out(const Tensor& out, const Tensor& self, std::optional<int64_t> dim = {},
                         bool keepdim = false);
const Tensor& any_out(const Tensor& out, const Tensor& self);
const Tensor& any_out(const Tensor& out, const Tensor& self, int64_t dim, bool keepdim = false);
const Tensor& all_out(const Tensor& out, const Tensor& self);
const Tensor& all_out(const Tensor& out, const Tensor& self, int64_t dim, bool keepdim = false);
const Tensor& logsumexp_out(const Tensor& out, const Tensor& self, IntArrayRef dim,
                            bool keepdim = false);
const Tensor& linalg_vector_norm_out(const Tensor& out, const Tensor& self, const Scalar& ord = 2,
                                     IntArrayRef dim = {}, bool keepdim = false,
                                     std::optional<DType> dtype = {});
const Tensor& var_out(const Tensor& out, const Tensor& self, IntArrayRef dim = {},
                      const std::optional<Scalar>& correction = {}, bool keepdim = false);
const Tensor& std_out(const Tensor& out, const Tensor& self, IntArrayRef dim = {},
                      const std::optional<Scalar>& correction = {}, bool keepdim = false);

// ---- Reductions with two results ----

std::tuple<const Tensor&, const Tensor&> max_out(const Tensor& values, const Tensor& indices,
                                                 const Tensor& self, int64_t dim,
                                                 bool keepdim = false);
std::tuple<const Tensor&, const Tensor&> min_out(const Tensor& values, const Tensor& indices,
                                                 const Tensor& self, int64_t dim,
                                                 bool keepdim = false);
std::tuple<const Tensor&, const Tensor&> aminmax_out(const Tensor& min, const Tensor& max,
                                                     const Tensor& self,
                                                     std::optional<int64_t> dim = {},
                                                     bool keepdim = false);
std::tuple<const Tensor&, const Tensor&> median_out(const Tensor& values, const Tensor& indices,
                                                    const Tensor& self, int64_t dim,
                                                    bool keepdim = false);
std::tuple<const Tensor&, const Tensor&> nanmedian_out(const Tensor& values, const Tensor& indices,
                                                       const Tensor& self, int64_t dim,
                                                       bool keepdim = false);
std::tuple<const Tensor&, const Tensor&> mode_out(const Tensor& values, const Tensor& indices,
                                                  const Tensor& self, int64_t dim = -1,
                                                  bool keepdim = false);
std::tuple<const Tensor&, const Tensor&> kthvalue_out(const Tensor& values, const Tensor& indices,
                                                      const Tensor& self, int64_t k,
                                                      int64_t dim = -1, bool keepdim = false);

// ---- Scans ----

const Tensor& cumsum_out(const Tensor& out, const Tensor& self, int64_t dim,
                         std::optional<DType> dtype = {});
const Tensor& cumprod_out(const Tensor& out, const Tensor& self, int64_t dim,
                          std::optional<DType> dtype = {});
const Tensor& logcumsumexp_out(const Tensor& out, const Tensor& self, int64_t dim);
std::tuple<const Tensor&, const Tensor&> cummax_out(const Tensor& values, const Tensor& indices,
                                                    const Tensor& self, int64_t dim);
std::tuple<const Tensor&, const Tensor&> cummin_out(const Tensor& values, const Tensor& indices,
                                                    const Tensor& self, int64_t dim);

// ---- Order ----

std::tuple<const Tensor&, const Tensor&> sort_out(const Tensor& values, const Tensor& indices,
                                                  const Tensor& self, int64_t dim = -1,
                                                  bool descending = false);
std::tuple<const Tensor&, const Tensor&> topk_out(const Tensor& values, const Tensor& indices,
                                                  const Tensor& self, int64_t k, int64_t dim = -1,
                                                  bool largest = true, bool sorted = true);
const Tensor& argsort_out(const Tensor& out, const Tensor& self, int64_t dim = -1,
                          bool descending = false);
const Tensor& searchsorted_out(const Tensor& out, const Tensor& sorted_sequence, const Tensor& self,
                               bool out_int32 = false, bool right = false,
                               std::optional<std::string_view> side = {},
                               const std::optional<Tensor>& sorter = {});
const Tensor& bucketize_out(const Tensor& out, const Tensor& self, const Tensor& boundaries,
                            bool out_int32 = false, bool right = false);
const Tensor& quantile_out(const Tensor& out, const Tensor& self, const Tensor& q,
                           std::optional<int64_t> dim = {}, bool keepdim = false,
                           std::string_view interpolation = "linear");
const Tensor& histc_out(const Tensor& out, const Tensor& self, int64_t bins = 100,
                        const Scalar& min = 0, const Scalar& max = 0);

// ---- Choosing and joining ----

const Tensor& index_select_out(const Tensor& out, const Tensor& self, int64_t dim,
                               const Tensor& index);
const Tensor& index_add_out(const Tensor& out, const Tensor& self, int64_t dim, const Tensor& index,
                            const Tensor& source, const Scalar& alpha = 1);
const Tensor& index_copy_out(const Tensor& out, const Tensor& self, int64_t dim,
                             const Tensor& index, const Tensor& source);
const Tensor& gather_out(const Tensor& out, const Tensor& self, int64_t dim, const Tensor& index,
                         bool sparse_grad = false);
const Tensor& scatter_out(const Tensor& out, const Tensor& self, int64_t dim, const Tensor& index,
                          const Tensor& src);
const Tensor& scatter_out(const Tensor& out, const Tensor& self, int64_t dim, const Tensor& index,
                          const Scalar& value);
const Tensor& scatter_add_out(const Tensor& out, const Tensor& self, int64_t dim,
                              const Tensor& index, const Tensor& src);
const Tensor& take_out(const Tensor& out, const Tensor& self, const Tensor& index);
const Tensor& take_along_dim_out(const Tensor& out, const Tensor& self, const Tensor& indices,
                                 std::optional<int64_t> dim = {});
const Tensor& masked_select_out(const Tensor& out, const Tensor& self, const Tensor& mask);
const Tensor& nonzero_out(const Tensor& out, const Tensor& self);
const Tensor& cat_out(const Tensor& out, TensorList tensors, int64_t dim = 0);
const Tensor& stack_out(const Tensor& out, TensorList tensors, int64_t dim = 0);
const Tensor& hstack_out(const Tensor& out, TensorList tensors);
const Tensor& vstack_out(const Tensor& out, TensorList tensors);
const Tensor& dstack_out(const Tensor& out, TensorList tensors);
const Tensor& tril_out(const Tensor& out, const Tensor& self, int64_t diagonal = 0);
const Tensor& triu_out(const Tensor& out, const Tensor& self, int64_t diagonal = 0);
const Tensor& diag_out(const Tensor& out, const Tensor& self, int64_t diagonal = 0);

// ---- New tensors ----

const Tensor& zeros_out(const Tensor& out, IntArrayRef size, std::optional<DType> dtype = {});
const Tensor& ones_out(const Tensor& out, IntArrayRef size, std::optional<DType> dtype = {});
const Tensor& full_out(const Tensor& out, IntArrayRef size, const Scalar& fill_value,
                       std::optional<DType> dtype = {});
const Tensor& arange_out(const Tensor& out, const Scalar& start, const Scalar& end,
                         const Scalar& step = 1, std::optional<DType> dtype = {});
const Tensor& arange_out(const Tensor& out, const Scalar& end, std::optional<DType> dtype = {});
const Tensor& linspace_out(const Tensor& out, const Scalar& start, const Scalar& end, int64_t steps,
                           std::optional<DType> dtype = {});
const Tensor& logspace_out(const Tensor& out, const Scalar& start, const Scalar& end, int64_t steps,
                           double base = 10.0, std::optional<DType> dtype = {});
const Tensor& eye_out(const Tensor& out, int64_t n, std::optional<DType> dtype = {});
const Tensor& eye_out(const Tensor& out, int64_t n, int64_t m, std::optional<DType> dtype = {});

// ---- Random numbers ----

const Tensor& rand_out(const Tensor& out, IntArrayRef size, std::optional<DType> dtype = {},
                       Generator* generator = nullptr);
const Tensor& randn_out(const Tensor& out, IntArrayRef size, std::optional<DType> dtype = {},
                        Generator* generator = nullptr);
const Tensor& randint_out(const Tensor& out, int64_t high, IntArrayRef size,
                          std::optional<DType> dtype = {}, Generator* generator = nullptr);
const Tensor& randint_out(const Tensor& out, int64_t low, int64_t high, IntArrayRef size,
                          std::optional<DType> dtype = {}, Generator* generator = nullptr);
const Tensor& randperm_out(const Tensor& out, int64_t n, std::optional<DType> dtype = {},
                           Generator* generator = nullptr);
const Tensor& normal_out(const Tensor& out, double mean, const Tensor& std,
                         Generator* generator = nullptr);
const Tensor& normal_out(const Tensor& out, const Tensor& mean, double std = 1,
                         Generator* generator = nullptr);
const Tensor& normal_out(const Tensor& out, const Tensor& mean, const Tensor& std,
                         Generator* generator = nullptr);
const Tensor& bernoulli_out(const Tensor& out, const Tensor& self, Generator* generator = nullptr);
const Tensor& multinomial_out(const Tensor& out, const Tensor& self, int64_t num_samples,
                              bool replacement = false, Generator* generator = nullptr);

}  // namespace cutaway
