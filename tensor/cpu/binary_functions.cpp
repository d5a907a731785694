// SPDX-License-Identifier: MIT
//
// Loops: functions of two real numbers; interpolation, and sums with a product or a quotient.
//
// PyTorch counterpart: ATen/native/cpu/BinaryOpsKernel.cpp, LerpKernel.cpp, PointwiseOpsKernel.cpp.
#include <algorithm>
#include <cmath>
#include <limits>
#include <type_traits>

#include "../ops_pointwise.h"
#include "elementwise.h"
#include "kernels_binary.h"
#include "kernels_pointwise.h"
#include "vector_map.h"
#include "vector_math.h"
#include "vector_trigonometry.h"

namespace cutaway::inline v0_1::cpu {
namespace {

/// The neighbour of a on the way to b.
template <class T>
T next_after(T a, T b) {
  if constexpr (std::is_floating_point_v<T>) {
    return std::nextafter(a, b);
  } else {  // 16 bits: apart from the sign they count upwards, from 0 to infinity
    const float x = a, y = b;
    if (std::isnan(x) || std::isnan(y)) return std::numeric_limits<T>::quiet_NaN();
    if (x == y) return b;
    if (x == 0) return T::from_bits(y < 0 ? 0x8001 : 0x0001);
    const bool away_from_zero = (x < y) == (x > 0);
    return T::from_bits(static_cast<uint16_t>(away_from_zero ? a.bits + 1 : a.bits - 1));
  }
}

/// From the nearer end, so that the result is exact at both.
template <class T>
T interpolate(T a, T b, T weight) {
  return std::abs(weight) < T(0.5) ? a + weight * (b - a) : b - (b - a) * (1 - weight);
}

}  // namespace

void atan2_into(const Tensor& out, const Tensor& self, const Tensor& other) {
  map_vector("atan2_cpu", out, self, other, [](auto a, auto b) { return vector_atan2(a, b); });
}
void hypot_into(const Tensor& out, const Tensor& self, const Tensor& other) {
  map_vector("hypot_cpu", out, self, other, [](auto a, auto b) { return vector_hypot(a, b); });
}
void copysign_into(const Tensor& out, const Tensor& self, const Tensor& other) {
  map_vector("copysign_cpu", out, self, other, [](auto a, auto b) { return std::copysign(a, b); });
}
Tensor nextafter(const Tensor& self, const Tensor& other) {
  const Tensor out = result_for(self.dtype(), self, other);
  visit_real(self.dtype(), "nextafter_cpu", [&]<class T>(TypeTag<T>) {
    loop<T, T, T>(out, self, other, [](T a, T b) { return next_after(a, b); });
  });
  return out;
}
// x 2^n. Where n is an integer the result has x's dtype and is rounded to it once; beyond +-3000 no
// n makes a difference. Elsewhere it is a product like any other, in the dtype of a product: the
// power that a 0-d n gives has x's.
Tensor ldexp(const Tensor& self, const Tensor& other) {
  if (!self.is_floating_point() || other.is_floating_point()) {
    const bool default_power = !self.is_floating_point() || self.dtype() == get_default_dtype();
    const Tensor two = full({}, 2, self.dtype());
    return cutaway::mul(self, default_power ? cutaway::pow(2.0, other) : cutaway::pow(two, other));
  }
  // Where the shape is self's, so is the layout, whatever other's.
  const bool has_shape = broadcast_shapes(self.sizes(), other.sizes()) == self.sizes();
  const Tensor out =
      has_shape ? result_for(self.dtype(), self) : result_for(self.dtype(), self, other);
  if (out.numel() == 0) return out;
  visit_real(self.dtype(), "ldexp_cpu", [&]<class T>(TypeTag<T>) {
    visit_numeric(other.dtype(), "ldexp_cpu_exp", [&]<class N>(TypeTag<N>) {
      const auto shifted = [](T x, N n) {
        const int64_t power = std::clamp<int64_t>(static_cast<int64_t>(n), -3000, 3000);
        return static_cast<T>(std::ldexp(static_cast<double>(x), static_cast<int>(power)));
      };
      call_loop<T, T, N>(shifted, out, self, other);
    });
  });
  return out;
}
void logaddexp_into(const Tensor& out, const Tensor& self, const Tensor& other) {
  map_vector("logaddexp_cpu", out, self, other,
             [](auto a, auto b) { return vector_logaddexp(a, b); });
}
void logaddexp2_into(const Tensor& out, const Tensor& self, const Tensor& other) {
  map_vector("logaddexp2_cpu", out, self, other,
             [](auto a, auto b) { return vector_logaddexp2(a, b); });
}
void xlogy_into(const Tensor& out, const Tensor& self, const Tensor& other) {
  map_vector("xlogy_cpu", out, self, other, []<class T>(T a, T b) {
    const T product = a == 0 ? T(0) : a * vector_log(b);
    return b == b ? product : b;
  });
}
void heaviside_into(const Tensor& out, const Tensor& self, const Tensor& other) {
  visit_wide(self.dtype(), "heaviside_cpu", [&]<class T>(TypeTag<T>) {
    call_loop<T, T, T>([](T a, T b) { return a == T(0) ? b : static_cast<T>(a > T(0)); }, out, self,
                       other);
  });
}

void lerp_into(const Tensor& out, const Tensor& self, const Tensor& end, const Tensor& weight) {
  visit_floating(self.dtype(), "lerp_kernel_tensor", [&]<class T>(TypeTag<T>) {
    loop<T, T, T, T>(out, self, end, weight, [](T a, T b, T w) { return interpolate(a, b, w); });
  });
}
void lerp_scalar_into(const Tensor& out, const Tensor& self, const Tensor& end,
                      const Scalar& weight) {
  visit_floating(self.dtype(), "lerp_kernel_scalar", [&]<class T>(TypeTag<T>) {
    loop<T, T, T>(out, self, end, [w = weight.to<T>()](T a, T b) { return interpolate(a, b, w); });
  });
}

void addcmul_into(const Tensor& out, const Tensor& self, const Tensor& tensor1,
                  const Tensor& tensor2, const Scalar& value) {
  visit_numeric(self.dtype(), "addcmul_cpu_out", [&]<class T>(TypeTag<T>) {
    loop<T, T, T, T>(out, self, tensor1, tensor2, [factor = value.to<T>()](T x, T a, T b) {
      return plus(x, times(times(factor, a), b));
    });
  });
}
void addcdiv_into(const Tensor& out, const Tensor& self, const Tensor& tensor1,
                  const Tensor& tensor2, const Scalar& value) {
  visit_floating(self.dtype(), "addcdiv_cpu_out", [&]<class T>(TypeTag<T>) {
    loop<T, T, T, T>(out, self, tensor1, tensor2,
                     [factor = value.to<T>()](T x, T a, T b) { return x + factor * a / b; });
  });
}

}  // namespace cutaway::cpu
