// SPDX-License-Identifier: MIT
#include "cholesky.h"

#include <algorithm>
#include <cmath>

#include "triangular.h"

namespace cutaway::inline v0_1::cpu {
namespace {

constexpr int64_t kSmallMatrix = 32;

template <class T>
MatrixView<const T> reading(MatrixView<T> a) {
  return {a.data, a.row_stride, a.col_stride};
}

/// The lower triangle of C (n, n) -= A A^T, A: (n, k), in bands of columns: what a band computes
/// above the diagonal is the little that is wasted.
template <class T>
void subtract_square(int64_t n, int64_t k, MatrixView<const T> a, MatrixView<T> c) {
  constexpr int64_t kBand = 64;
  for (int64_t j = 0; j < n; j += kBand) {
    const int64_t width = std::min(kBand, n - j);
    gemm<T>(n - j, width, k, T(-1), a.from(j, 0), a.from(j, 0).transposed(), T(1), c.from(j, j));
  }
}

}  // namespace

// Left-looking, one column after the other: l_ij = (a_ij - sum_p l_ip l_jp) / l_jj.
template <class T>
int64_t cholesky_factor_reference(int64_t n, MatrixView<T> a) {
  for (int64_t j = 0; j < n; ++j) {
    T square = *a.at(j, j);
    for (int64_t p = 0; p < j; ++p) square -= *a.at(j, p) * *a.at(j, p);
    if (!(square > T(0))) return j + 1;  // NaN is not positive either
    const T root = std::sqrt(square);
    *a.at(j, j) = root;
    for (int64_t i = j + 1; i < n; ++i) {
      T rest = *a.at(i, j);
      for (int64_t p = 0; p < j; ++p) rest -= *a.at(i, p) * *a.at(j, p);
      *a.at(i, j) = rest / root;
    }
  }
  return 0;
}

// A = [A11 .; A21 A22]:  L11 = chol(A11),  L21 = A21 L11^-T,  L22 = chol(A22 - L21 L21^T)
template <class T>
int64_t cholesky_factor(int64_t n, MatrixView<T> a) {
  if (n <= kSmallMatrix) return cholesky_factor_reference(n, a);
  const int64_t half = (n / 2 + kSmallMatrix - 1) / kSmallMatrix * kSmallMatrix;
  if (const int64_t order = cholesky_factor(half, a); order != 0) return order;
  const MatrixView<T> below = a.from(half, 0);
  // L21 L11^T = A21, transposed: L11 L21^T = A21^T.
  solve_triangular(half, n - half, reading(a), Triangle::Lower, Diagonal::AsStored,
                   below.transposed());
  subtract_square(n - half, half, reading(below), a.from(half, half));
  const int64_t order = cholesky_factor(n - half, a.from(half, half));
  return order == 0 ? 0 : half + order;
}

template int64_t cholesky_factor(int64_t, MatrixView<float>);
template int64_t cholesky_factor_reference(int64_t, MatrixView<float>);
template int64_t cholesky_factor(int64_t, MatrixView<double>);
template int64_t cholesky_factor_reference(int64_t, MatrixView<double>);

}  // namespace cutaway::cpu
