// SPDX-License-Identifier: MIT
//
// Loops: division with a whole quotient, and what it leaves.
//
//                       rounding        7, 3     -7, 3     7, -3    -7, -3
//     div_trunc         towards 0        2        -2        -2         2
//     fmod              a - b * trunc    1        -1         1        -1     sign of a
//     div_floor         downwards        2        -3        -3         2
//     remainder         a - b * floor    1         2        -2        -1     sign of b
//
// Integers divided by zero throw "ZeroDivisionError"; the smallest by -1 wraps around to itself.
//
// PyTorch counterpart: ATen/native/cpu/BinaryOpsKernel.cpp, c10::div_floor_floating.
#include <atomic>
#include <cmath>

#include "../check.h"
#include "elementwise.h"
#include "kernels_binary.h"
#include "vector_map.h"
#include "vector_math.h"

namespace cutaway::inline v0_1::cpu {
namespace {

/// out[i] = whole(a[i], b[i]) for integers, real(a[i], b[i], fmod) for floating point, where fmod
/// is vector code if that serves. Threads cannot throw, so a divisor of zero is noted, and divides
/// as one would.
template <class Whole, class Real>
void divide(const char* name, const Tensor& out, const Tensor& self, const Tensor& other,
            const Whole& whole, const Real& real) {
  visit_numeric(self.dtype(), name, [&]<class T>(TypeTag<T>) {
    if constexpr (std::is_integral_v<T>) {
      std::atomic<bool> zero = false;
      call_loop<T, T, T>(
          [&](T a, T b) {
            if (b == 0) zero.store(true, std::memory_order_relaxed);
            // Whatever b = -1 divides is whole, and -a may overflow: through 1 it cannot.
            const bool negates = std::is_signed_v<T> && b == static_cast<T>(-1);
            if (b == 0 || negates) return whole(negates ? minus(T(0), a) : a, T(1));
            return whole(a, b);
          },
          out, self, other);
      check(!zero, "ZeroDivisionError");
    } else {
      map_vector_within<has_small_quotient>(
          name,
          [&real](float a, float b) {
            return real(a, b, [](float x, float y) { return vector_fmod(x, y); });
          },
          [&real](auto a, auto b) {
            return real(a, b, [](auto x, auto y) { return std::fmod(x, y); });
          },
          out, self, other);
    }
  });
}

/// Whether a nonzero remainder has another sign than the divisor.
template <class T>
[[gnu::always_inline]] inline bool signs_differ(T rest, T divisor) {
  return (rest != 0) & ((rest < 0) != (divisor < 0));  // no branch: it would be taken at random
}

/// The largest whole number not above a / b. What fmod leaves is taken away before dividing, so
/// that the quotient is whole but for its rounding.
template <class T, class Fmod>
[[gnu::always_inline]] inline T floor_quotient(T a, T b, const Fmod& fmod) {
  const T ratio = a / b;
  const T rest = fmod(a, b);
  const T quotient = (a - rest) / b - (signs_differ(rest, b) ? T(1) : T(0));
  const T below = std::floor(quotient);
  const T whole = quotient - below > T(0.5) ? below + 1 : below;
  return b == 0 ? ratio : quotient == 0 ? std::copysign(T(0), ratio) : whole;
}

}  // namespace

static void div_trunc_into(const Tensor& out, const Tensor& self, const Tensor& other) {
  divide(
      "div_trunc_cpu", out, self, other, []<class T>(T a, T b) { return static_cast<T>(a / b); },
      [](auto a, auto b, const auto&) { return std::trunc(a / b); });
}

void div_floor_into(const Tensor& out, const Tensor& self, const Tensor& other) {
  divide(
      "div_floor_cpu", out, self, other,
      []<class T>(T a, T b) {
        return static_cast<T>(a / b - signs_differ(static_cast<T>(a % b), b));
      },
      [](auto a, auto b, const auto& fmod) { return floor_quotient(a, b, fmod); });
}

void div_mode_into(const Tensor& out, const Tensor& self, const Tensor& other,
                   std::optional<std::string_view> rounding_mode) {
  (rounding_mode == "trunc" ? div_trunc_into : div_floor_into)(out, self, other);
}

void fmod_into(const Tensor& out, const Tensor& self, const Tensor& other) {
  divide(
      "fmod_cpu", out, self, other, []<class T>(T a, T b) { return static_cast<T>(a % b); },
      [](auto a, auto b, const auto& fmod) { return fmod(a, b); });
}

void remainder_into(const Tensor& out, const Tensor& self, const Tensor& other) {
  divide(
      "remainder_cpu", out, self, other,
      []<class T>(T a, T b) {
        const T rest = static_cast<T>(a % b);
        return signs_differ(rest, b) ? static_cast<T>(rest + b) : rest;
      },
      [](auto a, auto b, const auto& fmod) {
        const auto rest = fmod(a, b);
        return signs_differ(rest, b) ? rest + b : rest;
      });
}

}  // namespace cutaway::cpu
