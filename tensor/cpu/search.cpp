// SPDX-License-Identifier: MIT
//
// Kernels that look values up: searchsorted, bincount, histc, isin.
#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "../check.h"
#include "../factories.h"
#include "../loops.h"
#include "capability_call.h"
#include "kernels.h"
#include "sort_order.h"

namespace cutaway::inline v0_1::cpu {
namespace {

/// The first place in [begin, end) where `value` could be inserted (behind its equals, if right):
/// element(i) is the i-th in order. NaN stands behind all numbers.
template <class T, class Element>
int64_t place_of(T value, int64_t begin, int64_t end, bool right, const Element& element) {
  const int64_t first = begin;
  int64_t n = end - begin;
  while (n > 0) {
    const int64_t half = n / 2;
    const T there = element(begin + half);
    const bool is_before = right ? !(there > value) : !(there >= value);
    begin = is_before ? begin + half + 1 : begin;
    n = is_before ? n - half - 1 : half;
  }
  return begin - first;
}

template <class T, class Out>
void search_rows(Out* out, const T* values, int64_t count, int64_t per_row, const T* edges,
                 const int64_t* sorter, int64_t length, bool right) {
  parallel_for(0, count, kLoopGrain / 32, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; ++i) {
      const int64_t row = i / per_row * length;
      const int64_t place =
          sorter == nullptr
              ? place_of(values[i], row, row + length, right, [&](int64_t k) { return edges[k]; })
              : place_of(values[i], row, row + length, right,
                         [&](int64_t k) { return edges[row + sorter[k]]; });
      out[i] = static_cast<Out>(place);
    }
  });
}

/// Whether `key` is among these, sorted. Halves without a branch, which nobody could predict.
template <class Key>
bool contains(const std::vector<Key>& keys, Key key) {
  if (keys.empty()) return false;
  const Key* first = keys.data();
  for (size_t n = keys.size(); n > 1; n -= n / 2) first += first[n / 2] <= key ? n / 2 : 0;
  return *first == key;
}

/// The least and the largest of n integers.
template <class T>
[[gnu::always_inline]] inline std::pair<T, T> range_of(const T* x, int64_t n) {
  T least = std::numeric_limits<T>::max(), most = std::numeric_limits<T>::lowest();
  for (int64_t i = 0; i < n; ++i) {
    least = x[i] < least ? x[i] : least;
    most = x[i] > most ? x[i] : most;
  }
  return {least, most};
}

}  // namespace

Tensor searchsorted(const Tensor& sorted_sequence, const Tensor& self, bool out_int32, bool right,
                    std::optional<std::string_view> /*side*/, const std::optional<Tensor>& sorter) {
  const Tensor result = cutaway::empty(self.sizes(), out_int32 ? kInt32 : kInt64);
  if (result.numel() == 0) return result;
  const Tensor edges = sorted_sequence.contiguous();
  const Tensor values = self.contiguous();
  const Tensor order = sorter && sorter->defined() ? sorter->contiguous() : Tensor();
  const int64_t* indices = order.defined() ? order.data<int64_t>() : nullptr;
  const int64_t length = edges.size(-1);
  // One row of edges serves all values; several serve a row of values each.
  const int64_t per_row = edges.dim() == 1 ? values.numel() : values.size(-1);
  check_implemented(edges.dtype() != kBool, "\"searchsorted_out_cpu\" not implemented for 'Bool'");
  visit_dtype(edges.dtype(), [&]<class T>(TypeTag<T>) {
    const auto fill = [&](auto* out) {
      search_rows(out, values.data<T>(), values.numel(), per_row, edges.data<T>(), indices, length,
                  right);
    };
    out_int32 ? fill(result.data<int32_t>()) : fill(result.data<int64_t>());
  });
  return result;
}

