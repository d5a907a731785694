// SPDX-License-Identifier: MIT
#include "householder.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "../parallel.h"
#include "vector_loops.h"

namespace cutaway::inline v0_1::cpu {
namespace {

constexpr int64_t kReflections = 32;  // reflections that are applied at once
constexpr int64_t kReflectionGrain = 16384;

/// A block of reflections as I - V T V^T: Note [Many reflections at once].
template <class T>
class ReflectionBlock {
 public:
  /// v: (m, count), with anything on and above its diagonal.
  ReflectionBlock(ColumnMatrix<T> v, const T* tau)
      : m_(v.rows),
        count_(v.columns),
        v_(static_cast<size_t>(m_ * count_)),
        t_(static_cast<size_t>(count_ * count_)) {
    for (int64_t j = 0; j < count_; ++j) {
      T* const column = v_.data() + j * m_;
      std::copy(v.column(j) + j + 1, v.column(j) + m_, column + j + 1);
      column[j] = T(1);
    }
    find_t(tau);
  }

  /// c = H_1 H_2 ... H_count c, or c = H_count ... H_2 H_1 c.
  void apply(ColumnMatrix<T> c) const { apply(c, t()); }
  void apply_transposed(ColumnMatrix<T> c) const { apply(c, t().transposed()); }

 private:
  MatrixView<const T> v() const { return {v_.data(), 1, m_}; }
  MatrixView<const T> t() const { return {t_.data(), 1, count_}; }

  // (I - V T V^T) (I - tau v v^T) = I - [V v] [T  -tau T V^T v; 0  tau] [V v]^T
  void find_t(const T* tau) {
    std::vector<T> gram(t_.size());  // V^T V
    gemm<T>(count_, count_, m_, T(1), v().transposed(), v(), T(0), {gram.data(), 1, count_});
    const ColumnMatrix<T> t = {t_.data(), count_, count_, count_};
    for (int64_t j = 0; j < count_; ++j) {
      t(j, j) = tau[j];
      for (int64_t i = 0; i < j; ++i) {
        T sum = 0;
        for (int64_t p = i; p < j; ++p) sum += t(i, p) * gram[static_cast<size_t>(p + j * count_)];
        t(i, j) = -tau[j] * sum;
      }
    }
  }

  void apply(ColumnMatrix<T> c, MatrixView<const T> middle) const {
    const int64_t n = c.columns;
    std::vector<T> products(static_cast<size_t>(2 * count_ * n));
    const ColumnMatrix<T> vc = {products.data(), count_, n, count_};
    const ColumnMatrix<T> tvc = {products.data() + count_ * n, count_, n, count_};
    gemm<T>(count_, n, m_, T(1), v().transposed(), c.input(), T(0), vc.view());
    gemm<T>(count_, n, count_, T(1), middle, vc.input(), T(0), tvc.view());
    gemm<T>(m_, n, count_, T(-1), v(), tvc.input(), T(1), c.view());
  }

  int64_t m_, count_;
  std::vector<T> v_;  // (m, count), column by column, with its ones and zeros
  std::vector<T> t_;  // (count, count), column by column
};

}  // namespace

template <class T>
T make_reflection(int64_t n, T* x) {
  if (n < 2) return T(0);
  const T rest = euclidean_norm(n - 1, x + 1);
  if (rest == T(0)) return T(0);
  const T beta = -std::copysign(std::hypot(x[0], rest), x[0]);
  const T tau = (beta - x[0]) / beta;
  const T divisor = x[0] - beta;
  for (int64_t i = 1; i < n; ++i) x[i] /= divisor;
  x[0] = beta;
  return tau;
}

template <class T>
void reflect(T tau, const T* v, ColumnMatrix<T> a) {
  if (tau == T(0) || a.rows == 0) return;
  parallel_for(0, a.columns, kReflectionGrain / a.rows + 1, [&](int64_t begin, int64_t end) {
    for (int64_t j = begin; j < end; ++j) {
      T* const column = a.column(j);
      const T factor = -tau * (column[0] + dot_product(a.rows - 1, v + 1, column + 1));
      column[0] += factor;
      add_scaled(a.rows - 1, factor, v + 1, column + 1);
    }
  });
}

template <class T>
void qr_factor_reference(ColumnMatrix<T> a, T* tau) {
  for (int64_t k = 0; k < std::min(a.rows, a.columns); ++k) {
    tau[k] = make_reflection(a.rows - k, a.column(k) + k);
    reflect(tau[k], a.column(k) + k, a.from(k, k + 1));
  }
}

template <class T>
void qr_factor(ColumnMatrix<T> a, T* tau) {
  const int64_t steps = std::min(a.rows, a.columns);
  for (int64_t k = 0; k < steps; k += kReflections) {
    const int64_t width = std::min(kReflections, steps - k);
    const ColumnMatrix<T> panel = a.block(k, k, a.rows - k, width);
    qr_factor_reference(panel, tau + k);
    const ColumnMatrix<T> right = a.from(k, k + width);
    if (right.columns > 0) ReflectionBlock<T>(panel, tau + k).apply_transposed(right);
  }
}

// From the last block to the first: then the columns before a block are still those of the identity
// and need no work.
template <class T>
void form_q(ColumnMatrix<T> v, const T* tau, int64_t count, ColumnMatrix<T> q) {
  for (int64_t j = 0; j < q.columns; ++j) {
    std::fill_n(q.column(j), q.rows, T(0));
    q(j, j) = T(1);
  }
  for (int64_t k = (count - 1) / kReflections * kReflections; k >= 0 && count > 0;
       k -= kReflections) {
    const int64_t width = std::min(kReflections, count - k);
    ReflectionBlock<T>(v.block(k, k, v.rows - k, width), tau + k).apply(q.from(k, k));
  }
}

template float make_reflection(int64_t, float*);
template void reflect(float, const float*, ColumnMatrix<float>);
template void qr_factor(ColumnMatrix<float>, float*);
template void qr_factor_reference(ColumnMatrix<float>, float*);
template void form_q(ColumnMatrix<float>, const float*, int64_t, ColumnMatrix<float>);
template double make_reflection(int64_t, double*);
template void reflect(double, const double*, ColumnMatrix<double>);
template void qr_factor(ColumnMatrix<double>, double*);
template void qr_factor_reference(ColumnMatrix<double>, double*);
template void form_q(ColumnMatrix<double>, const double*, int64_t, ColumnMatrix<double>);

}  // namespace cutaway::cpu
