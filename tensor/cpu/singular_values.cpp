// SPDX-License-Identifier: MIT
#include "singular_values.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

#include "../parallel.h"
#include "householder.h"
#include "rotations.h"
#include "vector_loops.h"

namespace cutaway::inline v0_1::cpu {
namespace {

constexpr int64_t kRotationGrain = 16384;

/// Memory for a (rows, columns) matrix whose columns do not lie a power of two apart: that would
/// send all of them to the same few places of the cache.
template <class T>
class PaddedMatrix {
 public:
  PaddedMatrix(int64_t rows, int64_t columns)
      : matrix_{nullptr, rows, columns, rows + 8},
        memory_(static_cast<size_t>(matrix_.stride * columns)) {
    matrix_.data = memory_.data();
  }
  ColumnMatrix<T> operator*() const { return matrix_; }

 private:
  ColumnMatrix<T> matrix_;
  std::vector<T> memory_;
};

/// a = a H, H = I - tau v v^T.
template <class T>
void reflect_rows(T tau, const T* v, ColumnMatrix<T> a, T* product) {
  if (tau == T(0) || a.rows == 0) return;
  // Every thread has rows of its own, so that no sum is split.
  parallel_for(0, a.rows, kRotationGrain / a.columns + 64, [&](int64_t begin, int64_t end) {
    const int64_t n = end - begin;
    std::copy_n(a.column(0) + begin, n, product + begin);
    for (int64_t j = 1; j < a.columns; ++j)
      add_scaled(n, v[j], a.column(j) + begin, product + begin);
    add_scaled(n, -tau, product + begin, a.column(0) + begin);
    for (int64_t j = 1; j < a.columns; ++j)
      add_scaled(n, -tau * v[j], product + begin, a.column(j) + begin);
  });
}

/// A = U B V^T with B upper bidiagonal: d (n), e (n - 1). The reflections of U stay below the
/// diagonal of a; column k of `right`, (n - 1, n - 1), holds the k-th one of V from row k on.
template <class T>
void make_bidiagonal(ColumnMatrix<T> a, T* d, T* e, T* tau_left, T* tau_right,
                     ColumnMatrix<T> right) {
  std::vector<T> product(static_cast<size_t>(a.rows));
  for (int64_t k = 0; k < a.columns; ++k) {
    tau_left[k] = make_reflection(a.rows - k, a.column(k) + k);
    d[k] = a(k, k);
    const int64_t width = a.columns - k - 1;
    if (width == 0) break;
    reflect(tau_left[k], a.column(k) + k, a.from(k, k + 1));
    T* const row = right.column(k) + k;
    for (int64_t j = 0; j < width; ++j) row[j] = a(k, k + 1 + j);
    tau_right[k] = make_reflection(width, row);
    e[k] = row[0];
    reflect_rows(tau_right[k], row, a.from(k + 1, k + 1), product.data());
  }
}

/// The implicit QR algorithm on an upper bidiagonal matrix B: the QR algorithm on B^T B, which is
/// never formed.
template <class T>
class BidiagonalQr {
 public:
  BidiagonalQr(int64_t n, T* d, T* e, ColumnMatrix<T> u, ColumnMatrix<T> v)
      : n_(n), d_(d), e_(e), u_(u), v_(v) {
    for (int64_t k = 0; k < n_; ++k)
      norm_ = std::max({norm_, std::abs(d_[k]), k + 1 < n_ ? std::abs(e_[k]) : T(0)});
  }

  int64_t run() {
    const int64_t stuck = sweep_blocks(
        n_, e_, [this](int64_t k) { return is_negligible(k); },
        [this](int64_t first, int64_t last) { sweep(first, last); });
    if (stuck > 0) return stuck;
    if (u_.data != nullptr) apply();
    return 0;
  }

 private:
  bool is_negligible(int64_t k) const {
    constexpr T kEpsilon = std::numeric_limits<T>::epsilon();
    // The second: where the rank is deficient, rounding leaves a block of numbers of about epsilon
    // times the norm. To sort these out would take long, and tell nothing of the matrix.
    return std::abs(e_[k]) <= kEpsilon / 2 * (std::abs(d_[k]) + std::abs(d_[k + 1])) ||
           std::abs(e_[k]) <= kEpsilon / 8 * norm_;
  }

  /// The eigenvalue of the last 2 x 2 of B^T B that is nearer to its last number. Divided by
  /// the norm squared, lest it leave the range of T.
  T shift(int64_t first, int64_t last) const {
    const T p = d_[last - 1] / norm_, q = d_[last] / norm_, e = e_[last - 1] / norm_;
    const T before = last - 1 > first ? e_[last - 2] / norm_ : T(0);
    const T end = q * q + e * e;
    const T half = (p * p + before * before - end) / 2, side = p * e;
    if (side == T(0)) return end;
    return end - side * (side / (half + std::copysign(std::hypot(half, side), half)));
  }

