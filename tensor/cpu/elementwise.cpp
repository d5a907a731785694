// SPDX-License-Identifier: MIT
//
// Kernels: + - * / of two tensors of one dtype. Each loop is written once; an op gives it a new
// tensor to write, its in-place form gives it `self`.
//
// PyTorch counterpart: ATen/native/cpu/BinaryOpsKernel.cpp. Different on purpose: self + alpha *
// other rounds twice where PyTorch's vector code fuses it (the last bit can differ). In float16 and
// bfloat16 it is rounded once, as in PyTorch's vector code; its loop over the rest rounds twice.
#include "elementwise.h"

#include "kernels.h"

namespace cutaway::inline v0_1::cpu {

static void add_into(const Tensor& out, const Tensor& a, const Tensor& b, const Scalar& alpha) {
  visit_dtype(out.dtype(), [&]<class T>(TypeTag<T>) {
    if (alpha.equals(1)) {
      loop<T, T, T>(out, a, b, [](T x, T y) { return plus(x, y); });
    } else {
      using A = Arithmetic<T>;
      const A factor = alpha.to<T>();
      loop<T, T, T>(out, a, b, [factor](T x, T y) { return plus<A>(x, times<A>(factor, y)); });
    }
  });
}

static void sub_into(const Tensor& out, const Tensor& a, const Tensor& b, const Scalar& alpha) {
  visit_number(out.dtype(), "sub", [&]<class T>(TypeTag<T>) {
    if (alpha.equals(1)) {
      loop<T, T, T>(out, a, b, [](T x, T y) { return minus(x, y); });
    } else {
      using A = Arithmetic<T>;
      const A factor = minus(T(0), alpha.to<T>());
      loop<T, T, T>(out, a, b, [factor](T x, T y) { return plus<A>(x, times<A>(factor, y)); });
    }
  });
}

/// Whether b is a factor or divisor of 16-bit numbers that comes in float32, to be used unrounded.
template <class T>
static bool comes_in_float(const Tensor& b) {
  return is_half_v<T> && b.dtype() == kFloat32;
}

static void mul_into(const Tensor& out, const Tensor& a, const Tensor& b) {
  visit_dtype(out.dtype(), [&]<class T>(TypeTag<T>) {
    using A = Arithmetic<T>;
    if (comes_in_float<T>(b)) {
      loop<T, T, A>(out, a, b, [](T x, A y) { return times<A>(x, y); });
    } else {
      loop<T, T, T>(out, a, b, [](T x, T y) { return times(x, y); });
    }
  });
}

static void div_into(const Tensor& out, const Tensor& a, const Tensor& b) {
  visit_real(out.dtype(), "div_true_cpu", [&]<class T>(TypeTag<T>) {
    using A = Arithmetic<T>;
    if (comes_in_float<T>(b)) {
      loop<T, T, A>(out, a, b, [](T x, A y) { return x / y; });
    } else {
      loop<T, T, T>(out, a, b, [](T x, T y) { return x / y; });
    }
  });
}

Tensor add(const Tensor& self, const Tensor& other, const Scalar& alpha) {
  Tensor out = result_for(self.dtype(), self, other);
  add_into(out, self, other, alpha);
  return out;
}
Tensor sub(const Tensor& self, const Tensor& other, const Scalar& alpha) {
  Tensor out = result_for(self.dtype(), self, other);
  sub_into(out, self, other, alpha);
  return out;
}
Tensor rsub(const Tensor& self, const Tensor& other, const Scalar& alpha) {
  return cpu::sub(other, self, alpha);
}
Tensor mul(const Tensor& self, const Tensor& other) {
  Tensor out = result_for(self.dtype(), self, other);
  mul_into(out, self, other);
  return out;
}
Tensor div(const Tensor& self, const Tensor& other) {
  Tensor out = result_for(self.dtype(), self, other);
  div_into(out, self, other);
  return out;
}

const Tensor& add_(const Tensor& self, const Tensor& other, const Scalar& alpha) {
  add_into(self, self, other, alpha);
  return self;
}
const Tensor& sub_(const Tensor& self, const Tensor& other, const Scalar& alpha) {
  sub_into(self, self, other, alpha);
  return self;
}
const Tensor& mul_(const Tensor& self, const Tensor& other) {
  mul_into(self, self, other);
  return self;
}
const Tensor& div_(const Tensor& self, const Tensor& other) {
  div_into(self, self, other);
  return self;
}

}  // namespace cutaway::cpu
