// SPDX-License-Identifier: MIT
//
// What the pointwise kernels share: room for a result, and arithmetic that every dtype has.
//
// Integers wrap around on overflow, as in PyTorch and on every processor. C++ promises that only
// for unsigned types, so signed ones take a detour through them that costs nothing. For bool, + is
// "or" and * is "and". Half and BFloat16 become float here and are rounded where they are stored.
#pragma once

#include <type_traits>

#include "../loops.h"

namespace cutaway::cpu {

/// An uninitialised result of the broadcast shape of a and b, laid out in memory as they are.
inline Tensor result_for(DType dtype, const Tensor& a, const Tensor& b) {
  if (a.sizes() == b.sizes()) return empty_for(a.sizes(), dtype, {&a, &b});
  return empty_for(broadcast_shapes(a.sizes(), b.sizes()), dtype, {&a, &b});
}
inline Tensor result_for(DType dtype, const Tensor& a) { return empty_for(a.sizes(), dtype, {&a}); }

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
    using U = std::make_unsigned_t<T>;
    return static_cast<T>(static_cast<U>(a) * static_cast<U>(b));
  } else {
    return a * b;
  }
}

}  // namespace cutaway::cpu
