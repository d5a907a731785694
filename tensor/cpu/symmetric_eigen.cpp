// SPDX-License-Identifier: MIT
#include "symmetric_eigen.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

#include "householder.h"
#include "rotations.h"
#include "vector_loops.h"

namespace cutaway::inline v0_1::cpu {
namespace {

/// y = A x for the symmetric A in a lower triangle: each column serves as row, too.
template <class T>
void symmetric_product(ColumnMatrix<T> a, const T* x, T* y) {
  std::fill_n(y, a.rows, T(0));
  for (int64_t j = 0; j < a.columns; ++j) {
    const int64_t below = a.rows - j - 1;
    T* const column = a.column(j) + j;
    y[j] += column[0] * x[j];
    y[j] += add_scaled_and_dot(below, x[j], column + 1, y + j + 1, x + j + 1);
  }
}

// H A H = A - v w^T - w v^T with p = tau A v and w = p - (tau / 2) (p . v) v; H comes from column k
// below the diagonal and leaves there one number, e[k].
template <class T>
void make_tridiagonal(ColumnMatrix<T> a, T* d, T* e, T* tau) {
  const int64_t n = a.rows;
  std::vector<T> w(static_cast<size_t>(n));
  for (int64_t k = 0; k < n; ++k) {
    d[k] = a(k, k);
    if (k + 1 == n) break;
    const int64_t m = n - k - 1;
    T* const v = a.column(k) + k + 1;
    tau[k] = make_reflection(m, v);
    e[k] = v[0];
    if (tau[k] == T(0)) continue;
    v[0] = T(1);
    const ColumnMatrix<T> rest = a.from(k + 1, k + 1);
    symmetric_product(rest, v, w.data());
    scale(m, tau[k], w.data());
    add_scaled(m, -tau[k] / 2 * dot_product(m, w.data(), v), v, w.data());
    for (int64_t j = 0; j < m; ++j) {
      add_two_scaled(m - j, -v[j], w.data() + j, -w[static_cast<size_t>(j)], v + j,
                     rest.column(j) + j);
    }
  }
}

/// The implicit QR algorithm on a tridiagonal matrix: d (n), e (n - 1).
template <class T>
class TridiagonalQr {
 public:
  TridiagonalQr(int64_t n, T* d, T* e, ColumnMatrix<T> vectors)
      : n_(n), d_(d), e_(e), vectors_(vectors) {}

  int64_t run() {
    const int64_t stuck = sweep_blocks(
        n_, e_, [this](int64_t k) { return is_negligible(k); },
        [this](int64_t first, int64_t last) { sweep(first, last); });
    if (stuck > 0) return stuck;
    if (vectors_.data != nullptr) log_.apply_to(vectors_);
    return 0;
  }

 private:
  bool is_negligible(int64_t k) const {
    constexpr T kEpsilon = std::numeric_limits<T>::epsilon();
    return std::abs(e_[k]) <=
               kEpsilon / 2 * std::sqrt(std::abs(d_[k])) * std::sqrt(std::abs(d_[k + 1])) ||
           std::abs(e_[k]) < std::numeric_limits<T>::min();
  }

  /// The eigenvalue of the last 2 x 2 that is nearer to the last diagonal number.
  T wilkinson_shift(int64_t last) const {
    const T half = (d_[last - 1] - d_[last]) / 2, e = e_[last - 1];
    if (half == T(0)) return d_[last] - std::abs(e);
    return d_[last] - e * (e / (half + std::copysign(std::hypot(half, e), half)));
  }

  // One step T <- Q^T T Q on [first, last]: the first rotation is that of a QR step with the shift;
  // each further one chases the number that the one before has put outside the three diagonals.
  void sweep(int64_t first, int64_t last) {
    log_.start(first);
    T x = d_[first] - wilkinson_shift(last), bulge = e_[first], r;
    for (int64_t k = first; k < last; ++k) {
      const auto [c, s] = make_rotation(x, bulge, r);
      if (k > first) e_[k - 1] = r;
      const T p = d_[k], q = d_[k + 1], e = e_[k];
      const T shared = s * (s * (q - p) + 2 * c * e);  // d_k grows by what d_k+1 loses
      d_[k] = p + shared;
      d_[k + 1] = q - shared;
      e_[k] = c * (s * (q - p) + c * e) - s * s * e;
      if (k + 1 < last) {
        x = e_[k];
        bulge = s * e_[k + 1];
        e_[k + 1] *= c;
      }
      log_.add({c, s});
    }
    if (vectors_.data == nullptr) log_ = {};
    if (log_.is_long()) log_.apply_to(vectors_);
  }

  int64_t n_;
  T *d_, *e_;
  ColumnMatrix<T> vectors_;
  RotationLog<T> log_;
};

}  // namespace

template <class T>
int64_t symmetric_eigen(ColumnMatrix<T> a, T* values, ColumnMatrix<T> vectors) {
  const int64_t n = a.rows;
  if (n == 0) return 0;
  const auto size = static_cast<size_t>(n);
  std::vector<T> e(size), tau(size), sorted(size);
  make_tridiagonal(a, values, e.data(), tau.data());

  // Vectors are collected in columns that are further apart than n: a power of two would send all
  // of them to the same few places of the cache.
  const bool wanted = vectors.data != nullptr;
  const int64_t stride = n + 8;
  std::vector<T> collected(wanted ? static_cast<size_t>(stride * n) : 0);
  const ColumnMatrix<T> z = {wanted ? collected.data() : nullptr, n, n, stride};
  if (wanted) {
    z(0, 0) = T(1);  // the first reflection leaves row 0 alone
    if (n > 1) form_q(a.block(1, 0, n - 1, n - 1), tau.data(), n - 2, z.from(1, 1));
  }
  const int64_t failed = TridiagonalQr<T>(n, values, e.data(), z).run();
  if (failed != 0) return failed;

  std::vector<int64_t> order(size);
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(),
                   [&](int64_t i, int64_t j) { return values[i] < values[j]; });
  for (size_t i = 0; i < size; ++i) sorted[i] = values[order[i]];
  std::copy(sorted.begin(), sorted.end(), values);
  for (int64_t j = 0; wanted && j < n; ++j)
    std::copy_n(z.column(order[static_cast<size_t>(j)]), n, vectors.column(j));
  return 0;
}

template int64_t symmetric_eigen(ColumnMatrix<float>, float*, ColumnMatrix<float>);
template int64_t symmetric_eigen(ColumnMatrix<double>, double*, ColumnMatrix<double>);

}  // namespace cutaway::cpu
