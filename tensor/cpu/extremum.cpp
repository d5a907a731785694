// SPDX-License-Identifier: MIT
//
// Kernels of max.dim, min.dim, argmax and argmin: the extreme element and where it stands. All are
// one search, which keeps what its caller wants; without the place: amax.cpp.
//
// Order: NaN wins over any number, and of equal elements the first one wins, which makes the answer
// independent of how the work is cut.
#include <algorithm>
#include <type_traits>
#include <vector>

#include "../destination.h"
#include "../factories.h"
#include "../loops.h"
#include "capability_call.h"
#include "elementwise.h"
#include "kernels.h"
#include "reduce_plan.h"
#include "wide_integer.h"

namespace cutaway::inline v0_1::cpu {
namespace {

/// precedes(a, b): whether a is the more extreme of two numbers; beats(value, best): whether
/// `value` takes the place of `best`, which stands before it.
struct Larger {
  template <class T>
  [[gnu::always_inline]] static bool precedes(T a, T b) {
    return a > b;
  }
  template <class T>
  [[gnu::always_inline]] static bool beats(T value, T best) {
    return !(value <= best) && !is_nan(best);
  }
};
struct Smaller {
  template <class T>
  [[gnu::always_inline]] static bool precedes(T a, T b) {
    return a < b;
  }
  template <class T>
  [[gnu::always_inline]] static bool beats(T value, T best) {
    return !(value >= best) && !is_nan(best);
  }
};

/// The extreme of n > 0 adjacent elements, by independent lanes, which become vectors.
template <class Order, class T>
[[gnu::always_inline]] inline T extreme(const T* x, int64_t n) {
  constexpr size_t kBytes = 128;
  constexpr int64_t kLanes = kBytes / sizeof(T);
  T best = x[0];
  int64_t i = 0;
  if (n >= kLanes) {
    T lanes[kBytes / sizeof(T)];
    for (int64_t lane = 0; lane < kLanes; ++lane) lanes[lane] = x[lane];
    for (i = kLanes; i + kLanes <= n; i += kLanes) {
      for (int64_t lane = 0; lane < kLanes; ++lane) {
        const T better = Order::precedes(x[i + lane], lanes[lane]) ? x[i + lane] : lanes[lane];
        lanes[lane] = is_nan(x[i + lane]) ? x[i + lane] : better;  // and NaN stays
      }
    }
    for (T value : lanes) best = Order::beats(value, best) ? value : best;
  }
  for (; i < n; ++i) best = Order::beats(x[i], best) ? x[i] : best;
  return best;
}

/// Where `best`, the extreme of n elements, stands first: the first that equals it, or is NaN, as
/// then `best` is NaN too. Passes over 64 at a time that are neither.
template <class T>
[[gnu::always_inline]] inline int64_t find(const T* x, int64_t n, T best) {
  constexpr int64_t kStep = 64;
  int64_t i = 0;
  for (; i + kStep <= n; i += kStep) {
    int hits = 0;
    for (int64_t j = 0; j < kStep; ++j) {
      hits += (x[i + j] == best ? 1 : 0) + (is_nan(x[i + j]) ? 1 : 0);
    }
    if (hits > 0) break;
  }
  while (x[i] != best && !is_nan(x[i])) ++i;
  return i;
}

/// best[c], index[c] = the extreme of x[c * column_stride + i * stride], i < n, and its i; one
/// column after the other. In a dense column first the value is sought, then its place.
template <class Order, class T>
[[gnu::always_inline]] inline void search_columns(T* best, int64_t* index, const T* x,
                                                  int64_t columns, int64_t column_stride, int64_t n,
                                                  int64_t stride) {
  constexpr int64_t kShort = 32;
  for (int64_t c = 0; c < columns; ++c) {
    const T* column = x + c * column_stride;
    if (stride == 1 && n > kShort) {
      best[c] = extreme<Order>(column, n);
      index[c] = find(column, n, best[c]);
      continue;
    }
    best[c] = column[0];
    index[c] = 0;
    for (int64_t i = 1; i < n; ++i) {
      if (Order::beats(column[i * stride], best[c])) {
        best[c] = column[i * stride];
        index[c] = i;
      }
    }
  }
}

/// The same, row after row.
template <class Order, class T>
[[gnu::always_inline]] inline void search_rows(T* __restrict__ best, int64_t* __restrict__ index,
                                               const T* __restrict__ x, int64_t columns,
                                               int64_t column_stride, int64_t n, int64_t stride) {
  for (int64_t c = 0; c < columns; ++c) {
    best[c] = x[c * column_stride];
    index[c] = 0;
  }
  for (int64_t i = 1; i < n; ++i) {
    const T* row = x + i * stride;
    for (int64_t c = 0; c < columns; ++c) {
      const T value = row[c * column_stride];
      const bool wins = Order::beats(value, best[c]);
      best[c] = wins ? value : best[c];
      index[c] = wins ? i : index[c];
    }
  }
}

/// Fills `values` and `indices`, either of which may be undefined, with the extrema of `self` over
/// the plan's one reduced dimension.
template <class Order, class T>
void search(const Tensor& values, const Tensor& indices, const T* x, const ReducePlan& plan) {
  const int64_t results = plan.result_count();
  std::vector<T> best_of(static_cast<size_t>(plan.piece_count * results));  // (pieces, results)
  std::vector<int64_t> index_of(best_of.size());

  parallel_for(0, plan.unit_count(), plan.grain(), [&](int64_t begin, int64_t end) {
    for (int64_t number = begin; number < end; ++number) {
      const ReducePlan::Unit unit = plan.unit(number);
      const int64_t place = unit.piece * results + unit.result_index;
      T* best = best_of.data() + place;
      int64_t* index = index_of.data() + place;
      const T* first = x + unit.offset;
      const int64_t n = unit.reduced_sizes[0];
      if (plan.along_columns) {
        call_for_capability<search_rows<Order, T>>(best, index, first, unit.columns,
                                                   plan.column_stride, n, plan.strides[0]);
      } else {
        call_for_capability<search_columns<Order, T>>(best, index, first, unit.columns,
                                                      plan.column_stride, n, plan.strides[0]);
      }
      for (int64_t c = 0; c < unit.columns; ++c) index[c] += unit.first_reduced;
    }
  });

  for (int64_t number = 0; number < plan.outer_count * plan.block_count; ++number) {
    const ReducePlan::Unit unit = plan.unit(number);  // those of piece 0 name every result once
    for (int64_t c = 0; c < unit.columns; ++c) {
      size_t winner = static_cast<size_t>(unit.result_index + c);
      for (int64_t piece = 1; piece < plan.piece_count; ++piece) {
        const size_t rival = static_cast<size_t>(piece * results + unit.result_index + c);
        if (Order::beats(best_of[rival], best_of[winner])) winner = rival;
      }
      const int64_t offset = unit.result_offset + c * plan.column_result_stride;
      if (values.defined()) values.data<T>()[offset] = best_of[winner];
      if (indices.defined()) indices.data<int64_t>()[offset] = index_of[winner];
    }
  }
}

template <class Order>
void search(const Tensor& values, const Tensor& indices, const Tensor& self, IntArrayRef dims) {
  if (self.numel() == 0) return;
  const ReducePlan plan(self, dims);
  visit_widened(self.dtype(),
                [&]<class T>(TypeTag<T>) { search<Order>(values, indices, self.data<T>(), plan); });
}

/// The dimensions [dim], of which a 0-d tensor has none.
DimVector only(int64_t dim, const Tensor& self) {
  return self.dim() == 0 ? DimVector() : DimVector{dim};
}

template <class Order>
std::tuple<Tensor, Tensor> extreme_dim(const Tensor& self, int64_t dim, bool keepdim) {
  const Tensor x = widened(self);
  const DimVector dims = only(dim, self);
  const DimVector sizes = reduced_sizes(self, dims, keepdim);
  const Tensor values = cutaway::empty(sizes, x.dtype());
  const Tensor indices = cutaway::empty(sizes, kInt64);
  search<Order>(values, indices, x, dims);
  return {values.dtype() == self.dtype() ? values : cpu::to_copy(values, self.dtype()), indices};
}

template <class Order>
Tensor place(const Tensor& self, std::optional<int64_t> dim, bool keepdim) {
  const Tensor x = widened(self);
  if (dim) {
    const DimVector dims = only(*dim, self);
    const Tensor indices = dense_room_for(reduced_sizes(self, dims, keepdim), kInt64);
    search<Order>(Tensor(), indices, x, dims);
    return indices;
  }
  // One index into the flattened tensor; keepdim gives it a shape of ones.
  const Tensor index = dense_room_for(DimVector(keepdim ? self.dim() : 0, 1), kInt64);
  search<Order>(Tensor(), index, cpu::view(x.contiguous(), {self.numel()}), {0});
  return index;
}

}  // namespace

std::tuple<Tensor, Tensor> max_dim(const Tensor& self, int64_t dim, bool keepdim) {
  return extreme_dim<Larger>(self, dim, keepdim);
}
std::tuple<Tensor, Tensor> min_dim(const Tensor& self, int64_t dim, bool keepdim) {
  return extreme_dim<Smaller>(self, dim, keepdim);
}
Tensor argmax(const Tensor& self, std::optional<int64_t> dim, bool keepdim) {
  return place<Larger>(self, dim, keepdim);
}
Tensor argmin(const Tensor& self, std::optional<int64_t> dim, bool keepdim) {
  return place<Smaller>(self, dim, keepdim);
}

}  // namespace cutaway::cpu
