// SPDX-License-Identifier: MIT
//
// Loops: functions of integers. Bitwise ones take bool too, as a single bit.
//
// PyTorch counterpart: ATen/native/cpu/BinaryOpsKernel.cpp (bitwise_and_kernel, lshift_kernel,
// ...).
#include <cstdlib>

#include "../check.h"
#include "elementwise.h"
#include "kernels_binary.h"

namespace cutaway::inline v0_1::cpu {
namespace {

/// As visit_dtype, for integers. Others throw "gcd_cpu" not implemented for 'Float'.
template <class F>
void visit_integer(DType dtype, const char* name, const F& f) {
  check_implemented(is_integral(dtype, false), "\"", name, "\" not implemented for '", dtype, "'");
  visit_numeric(dtype, name, [&]<class T>(TypeTag<T> tag) {
    if constexpr (std::is_integral_v<T>) f(tag);
  });
}

/// out[i] = f(self[i], other[i]), for integers and bool.
template <class F>
void map_bits(const char* name, const Tensor& out, const Tensor& self, const Tensor& other,
              const F& f) {
  const auto run = [&]<class T>(TypeTag<T>) { loop<T, T, T>(out, self, other, f); };
  if (self.dtype() == kBool) return run(TypeTag<bool>());
  visit_integer(self.dtype(), name, run);
}

/// out[i] = f(self[i], other[i]), for integers.
template <class F>
void map_integers(const char* name, const Tensor& out, const Tensor& self, const Tensor& other,
                  const F& f) {
  visit_integer(self.dtype(), name,
                [&]<class T>(TypeTag<T>) { call_loop<T, T, T>(f, out, self, other); });
}

/// Whether C++ defines a shift by `count`.
template <class T>
bool shifts_within(T count) {
  return count >= 0 && count < static_cast<T>(sizeof(T) * 8);
}

template <class T>
T greatest_common_divisor(T a, T b) {
  while (a != 0) {
    const T rest = static_cast<T>(b % a);
    b = a;
    a = rest;
  }
  return b;
}

/// |x|; the smallest integer is its own.
template <class T>
T size_of_integer(T x) {
  return x < 0 ? minus(T(0), x) : x;
}

}  // namespace

void bitwise_and_into(const Tensor& out, const Tensor& self, const Tensor& other) {
  map_bits("bitwise_and_cpu", out, self, other,
           []<class T>(T a, T b) { return static_cast<T>(a & b); });
}
void bitwise_or_into(const Tensor& out, const Tensor& self, const Tensor& other) {
  map_bits("bitwise_or_cpu", out, self, other,
           []<class T>(T a, T b) { return static_cast<T>(a | b); });
}
void bitwise_xor_into(const Tensor& out, const Tensor& self, const Tensor& other) {
  map_bits("bitwise_xor_cpu", out, self, other,
           []<class T>(T a, T b) { return static_cast<T>(a ^ b); });
}
void bitwise_not_into(const Tensor& out, const Tensor& self) {
  if (self.dtype() == kBool) return loop<bool, bool>(out, self, [](bool x) { return !x; });
  visit_integer(self.dtype(), "bitwise_not_cpu", [&]<class T>(TypeTag<T>) {
    loop<T, T>(out, self, [](T x) { return static_cast<T>(~x); });
  });
}

// Shifting all bits out leaves 0; of a negative number, to the right, its sign: -1.
void left_shift_into(const Tensor& out, const Tensor& self, const Tensor& other) {
  map_integers("lshift_cpu", out, self, other, []<class T>(T a, T count) {
    using U = std::make_unsigned_t<T>;
    return shifts_within(count) ? static_cast<T>(static_cast<U>(a) << count) : T(0);
  });
}
void right_shift_into(const Tensor& out, const Tensor& self, const Tensor& other) {
  map_integers("rshift_cpu", out, self, other, []<class T>(T a, T count) {
    return static_cast<T>(shifts_within(count) ? a >> count : a < 0 ? -1 : 0);
  });
}

// Euclid's algorithm.
void gcd_into(const Tensor& out, const Tensor& self, const Tensor& other) {
  map_integers("gcd_cpu", out, self, other, []<class T>(T a, T b) {
    return greatest_common_divisor(size_of_integer(a), size_of_integer(b));
  });
}
void lcm_into(const Tensor& out, const Tensor& self, const Tensor& other) {
  map_integers("lcm_cpu", out, self, other, []<class T>(T a, T b) {
    const T divisor = greatest_common_divisor(size_of_integer(a), size_of_integer(b));
    if (divisor == 0) return T(0);
    if constexpr (sizeof(T) <
                  sizeof(int)) {  // as in PyTorch the product, an int, wraps last of all
      return static_cast<T>(std::abs(a / divisor * b));
    } else {
      return size_of_integer(times(static_cast<T>(a / divisor), b));
    }
  });
}

}  // namespace cutaway::cpu
