// SPDX-License-Identifier: MIT
//
// Kernels of median, nanmedian, kthvalue and mode: one element of each line, found by its rank or
// how often it occurs; and the order of each line, for quantiles. NaN counts as larger than any
// number.
//
// A rank is found by selection, which is quicksort that follows only the part the rank lies in:
// O(n) on average. Where several elements are equal, the one named is the one PyTorch names: the
// algorithm of kthvalue and mode decides it, so theirs is PyTorch's. Different on purpose:
// PyTorch's mode has no order for NaN, and names whatever its sort left in place.
//
// References: C. A. R. Hoare, "Algorithm 65: Find", 1961; W. H. Press et al., "Numerical Recipes",
// section 8.5 (the median of three as pivot).
// PyTorch counterpart: ATen/native/Sorting.cpp.
#include <algorithm>
#include <limits>
#include <numeric>
#include <vector>

#include "../factories.h"
#include "../loops.h"
#include "elementwise.h"
#include "kernels.h"
#include "reduce_plan.h"

namespace cutaway::inline v0_1::cpu {
namespace {

template <class T>
bool is_less(T a, T b) {
  return a < b || (is_nan(b) && !is_nan(a));
}

/// The place in x[0 .. n) of the element of the given rank, by partitioning a list of places. Equal
/// elements are ranked by their place.
template <class T>
int64_t find_rank(const T* x, int64_t n, int64_t rank) {
  std::vector<int64_t> places(static_cast<size_t>(n));
  std::iota(places.begin(), places.end(), 0);
  std::nth_element(places.begin(), places.begin() + rank, places.end(), [x](int64_t i, int64_t j) {
    return is_less(x[i], x[j]) || (i < j && !is_less(x[j], x[i]));
  });
  return places[static_cast<size_t>(rank)];
}

/// The middle element, the lower one of two. The first NaN, if there is one.
struct Median {
  template <class T>
  int64_t operator()(const T* x, int64_t n) const {
    const T* nan = std::find_if(x, x + n, is_nan<T>);
    return nan != x + n ? nan - x : find_rank(x, n, (n - 1) / 2);
  }
};

/// The middle of what is not NaN.
struct NanMedian {
  template <class T>
  int64_t operator()(const T* x, int64_t n) const {
    const int64_t numbers = n - std::count_if(x, x + n, is_nan<T>);
    return find_rank(x, n, std::max<int64_t>(0, numbers - 1) / 2);
  }
};

template <class T>
struct Placed {
  T value;
  int64_t place;
};

template <class T>
std::vector<Placed<T>> with_places(const T* x, int64_t n) {
  std::vector<Placed<T>> line(static_cast<size_t>(n));
  for (int64_t i = 0; i < n; ++i) line[static_cast<size_t>(i)] = {x[i], i};
  return line;
}

/// The k-th smallest, k counted from 1: Hoare's selection with the median of three as pivot.
struct KthValue {
  int64_t k;

