// SPDX-License-Identifier: MIT
#include "ops_out.h"

#include "catalogue.h"
#include "out.h"

namespace cutaway::inline v0_1 {

// ---- Matrix products ----

const Tensor& mm_out(const Tensor& out, const Tensor& self, const Tensor& mat2) {
  return write_out(op::mm, out, self, mat2);
}
const Tensor& bmm_out(const Tensor& out, const Tensor& self, const Tensor& mat2) {
  return write_out(op::bmm, out, self, mat2);
}
const Tensor& mv_out(const Tensor& out, const Tensor& self, const Tensor& vec) {
  return write_out(op::mv, out, self, vec);
}
const Tensor& dot_out(const Tensor& out, const Tensor& self, const Tensor& tensor) {
  return write_out(op::dot, out, self, tensor);
}
const Tensor& matmul_out(const Tensor& out, const Tensor& self, const Tensor& other) {
  return write_out(op::matmul, out, self, other);
}
const Tensor& addmm_out(const Tensor& out, const Tensor& self, const Tensor& mat1,
                        const Tensor& mat2, const Scalar& beta, const Scalar& alpha) {
  return write_out(op::addmm, out, self, mat1, mat2, beta, alpha);
}
const Tensor& baddbmm_out(const Tensor& out, const Tensor& self, const Tensor& batch1,
                          const Tensor& batch2, const Scalar& beta, const Scalar& alpha) {
  return write_out(op::baddbmm, out, self, batch1, batch2, beta, alpha);
}
const Tensor& addmv_out(const Tensor& out, const Tensor& self, const Tensor& mat, const Tensor& vec,
                        const Scalar& beta, const Scalar& alpha) {
  return write_out(op::addmv, out, self, mat, vec, beta, alpha);
}
const Tensor& addbmm_out(const Tensor& out, const Tensor& self, const Tensor& batch1,
                         const Tensor& batch2, const Scalar& beta, const Scalar& alpha) {
  return write_out(op::addbmm, out, self, batch1, batch2, beta, alpha);
}
const Tensor& addr_out(const Tensor& out, const Tensor& self, const Tensor& vec1,
                       const Tensor& vec2, const Scalar& beta, const Scalar& alpha) {
  return write_out(op::addr, out, self, vec1, vec2, beta, alpha);
}
const Tensor& outer_out(const Tensor& out, const Tensor& self, const Tensor& vec2) {
  return write_out(op::outer, out, self, vec2);
}
const Tensor& inner_out(const Tensor& out, const Tensor& self, const Tensor& other) {
  return write_out(op::inner, out, self, other);
}
const Tensor& kron_out(const Tensor& out, const Tensor& self, const Tensor& other) {
  return write_out(op::kron, out, self, other);
}
const Tensor& linalg_cross_out(const Tensor& out, const Tensor& self, const Tensor& other,
                               int64_t dim) {
  return write_out(op::linalg_cross, out, self, other, dim);
}
const Tensor& cross_out(const Tensor& out, const Tensor& self, const Tensor& other,
                        std::optional<int64_t> dim) {
  return write_out(op::cross, out, self, other, dim);
}
const Tensor& linalg_matrix_power_out(const Tensor& out, const Tensor& self, int64_t n) {
  return write_out(op::linalg_matrix_power, out, self, n);
}

// ---- Solving and decomposing ----

const Tensor& linalg_solve_out(const Tensor& out, const Tensor& a, const Tensor& b, bool left) {
  return write_out(op::linalg_solve, out, a, b, left);
}
const Tensor& linalg_inv_out(const Tensor& out, const Tensor& a) {
  return write_out(op::linalg_inv, out, a);
}
const Tensor& inverse_out(const Tensor& out, const Tensor& self) {
  return write_out(op::inverse, out, self);
}
const Tensor& linalg_det_out(const Tensor& out, const Tensor& a) {
  return write_out(op::linalg_det, out, a);
}
const Tensor& linalg_cholesky_out(const Tensor& out, const Tensor& self, bool upper) {
  return write_out(op::linalg_cholesky, out, self, upper);
}
const Tensor& cholesky_out(const Tensor& out, const Tensor& self, bool upper) {
  return write_out(op::cholesky, out, self, upper);
}

// ---- Reductions ----

const Tensor& sum_out(const Tensor& out, const Tensor& self, IntArrayRef dim, bool keepdim,
                      std::optional<DType> dtype) {
  return write_out(op::sum, out, self, dim, keepdim, dtype);
}
const Tensor& mean_out(const Tensor& out, const Tensor& self, IntArrayRef dim, bool keepdim,
                       std::optional<DType> dtype) {
  return write_out(op::mean, out, self, dim, keepdim, dtype);
}
const Tensor& nansum_out(const Tensor& out, const Tensor& self, IntArrayRef dim, bool keepdim,
                         std::optional<DType> dtype) {
  return write_out(op::nansum, out, self, dim, keepdim, dtype);
}
const Tensor& prod_out(const Tensor& out, const Tensor& self, int64_t dim, bool keepdim,
                       std::optional<DType> dtype) {
  return write_out(op::prod_dim, out, self, dim, keepdim, dtype);
}
const Tensor& max_out(const Tensor& out, const Tensor& self) {
  return write_out(op::max, out, self);
}
const Tensor& min_out(const Tensor& out, const Tensor& self) {
  return write_out(op::min, out, self);
}
const Tensor& amax_out(const Tensor& out, const Tensor& self, IntArrayRef dim, bool keepdim) {
  return write_out(op::amax, out, self, dim, keepdim);
}
const Tensor& amin_out(const Tensor& out, const Tensor& self, IntArrayRef dim, bool keepdim) {
  return write_out(op::amin, out, self, dim, keepdim);
}
const Tensor& argmax_out(const Tensor& out, const Tensor& self, std::optional<int64_t> dim,
                         bool keepdim) {
  return write_out(op::argmax, out, self, dim, keepdim);
}
const Tensor& argmin_out(const Tensor& out, const Tensor& self, std::optional<int64_t> dim,
                         bool keepdim) {
  return write_out(op::argmin, out, self, dim, keepdim);
}
const Tensor& any_out(const Tensor& out, const Tensor& self) {
  return write_out(op::any_of_all, out, self);
}
const Tensor& any_out(const Tensor& out, const Tensor& self, int64_t dim, bool keepdim) {
  return write_out(op::any_dim, out, self, dim, keepdim);
}
const Tensor& all_out(const Tensor& out, const Tensor& self) {
  return write_out(op::all_of_all, out, self);
}
const Tensor& all_out(const Tensor& out, const Tensor& self, int64_t dim, bool keepdim) {
  return write_out(op::all_dim, out, self, dim, keepdim);
}
const Tensor& logsumexp_out(const Tensor& out, const Tensor& self, IntArrayRef dim, bool keepdim) {
  return write_out(op::logsumexp, out, self, dim, keepdim);
}
const Tensor& linalg_vector_norm_out(const Tensor& out, const Tensor& self, const Scalar& ord,
                                     IntArrayRef dim, bool keepdim, std::optional<DType> dtype) {
  return write_out(op::linalg_vector_norm, out, self, ord, dim, keepdim, dtype);
}
const Tensor& var_out(const Tensor& out, const Tensor& self, IntArrayRef dim,
                      const std::optional<Scalar>& correction, bool keepdim) {
  return write_out(op::var, out, self, dim, correction, keepdim);
}
const Tensor& std_out(const Tensor& out, const Tensor& self, IntArrayRef dim,
                      const std::optional<Scalar>& correction, bool keepdim) {
  return write_out(op::std, out, self, dim, correction, keepdim);
}

// ---- Reductions with two results ----

std::tuple<const Tensor&, const Tensor&> max_out(const Tensor& values, const Tensor& indices,
                                                 const Tensor& self, int64_t dim, bool keepdim) {
  return write_out(op::max_dim, values, indices, self, dim, keepdim);
}
std::tuple<const Tensor&, const Tensor&> min_out(const Tensor& values, const Tensor& indices,
                                                 const Tensor& self, int64_t dim, bool keepdim) {
  return write_out(op::min_dim, values, indices, self, dim, keepdim);
}
std::tuple<const Tensor&, const Tensor&> aminmax_out(const Tensor& min, const Tensor& max,
                                                     const Tensor& self, std::optional<int64_t> dim,
                                                     bool keepdim) {
  return write_out(op::aminmax, min, max, self, dim, keepdim);
}
std::tuple<const Tensor&, const Tensor&> median_out(const Tensor& values, const Tensor& indices,
                                                    const Tensor& self, int64_t dim, bool keepdim) {
  return write_out(op::median_dim, values, indices, self, dim, keepdim);
}
std::tuple<const Tensor&, const Tensor&> nanmedian_out(const Tensor& values, const Tensor& indices,
                                                       const Tensor& self, int64_t dim,
                                                       bool keepdim) {
  return write_out(op::nanmedian_dim, values, indices, self, dim, keepdim);
}
std::tuple<const Tensor&, const Tensor&> mode_out(const Tensor& values, const Tensor& indices,
                                                  const Tensor& self, int64_t dim, bool keepdim) {
  return write_out(op::mode, values, indices, self, dim, keepdim);
}
std::tuple<const Tensor&, const Tensor&> kthvalue_out(const Tensor& values, const Tensor& indices,
                                                      const Tensor& self, int64_t k, int64_t dim,
                                                      bool keepdim) {
  return write_out(op::kthvalue, values, indices, self, k, dim, keepdim);
}

// ---- Scans ----

const Tensor& cumsum_out(const Tensor& out, const Tensor& self, int64_t dim,
                         std::optional<DType> dtype) {
  return write_out(op::cumsum, out, self, dim, dtype);
}
const Tensor& cumprod_out(const Tensor& out, const Tensor& self, int64_t dim,
                          std::optional<DType> dtype) {
  return write_out(op::cumprod, out, self, dim, dtype);
}
const Tensor& logcumsumexp_out(const Tensor& out, const Tensor& self, int64_t dim) {
  return write_out(op::logcumsumexp, out, self, dim);
}
std::tuple<const Tensor&, const Tensor&> cummax_out(const Tensor& values, const Tensor& indices,
                                                    const Tensor& self, int64_t dim) {
  return write_out(op::cummax, values, indices, self, dim);
}
std::tuple<const Tensor&, const Tensor&> cummin_out(const Tensor& values, const Tensor& indices,
                                                    const Tensor& self, int64_t dim) {
  return write_out(op::cummin, values, indices, self, dim);
}

// ---- Order ----

std::tuple<const Tensor&, const Tensor&> sort_out(const Tensor& values, const Tensor& indices,
                                                  const Tensor& self, int64_t dim,
                                                  bool descending) {
  return write_out(op::sort, values, indices, self, dim, descending);
}
std::tuple<const Tensor&, const Tensor&> topk_out(const Tensor& values, const Tensor& indices,
                                                  const Tensor& self, int64_t k, int64_t dim,
                                                  bool largest, bool sorted) {
  return write_out(op::topk, values, indices, self, k, dim, largest, sorted);
}
const Tensor& argsort_out(const Tensor& out, const Tensor& self, int64_t dim, bool descending) {
  return write_out(op::argsort, out, self, dim, descending);
}
const Tensor& searchsorted_out(const Tensor& out, const Tensor& sorted_sequence, const Tensor& self,
                               bool out_int32, bool right, std::optional<std::string_view> side,
                               const std::optional<Tensor>& sorter) {
  return write_out(op::searchsorted, out, sorted_sequence, self, out_int32, right, side, sorter);
}
const Tensor& bucketize_out(const Tensor& out, const Tensor& self, const Tensor& boundaries,
                            bool out_int32, bool right) {
  return write_out(op::bucketize, out, self, boundaries, out_int32, right);
}
const Tensor& quantile_out(const Tensor& out, const Tensor& self, const Tensor& q,
                           std::optional<int64_t> dim, bool keepdim,
                           std::string_view interpolation) {
  return write_out(op::quantile, out, self, q, dim, keepdim, interpolation);
}
const Tensor& histc_out(const Tensor& out, const Tensor& self, int64_t bins, const Scalar& min,
                        const Scalar& max) {
  return write_out(op::histc, out, self, bins, min, max);
}

// ---- Choosing and joining ----

const Tensor& index_select_out(const Tensor& out, const Tensor& self, int64_t dim,
                               const Tensor& index) {
  return write_out(op::index_select, out, self, dim, index);
}
const Tensor& index_add_out(const Tensor& out, const Tensor& self, int64_t dim, const Tensor& index,
                            const Tensor& source, const Scalar& alpha) {
  return write_out(op::index_add, out, self, dim, index, source, alpha);
}
const Tensor& index_copy_out(const Tensor& out, const Tensor& self, int64_t dim,
                             const Tensor& index, const Tensor& source) {
  return write_out(op::index_copy, out, self, dim, index, source);
}
const Tensor& gather_out(const Tensor& out, const Tensor& self, int64_t dim, const Tensor& index,
                         bool sparse_grad) {
  return write_out(op::gather, out, self, dim, index, sparse_grad);
}
const Tensor& scatter_out(const Tensor& out, const Tensor& self, int64_t dim, const Tensor& index,
                          const Tensor& src) {
  return write_out(op::scatter, out, self, dim, index, src);
}
const Tensor& scatter_out(const Tensor& out, const Tensor& self, int64_t dim, const Tensor& index,
                          const Scalar& value) {
  return write_out(op::scatter_value, out, self, dim, index, value);
}
const Tensor& scatter_add_out(const Tensor& out, const Tensor& self, int64_t dim,
                              const Tensor& index, const Tensor& src) {
  return write_out(op::scatter_add, out, self, dim, index, src);
}
const Tensor& take_out(const Tensor& out, const Tensor& self, const Tensor& index) {
  return write_out(op::take, out, self, index);
}
const Tensor& take_along_dim_out(const Tensor& out, const Tensor& self, const Tensor& indices,
                                 std::optional<int64_t> dim) {
  return write_out(op::take_along_dim, out, self, indices, dim);
}
const Tensor& masked_select_out(const Tensor& out, const Tensor& self, const Tensor& mask) {
  return write_out(op::masked_select, out, self, mask);
}
const Tensor& nonzero_out(const Tensor& out, const Tensor& self) {
  return write_out(op::nonzero, out, self);
}
const Tensor& cat_out(const Tensor& out, TensorList tensors, int64_t dim) {
  return write_out(op::cat, out, tensors, dim);
}
const Tensor& stack_out(const Tensor& out, TensorList tensors, int64_t dim) {
  return write_out(op::stack, out, tensors, dim);
}
const Tensor& hstack_out(const Tensor& out, TensorList tensors) {
  return write_out(op::hstack, out, tensors);
}
const Tensor& vstack_out(const Tensor& out, TensorList tensors) {
  return write_out(op::vstack, out, tensors);
}
const Tensor& dstack_out(const Tensor& out, TensorList tensors) {
  return write_out(op::dstack, out, tensors);
}
const Tensor& tril_out(const Tensor& out, const Tensor& self, int64_t diagonal) {
  return write_out(op::tril, out, self, diagonal);
}
const Tensor& triu_out(const Tensor& out, const Tensor& self, int64_t diagonal) {
  return write_out(op::triu, out, self, diagonal);
}
const Tensor& diag_out(const Tensor& out, const Tensor& self, int64_t diagonal) {
  return write_out(op::diag, out, self, diagonal);
}

// ---- New tensors ----

const Tensor& zeros_out(const Tensor& out, IntArrayRef size, std::optional<DType> dtype) {
  return write_out(op::zeros, out, size, dtype);
}
const Tensor& ones_out(const Tensor& out, IntArrayRef size, std::optional<DType> dtype) {
  return write_out(op::ones, out, size, dtype);
}
const Tensor& full_out(const Tensor& out, IntArrayRef size, const Scalar& fill_value,
                       std::optional<DType> dtype) {
  return write_out(op::full, out, size, fill_value, dtype);
}
const Tensor& arange_out(const Tensor& out, const Scalar& start, const Scalar& end,
                         const Scalar& step, std::optional<DType> dtype) {
  return write_out(op::arange, out, start, end, step, dtype);
}
const Tensor& arange_out(const Tensor& out, const Scalar& end, std::optional<DType> dtype) {
  return write_out(op::arange_end, out, end, dtype);
}
const Tensor& linspace_out(const Tensor& out, const Scalar& start, const Scalar& end, int64_t steps,
                           std::optional<DType> dtype) {
  return write_out(op::linspace, out, start, end, steps, dtype);
}
const Tensor& logspace_out(const Tensor& out, const Scalar& start, const Scalar& end, int64_t steps,
                           double base, std::optional<DType> dtype) {
  return write_out(op::logspace, out, start, end, steps, base, dtype);
}
const Tensor& eye_out(const Tensor& out, int64_t n, std::optional<DType> dtype) {
  return write_out(op::eye, out, n, dtype);
}
const Tensor& eye_out(const Tensor& out, int64_t n, int64_t m, std::optional<DType> dtype) {
  return write_out(op::eye_m, out, n, m, dtype);
}

// ---- Random numbers ----

const Tensor& rand_out(const Tensor& out, IntArrayRef size, std::optional<DType> dtype,
                       Generator* generator) {
  return write_out(op::rand, out, size, dtype, generator);
}
const Tensor& randn_out(const Tensor& out, IntArrayRef size, std::optional<DType> dtype,
                        Generator* generator) {
  return write_out(op::randn, out, size, dtype, generator);
}
const Tensor& randint_out(const Tensor& out, int64_t high, IntArrayRef size,
                          std::optional<DType> dtype, Generator* generator) {
  return write_out(op::randint, out, high, size, dtype, generator);
}
const Tensor& randint_out(const Tensor& out, int64_t low, int64_t high, IntArrayRef size,
                          std::optional<DType> dtype, Generator* generator) {
  return write_out(op::randint_low, out, low, high, size, dtype, generator);
}
const Tensor& randperm_out(const Tensor& out, int64_t n, std::optional<DType> dtype,
                           Generator* generator) {
  return write_out(op::randperm, out, n, dtype, generator);
}
const Tensor& normal_out(const Tensor& out, double mean, const Tensor& std, Generator* generator) {
  return write_out(op::normal_float_tensor, out, mean, std, generator);
}
const Tensor& normal_out(const Tensor& out, const Tensor& mean, double std, Generator* generator) {
  return write_out(op::normal_tensor_float, out, mean, std, generator);
}
const Tensor& normal_out(const Tensor& out, const Tensor& mean, const Tensor& std,
                         Generator* generator) {
  return write_out(op::normal_tensor_tensor, out, mean, std, generator);
}
const Tensor& bernoulli_out(const Tensor& out, const Tensor& self, Generator* generator) {
  return write_out(op::bernoulli, out, self, generator);
}
const Tensor& multinomial_out(const Tensor& out, const Tensor& self, int64_t num_samples,
                              bool replacement, Generator* generator) {
  return write_out(op::multinomial, out, self, num_samples, replacement, generator);
}

}  // namespace cutaway
