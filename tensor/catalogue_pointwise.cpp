// SPDX-License-Identifier: MIT
//
// Rows of the catalogue: pointwise ops.
#include "catalogue_pointwise.h"

#include "boxed.h"
#include "cpu/kernels_pointwise.h"
#include "cpu/through_float.h"
#include "ops_pointwise.h"

namespace cutaway {
namespace op {

// clang-format off
constinit BinaryAlpha add{"add(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor", cutaway::add, cpu::add};
constinit BinaryAlpha sub{"sub(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor", cutaway::sub, cpu::sub};
constinit Binary mul{"mul(Tensor self, Tensor other) -> Tensor", cutaway::mul, cpu::mul};
constinit Binary div{"div(Tensor self, Tensor other) -> Tensor", cutaway::div, cpu::div};
constinit Binary pow{"pow.Tensor_Tensor(Tensor self, Tensor exponent) -> Tensor", cutaway::pow, cpu::through_float<cpu::pow>};
constinit Op<Tensor(const Tensor&, const Scalar&)> pow_scalar{"pow.Tensor_Scalar(Tensor self, Scalar exponent) -> Tensor", cutaway::pow, cpu::through_float<cpu::pow_scalar>};
constinit Unary neg{"neg(Tensor self) -> Tensor", cutaway::neg, cpu::through_float<cpu::neg>};
constinit Unary exp{"exp(Tensor self) -> Tensor", cutaway::exp, cpu::through_float<cpu::exp>};
constinit Unary log{"log(Tensor self) -> Tensor", cutaway::log, cpu::through_float<cpu::log>};
constinit Unary sqrt{"sqrt(Tensor self) -> Tensor", cutaway::sqrt, cpu::through_float<cpu::sqrt>};
constinit Unary relu{"relu(Tensor self) -> Tensor", cutaway::relu, cpu::through_float<cpu::relu>};
constinit Op<Tensor(const Tensor&, const Tensor&, const Scalar&)> threshold_backward{"threshold_backward(Tensor grad_output, Tensor self, Scalar threshold) -> Tensor", cutaway::threshold_backward, cpu::through_float<cpu::threshold_backward>};
constinit Binary eq{"eq(Tensor self, Tensor other) -> Tensor", cutaway::eq, cpu::eq, not_differentiable};
constinit Binary ne{"ne(Tensor self, Tensor other) -> Tensor", cutaway::ne, cpu::ne, not_differentiable};
constinit Binary lt{"lt(Tensor self, Tensor other) -> Tensor", cutaway::lt, cpu::lt, not_differentiable};
constinit Binary le{"le(Tensor self, Tensor other) -> Tensor", cutaway::le, cpu::le, not_differentiable};
constinit Binary gt{"gt(Tensor self, Tensor other) -> Tensor", cutaway::gt, cpu::gt, not_differentiable};
constinit Binary ge{"ge(Tensor self, Tensor other) -> Tensor", cutaway::ge, cpu::ge, not_differentiable};
constinit Op<Tensor(const Tensor&, const Tensor&, const Tensor&)> where{"where(Tensor condition, Tensor self, Tensor other) -> Tensor", cutaway::where, cpu::where};
constinit BinaryAlphaInplace add_{"add_(Tensor(a!) self, Tensor other, *, Scalar alpha=1) -> Tensor(a!)", cutaway::add_, cpu::add_};
constinit BinaryAlphaInplace sub_{"sub_(Tensor(a!) self, Tensor other, *, Scalar alpha=1) -> Tensor(a!)", cutaway::sub_, cpu::sub_};
constinit BinaryInplace mul_{"mul_(Tensor(a!) self, Tensor other) -> Tensor(a!)", cutaway::mul_, cpu::mul_};
constinit BinaryInplace div_{"div_(Tensor(a!) self, Tensor other) -> Tensor(a!)", cutaway::div_, cpu::div_};
constinit UnaryInplace neg_{"neg_(Tensor(a!) self) -> Tensor(a!)", cutaway::neg_, cpu::through_float<cpu::neg_>};
constinit UnaryInplace exp_{"exp_(Tensor(a!) self) -> Tensor(a!)", cutaway::exp_, cpu::through_float<cpu::exp_>};
constinit UnaryInplace sqrt_{"sqrt_(Tensor(a!) self) -> Tensor(a!)", cutaway::sqrt_, cpu::through_float<cpu::sqrt_>};
constinit UnaryInplace relu_{"relu_(Tensor(a!) self) -> Tensor(a!)", cutaway::relu_, cpu::through_float<cpu::relu_>};
constinit Op<bool(const Tensor&, const Tensor&)> equal{"equal(Tensor self, Tensor other) -> bool", cutaway::equal, cpu::equal, not_differentiable};
// clang-format on

}  // namespace op

static constinit OpBase* const rows[] = {
    // clang-format off
    &op::add,
    &op::sub,
    &op::mul,
    &op::div,
    &op::pow,
    &op::pow_scalar,
    &op::neg,
    &op::exp,
    &op::log,
    &op::sqrt,
    &op::relu,
    &op::threshold_backward,
    &op::eq,
    &op::ne,
    &op::lt,
    &op::le,
    &op::gt,
    &op::ge,
    &op::where,
    &op::add_,
    &op::sub_,
    &op::mul_,
    &op::div_,
    &op::neg_,
    &op::exp_,
    &op::sqrt_,
    &op::relu_,
    &op::equal,
    // clang-format on
};

ArrayRef<OpBase*> pointwise_rows() { return {rows, static_cast<int64_t>(std::size(rows))}; }

}  // namespace cutaway
