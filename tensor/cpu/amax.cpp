// SPDX-License-Identifier: MIT
//
// Kernels of amax, amin, aminmax, max and min: extreme values, without their place. NaN wins over
// any number.
#include <limits>

#include "../destination.h"
#include "../factories.h"
#include "kernels.h"
#include "reduction.h"
#include "wide_integer.h"

namespace cutaway::inline v0_1::cpu {
namespace {

/// Keeps what every type has: the end of the range from which any element wins.
template <class T>
constexpr T lowest() {
  return std::is_floating_point_v<T> ? -std::numeric_limits<T>::infinity()
                                     : std::numeric_limits<T>::min();
}
template <class T>
constexpr T highest() {
  return std::is_floating_point_v<T> ? std::numeric_limits<T>::infinity()
                                     : std::numeric_limits<T>::max();
}

template <class T>
struct Largest : ForAllColumns {
  using Accumulator = T;
  static T identity() { return lowest<T>(); }
  [[gnu::always_inline]] T lift(T x, int64_t) const { return x; }
  [[gnu::always_inline]] static T merge(T a, T b) {
    const T larger = a > b ? a : b;  // b where either is NaN
    return a != a ? a : larger;
  }
};

template <class T>
struct Smallest : ForAllColumns {
  using Accumulator = T;
  static T identity() { return highest<T>(); }
  [[gnu::always_inline]] T lift(T x, int64_t) const { return x; }
  [[gnu::always_inline]] static T merge(T a, T b) {
    const T smaller = a < b ? a : b;
    return a != a ? a : smaller;
  }
};

template <template <class> class Extreme>
Tensor extreme(const Tensor& self, IntArrayRef dims, bool keepdim) {
  const Tensor x = widened(self);
  const Tensor result = dense_room_for(reduced_sizes(self, dims, keepdim), x.dtype());
  visit_widened(x.dtype(), [&]<class T>(TypeTag<T>) {
    reduce<T, T>(result, x, dims, Extreme<T>(), [](T value) { return value; });
  });
  return x.dtype() == self.dtype() ? result : cpu::to_copy(result, self.dtype());
}

}  // namespace

Tensor amax(const Tensor& self, IntArrayRef dims, bool keepdim) {
  return extreme<Largest>(self, dims, keepdim);
}
Tensor amin(const Tensor& self, IntArrayRef dims, bool keepdim) {
  return extreme<Smallest>(self, dims, keepdim);
}
Tensor max(const Tensor& self) { return extreme<Largest>(self, {}, false); }
Tensor min(const Tensor& self) { return extreme<Smallest>(self, {}, false); }

std::tuple<Tensor, Tensor> aminmax(const Tensor& self, std::optional<int64_t> dim, bool keepdim) {
  const DimVector dims = dim ? DimVector{*dim} : DimVector();
  return {cpu::amin(self, dims, keepdim), cpu::amax(self, dims, keepdim)};
}

}  // namespace cutaway::cpu