Tensor bincount(const Tensor& self, const std::optional<Tensor>& weights, int64_t minlength) {
  const Tensor numbers = self.contiguous();
  const bool weighted = weights && weights->defined();
  return visit_numeric(self.dtype(), "bincount_cpu", [&]<class T>(TypeTag<T>) {
    if constexpr (is_real_v<T>) {
      throw NotImplementedError(join("\"bincount_cpu\" not implemented for '", self.dtype(), "'"));
      return Tensor();
    } else {
      const T* x = numbers.data<T>();
      const int64_t n = numbers.numel();
      const auto [least, most] = call_for_capability<range_of<T>>(x, n);
      check(n == 0 || least >= 0, "bincount only supports 1-d non-negative integral inputs.");
      const int64_t bins = n == 0 ? minlength : std::max(int64_t{most} + 1, minlength);
      const auto count = [&]<class W>(const W* weight, TypeTag<W>) {
        const Tensor sums = cutaway::zeros(bins, dtype_of<W>);
        W* sum = sums.data<W>();
        if (weight == nullptr) {
          for (int64_t i = 0; i < n; ++i) sum[x[i]] += W(1);
        } else {
          for (int64_t i = 0; i < n; ++i) sum[x[i]] += weight[i];
        }
        return sums;
      };
      if (!weighted || n == 0)
        return count(static_cast<const int64_t*>(nullptr), TypeTag<int64_t>());
      if (weights->dtype() == kFloat32) {
        return count(weights->contiguous().template data<float>(), TypeTag<float>());
      }
      const Tensor wide = cpu::to_copy(*weights, kFloat64).contiguous();
      return count(wide.template data<double>(), TypeTag<double>());
    }
  });
}

Tensor histc(const Tensor& self, int64_t bins, const Scalar& min, const Scalar& max) {
  const Tensor result = cutaway::zeros(bins, self.dtype());
  const Tensor dense = self.contiguous();
  visit_floating(self.dtype(), "histogram_cpu", [&]<class T>(TypeTag<T>) {
    const T* x = dense.data<T>();
    const int64_t n = dense.numel();
    T low = min.to<T>();
    T high = max.to<T>();
    if (low == high && n > 0) {  // not given: the range of the data
      low = high = x[0];
      for (int64_t i = 0; i < n; ++i) {
        if (x[i] != x[i]) low = high = x[i];
        if (low == low) {
          low = std::min(low, x[i]);
          high = std::max(high, x[i]);
        }
      }
    }
    check(std::isfinite(low) && std::isfinite(high), "torch.histc: range of [", low, ", ", high,
          "] is not finite");
    if (low == high) {
      low -= 1;
      high += 1;
    }
    T* count = result.data<T>();
    for (int64_t i = 0; i < n; ++i) {
      if (!(x[i] >= low && x[i] <= high)) continue;
      const int64_t bin = static_cast<int64_t>((x[i] - low) * static_cast<T>(bins) / (high - low));
      count[std::min(bin, bins - 1)] += 1;  // the last bin has its upper edge in it
    }
  });
  return result;
}

Tensor isin(const Tensor& elements, const Tensor& test_elements, bool /*assume_unique*/,
            bool invert) {
  const Tensor result = cutaway::empty(elements.sizes(), kBool);
  const Tensor values = elements.contiguous();
  const Tensor tests = test_elements.contiguous();
  visit_dtype(elements.dtype(), [&]<class T>(TypeTag<T>) {
    using Key = SortKey<T>;
    std::vector<Key> keys;  // of everything that something can equal
    for (int64_t i = 0; i < tests.numel(); ++i) {
      const T test = tests.data<T>()[i];
      if (test == test) keys.push_back(sort_key(test));
    }
    std::sort(keys.begin(), keys.end());
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
    const T* value = values.data<T>();
    bool* out = result.data<bool>();
    parallel_for(0, values.numel(), kLoopGrain / 32, [&](int64_t begin, int64_t end) {
      for (int64_t i = begin; i < end; ++i) {
        const bool found = value[i] == value[i] && contains(keys, sort_key(value[i]));
        out[i] = found != invert;
      }
    });
  });
  return result;
}

}  // namespace cutaway::cpu