  bool has_zero(int64_t first, int64_t last) const {
    T largest = std::abs(d_[last]);
    for (int64_t k = first; k < last; ++k)
      largest = std::max({largest, std::abs(d_[k]), std::abs(e_[k])});
    return std::any_of(d_ + first, d_ + last + 1, [&](T d) {
      return std::abs(d) <= std::numeric_limits<T>::epsilon() * largest;
    });
  }

  // Rotations of columns (V) and rows (U) in turn: each moves the one number outside the two
  // diagonals a step down, until it leaves the block.
  void sweep(int64_t first, int64_t last) {
    // A zero on the diagonal is a singular value that a sweep without shift brings to the end.
    T y = d_[first], z = e_[first], r;
    if (!has_zero(first, last)) {
      const T scaled = d_[first] / norm_;
      y = scaled * scaled - shift(first, last);
      z = scaled * (e_[first] / norm_);
    }
    right_.start(first);
    left_.start(first);
    for (int64_t k = first; k < last; ++k) {
      const auto [c, s] = make_rotation(y, z, r);
      if (k > first) e_[k - 1] = r;
      right_.add({c, s});
      const T d = c * d_[k] + s * e_[k];
      e_[k] = c * e_[k] - s * d_[k];
      const T below = s * d_[k + 1];
      d_[k + 1] *= c;

      const auto [c2, s2] = make_rotation(d, below, r);
      left_.add({c2, s2});
      d_[k] = r;
      const T side = c2 * e_[k] + s2 * d_[k + 1];
      d_[k + 1] = c2 * d_[k + 1] - s2 * e_[k];
      e_[k] = side;
      if (k + 1 < last) {
        y = e_[k];
        z = s2 * e_[k + 1];
        e_[k + 1] *= c2;
      }
    }
    if (u_.data == nullptr) {
      left_ = {};
      right_ = {};
    } else if (left_.is_long()) {
      apply();
    }
  }

  void apply() {
    left_.apply_to(u_);
    right_.apply_to(v_);
  }

  int64_t n_;
  T *d_, *e_;
  T norm_ = std::numeric_limits<T>::min();
  ColumnMatrix<T> u_, v_;
  RotationLog<T> left_, right_;
};

}  // namespace

template <class T>
int64_t singular_values(ColumnMatrix<T> a, T* values, ColumnMatrix<T> u, ColumnMatrix<T> v) {
  const int64_t m = a.rows, n = a.columns;
  const bool wanted = u.data != nullptr;
  const auto size = static_cast<size_t>(n);
  if (n == 0) {
    if (wanted) form_q<T>(a, nullptr, 0, u);
    return 0;
  }
  std::vector<T> e(size), tau_left(size), tau_right(size), sorted(size);
  const PaddedMatrix<T> right(n - 1, n - 1);
  make_bidiagonal(a, values, e.data(), tau_left.data(), tau_right.data(), *right);

  const PaddedMatrix<T> left_vectors(m, wanted ? u.columns : 0);
  const PaddedMatrix<T> right_vectors(n, wanted ? n : 0);
  ColumnMatrix<T> uu = *left_vectors, vv = *right_vectors;
  if (wanted) {
    form_q(a, tau_left.data(), n, uu);
    vv(0, 0) = T(1);  // the first reflection leaves row 0 alone
    form_q(*right, tau_right.data(), n - 1, vv.from(1, 1));
  } else {
    uu.data = vv.data = nullptr;
  }
  const int64_t failed = BidiagonalQr<T>(n, values, e.data(), uu, vv).run();
  if (failed != 0) return failed;

  std::vector<int64_t> order(size);
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(),
                   [&](int64_t i, int64_t j) { return std::abs(values[i]) > std::abs(values[j]); });
  for (int64_t j = 0; wanted && j < u.columns; ++j)
    std::copy_n(uu.column(j < n ? order[static_cast<size_t>(j)] : j), m, u.column(j));
  for (int64_t j = 0; wanted && j < n; ++j) {
    const int64_t from = order[static_cast<size_t>(j)];
    const T sign = std::signbit(values[from]) ? T(-1) : T(1);  // -s u v^T = s u (-v)^T
    for (int64_t i = 0; i < n; ++i) v(i, j) = sign * vv(i, from);
  }
  for (size_t j = 0; j < size; ++j) sorted[j] = std::abs(values[order[j]]);
  std::copy(sorted.begin(), sorted.end(), values);
  return 0;
}

template int64_t singular_values(ColumnMatrix<float>, float*, ColumnMatrix<float>,
                                 ColumnMatrix<float>);
template int64_t singular_values(ColumnMatrix<double>, double*, ColumnMatrix<double>,
                                 ColumnMatrix<double>);

}  // namespace cutaway::cpu
