// SPDX-License-Identifier: MIT
//
// Rows of the catalogue: arithmetic.
#include "catalogue_pointwise.h"

#include "boxed.h"
#include "cpu/into.h"
#include "cpu/kernels_binary.h"
#include "cpu/kernels_copy.h"
#include "cpu/kernels_pointwise.h"
#include "ops_pointwise.h"

namespace cutaway::inline v0_1 {
namespace op {

// clang-format off
constinit BinaryAlpha add{"add(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor", cutaway::add, cpu::add};
constinit BinaryAlpha sub{"sub(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor", cutaway::sub, cpu::sub};
constinit Binary mul{"mul(Tensor self, Tensor other) -> Tensor", cutaway::mul, cpu::mul};
constinit Binary div{"div(Tensor self, Tensor other) -> Tensor", cutaway::div, cpu::div};
constinit BinaryAlphaInplace add_{"add_(Tensor(a!) self, Tensor other, *, Scalar alpha=1) -> Tensor(a!)", cutaway::add_, cpu::add_};
constinit BinaryAlphaInplace sub_{"sub_(Tensor(a!) self, Tensor other, *, Scalar alpha=1) -> Tensor(a!)", cutaway::sub_, cpu::sub_};
constinit BinaryInplace mul_{"mul_(Tensor(a!) self, Tensor other) -> Tensor(a!)", cutaway::mul_, cpu::mul_};
constinit BinaryInplace div_{"div_(Tensor(a!) self, Tensor other) -> Tensor(a!)", cutaway::div_, cpu::div_};
constinit BinaryAlpha subtract{"subtract(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor", cutaway::sub, made_of_ops};
constinit BinaryAlphaInplace subtract_{"subtract_(Tensor(a!) self, Tensor other, *, Scalar alpha=1) -> Tensor(a!)", cutaway::sub_, made_of_ops};
constinit BinaryAlpha rsub{"rsub(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor", cutaway::rsub, cpu::rsub};
constinit Binary multiply{"multiply(Tensor self, Tensor other) -> Tensor", cutaway::mul, made_of_ops};
constinit BinaryInplace multiply_{"multiply_(Tensor(a!) self, Tensor other) -> Tensor(a!)", cutaway::mul_, made_of_ops};
constinit Binary divide{"divide(Tensor self, Tensor other) -> Tensor", cutaway::div, made_of_ops};
constinit BinaryInplace divide_{"divide_(Tensor(a!) self, Tensor other) -> Tensor(a!)", cutaway::div_, made_of_ops};
constinit Binary true_divide{"true_divide(Tensor self, Tensor other) -> Tensor", cutaway::div, made_of_ops};
constinit BinaryInplace true_divide_{"true_divide_(Tensor(a!) self, Tensor other) -> Tensor(a!)", cutaway::div_, made_of_ops};
constinit Op<Tensor(const Tensor&, const Tensor&, std::optional<std::string_view>)> div_mode{"div.Tensor_mode(Tensor self, Tensor other, *, str? rounding_mode) -> Tensor", cutaway::div, cpu::into_new<cpu::div_mode_into>};
constinit Op<const Tensor&(const Tensor&, const Tensor&, std::optional<std::string_view>)> div_mode_{"div_.Tensor_mode(Tensor(a!) self, Tensor other, *, str? rounding_mode) -> Tensor(a!)", cutaway::div_, made_of_ops};
constinit Op<Tensor(const Tensor&, const Tensor&, std::optional<std::string_view>)> divide_mode{"divide.Tensor_mode(Tensor self, Tensor other, *, str? rounding_mode) -> Tensor", cutaway::div, made_of_ops};
constinit Op<const Tensor&(const Tensor&, const Tensor&, std::optional<std::string_view>)> divide_mode_{"divide_.Tensor_mode(Tensor(a!) self, Tensor other, *, str? rounding_mode) -> Tensor(a!)", cutaway::div_, made_of_ops};
constinit Binary floor_divide{"floor_divide(Tensor self, Tensor other) -> Tensor", cutaway::floor_divide, cpu::into_new<cpu::div_floor_into>};
constinit BinaryInplace floor_divide_{"floor_divide_(Tensor(a!) self, Tensor other) -> Tensor(a!)", cutaway::floor_divide_, cpu::overwrite<cutaway::floor_divide>};
constinit Binary remainder{"remainder(Tensor self, Tensor other) -> Tensor", cutaway::remainder, cpu::into_new<cpu::remainder_into>};
constinit Op<Tensor(const Scalar&, const Tensor&)> remainder_scalar{"remainder.Scalar_Tensor(Scalar self, Tensor other) -> Tensor", cutaway::remainder, made_of_ops};
constinit BinaryInplace remainder_{"remainder_(Tensor(a!) self, Tensor other) -> Tensor(a!)", cutaway::remainder_, made_of_ops};
constinit Binary fmod{"fmod(Tensor self, Tensor other) -> Tensor", cutaway::fmod, cpu::into_new<cpu::fmod_into>};
constinit BinaryInplace fmod_{"fmod_(Tensor(a!) self, Tensor other) -> Tensor(a!)", cutaway::fmod_, made_of_ops};
constinit Binary pow{"pow.Tensor_Tensor(Tensor self, Tensor exponent) -> Tensor", cutaway::pow, cpu::through_float<cpu::pow>};
constinit Op<Tensor(const Tensor&, const Scalar&)> pow_scalar{"pow.Tensor_Scalar(Tensor self, Scalar exponent) -> Tensor", cutaway::pow, cpu::through_float<cpu::pow_scalar>};
constinit Op<Tensor(const Scalar&, const Tensor&)> pow_base{"pow.Scalar(Scalar self, Tensor exponent) -> Tensor", cutaway::pow, made_of_ops};
constinit BinaryInplace pow_{"pow_.Tensor(Tensor(a!) self, Tensor exponent) -> Tensor(a!)", cutaway::pow_, made_of_ops};
constinit Op<const Tensor&(const Tensor&, const Scalar&)> pow_scalar_{"pow_.Scalar(Tensor(a!) self, Scalar exponent) -> Tensor(a!)", cutaway::pow_, made_of_ops};
constinit Binary float_power{"float_power.Tensor_Tensor(Tensor self, Tensor exponent) -> Tensor", cutaway::float_power, made_of_ops};
constinit Op<Tensor(const Tensor&, const Scalar&)> float_power_scalar{"float_power.Tensor_Scalar(Tensor self, Scalar exponent) -> Tensor", cutaway::float_power, made_of_ops};
constinit Op<Tensor(const Scalar&, const Tensor&)> float_power_base{"float_power.Scalar(Scalar self, Tensor exponent) -> Tensor", cutaway::float_power, made_of_ops};
constinit BinaryInplace float_power_{"float_power_.Tensor(Tensor(a!) self, Tensor exponent) -> Tensor(a!)", cutaway::float_power_, made_of_ops};
constinit Op<const Tensor&(const Tensor&, const Scalar&)> float_power_scalar_{"float_power_.Scalar(Tensor(a!) self, Scalar exponent) -> Tensor(a!)", cutaway::float_power_, made_of_ops};
constinit Op<Tensor(const Tensor&, const Tensor&, const Tensor&)> lerp{"lerp.Tensor(Tensor self, Tensor end, Tensor weight) -> Tensor", cutaway::lerp, cpu::into_new<cpu::lerp_into>};
constinit Op<Tensor(const Tensor&, const Tensor&, const Scalar&)> lerp_scalar{"lerp.Scalar(Tensor self, Tensor end, Scalar weight) -> Tensor", cutaway::lerp, cpu::into_new<cpu::lerp_scalar_into>};
constinit Op<const Tensor&(const Tensor&, const Tensor&, const Tensor&)> lerp_{"lerp_.Tensor(Tensor(a!) self, Tensor end, Tensor weight) -> Tensor(a!)", cutaway::lerp_, made_of_ops};
constinit Op<const Tensor&(const Tensor&, const Tensor&, const Scalar&)> lerp_scalar_{"lerp_.Scalar(Tensor(a!) self, Tensor end, Scalar weight) -> Tensor(a!)", cutaway::lerp_, made_of_ops};
constinit Op<Tensor(const Tensor&, const Tensor&, const Tensor&, const Scalar&)> addcmul{"addcmul(Tensor self, Tensor tensor1, Tensor tensor2, *, Scalar value=1) -> Tensor", cutaway::addcmul, cpu::into_new<cpu::addcmul_into>};
constinit Op<const Tensor&(const Tensor&, const Tensor&, const Tensor&, const Scalar&)> addcmul_{"addcmul_(Tensor(a!) self, Tensor tensor1, Tensor tensor2, *, Scalar value=1) -> Tensor(a!)", cutaway::addcmul_, made_of_ops};
constinit Op<Tensor(const Tensor&, const Tensor&, const Tensor&, const Scalar&)> addcdiv{"addcdiv(Tensor self, Tensor tensor1, Tensor tensor2, *, Scalar value=1) -> Tensor", cutaway::addcdiv, cpu::into_new<cpu::addcdiv_into>};
constinit Op<const Tensor&(const Tensor&, const Tensor&, const Tensor&, const Scalar&)> addcdiv_{"addcdiv_(Tensor(a!) self, Tensor tensor1, Tensor tensor2, *, Scalar value=1) -> Tensor(a!)", cutaway::addcdiv_, made_of_ops};
// clang-format on

}  // namespace op

ArrayRef<OpBase*> pointwise_rows() {
  static constinit OpBase* const rows[] = {
      // clang-format off
    &op::add, &op::sub, &op::mul, &op::div, &op::add_, &op::sub_, &op::mul_, &op::div_,
    &op::subtract, &op::subtract_, &op::rsub, &op::multiply, &op::multiply_, &op::divide,
    &op::divide_, &op::true_divide, &op::true_divide_, &op::div_mode, &op::div_mode_,
    &op::divide_mode, &op::divide_mode_, &op::floor_divide, &op::floor_divide_, &op::remainder,
    &op::remainder_scalar, &op::remainder_, &op::fmod, &op::fmod_, &op::pow, &op::pow_scalar,
    &op::pow_base, &op::pow_, &op::pow_scalar_, &op::float_power, &op::float_power_scalar,
    &op::float_power_base, &op::float_power_, &op::float_power_scalar_, &op::lerp,
    &op::lerp_scalar, &op::lerp_, &op::lerp_scalar_, &op::addcmul, &op::addcmul_, &op::addcdiv,
    &op::addcdiv_
      // clang-format on
  };
  return {rows, static_cast<int64_t>(std::size(rows))};
}

}  // namespace cutaway
