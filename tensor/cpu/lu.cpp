// SPDX-License-Identifier: MIT
#include "lu.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "triangular.h"
#include "vector_loops.h"

namespace cutaway::inline v0_1::cpu {
namespace {

constexpr int64_t kFewColumns = 8;

template <class T>
int64_t row_of_largest(int64_t n, const T* x) {
  int64_t best = 0;
  for (int64_t i = 1; i < n; ++i)
    if (std::abs(x[i]) > std::abs(x[best])) best = i;
  return best;
}

}  // namespace

template <class T>
void swap_rows(MatrixView<T> b, int64_t columns, const int32_t* pivots, int64_t count) {
  for (int64_t j = 0; j < columns; ++j)
    for (int64_t i = 0; i < count; ++i) std::swap(*b.at(i, j), *b.at(pivots[i] - 1, j));
}

template <class T>
void unswap_rows(MatrixView<T> b, int64_t columns, const int32_t* pivots, int64_t count) {
  for (int64_t j = 0; j < columns; ++j)
    for (int64_t i = count - 1; i >= 0; --i) std::swap(*b.at(i, j), *b.at(pivots[i] - 1, j));
}

template <class T>
int64_t lu_factor_reference(ColumnMatrix<T> a, int32_t* pivots) {
  int64_t singular = 0;
  for (int64_t k = 0; k < std::min(a.rows, a.columns); ++k) {
    T* const column = a.column(k);
    const int64_t pivot = k + row_of_largest(a.rows - k, column + k);
    pivots[k] = static_cast<int32_t>(pivot + 1);
    if (column[pivot] == T(0)) {
      if (singular == 0) singular = k + 1;
      continue;
    }
    if (pivot != k)
      for (int64_t j = 0; j < a.columns; ++j) std::swap(a(k, j), a(pivot, j));
    for (int64_t i = k + 1; i < a.rows; ++i) column[i] /= column[k];
    for (int64_t j = k + 1; j < a.columns; ++j)
      add_scaled(a.rows - k - 1, -a(k, j), column + k + 1, a.column(j) + k + 1);
  }
  return singular;
}

// Toledo, "Locality of reference in LU decomposition with partial pivoting" (1997): factor the left
// half of the columns, bring the right half up to date, factor what is left of it.
//     P1 [A1 A2] = [L11 0; L21 I] [U11 U12; 0 S],   U12 = L11^-1 (P1 A2)_1,   S = (P1 A2)_2 - L21
//     U12
template <class T>
int64_t lu_factor(ColumnMatrix<T> a, int32_t* pivots) {
  const int64_t steps = std::min(a.rows, a.columns);
  if (steps == 0) return 0;
  if (steps <= kFewColumns && a.columns <= 4 * kFewColumns) return lu_factor_reference(a, pivots);
  const int64_t half =
      steps <= kFewColumns ? steps : std::max(kFewColumns, steps / 2 / kFewColumns * kFewColumns);

  const int64_t singular = lu_factor(a.block(0, 0, a.rows, half), pivots);
  const ColumnMatrix<T> right = a.from(0, half);
  swap_rows(right.view(), right.columns, pivots, half);
  solve_triangular(half, right.columns, a.input(), Triangle::Lower, Diagonal::Unit, right.view());
  const ColumnMatrix<T> rest = a.from(half, half);
  gemm<T>(rest.rows, rest.columns, half, T(-1), a.input().from(half, 0), right.input(), T(1),
          rest.view());
  const int64_t singular_rest = lu_factor(rest, pivots + half);

  swap_rows(a.view().from(half, 0), half, pivots + half, steps - half);
  for (int64_t i = half; i < steps; ++i) pivots[i] += static_cast<int32_t>(half);
  if (singular != 0 || singular_rest == 0) return singular;
  return half + singular_rest;
}

// A = P^T L U
template <class T>
void lu_solve(ColumnMatrix<T> lu, const int32_t* pivots, int64_t k, MatrixView<T> b) {
  swap_rows(b, k, pivots, lu.rows);
  solve_triangular(lu.rows, k, lu.input(), Triangle::Lower, Diagonal::Unit, b);
  solve_triangular(lu.rows, k, lu.input(), Triangle::Upper, Diagonal::AsStored, b);
}

// A^T = U^T L^T P
template <class T>
void lu_solve_transposed(ColumnMatrix<T> lu, const int32_t* pivots, int64_t k, MatrixView<T> b) {
  const MatrixView<const T> transposed = lu.input().transposed();
  solve_triangular(lu.rows, k, transposed, Triangle::Lower, Diagonal::AsStored, b);
  solve_triangular(lu.rows, k, transposed, Triangle::Upper, Diagonal::Unit, b);
  unswap_rows(b, k, pivots, lu.rows);
}

template int64_t lu_factor(ColumnMatrix<float>, int32_t*);
template int64_t lu_factor_reference(ColumnMatrix<float>, int32_t*);
template void swap_rows(MatrixView<float>, int64_t, const int32_t*, int64_t);
template void unswap_rows(MatrixView<float>, int64_t, const int32_t*, int64_t);
template void lu_solve(ColumnMatrix<float>, const int32_t*, int64_t, MatrixView<float>);
template void lu_solve_transposed(ColumnMatrix<float>, const int32_t*, int64_t, MatrixView<float>);
template int64_t lu_factor(ColumnMatrix<double>, int32_t*);
template int64_t lu_factor_reference(ColumnMatrix<double>, int32_t*);
template void swap_rows(MatrixView<double>, int64_t, const int32_t*, int64_t);
template void unswap_rows(MatrixView<double>, int64_t, const int32_t*, int64_t);
template void lu_solve(ColumnMatrix<double>, const int32_t*, int64_t, MatrixView<double>);
template void lu_solve_transposed(ColumnMatrix<double>, const int32_t*, int64_t,
                                  MatrixView<double>);

}  // namespace cutaway::cpu
