// SPDX-License-Identifier: MIT
//
// Custom functions: gradients, what forward may return, what backward may, and every refusal in
// PyTorch's words.
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "../../autograd/autograd.h"
#include "../../tensor/ops.h"
#include "../expect_error.h"

namespace cutaway {
namespace {

using autograd::FunctionContext;
using autograd::Grads;
using Tensors = std::vector<Tensor>;

Tensor three() { return tensor({1.0, 2.0, 3.0}, kFloat64).requires_grad_(); }

struct ScaledExp : autograd::Function<ScaledExp> {
  static Tensor forward(FunctionContext& ctx, const Tensor& x, double scale) {
    const Tensor result = exp(x * scale);
    EXPECT_FALSE(result.requires_grad());
    ctx.save_for_backward({result});
    ctx.saved_data["scale"] = scale;
    return result;
  }
  static Grads backward(FunctionContext& ctx, const Grads& grads) {
    const Tensor result = ctx.get_saved_variables()[0];
    return {grads[0] * result * ctx.data<double>("scale"), Tensor()};
  }
};

TEST(CustomFunction, PassesGradcheckTwice) {
  const autograd::GradcheckFunction function = [](const Tensors& in) {
    return Tensors{ScaledExp::apply(in[0], 0.5)};
  };
  EXPECT_TRUE(autograd::gradcheck(function, {three()}));
  EXPECT_TRUE(autograd::gradgradcheck(function, {three()}));
}

TEST(CustomFunction, IsANodeOfTheGraph) {
  const Tensor x = three();
  const Tensor y = ScaledExp::apply(x * 1, 2);
  EXPECT_STREQ(y.grad_fn()->name(), "ScaledExpBackward");
  ASSERT_EQ(y.grad_fn()->next_edges().size(), 1U);  // the number is no edge
  EXPECT_STREQ(y.grad_fn()->next_edges()[0].node->name(), "MulBackward0");
  const NoGrad guard;
  EXPECT_FALSE(ScaledExp::apply(x, 2.0).requires_grad());
}

TEST(CustomFunction, KnowsWhatItsDataIs) {
  struct Data : autograd::Function<Data> {
    static Tensor forward(FunctionContext& ctx, const Tensor& x) {
      ctx.saved_data["n"] = 2;
      return x * 2;
    }
    static Grads backward(FunctionContext& ctx, const Grads&) {
      expect_error<TypeError>([&] { ctx.data<double>("n"); },
                              "saved_data[\"n\"] is of another type than is asked for");
      expect_error<Error>([&] { ctx.data<int>("m"); }, "saved_data has no entry \"m\"");
      EXPECT_EQ(ctx.data<int>("n"), 2);
      return {Tensor()};
    }
  };
  Data::apply(three()).sum().backward();
}

// ---- What forward returns ----

/// forward and backward given at run time, as Python does it.
Tensors call(const Tensors& arguments,
             const std::function<Tensors(FunctionContext&, const Tensors&)>& forward,
             const autograd::FunctionBackward& backward) {
  const auto node = autograd::begin_function("Custom", arguments, backward);
  Tensors results = [&] {
    const NoGrad guard;
    return forward(node->context(), arguments);
  }();
  return autograd::finish_function(*node, arguments, std::move(results));
}
Tensors call(const Tensors& arguments,
             const std::function<Tensors(FunctionContext&, const Tensors&)>& forward) {
  return call(arguments, forward,
              [](FunctionContext&, const Grads& grads) -> Grads { return {grads[0] * 2}; });
}

const std::string kCustomView =
    " This view was created inside a custom Function (or because an input was returned as-is) and "
    "the autograd logic to handle view+inplace would override the custom backward associated with "
    "the custom Function, leading to incorrect gradients. This behavior is forbidden. You can fix "
    "this by cloning the output of the custom Function.";

Tensors as_it_is(FunctionContext&, const Tensors& in) { return in; }

TEST(CustomFunction, ReturnsAnArgumentAsAView) {
  const Tensor x = three();
  const Tensor y = call({x}, as_it_is)[0];
  EXPECT_FALSE(y.is_same(x));
  EXPECT_EQ(y.impl()->base(), x.impl_ptr());
  EXPECT_STREQ(y.grad_fn()->name(), "CustomBackward");
  EXPECT_EQ(y.version(), 0U);
  y.sum().backward();
  EXPECT_EQ(x.grad()[0].item<double>(), 2);

  const Tensor constant = ones(3);
  const Tensor z = call({constant}, as_it_is)[0];
  EXPECT_FALSE(z.is_same(constant));
  EXPECT_TRUE(z.is_view());
  EXPECT_FALSE(z.requires_grad());
}

TEST(CustomFunction, RefusesWritesThroughItsViews) {
  expect_error<Error>([] { call({three() * 1}, as_it_is)[0].mul_(2); },
                      "Output 0 of Custom is a view and is being modified inplace." + kCustomView);
  expect_error<Error>(
      [] {
        const Tensor x = three() * 1;
        const Tensor y = call({x}, as_it_is)[0];
        x.mul_(2);
        y.grad_fn();
      },
      "Output 0 of Custom is a view and its base or another view of its base has been modified "
      "inplace." +
          kCustomView);
  const auto first = [](FunctionContext&, const Tensors& in) -> Tensors { return {in[0][0]}; };
  expect_error<Error>([&] { call({three() * 1}, first)[0].mul_(2); },
                      "Output 0 of Custom is a view and is being modified inplace." + kCustomView);
  const auto two = [](FunctionContext&, const Tensors& in) -> Tensors {
    return {in[0][0], in[0][1]};
  };
  expect_error<Error>(
      [&] { call({three() * 1}, two)[1].mul_(2); },
      "Output 1 of Custom is a view and is being modified inplace. This view is the output of a "
      "function that returns multiple views. Such functions do not allow the output views to be "
      "modified inplace. You should replace the inplace operation by an out-of-place one.");
}

TEST(CustomFunction, RunsTheHooksOfALeafThatGetsNoGradient) {
  const Tensor a = three(), b = three();
  int calls = 0;
  b.register_post_accumulate_grad_hook([&](const Tensor& leaf) {
    EXPECT_FALSE(leaf.grad().defined());
    ++calls;
  });
  const auto first = [](FunctionContext&, const Tensors& in) -> Tensors { return {in[0] * 2}; };
  const auto twice = [](FunctionContext&, const Grads& grads) -> Grads {
    return {grads[0] * 2, Tensor()};
  };
  call({a, b}, first, twice)[0].sum().backward();
  EXPECT_EQ(calls, 1);
}

Tensors viewed(FunctionContext&, const Tensors& in) { return {in[0].view_as(in[0])}; }

TEST(CustomFunction, ReturnsViewsWhereNothingIsRecorded) {
  const Tensor leaf = three();
  {
    const NoGrad guard;
    const Tensor view = call({leaf}, viewed)[0];  // as leaf.view_as(leaf) would
    EXPECT_TRUE(view.is_view());
    EXPECT_TRUE(view.requires_grad());
    EXPECT_TRUE(view.is_leaf());
    EXPECT_FALSE(call({leaf}, as_it_is)[0].requires_grad());
  }
  const std::string refusal =
      "A view was created in no_grad mode and is being modified inplace with grad mode enabled." +
      kCustomView;
  for (const auto& function : {viewed, as_it_is}) {
    const Tensor plain = leaf.detach();
    const Tensor view = call({plain}, function)[0];
    expect_error<Error>([&] { view.mul_(leaf); }, refusal);
    plain.mul_(leaf);
    expect_error<Error>([&] { view.grad_fn(); },
                        "A view was created in no_grad mode and its base or another view of its "
                        "base has been modified inplace with grad mode enabled." +
                            kCustomView);
  }
}

Tensors doubled(FunctionContext& ctx, const Tensors& in) {
  ctx.mark_dirty({in[0]});
  in[0].mul_(2);
  return {in[0]};
}

TEST(CustomFunction, WritesInPlace) {
  const Tensor x = three();
  const Tensor y = x * 1;
  y.set_grad(ones_like(y));
  const Tensor z = call({y}, doubled)[0];
  EXPECT_TRUE(z.is_same(y));
  EXPECT_FALSE(y.grad().defined());  // it was that of what is overwritten
  EXPECT_STREQ(y.grad_fn()->name(), "CustomBackward");
  EXPECT_EQ(y.version(), 2U);  // the write and the mark
  y.sum().backward();
  EXPECT_EQ(x.grad()[0].item<double>(), 2);
}

TEST(CustomFunction, WritesAViewInPlace) {
  const Tensor x = three();
  const Tensor y = x * 1;
  const Tensor view = y.slice(0, 0, 2);
  EXPECT_TRUE(call({view}, doubled)[0].is_same(view));
  EXPECT_STREQ(y.grad_fn()->name(), "CopySlices");
  EXPECT_STREQ(view.grad_fn()->name(), "AsStridedBackward0");
  y.sum().backward();
  EXPECT_EQ(x.grad()[1].item<double>(), 2);
  EXPECT_EQ(x.grad()[2].item<double>(), 1);
}

TEST(CustomFunction, RefusesWritesThatHaveNoRightHistory) {
  expect_error<Error>([] { call({three()}, doubled); },
                      "a leaf Variable that requires grad has been used in an in-place operation.");
  expect_error<Error>(
      [] { call({three().slice(0, 0, 2)}, doubled); },
      "a view of a leaf Variable that requires grad is being used in an in-place operation.");
  expect_error<Error>(
      [] {
        const Tensor y = three() * 1;
        const Tensor view = [&] {
          const NoGrad guard;
          return y.slice(0, 0, 2);
        }();
        call({view}, doubled);
      },
      "a leaf Variable that requires grad has been used in an in-place operation.");
  expect_error<Error>(
      [] { call({(three() * 1).unbind(0)[0]}, doubled); },
      "Output 0 of Unbind is a view and is being modified inplace. This view is the output of a "
      "function that returns multiple views. Such functions do not allow the output views to be "
      "modified inplace. You should replace the inplace operation by an out-of-place one.");
  const auto and_another = [](FunctionContext& ctx, const Tensors& in) -> Tensors {
    ctx.mark_dirty({in[0]});
    in[0].mul_(2);
    return {in[0], in[0] * 3};
  };
  expect_error<Error>(
      [&] { call({(three() * 1).slice(0, 0, 2)}, and_another); },
      "If your Function modifies inplace an input that is a view of another Tensor, your Function "
      "cannot return more than one Tensor. This is not supported by the current autograd engine. "
      "You should either make sure the input is not a view (using .clone() for example) or make "
      "your Function only return one Tensor (potentially splitting it into two Functions: one "
      "doing the inplace that returns a single Tensor and a second one that does the other "
      "operations). You can ask on the forum https://discuss.pytorch.org/ if you need help to do "
      "this change.");
  const auto kept = [](FunctionContext& ctx, const Tensors& in) -> Tensors {
    ctx.mark_dirty({in[0]});
    in[0].mul_(2);
    return {in[0] * 3};
  };
  expect_error<Error>(
      [&] { call({three() * 1}, kept); },
      "Some elements marked as dirty during the forward method were not returned as output. The "
      "inputs that are modified inplace must all be outputs of the Function.");
}

// What the view shows was written by the function; its history, and its base's, must say so.
TEST(CustomFunction, WritesThroughAView) {
  const Tensor x = three();
  const Tensor base = x * 1;
  const Tensor view = base.slice(0, 0, 2);
  EXPECT_TRUE(call({view}, doubled)[0].is_same(view));
  view.sum().backward({}, true);
  EXPECT_TRUE(equal(x.grad(), tensor({2., 2., 0.})));
  base.sum().backward();
  EXPECT_TRUE(equal(x.grad(), tensor({4., 4., 1.})));
}

TEST(CustomFunction, MarksResultsThatHaveNoGradient) {
  Tensors seen;
  const auto backward = [&](FunctionContext&, const Grads& grads) -> Grads {
    seen.assign(grads.begin(), grads.end());
    return {grads[1] * 3};
  };
  const Tensor x = three();
  const auto forward = [](FunctionContext& ctx, const Tensors& in) -> Tensors {
    const Tensor y = in[0] * 2;
    ctx.mark_non_differentiable({y});
    return {y, in[0] * 3, in[0].to(kInt64)};
  };
  const Tensors y = call({x}, forward, backward);
  EXPECT_FALSE(y[0].requires_grad());
  EXPECT_FALSE(y[2].requires_grad());
  EXPECT_EQ(y[1].output_nr(), 1);
  y[1].sum().backward();
  EXPECT_EQ(x.grad()[0].item<double>(), 3);
  EXPECT_EQ(seen[0].sum().item<double>(), 0);
  EXPECT_EQ(seen[0].sizes(), DimVector({3}));
  EXPECT_EQ(seen[2].dtype(), kInt64);
}

TEST(CustomFunction, CutsOffAnArgumentThatHasNoGradient) {
  const Tensor x = three();
  const auto forward = [](FunctionContext& ctx, const Tensors& in) -> Tensors {
    ctx.mark_non_differentiable({in[0]});
    return {in[0], in[0] * 3};
  };
  const Tensors y = call({x}, forward);
  EXPECT_FALSE(y[0].is_same(x));
  EXPECT_FALSE(y[0].requires_grad());
  EXPECT_TRUE(x.requires_grad());
}

// ---- Backward ----

TEST(CustomFunction, MayWantUndefinedGradients) {
  Tensors seen;
  const auto forward = [](FunctionContext& ctx, const Tensors& in) -> Tensors {
    ctx.set_materialize_grads(false);
    return {in[0] * 2, in[0] * 3};
  };
  const auto backward = [&](FunctionContext&, const Grads& grads) -> Grads {
    seen.assign(grads.begin(), grads.end());
    return {Tensor()};
  };
  call({three()}, forward, backward)[1].sum().backward();
  EXPECT_FALSE(seen[0].defined());
  EXPECT_TRUE(seen[1].defined());
}

TEST(CustomFunction, KnowsWhichGradientsAreNeeded) {
  std::vector<bool> seen;
  const auto note = [&](FunctionContext& ctx) {
    seen = {ctx.needs_input_grad(0), ctx.needs_input_grad(1), ctx.needs_input_grad(2)};
  };
  const auto forward = [&](FunctionContext& ctx, const Tensors& in) -> Tensors {
    note(ctx);
    return {in[0] * in[2]};
  };
  const auto backward = [&](FunctionContext& ctx, const Grads& grads) -> Grads {
    note(ctx);
    return {grads[0], Tensor(), grads[0]};
  };
  const Tensor x = three(), y = three();
  const Tensor z = call({x, Tensor(), y}, forward, backward)[0];
  EXPECT_EQ(seen, std::vector<bool>({true, false, true}));
  autograd::grad(z.sum(), y);
  EXPECT_EQ(seen, std::vector<bool>({false, false, true}));
  call({x, Tensor(), ones(3)}, forward, backward)[0].sum().backward();
  EXPECT_EQ(seen, std::vector<bool>({true, false, false}));
  expect_error<IndexError>(
      [&] {
        call({x}, [](FunctionContext& ctx, const Tensors& in) -> Tensors {
          ctx.needs_input_grad(1);
          return in;
        });
      },
      "needs_input_grad: there is no argument 1");
}

TEST(CustomFunction, ItsHooksSeeWhatNobodyAskedFor) {
  const auto forward = [](FunctionContext&, const Tensors& in) -> Tensors {
    return {in[0] * in[1] * in[2]};
  };
  const auto backward = [](FunctionContext&, const Grads& grads) -> Grads {
    return {grads[0], grads[0] * 2, grads[0] * 3};
  };
  const Tensor x = three(), y = three();
  const Tensor z = call({x, ones(3), y}, forward, backward)[0];
  Grads seen;
  z.grad_fn()->register_hook([&](const Grads& in, const Grads&) -> std::optional<Grads> {
    seen = in;
    return std::nullopt;
  });
  const std::vector<Tensor> found = autograd::grad(z.sum(), x);
  EXPECT_EQ(found[0][0].item<double>(), 1);
  ASSERT_EQ(seen.size(), 3u);
  EXPECT_EQ(seen[1][0].item<double>(), 2);  // x that needs no gradient
  EXPECT_EQ(seen[2][0].item<double>(), 3);  // not asked for here
}

/// Runs backward through a function of a tensor, a tensor and a number, that returns `grads`.
void backward_returns(const Grads& grads) {
  call(
      {three(), three(), Tensor()},
      [](FunctionContext&, const Tensors& in) -> Tensors { return {in[0] * in[1]}; },
      [&](FunctionContext&, const Grads&) { return grads; })[0]
      .sum()
      .backward();
}

TEST(CustomFunction, ReturnsOneGradientForEachArgument) {
  const Tensor g = ones(3, kFloat64), none;
  backward_returns({g, g, none});
  backward_returns({g, g, none, none});
  backward_returns({none, none, none});
  backward_returns({ones({2, 3}, kFloat64), g.to(kFloat32), none});  // summed, converted
  expect_error<Error>(
      [&] { backward_returns({g}); },
      "function CustomBackward returned an incorrect number of gradients (expected 3, got 1)");
  expect_error<Error>(
      [&] {
        backward_returns({g, g, none, g});
      },
      "function CustomBackward returned an incorrect number of gradients (expected 3, got 4)");
  expect_error<Error>(
      [&] {
        backward_returns({g, g, g});
      },
      "function CustomBackward returned a gradient different than None at position "
      "3, but the corresponding forward input was not a Variable");
  expect_error<Error>(
      [&] {
        backward_returns({ones(2, kFloat64), g, none});
      },
      "Function CustomBackward returned an invalid gradient at index 0 - got [2] "
      "but expected shape compatible with [3]");
}

struct Square : autograd::Function<Square> {
  static Tensor forward(FunctionContext& ctx, const Tensor& x) {
    const Tensor y = x * x;
    ctx.save_for_backward({x, y, Tensor()});
    return y;
  }
  static Grads backward(FunctionContext& ctx, const Grads& grads) {
    const Tensors saved = ctx.get_saved_variables();
    EXPECT_FALSE(saved[2].defined());
    return {grads[0] * 2 * saved[0]};
  }
};

TEST(CustomFunction, ReleasesAndGuardsWhatItSaved) {
  const Tensor y = Square::apply(three()).sum();
  y.backward();
  expect_error<Error>([&] { y.backward(); }, autograd::released_message());
  const std::string hint =
      " is at version 1; expected version 0 instead. Hint: enable anomaly detection to find the "
      "operation that failed to compute its gradient, with "
      "torch.autograd.set_detect_anomaly(True, check_nan=False).";
  const std::string modified =
      "one of the variables needed for gradient computation has been modified by an inplace "
      "operation: [torch.DoubleTensor [3]], which is output 0 of ";
  expect_error<Error>(
      [] {
        const Tensor x = three() * 1;
        const Tensor z = Square::apply(x).sum();
        x.add_(1);
        z.backward();
      },
      modified + "Add," + hint);
  expect_error<Error>(
      [] {
        const Tensor result = Square::apply(three());
        const Tensor z = (result * 1).sum();
        result.add_(1);
        z.backward();
      },
      modified + "Square," + hint);
}

TEST(CustomFunction, DoesNotKeepItselfAlive) {
  std::weak_ptr<autograd::Node> node;
  {
    const Tensor y = Square::apply(three());
    node = y.grad_fn();
    EXPECT_FALSE(node.expired());
  }
  EXPECT_TRUE(node.expired());
}

struct Once : autograd::Function<Once> {
  static constexpr bool once_differentiable = true;
  static Tensor forward(FunctionContext& ctx, const Tensor& x) {
    ctx.save_for_backward({x});
    return x * x;
  }
  static Grads backward(FunctionContext& ctx, const Grads& grads) {
    return {grads[0] * 2 * ctx.get_saved_variables()[0]};
  }
};

TEST(OnceDifferentiable, RefusesASecondTime) {
  const Tensor x = three();
  const Tensor weight = three();
  const Tensor g = autograd::grad(Once::apply(x), x, weight, {}, true)[0];
  EXPECT_TRUE(g.requires_grad());
  EXPECT_EQ(g[2].item<double>(), 18);
  expect_error<Error>(
      [&] { g.sum().backward(); },
      "trying to differentiate twice a function that was marked with @once_differentiable");
  // The error's node leads to a leaf of its own, which holds the same numbers.
  ASSERT_EQ(g.grad_fn()->next_edges().size(), 1u);
  const autograd::AccumulateGrad* end =
      autograd::as_accumulator(*g.grad_fn()->next_edges()[0].node);
  ASSERT_NE(end, nullptr);
  EXPECT_TRUE(equal(end->leaf(), g) && !end->leaf().is_same(x));
  // Where the gradient that came in is a constant, so is what goes out.
  EXPECT_FALSE(autograd::grad(Once::apply(x).sum(), x, {}, {}, true)[0].requires_grad());
}

}  // namespace
}  // namespace cutaway
