// SPDX-License-Identifier: MIT
//
// Kernels of the unique family: equal elements (or equal slices along a dimension) brought
// together by sorting, then one kept of each run. "Equal" is ==: NaN is equal to nothing.
#include <algorithm>
#include <numeric>
#include <vector>

#include "../factories.h"
#include "../loops.h"
#include "kernels.h"
#include "sort_order.h"

namespace cutaway::inline v0_1::cpu {
namespace {

struct Runs {
  std::vector<int64_t> first;    // of each run, its first member
  std::vector<int64_t> inverse;  // of each item, the number of its run
  std::vector<int64_t> counts;   // of each run, how many members it has
};

/// Items in the order `order`, cut where same(a, b) is false for neighbours.
template <class Same>
Runs find_runs(const std::vector<int64_t>& order, const Same& same) {
  Runs runs;
  runs.inverse.resize(order.size());
  for (size_t i = 0; i < order.size(); ++i) {
    if (i == 0 || !same(order[i - 1], order[i])) {
      runs.first.push_back(order[i]);
      runs.counts.push_back(0);
    }
    ++runs.counts.back();
    runs.inverse[static_cast<size_t>(order[i])] = static_cast<int64_t>(runs.first.size()) - 1;
  }
  return runs;
}

/// The items' numbers, sorted by value; or as they stand.
template <class T>
std::vector<int64_t> order_of(const T* items, int64_t n, bool sorted) {
  std::vector<int64_t> order(static_cast<size_t>(n));
  if (!sorted) {
    std::iota(order.begin(), order.end(), 0);
    return order;
  }
  using Entry = SortEntry<SortKey<T>, int64_t>;
  std::vector<Entry> entries(order.size()), room(order.size());
  for (int64_t i = 0; i < n; ++i) entries[static_cast<size_t>(i)] = {sort_key(items[i]), i};
  radix_sort(entries.data(), room.data(), n);
  std::transform(entries.begin(), entries.end(), order.begin(),
                 [](const Entry& entry) { return entry.index; });
  return order;
}

Tensor indices_of(const std::vector<int64_t>& values, IntArrayRef sizes, bool wanted) {
  return wanted ? tensor_from(values, sizes) : cutaway::empty(0, kInt64);
}
Tensor indices_of(const std::vector<int64_t>& values, bool wanted) {
  return indices_of(values, {static_cast<int64_t>(values.size())}, wanted);
}

std::tuple<Tensor, Tensor, Tensor> unique_elements(const Tensor& self, bool sorted,
                                                   bool return_inverse, bool return_counts) {
  const Tensor dense = self.contiguous();
  return visit_dtype(self.dtype(), [&]<class T>(TypeTag<T>) {
    const T* items = dense.data<T>();
    const std::vector<int64_t> order = order_of(items, dense.numel(), sorted);
    const Runs runs =
        find_runs(order, [items](int64_t a, int64_t b) { return items[a] == items[b]; });
    const Tensor values = cutaway::empty(static_cast<int64_t>(runs.first.size()), self.dtype());
    T* out = values.data<T>();
    for (int64_t item : runs.first) *out++ = items[item];
    return std::tuple(values, indices_of(runs.inverse, self.sizes(), return_inverse),
                      indices_of(runs.counts, return_counts));
  });
}

/// Slices along `dim` as items; sorted lexicographically, or as they stand.
std::tuple<Tensor, Tensor, Tensor> unique_slices(const Tensor& self, int64_t dim, bool sorted,
                                                 bool return_inverse, bool return_counts) {
  const int64_t n = self.sizes()[dim];
  DimVector order_of_dims = {dim};  // that one first, the others as they are
  for (int64_t d = 0; d < self.dim(); ++d) {
    if (d != dim) order_of_dims.push_back(d);
  }
  const Tensor slices = cpu::permute(self, order_of_dims).contiguous();  // (n, ...)
  const int64_t width = n == 0 ? 0 : slices.numel() / n;
  const Runs runs = visit_dtype(self.dtype(), [&]<class T>(TypeTag<T>) {
    const T* data = slices.data<T>();
    std::vector<int64_t> order(static_cast<size_t>(n));
    std::iota(order.begin(), order.end(), 0);
    const auto before = [data, width](int64_t a, int64_t b) {
      for (int64_t i = 0; i < width; ++i) {
        const SortKey<T> x = sort_key(data[a * width + i]);
        const SortKey<T> y = sort_key(data[b * width + i]);
        if (x != y) return x < y;
      }
      return false;
    };
    if (sorted) std::stable_sort(order.begin(), order.end(), before);
    return find_runs(order, [data, width](int64_t a, int64_t b) {
      return std::equal(data + a * width, data + (a + 1) * width, data + b * width);
    });
  });
  DimVector back(self.dim(), 0);
  for (int64_t d = 0; d < self.dim(); ++d) back[order_of_dims[d]] = d;
  const Tensor kept = cpu::index_select(slices, 0, cutaway::tensor_from(runs.first));
  return {cpu::detach(cpu::permute(kept, back)), indices_of(runs.inverse, return_inverse),
          indices_of(runs.counts, return_counts)};
}

}  // namespace

std::tuple<Tensor, Tensor, Tensor> unique(const Tensor& self, bool /*sorted*/, bool return_inverse,
                                          bool return_counts) {
  return unique_elements(self, true, return_inverse, return_counts);
}

std::tuple<Tensor, Tensor, Tensor> unique_dim(const Tensor& self, int64_t dim, bool /*sorted*/,
                                              bool /*return_inverse*/, bool /*return_counts*/) {
  if (self.sizes()[dim] == 0) {
    return {cutaway::empty(self.sizes(), self.dtype()), cutaway::empty(0, kInt64),
            cutaway::empty(0, kInt64)};
  }
  return unique_slices(self, dim, true, true, true);
}

std::tuple<Tensor, Tensor, Tensor> unique_consecutive(const Tensor& self, bool return_inverse,
                                                      bool return_counts,
                                                      std::optional<int64_t> dim) {
  // One dimension of elements is one of slices too, and elements are simpler.
  if (!dim || self.dim() == 1) {
    return unique_elements(self, false, return_inverse, return_counts);
  }
  if (self.sizes()[*dim] == 0) {
    return {cutaway::empty(self.sizes(), self.dtype()), cutaway::empty(0, kInt64),
            cutaway::empty(0, kInt64)};
  }
  return unique_slices(self, *dim, false, true, true);
}

}  // namespace cutaway::cpu
