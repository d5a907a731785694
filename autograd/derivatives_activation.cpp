// SPDX-License-Identifier: MIT
//
// Gradients of the functions of one tensor that take numbers besides (activation functions with
// their slopes and limits, logit, polygamma, rounding to decimals), and of I1, which saves both
// argument and result. The others are in derivatives_unary.cpp.
#include "../tensor/catalogue.h"
#include "../tensor/ops.h"
#include "derivatives.h"
#include "record.h"

namespace cutaway::inline v0_1::autograd::activation_derivatives {
namespace {

/// Records a function of x alone, whose gradient is formula(grad, x).
template <class Formula>
Tensor record_of(const char* name, const Tensor& x, const Tensor& result, Formula formula) {
  return record({name, "self"}, {&x}, result,
                [x = save(x), formula](const Node& node, const Tensor& grad) -> Grads {
                  return {formula(grad, x.unpack(node))};
                });
}

// ---- Activation functions ----

Tensor leaky_relu(const Tensor& self, const Scalar& slope) {
  return record_of("LeakyReluBackward0", self, below_autograd(op::leaky_relu, self, slope),
                   [slope](const Tensor& grad, const Tensor& x) {
                     return where(x > 0, threshold_backward(grad, x, 0), grad * slope);
                   });
}

Tensor hardtanh(const Tensor& self, const Scalar& min, const Scalar& max) {
  return record_of("HardtanhBackward0", self, below_autograd(op::hardtanh, self, min, max),
                   [min, max](const Tensor& grad, const Tensor& x) {
                     // Written so that its gradient with respect to x is known to be zero.
                     return threshold_backward(threshold_backward(grad, x, min), -x,
                                               -max.to<double>());
                   });
}

Tensor threshold(const Tensor& self, const Scalar& threshold, const Scalar& value) {
  return record_of("ThresholdBackward0", self,
                   below_autograd(op::threshold, self, threshold, value),
                   [threshold](const Tensor& grad, const Tensor& x) {
                     return cutaway::threshold_backward(grad, x, threshold);
                   });
}

Tensor threshold_backward(const Tensor& grad_output, const Tensor& x, const Scalar& threshold) {
  return record({"ThresholdBackwardBackward0", "self"}, {&grad_output, &x},
                below_autograd(op::threshold_backward, grad_output, x, threshold),
                [x = save(x), threshold](const Node& node, const Tensor& grad) -> Grads {
                  const Tensor in = x.unpack(node);
                  return {
                      node.needs(0) ? cutaway::threshold_backward(grad, in, threshold) : Tensor(),
                      node.needs(1) ? zeros_like(grad) : Tensor()};
                });
}

Tensor elu(const Tensor& self, const Scalar& alpha, const Scalar& scale,
           const Scalar& input_scale) {
  const double inner = input_scale.to<double>();
  const double positive = scale.to<double>();
  const double negative = alpha.to<double>() * positive * inner;
  return record_of("EluBackward0", self, below_autograd(op::elu, self, alpha, scale, input_scale),
                   [inner, positive, negative](const Tensor& grad, const Tensor& x) {
                     return grad * where(x <= 0, exp(clamp_max(x, 0) * inner) * negative, positive);
                   });
}

// x Phi(x) has the derivative Phi(x) + x phi(x), phi the normal density.
Tensor gelu_slope(const Tensor& x) {
  constexpr double kSqrtHalf = 0.70710678118654752440;
  constexpr double kDensityAt0 = 0.39894228040143267794;  // 1 / sqrt(2 pi)
  const Tensor distribution = (erf(x * kSqrtHalf) + 1) * 0.5;
  return distribution + x * (exp(x * x * -0.5) * kDensityAt0);
}

// 0.5 x (1 + tanh(u)) with u = slope (x + cubic x^3)
Tensor gelu_tanh_slope(const Tensor& x) {
  constexpr double kSlope = 0.79788456080286535588;  // sqrt(2 / pi)
  constexpr double kCubic = 0.044715;
  const Tensor square = x * x;
  const Tensor t = tanh(x * (square * kCubic + 1) * kSlope);
  const Tensor du = (square * (3 * kCubic) + 1) * kSlope;
  return (t + 1) * 0.5 + x * 0.5 * (1 - t * t) * du;
}

Tensor gelu(const Tensor& self, std::string_view approximate) {
  const bool by_tanh = approximate == "tanh";
  return record_of("GeluBackward0", self, below_autograd(op::gelu, self, approximate),
                   [by_tanh](const Tensor& grad, const Tensor& x) {
                     return grad * (by_tanh ? gelu_tanh_slope(x) : gelu_slope(x));
                   });
}

Tensor softplus(const Tensor& self, const Scalar& beta, const Scalar& threshold) {
  return record_of("SoftplusBackward0", self, below_autograd(op::softplus, self, beta, threshold),
                   [beta, threshold](const Tensor& grad, const Tensor& x) {
                     const Tensor scaled = x * beta;
                     return where(scaled > threshold, grad, grad * sigmoid(scaled));
                   });
}

// ---- Others ----

// d/dx log(x / (1 - x)) = 1 / (x (1 - x)); where x was clamped, 0.
Tensor logit(const Tensor& self, std::optional<double> eps) {
  return record_of("LogitBackward0", self, below_autograd(op::logit, self, eps),
                   [eps](const Tensor& grad, const Tensor& x) {
                     const Tensor slope = grad / (x * (1 - x));
                     if (!eps) return slope;
                     return where((x >= *eps) & (x <= 1 - *eps), slope, 0);
                   });
}

Tensor polygamma(int64_t n, const Tensor& self) {
  return record_of(
      "PolygammaBackward0", self, below_autograd(op::polygamma, n, self),
      [n](const Tensor& grad, const Tensor& x) { return grad * cutaway::polygamma(n + 1, x); });
}

// d/dx I1(x) = I0(x) - I1(x) / x, 1/2 at 0.
Tensor special_i1(const Tensor& x) {
  const Tensor y = below_autograd(op::special_i1, x);
  return record({"SpecialI1Backward0", "self, result"}, {&x}, y,
                [x = save(x), y = save_output(y)](const Node& node, const Tensor& grad) -> Grads {
                  const auto [in, i1] = unpack_all(node, x, y);
                  const Tensor slope = i0(in) - i1 / where(in == 0, 1, in);
                  return {grad * where(in == 0, 0.5, slope)};
                });
}

Tensor round_decimals(const Tensor& x, int64_t decimals) {
  return record("RoundBackward1", {&x}, below_autograd(op::round_decimals, x, decimals),
                [](const Node&, const Tensor& grad) -> Grads { return {zeros_like(grad)}; });
}

Tensor nan_to_num(const Tensor& self, std::optional<double> nan, std::optional<double> posinf,
                  std::optional<double> neginf) {
  return record_of("NanToNumBackward0", self,
                   below_autograd(op::nan_to_num, self, nan, posinf, neginf),
                   [](const Tensor& grad, const Tensor& x) { return where(isfinite(x), grad, 0); });
}

}  // namespace

void install() {
  op::leaky_relu.set_kernel(Key::Autograd, leaky_relu);
  op::hardtanh.set_kernel(Key::Autograd, hardtanh);
  op::threshold.set_kernel(Key::Autograd, threshold);
  op::threshold_backward.set_kernel(Key::Autograd, threshold_backward);
  op::elu.set_kernel(Key::Autograd, elu);
  op::gelu.set_kernel(Key::Autograd, gelu);
  op::softplus.set_kernel(Key::Autograd, softplus);
  op::logit.set_kernel(Key::Autograd, logit);
  op::polygamma.set_kernel(Key::Autograd, polygamma);
  op::special_i1.set_kernel(Key::Autograd, special_i1);
  op::round_decimals.set_kernel(Key::Autograd, round_decimals);
  op::nan_to_num.set_kernel(Key::Autograd, nan_to_num);
}

}  // namespace cutaway::autograd::activation_derivatives
