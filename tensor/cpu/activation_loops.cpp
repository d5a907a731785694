// SPDX-License-Identifier: MIT
//
// Loops: activation functions. Where float32 needs an exponential, it is one that the compiler can
// vectorise (fast_exp.h, vector_math.h).
//
// PyTorch counterpart: ATen/native/cpu/Activation.cpp.
#include <algorithm>
#include <cmath>

#include "../factories.h"
#include "elementwise.h"
#include "fast_exp.h"
#include "fast_tanh.h"
#include "kernels_activation.h"
#include "vector_erf.h"
#include "vector_map.h"
#include "vector_math.h"

namespace cutaway::inline v0_1::cpu {

/// out[i] = f(self[i]), for float and double.
template <class F>
static void map(const char* name, const Tensor& out, const Tensor& self, const F& f) {
  visit_floating(self.dtype(), name,
                 [&]<class T>(TypeTag<T>) { loop<T, T>(out, self, f, kLoopGrain / 8); });
}

// ---- Made of straight lines ----

void relu_into(const Tensor& out, const Tensor& self) {
  visit_numeric(self.dtype(), "relu", [&]<class T>(TypeTag<T>) {
    loop<T, T>(out, self, [](T x) { return x < T(0) ? T(0) : x; });  // NaN is not below 0: it stays
  });
}

void leaky_relu_into(const Tensor& out, const Tensor& self, const Scalar& negative_slope) {
  map("leaky_relu_cpu", out, self, [slope = negative_slope.to<double>()]<class T>(T x) {
    const T below = x * static_cast<T>(slope);  // always: then no branch is left
    return x > 0 ? x : below;
  });
}

void threshold_into(const Tensor& out, const Tensor& self, const Scalar& threshold,
                    const Scalar& value) {
  visit_numeric(self.dtype(), "threshold_cpu", [&]<class T>(TypeTag<T>) {
    const T limit = threshold.to<T>();
    const T below = value.to<T>();
    loop<T, T>(out, self, [=](T x) { return x <= limit ? below : x; });
  });
}

Tensor threshold_backward(const Tensor& grad, const Tensor& self, const Scalar& threshold) {
  Tensor out = result_for(self.dtype(), self, grad);  // laid out as self rather than grad
  visit_numeric(self.dtype(), "threshold_cpu", [&]<class T>(TypeTag<T>) {
    const T limit = threshold.to<T>();
    loop<T, T, T>(out, grad, self, [limit](T g, T x) { return x <= limit ? T(0) : g; });
  });
  return out;
}

/// 0 below -3, 6 above 3, a line between. NaN stays.
template <class T>
static T ramp(T x) {
  const T raised = x + 3;
  return raised < 0 ? T(0) : raised > 6 ? T(6) : raised;
}
void hardsigmoid_into(const Tensor& out, const Tensor& self) {
  map("hardsigmoid_cpu", out, self, [](auto x) { return ramp(x) / 6; });
}
void hardswish_into(const Tensor& out, const Tensor& self) {
  map("hardswish_cpu", out, self, [](auto x) { return x * ramp(x) / 6; });
}

// ---- Smooth ----

void silu_into(const Tensor& out, const Tensor& self) {
  map_vector("silu_cpu", out, self, [](auto x) { return x / (1 + fast_exp(-x)); });
}
void mish_into(const Tensor& out, const Tensor& self) {
  map_vector("mish_cpu", out, self,
             [](auto x) { return x * fast_tanh(vector_log1p(fast_exp(x))); });
}
Tensor log_sigmoid(const Tensor& self) {
  const Tensor out = cutaway::empty(self.sizes(), self.dtype());
  map_vector("log_sigmoid_cpu", out, self, []<class T>(T x) {
    return (x > 0 ? T(0) : x) - vector_log1p(fast_exp(-std::abs(x)));  // NaN > 0 is false: it stays
  });
  return out;
}

void gelu_into(const Tensor& out, const Tensor& self, std::string_view approximate) {
  if (approximate == "tanh") {
    map_vector("GeluKernelImpl", out, self, []<class T>(T x) {
      constexpr T kSlope = T(0.79788456080286535588);  // sqrt(2 / pi)
      return T(0.5) * x * (1 + fast_tanh(kSlope * (x + T(0.044715) * x * x * x)));
    });
  } else {
    map_vector("GeluKernelImpl", out, self, []<class T>(T x) {
      return x * T(0.5) * (1 + vector_erf(x * T(0.70710678118654752440)));  // x / sqrt(2)
    });
  }
}

void elu_into(const Tensor& out, const Tensor& self, const Scalar& alpha, const Scalar& scale,
              const Scalar& input_scale) {
  map_vector("elu_cpu", out, self,
             [alpha = alpha.to<double>(), scale = scale.to<double>(),
              inner = input_scale.to<double>()]<class T>(T x) {
               const T negative = static_cast<T>(alpha) * static_cast<T>(scale);
               const T below = vector_expm1(x * static_cast<T>(inner)) * negative;
               return x < 0 ? below : x * static_cast<T>(scale);
             });
}

void softplus_into(const Tensor& out, const Tensor& self, const Scalar& beta,
                   const Scalar& threshold) {
  map_vector("softplus_cpu", out, self,
             [beta = beta.to<double>(), limit = threshold.to<double>()]<class T>(T x) {
               const T scaled = x * static_cast<T>(beta);
               const T curved = vector_log1p(fast_exp(scaled)) / static_cast<T>(beta);
               return scaled > static_cast<T>(limit) ? x : curved;
             });
}

}  // namespace cutaway::cpu
