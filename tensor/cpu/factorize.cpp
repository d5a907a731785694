// SPDX-License-Identifier: MIT
//
// Kernels of the factorizations other than LU: Cholesky, QR, singular values, eigenvalues of
// symmetric matrices, pseudoinverse.
#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>
#include <vector>

#include "cholesky.h"
#include "householder.h"
#include "kernels.h"
#include "kernels_decompose.h"
#include "matrix_batch.h"
#include "singular_values.h"
#include "symmetric_eigen.h"

namespace cutaway::inline v0_1::cpu {
namespace {

template <class T>
bool all_finite(ColumnMatrix<T> a) {
  return std::all_of(a.data, a.data + a.columns * a.stride, [](T x) { return std::isfinite(x); });
}

Tensor transposed_view(const Tensor& a) { return cpu::transpose(a, a.dim() - 2, a.dim() - 1); }

}  // namespace

std::tuple<Tensor, Tensor> linalg_cholesky_ex(const Tensor& a, bool upper, bool) {
  const Tensor factor = copy_to_columns(a);
  const Tensor info = cpu::empty(batch_sizes(a), kInt32);
  if (a.numel() == 0) return {factor, cpu::zero_(info)};
  const int64_t n = a.size(-1);
  visit_floating(a.dtype(), "cholesky_cpu", [&]<class T>(TypeTag<T>) {
    for_each_matrix(info.numel(), n * n * n / 3, [&](int64_t i) {
      const MatrixView<T> all = matrix_of<T>(factor, i).view();
      const MatrixView<T> lower = upper ? all.transposed() : all;
      info.data<int32_t>()[i] = static_cast<int32_t>(cholesky_factor(n, lower));
      for (int64_t row = 0; row < n; ++row)
        for (int64_t column = row + 1; column < n; ++column) *lower.at(row, column) = T(0);
    });
  });
  return {factor, info};
}

std::tuple<Tensor, Tensor> linalg_qr(const Tensor& a, std::string_view mode) {
  const int64_t m = a.size(-2), n = a.size(-1), k = std::min(m, n);
  const bool wants_q = mode != "r";
  const int64_t inner = mode == "complete" ? m : k;
  const DimVector batch = batch_sizes(a);
  const Tensor factored = copy_to_columns(a);
  const Tensor q =
      wants_q ? empty_columns(batch, m, inner, a.dtype()) : cpu::empty(int64_t{0}, a.dtype());
  const Tensor r = empty_columns(batch, inner, n, a.dtype());
  visit_floating(a.dtype(), "geqrf_cpu", [&]<class T>(TypeTag<T>) {
    for_each_matrix(numel_of(batch), m * n * k, [&](int64_t i) {
      const ColumnMatrix<T> a_i = matrix_of<T>(factored, i), r_i = matrix_of<T>(r, i);
      std::vector<T> tau(static_cast<size_t>(k));
      qr_factor(a_i, tau.data());
      for (int64_t j = 0; j < n; ++j) {
        const int64_t height = std::min(j + 1, k);
        std::copy_n(a_i.column(j), height, r_i.column(j));
        std::fill(r_i.column(j) + height, r_i.column(j) + inner, T(0));
      }
      if (wants_q) form_q(a_i, tau.data(), k, matrix_of<T>(q, i));
    });
  });
  return {q, r};
}

std::tuple<Tensor, Tensor, Tensor> linalg_svd(const Tensor& a, bool full_matrices, bool compute_uv,
                                              std::optional<std::string_view>) {
  const int64_t m = a.size(-2), n = a.size(-1), k = std::min(m, n);
  const DimVector batch = batch_sizes(a);
  // A wide matrix is decomposed transposed: A^T = V diag(s) U^T. `tall` is destroyed on the way;
  // its left vectors are (tall rows, all or k), its right ones (k, k).
  const bool wide = m < n;
  const Tensor tall = copy_to_columns(wide ? transposed_view(a) : a);
  const int64_t rows = std::max(m, n), left_count = full_matrices ? rows : k;
  const Tensor left = compute_uv ? empty_columns(batch, rows, left_count, a.dtype())
                                 : cpu::empty(int64_t{0}, a.dtype());
  const Tensor right =
      compute_uv ? empty_columns(batch, k, k, a.dtype()) : cpu::empty(int64_t{0}, a.dtype());
  DimVector value_sizes = batch;
  value_sizes.push_back(k);
  const Tensor values = cpu::empty(value_sizes, a.dtype());
  visit_floating(a.dtype(), "linalg_svd_cpu", [&]<class T>(TypeTag<T>) {
    for_each_matrix(numel_of(batch), 8 * m * n * k, [&](int64_t i) {
      const ColumnMatrix<T> a_i = matrix_of<T>(tall, i);
      check_linalg(all_finite(a_i),
                   "linalg.svd: The algorithm failed to converge because the input matrix "
                   "contained non-finite values.");
      const ColumnMatrix<T> none = {nullptr, 0, 0, 0};
      const int64_t failed =
          singular_values(a_i, values.data<T>() + i * k, compute_uv ? matrix_of<T>(left, i) : none,
                          compute_uv ? matrix_of<T>(right, i) : none);
      check_linalg(failed == 0,
                   "linalg.svd: The algorithm failed to converge because the input matrix is "
                   "ill-conditioned or has too many repeated singular values (error code: ",
                   failed, ").");
    });
  });
  if (!compute_uv) return {left, values, right};
  const auto transposed = [](const Tensor& x) { return copy_to_columns(transposed_view(x)); };
  if (wide) return {right, values, transposed(left)};
  return {left, values, transposed(right)};
}

std::tuple<Tensor, Tensor> linalg_eigh(const Tensor& a, std::string_view uplo, bool compute_v) {
  const int64_t n = a.size(-1);
  const DimVector batch = batch_sizes(a);
  const bool upper = uplo == "U" || uplo == "u";
  const Tensor work = copy_to_columns(upper ? transposed_view(a) : a);
  const Tensor vectors =
      compute_v ? empty_columns(batch, n, n, a.dtype()) : cpu::empty(int64_t{0}, a.dtype());
  DimVector value_sizes = batch;
  value_sizes.push_back(n);
  const Tensor values = cpu::empty(value_sizes, a.dtype());
  visit_floating(a.dtype(), "linalg_eigh_cpu", [&]<class T>(TypeTag<T>) {
    const ColumnMatrix<T> none = {nullptr, 0, 0, 0};
    const T nan = std::numeric_limits<T>::quiet_NaN();
    for_each_matrix(numel_of(batch), 4 * n * n * n, [&](int64_t i) {
      const ColumnMatrix<T> a_i = matrix_of<T>(work, i);
      if (!all_finite(a_i)) {  // as PyTorch's
        std::fill_n(values.data<T>() + i * n, n, nan);
        if (compute_v) std::fill_n(matrix_of<T>(vectors, i).data, n * n, nan);
        return;
      }
      const int64_t failed = symmetric_eigen(a_i, values.data<T>() + i * n,
                                             compute_v ? matrix_of<T>(vectors, i) : none);
      check_linalg(failed == 0,
                   "linalg.eigh: The algorithm failed to converge because the input matrix is "
                   "ill-conditioned or has too many repeated eigenvalues (error code: ",
                   failed, ").");
    });
  });
  return {values, vectors};
}

// V diag(1/s) U^T, where singular values that are too small to be told from zero stay out. The
// eigenvectors of a symmetric matrix are both V and U; only its lower triangle is looked at.
Tensor linalg_pinv(const Tensor& a, std::optional<double> atol, std::optional<double> rtol,
                   bool hermitian) {
  const int64_t m = a.size(-2), n = a.size(-1), k = std::min(m, n);
  Tensor u, s, v;
  if (hermitian && a.numel() > 0) {
    std::tie(s, u) = cpu::linalg_eigh(a, "L", true);
    v = u;
  } else {
    std::tie(u, s, v) = cpu::linalg_svd(a, false, true, {});
    v = transposed_view(v);
  }
  v = copy_to_columns(v);  // u is scaled in place
  DimVector sizes = batch_sizes(a);
  sizes.push_back(n);
  sizes.push_back(m);
  const Tensor result = cpu::empty(sizes, a.dtype());
  visit_floating(a.dtype(), "linalg_pinv", [&]<class T>(TypeTag<T>) {
    const double epsilon = std::numeric_limits<T>::epsilon();
    // PyTorch's default: relative only, unless an absolute tolerance is given alone.
    const double relative =
        rtol.value_or(atol.value_or(0) > 0 ? 0 : epsilon * static_cast<double>(std::max(m, n)));
    for_each_matrix(numel_of(batch_sizes(a)), m * n * k, [&](int64_t i) {
      const T* const values = s.data<T>() + i * k;
      const ColumnMatrix<T> left = matrix_of<T>(u, i);
      T largest = 0;
      for (int64_t j = 0; j < k; ++j) largest = std::max(largest, std::abs(values[j]));
      const T least =
          static_cast<T>(std::max(atol.value_or(0), relative * static_cast<double>(largest)));
      for (int64_t j = 0; j < k; ++j)
        for (int64_t row = 0; row < m; ++row)
          left(row, j) = std::abs(values[j]) > least ? left(row, j) / values[j] : T(0);
      gemm<T>(n, m, k, T(1), matrix_of<T>(v, i).input(), left.input().transposed(), T(0),
              {result.data<T>() + i * m * n, m, 1});
    });
  });
  return result;
}

}  // namespace cutaway::cpu
