// SPDX-License-Identifier: MIT
//
// Rows of the catalogue: functions of two tensors, and limits.
#include "catalogue_binary.h"

#include "boxed.h"
#include "cpu/into.h"
#include "cpu/kernels_binary.h"
#include "cpu/kernels_copy.h"
#include "ops_binary.h"

namespace cutaway::inline v0_1 {
namespace op {

// clang-format off
constinit Binary atan2{"atan2(Tensor self, Tensor other) -> Tensor", cutaway::atan2, cpu::into_new<cpu::atan2_into>};
constinit BinaryInplace atan2_{"atan2_(Tensor(a!) self, Tensor other) -> Tensor(a!)", cutaway::atan2_, made_of_ops};
constinit Binary hypot{"hypot(Tensor self, Tensor other) -> Tensor", cutaway::hypot, cpu::into_new<cpu::hypot_into>};
constinit BinaryInplace hypot_{"hypot_(Tensor(a!) self, Tensor other) -> Tensor(a!)", cutaway::hypot_, made_of_ops};
constinit Binary copysign{"copysign(Tensor self, Tensor other) -> Tensor", cutaway::copysign, cpu::into_new<cpu::copysign_into>};
constinit BinaryInplace copysign_{"copysign_(Tensor(a!) self, Tensor other) -> Tensor(a!)", cutaway::copysign_, made_of_ops};
constinit Binary arctan2{"arctan2(Tensor self, Tensor other) -> Tensor", cutaway::arctan2, made_of_ops};
constinit BinaryInplace arctan2_{"arctan2_(Tensor(a!) self, Tensor other) -> Tensor(a!)", cutaway::arctan2_, made_of_ops};
constinit Binary nextafter{"nextafter(Tensor self, Tensor other) -> Tensor", cutaway::nextafter, cpu::nextafter};
constinit BinaryInplace nextafter_{"nextafter_(Tensor(a!) self, Tensor other) -> Tensor(a!)", cutaway::nextafter_, made_of_ops};
constinit Binary logaddexp{"logaddexp(Tensor self, Tensor other) -> Tensor", cutaway::logaddexp, cpu::into_new<cpu::logaddexp_into>};
constinit Binary logaddexp2{"logaddexp2(Tensor self, Tensor other) -> Tensor", cutaway::logaddexp2, cpu::into_new<cpu::logaddexp2_into>};
constinit Binary xlogy{"xlogy(Tensor self, Tensor other) -> Tensor", cutaway::xlogy, cpu::into_new<cpu::xlogy_into>};
constinit Op<Tensor(const Scalar&, const Tensor&)> xlogy_scalar{"xlogy.Scalar_Self(Scalar self, Tensor other) -> Tensor", cutaway::xlogy, made_of_ops};
constinit BinaryInplace xlogy_{"xlogy_(Tensor(a!) self, Tensor other) -> Tensor(a!)", cutaway::xlogy_, made_of_ops};
constinit Binary heaviside{"heaviside(Tensor self, Tensor values) -> Tensor", cutaway::heaviside, cpu::into_new<cpu::heaviside_into>};
constinit BinaryInplace heaviside_{"heaviside_(Tensor(a!) self, Tensor values) -> Tensor(a!)", cutaway::heaviside_, cpu::overwrite<cutaway::heaviside>};
constinit Binary ldexp{"ldexp(Tensor self, Tensor other) -> Tensor", cutaway::ldexp, cpu::ldexp};
constinit BinaryInplace ldexp_{"ldexp_(Tensor(a!) self, Tensor other) -> Tensor(a!)", cutaway::ldexp_, made_of_ops};
constinit Binary minimum{"minimum(Tensor self, Tensor other) -> Tensor", cutaway::minimum, cpu::into_new<cpu::minimum_into>};
constinit Binary maximum{"maximum(Tensor self, Tensor other) -> Tensor", cutaway::maximum, cpu::into_new<cpu::maximum_into>};
constinit Binary fmin{"fmin(Tensor self, Tensor other) -> Tensor", cutaway::fmin, cpu::into_new<cpu::fmin_into>};
constinit Binary fmax{"fmax(Tensor self, Tensor other) -> Tensor", cutaway::fmax, cpu::into_new<cpu::fmax_into>};
constinit Op<Tensor(const Tensor&, const ScalarLimit&, const ScalarLimit&)> clamp{"clamp(Tensor self, Scalar? min=None, Scalar? max=None) -> Tensor", cutaway::clamp, cpu::into_new<cpu::clamp_into>};
constinit Op<Tensor(const Tensor&, const TensorLimit&, const TensorLimit&)> clamp_tensor{"clamp.Tensor(Tensor self, Tensor? min=None, Tensor? max=None) -> Tensor", cutaway::clamp, cpu::through_float<cpu::clamp_tensor>};
constinit Op<const Tensor&(const Tensor&, const ScalarLimit&, const ScalarLimit&)> clamp_{"clamp_(Tensor(a!) self, Scalar? min=None, Scalar? max=None) -> Tensor(a!)", cutaway::clamp_, made_of_ops};
constinit Op<const Tensor&(const Tensor&, const TensorLimit&, const TensorLimit&)> clamp_tensor_{"clamp_.Tensor(Tensor(a!) self, Tensor? min=None, Tensor? max=None) -> Tensor(a!)", cutaway::clamp_, made_of_ops};
constinit Op<Tensor(const Tensor&, const ScalarLimit&, const ScalarLimit&)> clip{"clip(Tensor self, Scalar? min=None, Scalar? max=None) -> Tensor", cutaway::clip, made_of_ops};
constinit Op<Tensor(const Tensor&, const TensorLimit&, const TensorLimit&)> clip_tensor{"clip.Tensor(Tensor self, Tensor? min=None, Tensor? max=None) -> Tensor", cutaway::clip, made_of_ops};
constinit Op<const Tensor&(const Tensor&, const ScalarLimit&, const ScalarLimit&)> clip_{"clip_(Tensor(a!) self, Scalar? min=None, Scalar? max=None) -> Tensor(a!)", cutaway::clip_, made_of_ops};
constinit Op<const Tensor&(const Tensor&, const TensorLimit&, const TensorLimit&)> clip_tensor_{"clip_.Tensor(Tensor(a!) self, Tensor? min=None, Tensor? max=None) -> Tensor(a!)", cutaway::clip_, made_of_ops};
constinit Op<Tensor(const Tensor&, const Scalar&)> clamp_min{"clamp_min(Tensor self, Scalar min) -> Tensor", cutaway::clamp_min, cpu::into_new<cpu::clamp_min_into>};
constinit Op<Tensor(const Tensor&, const Tensor&)> clamp_min_tensor{"clamp_min.Tensor(Tensor self, Tensor min) -> Tensor", cutaway::clamp_min, cpu::into_new<cpu::maximum_into>};
constinit Op<const Tensor&(const Tensor&, const Scalar&)> clamp_min_{"clamp_min_(Tensor(a!) self, Scalar min) -> Tensor(a!)", cutaway::clamp_min_, made_of_ops};
constinit Op<const Tensor&(const Tensor&, const Tensor&)> clamp_min_tensor_{"clamp_min_.Tensor(Tensor(a!) self, Tensor min) -> Tensor(a!)", cutaway::clamp_min_, made_of_ops};
constinit Op<Tensor(const Tensor&, const Scalar&)> clamp_max{"clamp_max(Tensor self, Scalar max) -> Tensor", cutaway::clamp_max, cpu::into_new<cpu::clamp_max_into>};
constinit Op<Tensor(const Tensor&, const Tensor&)> clamp_max_tensor{"clamp_max.Tensor(Tensor self, Tensor max) -> Tensor", cutaway::clamp_max, cpu::into_new<cpu::minimum_into>};
constinit Op<const Tensor&(const Tensor&, const Scalar&)> clamp_max_{"clamp_max_(Tensor(a!) self, Scalar max) -> Tensor(a!)", cutaway::clamp_max_, made_of_ops};
constinit Op<const Tensor&(const Tensor&, const Tensor&)> clamp_max_tensor_{"clamp_max_.Tensor(Tensor(a!) self, Tensor max) -> Tensor(a!)", cutaway::clamp_max_, made_of_ops};
// clang-format on

}  // namespace op

ArrayRef<OpBase*> binary_rows() {
  static constinit OpBase* const rows[] = {
      // clang-format off
    &op::atan2, &op::atan2_, &op::hypot, &op::hypot_, &op::copysign, &op::copysign_,
    &op::arctan2, &op::arctan2_, &op::nextafter, &op::nextafter_, &op::logaddexp,
    &op::logaddexp2, &op::xlogy, &op::xlogy_scalar, &op::xlogy_, &op::heaviside,
    &op::heaviside_, &op::ldexp, &op::ldexp_, &op::minimum, &op::maximum, &op::fmin, &op::fmax,
    &op::clamp, &op::clamp_tensor, &op::clamp_, &op::clamp_tensor_, &op::clip, &op::clip_tensor,
    &op::clip_, &op::clip_tensor_, &op::clamp_min, &op::clamp_min_tensor, &op::clamp_min_,
    &op::clamp_min_tensor_, &op::clamp_max, &op::clamp_max_tensor, &op::clamp_max_,
    &op::clamp_max_tensor_
      // clang-format on
  };
  return {rows, static_cast<int64_t>(std::size(rows))};
}

}  // namespace cutaway
