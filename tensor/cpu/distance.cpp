// SPDX-License-Identifier: MIT
//
// Distances between the rows of two matrices: (sum |x1_i - x2_j|^p)^(1/p). Every distance is
// computed from the differences themselves, in double precision.
#include <cmath>

#include "../parallel.h"
#include "capability_call.h"
#include "kernels.h"

namespace cutaway::inline v0_1::cpu {
namespace {

// A norm: what one difference d >= 0 adds to the sum so far, how two sums are put together, and
// what becomes of the sum.
struct Count {  // p = 0
  double add(double sum, double d) const { return sum + (d != 0 ? 1 : 0); }
  double join(double a, double b) const { return a + b; }
  double finish(double sum) const { return sum; }
};
struct Manhattan {  // p = 1
  double add(double sum, double d) const { return sum + d; }
  double join(double a, double b) const { return a + b; }
  double finish(double sum) const { return sum; }
};
struct Euclid {  // p = 2
  double add(double sum, double d) const { return sum + d * d; }
  double join(double a, double b) const { return a + b; }
  double finish(double sum) const { return std::sqrt(sum); }
};
struct Largest {  // p = infinity; NaN is passed over, as PyTorch's does
  double add(double sum, double d) const { return sum < d ? d : sum; }
  double join(double a, double b) const { return add(a, b); }
  double finish(double sum) const { return sum; }
};
struct Power {
  double p;
  double add(double sum, double d) const { return sum + std::pow(d, p); }
  double join(double a, double b) const { return a + b; }
  double finish(double sum) const { return std::pow(sum, 1 / p); }
};

/// out[j] = the norm of x - row j of ys, for rows of m elements. Several sums run side by side, so
/// that the processor adds to all of them at once.
template <class T, class Norm>
[[gnu::always_inline]] inline void distances_from(Norm norm, const T* x, const T* ys, T* out,
                                                  int64_t others, int64_t m) {
  constexpr int64_t kSums = 16;
  for (int64_t j = 0; j < others; ++j) {
    const T* const y = ys + j * m;
    const auto difference = [x, y](int64_t k) {
      return std::abs(static_cast<double>(x[k]) - static_cast<double>(y[k]));
    };
    double sums[kSums] = {};
    int64_t k = 0;
    for (; k + kSums <= m; k += kSums) {
      for (int64_t i = 0; i < kSums; ++i) sums[i] = norm.add(sums[i], difference(k + i));
    }
    for (int64_t i = 0; k + i < m; ++i) sums[i] = norm.add(sums[i], difference(k + i));
    for (int64_t half = kSums / 2; half > 0; half /= 2) {
      for (int64_t i = 0; i < half; ++i) sums[i] = norm.join(sums[i], sums[i + half]);
    }
    out[j] = static_cast<T>(norm.finish(sums[0]));
  }
}

/// Calls f with the norm of exponent p.
template <class F>
void visit_norm(double p, const F& f) {
  if (p == 0) return f(Count());
  if (p == 1) return f(Manhattan());
  if (p == 2) return f(Euclid());
  if (std::isinf(p)) return f(Largest());
  f(Power{p});
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
  const auto fill = [&]<class T, class Norm>(TypeTag<T>, const Norm& norm) {
    parallel_for(0, batch * rows, 32768 / (others * m + 1) + 1, [&](int64_t begin, int64_t end) {
      for (int64_t row = begin; row < end; ++row) {
        const T* const x = a.data<T>() + row * m;
        const T* const ys = b.data<T>() + row / rows * others * m;
        call_for_capability<distances_from<T, Norm>>(norm, x, ys, result.data<T>() + row * others,
                                                     others, m);
      }
    });
  };
  visit_floating(a.dtype(), "cdist", [&]<class T>(TypeTag<T> type) {
    visit_norm(p, [&](const auto& norm) { fill(type, norm); });
  });
  return result;
}

}  // namespace cutaway::cpu
