// SPDX-License-Identifier: MIT
//
// Rows of the catalogue: functions of integers.
#include "catalogue_bitwise.h"

#include "boxed.h"
#include "cpu/into.h"
#include "cpu/kernels_binary.h"
#include "ops_bitwise.h"

namespace cutaway::inline v0_1 {
namespace op {

// clang-format off
constinit Binary bitwise_and{"bitwise_and(Tensor self, Tensor other) -> Tensor", cutaway::bitwise_and, cpu::into_new<cpu::bitwise_and_into>, not_differentiable};
constinit BinaryInplace bitwise_and_{"bitwise_and_(Tensor(a!) self, Tensor other) -> Tensor(a!)", cutaway::bitwise_and_, made_of_ops};
constinit Binary bitwise_or{"bitwise_or(Tensor self, Tensor other) -> Tensor", cutaway::bitwise_or, cpu::into_new<cpu::bitwise_or_into>, not_differentiable};
constinit BinaryInplace bitwise_or_{"bitwise_or_(Tensor(a!) self, Tensor other) -> Tensor(a!)", cutaway::bitwise_or_, made_of_ops};
constinit Binary bitwise_xor{"bitwise_xor(Tensor self, Tensor other) -> Tensor", cutaway::bitwise_xor, cpu::into_new<cpu::bitwise_xor_into>, not_differentiable};
constinit BinaryInplace bitwise_xor_{"bitwise_xor_(Tensor(a!) self, Tensor other) -> Tensor(a!)", cutaway::bitwise_xor_, made_of_ops};
constinit Binary bitwise_left_shift{"bitwise_left_shift(Tensor self, Tensor other) -> Tensor", cutaway::bitwise_left_shift, cpu::into_new<cpu::left_shift_into>, not_differentiable};
constinit BinaryInplace bitwise_left_shift_{"bitwise_left_shift_(Tensor(a!) self, Tensor other) -> Tensor(a!)", cutaway::bitwise_left_shift_, made_of_ops};
constinit Binary bitwise_right_shift{"bitwise_right_shift(Tensor self, Tensor other) -> Tensor", cutaway::bitwise_right_shift, cpu::into_new<cpu::right_shift_into>, not_differentiable};
constinit BinaryInplace bitwise_right_shift_{"bitwise_right_shift_(Tensor(a!) self, Tensor other) -> Tensor(a!)", cutaway::bitwise_right_shift_, made_of_ops};
constinit Unary bitwise_not{"bitwise_not(Tensor self) -> Tensor", cutaway::bitwise_not, cpu::into_new<cpu::bitwise_not_into>, not_differentiable};
constinit UnaryInplace bitwise_not_{"bitwise_not_(Tensor(a!) self) -> Tensor(a!)", cutaway::bitwise_not_, made_of_ops};
constinit Binary gcd{"gcd(Tensor self, Tensor other) -> Tensor", cutaway::gcd, cpu::into_new<cpu::gcd_into>, not_differentiable};
constinit BinaryInplace gcd_{"gcd_(Tensor(a!) self, Tensor other) -> Tensor(a!)", cutaway::gcd_, made_of_ops};
constinit Binary lcm{"lcm(Tensor self, Tensor other) -> Tensor", cutaway::lcm, cpu::into_new<cpu::lcm_into>, not_differentiable};
constinit BinaryInplace lcm_{"lcm_(Tensor(a!) self, Tensor other) -> Tensor(a!)", cutaway::lcm_, made_of_ops};
// clang-format on

}  // namespace op

ArrayRef<OpBase*> bitwise_rows() {
  static constinit OpBase* const rows[] = {
      // clang-format off
    &op::bitwise_and, &op::bitwise_and_, &op::bitwise_or, &op::bitwise_or_, &op::bitwise_xor,
    &op::bitwise_xor_, &op::bitwise_left_shift, &op::bitwise_left_shift_,
    &op::bitwise_right_shift, &op::bitwise_right_shift_, &op::bitwise_not, &op::bitwise_not_,
    &op::gcd, &op::gcd_, &op::lcm, &op::lcm_
      // clang-format on
  };
  return {rows, static_cast<int64_t>(std::size(rows))};
}

}  // namespace cutaway
