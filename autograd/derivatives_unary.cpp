// SPDX-License-Identifier: MIT
//
// Gradients of the functions of one tensor: a table of derivatives, as at the end of a calculus
// book. Each line names the node, the op and its in-place form, what is saved for the formula (x,
// the argument, or y, the result), and the formula. An in-place op saves a copy of x, where that is
// needed, before it is overwritten.
#include <numbers>

#include "../tensor/catalogue.h"
#include "../tensor/ops.h"
#include "derivatives.h"
#include "record.h"

namespace cutaway::inline v0_1::autograd::unary_derivatives {
namespace {

enum class Saves { Nothing, X, Y };

struct UnaryRule {
  const char* node;
  op::Unary& op;
  op::UnaryInplace* inplace;  // null: there is none
  Saves saves;
  /// The gradient of x, given that of y; v is what was saved, or undefined.
  Tensor (*gradient)(const Tensor& grad, const Tensor& v);
};

using In = const Tensor&;  // keeps the lines of the table short

using std::numbers::ln10, std::numbers::ln2, std::numbers::pi;
constexpr double kSqrtPi = 1.77245385090551602730;

Tensor zero(In grad, In) { return zeros_like(grad); }
Tensor unchanged(In grad, In) { return grad; }

// sin(pi x) / (pi x) has the derivative (cos(pi x) - sinc(x)) / x, 0 at 0.
Tensor sinc_gradient(In grad, In x) {
  return where(x == 0, 0, grad * ((cos(x * pi) - sinc(x)) / x));
}

// With y = erfinv(x), 1 / erf'(y).
Tensor erfinv_gradient(In grad, In x) {
  const Tensor y = erfinv(x);
  return grad * (exp(y * y) * (kSqrtPi / 2));
}

Tensor hardswish_gradient(In grad, In x) {
  return where(x <= -3, 0, where(x < 3, grad * (x / 3 + 0.5), grad));
}

// x tanh(s) with s = log(1 + e^x), whose derivative is sigmoid(x)
Tensor mish_gradient(In grad, In x) {
  const Tensor t = tanh(softplus(x));
  return grad * (t + x * sigmoid(x) * (1 - t * t));
}

// clang-format off
constexpr UnaryRule rules[] = {
    // Exponentials and logarithms
    {"ExpBackward0", op::exp, &op::exp_, Saves::Y, [](In grad, In y) { return grad * y; }},
    {"Exp2Backward0", op::exp2, &op::exp2_, Saves::Y,
     [](In grad, In y) { return grad * y * ln2; }},
    {"Expm1Backward0", op::expm1, &op::expm1_, Saves::Y,
     [](In grad, In y) { return grad * (y + 1); }},
    {"LogBackward0", op::log, &op::log_, Saves::X, [](In grad, In x) { return grad / x; }},
    {"Log2Backward0", op::log2, &op::log2_, Saves::X,
     [](In grad, In x) { return grad / (x * ln2); }},
    {"Log10Backward0", op::log10, &op::log10_, Saves::X,
     [](In grad, In x) { return grad / (x * ln10); }},
    {"Log1PBackward0", op::log1p, &op::log1p_, Saves::X,
     [](In grad, In x) { return grad / (x + 1); }},
    // Roots and reciprocals
    {"SqrtBackward0", op::sqrt, &op::sqrt_, Saves::Y, [](In grad, In y) { return grad / (y * 2); }},
    {"RsqrtBackward0", op::rsqrt, &op::rsqrt_, Saves::Y,
     [](In grad, In y) { return grad * -0.5 * pow(y, 3); }},
    {"ReciprocalBackward0", op::reciprocal, &op::reciprocal_, Saves::Y,
     [](In grad, In y) { return -grad * (y * y); }},
    // Trigonometry
    {"SinBackward0", op::sin, &op::sin_, Saves::X, [](In grad, In x) { return grad * cos(x); }},
    {"CosBackward0", op::cos, &op::cos_, Saves::X, [](In grad, In x) { return grad * -sin(x); }},
    {"TanBackward0", op::tan, &op::tan_, Saves::Y,
     [](In grad, In y) { return grad * (1 + y * y); }},
    {"AsinBackward0", op::asin, &op::asin_, Saves::X,
     [](In grad, In x) { return grad * rsqrt(1 - x * x); }},
    {"AcosBackward0", op::acos, &op::acos_, Saves::X,
     [](In grad, In x) { return grad * -rsqrt(1 - x * x); }},
    {"AtanBackward0", op::atan, &op::atan_, Saves::X,
     [](In grad, In x) { return grad / (x * x + 1); }},
    {"SinhBackward0", op::sinh, &op::sinh_, Saves::X, [](In grad, In x) { return grad * cosh(x); }},
    {"CoshBackward0", op::cosh, &op::cosh_, Saves::X, [](In grad, In x) { return grad * sinh(x); }},
    {"TanhBackward0", op::tanh, &op::tanh_, Saves::Y,
     [](In grad, In y) { return grad * (1 - y * y); }},
    {"AsinhBackward0", op::asinh, &op::asinh_, Saves::X,
     [](In grad, In x) { return grad * rsqrt(x * x + 1); }},
    {"AcoshBackward0", op::acosh, &op::acosh_, Saves::X,
     [](In grad, In x) { return grad * rsqrt(x * x - 1); }},
    {"AtanhBackward0", op::atanh, &op::atanh_, Saves::X,
     [](In grad, In x) { return grad / (1 - x * x); }},
    {"SincBackward0", op::sinc, &op::sinc_, Saves::X, sinc_gradient},
    {"Deg2RadBackward0", op::deg2rad, &op::deg2rad_, Saves::Nothing,
     [](In grad, In) { return deg2rad(grad); }},
    {"Rad2DegBackward0", op::rad2deg, &op::rad2deg_, Saves::Nothing,
     [](In grad, In) { return rad2deg(grad); }},
    // Special functions
    {"ErfBackward0", op::erf, &op::erf_, Saves::X,
     [](In grad, In x) { return grad * (exp(-(x * x)) * (2 / kSqrtPi)); }},
    {"ErfcBackward0", op::erfc, &op::erfc_, Saves::X,
     [](In grad, In x) { return grad * (exp(-(x * x)) * (-2 / kSqrtPi)); }},
    {"ErfinvBackward0", op::erfinv, &op::erfinv_, Saves::X, erfinv_gradient},
    {"LgammaBackward0", op::lgamma, &op::lgamma_, Saves::X,
     [](In grad, In x) { return grad * digamma(x); }},
    {"DigammaBackward0", op::digamma, &op::digamma_, Saves::X,
     [](In grad, In x) { return grad * polygamma(1, x); }},
    {"I0Backward0", op::i0, &op::i0_, Saves::X, [](In grad, In x) { return grad * special_i1(x); }},
    {"SigmoidBackward0", op::sigmoid, &op::sigmoid_, Saves::Y,
     [](In grad, In y) { return grad * (y * (1 - y)); }},
    // Sign and rounding: steps are flat
    {"NegBackward0", op::neg, &op::neg_, Saves::Nothing, [](In grad, In) { return -grad; }},
    {"AbsBackward0", op::abs, &op::abs_, Saves::X, [](In grad, In x) { return grad * sign(x); }},
    {"SignBackward0", op::sign, &op::sign_, Saves::Nothing, zero},
    {"CeilBackward0", op::ceil, &op::ceil_, Saves::Nothing, zero},
    {"FloorBackward0", op::floor, &op::floor_, Saves::Nothing, zero},
    {"TruncBackward0", op::trunc, &op::trunc_, Saves::Nothing, zero},
    {"RoundBackward0", op::round, &op::round_, Saves::Nothing, zero},
    {"FracBackward0", op::frac, &op::frac_, Saves::Nothing, unchanged},
    // Activation functions
    {"ReluBackward0", op::relu, &op::relu_, Saves::Y,
     [](In grad, In y) { return threshold_backward(grad, y, 0); }},
    {"SiluBackward0", op::silu, &op::silu_, Saves::X,
     [](In grad, In x) { const Tensor s = sigmoid(x); return grad * (s * (1 + x * (1 - s))); }},
    {"MishBackward0", op::mish, &op::mish_, Saves::X, mish_gradient},
    {"HardsigmoidBackward0", op::hardsigmoid, &op::hardsigmoid_, Saves::X,
     [](In grad, In x) { return where(x < 3, threshold_backward(grad * (1.0f / 6), x, -3), 0); }},
    {"HardswishBackward0", op::hardswish, &op::hardswish_, Saves::X, hardswish_gradient},
    {"LogSigmoidBackward0", op::log_sigmoid, nullptr, Saves::X,
     [](In grad, In x) { return grad * sigmoid(-x); }},
};
// clang-format on

// ---- What each line of the table stands for ----

NodeName name_of(const UnaryRule& rule) {
  return {rule.node, rule.saves == Saves::X ? "self" : "result"};
}

Tensor call(const UnaryRule& rule, const Tensor& x) {
  const Tensor y = below_autograd(rule.op, x);
  if (rule.saves == Saves::Nothing) {
    return record(rule.node, {&x}, y, [&rule](const Node&, const Tensor& grad) -> Grads {
      return {rule.gradient(grad, Tensor())};
    });
  }
  return record(name_of(rule), {&x}, y,
                [&rule, saved = rule.saves == Saves::X ? save(x) : save_output(y)](
                    const Node& node, const Tensor& grad) -> Grads {
                  return {rule.gradient(grad, saved.unpack(node))};
                });
}

const Tensor& call_inplace(const UnaryRule& rule, const Tensor& self) {
  InplaceRecord history({&self});
  const bool needs_x = rule.saves == Saves::X && history.needs(0);
  SavedTensor before = needs_x ? save(self.clone()) : SavedTensor();
  below_autograd(*rule.inplace, self);
  if (rule.saves == Saves::Nothing) {
    return history.record(rule.node, [&rule](const Node&, const Tensor& grad) -> Grads {
      return {rule.gradient(grad, Tensor())};
    });
  }
  return history.record(name_of(rule),
                        [&rule, saved = needs_x ? std::move(before) : save_output(self)](
                            const Node& node, const Tensor& grad) -> Grads {
                          return {rule.gradient(grad, saved.unpack(node))};
                        });
}

void install_inplace(op::UnaryInplace* row, op::UnaryInplace::Kernel kernel) {
  if (row != nullptr) row->set_kernel(Key::Autograd, kernel);
}

/// A kernel is a plain function, so each line gets its own, which knows nothing but its number.
template <size_t line>
void install_rule() {
  constexpr const UnaryRule& rule = rules[line];
  rule.op.set_kernel(Key::Autograd, [](const Tensor& x) { return call(rule, x); });
  install_inplace(rule.inplace,
                  [](const Tensor& self) -> const Tensor& { return call_inplace(rule, self); });
}

}  // namespace

void install() {
  [&]<size_t... line>(std::index_sequence<line...>) { (install_rule<line>(), ...); }
  (std::make_index_sequence<std::size(rules)>());
}

}  // namespace cutaway::autograd::unary_derivatives
