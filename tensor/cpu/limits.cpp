// SPDX-License-Identifier: MIT
//
// Loops: the smaller and the larger of two, and numbers kept between limits. In minimum, maximum
// and clamp NaN wins; fmin and fmax pass over it.
//
// PyTorch counterpart: ATen/native/cpu/BinaryOpsKernel.cpp, TensorCompareKernel.cpp.
#include <limits>

#include "into.h"
#include "kernels_activation.h"
#include "kernels_binary.h"

namespace cutaway::inline v0_1::cpu {

/// out[i] = f(self[i], other[i]), for every dtype.
template <class F>
static void map_pairs(const char* name, const Tensor& out, const Tensor& self, const Tensor& other,
                      const F& f) {
  visit_wide(self.dtype(), name, [&]<class T>(TypeTag<T>) { loop<T, T, T>(out, self, other, f); });
}

// NaN is not below anything: in each line a comparison with it chooses b.
void minimum_into(const Tensor& out, const Tensor& self, const Tensor& other) {
  map_pairs("minimum_cpu", out, self, other,
            [](auto a, auto b) { return a < b || a != a ? a : b; });
}
void maximum_into(const Tensor& out, const Tensor& self, const Tensor& other) {
  map_pairs("maximum_cpu", out, self, other,
            [](auto a, auto b) { return a > b || a != a ? a : b; });
}
void fmin_into(const Tensor& out, const Tensor& self, const Tensor& other) {
  map_pairs("fmin_cpu", out, self, other, [](auto a, auto b) { return a < b || b != b ? a : b; });
}
void fmax_into(const Tensor& out, const Tensor& self, const Tensor& other) {
  map_pairs("fmax_cpu", out, self, other, [](auto a, auto b) { return a > b || b != b ? a : b; });
}

void clamp_into(const Tensor& out, const Tensor& self, const std::optional<Scalar>& min,
                const std::optional<Scalar>& max) {
  const char* name = !max   ? "clamp_min_scalar_cpu"
                     : !min ? "clamp_max_scalar_cpu"
                            : "clamp_scalar_cpu";
  visit_numeric(self.dtype(), name, [&]<class T>(TypeTag<T>) {
    using Limits = std::numeric_limits<T>;
    // Without a limit, the last number there is: infinity for floating point.
    const T low = min                    ? min->to<T>()
                  : Limits::has_infinity ? -Limits::infinity()
                                         : Limits::lowest();
    const T high = max ? max->to<T>() : Limits::has_infinity ? Limits::infinity() : Limits::max();
    if (low != low || high != high)
      return loop<T, T>(out, self, [](T) { return Limits::quiet_NaN(); });
    loop<T, T>(out, self, [low, high](T x) {
      const T raised = x < low ? low : x;
      return raised > high ? high : raised;
    });
  });
}

void clamp_min_into(const Tensor& out, const Tensor& self, const Scalar& min) {
  clamp_into(out, self, min, std::nullopt);
}
void clamp_max_into(const Tensor& out, const Tensor& self, const Scalar& max) {
  clamp_into(out, self, std::nullopt, max);
}

void hardtanh_into(const Tensor& out, const Tensor& self, const Scalar& min_val,
                   const Scalar& max_val) {
  clamp_into(out, self, min_val, max_val);
}

Tensor clamp_tensor(const Tensor& self, const std::optional<Tensor>& min,
                    const std::optional<Tensor>& max) {
  const Tensor raised = min ? into_new<maximum_into>(self, *min) : self;
  return max ? into_new<minimum_into>(raised, *max) : raised;
}

}  // namespace cutaway::cpu
