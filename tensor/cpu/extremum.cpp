// SPDX-License-Identifier: MIT
//
// Kernels of max, max_dim and argmax: the largest element and where it stands. All three are one
// search, which keeps what its caller wants.
//
// Order: NaN counts as larger than any number, and of equal elements the first one wins, which
// makes the answer independent of how the work is cut.
#include <algorithm>
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
[[gnu::always_inline]] inline bool is_nan(T value) {
  return value != value;  // false for integers
}

/// Whether `value` takes the place of `best`, which stands before it.
template <class T>
[[gnu::always_inline]] inline bool is_larger(T value, T best) {
  return !(value <= best) && !is_nan(best);
}

/// The largest of n > 0 adjacent elements, by independent lanes, which become vectors. A lane that
/// holds NaN keeps NaN.
template <class T>
[[gnu::always_inline]] inline T largest(const T* x, int64_t n) {
  constexpr size_t kBytes = 128;
  constexpr int64_t kLanes = kBytes / sizeof(T);
  T best = x[0];
  int64_t i = 0;
  if (n >= kLanes) {
    T lanes[kBytes / sizeof(T)];
    for (int64_t lane = 0; lane < kLanes; ++lane) lanes[lane] = x[lane];
    for (i = kLanes; i + kLanes <= n; i += kLanes) {
      for (int64_t lane = 0; lane < kLanes; ++lane) {
        const T larger = x[i + lane] > lanes[lane] ? x[i + lane] : lanes[lane];
        lanes[lane] = is_nan(x[i + lane]) ? x[i + lane] : larger;
      }
    }
    for (T value : lanes) best = is_larger(value, best) ? value : best;
  }
  for (; i < n; ++i) best = is_larger(x[i], best) ? x[i] : best;
  return best;
}

/// Where `best`, the largest of n elements, stands first: the first that equals it, or is NaN, as
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

/// best[c], index[c] = the largest of x[c * column_stride + i * stride], i < n, and its i; one
/// column after the other. In a dense column first the value is sought, then its place.
template <class T>
[[gnu::always_inline]] inline void search_columns(T* best, int64_t* index, const T* x,
                                                  int64_t columns, int64_t column_stride, int64_t n,
                                                  int64_t stride) {
  constexpr int64_t kShort = 32;
  for (int64_t c = 0; c < columns; ++c) {
    const T* column = x + c * column_stride;
    if (stride == 1 && n > kShort) {
      best[c] = largest(column, n);
      index[c] = find(column, n, best[c]);
      continue;
    }
    best[c] = column[0];
    index[c] = 0;
    for (int64_t i = 1; i < n; ++i) {
      if (is_larger(column[i * stride], best[c])) {
        best[c] = column[i * stride];
        index[c] = i;
      }
    }
  }
}

/// The same, row after row.
template <class T>
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
      const bool larger = is_larger(value, best[c]);
      best[c] = larger ? value : best[c];
      index[c] = larger ? i : index[c];
    }
  }
}

/// Fills `values` and `indices`, either of which may be undefined, with the extrema of `self` over
/// the plan's one reduced dimension.
template <class T>
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
        call_for_capability<search_rows<T>>(best, index, first, unit.columns, plan.column_stride, n,
                                            plan.strides[0]);
      } else {
        call_for_capability<search_columns<T>>(best, index, first, unit.columns, plan.column_stride,
                                               n, plan.strides[0]);
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
        if (is_larger(best_of[rival], best_of[winner])) winner = rival;
      }
      const int64_t offset = unit.result_offset + c * plan.column_result_stride;
      if (values.defined()) reinterpret_cast<T*>(values.raw_data())[offset] = best_of[winner];
      if (indices.defined()) indices.data<int64_t>()[offset] = index_of[winner];
    }
  }
}

void search(const Tensor& values, const Tensor& indices, const Tensor& self, IntArrayRef dims) {
  if (self.numel() == 0) return;
  const ReducePlan plan(self, dims);
  visit_wide(self.dtype(), "max_values_cpu", [&]<class T>(TypeTag<T>) {
    // A bool is compared as the byte it is, 0 or 1.
    using Element = std::conditional_t<std::is_same_v<T, bool>, uint8_t, T>;
    search(values, indices, reinterpret_cast<const Element*>(self.raw_data()), plan);
  });
}

/// The elements in row-major order, as one dimension.
Tensor flat(const Tensor& self) { return cpu::view(self.contiguous(), {self.numel()}); }

/// The dimensions [dim], of which a 0-d tensor has none.
DimVector only(int64_t dim, const Tensor& self) {
  return self.dim() == 0 ? DimVector() : DimVector{dim};
}

}  // namespace

Tensor max(const Tensor& self) {
  const Tensor value = cutaway::empty({}, self.dtype());
  search(value, Tensor(), flat(self), {0});
  return value;
}

std::tuple<Tensor, Tensor> max_dim(const Tensor& self, int64_t dim, bool keepdim) {
  const DimVector dims = only(dim, self);
  const DimVector sizes = reduced_sizes(self, dims, keepdim);
  const Tensor values = cutaway::empty(sizes, self.dtype());
  const Tensor indices = cutaway::empty(sizes, kInt64);
  search(values, indices, self, dims);
  return {values, indices};
}

Tensor argmax(const Tensor& self, std::optional<int64_t> dim, bool keepdim) {
  if (dim) {
    const DimVector dims = only(*dim, self);
    const Tensor indices = cutaway::empty(reduced_sizes(self, dims, keepdim), kInt64);
    search(Tensor(), indices, self, dims);
    return indices;
  }
  // One index into the flattened tensor; keepdim gives it a shape of ones.
  const Tensor index = cutaway::empty(DimVector(keepdim ? self.dim() : 0, 1), kInt64);
  search(Tensor(), index, flat(self), {0});
  return index;
}

}  // namespace cutaway::cpu
