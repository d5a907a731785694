// SPDX-License-Identifier: MIT
//
// Gradients of arithmetic. `grad` is the gradient of the result; each line returns the
// gradients of the inputs in the order they are listed. Broadcasting is not mentioned: the engine
// sums a gradient down to the shape of its input.
#include "../tensor/catalogue.h"
#include "../tensor/ops.h"
#include "derivatives.h"
#include "record.h"

namespace cutaway::inline v0_1::autograd::pointwise_derivatives {
namespace {

Tensor add(const Tensor& a, const Tensor& b, const Scalar& alpha) {
  return record("AddBackward0", {&a, &b}, below_autograd(op::add, a, b, alpha),
                [alpha](const Node&, const Tensor& grad) -> Grads {
                  return {grad, alpha.equals(1) ? grad : grad * alpha};
                });
}

Tensor sub(const Tensor& a, const Tensor& b, const Scalar& alpha) {
  return record("SubBackward0", {&a, &b}, below_autograd(op::sub, a, b, alpha),
                [alpha](const Node& node, const Tensor& grad) -> Grads {
                  return {grad, node.needs(1) ? -grad * alpha : Tensor()};
                });
}

// alpha times a is taken from b: a number, in 1 - x, is not an input.
Tensor rsub(const Tensor& a, const Tensor& b, const Scalar& alpha) {
  const Tensor result = below_autograd(op::rsub, a, b, alpha);
  if (b.impl()->is_wrapped_number()) {
    return record("RsubBackward1", {&a}, result,
                  [alpha](const Node&, const Tensor& grad) -> Grads { return {-grad * alpha}; });
  }
  return record("RsubBackward0", {&a, &b}, result,
                [alpha](const Node& node, const Tensor& grad) -> Grads {
                  return {node.needs(0) ? -grad * alpha : Tensor(), grad};
                });
}

Tensor mul(const Tensor& a, const Tensor& b) {
  return record({"MulBackward0", "other, self"}, {&a, &b}, below_autograd(op::mul, a, b),
                [other = save_for(a, b), self = save_for(b, a)](const Node& node,
                                                                const Tensor& grad) -> Grads {
                  const auto [y, x] = unpack_all(node, other, self);
                  return {node.needs(0) ? grad * y : Tensor(), node.needs(1) ? grad * x : Tensor()};
                });
}

// d(a/b)/da = 1/b, d(a/b)/db = -a/b^2
Tensor div_grad_divisor(const Tensor& grad, const Tensor& a, const Tensor& b) {
  return -grad * ((a / b) / b);
}

Tensor div(const Tensor& a, const Tensor& b) {
  return record(
      {"DivBackward0", "other, self"}, {&a, &b}, below_autograd(op::div, a, b),
      [other = save(b), self = save_for(b, a)](const Node& node, const Tensor& grad) -> Grads {
        const auto [divisor, x] = unpack_all(node, other, self);
        return {node.needs(0) ? grad / divisor : Tensor(),
                node.needs(1) ? div_grad_divisor(grad, x, divisor) : Tensor()};
      });
}

// d(x^n)/dx = n x^(n-1); for n = 0 that is 0 even where x^(-1) is infinite.
Tensor pow_scalar(const Tensor& x, const Scalar& exponent) {
  return record({"PowBackward0", "self"}, {&x}, below_autograd(op::pow_scalar, x, exponent),
                [x = save(x), exponent](const Node& node, const Tensor& grad) -> Grads {
                  const Tensor base = x.unpack(node);
                  const double n = exponent.to<double>();
                  if (n == 0) return {zeros_like(grad)};
                  return {grad * (base.pow(n - 1) * n)};
                });
}

// d(x^y)/dx = y x^(y-1), and 0 where y = 0;  d(x^y)/dy = x^y log x, and 0 where x = 0 and y >= 0.
Tensor pow_backward_self(const Tensor& grad, const Tensor& x, const Tensor& y) {
  return where(y == 0, 0, grad * (y * x.pow(y - 1)));
}
Tensor pow_backward_exponent(const Tensor& grad, const Tensor& x, const Tensor& y,
                             const Tensor& result) {
  return where((x == 0) * (y >= 0), 0, grad * (result * x.log()));
}

// A number to the power y: it is not an input.
Tensor pow_of_number(const Tensor& x, const Tensor& y) {
  const Tensor result = below_autograd(op::pow, x, y);
  return record({"PowBackward2", "exponent, result"}, {&y}, result,
                [y = save(y), result = save_output(result), x](const Node& node,
                                                               const Tensor& grad) -> Grads {
                  const auto [exponent, power] = unpack_all(node, y, result);
                  return {pow_backward_exponent(grad, x, exponent, power)};
                });
}
Tensor pow(const Tensor& x, const Tensor& y) {
  if (x.impl()->is_wrapped_number()) return pow_of_number(x, y);
  const Tensor result = below_autograd(op::pow, x, y);
  return record(
      {"PowBackward1", "exponent, self, result"}, {&x, &y}, result,
      [y = save(y), x = save(x), result = save_output(result)](const Node& node,
                                                               const Tensor& grad) -> Grads {
        const auto [exponent, base, power] = unpack_all(node, y, x, result);
        return {node.needs(0) ? pow_backward_self(grad, base, exponent) : Tensor(),
                node.needs(1) ? pow_backward_exponent(grad, base, exponent, power) : Tensor()};
      });
}

// Steps are flat. (What is saved goes unused, but must not be written to: PyTorch saves it, too.)
Tensor div_mode(const Tensor& a, const Tensor& b, std::optional<std::string_view> mode) {
  return record(
      {"DivBackward2", "other, self"}, {&a, &b}, below_autograd(op::div_mode, a, b, mode),
      [other = save(b), self = save_for(b, a)](const Node& node, const Tensor& grad) -> Grads {
        unpack_all(node, other, self);
        return {zeros_like(grad), zeros_like(grad)};
      });
}

// self + weight * (end - self)
Tensor lerp(const Tensor& self, const Tensor& end, const Tensor& weight) {
  return record({"LerpBackward1", "end, self, weight"}, {&self, &end, &weight},
                below_autograd(op::lerp, self, end, weight),
                [end = save_for(weight, end), self = save_for(weight, self), weight = save(weight)](
                    const Node& node, const Tensor& grad) -> Grads {
                  const auto [to, from, w] = unpack_all(node, end, self, weight);
                  return {grad * (1 - w), grad * w, node.needs(2) ? grad * (to - from) : Tensor()};
                });
}
Tensor lerp_scalar(const Tensor& self, const Tensor& end, const Scalar& weight) {
  return record("LerpBackward0", {&self, &end}, below_autograd(op::lerp_scalar, self, end, weight),
                [w = weight.to<double>()](const Node&, const Tensor& grad) -> Grads {
                  return {grad * (1 - w), grad * w};
                });
}

// self + value * a * b
Tensor addcmul(const Tensor& self, const Tensor& a, const Tensor& b, const Scalar& value) {
  return record({"AddcmulBackward0", "tensor1, tensor2"}, {&self, &a, &b},
                below_autograd(op::addcmul, self, a, b, value),
                [tensor1 = save_for(b, a), tensor2 = save_for(a, b), value](
                    const Node& node, const Tensor& grad) -> Grads {
                  const auto [x, y] = unpack_all(node, tensor1, tensor2);
                  return {grad, node.needs(1) ? grad * (y * value) : Tensor(),
                          node.needs(2) ? grad * (x * value) : Tensor()};
                });
}

// self + value * a / b
Tensor addcdiv(const Tensor& self, const Tensor& a, const Tensor& b, const Scalar& value) {
  return record({"AddcdivBackward0", "tensor1, tensor2"}, {&self, &a, &b},
                below_autograd(op::addcdiv, self, a, b, value),
                [tensor1 = save_for(b, a), tensor2 = save(b), value](const Node& node,
                                                                     const Tensor& grad) -> Grads {
                  const auto [x, divisor] = unpack_all(node, tensor1, tensor2);
                  const Tensor scaled = grad * value;
                  return {grad, node.needs(1) ? scaled / divisor : Tensor(),
                          node.needs(2) ? div_grad_divisor(scaled, x, divisor) : Tensor()};
                });
}

// ---- In place. The old value of self, where it is needed, is saved as a copy. ----

const Tensor& add_(const Tensor& self, const Tensor& other, const Scalar& alpha) {
  InplaceRecord history({&self, &other});
  below_autograd(op::add_, self, other, alpha);
  return history.record("AddBackward0", [alpha](const Node&, const Tensor& grad) -> Grads {
    return {grad, alpha.equals(1) ? grad : grad * alpha};
  });
}

const Tensor& sub_(const Tensor& self, const Tensor& other, const Scalar& alpha) {
  InplaceRecord history({&self, &other});
  below_autograd(op::sub_, self, other, alpha);
  return history.record("SubBackward0", [alpha](const Node& node, const Tensor& grad) -> Grads {
    return {grad, node.needs(1) ? -grad * alpha : Tensor()};
  });
}

const Tensor& mul_(const Tensor& self, const Tensor& other) {
  InplaceRecord history({&self, &other});
  SavedTensor factor = save(history.needs(0) ? other : Tensor());
  SavedTensor before = save(history.needs(1) ? self.clone() : Tensor());
  below_autograd(op::mul_, self, other);
  return history.record(
      {"MulBackward0", "other, self"},
      [factor = std::move(factor), before = std::move(before)](const Node& node,
                                                               const Tensor& grad) -> Grads {
        const auto [y, x] = unpack_all(node, factor, before);
        return {node.needs(0) ? grad * y : Tensor(), node.needs(1) ? grad * x : Tensor()};
      });
}

const Tensor& div_(const Tensor& self, const Tensor& other) {
  InplaceRecord history({&self, &other});
  SavedTensor divisor = save(other);
  SavedTensor before = save(history.needs(1) ? self.clone() : Tensor());
  below_autograd(op::div_, self, other);
  return history.record({"DivBackward0", "other, self"},
                        [divisor = std::move(divisor), before = std::move(before)](
                            const Node& node, const Tensor& grad) -> Grads {
                          const auto [y, x] = unpack_all(node, divisor, before);
                          return {node.needs(0) ? grad / y : Tensor(),
                                  node.needs(1) ? div_grad_divisor(grad, x, y) : Tensor()};
                        });
}

}  // namespace

void install() {
  op::add.set_kernel(Key::Autograd, add);
  op::sub.set_kernel(Key::Autograd, sub);
  op::rsub.set_kernel(Key::Autograd, rsub);
  op::mul.set_kernel(Key::Autograd, mul);
  op::div.set_kernel(Key::Autograd, div);
  op::pow_scalar.set_kernel(Key::Autograd, pow_scalar);
  op::pow.set_kernel(Key::Autograd, pow);
  op::div_mode.set_kernel(Key::Autograd, div_mode);
  op::lerp.set_kernel(Key::Autograd, lerp);
  op::lerp_scalar.set_kernel(Key::Autograd, lerp_scalar);
  op::addcmul.set_kernel(Key::Autograd, addcmul);
  op::addcdiv.set_kernel(Key::Autograd, addcdiv);
  op::add_.set_kernel(Key::Autograd, add_);
  op::sub_.set_kernel(Key::Autograd, sub_);
  op::mul_.set_kernel(Key::Autograd, mul_);
  op::div_.set_kernel(Key::Autograd, div_);
}

}  // namespace cutaway::autograd::pointwise_derivatives
