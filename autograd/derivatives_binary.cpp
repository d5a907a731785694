// SPDX-License-Identifier: MIT
//
// Gradients of the functions of two tensors, as a table, then those with limits and conditions. In
// a formula a and b are the arguments and y is the result; each gives the gradients of a and of b.
// It may ignore broadcasting: the engine sums a gradient down to the shape of its input.
#include <cmath>

#include "../tensor/catalogue.h"
#include "../tensor/ops.h"
#include "derivatives.h"
#include "record.h"

namespace cutaway::inline v0_1::autograd::binary_derivatives {
namespace {

using In = const Tensor&;  // keeps the lines of the table short

/// What a formula reads is saved: for the gradients of a and of b, for that of a only, or not.
enum class For { Both, A, B, None };

struct BinaryRule {
  const char* node;
  op::Binary& op;
  Tensor (*gradient_a)(In grad, In a, In b, In y);
  Tensor (*gradient_b)(In grad, In a, In b, In y);
  For saves_a = For::Both, saves_b = For::Both, saves_y = For::None;
  /// Where b is a number: the node, of one input, to which the gradient goes as it is. Null: b is
  /// an input like any other.
  const char* node_by_number = nullptr;
  const char* saved_both = "other, self";  // as what b and a are saved
};

// The sign is the only thing that b gives. Where a is 0, so is y.
Tensor copysign_gradient(In grad, In a, In, In y) { return grad * (y / where(a == 0, 1, a)); }

// To the one that was chosen, half to each where both are the same.
Tensor half_where_equal(In grad, In a, In b, In other_chosen) {
  return where(other_chosen, 0, where(a == b, grad / 2, grad));
}

// clang-format off
constexpr BinaryRule rules[] = {
    {"Atan2Backward0", op::atan2,
     [](In grad, In a, In b, In) { return grad * (b / (a * a + b * b)); },
     [](In grad, In a, In b, In) { return grad * (-a / (a * a + b * b)); }},
    {"HypotBackward0", op::hypot,
     [](In grad, In a, In, In y) { return grad * (a / y); },
     [](In grad, In, In b, In y) { return grad * (b / y); }, For::A, For::B, For::Both},
    {"CopysignBackward0", op::copysign,
     copysign_gradient,
     [](In grad, In, In, In) { return zeros_like(grad); }, For::A, For::None, For::Both},
    {"LogaddexpBackward0", op::logaddexp,
     [](In grad, In a, In b, In) { return grad * sigmoid(a - b); },
     [](In grad, In a, In b, In) { return grad * sigmoid(b - a); }},
    {"Logaddexp2Backward0", op::logaddexp2,
     [](In grad, In a, In b, In) { return grad / (1 + exp2(b - a)); },
     [](In grad, In a, In b, In) { return grad / (1 + exp2(a - b)); }},
    {"NextafterBackward0", op::nextafter,
     [](In grad, In a, In b, In) { return where(a == b, 0, grad); },
     [](In grad, In, In, In) { return zeros_like(grad); }, For::A, For::A},
    {"LdexpBackward0", op::ldexp,
     [](In grad, In, In b, In) { return ldexp(grad, b); },
     [](In grad, In, In, In y) { return grad * y * std::log(2.0); }, For::None, For::A, For::B},
    {"XlogyBackward0", op::xlogy,
     [](In grad, In a, In b, In) { return where((a == 0) & (b <= 0), 0, xlogy(grad, b)); },
     [](In grad, In a, In b, In) { return grad * a / b; }},
    // a - b * floor(a / b), and the same with trunc: the whole quotient is flat.
    {"RemainderBackward1", op::remainder,
     [](In grad, In, In, In) { return grad; },
     [](In grad, In a, In b, In) { return -grad * div(a, b, "floor"); }, For::B, For::B, For::None,
     "RemainderBackward0"},
    {"FmodBackward1", op::fmod,
     [](In grad, In, In, In) { return grad; },
     [](In grad, In a, In b, In) { return -grad * div(a, b, "trunc"); }, For::B, For::B, For::None,
     "FmodBackward0"},
    {"MinimumBackward0", op::minimum,
     [](In grad, In a, In b, In) { return half_where_equal(grad, a, b, a > b); },
     [](In grad, In a, In b, In) { return half_where_equal(grad, a, b, b > a); }},
    {"MaximumBackward0", op::maximum,
     [](In grad, In a, In b, In) { return half_where_equal(grad, a, b, a < b); },
     [](In grad, In a, In b, In) { return half_where_equal(grad, a, b, b < a); }},
    {"FminBackward0", op::fmin,
     [](In grad, In a, In b, In) { return where((a <= b) | isnan(b), grad, 0); },
     [](In grad, In a, In b, In) { return where((a <= b) | isnan(b), 0, grad); }},
    {"FmaxBackward0", op::fmax,
     [](In grad, In a, In b, In) { return where((a >= b) | isnan(b), grad, 0); },
     [](In grad, In a, In b, In) { return where((a >= b) | isnan(b), 0, grad); }},
    {"ClampMinBackward1", op::clamp_min_tensor,
     [](In grad, In a, In b, In) { return where(a >= b, grad, 0); },
     [](In grad, In a, In b, In) { return where(a < b, grad, 0); }, For::Both, For::Both, For::None,
     nullptr, "min, self"},
    {"ClampMaxBackward1", op::clamp_max_tensor,
     [](In grad, In a, In b, In) { return where(a <= b, grad, 0); },
     [](In grad, In a, In b, In) { return where(a > b, grad, 0); }, For::Both, For::Both, For::None,
     nullptr, "max, self"},
};
// clang-format on

// ---- Recorded, as in PyTorch, but there is no gradient: backward is refused ----

/// Leads to those inputs that require a gradient. (PyTorch runs it before all others that could
/// run; here it has its turn like any other.)
class NotImplemented final : public Node {
 public:
  NotImplemented(const OpBase& op, Inputs inputs)
      : Node("NotImplemented", edges_of(inputs)), op_(op) {}
  Grads apply(Grads) override {
    throw Error(join("derivative for aten::", op_.short_name(), " is not implemented"));
  }

