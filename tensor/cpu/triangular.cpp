// SPDX-License-Identifier: MIT
#include "triangular.h"

#include <algorithm>

#include "../parallel.h"
#include "capability_call.h"

namespace cutaway::inline v0_1::cpu {
namespace {

constexpr int64_t kSmallTriangle = 32;
constexpr int64_t kStrip = 64;  // right-hand sides solved together

/// x (n, width), row-major, becomes T^-1 x; T row-major (n, n), lower, n <= kSmallTriangle. Rows of
/// x are contiguous, so all right-hand sides of a strip advance together.
template <class T>
[[gnu::always_inline]] inline void substitute_loop(int64_t n, int64_t width, const T* t, bool unit,
                                                   T* x) {
  for (int64_t i = 0; i < n; ++i) {
    T* row = x + i * width;
    for (int64_t p = 0; p < i; ++p) {
      const T factor = t[i * n + p];
      const T* earlier = x + p * width;
#ifndef __clang__
#pragma GCC ivdep
#endif
      for (int64_t j = 0; j < width; ++j) row[j] -= factor * earlier[j];
    }
    if (unit) continue;
    for (int64_t j = 0; j < width; ++j) row[j] /= t[i * n + i];
  }
}

/// A triangle small enough for the caches: copied, so that the loops above run through memory.
template <class T>
void solve_small(int64_t n, int64_t k, MatrixView<const T> t, Diagonal diagonal, MatrixView<T> b) {
  T triangle[kSmallTriangle * kSmallTriangle];
  const bool unit = diagonal == Diagonal::Unit;
  for (int64_t i = 0; i < n; ++i)
    for (int64_t j = 0; j < (unit ? i : i + 1); ++j) triangle[i * n + j] = *t.at(i, j);
  const T* const packed = triangle;
  parallel_for(0, (k + kStrip - 1) / kStrip, 4, [&](int64_t begin, int64_t end) {
    T x[kSmallTriangle * kStrip];
    for (int64_t strip = begin; strip < end; ++strip) {
      const int64_t first = strip * kStrip, width = std::min(kStrip, k - first);
      for (int64_t i = 0; i < n; ++i)
        for (int64_t j = 0; j < width; ++j) x[i * width + j] = *b.at(i, first + j);
      call_for_capability<substitute_loop<T>>(n, width, packed, unit, static_cast<T*>(x));
      for (int64_t i = 0; i < n; ++i)
        for (int64_t j = 0; j < width; ++j) *b.at(i, first + j) = x[i * width + j];
    }
  });
}

/// The matrix with its rows and columns in reverse order.
template <class Element>
MatrixView<Element> backwards(MatrixView<Element> a, int64_t rows, int64_t columns) {
  return {a.at(rows - 1, columns - 1), -a.row_stride, -a.col_stride};
}

/// C (m, n) -= A (m, k) B (k, n)
template <class T>
void subtract_product(int64_t m, int64_t n, int64_t k, MatrixView<const T> a, MatrixView<T> b,
                      MatrixView<T> c) {
  gemm<T>(m, n, k, T(-1), a, {b.data, b.row_stride, b.col_stride}, T(1), c);
}

}  // namespace

// Lower: T = [T11 0; T21 T22]:  X1 = T11^-1 B1,  X2 = T22^-1 (B2 - T21 X1). Upper: the other way.
template <class T>
void solve_triangular(int64_t n, int64_t k, MatrixView<const T> t, Triangle triangle,
                      Diagonal diagonal, MatrixView<T> b) {
  if (n == 0 || k == 0) return;
  const bool lower = triangle == Triangle::Lower;
  if (n <= kSmallTriangle) {
    // An upper triangle read from its last row and column backwards is a lower one.
    if (lower) return solve_small(n, k, t, diagonal, b);
    return solve_small(n, k, backwards(t, n, n), diagonal, backwards(b, n, k));
  }
  const int64_t half = (n / 2 + kSmallTriangle - 1) / kSmallTriangle * kSmallTriangle;
  const int64_t rest = n - half;
  const MatrixView<T> below = b.from(half, 0);
  if (lower) {
    solve_triangular(half, k, t, triangle, diagonal, b);
    subtract_product(rest, k, half, t.from(half, 0), b, below);
    solve_triangular(rest, k, t.from(half, half), triangle, diagonal, below);
  } else {
    solve_triangular(rest, k, t.from(half, half), triangle, diagonal, below);
    subtract_product(half, k, rest, t.from(0, half), below, b);
    solve_triangular(half, k, t, triangle, diagonal, b);
  }
}

template <class T>
void solve_triangular_reference(int64_t n, int64_t k, MatrixView<const T> t, Triangle triangle,
                                Diagonal diagonal, MatrixView<T> b) {
  for (int64_t step = 0; step < n; ++step) {
    const int64_t i = triangle == Triangle::Lower ? step : n - 1 - step;
    const int64_t from = triangle == Triangle::Lower ? 0 : i + 1;
    const int64_t to = triangle == Triangle::Lower ? i : n;
    for (int64_t j = 0; j < k; ++j) {
      T rest = *b.at(i, j);
      for (int64_t p = from; p < to; ++p) rest -= *t.at(i, p) * *b.at(p, j);
      *b.at(i, j) = diagonal == Diagonal::Unit ? rest : rest / *t.at(i, i);
    }
  }
}

template void solve_triangular(int64_t, int64_t, MatrixView<const float>, Triangle, Diagonal,
                               MatrixView<float>);
template void solve_triangular_reference(int64_t, int64_t, MatrixView<const float>, Triangle,
                                         Diagonal, MatrixView<float>);
template void solve_triangular(int64_t, int64_t, MatrixView<const double>, Triangle, Diagonal,
                               MatrixView<double>);
template void solve_triangular_reference(int64_t, int64_t, MatrixView<const double>, Triangle,
                                         Diagonal, MatrixView<double>);

}  // namespace cutaway::cpu
