// SPDX-License-Identifier: MIT
//
// Kernels of sort and topk: the elements along one dimension, row by row. What stands before what
// is told in sort_order.h. Rows are shared out among the threads; one row is one thread's.
//
// sort is always stable. Of equal elements topk takes those that stand first, and it always returns
// them in order: PyTorch promises neither, and its choice among equals depends on its processor.
#include <algorithm>
#include <limits>
#include <utility>
#include <vector>

#include "../check.h"
#include "../factories.h"
#include "../loops.h"
#include "kernels.h"
#include "sort_order.h"

namespace cutaway::inline v0_1::cpu {
namespace {

/// The rows of a tensor along `dim`, numbered in row-major order of the other dimensions.
class RowsAlong {
 public:
  RowsAlong(const Tensor& tensor, int64_t dim)
      : sizes_(tensor.sizes()), strides_(tensor.strides()) {
    if (tensor.dim() == 0) return;
    length = sizes_[dim];
    stride = strides_[dim];
    sizes_.erase(dim);
    strides_.erase(dim);
  }
  /// Where row `number` begins.
  int64_t offset(int64_t number) const {
    int64_t result = 0;
    for (int64_t d = sizes_.size() - 1; d >= 0; --d) {
      result += number % sizes_[d] * strides_[d];
      number /= sizes_[d];
    }
    return result;
  }
  int64_t count() const { return numel_of(sizes_); }

  int64_t length = 1;
  int64_t stride = 1;

 private:
  DimVector sizes_, strides_;
};

/// Reads a row as entries; `flip` is all ones where the largest come first.
template <class T, class Entry>
void read_row(Entry* entries, const T* row, const RowsAlong& rows, SortKey<T> flip) {
  for (int64_t i = 0; i < rows.length; ++i) {
    entries[i].key = static_cast<SortKey<T>>(sort_key(row[i * rows.stride]) ^ flip);
    entries[i].index = static_cast<decltype(entries[i].index)>(i);
  }
}

/// values[i], indices[i] = the elements that the first entries stand for.
template <class T, class Entry>
void write_row(const RowsAlong& values, T* value, const RowsAlong& indices, int64_t* index,
               const T* row, const RowsAlong& rows, const Entry* entries) {
  for (int64_t i = 0; i < values.length; ++i) {
    const int64_t from = static_cast<int64_t>(entries[i].index);
    value[i * values.stride] = row[from * rows.stride];
    index[i * indices.stride] = from;
  }
}

/// Calls arrange(entries, room, n), which brings the wanted entries to the front, for every row.
template <class Arrange>
void arrange_rows(const Tensor& values, const Tensor& indices, const Tensor& self, int64_t dim,
                  bool descending, const Arrange& arrange) {
  if (values.numel() == 0) return;
  const RowsAlong rows(self, dim), to_values(values, dim), to_indices(indices, dim);
  check_implemented(rows.length <= std::numeric_limits<uint32_t>::max(),
                    "sort and topk take rows of at most 4294967295 elements, got ", rows.length);
  const int64_t grain = std::max<int64_t>(1, 2048 / rows.length);
  visit_dtype(self.dtype(), [&]<class T>(TypeTag<T>) {
    using Entry = SortEntry<SortKey<T>, uint32_t>;
    const SortKey<T> flip = descending ? std::numeric_limits<SortKey<T>>::max() : SortKey<T>{0};
    const T* const x = self.data<T>();
    T* const value = values.data<T>();
    int64_t* const index = indices.data<int64_t>();
    parallel_for(0, rows.count(), grain, [&](int64_t begin, int64_t end) {
      std::vector<Entry> entries(static_cast<size_t>(rows.length));
      std::vector<Entry> room(entries.size());
      for (int64_t r = begin; r < end; ++r) {
        const T* row = x + rows.offset(r);
        read_row(entries.data(), row, rows, flip);
        arrange(entries.data(), room.data(), rows.length);
        write_row(to_values, value + to_values.offset(r), to_indices, index + to_indices.offset(r),
                  row, rows, entries.data());
      }
    });
  });
}

/// The k first entries of the sorted order to the front, in order.
template <class Entry>
void select_first(Entry* entries, int64_t n, int64_t k) {
  const auto before = [](const Entry& a, const Entry& b) {
    return a.key != b.key ? a.key < b.key : a.index < b.index;
  };
  if (k * 64 <= n) {  // a heap of the k best so far, which most elements do not enter
    std::partial_sort(entries, entries + k, entries + n, before);
    return;
  }
  if (k < n) std::nth_element(entries, entries + k, entries + n, before);
  std::sort(entries, entries + k, before);
}

}  // namespace

std::tuple<Tensor, Tensor> sort(const Tensor& self, int64_t dim, bool descending) {
  const Tensor values = empty_for(self.sizes(), self.dtype(), {&self});
  const Tensor indices = empty_for(self.sizes(), kInt64, {&self});
  arrange_rows(values, indices, self, dim, descending,
               [](auto* entries, auto* room, int64_t n) { radix_sort(entries, room, n); });
  return {values, indices};
}

std::tuple<Tensor, Tensor> topk(const Tensor& self, int64_t k, int64_t dim, bool largest,
                                bool /*sorted*/) {
  DimVector sizes = self.sizes();
  if (self.dim() > 0) sizes[dim] = k;
  const Tensor values = cutaway::empty(sizes, self.dtype());
  const Tensor indices = cutaway::empty(sizes, kInt64);
  arrange_rows(values, indices, self, dim, largest,
               [k](auto* entries, auto*, int64_t n) { select_first(entries, n, k); });
  return {values, indices};
}

}  // namespace cutaway::cpu
