// SPDX-License-Identifier: MIT
//
// What the pointwise kernels share: room for a result, and arithmetic that every dtype has.
//
// Integers wrap around on overflow, as in PyTorch and on every processor. C++ promises that only
// for unsigned types, so signed ones take a detour through them that costs nothing. For bool, + is
// "or" and * is "and". Half and BFloat16 become float here and are rounded where they are stored.
#pragma once

#include <type_traits>

#include "../destination.h"
#include "../loops.h"

namespace cutaway::inline v0_1::cpu {

/// Room for a result: what the caller offers (destination.h), or new memory in the inputs' order.
inline Tensor result_for(DType dtype, IntArrayRef sizes,
                         std::initializer_list<const Tensor*> inputs) {
  Tensor offered = take_offer(sizes, dtype);
  return offered.defined() ? offered : empty_for(sizes, dtype, inputs);
}
/// The same for the broadcast shape of a and b.
inline Tensor result_for(DType dtype, const Tensor& a, const Tensor& b) {
  if (a.sizes() == b.sizes()) return result_for(dtype, a.sizes(), {&a, &b});
  return result_for(dtype, broadcast_shapes(a.sizes(), b.sizes()), {&a, &b});
}
inline Tensor result_for(DType dtype, const Tensor& a) {
  return result_for(dtype, a.sizes(), {&a});
}

/// What sums and products of many T are carried in.
template <class T>
using Wide = std::conditional_t<std::is_floating_point_v<T>, double, uint64_t>;

template <class T>
[[gnu::always_inline]] inline bool is_nan(T value) {
  return value != value;  // false for integers
}

template <class T>
Arithmetic<T> plus(T a, T b) {
  if constexpr (std::is_same_v<T, bool>) {
    return static_cast<bool>(a | b);
  } else if constexpr (std::is_integral_v<T>) {
    using U = std::make_unsigned_t<T>;
    return static_cast<T>(static_cast<U>(a) + static_cast<U>(b));
  } else {
    return a + b;
  }
}

template <class T>
Arithmetic<T> minus(T a, T b) {
  if constexpr (std::is_integral_v<T>) {
    using U = std::make_unsigned_t<T>;
    return static_cast<T>(static_cast<U>(a) - static_cast<U>(b));
  } else {
    return a - b;
  }
}

template <class T>
Arithmetic<T> times(T a, T b) {
  if constexpr (std::is_same_v<T, bool>) {
    return static_cast<bool>(a & b);
  } else if constexpr (std::is_integral_v<T>) {
    // At least unsigned int: two uint16_t would be multiplied as int, which can overflow.
    using U = std::common_type_t<unsigned, std::make_unsigned_t<T>>;
    return static_cast<T>(static_cast<U>(a) * static_cast<U>(b));
  } else {
    return a * b;
  }
}

}  // namespace cutaway::cpu
