// SPDX-License-Identifier: MIT
//
// Loops: functions of one tensor that take an instruction or a few. Integers wrap around, and are
// their own rounding.
//
// PyTorch counterpart: ATen/native/cpu/UnaryOpsKernel.cpp.
#include <cmath>
#include <limits>

#include "elementwise.h"
#include "kernels_unary.h"

namespace cutaway::inline v0_1::cpu {

/// out[i] = f(self[i]), for float and double.
template <class F>
static void map_floating(const char* name, const Tensor& out, const Tensor& self, const F& f) {
  visit_floating(self.dtype(), name, [&]<class T>(TypeTag<T>) { loop<T, T>(out, self, f); });
}

/// The same, and a copy of integers.
template <class F>
static void map_fraction(const char* name, const Tensor& out, const Tensor& self, const F& f) {
  visit_numeric(self.dtype(), name, [&]<class T>(TypeTag<T>) {
    if constexpr (std::is_integral_v<T>) {
      loop<T, T>(out, self, [](T x) { return x; });
    } else {
      loop<T, T>(out, self, f);
    }
  });
}

// ---- Sign and size ----

void neg_into(const Tensor& out, const Tensor& self) {
  visit_numeric(self.dtype(), "neg_cpu", [&]<class T>(TypeTag<T>) {
    if constexpr (std::is_floating_point_v<T>) {
      loop<T, T>(out, self, [](T x) { return -x; });  // 0 - x would turn 0 into 0, not -0
    } else {
      loop<T, T>(out, self, [](T x) { return minus(T(0), x); });
    }
  });
}

void abs_into(const Tensor& out, const Tensor& self) {
  visit_numeric(self.dtype(), "abs_cpu", [&]<class T>(TypeTag<T>) {
    if constexpr (std::is_floating_point_v<T>) {
      loop<T, T>(out, self, [](T x) { return std::abs(x); });
    } else {
      loop<T, T>(out, self, [](T x) { return x < T(0) ? minus(T(0), x) : x; });
    }
  });
}

void sign_into(const Tensor& out, const Tensor& self) {
  visit_wide(self.dtype(), "sign_cpu", [&]<class T>(TypeTag<T>) {
    loop<T, T>(out, self, [](T x) { return static_cast<T>((T(0) < x) - (x < T(0))); });
  });
}

void signbit_into(const Tensor& out, const Tensor& self) {
  visit_wide(self.dtype(), "signbit_cpu", [&]<class T>(TypeTag<T>) {
    if constexpr (std::is_floating_point_v<T>) {
      loop<bool, T>(out, self, [](T x) { return std::signbit(x); });  // -0 too
    } else {
      loop<bool, T>(out, self, [](T x) { return x < T(0); });
    }
  });
}

// ---- Roots and quotients ----

void reciprocal_into(const Tensor& out, const Tensor& self) {
  map_floating("reciprocal_cpu", out, self, [](auto x) { return 1 / x; });
}
void sqrt_into(const Tensor& out, const Tensor& self) {
  map_floating("sqrt_cpu", out, self, [](auto x) { return std::sqrt(x); });
}
void rsqrt_into(const Tensor& out, const Tensor& self) {
  map_floating("rsqrt_cpu", out, self, [](auto x) { return 1 / std::sqrt(x); });
}
void deg2rad_into(const Tensor& out, const Tensor& self) {
  map_floating("deg2rad_cpu", out, self, []<class T>(T x) { return x * T(0.017453292519943295); });
}
void rad2deg_into(const Tensor& out, const Tensor& self) {
  map_floating("rad2deg_cpu", out, self, []<class T>(T x) { return x * T(57.295779513082323); });
}

// ---- Rounding ----

void ceil_into(const Tensor& out, const Tensor& self) {
  map_fraction("ceil_vml_cpu", out, self, [](auto x) { return std::ceil(x); });
}
void floor_into(const Tensor& out, const Tensor& self) {
  map_fraction("floor_vml_cpu", out, self, [](auto x) { return std::floor(x); });
}
void trunc_into(const Tensor& out, const Tensor& self) {
  map_fraction("trunc_vml_cpu", out, self, [](auto x) { return std::trunc(x); });
}
// A half goes to the even neighbour: 0.5 to 0, 1.5 to 2.
void round_into(const Tensor& out, const Tensor& self) {
  map_fraction("round_vml_cpu", out, self, [](auto x) { return std::nearbyint(x); });
}
void round_decimals_into(const Tensor& out, const Tensor& self, int64_t decimals) {
  const double power = std::pow(10.0, static_cast<double>(std::abs(decimals)));
  map_floating(decimals == 0 ? "round_vml_cpu" : "round_cpu", out, self,
               [power, cuts = decimals < 0]<class T>(T x) {
                 const T scale = static_cast<T>(power);
                 return cuts ? std::nearbyint(x / scale) * scale
                             : std::nearbyint(x * scale) / scale;
               });
}
void frac_into(const Tensor& out, const Tensor& self) {
  map_floating("frac_cpu", out, self, [](auto x) { return x - std::trunc(x); });
}

// ---- Replacing what is no number ----

void nan_to_num_into(const Tensor& out, const Tensor& self, std::optional<double> nan,
                     std::optional<double> posinf, std::optional<double> neginf) {
  visit_wide(self.dtype(), "nan_to_num", [&]<class T>(TypeTag<T>) {
    if constexpr (std::is_floating_point_v<T>) {
      const T for_nan = static_cast<T>(nan.value_or(0));
      const T high = posinf ? static_cast<T>(*posinf) : std::numeric_limits<T>::max();
      const T low = neginf ? static_cast<T>(*neginf) : std::numeric_limits<T>::lowest();
      constexpr T infinity = std::numeric_limits<T>::infinity();
      loop<T, T>(out, self, [=](T x) {
        return x != x ? for_nan : x == infinity ? high : x == -infinity ? low : x;
      });
    } else {
      loop<T, T>(out, self, [](T x) { return x; });
    }
  });
}

}  // namespace cutaway::cpu
