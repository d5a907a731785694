// SPDX-License-Identifier: MIT
//
// Kernels of softmax, log_softmax and their gradients, and of logsumexp.
//
//     softmax_i     = exp(x_i - m) / sum_j exp(x_j - m),  m = max_j x_j
//     log_softmax_i = x_i - m - log(sum_j exp(x_j - m))
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
#include "reduce_plan.h"

namespace cutaway::inline v0_1::cpu {
namespace {

constexpr int64_t kLanes = 32;     // independent partial results of a row, which become vectors
constexpr int64_t kColumns = 128;  // columns handled together
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

/// max[c] = the largest of column c of a matrix (n, inner)
template <class T>
[[gnu::always_inline]] inline void max_of_columns(T* __restrict__ max, const T* __restrict__ x,
                                                  int64_t count, int64_t n, int64_t inner) {
  for (int64_t c = 0; c < count; ++c) max[c] = x[c];
  for (int64_t i = 1; i < n; ++i) {
    const T* row = x + i * inner;
    for (int64_t c = 0; c < count; ++c) max[c] = row[c] > max[c] ? row[c] : max[c];
  }
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
[[gnu::always_inline]] inline void softmax_rows(T* __restrict__ y, const T* __restrict__ x,
                                                int64_t rows, int64_t n) {
  for (; rows > 0; --rows, x += n, y += n) {
    const T max = max_of_row(x, n);
    for (int64_t i = 0; i < n; ++i) y[i] = fast_exp(x[i] - max);
    const T sum = static_cast<T>(sum_of_row(y, n));
    for (int64_t i = 0; i < n; ++i) y[i] /= sum;
  }
}

/// x, y: columns [0, count) of a matrix (n, inner)
template <class T>
[[gnu::always_inline]] inline void softmax_columns(T* __restrict__ y, const T* __restrict__ x,
                                                   int64_t count, int64_t n, int64_t inner) {
  T max[kColumns];
  double sum[kColumns] = {};
  max_of_columns(max, x, count, n, inner);
  for (int64_t i = 0; i < n; ++i) {
    const int64_t row = i * inner;
    for (int64_t c = 0; c < count; ++c) y[row + c] = fast_exp(x[row + c] - max[c]);
    for (int64_t c = 0; c < count; ++c) sum[c] += static_cast<double>(y[row + c]);
  }
  for (int64_t i = 0; i < n; ++i) {
    for (int64_t c = 0; c < count; ++c) y[i * inner + c] /= static_cast<T>(sum[c]);
  }
}

/// d = y * (g - sum(g * y)), where y is the output. All: (rows, n)
template <class T>
[[gnu::always_inline]] inline void softmax_backward_rows(T* __restrict__ d, const T* __restrict__ g,
                                                         const T* __restrict__ y, int64_t rows,
                                                         int64_t n) {
  for (; rows > 0; --rows, d += n, g += n, y += n) {
    for (int64_t i = 0; i < n; ++i) d[i] = g[i] * y[i];
    const T sum = static_cast<T>(sum_of_row(d, n));
    for (int64_t i = 0; i < n; ++i) d[i] = y[i] * (g[i] - sum);
  }
}

/// The same for columns [0, count) of matrices (n, inner).
template <class T>
[[gnu::always_inline]] inline void softmax_backward_columns(T* __restrict__ d,
                                                            const T* __restrict__ g,
                                                            const T* __restrict__ y, int64_t count,
                                                            int64_t n, int64_t inner) {
  double sum[kColumns] = {};
  for (int64_t i = 0; i < n; ++i) {
    const int64_t row = i * inner;
    for (int64_t c = 0; c < count; ++c) sum[c] += static_cast<double>(g[row + c] * y[row + c]);
  }
  for (int64_t i = 0; i < n; ++i) {
    const int64_t row = i * inner;
    for (int64_t c = 0; c < count; ++c) {
      d[row + c] = y[row + c] * (g[row + c] - static_cast<T>(sum[c]));
    }
  }
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
  T max[kColumns], log_sum[kColumns];
  double sum[kColumns] = {};
  max_of_columns(max, x, count, n, inner);
  for (int64_t i = 0; i < n; ++i) {
    const T* row = x + i * inner;
    T exps[kColumns];
    for (int64_t c = 0; c < count; ++c) exps[c] = fast_exp(row[c] - max[c]);
    for (int64_t c = 0; c < count; ++c) sum[c] += static_cast<double>(exps[c]);
  }
  for (int64_t c = 0; c < count; ++c) log_sum[c] = static_cast<T>(std::log(sum[c]));
  for (int64_t i = 0; i < n; ++i) {
    const T* row = x + i * inner;
    for (int64_t c = 0; c < count; ++c) y[i * inner + c] = row[c] - max[c] - log_sum[c];
  }
}

/// The number to take out of the exponents: the largest, unless it is infinite: inf - inf is NaN.
template <class T>
[[gnu::always_inline]] inline T finite_or_0(T max) {
  return std::isinf(max) ? T(0) : max;
}

/// x: (rows, n), y: (rows)
template <class T>
[[gnu::always_inline]] inline void logsumexp_rows(T* __restrict__ y, const T* __restrict__ x,
                                                  int64_t rows, int64_t n) {
  for (; rows > 0; --rows, x += n, ++y) {
    const T max = finite_or_0(max_of_row(x, n));
    *y = static_cast<T>(std::log(sum_of_exp(x, n, max)) + static_cast<double>(max));
  }
}

/// x: columns [0, count) of a matrix (n, inner), y: (count)
template <class T>
[[gnu::always_inline]] inline void logsumexp_columns(T* __restrict__ y, const T* __restrict__ x,
                                                     int64_t count, int64_t n, int64_t inner) {
  T max[kColumns];
  double sum[kColumns] = {};
  max_of_columns(max, x, count, n, inner);
  for (int64_t c = 0; c < count; ++c) max[c] = finite_or_0(max[c]);
  for (int64_t i = 0; i < n; ++i) {
    const T* row = x + i * inner;
    T exps[kColumns];
    for (int64_t c = 0; c < count; ++c) exps[c] = fast_exp(row[c] - max[c]);
    for (int64_t c = 0; c < count; ++c) sum[c] += static_cast<double>(exps[c]);
  }
  for (int64_t c = 0; c < count; ++c) {
    y[c] = static_cast<T>(std::log(sum[c]) + static_cast<double>(max[c]));
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
  double sum[kColumns] = {};
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
  const int64_t blocks = (shape.inner + kColumns - 1) / kColumns;
  const int64_t block_elements = std::min(kColumns, shape.inner) * shape.n;
  parallel_for(0, shape.outer * blocks, std::max<int64_t>(1, kExpGrain / block_elements),
               [&](int64_t begin, int64_t end) {
                 for (int64_t unit = begin; unit < end; ++unit) {
                   const int64_t column = unit % blocks * kColumns;
                   columns(unit / blocks * shape.n * shape.inner + column,
                           std::min(kColumns, shape.inner - column));
                 }
               });
}

/// y = f(x), by rows(y, x, rows, n) or columns(y, x, columns, n, inner).
template <class T, auto rows_kernel, auto columns_kernel>
void forward(const Tensor& output, const Tensor& input, const Geometry& shape) {
  const T* x = input.data<T>();
  T* y = output.data<T>();
  run(
      shape,
      [&](int64_t at, int64_t rows) {
        call_for_capability<rows_kernel>(y + at, x + at, rows, shape.n);
      },
      [&](int64_t at, int64_t columns) {
        call_for_capability<columns_kernel>(y + at, x + at, columns, shape.n, shape.inner);
      });
}

/// d = f(g, y), by rows(d, g, y, rows, n) or columns(d, g, y, columns, n, inner).
template <class T, auto rows_kernel, auto columns_kernel>
void backward(const Tensor& grad_input, const Tensor& grad_output, const Tensor& output,
              const Geometry& shape) {
  const T* g = grad_output.data<T>();
  const T* y = output.data<T>();
  T* d = grad_input.data<T>();
  run(
      shape,
      [&](int64_t at, int64_t rows) {
        call_for_capability<rows_kernel>(d + at, g + at, y + at, rows, shape.n);
      },
      [&](int64_t at, int64_t columns) {
        call_for_capability<columns_kernel>(d + at, g + at, y + at, columns, shape.n, shape.inner);
      });
}

const char* name_for(const Tensor& self, int64_t dim, const char* last_dim, const char* other) {
  return dim >= self.dim() - 1 ? last_dim : other;
}

}  // namespace

Tensor softmax(const Tensor& self, int64_t dim, std::optional<DType>) {
  const Tensor input = self.contiguous();
  const Tensor output = cutaway::empty(self.sizes(), self.dtype());
  if (self.numel() == 0) return output;  // of any dtype, as in PyTorch
  const char* name = name_for(self, dim, "softmax_lastdim_kernel_impl", "softmax_kernel_impl");
  visit_floating(self.dtype(), name, [&]<class T>(TypeTag<T>) {
    forward<T, softmax_rows<T>, softmax_columns<T>>(output, input, Geometry(self, dim));
  });
  return output;
}

Tensor softmax_backward(const Tensor& grad_output, const Tensor& output, int64_t dim) {
  const Tensor grad_input = cutaway::empty(output.sizes(), output.dtype());
  const char* name =
      name_for(output, dim, "softmax_backward_lastdim_kernel_impl", "softmax_backward_kernel_impl");
  visit_floating(output.dtype(), name, [&]<class T>(TypeTag<T>) {
    if (output.numel() == 0) return;
    backward<T, softmax_backward_rows<T>, softmax_backward_columns<T>>(
        grad_input, grad_output.contiguous(), output.contiguous(), Geometry(output, dim));
  });
  return grad_input;
}

Tensor log_softmax(const Tensor& self, int64_t dim, std::optional<DType>) {
  const Tensor input = self.contiguous();
  const Tensor output = cutaway::empty(self.sizes(), self.dtype());
  if (self.numel() == 0) return output;  // of any dtype, as in PyTorch
  const char* name =
      name_for(self, dim, "log_softmax_lastdim_kernel_impl", "log_softmax_kernel_impl");
  visit_floating(self.dtype(), name, [&]<class T>(TypeTag<T>) {
    forward<T, log_softmax_rows<T>, log_softmax_columns<T>>(output, input, Geometry(self, dim));
  });
  return output;
}

Tensor log_softmax_backward(const Tensor& grad_output, const Tensor& output, int64_t dim) {
  const Tensor grad_input = cutaway::empty(output.sizes(), output.dtype());
  const char* name = name_for(output, dim, "log_softmax_backward_lastdim_kernel_impl",
                              "log_softmax_backward_kernel_impl");
  visit_floating(output.dtype(), name, [&]<class T>(TypeTag<T>) {
    if (output.numel() == 0) return;
    backward<T, backward_rows<T>, backward_columns<T>>(grad_input, grad_output.contiguous(),
                                                       output.contiguous(), Geometry(output, dim));
  });
  return grad_input;
}

/// `self` as a tensor whose dimension `dim` holds all elements of `dims`, and that one's number.
static std::pair<Tensor, int64_t> with_one_dim(const Tensor& self, const DimVector& dims) {
  if (dims.size() == 1) return {self.contiguous(), dims[0]};
  DimVector order, sizes;
  for (int64_t d = 0; d < self.dim(); ++d) {
    if (std::find(dims.begin(), dims.end(), d) != dims.end()) continue;
    order.push_back(d);
    sizes.push_back(self.sizes()[d]);
  }
  int64_t count = 1;
  for (int64_t d : dims) {
    order.push_back(d);
    count *= self.sizes()[d];
  }
  sizes.push_back(count);
  return {cpu::view(cpu::permute(self, order).contiguous(), sizes), sizes.size() - 1};
}

Tensor logsumexp(const Tensor& self, IntArrayRef dims, bool keepdim) {
  const Tensor result = cutaway::empty(reduced_sizes(self, dims, keepdim), self.dtype());
  if (self.numel() == 0) {
    return cpu::fill_(result, -std::numeric_limits<double>::infinity());
  }
  const std::pair<Tensor, int64_t> lines = with_one_dim(self, DimVector(dims));
  const Tensor& input = lines.first;
  const Geometry shape(input, lines.second);
  visit_floating(self.dtype(), "logsumexp", [&]<class T>(TypeTag<T>) {
    const T* x = input.data<T>();
    T* y = result.data<T>();
    run(
        shape,
        [&](int64_t at, int64_t rows) {
          call_for_capability<logsumexp_rows<T>>(y + at / shape.n, x + at, rows, shape.n);
        },
        [&](int64_t at, int64_t columns) {
          // at = (outer * n) * inner + column
          const int64_t column = at % shape.inner;
          const int64_t outer = at / shape.inner / shape.n;
          call_for_capability<logsumexp_columns<T>>(y + outer * shape.inner + column, x + at,
                                                    columns, shape.n, shape.inner);
        });
  });
  return result;
}

}  // namespace cutaway::cpu
