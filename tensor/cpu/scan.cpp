// SPDX-License-Identifier: MIT
//
// Kernels of cumsum, cumprod, logcumsumexp, cummax and cummin: scans. Result i along the dimension
// is what a reduction of elements 0 .. i would give. All are one engine, which runs a step
//
//     struct Step {
//       using State;                                      // what is known of the elements so far
//       State start() const;
//       void take(State&, T x, int64_t at, int64_t i) const;  // x is element i; writes result `at`
//     };
//
// A line is scanned in order, in double for floats, so results do not depend on threads: they share
// lines, not parts of one. A tensor is seen as (outer, n, inner), the middle one being the
// dimension scanned. Where inner > 1 a block of neighbouring lines advances together, row by row.
//
// PyTorch counterpart: ATen/native/cpu/ReduceOpsKernel.cpp (cumsum_cpu_kernel, ...),
// ReduceOps.cpp (cummax_helper_cpu).
#include <algorithm>
#include <cmath>
#include <limits>
#include <type_traits>

#include "../factories.h"
#include "../loops.h"
#include "capability_call.h"
#include "kernels.h"
#include "wide_integer.h"

namespace cutaway::inline v0_1::cpu {
namespace {

constexpr int64_t kBlock = 128;  // lines that advance together

/// Scans `lines` adjacent lines of n elements; `at` is the offset of the first element.
template <class Step, class T>
[[gnu::always_inline]] inline void scan_lines(Step step, const T* __restrict__ x, int64_t at,
                                              int64_t lines, int64_t n, int64_t inner) {
  if (lines == 1) {
    typename Step::State state = step.start();
    for (int64_t i = 0; i < n; ++i, at += inner) step.take(state, x[at], at, i);
    return;
  }
  typename Step::State state[kBlock];
  for (int64_t line = 0; line < lines; ++line) state[line] = step.start();
  for (int64_t i = 0; i < n; ++i, at += inner) {
#ifndef __clang__
#pragma GCC ivdep  // the results are apart from x and state
#endif
    for (int64_t line = 0; line < lines; ++line) {
      step.take(state[line], x[at + line], at + line, i);
    }
  }
}

/// Scans `x`, which is contiguous.
template <class T, class Step>
void scan(const Tensor& x, int64_t dim, const Step& step) {
  if (x.numel() == 0) return;
  int64_t inner = 1;
  for (int64_t d = dim + 1; d < x.dim(); ++d) inner *= x.sizes()[d];
  const int64_t n = x.dim() == 0 ? 1 : x.sizes()[dim];
  const int64_t blocks = (inner + kBlock - 1) / kBlock;
  const int64_t unit_elements = std::min(kBlock, inner) * n;
  const T* data = x.data<T>();
  parallel_for(0, x.numel() / (n * inner) * blocks,
               std::max<int64_t>(1, kLoopGrain / unit_elements), [&](int64_t begin, int64_t end) {
                 for (int64_t unit = begin; unit < end; ++unit) {
                   const int64_t line = unit % blocks * kBlock;
                   const int64_t at = unit / blocks * n * inner + line;
                   call_for_capability<scan_lines<Step, T>>(
                       step, data, at, std::min(kBlock, inner - line), n, inner);
                 }
               });
}

template <class T>
using Wide = std::conditional_t<std::is_floating_point_v<T>, double, uint64_t>;

template <class T>
struct RunningSum {
  T* out;
  using State = Wide<T>;
  State start() const { return 0; }
  [[gnu::always_inline]] void take(State& sum, T x, int64_t at, int64_t) const {
    sum += static_cast<State>(x);
    out[at] = static_cast<T>(sum);
  }
};

template <class T>
struct RunningProduct {
  T* out;
  using State = Wide<T>;
  State start() const { return 1; }
  [[gnu::always_inline]] void take(State& product, T x, int64_t at, int64_t) const {
    product *= static_cast<State>(x);
    out[at] = static_cast<T>(product);
  }
};

template <class T>
struct RunningLogSumExp {
  T* out;
  using State = double;
  State start() const { return -std::numeric_limits<double>::infinity(); }
  // log(e^a + e^b) = max + log(1 + e^(min - max)); equal infinities are their own sum.
  void take(State& a, T x, int64_t at, int64_t) const {
    const double b = static_cast<double>(x);
    const double low = a != a || a < b ? a : b;
    const double high = a != a || a > b ? a : b;
    a = low == high && std::isinf(low) ? b : high + std::log1p(std::exp(low - high));
    out[at] = static_cast<T>(a);
  }
};

/// The extreme so far; of equal elements the last, and NaN once there was one.
template <class T, bool largest>
struct RunningExtreme {
  T* values;
  int64_t* indices;
  struct State {
    T value;
    int64_t index;
  };
  State start() const { return {T(0), -1}; }
  [[gnu::always_inline]] void take(State& best, T x, int64_t at, int64_t i) const {
    // A NaN that leads is not beaten: it compares with nothing.
    const bool wins = largest ? x >= best.value : x <= best.value;
    if (wins || x != x || i == 0) [[unlikely]]
      best = {x, i};
    values[at] = best.value;
    indices[at] = best.index;
  }
};

/// Sums and products: the elements are converted to the result's dtype first.
template <template <class> class Step>
Tensor scan_as(const Tensor& self, int64_t dim, std::optional<DType> dtype) {
  const DType natural = is_integral(self.dtype(), true) ? kInt64 : self.dtype();
  const DType wanted = dtype.value_or(natural);
  const DType carried = is_floating_point(wanted) ? wanted : kInt64;
  const Tensor terms = cpu::to_copy(cpu::to_copy(self, wanted), carried).contiguous();
  const Tensor result = cutaway::empty(self.sizes(), carried);
  const auto run = [&]<class T>(TypeTag<T>) { scan<T>(terms, dim, Step<T>{result.data<T>()}); };
  if (is_floating_point(carried)) {
    visit_floating(carried, "cumsum", run);
  } else {
    run(TypeTag<int64_t>{});
  }
  return carried == wanted ? result : cpu::to_copy(result, wanted);
}

template <bool largest>
std::tuple<Tensor, Tensor> scan_extreme(const Tensor& self, int64_t dim) {
  const Tensor x = widened(self).contiguous();
  const Tensor values = cutaway::empty(self.sizes(), x.dtype());
  const Tensor indices = cutaway::empty(self.sizes(), kInt64);
  visit_widened(x.dtype(), [&]<class T>(TypeTag<T>) {
    scan<T>(x, dim, RunningExtreme<T, largest>{values.data<T>(), indices.data<int64_t>()});
  });
  return {values.dtype() == self.dtype() ? values : cpu::to_copy(values, self.dtype()), indices};
}

}  // namespace

Tensor cumsum(const Tensor& self, int64_t dim, std::optional<DType> dtype) {
  return scan_as<RunningSum>(self, dim, dtype);
}
Tensor cumprod(const Tensor& self, int64_t dim, std::optional<DType> dtype) {
  return scan_as<RunningProduct>(self, dim, dtype);
}

Tensor logcumsumexp(const Tensor& self, int64_t dim) {
  const Tensor x = self.contiguous();
  const Tensor result = cutaway::empty(self.sizes(), self.dtype());
  visit_floating(self.dtype(), "logcumsumexp_out_cpu", [&]<class T>(TypeTag<T>) {
    scan<T>(x, dim, RunningLogSumExp<T>{result.data<T>()});
  });
  return result;
}

std::tuple<Tensor, Tensor> cummax(const Tensor& self, int64_t dim) {
  return scan_extreme<true>(self, dim);
}
std::tuple<Tensor, Tensor> cummin(const Tensor& self, int64_t dim) {
  return scan_extreme<false>(self, dim);
}

}  // namespace cutaway::cpu
