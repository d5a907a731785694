// SPDX-License-Identifier: MIT
#include "vector_loops.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "capability_call.h"

namespace cutaway::inline v0_1::cpu {
namespace {

// Sums are kept in two vectors, so that one addition need not wait for the one before.
template <class T>
[[gnu::always_inline]] inline T dot_loop(int64_t n, const T* x, const T* y) {
  using Vectors = Simd<T, 64>;
  constexpr int64_t lanes = static_cast<int64_t>(Vectors::kLanes);
  typename Vectors::Vector even = {}, odd = {};
  int64_t i = 0;
  for (; i + 2 * lanes <= n; i += 2 * lanes) {
    even += *reinterpret_cast<const typename Vectors::InMemory*>(x + i) *
            *reinterpret_cast<const typename Vectors::InMemory*>(y + i);
    odd += *reinterpret_cast<const typename Vectors::InMemory*>(x + i + lanes) *
           *reinterpret_cast<const typename Vectors::InMemory*>(y + i + lanes);
  }
  even += odd;
  T sums[Vectors::kLanes];
  *reinterpret_cast<typename Vectors::InMemory*>(sums) = even;
  T sum = 0;
  for (int64_t lane = 0; lane < lanes; ++lane) sum += sums[lane];
  for (; i < n; ++i) sum += x[i] * y[i];
  return sum;
}

template <class T>
[[gnu::always_inline]] inline void add_scaled_loop(int64_t n, T a, const T* x, T* y) {
#ifndef __clang__
#pragma GCC ivdep  // x and y are apart
#endif
  for (int64_t i = 0; i < n; ++i) y[i] += a * x[i];
}

template <class T>
[[gnu::always_inline]] inline void add_two_scaled_loop(int64_t n, T a, const T* x, T b, const T* z,
                                                       T* y) {
#ifndef __clang__
#pragma GCC ivdep
#endif
  for (int64_t i = 0; i < n; ++i) y[i] += a * x[i] + b * z[i];
}

template <class T>
[[gnu::always_inline]] inline T add_scaled_and_dot_loop(int64_t n, T a, const T* x, T* y,
                                                        const T* z) {
  using Vectors = Simd<T, 64>;
  constexpr int64_t lanes = static_cast<int64_t>(Vectors::kLanes);
  typename Vectors::Vector total = {};
  int64_t i = 0;
  for (; i + lanes <= n; i += lanes) {
    const typename Vectors::Vector here =
        *reinterpret_cast<const typename Vectors::InMemory*>(x + i);
    *reinterpret_cast<typename Vectors::InMemory*>(y + i) += a * here;
    total += here * *reinterpret_cast<const typename Vectors::InMemory*>(z + i);
  }
  T sums[Vectors::kLanes];
  *reinterpret_cast<typename Vectors::InMemory*>(sums) = total;
  T sum = 0;
  for (int64_t lane = 0; lane < lanes; ++lane) sum += sums[lane];
  for (; i < n; ++i) {
    y[i] += a * x[i];
    sum += x[i] * z[i];
  }
  return sum;
}

}  // namespace

template <class T>
T dot_product(int64_t n, const T* x, const T* y) {
  return call_for_capability<dot_loop<T>>(n, x, y);
}

template <class T>
void add_scaled(int64_t n, T a, const T* x, T* y) {
  call_for_capability<add_scaled_loop<T>>(n, a, x, y);
}

template <class T>
void add_two_scaled(int64_t n, T a, const T* x, T b, const T* z, T* y) {
  call_for_capability<add_two_scaled_loop<T>>(n, a, x, b, z, y);
}

template <class T>
T add_scaled_and_dot(int64_t n, T a, const T* x, T* y, const T* z) {
  return call_for_capability<add_scaled_and_dot_loop<T>>(n, a, x, y, z);
}

template <class T>
void scale(int64_t n, T a, T* x) {
  for (int64_t i = 0; i < n; ++i) x[i] *= a;
}

template <class T>
T euclidean_norm(int64_t n, const T* x) {
  const T sum = dot_product(n, x, x);
  constexpr T kSmall = std::numeric_limits<T>::min() / std::numeric_limits<T>::epsilon();
  if (sum > kSmall && sum < std::numeric_limits<T>::max()) return std::sqrt(sum);
  // The squares left the range of T (or x is zero, or holds NaN): divide by the largest first.
  T largest = 0;
  for (int64_t i = 0; i < n; ++i) {
    if (std::isnan(x[i])) return x[i];
    largest = std::max(largest, std::abs(x[i]));
  }
  if (largest == T(0) || std::isinf(largest)) return largest;
  T scaled = 0;
  for (int64_t i = 0; i < n; ++i) scaled += (x[i] / largest) * (x[i] / largest);
  return largest * std::sqrt(scaled);
}

template float dot_product(int64_t, const float*, const float*);
template void add_scaled(int64_t, float, const float*, float*);
template void add_two_scaled(int64_t, float, const float*, float, const float*, float*);
template float add_scaled_and_dot(int64_t, float, const float*, float*, const float*);
template void scale(int64_t, float, float*);
template float euclidean_norm(int64_t, const float*);
template double dot_product(int64_t, const double*, const double*);
template void add_scaled(int64_t, double, const double*, double*);
template void add_two_scaled(int64_t, double, const double*, double, const double*, double*);
template double add_scaled_and_dot(int64_t, double, const double*, double*, const double*);
template void scale(int64_t, double, double*);
template double euclidean_norm(int64_t, const double*);

}  // namespace cutaway::cpu
