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

namespace cutaway::inline v0_1::cpu {
namespace {

/// out[i] = whole(a[i], b[i]) for integers, real(a[i], b[i]) for floating point. Threads cannot
/// throw, so a divisor of zero is noted, and divides as one would.
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
      call_loop<T, T, T>(real, out, self, other);
    }
  });
}

/// Whether a nonzero remainder has another sign than the divisor.
template <class T>
bool signs_differ(T rest, T divisor) {
  return rest != 0 && (rest < 0) != (divisor < 0);
}

/// The largest whole number not above a / b. What fmod leaves is taken away before dividing, so
/// that the quotient is whole but for its rounding.
template <class T>
T floor_quotient(T a, T b) {
  if (b == 0) return a / b;
  const T rest = std::fmod(a, b);
  T quotient = (a - rest) / b;
  if (signs_differ(rest, b)) quotient -= 1;
  if (quotient == 0) return std::copysign(T(0), a / b);
  const T below = std::floor(quotient);
  return quotient - below > T(0.5) ? below + 1 : below;
}

}  // namespace

static void div_trunc_into(const Tensor& out, const Tensor& self, const Tensor& other) {
  divide(
      "div_trunc_cpu", out, self, other, []<class T>(T a, T b) { return static_cast<T>(a / b); },
      [](auto a, auto b) { return std::trunc(a / b); });
}

void div_floor_into(const Tensor& out, const Tensor& self, const Tensor& other) {
  divide(
      "div_floor_cpu", out, self, other,
      []<class T>(T a, T b) {
        return static_cast<T>(a / b - signs_differ(static_cast<T>(a % b), b));
      },
      [](auto a, auto b) { return floor_quotient(a, b); });
}

void div_mode_into(const Tensor& out, const Tensor& self, const Tensor& other,
                   std::optional<std::string_view> rounding_mode) {
  (rounding_mode == "trunc" ? div_trunc_into : div_floor_into)(out, self, other);
}

void fmod_into(const Tensor& out, const Tensor& self, const Tensor& other) {
  divide(
      "fmod_cpu", out, self, other, []<class T>(T a, T b) { return static_cast<T>(a % b); },
      [](auto a, auto b) { return std::fmod(a, b); });
}

void remainder_into(const Tensor& out, const Tensor& self, const Tensor& other) {
  divide(
      "remainder_cpu", out, self, other,
      []<class T>(T a, T b) {
        const T rest = static_cast<T>(a % b);
        return signs_differ(rest, b) ? static_cast<T>(rest + b) : rest;
      },
      [](auto a, auto b) {
        const auto rest = std::fmod(a, b);
        return signs_differ(rest, b) ? rest + b : rest;
      });
}

}  // namespace cutaway::cpu
