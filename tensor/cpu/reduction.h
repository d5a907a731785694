// SPDX-License-Identifier: MIT
//
// The reduction engine: how a kernel written for one element and one accumulator runs over the
// units of a ReducePlan. A reduction is a small struct:
//
//     struct Sum {
//       using Accumulator = double;
//       static double identity() { return 0; }                       // nothing reduced yet
//       double lift(float x, int64_t column) const { return x; }     // one element, as accumulator
//       static double merge(double a, double b) { return a + b; }    // two parts of the input
//     };
//     reduce<float, float>(result, x, dims, Sum(), [](double total) { return float(total); });
//
// `lift` may know which column of the block it works on: the variance subtracts that column's mean.
// Such a reduction derives from nothing; others derive from ForAllColumns.
//
// Which elements are merged in which order depends on the shape alone (reduce_plan.h, and kLanes
// here), not on threads nor on the width of the processor's vectors: results are the same bit for
// bit.
//
// PyTorch counterpart: ATen/native/cpu/Reduce.h (binary_kernel_reduce).
#pragma once

#include <algorithm>
#include <array>
#include <functional>
#include <vector>

#include "../parallel.h"
#include "capability_call.h"
#include "reduce_plan.h"

namespace cutaway::inline v0_1::cpu {

/// A reduction that treats all columns alike.
struct ForAllColumns {
  static constexpr bool kKnowsColumn = false;
};

/// x[0], ..., x[n - 1], adjacent numbers of one column, merged. In one chain each merge would wait
/// for the one before; independent lanes do not wait, and the compiler makes vectors of them.
template <class R, class T>
[[gnu::always_inline]] inline auto reduce_run(const R& r, const T* x, int64_t n, int64_t column) {
  constexpr int64_t kLanes = 32;
  typename R::Accumulator lanes[kLanes];
  for (int64_t lane = 0; lane < kLanes; ++lane) lanes[lane] = R::identity();
  int64_t i = 0;
  for (; i + kLanes <= n; i += kLanes) {
    for (int64_t lane = 0; lane < kLanes; ++lane) {
      lanes[lane] = R::merge(lanes[lane], r.lift(x[i + lane], column));
    }
  }
  constexpr int64_t kRest = 8;  // lanes of fixed number stay in registers
  for (; i + kRest <= n; i += kRest) {
    for (int64_t lane = 0; lane < kRest; ++lane) {
      lanes[lane] = R::merge(lanes[lane], r.lift(x[i + lane], column));
    }
  }
  typename R::Accumulator rest = R::identity();
  for (; i < n; ++i) rest = R::merge(rest, r.lift(x[i], column));
  for (int64_t half = kLanes / 2; half > 0; half /= 2) {
    for (int64_t lane = 0; lane < half; ++lane) {
      lanes[lane] = R::merge(lanes[lane], lanes[lane + half]);
    }
  }
  return R::merge(lanes[0], rest);
}

/// Merges into total[c] the elements x[c * column_stride + i * stride], i < n, one column after the
/// other.
template <class R, class T>
[[gnu::always_inline]] inline void reduce_columns(R r, typename R::Accumulator* total, const T* x,
                                                  int64_t columns, int64_t column_stride, int64_t n,
                                                  int64_t stride) {
  constexpr int64_t kShort = 32;  // not worth the lanes
  for (int64_t c = 0; c < columns; ++c) {
    const T* column = x + c * column_stride;
    if (stride == 1 && n > kShort) {
      total[c] = R::merge(total[c], reduce_run(r, column, n, c));
      continue;
    }
    for (int64_t i = 0; i < n; ++i) total[c] = R::merge(total[c], r.lift(column[i * stride], c));
  }
}

/// Merges into total[c] the elements x[c + i * stride], i < n. Eight rows at a time, so that the
/// totals are loaded and stored an eighth as often.
template <class R, class T>
[[gnu::always_inline]] inline void reduce_dense_rows(const R& r,
                                                     typename R::Accumulator* __restrict__ total,
                                                     const T* __restrict__ x, int64_t columns,
                                                     int64_t n, int64_t stride) {
  int64_t i = 0;
  for (; i + 8 <= n; i += 8, x += 8 * stride) {
    for (int64_t c = 0; c < columns; ++c) {
      const T* x0 = x + c;
      const T* x4 = x0 + 4 * stride;
      const auto first = R::merge(R::merge(r.lift(x0[0], c), r.lift(x0[stride], c)),
                                  R::merge(r.lift(x0[2 * stride], c), r.lift(x0[3 * stride], c)));
      const auto second = R::merge(R::merge(r.lift(x4[0], c), r.lift(x4[stride], c)),
                                   R::merge(r.lift(x4[2 * stride], c), r.lift(x4[3 * stride], c)));
      total[c] = R::merge(total[c], R::merge(first, second));
    }
  }
  for (; i < n; ++i, x += stride) {
    for (int64_t c = 0; c < columns; ++c) total[c] = R::merge(total[c], r.lift(x[c], c));
  }
}

/// The same as reduce_columns, row after row.
template <class R, class T>
[[gnu::always_inline]] inline void reduce_rows(R r, typename R::Accumulator* __restrict__ total,
                                               const T* __restrict__ x, int64_t columns,
                                               int64_t column_stride, int64_t n, int64_t stride) {
  if (column_stride != 1) {
    for (int64_t i = 0; i < n; ++i, x += stride) {
      for (int64_t c = 0; c < columns; ++c) {
        total[c] = R::merge(total[c], r.lift(x[c * column_stride], c));
      }
    }
    return;
  }
  constexpr int64_t kWide = 128;
  const int64_t fold = R::kKnowsColumn ? 1 : kWide / columns;
  if (stride == columns && fold > 1 && n >= 16 * fold) {
    // Rows too short for vectors, one behind the other: `fold` of them make one long row.
    typename R::Accumulator wide[kWide];
    for (int64_t c = 0; c < fold * columns; ++c) wide[c] = R::identity();
    const int64_t long_rows = n / fold;
    reduce_dense_rows(r, wide, x, fold * columns, long_rows, fold * columns);
    for (int64_t i = 0; i < fold; ++i) {
      for (int64_t c = 0; c < columns; ++c) total[c] = R::merge(total[c], wide[i * columns + c]);
    }
    x += long_rows * fold * columns;
    n -= long_rows * fold;
  }
  reduce_dense_rows(r, total, x, columns, n, stride);
}

/// Merges into total[0 .. columns) the elements of the reduced dimensions 0 .. d of `unit`.
template <class R, class T>
void reduce_dims(const R& r, typename R::Accumulator* total, const T* x, const ReducePlan& plan,
                 const ReducePlan::Unit& unit, int64_t d) {
  const int64_t n = unit.reduced_sizes[d];
  const int64_t stride = plan.strides[d];
  if (d > 0) {
    for (int64_t i = 0; i < n; ++i) reduce_dims(r, total, x + i * stride, plan, unit, d - 1);
  } else if (plan.along_columns) {
    call_for_capability<reduce_rows<R, T>>(r, total, x, unit.columns, plan.column_stride, n,
                                           stride);
  } else {
    call_for_capability<reduce_columns<R, T>>(r, total, x, unit.columns, plan.column_stride, n,
                                              stride);
  }
}

/// The reduction of one unit: a copy that knows the unit's columns where the reduction wants to.
template <class R>
R for_unit(const R& reduction, const ReducePlan& plan, const ReducePlan::Unit& unit) {
  if constexpr (R::kKnowsColumn) {
    return reduction.for_columns(unit.result_offset, plan.column_result_stride);
  } else {
    return reduction;
  }
}

/// Where the totals of a unit go. (Not a template parameter: compiled once for a reduction, however
/// many ways there are to finish it.)
template <class R>
using Store = std::function<void(const ReducePlan::Unit&, const typename R::Accumulator* totals)>;

/// Reduces all elements and stores the totals, one unit after the other.
template <class R, class T>
void reduce_units(const R& reduction, const T* x, const ReducePlan& plan, const Store<R>& store) {
  using Accumulator = typename R::Accumulator;
  const int64_t results = plan.result_count();
  const bool in_pieces = plan.piece_count > 1;
  std::vector<Accumulator> parts;  // (pieces, results), where a result is made in pieces
  if (in_pieces) parts.resize(static_cast<size_t>(plan.piece_count * results));

  parallel_for(0, plan.unit_count(), plan.grain(), [&](int64_t begin, int64_t end) {
    for (int64_t number = begin; number < end; ++number) {
      const ReducePlan::Unit unit = plan.unit(number);
      std::array<Accumulator, ReducePlan::kMaxBlock> total;
      std::fill_n(total.begin(), unit.columns, R::identity());
      reduce_dims(for_unit(reduction, plan, unit), total.data(), x + unit.offset, plan, unit,
                  plan.sizes.size() - 1);
      if (in_pieces) {
        std::copy_n(total.begin(), unit.columns,
                    parts.begin() + unit.piece * results + unit.result_index);
      } else {
        store(unit, total.data());
      }
    }
  });
  if (!in_pieces) return;

  for (int64_t piece = 1; piece < plan.piece_count; ++piece) {  // onto the first
    const Accumulator* part = parts.data() + piece * results;
    for (int64_t i = 0; i < results; ++i) {
      Accumulator& total = parts[static_cast<size_t>(i)];
      total = R::merge(total, part[i]);
    }
  }
  for (int64_t number = 0; number < plan.outer_count * plan.block_count; ++number) {
    const ReducePlan::Unit unit = plan.unit(number);  // those of piece 0 name every result once
    store(unit, parts.data() + unit.result_index);
  }
}

/// Reduces `x` over `dims` (none: all): each element of the dense `result` is
/// finish(merged elements). `T` is how elements are read, `Out` how results are written.
template <class T, class Out, class R, class Finish>
void reduce(const Tensor& result, const Tensor& x, IntArrayRef dims, const R& reduction,
            const Finish& finish) {
  Out* out = reinterpret_cast<Out*>(result.raw_data());
  if (x.numel() == 0) {
    std::fill_n(out, result.numel(), finish(R::identity()));
    return;
  }
  const ReducePlan plan(x, dims);
  reduce_units(reduction, reinterpret_cast<const T*>(x.raw_data()), plan,
               [&](const ReducePlan::Unit& unit, const typename R::Accumulator* totals) {
                 Out* first = out + unit.result_offset;
                 for (int64_t c = 0; c < unit.columns; ++c) {
                   first[c * plan.column_result_stride] = finish(totals[c]);
                 }
               });
}

}  // namespace cutaway::cpu
