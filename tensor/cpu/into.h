// SPDX-License-Identifier: MIT
//
// From a loop to kernels. A pointwise kernel is written once, as a function that fills `out`:
//
//     void exp_into(const Tensor& out, const Tensor& self);
//
// and the catalogue makes of it the kernel of exp, which writes a new tensor, and that of exp_,
// which writes self:
//
//     Unary exp{"exp(Tensor self) -> Tensor", cutaway::exp, cpu::into_new<cpu::exp_into>};
//     UnaryInplace exp_{"exp_(...)", cutaway::exp_, cpu::into_self<cpu::exp_into>};
//
// One, two or three tensors, which broadcast against each other, may be followed by numbers. The
// new tensor has the dtype of the first, or is bool (into_bool). float16 and bfloat16 go through
// float32.
#pragma once

#include "elementwise.h"
#include "through_float.h"

namespace cutaway::inline v0_1::cpu {
namespace detail {

/// An uninitialised result for the tensors at the head of an argument list.
template <class... Numbers>
Tensor result_of(DType dtype, const Tensor& a, const Numbers&...) {
  return result_for(dtype, a);
}
template <class... Numbers>
Tensor result_of(DType dtype, const Tensor& a, const Tensor& b, const Numbers&...) {
  return result_for(dtype, a, b);
}
template <class... Numbers>
Tensor result_of(DType dtype, const Tensor& a, const Tensor& b, const Tensor& c,
                 const Numbers&...) {
  const DimVector sizes = broadcast_shapes(broadcast_shapes(a.sizes(), b.sizes()), c.sizes());
  return result_for(dtype, sizes, {&a, &b, &c});
}

template <auto into, class Signature = decltype(into)>
struct Into;

template <auto into, class... Rest>
struct Into<into, void (*)(const Tensor&, const Tensor&, Rest...)> {
  static Tensor fresh(const Tensor& self, Rest... rest) {
    Tensor out = result_of(self.dtype(), self, rest...);
    into(out, self, rest...);
    return out;
  }
  static Tensor fresh_bool(const Tensor& self, Rest... rest) {
    Tensor out = result_of(kBool, self, rest...);
    into(out, self, rest...);
    return out;
  }
  static const Tensor& in_place(const Tensor& self, Rest... rest) {
    into(self, self, rest...);
    return self;
  }
};

}  // namespace detail

template <auto into>
inline constexpr auto into_new = through_float<&detail::Into<into>::fresh>;
template <auto into>
inline constexpr auto into_bool = through_float<&detail::Into<into>::fresh_bool>;
template <auto into>
inline constexpr auto into_self = through_float<&detail::Into<into>::in_place>;

}  // namespace cutaway::cpu
