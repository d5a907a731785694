// SPDX-License-Identifier: MIT
//
// Kernels: powers. Integers by repeated squaring, wrapping on overflow; floating point by
// vector_pow, except for the exponents that a few multiplications serve (PyTorch's list of them, so
// that the results agree to the last bit).
//
// PyTorch counterpart: ATen/native/cpu/PowKernel.cpp, ATen/native/Pow.h.
#include <cmath>

#include "elementwise.h"
#include "kernels.h"
#include "vector_map.h"
#include "vector_math.h"

namespace cutaway::inline v0_1::cpu {

/// A power takes tens of nanoseconds, so few of them are worth a thread.
static constexpr int64_t kPowerGrain = kLoopGrain / 16;

/// base ^ exponent for integers. A negative exponent gives 1 / base ^ -exponent cut to an integer:
/// 0 unless base is 1 or -1 (0 to a negative power is 0, as in PyTorch).
template <class T>
static T integer_power(T base, T exponent) {
  if constexpr (std::is_signed_v<T>) {
    if (exponent < 0) {
      if (base == T(1)) return T(1);
      if (base == T(-1)) return exponent % 2 == 0 ? T(1) : T(-1);
      return T(0);
    }
  }
  T result = T(1);
  for (T rest = exponent; rest != 0; rest = static_cast<T>(rest / 2)) {
    if (rest % 2 != 0) result = times(result, base);
    base = times(base, base);  // base ^ 1, 2, 4, 8, ...
  }
  return result;
}

Tensor pow(const Tensor& self, const Tensor& exponent) {
  Tensor out = result_for(self.dtype(), self, exponent);
  visit_numeric(out.dtype(), "pow", [&]<class T>(TypeTag<T>) {
    if constexpr (std::is_integral_v<T>) {
      loop<T, T, T>(
          out, self, exponent, [](T x, T e) { return integer_power(x, e); }, kPowerGrain);
    } else {
      map_vector("pow", out, self, exponent, [](auto x, auto e) { return vector_pow(x, e); });
    }
  });
  return out;
}

template <class T>
static void integer_powers(const Tensor& out, const Tensor& self, T e) {
  if (e == 2) return loop<T, T>(out, self, [](T x) { return times(x, x); });
  if (e == 3) return loop<T, T>(out, self, [](T x) { return times(times(x, x), x); });
  loop<T, T>(
      out, self, [e](T x) { return integer_power(x, e); }, kPowerGrain);
}

static void any_power(const Tensor& out, const Tensor& self, double e) {
  if (self.dtype() == kFloat64) {
    return call_loop<double, double>([e](double x) { return std::pow(x, e); }, out, self);
  }
  const float exponent =
      static_cast<float>(e);  // PyTorch keeps it double for the last, odd elements
  map_vector("pow", out, self, [exponent](auto x) { return vector_pow(x, decltype(x)(exponent)); });
}

template <class T>
static void floating_powers(const Tensor& out, const Tensor& self, double e) {
  if (e == 0.5) return loop<T, T>(out, self, [](T x) { return std::sqrt(x); });
  if (e == 2) return loop<T, T>(out, self, [](T x) { return x * x; });
  if (e == 3) return loop<T, T>(out, self, [](T x) { return x * x * x; });
  if (e == -0.5) return loop<T, T>(out, self, [](T x) { return 1 / std::sqrt(x); });
  if (e == -1) return loop<T, T>(out, self, [](T x) { return 1 / x; });
  if (e == -2) return loop<T, T>(out, self, [](T x) { return 1 / (x * x); });
  any_power(out, self, e);
}

Tensor pow_scalar(const Tensor& self, const Scalar& exponent) {
  Tensor out = result_for(self.dtype(), self);
  // The two powers that every dtype has, bool too.
  if (exponent.equals(0)) return cpu::fill_(out, 1);
  if (exponent.equals(1)) return cpu::copy_(out, self);

  visit_numeric(out.dtype(), "pow", [&]<class T>(TypeTag<T>) {
    if constexpr (std::is_integral_v<T>) {
      integer_powers<T>(out, self, exponent.to<T>());
    } else {
      floating_powers<T>(out, self, exponent.to<double>());
    }
  });
  return out;
}

}  // namespace cutaway::cpu
