// SPDX-License-Identifier: MIT
//
// Kernels of sum, mean, nansum, prod, and of those that count: count_nonzero, any, all.
//
// Note [Summing in double]
// ~~~~~~~~~~~~~~~~~~~~~~~~
// A float has 24 bits, so a running float sum of a million numbers near 1 loses what is below 1/16.
// Here every floating sum is carried in double, 53 bits, and rounded once, at the end. Widening
// costs a vector conversion per load, little next to the load itself. Integers are summed modulo
// 2^64, in an unsigned type, where overflow is defined. Products are carried in the same types.
#include <type_traits>

#include "../destination.h"
#include "../factories.h"
#include "elementwise.h"
#include "kernels.h"
#include "reduction.h"

namespace cutaway::inline v0_1::cpu {
namespace {

template <class T>
struct Sum : ForAllColumns {
  using Accumulator = Wide<T>;
  static Accumulator identity() { return 0; }
  [[gnu::always_inline]] Accumulator lift(T x, int64_t) const {
    return static_cast<Accumulator>(x);
  }
  [[gnu::always_inline]] static Accumulator merge(Accumulator a, Accumulator b) { return a + b; }
};

template <class T>
struct Product : ForAllColumns {
  using Accumulator = Wide<T>;
  static Accumulator identity() { return 1; }
  [[gnu::always_inline]] Accumulator lift(T x, int64_t) const {
    return static_cast<Accumulator>(x);
  }
  [[gnu::always_inline]] static Accumulator merge(Accumulator a, Accumulator b) { return a * b; }
};

DType natural_sum_dtype(const Tensor& self) {
  return is_integral(self.dtype(), true) ? kInt64 : self.dtype();
}

int64_t reduced_count(const Tensor& self, IntArrayRef dims) {
  if (dims.empty()) return self.numel();
  int64_t count = 1;
  for (int64_t d : dims) count *= self.dim() == 0 ? 1 : self.sizes()[d];
  return count;
}

/// The sum as int64. A bool is a byte, 0 or 1; narrow integers but bytes are widened first, which
/// spares their versions of the loops.
Tensor sum_integers(const Tensor& self, IntArrayRef dims, bool keepdim) {
  const Tensor result = dense_room_for(reduced_sizes(self, dims, keepdim), kInt64);
  const bool is_byte = self.dtype() == kUInt8 || self.dtype() == kBool;
  const Tensor x = is_byte || size_of(self.dtype()) >= 4 ? self : cpu::to_copy(self, kInt32);
  const auto add = [&]<class T>(TypeTag<T>) {
    reduce<T, int64_t>(result, x, dims, Sum<T>(),
                       [](uint64_t total) { return static_cast<int64_t>(total); });
  };
  if (is_byte) {
    add(TypeTag<uint8_t>{});
  } else if (x.dtype() == kInt32) {
    add(TypeTag<int32_t>{});
  } else {
    add(TypeTag<int64_t>{});
  }
  return result;
}

/// The sum divided by `divisor`. dtype: x's, or double.
Tensor sum_floats(const Tensor& x, IntArrayRef dims, bool keepdim, DType dtype, double divisor) {
  const Tensor result = dense_room_for(reduced_sizes(x, dims, keepdim), dtype);
  visit_floating(x.dtype(), "sum", [&]<class T>(TypeTag<T>) {
    const auto finish = [divisor](double total) { return total / divisor; };
    if (dtype == dtype_of<T>) {
      reduce<T, T>(result, x, dims, Sum<T>(),
                   [&](double total) { return static_cast<T>(finish(total)); });
    } else {
      reduce<T, double>(result, x, dims, Sum<T>(), finish);
    }
  });
  return result;
}

/// Elements are converted to `dtype` before they are added where that makes a difference, else the
/// sum is.
Tensor sum_over(const Tensor& self, IntArrayRef dims, bool keepdim, DType dtype, double divisor) {
  const bool from_float = is_floating_point(self.dtype());
  if (is_floating_point(dtype)) {
    const bool widens = from_float && dtype == kFloat64;
    const Tensor x = self.dtype() == dtype || widens ? self : cpu::to_copy(self, dtype);
    return sum_floats(x, dims, keepdim, dtype, divisor);
  }
  const bool convert = from_float || dtype == kBool;
  const Tensor total = sum_integers(convert ? cpu::to_copy(self, dtype) : self, dims, keepdim);
  return dtype == kInt64 ? total : cpu::to_copy(total, dtype);
}

/// How many elements are not 0 (NaN is not): the sum of them as bool.
Tensor count(const Tensor& self, IntArrayRef dims, bool keepdim) {
  return sum_integers(self.dtype() == kBool ? self : cpu::to_copy(self, kBool), dims, keepdim);
}

}  // namespace

Tensor sum(const Tensor& self, IntArrayRef dims, bool keepdim, std::optional<DType> dtype) {
  return sum_over(self, dims, keepdim, dtype.value_or(natural_sum_dtype(self)), 1);
}

Tensor mean(const Tensor& self, IntArrayRef dims, bool keepdim, std::optional<DType> dtype) {
  return sum_over(self, dims, keepdim, dtype.value_or(self.dtype()),
                  static_cast<double>(reduced_count(self, dims)));
}

Tensor nansum(const Tensor& self, IntArrayRef dims, bool keepdim, std::optional<DType> dtype) {
  if (!is_floating_point(self.dtype())) return cpu::sum(self, dims, keepdim, dtype);
  const Tensor zero = cutaway::zeros({}, self.dtype());
  return cpu::sum(cpu::where(cpu::eq(self, self), self, zero), dims, keepdim, dtype);
}

static Tensor prod_over(const Tensor& self, IntArrayRef dims, bool keepdim, DType wanted) {
  const DType carried = is_floating_point(wanted) ? wanted : kInt64;
  // Each factor is converted first, to a bool too: 0.5 is false as an integer, true as a bool.
  const Tensor x = self.dtype() == wanted ? self : cpu::to_copy(self, wanted);
  const Tensor factors = wanted == carried ? x : cpu::to_copy(x, carried);
  const Tensor result = dense_room_for(reduced_sizes(self, dims, keepdim), carried);
  const auto multiply = [&]<class T>(TypeTag<T>) {
    reduce<T, T>(result, factors, dims, Product<T>(),
                 [](Wide<T> total) { return static_cast<T>(total); });
  };
  if (is_floating_point(carried)) {
    visit_floating(carried, "prod", multiply);
  } else {
    multiply(TypeTag<int64_t>{});
  }
  return carried == wanted ? result : cpu::to_copy(result, wanted);
}

Tensor prod(const Tensor& self, std::optional<DType> dtype) {
  return prod_over(self, {}, false, dtype.value_or(natural_sum_dtype(self)));
}

Tensor prod_dim(const Tensor& self, int64_t dim, bool keepdim, std::optional<DType> dtype) {
  return prod_over(self, dim, keepdim, dtype.value_or(natural_sum_dtype(self)));
}

Tensor count_nonzero(const Tensor& self, IntArrayRef dims) { return count(self, dims, false); }

// any and all give uint8 for uint8, bool for everything else, as in PyTorch.
Tensor any(const Tensor& self, std::optional<IntArrayRef> dims, bool keepdim) {
  const Tensor some = cpu::to_copy(count(self, *dims, keepdim), kBool);
  return self.dtype() == kUInt8 ? cpu::to_copy(some, kUInt8) : some;
}

Tensor all(const Tensor& self, std::optional<IntArrayRef> dims, bool keepdim) {
  const Tensor everything = cutaway::full({}, reduced_count(self, *dims), kInt64);
  const Tensor every = cpu::eq(count(self, *dims, keepdim), everything);
  return self.dtype() == kUInt8 ? cpu::to_copy(every, kUInt8) : every;
}

}  // namespace cutaway::cpu