  template <class T>
  int64_t operator()(const T* x, int64_t n) const {
    std::vector<Placed<T>> line = with_places(x, n);
    Placed<T>* a = line.data();
    const auto order = [a](int64_t i, int64_t j) {
      if (is_less(a[j].value, a[i].value)) std::swap(a[i], a[j]);
    };
    const int64_t rank = k - 1;
    int64_t left = 0;
    int64_t right = n - 1;
    while (right > left + 1) {
      // Pivot: the median of the first, middle and last goes to `left`, with sentinels around it.
      std::swap(a[left + (right - left) / 2], a[left + 1]);
      order(left + 1, right);
      order(left, right);
      order(left + 1, left);
      const T pivot = a[left].value;
      int64_t i = left + 1;
      int64_t j = right;
      while (true) {
        do ++i;
        while (is_less(a[i].value, pivot));
        do --j;
        while (is_less(pivot, a[j].value));
        if (j < i) break;
        std::swap(a[i], a[j]);
      }
      std::swap(a[left], a[j]);
      if (j <= rank) left = i;
      if (j >= rank) right = j - 1;
    }
    if (right == left + 1) order(left, right);
    return a[rank].place;
  }
};

/// The most frequent element, the smallest of several; the last of its place in the sorted line.
struct Mode {
  template <class T>
  int64_t operator()(const T* x, int64_t n) const {
    std::vector<Placed<T>> line = with_places(x, n);
    std::sort(line.begin(), line.end(),
              [](const Placed<T>& a, const Placed<T>& b) { return is_less(a.value, b.value); });
    int64_t best_count = 0;
    int64_t best_place = 0;
    int64_t count = 0;
    for (size_t i = 0; i < line.size(); ++i) {
      ++count;
      if (i + 1 < line.size() && line[i].value == line[i + 1].value) continue;
      if (count > best_count) {
        best_count = count;
        best_place = line[i].place;
      }
      count = 0;
    }
    return best_place;
  }
};

/// The elements as (lines, n), n being those along `dim`. Integers become int64, which keeps their
/// order and spares versions of the loops.
Tensor as_lines(const Tensor& self, int64_t dim) {
  const Tensor wide = is_floating_point(self.dtype()) ? self : cpu::to_copy(self, kInt64);
  if (self.dim() == 0) return cpu::view(wide.contiguous(), {1, 1});
  DimVector order;
  for (int64_t d = 0; d < self.dim(); ++d) {
    if (d != dim) order.push_back(d);
  }
  order.push_back(dim);
  const int64_t n = self.sizes()[dim];
  return cpu::view(cpu::permute(wide, order).contiguous(), {n == 0 ? 0 : self.numel() / n, n});
}

/// Calls body(line, number of the line) for every line of (lines, n).
template <class T, class Body>
void for_each_line(const Tensor& lines, const Body& body) {
  const T* x = lines.data<T>();
  const int64_t n = lines.sizes()[1];
  constexpr int64_t kCost = 8;  // selecting costs several times what kLoopGrain assumes
  parallel_for(0, lines.sizes()[0],
               std::max<int64_t>(1, kLoopGrain / kCost / std::max<int64_t>(1, n)),
               [&](int64_t begin, int64_t end) {
                 for (int64_t line = begin; line < end; ++line) body(x + line * n, line);
               });
}

template <class F>
void visit_line_type(DType dtype, const F& f) {
  if (dtype == kInt64) return f(TypeTag<int64_t>{});
  visit_floating(dtype, "selection", f);
}

/// The element of each line whose place choose(line, n) gives, and that place.
template <class Choose>
std::tuple<Tensor, Tensor> select_along(const Tensor& self, int64_t dim, bool keepdim,
                                        const Choose& choose) {
  const DimVector dims = self.dim() == 0 ? DimVector() : DimVector{dim};
  DimVector sizes = self.dim() == 0 ? DimVector() : reduced_sizes(self, dims, keepdim);
  const Tensor lines = as_lines(self, dim);
  const Tensor values = cutaway::empty(sizes, lines.dtype());
  const Tensor indices = cutaway::empty(sizes, kInt64);
  visit_line_type(lines.dtype(), [&]<class T>(TypeTag<T>) {
    T* value = values.data<T>();
    int64_t* index = indices.data<int64_t>();
    for_each_line<T>(lines, [&, n = lines.sizes()[1]](const T* x, int64_t line) {
      index[line] = choose(x, n);
      value[line] = x[index[line]];
    });
  });
  return {values.dtype() == self.dtype() ? values : cpu::to_copy(values, self.dtype()), indices};
}

/// Of nothing, NaN, which as an integer is what the processor makes of it, and true as a bool.
Tensor median_of_nothing(DType dtype) {
  if (dtype == kBool) return cutaway::full({}, true, dtype);
  if (is_floating_point(dtype)) {
    return cutaway::full({}, std::numeric_limits<double>::quiet_NaN(), dtype);
  }
  if (dtype == kInt64) return cutaway::full({}, std::numeric_limits<int64_t>::min(), dtype);
  return cutaway::full({}, dtype == kInt32 ? std::numeric_limits<int32_t>::min() : 0, dtype);
}

template <class Choose>
Tensor select_of_all(const Tensor& self, const Choose& choose) {
  if (self.numel() == 0) return median_of_nothing(self.dtype());
  const Tensor flat = cpu::view(self.contiguous(), {self.numel()});
  return std::get<0>(select_along(flat, 0, false, choose));
}

}  // namespace

Tensor median(const Tensor& self) { return select_of_all(self, Median()); }
Tensor nanmedian(const Tensor& self) { return select_of_all(self, NanMedian()); }

std::tuple<Tensor, Tensor> median_dim(const Tensor& self, int64_t dim, bool keepdim) {
  return select_along(self, dim, keepdim, Median());
}
std::tuple<Tensor, Tensor> nanmedian_dim(const Tensor& self, int64_t dim, bool keepdim) {
  return select_along(self, dim, keepdim, NanMedian());
}
std::tuple<Tensor, Tensor> kthvalue(const Tensor& self, int64_t k, int64_t dim, bool keepdim) {
  return select_along(self, dim, keepdim, KthValue{k});
}
std::tuple<Tensor, Tensor> mode(const Tensor& self, int64_t dim, bool keepdim) {
  return select_along(self, dim, keepdim, Mode());
}

}  // namespace cutaway::cpu
