// SPDX-License-Identifier: MIT
//
// Loops: functions of one tensor that take many instructions: exponentials, logarithms,
// trigonometry, special functions.
//
// The common ones compute in a form that the compiler can vectorise for float32 (vector_math.h,
// vector_trigonometry.h, vector_erf.h, fast_exp.h, fast_tanh.h); the others call <cmath>, number by
// number.
//
// PyTorch counterpart: ATen/native/cpu/UnaryOpsKernel.cpp.
#include <cmath>

#include "elementwise.h"
#include "fast_exp.h"
#include "fast_tanh.h"
#include "kernels_unary.h"
#include "special_functions.h"
#include "vector_erf.h"
#include "vector_map.h"
#include "vector_math.h"
#include "vector_trigonometry.h"

namespace cutaway::inline v0_1::cpu {

/// out[i] = f(self[i]), for float and double.
template <class F>
static void map(const char* name, const Tensor& out, const Tensor& self, const F& f) {
  visit_floating(self.dtype(), name, [&]<class T>(TypeTag<T>) { call_loop<T, T>(f, out, self); });
}

/// The same for a function of special_functions.h, computed in double.
template <class F>
static void map_double(const char* name, const Tensor& out, const Tensor& self, const F& f) {
  map(name, out, self, [&f]<class T>(T x) { return static_cast<T>(f(static_cast<double>(x))); });
}

// ---- Exponentials and logarithms ----

void exp_into(const Tensor& out, const Tensor& self) {
  map_vector("exp_vml_cpu", out, self, [](auto x) { return fast_exp(x); });
}
void sigmoid_into(const Tensor& out, const Tensor& self) {
  map_vector("sigmoid_cpu", out, self, [](auto x) { return 1 / (1 + fast_exp(-x)); });
}
void exp2_into(const Tensor& out, const Tensor& self) {
  map_vector("exp2_cpu", out, self, [](auto x) { return vector_exp2(x); });
}
void expm1_into(const Tensor& out, const Tensor& self) {
  map_vector("expm1_vml_cpu", out, self, [](auto x) { return vector_expm1(x); });
}
void log_into(const Tensor& out, const Tensor& self) {
  map_vector("log_vml_cpu", out, self, [](auto x) { return vector_log(x); });
}
void log2_into(const Tensor& out, const Tensor& self) {
  map_vector("log2_vml_cpu", out, self, [](auto x) { return vector_log2(x); });
}
void log10_into(const Tensor& out, const Tensor& self) {
  map_vector("log10_vml_cpu", out, self, [](auto x) { return vector_log10(x); });
}
void log1p_into(const Tensor& out, const Tensor& self) {
  map_vector("log1p_vml_cpu", out, self, [](auto x) { return vector_log1p(x); });
}
void logit_into(const Tensor& out, const Tensor& self, std::optional<double> eps) {
  map_vector("logit_cpu", out, self, [eps]<class T>(T x) {
    if (eps) {
      const T low = static_cast<T>(*eps);
      const T high = 1 - low;
      x = x < low ? low : x > high ? high : x;
    }
    return vector_log(x / (1 - x));
  });
}

// ---- Trigonometry ----

void sin_into(const Tensor& out, const Tensor& self) {
  map_vector_within<is_ordinary_angle>(
      "sin_vml_cpu", [](float x) { return vector_sin(x); }, [](auto x) { return std::sin(x); }, out,
      self);
}
void cos_into(const Tensor& out, const Tensor& self) {
  map_vector_within<is_ordinary_angle>(
      "cos_vml_cpu", [](float x) { return vector_cos(x); }, [](auto x) { return std::cos(x); }, out,
      self);
}
void tan_into(const Tensor& out, const Tensor& self) {
  map_vector_within<is_ordinary_angle>(
      "tan_vml_cpu", [](float x) { return vector_tan(x); }, [](auto x) { return std::tan(x); }, out,
      self);
}
void asin_into(const Tensor& out, const Tensor& self) {
  map_vector("asin_vml_cpu", out, self, [](auto x) { return vector_asin(x); });
}
void acos_into(const Tensor& out, const Tensor& self) {
  map_vector("acos_vml_cpu", out, self, [](auto x) { return vector_acos(x); });
}
void atan_into(const Tensor& out, const Tensor& self) {
  map_vector("atan_vml_cpu", out, self, [](auto x) { return vector_atan(x); });
}
void sinc_into(const Tensor& out, const Tensor& self) {
  map("sinc_cpu", out, self, []<class T>(T x) {
    const T angle = T(3.14159265358979323846) * x;
    return x == 0 ? T(1) : std::sin(angle) / angle;
  });
}

void sinh_into(const Tensor& out, const Tensor& self) {
  map_vector("sinh_vml_cpu", out, self, [](auto x) { return vector_sinh(x); });
}
void cosh_into(const Tensor& out, const Tensor& self) {
  map_vector("cosh_vml_cpu", out, self, [](auto x) { return vector_cosh(x); });
}
void tanh_into(const Tensor& out, const Tensor& self) {
  map_vector("tanh_vml_cpu", out, self, [](auto x) { return fast_tanh(x); });
}
void asinh_into(const Tensor& out, const Tensor& self) {
  map_vector("asinh_cpu", out, self, [](auto x) { return vector_asinh(x); });
}
void acosh_into(const Tensor& out, const Tensor& self) {
  map_vector("acosh_cpu", out, self, [](auto x) { return vector_acosh(x); });
}
void atanh_into(const Tensor& out, const Tensor& self) {
  map_vector("atanh_cpu", out, self, [](auto x) { return vector_atanh(x); });
}

// ---- Special functions ----

void erf_into(const Tensor& out, const Tensor& self) {
  map_vector("erf_vml_cpu", out, self, [](auto x) { return vector_erf(x); });
}
void erfc_into(const Tensor& out, const Tensor& self) {
  map_vector("erfc_vml_cpu", out, self, [](auto x) { return vector_erfc(x); });
}
void erfinv_into(const Tensor& out, const Tensor& self) {
  map_vector("erfinv_vml_cpu", out, self, [](auto x) { return vector_erfinv(x); });
}
void lgamma_into(const Tensor& out, const Tensor& self) {
  map_double("lgamma_vml_cpu", out, self, log_gamma);
}
void digamma_into(const Tensor& out, const Tensor& self) {
  map_double("digamma", out, self, digamma);
}
Tensor polygamma(int64_t n, const Tensor& self) {
  Tensor out = result_for(self.dtype(), self);
  map_double("polygamma", out, self, [n](double x) { return polygamma(n, x); });
  return out;
}
void i0_into(const Tensor& out, const Tensor& self) { map_double("i0", out, self, bessel_i0); }
void i1_into(const Tensor& out, const Tensor& self) { map_double("i1", out, self, bessel_i1); }

}  // namespace cutaway::cpu
