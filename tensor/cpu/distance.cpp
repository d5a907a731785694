// SPDX-License-Identifier: MIT
//
// Distances between the rows of two matrices: (sum |x1_i - x2_j|^p)^(1/p). Every distance is
// computed from the differences themselves, in double precision.
#include <algorithm>
#include <cmath>
#include <limits>

#include "../parallel.h"
#include "kernels.h"

namespace cutaway::inline v0_1::cpu {
namespace {

/// fold(sum, |difference|) over the elements of two rows.
template <class T, class Fold>
double fold_rows(const T* x, const T* y, int64_t m, const Fold& fold) {
  double sum = 0;
  for (int64_t k = 0; k < m; ++k)
    sum = fold(sum, std::abs(static_cast<double>(x[k]) - static_cast<double>(y[k])));
  return sum;
}

template <class T>
double distance(const T* x, const T* y, int64_t m, double p) {
  if (p == 0) return fold_rows(x, y, m, [](double s, double d) { return s + (d != 0 ? 1 : 0); });
  if (p == 1) return fold_rows(x, y, m, [](double s, double d) { return s + d; });
  if (p == 2) return std::sqrt(fold_rows(x, y, m, [](double s, double d) { return s + d * d; }));
  if (std::isinf(p))  // NaN is passed over, as PyTorch's does
    return fold_rows(x, y, m, [](double s, double d) { return std::max(s, d); });
  return std::pow(fold_rows(x, y, m, [p](double s, double d) { return s + std::pow(d, p); }),
                  1 / p);
}

Tensor row_major(const Tensor& x) {
  if (x.is_contiguous()) return x;
  Tensor copy = cpu::empty(x.sizes(), x.dtype());
  cpu::copy_(copy, x);
  return copy;
}

}  // namespace

Tensor cdist_forward(const Tensor& x1, const Tensor& x2, double p, std::optional<int64_t>) {
  const Tensor a = row_major(x1), b = row_major(x2);
  const int64_t batch = a.sizes()[0], rows = a.sizes()[1], m = a.sizes()[2], others = b.sizes()[1];
  const Tensor result = cpu::empty({batch, rows, others}, a.dtype());
  visit_floating(a.dtype(), "cdist", [&]<class T>(TypeTag<T>) {
    parallel_for(0, batch * rows, 32768 / (others * m + 1) + 1, [&](int64_t begin, int64_t end) {
      for (int64_t row = begin; row < end; ++row) {
        const T* const x = a.data<T>() + row * m;
        const T* const ys = b.data<T>() + row / rows * others * m;
        T* const out = result.data<T>() + row * others;
        for (int64_t j = 0; j < others; ++j) out[j] = static_cast<T>(distance(x, ys + j * m, m, p));
      }
    });
  });
  return result;
}

}  // namespace cutaway::cpu
