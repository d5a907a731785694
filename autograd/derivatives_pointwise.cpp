// SPDX-License-Identifier: MIT
//
// Gradients of the pointwise ops. `grad` is the gradient of the result; each line returns the
// gradients of the inputs in the order they are listed. Broadcasting is not mentioned: the engine
// sums a gradient down to the shape of its input.
#include "../tensor/catalogue.h"
#include "../tensor/ops.h"
#include "derivatives.h"
#include "record.h"

namespace cutaway::autograd {
namespace {

Tensor add(const Tensor& a, const Tensor& b, const Scalar& alpha) {
  return record("AddBackward0", {&a, &b}, below_autograd(op::add, a, b, alpha),
                [alpha](const Node& node, const Tensor& grad) -> Grads {
                  return {grad, node.needs(1) && !alpha.equals(1) ? grad * alpha : grad};
                });
}

Tensor sub(const Tensor& a, const Tensor& b, const Scalar& alpha) {
  return record("SubBackward0", {&a, &b}, below_autograd(op::sub, a, b, alpha),
                [alpha](const Node& node, const Tensor& grad) -> Grads {
                  return {grad, node.needs(1) ? -grad * alpha : Tensor()};
                });
}

Tensor mul(const Tensor& a, const Tensor& b) {
  return record("MulBackward0", {&a, &b}, below_autograd(op::mul, a, b),
                [a = save(a), b = save(b)](const Node& node, const Tensor& grad) -> Grads {
                  return {node.needs(0) ? grad * b.unpack(node) : Tensor(),
                          node.needs(1) ? grad * a.unpack(node) : Tensor()};
                });
}

// d(a/b)/da = 1/b, d(a/b)/db = -a/b^2
Tensor div_grad_divisor(const Tensor& grad, const Tensor& a, const Tensor& b) {
  return -grad * ((a / b) / b);
}

Tensor div(const Tensor& a, const Tensor& b) {
  return record("DivBackward0", {&a, &b}, below_autograd(op::div, a, b),
                [a = save(a), b = save(b)](const Node& node, const Tensor& grad) -> Grads {
                  const Tensor divisor = b.unpack(node);
                  return {
                      node.needs(0) ? grad / divisor : Tensor(),
                      node.needs(1) ? div_grad_divisor(grad, a.unpack(node), divisor) : Tensor()};
                });
}

// d(x^n)/dx = n x^(n-1); for n = 0 that is 0 even where x^(-1) is infinite.
Tensor pow_scalar(const Tensor& x, const Scalar& exponent) {
  return record("PowBackward0", {&x}, below_autograd(op::pow_scalar, x, exponent),
                [x = save(x), exponent](const Node& node, const Tensor& grad) -> Grads {
                  const double n = exponent.to<double>();
                  if (n == 0) return {zeros_like(grad)};
                  return {grad * (x.unpack(node).pow(n - 1) * n)};
                });
}

// d(x^y)/dx = y x^(y-1), and 0 where y = 0;  d(x^y)/dy = x^y log x, and 0 where x = 0 and y >= 0.
Tensor pow(const Tensor& x, const Tensor& y) {
  const Tensor result = below_autograd(op::pow, x, y);
  return record("PowBackward1", {&x, &y}, result,
                [x = save(x), y = save(y), result = save_output(result)](
                    const Node& node, const Tensor& grad) -> Grads {
                  const Tensor base = x.unpack(node);
                  const Tensor exponent = y.unpack(node);
                  Tensor grad_base, grad_exponent;
                  if (node.needs(0)) {
                    grad_base = where(exponent == 0, 0, grad * (exponent * base.pow(exponent - 1)));
                  }
                  if (node.needs(1)) {
                    grad_exponent = where((base == 0) * (exponent >= 0), 0,
                                          grad * (result.unpack(node) * base.log()));
                  }
                  return {grad_base, grad_exponent};
                });
}

Tensor neg(const Tensor& x) {
  return record("NegBackward0", {&x}, below_autograd(op::neg, x),
                [](const Node&, const Tensor& grad) -> Grads { return {-grad}; });
}

Tensor exp(const Tensor& x) {
  const Tensor result = below_autograd(op::exp, x);
  return record("ExpBackward0", {&x}, result,
                [result = save_output(result)](const Node& node, const Tensor& grad) -> Grads {
                  return {grad * result.unpack(node)};
                });
}

Tensor log(const Tensor& x) {
  return record("LogBackward0", {&x}, below_autograd(op::log, x),
                [x = save(x)](const Node& node, const Tensor& grad) -> Grads {
                  return {grad / x.unpack(node)};
                });
}

Tensor sqrt(const Tensor& x) {
  const Tensor result = below_autograd(op::sqrt, x);
  return record("SqrtBackward0", {&x}, result,
                [result = save_output(result)](const Node& node, const Tensor& grad) -> Grads {
                  return {grad / (result.unpack(node) * 2)};
                });
}

Tensor relu(const Tensor& x) {
  const Tensor result = below_autograd(op::relu, x);
  return record("ReluBackward0", {&x}, result,
                [result = save_output(result)](const Node& node, const Tensor& grad) -> Grads {
                  return {threshold_backward(grad, result.unpack(node), 0)};
                });
}

Tensor threshold_backward(const Tensor& grad_output, const Tensor& x, const Scalar& threshold) {
  return record("ThresholdBackwardBackward0", {&grad_output, &x},
                below_autograd(op::threshold_backward, grad_output, x, threshold),
                [x = save(x), threshold](const Node& node, const Tensor& grad) -> Grads {
                  return {node.needs(0)
                              ? cutaway::threshold_backward(grad, x.unpack(node), threshold)
                              : Tensor(),
                          node.needs(1) ? zeros_like(grad) : Tensor()};
                });
}

Tensor where(const Tensor& condition, const Tensor& a, const Tensor& b) {
  return record("WhereBackward0", {&condition, &a, &b}, below_autograd(op::where, condition, a, b),
                [condition = save(condition)](const Node& node, const Tensor& grad) -> Grads {
                  const Tensor chosen = condition.unpack(node);
                  return {Tensor(), node.needs(1) ? cutaway::where(chosen, grad, 0) : Tensor(),
                          node.needs(2) ? cutaway::where(chosen, 0, grad) : Tensor()};
                });
}

// ---- In place. The old value of self, where it is needed, is saved as a copy. ----

const Tensor& add_(const Tensor& self, const Tensor& other, const Scalar& alpha) {
  InplaceRecord history({&self, &other});
  below_autograd(op::add_, self, other, alpha);
  return history.record("AddBackward0", [alpha](const Node& node, const Tensor& grad) -> Grads {
    return {grad, node.needs(1) && !alpha.equals(1) ? grad * alpha : grad};
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
  SavedTensor before = save(history.needs(1) ? self.clone() : Tensor());
  SavedTensor factor = save(history.needs(0) ? other : Tensor());
  below_autograd(op::mul_, self, other);
  return history.record("MulBackward0",
                        [before = std::move(before), factor = std::move(factor)](
                            const Node& node, const Tensor& grad) -> Grads {
                          return {node.needs(0) ? grad * factor.unpack(node) : Tensor(),
                                  node.needs(1) ? grad * before.unpack(node) : Tensor()};
                        });
}

const Tensor& div_(const Tensor& self, const Tensor& other) {
  InplaceRecord history({&self, &other});
  SavedTensor before = save(history.needs(1) ? self.clone() : Tensor());
  SavedTensor divisor = save(other);
  below_autograd(op::div_, self, other);
  return history.record(
      "DivBackward0",
      [before = std::move(before), divisor = std::move(divisor)](const Node& node,
                                                                 const Tensor& grad) -> Grads {
        const Tensor b = divisor.unpack(node);
        return {node.needs(0) ? grad / b : Tensor(),
                node.needs(1) ? div_grad_divisor(grad, before.unpack(node), b) : Tensor()};
      });
}

const Tensor& neg_(const Tensor& self) {
  InplaceRecord history({&self});
  below_autograd(op::neg_, self);
  return history.record("NegBackward0",
                        [](const Node&, const Tensor& grad) -> Grads { return {-grad}; });
}

const Tensor& exp_(const Tensor& self) {
  InplaceRecord history({&self});
  below_autograd(op::exp_, self);
  return history.record(
      "ExpBackward0", [result = save_output(self)](const Node& node, const Tensor& grad) -> Grads {
        return {grad * result.unpack(node)};
      });
}

const Tensor& sqrt_(const Tensor& self) {
  InplaceRecord history({&self});
  below_autograd(op::sqrt_, self);
  return history.record(
      "SqrtBackward0", [result = save_output(self)](const Node& node, const Tensor& grad) -> Grads {
        return {grad / (result.unpack(node) * 2)};
      });
}

const Tensor& relu_(const Tensor& self) {
  InplaceRecord history({&self});
  below_autograd(op::relu_, self);
  return history.record(
      "ReluBackward0", [result = save_output(self)](const Node& node, const Tensor& grad) -> Grads {
        return {cutaway::threshold_backward(grad, result.unpack(node), 0)};
      });
}

}  // namespace

void install_pointwise_derivatives() {
  op::add.set_kernel(Key::Autograd, add);
  op::sub.set_kernel(Key::Autograd, sub);
  op::mul.set_kernel(Key::Autograd, mul);
  op::div.set_kernel(Key::Autograd, div);
  op::pow_scalar.set_kernel(Key::Autograd, pow_scalar);
  op::pow.set_kernel(Key::Autograd, pow);
  op::neg.set_kernel(Key::Autograd, neg);
  op::exp.set_kernel(Key::Autograd, exp);
  op::log.set_kernel(Key::Autograd, log);
  op::sqrt.set_kernel(Key::Autograd, sqrt);
  op::relu.set_kernel(Key::Autograd, relu);
  op::threshold_backward.set_kernel(Key::Autograd, threshold_backward);
  op::where.set_kernel(Key::Autograd, where);
  op::add_.set_kernel(Key::Autograd, add_);
  op::sub_.set_kernel(Key::Autograd, sub_);
  op::mul_.set_kernel(Key::Autograd, mul_);
  op::div_.set_kernel(Key::Autograd, div_);
  op::neg_.set_kernel(Key::Autograd, neg_);
  op::exp_.set_kernel(Key::Autograd, exp_);
  op::sqrt_.set_kernel(Key::Autograd, sqrt_);
  op::relu_.set_kernel(Key::Autograd, relu_);
}

}  // namespace cutaway::autograd
