// SPDX-License-Identifier: MIT
//
// Kernels of log_softmax and its gradient.
//
//     y_i = x_i - m - log(sum_j exp(x_j - m)),  m = max_j x_j
//
// Taking m out leaves the value unchanged and no exponent above 0. The two differences are taken
// one after the other: m + log(sum) first would round away the logarithm where m is large.
// Exponentials are computed in the tensor's type and summed in double.
//
// A tensor is seen as (outer, n, inner), the middle one being the softmax dimension. If inner is 1,
// a row lies dense in memory and is handled alone; else a block of columns is handled together.
#include <algorithm>
#include <cmath>
#include <limits>

#include "../factories.h"
#include "../loops.h"
#include "capability_call.h"
#include "fast_exp.h"
#include "kernels.h"

namespace cutaway::cpu {
namespace {

constexpr int64_t kLanes = 32;   // independent partial results of a row, which become vectors
constexpr int64_t kBlock = 128;  // columns handled together
/// An exponential costs several times what kLoopGrain assumes.
constexpr int64_t kExpGrain = kLoopGrain / 4;

struct Geometry {
  Geometry(const Tensor& self, int64_t dim) {
    if (self.dim() == 0) return;
    for (int64_t d = 0; d < dim; ++d) outer *= self.sizes()[d];
    n = self.sizes()[dim];
    for (int64_t d = dim + 1; d < self.dim(); ++d) inner *= self.sizes()[d];
  }
  int64_t outer = 1, n = 1, inner = 1;
};

template <class T>
[[gnu::always_inline]] inline T max_of_row(const T* x, int64_t n) {
  T lanes[kLanes];
  for (T& lane : lanes) lane = x[0];
  int64_t i = 0;
  for (; i + kLanes <= n; i += kLanes) {
    for (int64_t j = 0; j < kLanes; ++j) lanes[j] = x[i + j] > lanes[j] ? x[i + j] : lanes[j];
  }
  T max = x[0];
  for (; i < n; ++i) max = x[i] > max ? x[i] : max;
  for (T lane : lanes) max = lane > max ? lane : max;
  return max;
}

/// sum_i exp(x_i - max). A last block that is not full is filled up with exp(-infinity) = 0.
template <class T>
[[gnu::always_inline]] inline double sum_of_exp(const T* x, int64_t n, T max) {
  double sums[kLanes] = {};
  for (int64_t i = 0; i < n; i += kLanes) {
    T block[kLanes];
    const int64_t count = std::min(kLanes, n - i);
    if (count < kLanes) std::fill_n(block, kLanes, -std::numeric_limits<T>::infinity());
    for (int64_t j = 0; j < count; ++j) block[j] = x[i + j] - max;
    for (int64_t j = 0; j < kLanes; ++j) block[j] = fast_exp(block[j]);
    for (int64_t j = 0; j < kLanes; ++j) sums[j] += static_cast<double>(block[j]);
  }
  double sum = 0;
  for (double lane : sums) sum += lane;
  return sum;
}

template <class T>
[[gnu::always_inline]] inline double sum_of_row(const T* x, int64_t n) {
  double sums[kLanes] = {};
  int64_t i = 0;
  for (; i + kLanes <= n; i += kLanes) {
    for (int64_t j = 0; j < kLanes; ++j) sums[j] += static_cast<double>(x[i + j]);
  }
  double sum = 0;
  for (; i < n; ++i) sum += static_cast<double>(x[i]);
  for (double lane : sums) sum += lane;
  return sum;
}

/// x, y: (rows, n)
template <class T>
[[gnu::always_inline]] inline void log_softmax_rows(T* __restrict__ y, const T* __restrict__ x,
                                                    int64_t rows, int64_t n) {
  for (; rows > 0; --rows, x += n, y += n) {
    const T max = max_of_row(x, n);
    const T log_sum = static_cast<T>(std::log(sum_of_exp(x, n, max)));
    for (int64_t i = 0; i < n; ++i) y[i] = x[i] - max - log_sum;
  }
}

/// x, y: columns [0, count) of a matrix (n, inner)
template <class T>
[[gnu::always_inline]] inline void log_softmax_columns(T* __restrict__ y, const T* __restrict__ x,
                                                       int64_t count, int64_t n, int64_t inner) {
  T max[kBlock], log_sum[kBlock];
  double sum[kBlock] = {};
  for (int64_t c = 0; c < count; ++c) max[c] = x[c];
  for (int64_t i = 1; i < n; ++i) {
    const T* row = x + i * inner;
    for (int64_t c = 0; c < count; ++c) max[c] = row[c] > max[c] ? row[c] : max[c];
  }
  for (int64_t i = 0; i < n; ++i) {
    const T* row = x + i * inner;
    T exps[kBlock];
    for (int64_t c = 0; c < count; ++c) exps[c] = fast_exp(row[c] - max[c]);
    for (int64_t c = 0; c < count; ++c) sum[c] += static_cast<double>(exps[c]);
  }
  for (int64_t c = 0; c < count; ++c) log_sum[c] = static_cast<T>(std::log(sum[c]));
  for (int64_t i = 0; i < n; ++i) {
    const T* row = x + i * inner;
    for (int64_t c = 0; c < count; ++c) y[i * inner + c] = row[c] - max[c] - log_sum[c];
  }
}

/// d = g - exp(y) * sum(g), where y is the output. All: (rows, n)
template <class T>
[[gnu::always_inline]] inline void backward_rows(T* __restrict__ d, const T* __restrict__ g,
                                                 const T* __restrict__ y, int64_t rows, int64_t n) {
  for (; rows > 0; --rows, d += n, g += n, y += n) {
    const T sum = static_cast<T>(sum_of_row(g, n));
    for (int64_t i = 0; i < n; ++i) d[i] = g[i] - fast_exp(y[i]) * sum;
  }
}

/// The same for columns [0, count) of matrices (n, inner).
template <class T>
[[gnu::always_inline]] inline void backward_columns(T* __restrict__ d, const T* __restrict__ g,
                                                    const T* __restrict__ y, int64_t count,
                                                    int64_t n, int64_t inner) {
  double sum[kBlock] = {};
  for (int64_t i = 0; i < n; ++i) {
    for (int64_t c = 0; c < count; ++c) sum[c] += static_cast<double>(g[i * inner + c]);
  }
  for (int64_t i = 0; i < n; ++i) {
    const int64_t row = i * inner;
    for (int64_t c = 0; c < count; ++c) {
      d[row + c] = g[row + c] - fast_exp(y[row + c]) * static_cast<T>(sum[c]);
    }
  }
}

/// Runs rows(first, count) over all rows of a (outer, n, 1) geometry, or columns(first, count) over
/// all blocks of columns, where `first` is the offset of the first element.
template <class Rows, class Columns>
void run(const Geometry& shape, const Rows& rows, const Columns& columns) {
  if (shape.inner == 1) {
    parallel_for(0, shape.outer, std::max<int64_t>(1, kExpGrain / shape.n),
                 [&](int64_t begin, int64_t end) { rows(begin * shape.n, end - begin); });
    return;
  }
  const int64_t blocks = (shape.inner + kBlock - 1) / kBlock;
  const int64_t block_elements = std::min(kBlock, shape.inner) * shape.n;
  parallel_for(0, shape.outer * blocks, std::max<int64_t>(1, kExpGrain / block_elements),
               [&](int64_t begin, int64_t end) {
                 for (int64_t unit = begin; unit < end; ++unit) {
                   const int64_t column = unit % blocks * kBlock;
                   columns(unit / blocks * shape.n * shape.inner + column,
                           std::min(kBlock, shape.inner - column));
                 }
               });
}

}  // namespace

Tensor log_softmax(const Tensor& self, int64_t dim) {
  const Tensor input = self.contiguous();
  const Tensor output = cutaway::empty(self.sizes(), self.dtype());
  if (self.numel() == 0) return output;  // of any dtype, as in PyTorch
  const Geometry shape(self, dim);
  const char* name =
      dim >= self.dim() - 1 ? "log_softmax_lastdim_kernel_impl" : "log_softmax_kernel_impl";
  visit_floating(self.dtype(), name, [&]<class T>(TypeTag<T>) {
    const T* x = input.data<T>();
    T* y = output.data<T>();
    run(
        shape,
        [&](int64_t at, int64_t rows) {
          call_for_capability<log_softmax_rows<T>>(y + at, x + at, rows, shape.n);
        },
        [&](int64_t at, int64_t columns) {
          call_for_capability<log_softmax_columns<T>>(y + at, x + at, columns, shape.n,
                                                      shape.inner);
        });
  });
  return output;
}

Tensor log_softmax_backward(const Tensor& grad_output, const Tensor& output, int64_t dim) {
  const Tensor dense_grad = grad_output.contiguous();
  const Tensor dense_output = output.contiguous();
  const Tensor grad_input = cutaway::empty(output.sizes(), output.dtype());
  const Geometry shape(output, dim);
  const char* name = dim >= output.dim() - 1 ? "log_softmax_backward_lastdim_kernel_impl"
                                             : "log_softmax_backward_kernel_impl";
  visit_floating(output.dtype(), name, [&]<class T>(TypeTag<T>) {
    if (output.numel() == 0) return;
    const T* g = dense_grad.data<T>();
    const T* y = dense_output.data<T>();
    T* d = grad_input.data<T>();
    run(
        shape,
        [&](int64_t at, int64_t rows) {
          call_for_capability<backward_rows<T>>(d + at, g + at, y + at, rows, shape.n);
        },
        [&](int64_t at, int64_t columns) {
          call_for_capability<backward_columns<T>>(d + at, g + at, y + at, columns, shape.n,
                                                   shape.inner);
        });
  });
  return grad_input;
}

}  // namespace cutaway::cpu
