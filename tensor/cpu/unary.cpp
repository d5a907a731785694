// SPDX-License-Identifier: MIT
//
// Kernels: functions of one tensor, and relu's gradient. As in elementwise.cpp, an op and its
// in-place form share one loop.
//
// PyTorch counterpart: ATen/native/cpu/UnaryOpsKernel.cpp, Activation.cpp.
#include <cmath>

#include "elementwise.h"
#include "kernels.h"

namespace cutaway::cpu {

/// A call of exp or log costs several nanoseconds, so fewer of them are worth a thread.
static constexpr int64_t kFunctionGrain = kLoopGrain / 8;

static void neg_into(const Tensor& out, const Tensor& a) {
  visit_numeric(out.dtype(), "neg", [&]<class T>(TypeTag<T>) {
    if constexpr (std::is_floating_point_v<T>) {
      loop<T, T>(out, a, [](T x) { return -x; });  // 0 - x would turn 0 into 0, not -0
    } else {
      loop<T, T>(out, a, [](T x) { return minus(T(0), x); });
    }
  });
}

static void exp_into(const Tensor& out, const Tensor& a) {
  visit_floating(out.dtype(), "exp", [&]<class T>(TypeTag<T>) {
    loop<T, T>(
        out, a, [](T x) { return std::exp(x); }, kFunctionGrain);
  });
}

static void log_into(const Tensor& out, const Tensor& a) {
  visit_floating(out.dtype(), "log", [&]<class T>(TypeTag<T>) {
    loop<T, T>(
        out, a, [](T x) { return std::log(x); }, kFunctionGrain);
  });
}

static void sqrt_into(const Tensor& out, const Tensor& a) {
  visit_floating(out.dtype(), "sqrt", [&]<class T>(TypeTag<T>) {
    loop<T, T>(out, a, [](T x) { return std::sqrt(x); });
  });
}

static void relu_into(const Tensor& out, const Tensor& a) {
  visit_numeric(out.dtype(), "relu", [&]<class T>(TypeTag<T>) {
    loop<T, T>(out, a, [](T x) { return x < T(0) ? T(0) : x; });  // NaN is not below 0, so it stays
  });
}

/// Runs a kernel body into a new tensor laid out as self.
static Tensor into_new(void (*run)(const Tensor& out, const Tensor& a), const Tensor& self) {
  Tensor out = result_for(self.dtype(), self);
  run(out, self);
  return out;
}
static const Tensor& into_self(void (*run)(const Tensor& out, const Tensor& a),
                               const Tensor& self) {
  run(self, self);
  return self;
}

Tensor neg(const Tensor& self) { return into_new(neg_into, self); }
Tensor exp(const Tensor& self) { return into_new(exp_into, self); }
Tensor log(const Tensor& self) { return into_new(log_into, self); }
Tensor sqrt(const Tensor& self) { return into_new(sqrt_into, self); }
Tensor relu(const Tensor& self) { return into_new(relu_into, self); }

const Tensor& neg_(const Tensor& self) { return into_self(neg_into, self); }
const Tensor& exp_(const Tensor& self) { return into_self(exp_into, self); }
const Tensor& sqrt_(const Tensor& self) { return into_self(sqrt_into, self); }
const Tensor& relu_(const Tensor& self) { return into_self(relu_into, self); }

Tensor threshold_backward(const Tensor& grad, const Tensor& self, const Scalar& threshold) {
  Tensor out = result_for(self.dtype(), self, grad);
  visit_numeric(out.dtype(), "threshold_cpu", [&]<class T>(TypeTag<T>) {
    const T limit = threshold.to<T>();
    loop<T, T, T>(out, grad, self, [limit](T g, T x) { return x <= limit ? T(0) : g; });
  });
  return out;
}

}  // namespace cutaway::cpu