 private:
  static Edges edges_of(Inputs inputs) {
    Edges edges;
    for (const Tensor* input : inputs) {
      if (input->requires_grad()) edges.push_back(gradient_edge(*input));
    }
    return edges;
  }

  const OpBase& op_;
};

Tensor record_refusal(const OpBase& op, Inputs inputs, Tensor result) {
  if (result.is_floating_point() && any_requires_grad(inputs)) {
    set_history(result, std::make_shared<NotImplemented>(op, inputs));
  }
  return result;
}

template <auto& row>
Tensor refused(In a, In b) {
  return record_refusal(row, {&a, &b}, below_autograd(row, a, b));
}
template <auto& row>
const Tensor& refused_in_place(In self, In other) {
  const bool is_recorded = self.is_floating_point() && any_requires_grad({&self, &other});
  std::shared_ptr<Node> node;
  if (is_recorded) node = std::make_shared<NotImplemented>(row, Inputs{&self, &other});
  below_autograd(row, self, other);
  if (node) rebase_history(self, node);
  return self;
}

// ---- What each line of the table stands for ----

/// Of the three places in the lambda below, those that the rule uses.
const char* saved_names(const BinaryRule& rule) {
  if (rule.saves_y == For::None) return rule.saved_both;
  if (rule.saves_a == For::None) return "other, -, result";
  return rule.saves_b == For::None ? "-, self, result" : "other, self, result";
}

Tensor call(const BinaryRule& rule, const Tensor& a, const Tensor& b) {
  const Tensor y = below_autograd(rule.op, a, b);
  if (rule.node_by_number != nullptr && b.impl()->is_wrapped_number()) {
    return record(rule.node_by_number, {&a}, y,
                  [](const Node&, In grad) -> Grads { return {grad}; });
  }
  if (rule.node_by_number != nullptr && a.impl()->is_wrapped_number()) {  // 2 % x
    return record_refusal(rule.op, {&a, &b}, y);
  }
  const auto is_read = [&](For by) {
    return by == For::Both || (by == For::A && wants_gradient(a)) ||
           (by == For::B && wants_gradient(b));
  };
  // Only what a formula reads is saved: it must not be written in place until backward.
  return record({rule.node, saved_names(rule)}, {&a, &b}, y,
                [&rule, other = is_read(rule.saves_b) ? save(b) : SavedTensor(),
                 self = is_read(rule.saves_a) ? save(a) : SavedTensor(),
                 result = is_read(rule.saves_y) ? save_output(y) : SavedTensor()](
                    const Node& node, In grad) -> Grads {
                  const auto [z, x, out] = unpack_all(node, other, self, result);
                  return {node.needs(0) ? rule.gradient_a(grad, x, z, out) : Tensor(),
                          node.needs(1) ? rule.gradient_b(grad, x, z, out) : Tensor()};
                });
}

/// A kernel is a plain function, so each line gets its own, which knows nothing but its number.
template <size_t line>
void install_rule() {
  rules[line].op.set_kernel(Key::Autograd, [](In a, In b) { return call(rules[line], a, b); });
}

// ---- Limits ----

Tensor clamp(const Tensor& x, const ScalarLimit& min, const ScalarLimit& max) {
  return record({"ClampBackward1", "self"}, {&x}, below_autograd(op::clamp, x, min, max),
                [x = save(x), min, max](const Node& node, const Tensor& grad) -> Grads {
                  const Tensor value = x.unpack(node);
                  Tensor kept = grad;
                  if (min) kept = where(value >= *min, kept, 0);
                  if (max) kept = where(value <= *max, kept, 0);
                  return {kept};
                });
}

Tensor clamp_min(const Tensor& x, const Scalar& min) {
  return record({"ClampMinBackward0", "self"}, {&x}, below_autograd(op::clamp_min, x, min),
                [self = save(x), min](const Node& node, In grad) -> Grads {
                  return {where(self.unpack(node) >= min, grad, 0)};
                });
}
Tensor clamp_max(const Tensor& x, const Scalar& max) {
  return record({"ClampMaxBackward0", "self"}, {&x}, below_autograd(op::clamp_max, x, max),
                [self = save(x), max](const Node& node, In grad) -> Grads {
                  return {where(self.unpack(node) <= max, grad, 0)};
                });
}

// The gradient goes to x between the limits, else to the limit that was hit; to max where both are,
// because it has the last word.
Tensor clamp_tensor(const Tensor& x, const TensorLimit& min, const TensorLimit& max) {
  const Tensor low = min.value_or(Tensor()), high = max.value_or(Tensor());
  return record(
      {"ClampBackward0", "max, min, self"}, {&x, &low, &high},
      below_autograd(op::clamp_tensor, x, min, max),
      [max = save(high), min = save(low), self = save(x)](const Node& node, In grad) -> Grads {
        const auto [to, from, value] = unpack_all(node, max, min, self);
        Tensor inside = grad, at_min, at_max;
        if (from.defined()) {
          inside = where(value >= from, inside, 0);
          at_min = where(value < from, grad, 0);
          if (to.defined()) at_min = where(from < to, at_min, 0);
        }
        if (to.defined()) {
          inside = where(value <= to, inside, 0);
          at_max = where(from.defined() ? (value > to) | (from > to) : value > to, grad, 0);
        }
        return {inside, at_min, at_max};
      });
}

// ---- Choice ----

Tensor where(const Tensor& condition, const Tensor& a, const Tensor& b) {
  return record({"WhereBackward0", "condition"}, {&a, &b},
                below_autograd(op::where, condition, a, b),
                [condition = save(condition)](const Node& node, const Tensor& grad) -> Grads {
                  const Tensor chosen = condition.unpack(node);
                  return {node.needs(0) ? cutaway::where(chosen, grad, 0) : Tensor(),
                          node.needs(1) ? cutaway::where(chosen, 0, grad) : Tensor()};
                });
}

}  // namespace

void install() {
  [&]<size_t... line>(std::index_sequence<line...>) { (install_rule<line>(), ...); }
  (std::make_index_sequence<std::size(rules)>());
  op::floor_divide.set_kernel(Key::Autograd, refused<op::floor_divide>);
  op::floor_divide_.set_kernel(Key::Autograd, refused_in_place<op::floor_divide_>);
  op::heaviside.set_kernel(Key::Autograd, refused<op::heaviside>);
  op::heaviside_.set_kernel(Key::Autograd, refused_in_place<op::heaviside_>);
  op::clamp.set_kernel(Key::Autograd, clamp);
  op::clamp_min.set_kernel(Key::Autograd, clamp_min);
  op::clamp_max.set_kernel(Key::Autograd, clamp_max);
  op::clamp_tensor.set_kernel(Key::Autograd, clamp_tensor);
  op::where.set_kernel(Key::Autograd, where);
}

}  // namespace cutaway::autograd::binary_derivatives
