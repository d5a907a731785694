// SPDX-License-Identifier: MIT
//
// Kernels that solve linear systems, and what else an LU factorization gives: inverse, determinant.
#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>
#include <vector>

#include "kernels.h"
#include "kernels_decompose.h"
#include "lu.h"
#include "matrix_batch.h"
#include "triangular.h"

namespace cutaway::inline v0_1::cpu {
namespace {

/// A batch of matrices and their LU factorizations.
struct Factored {
  explicit Factored(const Tensor& a)
      : lu(copy_to_columns(a)), pivots(empty_pivots(a)), info(cpu::empty(batch_sizes(a), kInt32)) {
    if (a.numel() == 0) {
      cpu::zero_(info);
      return;
    }
    const int64_t m = a.size(-2), n = a.size(-1);
    visit_floating(a.dtype(), "lu_cpu", [&]<class T>(TypeTag<T>) {
      for_each_matrix(info.numel(), m * n * std::min(m, n), [&](int64_t i) {
        info.data<int32_t>()[i] =
            static_cast<int32_t>(lu_factor(matrix_of<T>(lu, i), pivots_of(i)));
      });
    });
  }
  static Tensor empty_pivots(const Tensor& a) {
    DimVector sizes = batch_sizes(a);
    sizes.push_back(std::min(a.size(-2), a.size(-1)));
    return cpu::empty(sizes, kInt32);
  }
  int32_t* pivots_of(int64_t i) const { return pivots.data<int32_t>() + i * pivots.size(-1); }
  bool swaps_are_odd(int64_t i) const {
    bool odd = false;
    for (int64_t k = 0; k < pivots.size(-1); ++k) odd ^= pivots_of(i)[k] != k + 1;
    return odd;
  }
  Tensor lu, pivots, info;
};

/// The transposed matrix at the same place: rows in memory.
template <class T>
MatrixView<T> rows_of(const Tensor& contiguous, int64_t index) {
  const int64_t m = contiguous.size(-2), n = contiguous.size(-1);
  return {contiguous.data<T>() + index * m * n, n, 1};
}

/// A X = B or X A = B; as PyTorch's, the X of the latter lies row by row.
Tensor solve_factored(const Factored& a, const Tensor& b, bool left) {
  const Tensor x = left ? copy_to_columns(b) : cpu::empty(b.sizes(), b.dtype());
  if (!left) cpu::copy_(x, b);
  const int64_t n = a.lu.size(-1), k = left ? b.size(-1) : b.size(-2);
  visit_floating(b.dtype(), "linalg_solve", [&]<class T>(TypeTag<T>) {
    for_each_matrix(a.info.numel(), n * n * k, [&](int64_t i) {
      if (left) {
        lu_solve(matrix_of<T>(a.lu, i), a.pivots_of(i), k, matrix_of<T>(x, i).view());
      } else {  // A^T X^T = B^T
        lu_solve_transposed(matrix_of<T>(a.lu, i), a.pivots_of(i), k,
                            rows_of<T>(x, i).transposed());
      }
    });
  });
  return x;
}

}  // namespace

std::tuple<Tensor, Tensor, Tensor> linalg_lu_factor_ex(const Tensor& a, bool, bool) {
  Factored factored(a);
  return {std::move(factored.lu), std::move(factored.pivots), std::move(factored.info)};
}

Tensor permutation_matrix(const Tensor& pivots, int64_t m, DType dtype) {
  const int64_t k = pivots.size(-1), count = numel_of(batch_sizes(pivots, 1));
  DimVector sizes = batch_sizes(pivots, 1);
  sizes.push_back(m);
  sizes.push_back(m);
  const Tensor result = cpu::empty(sizes, dtype);
  cpu::zero_(result);
  const Tensor swaps = cpu::clone(pivots);
  std::vector<int64_t> row(static_cast<size_t>(m));  // row[i]: which row of A is row i of L U
  visit_dtype(dtype, [&]<class T>(TypeTag<T>) {
    for (int64_t i = 0; i < count; ++i) {
      std::iota(row.begin(), row.end(), 0);
      for (int64_t step = 0; step < std::min(k, m); ++step) {
        const int32_t other = swaps.data<int32_t>()[i * k + step];
        check(other >= 1 && other <= m,
              "pivots passed to lu_unpack must be between 1 and LU.size(-2) inclusive.Did you "
              "properly pass the result of lu_factor?");
        std::swap(row[static_cast<size_t>(step)], row[static_cast<size_t>(other - 1)]);
      }
      T* const p = result.data<T>() + i * m * m;
      for (int64_t j = 0; j < m; ++j) p[row[static_cast<size_t>(j)] * m + j] = static_cast<T>(1);
    }
  });
  return result;
}

std::tuple<Tensor, Tensor> linalg_solve_ex(const Tensor& a, const Tensor& b, bool left, bool) {
  Factored factored(a);
  // Where B has one dimension less, it is a batch of vectors.
  if (b.dim() == a.dim()) return {solve_factored(factored, b, left), std::move(factored.info)};
  const Tensor x = solve_factored(factored, cpu::unsqueeze(b, b.dim()), left);
  if (b.dim() < 2) return {cpu::squeeze_dim(x, b.dim()), std::move(factored.info)};
  return {copy_to_columns(cpu::squeeze_dim(x, b.dim())),
          std::move(factored.info)};  // PyTorch's layout
}

std::tuple<Tensor, Tensor> linalg_inv_ex(const Tensor& a, bool) {
  Factored factored(a);
  const int64_t n = a.size(-1);
  const Tensor inverse = empty_columns(batch_sizes(a), n, n, a.dtype());
  cpu::zero_(inverse);
  visit_floating(a.dtype(), "linalg_inv", [&]<class T>(TypeTag<T>) {
    for_each_matrix(factored.info.numel(), n * n * n, [&](int64_t i) {
      const ColumnMatrix<T> x = matrix_of<T>(inverse, i);
      for (int64_t j = 0; j < n; ++j) x(j, j) = T(1);
      lu_solve(matrix_of<T>(factored.lu, i), factored.pivots_of(i), n, x.view());
    });
  });
  return {inverse, std::move(factored.info)};
}

// det A = det P^T det L det U: the product of U's diagonal, its sign changed by every swap of rows.
Tensor linalg_det(const Tensor& a) {
  const Factored factored(a);
  const Tensor result = cpu::empty(batch_sizes(a), a.dtype());
  visit_floating(a.dtype(), "lu_cpu", [&]<class T>(TypeTag<T>) {
    for (int64_t i = 0; i < result.numel(); ++i) {
      T product = factored.swaps_are_odd(i) ? T(-1) : T(1);
      const ColumnMatrix<T> u = matrix_of<T>(factored.lu, i);
      for (int64_t k = 0; k < u.rows; ++k) product *= u(k, k);
      result.data<T>()[i] = product;
    }
  });
  return result;
}

std::tuple<Tensor, Tensor> linalg_slogdet(const Tensor& a) {
  const Factored factored(a);
  const Tensor signs = cpu::empty(batch_sizes(a), a.dtype());
  const Tensor logs = cpu::empty(batch_sizes(a), a.dtype());
  visit_floating(a.dtype(), "lu_cpu", [&]<class T>(TypeTag<T>) {
    for (int64_t i = 0; i < signs.numel(); ++i) {
      T sign = factored.swaps_are_odd(i) ? T(-1) : T(1), log = 0;
      const ColumnMatrix<T> u = matrix_of<T>(factored.lu, i);
      for (int64_t k = 0; k < u.rows; ++k) {
        sign *= u(k, k) > T(0) ? T(1) : u(k, k) < T(0) ? T(-1) : u(k, k);
        log += std::log(std::abs(u(k, k)));
      }
      signs.data<T>()[i] = sign;
      logs.data<T>()[i] = log;
    }
  });
  return {signs, logs};
}

Tensor linalg_solve_triangular(const Tensor& a, const Tensor& b, bool upper, bool left,
                               bool unitriangular) {
  const Tensor t = copy_to_columns(a);
  const Tensor x = copy_to_columns(b);
  const int64_t n = a.size(-1), k = left ? b.size(-1) : b.size(-2);
  const Triangle triangle = upper ? Triangle::Upper : Triangle::Lower;
  const Diagonal diagonal = unitriangular ? Diagonal::Unit : Diagonal::AsStored;
  visit_floating(b.dtype(), "triangular_solve_cpu", [&]<class T>(TypeTag<T>) {
    for_each_matrix(numel_of(batch_sizes(b)), n * n * k, [&](int64_t i) {
      const MatrixView<const T> t_i = matrix_of<T>(t, i).input();
      const MatrixView<T> x_i = matrix_of<T>(x, i).view();
      if (left) {
        solve_triangular(n, k, t_i, triangle, diagonal, x_i);
      } else {  // A^T X^T = B^T
        solve_triangular(n, k, t_i.transposed(), transposed(triangle), diagonal, x_i.transposed());
      }
    });
  });
  return x;
}

}  // namespace cutaway::cpu
