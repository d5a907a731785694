// SPDX-License-Identifier: MIT
//
// Functions of two tensors, element by element, and limits.
//
// Unless a line says otherwise: arguments broadcast against each other, their dtypes are promoted,
// and the result is a new tensor of that dtype, laid out in memory as the arguments are. The
// in-place form (trailing `_`) writes into self.
//
// PyTorch counterpart: torch.atan2, torch.maximum, ...; ATen/native/BinaryOps.cpp,
// TensorCompare.cpp.
#pragma once

#include "factories.h"
#include "tensor.h"

#include "macros_off.h"  // what hosts have as macros is ours from here on

namespace cutaway::inline v0_1 {

// ---- Functions of real numbers ----

/// The angle of the point (other, self), in (-pi, pi]. Integers give the default floating dtype.
Tensor atan2(const Tensor& self, const Tensor& other);
const Tensor& atan2_(const Tensor& self, const Tensor& other);
/// The same as atan2.
inline Tensor arctan2(const Tensor& self, const Tensor& other) { return atan2(self, other); }
inline const Tensor& arctan2_(const Tensor& self, const Tensor& other) {
  return atan2_(self, other);
}
/// sqrt(self^2 + other^2), without overflow between. Floating point only.
Tensor hypot(const Tensor& self, const Tensor& other);
const Tensor& hypot_(const Tensor& self, const Tensor& other);
/// |self| with the sign of other. Integers give the default floating dtype.
Tensor copysign(const Tensor& self, const Tensor& other);
inline Tensor copysign(const Tensor& self, const Scalar& other) {
  return copysign(self, wrapped_number(other));
}
const Tensor& copysign_(const Tensor& self, const Tensor& other);
inline const Tensor& copysign_(const Tensor& self, const Scalar& other) {
  return copysign_(self, wrapped_number(other));
}
/// The next number after self in the direction of other. Floating point only; no gradient.
Tensor nextafter(const Tensor& self, const Tensor& other);
const Tensor& nextafter_(const Tensor& self, const Tensor& other);
/// log(e^self + e^other), without overflow. Floating point only.
Tensor logaddexp(const Tensor& self, const Tensor& other);
/// log2(2^self + 2^other), without overflow. Floating point only.
Tensor logaddexp2(const Tensor& self, const Tensor& other);
/// self * log(other), and 0 where self is 0 and other is not NaN. Integers give the default
/// floating dtype.
Tensor xlogy(const Tensor& self, const Tensor& other);
inline Tensor xlogy(const Tensor& self, const Scalar& other) {
  return xlogy(self, wrapped_number(other));
}
inline Tensor xlogy(const Scalar& self, const Tensor& other) {
  return xlogy(wrapped_number(self), other);
}
const Tensor& xlogy_(const Tensor& self, const Tensor& other);
inline const Tensor& xlogy_(const Tensor& self, const Scalar& other) {
  return xlogy_(self, wrapped_number(other));
}
/// self * 2^other. Integers give the default floating dtype.
Tensor ldexp(const Tensor& self, const Tensor& other);
const Tensor& ldexp_(const Tensor& self, const Tensor& other);
/// 0 below 0, 1 above (and for NaN 0); values where self is 0. Both of one dtype. No gradient.
Tensor heaviside(const Tensor& self, const Tensor& values);
const Tensor& heaviside_(const Tensor& self, const Tensor& values);

// ---- The smaller and the larger ----

/// The smaller; NaN where either is NaN.
Tensor minimum(const Tensor& self, const Tensor& other);
/// The larger; NaN where either is NaN.
Tensor maximum(const Tensor& self, const Tensor& other);
/// The smaller; where one is NaN, the other.
Tensor fmin(const Tensor& self, const Tensor& other);
/// The larger; where one is NaN, the other.
Tensor fmax(const Tensor& self, const Tensor& other);

// ---- Limits: NaN stays; where min > max the result is max ----

using ScalarLimit = std::optional<Scalar>;
using TensorLimit = std::optional<Tensor>;

/// self, but min where it is less, and max where it is more. Throws where neither is given.
Tensor clamp(const Tensor& self, const ScalarLimit& min, const ScalarLimit& max = {});
Tensor clamp(const Tensor& self, const TensorLimit& min, const TensorLimit& max = {});
const Tensor& clamp_(const Tensor& self, const ScalarLimit& min, const ScalarLimit& max = {});
const Tensor& clamp_(const Tensor& self, const TensorLimit& min, const TensorLimit& max = {});
/// The same as clamp.
inline Tensor clip(const Tensor& self, const ScalarLimit& min, const ScalarLimit& max = {}) {
  return clamp(self, min, max);
}
inline Tensor clip(const Tensor& self, const TensorLimit& min, const TensorLimit& max = {}) {
  return clamp(self, min, max);
}
inline const Tensor& clip_(const Tensor& self, const ScalarLimit& min,
                           const ScalarLimit& max = {}) {
  return clamp_(self, min, max);
}
inline const Tensor& clip_(const Tensor& self, const TensorLimit& min,
                           const TensorLimit& max = {}) {
  return clamp_(self, min, max);
}
/// self, but min where it is less.
Tensor clamp_min(const Tensor& self, const Scalar& min);
Tensor clamp_min(const Tensor& self, const Tensor& min);
const Tensor& clamp_min_(const Tensor& self, const Scalar& min);
const Tensor& clamp_min_(const Tensor& self, const Tensor& min);
/// self, but max where it is more.
Tensor clamp_max(const Tensor& self, const Scalar& max);
Tensor clamp_max(const Tensor& self, const Tensor& max);
const Tensor& clamp_max_(const Tensor& self, const Scalar& max);
const Tensor& clamp_max_(const Tensor& self, const Tensor& max);

}  // namespace cutaway

#include "macros_on.h"
