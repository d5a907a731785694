// SPDX-License-Identifier: MIT
//
// Rows of the catalogue: activation functions.
#include "catalogue_activation.h"

#include "boxed.h"
#include "cpu/into.h"
#include "cpu/kernels_activation.h"
#include "ops_activation.h"

namespace cutaway::inline v0_1 {
namespace op {

// clang-format off
constinit Unary relu{"relu(Tensor self) -> Tensor", cutaway::relu, cpu::into_new<cpu::relu_into>};
constinit UnaryInplace relu_{"relu_(Tensor(a!) self) -> Tensor(a!)", cutaway::relu_, cpu::into_self<cpu::relu_into>};
constinit Unary silu{"silu(Tensor self) -> Tensor", cutaway::silu, cpu::into_new<cpu::silu_into>};
constinit UnaryInplace silu_{"silu_(Tensor(a!) self) -> Tensor(a!)", cutaway::silu_, cpu::into_self<cpu::silu_into>};
constinit Unary mish{"mish(Tensor self) -> Tensor", cutaway::mish, cpu::into_new<cpu::mish_into>};
constinit UnaryInplace mish_{"mish_(Tensor(a!) self) -> Tensor(a!)", cutaway::mish_, cpu::into_self<cpu::mish_into>};
constinit Unary hardsigmoid{"hardsigmoid(Tensor self) -> Tensor", cutaway::hardsigmoid, cpu::into_new<cpu::hardsigmoid_into>};
constinit UnaryInplace hardsigmoid_{"hardsigmoid_(Tensor(a!) self) -> Tensor(a!)", cutaway::hardsigmoid_, cpu::into_self<cpu::hardsigmoid_into>};
constinit Unary hardswish{"hardswish(Tensor self) -> Tensor", cutaway::hardswish, cpu::into_new<cpu::hardswish_into>};
constinit UnaryInplace hardswish_{"hardswish_(Tensor(a!) self) -> Tensor(a!)", cutaway::hardswish_, cpu::into_self<cpu::hardswish_into>};
constinit Unary log_sigmoid{"log_sigmoid(Tensor self) -> Tensor", cutaway::log_sigmoid, cpu::through_float<cpu::log_sigmoid>};
constinit Op<Tensor(const Tensor&, std::string_view)> gelu{"gelu(Tensor self, *, str approximate='none') -> Tensor", cutaway::gelu, cpu::into_new<cpu::gelu_into>};
constinit Op<const Tensor&(const Tensor&, std::string_view)> gelu_{"gelu_(Tensor(a!) self, *, str approximate='none') -> Tensor(a!)", cutaway::gelu_, made_of_ops};
constinit Op<Tensor(const Tensor&, const Scalar&, const Scalar&, const Scalar&)> elu{"elu(Tensor self, Scalar alpha=1, Scalar scale=1, Scalar input_scale=1) -> Tensor", cutaway::elu, cpu::into_new<cpu::elu_into>};
constinit Op<const Tensor&(const Tensor&, const Scalar&, const Scalar&, const Scalar&)> elu_{"elu_(Tensor(a!) self, Scalar alpha=1, Scalar scale=1, Scalar input_scale=1) -> Tensor(a!)", cutaway::elu_, made_of_ops};
constinit Unary selu{"selu(Tensor self) -> Tensor", cutaway::selu, made_of_ops};
constinit UnaryInplace selu_{"selu_(Tensor(a!) self) -> Tensor(a!)", cutaway::selu_, made_of_ops};
constinit Op<Tensor(const Tensor&, const Scalar&)> celu{"celu(Tensor self, Scalar alpha=1.0) -> Tensor", cutaway::celu, made_of_ops};
constinit Op<const Tensor&(const Tensor&, const Scalar&)> celu_{"celu_(Tensor(a!) self, Scalar alpha=1.0) -> Tensor(a!)", cutaway::celu_, made_of_ops};
constinit Op<Tensor(const Tensor&, const Scalar&)> leaky_relu{"leaky_relu(Tensor self, Scalar negative_slope=0.01) -> Tensor", cutaway::leaky_relu, cpu::into_new<cpu::leaky_relu_into>};
constinit Op<const Tensor&(const Tensor&, const Scalar&)> leaky_relu_{"leaky_relu_(Tensor(a!) self, Scalar negative_slope=0.01) -> Tensor(a!)", cutaway::leaky_relu_, made_of_ops};
constinit Op<Tensor(const Tensor&, const Scalar&, const Scalar&)> softplus{"softplus(Tensor self, Scalar beta=1, Scalar threshold=20) -> Tensor", cutaway::softplus, cpu::into_new<cpu::softplus_into>};
constinit Op<Tensor(const Tensor&, const Scalar&, const Scalar&)> hardtanh{"hardtanh(Tensor self, Scalar min_val=-1, Scalar max_val=1) -> Tensor", cutaway::hardtanh, cpu::into_new<cpu::hardtanh_into>};
constinit Op<const Tensor&(const Tensor&, const Scalar&, const Scalar&)> hardtanh_{"hardtanh_(Tensor(a!) self, Scalar min_val=-1, Scalar max_val=1) -> Tensor(a!)", cutaway::hardtanh_, made_of_ops};
constinit Unary relu6{"relu6(Tensor self) -> Tensor", cutaway::relu6, made_of_ops};
constinit UnaryInplace relu6_{"relu6_(Tensor(a!) self) -> Tensor(a!)", cutaway::relu6_, made_of_ops};
constinit Op<Tensor(const Tensor&, const Scalar&, const Scalar&)> threshold{"threshold(Tensor self, Scalar threshold, Scalar value) -> Tensor", cutaway::threshold, cpu::into_new<cpu::threshold_into>};
constinit Op<const Tensor&(const Tensor&, const Scalar&, const Scalar&)> threshold_{"threshold_(Tensor(a!) self, Scalar threshold, Scalar value) -> Tensor(a!)", cutaway::threshold_, made_of_ops};
constinit Op<Tensor(const Tensor&, const Tensor&, const Scalar&)> threshold_backward{"threshold_backward(Tensor grad_output, Tensor self, Scalar threshold) -> Tensor", cutaway::threshold_backward, cpu::through_float<cpu::threshold_backward>};
constinit Unary softsign{"softsign(Tensor self) -> Tensor", cutaway::softsign, made_of_ops};
constinit Unary tanhshrink{"tanhshrink(Tensor self) -> Tensor", cutaway::tanhshrink, made_of_ops};
// clang-format on

}  // namespace op

ArrayRef<OpBase*> activation_rows() {
  static constinit OpBase* const rows[] = {
      // clang-format off
    &op::relu, &op::relu_, &op::silu, &op::silu_, &op::mish, &op::mish_, &op::hardsigmoid,
    &op::hardsigmoid_, &op::hardswish, &op::hardswish_, &op::log_sigmoid, &op::gelu, &op::gelu_,
    &op::elu, &op::elu_, &op::selu, &op::selu_, &op::celu, &op::celu_, &op::leaky_relu,
    &op::leaky_relu_, &op::softplus, &op::hardtanh, &op::hardtanh_, &op::relu6, &op::relu6_,
    &op::threshold, &op::threshold_, &op::threshold_backward, &op::softsign, &op::tanhshrink
      // clang-format on
  };
  return {rows, static_cast<int64_t>(std::size(rows))};
}

}  // namespace cutaway
