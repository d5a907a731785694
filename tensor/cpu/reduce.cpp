// SPDX-License-Identifier: MIT
//
// Kernels of sum and mean.
//
// Note [Summing in double]
// ~~~~~~~~~~~~~~~~~~~~~~~~
// A float has 24 bits, so a running float sum of a million numbers near 1 loses what is below 1/16.
// Here every floating sum is carried in double, 53 bits, and rounded once, at the end. Widening
// costs a vector conversion per load, little next to the load itself. Integers are summed modulo
// 2^64, in an unsigned type, where overflow is defined.
//
// Which numbers are added in which order depends on the shape alone (reduce_plan.h, and kLanes
// here), not on threads nor on the width of the processor's vectors: sums are the same bit for bit.
#include <algorithm>
#include <array>
#include <type_traits>
#include <vector>

#include "../factories.h"
#include "../loops.h"
#include "capability_call.h"
#include "kernels.h"
#include "reduce_plan.h"

namespace cutaway::cpu {
namespace {

template <class T>
using Sum = std::conditional_t<std::is_floating_point_v<T>, double, uint64_t>;

template <class T>
[[gnu::always_inline]] inline Sum<T> widen(T value) {
  return static_cast<Sum<T>>(value);
}

/// x[0] + ... + x[n - 1] of adjacent numbers. In one chain of additions each would wait for the one
/// before; independent lanes do not wait, and the compiler makes vectors of them.
template <class T>
[[gnu::always_inline]] inline Sum<T> sum_run(const T* x, int64_t n) {
  constexpr int64_t kLanes = 32;
  Sum<T> lanes[kLanes] = {};
  int64_t i = 0;
  for (; i + kLanes <= n; i += kLanes) {
    for (int64_t lane = 0; lane < kLanes; ++lane) lanes[lane] += widen(x[i + lane]);
  }
  for (int64_t lane = 0; lane < n - i; ++lane) lanes[lane] += widen(x[i + lane]);
  for (int64_t half = kLanes / 2; half > 0; half /= 2) {
    for (int64_t lane = 0; lane < half; ++lane) lanes[lane] += lanes[lane + half];
  }
  return lanes[0];
}

/// total[c] += sum over i < n of x[c * column_stride + i * stride], one column after the other.
template <class T>
[[gnu::always_inline]] inline void add_columns(Sum<T>* total, const T* x, int64_t columns,
                                               int64_t column_stride, int64_t n, int64_t stride) {
  constexpr int64_t kShort = 32;  // not worth the lanes
  for (int64_t c = 0; c < columns; ++c) {
    const T* column = x + c * column_stride;
    if (stride == 1 && n > kShort) {
      total[c] += sum_run(column, n);
      continue;
    }
    for (int64_t i = 0; i < n; ++i) total[c] += widen(column[i * stride]);
  }
}

/// total[c] += sum over i < n of x[c + i * stride]. Eight rows at a time, so that the totals are
/// loaded and stored an eighth as often.
template <class T>
[[gnu::always_inline]] inline void add_dense_rows(Sum<T>* __restrict__ total,
                                                  const T* __restrict__ x, int64_t columns,
                                                  int64_t n, int64_t stride) {
  int64_t i = 0;
  for (; i + 8 <= n; i += 8, x += 8 * stride) {
    for (int64_t c = 0; c < columns; ++c) {
      const T* x0 = x + c;
      const T* x4 = x0 + 4 * stride;
      const auto first =
          (widen(x0[0]) + widen(x0[stride])) + (widen(x0[2 * stride]) + widen(x0[3 * stride]));
      const auto second =
          (widen(x4[0]) + widen(x4[stride])) + (widen(x4[2 * stride]) + widen(x4[3 * stride]));
      total[c] += first + second;
    }
  }
  for (; i < n; ++i, x += stride) {
    for (int64_t c = 0; c < columns; ++c) total[c] += widen(x[c]);
  }
}

/// The same sums as add_columns, row after row.
template <class T>
[[gnu::always_inline]] inline void add_rows(Sum<T>* __restrict__ total, const T* __restrict__ x,
                                            int64_t columns, int64_t column_stride, int64_t n,
                                            int64_t stride) {
  if (column_stride != 1) {
    for (int64_t i = 0; i < n; ++i, x += stride) {
      for (int64_t c = 0; c < columns; ++c) total[c] += widen(x[c * column_stride]);
    }
    return;
  }
  constexpr int64_t kWide = 128;
  const int64_t fold = kWide / columns;
  if (stride == columns && fold > 1 && n >= 16 * fold) {
    // Rows too short for vectors, one behind the other: `fold` of them make one long row.
    Sum<T> wide[kWide] = {};
    const int64_t long_rows = n / fold;
    add_dense_rows(wide, x, fold * columns, long_rows, fold * columns);
    for (int64_t i = 0; i < fold; ++i) {
      for (int64_t c = 0; c < columns; ++c) total[c] += wide[i * columns + c];
    }
    x += long_rows * fold * columns;
    n -= long_rows * fold;
  }
  add_dense_rows(total, x, columns, n, stride);
}

/// Adds to total[0 .. columns) the elements of the reduced dimensions 0 .. d of `unit`.
template <class T>
void add_dims(Sum<T>* total, const T* x, const ReducePlan& plan, const ReducePlan::Unit& unit,
              int64_t d) {
  const int64_t n = unit.reduced_sizes[d];
  const int64_t stride = plan.strides[d];
  if (d > 0) {
    for (int64_t i = 0; i < n; ++i) add_dims(total, x + i * stride, plan, unit, d - 1);
  } else if (plan.along_columns) {
    call_for_capability<add_rows<T>>(total, x, unit.columns, plan.column_stride, n, stride);
  } else {
    call_for_capability<add_columns<T>>(total, x, unit.columns, plan.column_stride, n, stride);
  }
}

/// result[c * stride] = total[c] / divisor (floating point only), as the result's dtype.
template <class S>
void store(const Tensor& result, int64_t offset, int64_t stride, const S* total, int64_t columns,
           double divisor) {
  visit_wide(result.dtype(), "sum_cpu", [&]<class T>(TypeTag<T>) {
    T* out = result.data<T>() + offset;
    for (int64_t c = 0; c < columns; ++c) {
      if constexpr (std::is_same_v<T, bool>) {
        out[c * stride] = total[c] != S(0);
      } else if constexpr (std::is_same_v<S, double>) {
        out[c * stride] = static_cast<T>(total[c] / divisor);
      } else {
        out[c * stride] = static_cast<T>(total[c]);
      }
    }
  });
}

template <class T>
void sum_into(const Tensor& result, const T* x, const ReducePlan& plan, double divisor) {
  const int64_t results = plan.result_count();
  const bool in_pieces = plan.piece_count > 1;
  std::vector<Sum<T>> parts;  // (pieces, results), where a result is summed in pieces
  if (in_pieces) parts.resize(static_cast<size_t>(plan.piece_count * results));

  parallel_for(0, plan.unit_count(), plan.grain(), [&](int64_t begin, int64_t end) {
    for (int64_t number = begin; number < end; ++number) {
      const ReducePlan::Unit unit = plan.unit(number);
      std::array<Sum<T>, ReducePlan::kMaxBlock> total;
      std::fill_n(total.begin(), unit.columns, Sum<T>(0));
      add_dims(total.data(), x + unit.offset, plan, unit, plan.sizes.size() - 1);
      if (in_pieces) {
        std::copy_n(total.begin(), unit.columns,
                    parts.begin() + unit.piece * results + unit.result_index);
      } else {
        store(result, unit.result_offset, plan.column_result_stride, total.data(), unit.columns,
              divisor);
      }
    }
  });
  if (!in_pieces) return;

  // Piece after piece onto the first.
  for (int64_t i = results; i < plan.piece_count * results; ++i) {
    parts[static_cast<size_t>(i % results)] += parts[static_cast<size_t>(i)];
  }
  for (int64_t number = 0; number < plan.outer_count * plan.block_count; ++number) {
    const ReducePlan::Unit unit = plan.unit(number);  // those of piece 0 name every result once
    store(result, unit.result_offset, plan.column_result_stride, parts.data() + unit.result_index,
          unit.columns, divisor);
  }
}

/// Whether every value of `from` is exact in the type that sums of dtype `to` are carried in, and
/// converting the sum instead of the values changes nothing.
bool sums_alike(DType from, DType to) {
  if (from == to) return true;
  return is_floating_point(from) ? from == kFloat32 && to == kFloat64 : to == kInt64;
}

Tensor sum_over(const Tensor& self, IntArrayRef dims, bool keepdim, DType dtype, bool divide) {
  const Tensor x = sums_alike(self.dtype(), dtype) ? self : cpu::to_copy(self, dtype);
  const Tensor result = cutaway::empty(reduced_sizes(self, dims, keepdim), dtype);
  const ReducePlan plan(x, dims);
  const double divisor = divide ? static_cast<double>(plan.reduced_count) : 1.0;
  if (x.numel() == 0) {
    cpu::fill_(result, divide ? Scalar(0.0 / divisor) : Scalar(0));  // an empty mean is 0 / 0
    return result;
  }
  visit_wide(x.dtype(), "sum_cpu", [&]<class T>(TypeTag<T>) {
    using Element = std::conditional_t<std::is_same_v<T, bool>, uint8_t, T>;  // a bool is 0 or 1
    sum_into(result, reinterpret_cast<const Element*>(x.raw_data()), plan, divisor);
  });
  return result;
}

}  // namespace

Tensor sum(const Tensor& self, IntArrayRef dims, bool keepdim, std::optional<DType> dtype) {
  const DType natural = is_integral(self.dtype(), true) ? kInt64 : self.dtype();
  return sum_over(self, dims, keepdim, dtype.value_or(natural), false);
}

Tensor mean(const Tensor& self, IntArrayRef dims, bool keepdim, std::optional<DType> dtype) {
  return sum_over(self, dims, keepdim, dtype.value_or(self.dtype()), true);
}

}  // namespace cutaway::cpu
