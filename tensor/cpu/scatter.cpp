// SPDX-License-Identifier: MIT
//
// Kernels of gather and the scatter family. `index` names, for each of its elements, a place along
// `dim` of self; in all other dimensions the element's own position counts:
//
//     gather, dim 1:   result[i][j][k] = self[i][index[i][j][k]][k]
//     scatter, dim 1:  self[i][index[i][j][k]][k] = src[i][j][k]
#include <atomic>
#include <limits>

#include "../check.h"
#include "../factories.h"
#include "elementwise.h"
#include "kernels.h"
#include "offset_loop.h"

namespace cutaway::inline v0_1::cpu {
namespace {

/// Throws for the first index, in row-major order, that is outside the dimension.
[[noreturn]] void fail_out_of_bounds(const Tensor& index, int64_t dim, int64_t size) {
  const Tensor dense = index.contiguous();
  for (int64_t i = 0;; ++i) {  // one of them is: the loop ends
    const int64_t value = dense.data<int64_t>()[i];
    check(0 <= value && value < size, "index ", value, " is out of bounds for dimension ", dim,
          " with size ", size);
  }
}

/// Where the elements lie that an index tensor names: see offset_loop.h. Throws where one of them
/// is outside.
struct Named {
  Named(const Tensor& self, int64_t dim, const Tensor& places)
      : index(places), step(self.strides()[dim] * self.element_size()) {
    DimVector strides = self.strides();
    strides[dim] = 0;
    elements = seen_as(self, index.sizes(), strides);
    const uint64_t size = static_cast<uint64_t>(self.sizes()[dim]);
    std::atomic<bool> is_outside = false;
    const auto row = [&](std::byte* const* data, const int64_t* steps, int64_t n) {
      bool outside = false;
      for (int64_t i = 0; i < n; ++i) {  // as unsigned, negative ones are too large
        outside |= cutaway::detail::element<uint64_t>(data[0], i * steps[0]) >= size;
      }
      if (outside) is_outside.store(true, std::memory_order_relaxed);
    };
    run_rows(LoopPlan({&index}), RowFunction(row));
    if (is_outside) fail_out_of_bounds(index, dim, self.sizes()[dim]);
  }

  Tensor elements, index;
  int64_t step;
};

/// Writes into the named elements the value from which a reduction starts.
void start_from(const Named& target, double value) {
  const Tensor& elements = target.elements;
  visit_dtype(elements.dtype(), [&]<class T>(TypeTag<T>) {
    T start = static_cast<T>(value == 1 ? 1 : 0);
    if constexpr (std::is_integral_v<T>) {
      if (value > 1) start = std::numeric_limits<T>::max();
      if (value < 0) start = std::numeric_limits<T>::lowest();
    } else {
      start = static_cast<T>(static_cast<float>(value));
    }
    write_at_offsets<T>(
        elements, elements, target.index, [start](T, T) { return start; }, target.step);
  });
}

void add(const Named& target, const Tensor& src) {
  visit_dtype(src.dtype(), [&]<class T>(TypeTag<T>) {
    write_at_offsets<T>(
        target.elements, src, target.index, [](T a, T b) { return static_cast<T>(plus(a, b)); },
        target.step);
  });
}

void multiply(const Named& target, const Tensor& src) {
  visit_dtype(src.dtype(), [&]<class T>(TypeTag<T>) {
    write_at_offsets<T>(
        target.elements, src, target.index, [](T a, T b) { return static_cast<T>(times(a, b)); },
        target.step);
  });
}

/// The larger (or the smaller); NaN wins.
void extremum(const Named& target, const Tensor& src, bool largest) {
  visit_dtype(src.dtype(), [&]<class T>(TypeTag<T>) {
    write_at_offsets<T>(
        target.elements, src, target.index,
        [largest](T a, T b) {
          if (is_nan(a)) return a;
          return is_nan(b) || (largest ? b > a : b < a) ? b : a;
        },
        target.step);
  });
}

/// self /= how many values went into each element; rounded down for integers.
void divide_by_counts(const Tensor& self, int64_t dim, const Tensor& index, bool include_self) {
  const Tensor counts = cutaway::full(self.sizes(), include_self ? 1 : 0, kInt64);
  add(Named(counts, dim, index), cutaway::ones(1, kInt64).expand(index.sizes()));
  visit_number(self.dtype(), "scatter_gather_tensor_cpu_reduce_mean", [&]<class T>(TypeTag<T>) {
    loop<T, T, int64_t>(self, self, counts, [](T sum, int64_t count) -> T {
      if (count <= 1) return sum;
      if constexpr (std::is_integral_v<T>) {
        const int64_t whole = static_cast<int64_t>(sum);
        return static_cast<T>(whole / count - (whole % count < 0 ? 1 : 0));
      } else {
        return static_cast<T>(static_cast<Arithmetic<T>>(sum) / static_cast<Arithmetic<T>>(count));
      }
    });
  });
}

}  // namespace

Tensor gather(const Tensor& self, int64_t dim, const Tensor& index, bool) {
  const Tensor result = cutaway::empty(index.sizes(), self.dtype());
  if (result.numel() == 0) return result;
  const Named from(self, dim, index);
  read_at_offsets(result, from.elements, from.index, from.step);
  return result;
}

const Tensor& scatter_(const Tensor& self, int64_t dim, const Tensor& index, const Tensor& src) {
  if (index.numel() == 0) return self;
  const Named to(self, dim, index);
  put_at_offsets(to.elements, src, to.index, to.step);
  return self;
}

const Tensor& scatter_add_(const Tensor& self, int64_t dim, const Tensor& index,
                           const Tensor& src) {
  if (index.numel() > 0) add(Named(self, dim, index), src);
  return self;
}

const Tensor& scatter_reduce_(const Tensor& self, int64_t dim, const Tensor& index,
                              const Tensor& src, std::string_view reduce, bool include_self) {
  check_implemented(reduce != "mean" || self.dtype() != kBool, "\"",
                    index.numel() == 0 ? "div_floor_cpu" : "scatter_gather_tensor_cpu_reduce_mean",
                    "\" not implemented for 'Bool'");
  if (index.numel() == 0) return self;
  const Named to(self, dim, index);
  constexpr double infinity = std::numeric_limits<double>::infinity();
  const auto start = [&](double value) {
    if (!include_self) start_from(to, value);
  };
  if (reduce == "prod") {
    start(1);
    multiply(to, src);
  } else if (reduce == "amax" || reduce == "amin") {
    start(reduce == "amax" ? -infinity : infinity);
    extremum(to, src, reduce == "amax");
  } else {
    start(0);
    add(to, src);
    if (reduce == "mean") divide_by_counts(self, dim, index, include_self);
  }
  return self;
}

}  // namespace cutaway::cpu
