// SPDX-License-Identifier: MIT
//
// Rows of the catalogue: comparisons, logic and choice.
#include "catalogue_compare.h"

#include "boxed.h"
#include "cpu/kernels_compare.h"
#include "cpu/kernels_copy.h"
#include "ops_compare.h"

namespace cutaway::inline v0_1 {
namespace op {

// clang-format off
constinit Binary eq{"eq(Tensor self, Tensor other) -> Tensor", cutaway::eq, cpu::eq, not_differentiable};
constinit Binary ne{"ne(Tensor self, Tensor other) -> Tensor", cutaway::ne, cpu::ne, not_differentiable};
constinit Binary lt{"lt(Tensor self, Tensor other) -> Tensor", cutaway::lt, cpu::lt, not_differentiable};
constinit Binary le{"le(Tensor self, Tensor other) -> Tensor", cutaway::le, cpu::le, not_differentiable};
constinit Binary gt{"gt(Tensor self, Tensor other) -> Tensor", cutaway::gt, cpu::gt, not_differentiable};
constinit Binary ge{"ge(Tensor self, Tensor other) -> Tensor", cutaway::ge, cpu::ge, not_differentiable};
constinit BinaryInplace eq_{"eq_(Tensor(a!) self, Tensor other) -> Tensor(a!)", cutaway::eq_, cpu::overwrite<cutaway::eq>};
constinit BinaryInplace ne_{"ne_(Tensor(a!) self, Tensor other) -> Tensor(a!)", cutaway::ne_, cpu::overwrite<cutaway::ne>};
constinit BinaryInplace lt_{"lt_(Tensor(a!) self, Tensor other) -> Tensor(a!)", cutaway::lt_, cpu::overwrite<cutaway::lt>};
constinit BinaryInplace le_{"le_(Tensor(a!) self, Tensor other) -> Tensor(a!)", cutaway::le_, cpu::overwrite<cutaway::le>};
constinit BinaryInplace gt_{"gt_(Tensor(a!) self, Tensor other) -> Tensor(a!)", cutaway::gt_, cpu::overwrite<cutaway::gt>};
constinit BinaryInplace ge_{"ge_(Tensor(a!) self, Tensor other) -> Tensor(a!)", cutaway::ge_, cpu::overwrite<cutaway::ge>};
constinit Binary not_equal{"not_equal(Tensor self, Tensor other) -> Tensor", cutaway::ne, made_of_ops};
constinit BinaryInplace not_equal_{"not_equal_(Tensor(a!) self, Tensor other) -> Tensor(a!)", cutaway::ne_, made_of_ops};
constinit Binary less{"less(Tensor self, Tensor other) -> Tensor", cutaway::lt, made_of_ops};
constinit BinaryInplace less_{"less_(Tensor(a!) self, Tensor other) -> Tensor(a!)", cutaway::lt_, made_of_ops};
constinit Binary less_equal{"less_equal(Tensor self, Tensor other) -> Tensor", cutaway::le, made_of_ops};
constinit BinaryInplace less_equal_{"less_equal_(Tensor(a!) self, Tensor other) -> Tensor(a!)", cutaway::le_, made_of_ops};
constinit Binary greater{"greater(Tensor self, Tensor other) -> Tensor", cutaway::gt, made_of_ops};
constinit BinaryInplace greater_{"greater_(Tensor(a!) self, Tensor other) -> Tensor(a!)", cutaway::gt_, made_of_ops};
constinit Binary greater_equal{"greater_equal(Tensor self, Tensor other) -> Tensor", cutaway::ge, made_of_ops};
constinit BinaryInplace greater_equal_{"greater_equal_(Tensor(a!) self, Tensor other) -> Tensor(a!)", cutaway::ge_, made_of_ops};
constinit Binary logical_and{"logical_and(Tensor self, Tensor other) -> Tensor", cutaway::logical_and, cpu::logical_and, not_differentiable};
constinit BinaryInplace logical_and_{"logical_and_(Tensor(a!) self, Tensor other) -> Tensor(a!)", cutaway::logical_and_, made_of_ops};
constinit Binary logical_or{"logical_or(Tensor self, Tensor other) -> Tensor", cutaway::logical_or, cpu::logical_or, not_differentiable};
constinit BinaryInplace logical_or_{"logical_or_(Tensor(a!) self, Tensor other) -> Tensor(a!)", cutaway::logical_or_, made_of_ops};
constinit Binary logical_xor{"logical_xor(Tensor self, Tensor other) -> Tensor", cutaway::logical_xor, cpu::logical_xor, not_differentiable};
constinit BinaryInplace logical_xor_{"logical_xor_(Tensor(a!) self, Tensor other) -> Tensor(a!)", cutaway::logical_xor_, made_of_ops};
constinit Unary logical_not{"logical_not(Tensor self) -> Tensor", cutaway::logical_not, made_of_ops};
constinit UnaryInplace logical_not_{"logical_not_(Tensor(a!) self) -> Tensor(a!)", cutaway::logical_not_, made_of_ops};
constinit Unary isnan{"isnan(Tensor self) -> Tensor", cutaway::isnan, made_of_ops};
constinit Unary isinf{"isinf(Tensor self) -> Tensor", cutaway::isinf, made_of_ops};
constinit Unary isposinf{"isposinf(Tensor self) -> Tensor", cutaway::isposinf, made_of_ops};
constinit Unary isneginf{"isneginf(Tensor self) -> Tensor", cutaway::isneginf, made_of_ops};
constinit Unary isfinite{"isfinite(Tensor self) -> Tensor", cutaway::isfinite, made_of_ops};
constinit Unary isreal{"isreal(Tensor self) -> Tensor", cutaway::isreal, made_of_ops};
constinit Op<bool(const Tensor&, const Tensor&)> equal{"equal(Tensor self, Tensor other) -> bool", cutaway::equal, cpu::equal, not_differentiable};
constinit Op<Tensor(const Tensor&, const Tensor&, double, double, bool)> isclose{"isclose(Tensor self, Tensor other, float rtol=1e-05, float atol=1e-08, bool equal_nan=False) -> Tensor", cutaway::isclose, made_of_ops};
constinit Op<bool(const Tensor&, const Tensor&, double, double, bool)> allclose{"allclose(Tensor self, Tensor other, float rtol=1e-05, float atol=1e-08, bool equal_nan=False) -> bool", cutaway::allclose, made_of_ops};
constinit Op<Tensor(const Tensor&, const Tensor&, const Tensor&)> where{"where(Tensor condition, Tensor self, Tensor other) -> Tensor", cutaway::where, cpu::where};
constinit Op<Tensor(const Tensor&, const Scalar&, const Tensor&)> where_scalar_self{"where.ScalarSelf(Tensor condition, Scalar self, Tensor other) -> Tensor", cutaway::where, made_of_ops};
// clang-format on

}  // namespace op

ArrayRef<OpBase*> compare_rows() {
  static constinit OpBase* const rows[] = {
      // clang-format off
    &op::eq, &op::ne, &op::lt, &op::le, &op::gt, &op::ge, &op::eq_, &op::ne_, &op::lt_,
    &op::le_, &op::gt_, &op::ge_, &op::not_equal, &op::not_equal_, &op::less, &op::less_,
    &op::less_equal, &op::less_equal_, &op::greater, &op::greater_, &op::greater_equal,
    &op::greater_equal_, &op::logical_and, &op::logical_and_, &op::logical_or, &op::logical_or_,
    &op::logical_xor, &op::logical_xor_, &op::logical_not, &op::logical_not_, &op::isnan,
    &op::isinf, &op::isposinf, &op::isneginf, &op::isfinite, &op::isreal, &op::equal,
    &op::isclose, &op::allclose, &op::where, &op::where_scalar_self
      // clang-format on
  };
  return {rows, static_cast<int64_t>(std::size(rows))};
}

}  // namespace cutaway
