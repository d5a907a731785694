// SPDX-License-Identifier: MIT
//
// In-place writes to tensors with history: gradients through CopySlices, stale views, version
// counters, and every refusal. Each case makes the calls of the function of the same name in
// fixtures/inplace_fixtures.py, and must give what PyTorch gave there.
#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "../../autograd/autograd.h"
#include "../../tensor/ops.h"
#include "../expect_error.h"
#include "../op_fixture.h"

namespace cutaway {
namespace {

using Tensors = std::vector<Tensor>;

Tensor draw(uint64_t seed, IntArrayRef sizes) {
  Generator generator(seed);
  return randn(sizes, kFloat64, &generator);
}
Tensor leaf(uint64_t seed, IntArrayRef sizes) { return draw(seed, sizes).requires_grad_(); }

/// The gradients of sum(y * random).
Tensors backward(const Tensor& y, const Tensors& leaves) {
  (y * draw(99, y.sizes())).sum().backward();
  Tensors grads;
  for (const Tensor& x : leaves) grads.push_back(x.grad());
  return grads;
}

const std::map<std::string, Expected>& answers() {
  static const std::map<std::string, Expected> all = read_expected("inplace.txt");
  return all;
}

using Cases = std::map<std::string, std::function<Tensors()>>;

const Cases gradients = {
    {"chain_of_writes",
     [] {
       const Tensor x = leaf(1, {3, 2}), w = leaf(2, {2});
       Tensor y = x.clone();
       y.mul_(w);
       y.add_(x, 2);
       y = y.neg_() + 0;
       y.sub_(w);
       y.div_(w * w + 1);
       return backward(y, {x, w});
     }},
    {"write_through_select",
     [] {
       const Tensor x = leaf(1, {3, 2}), w = leaf(2, {2});
       const Tensor y = x * 2;
       y[1].mul_(w);
       Tensors results = backward(y, {x, w});
       results.insert(results.begin(), y.detach());
       return results;
     }},
    {"write_through_slice",
     [] {
       const Tensor x = leaf(1, {4, 5}), w = leaf(2, {3});
       const Tensor y = x * 2;
       y.slice(1, {}, {}, 2).mul_(w);
       return backward(y, {x, w});
     }},
    {"write_through_transpose",
     [] {
       const Tensor x = leaf(1, {3, 2}), w = leaf(2, {3});
       const Tensor y = x * 2;
       y.t().mul_(w);
       return backward(y, {x, w});
     }},
    {"write_through_views_of_views",
     [] {
       const Tensor x = leaf(1, {3, 4}), w = leaf(2, {2});
       const Tensor y = x * 2;
       y.t()[1].slice(0, 1, 3).mul_(w);
       y.view({2, 6})[0].exp_();
       return backward(y, {x, w});
     }},
    {"write_of_an_expanded_source",
     [] {
       const Tensor x = leaf(1, {3, 2}), w = leaf(2, {1});
       const Tensor y = x * 2;
       y[0].copy_(w.expand({2}));
       y[1].add_(w.expand({2}));
       return backward(y, {x, w});
     }},
    {"write_to_a_transposed_base",
     [] {
       const Tensor x = leaf(1, {3, 2}), w = leaf(2, {2});
       const Tensor y = (x * 2).t().clone();
       y.select(1, 1).mul_(w);
       return backward(y, {x, w});
     }},
    {"old_view_after_write_to_base",
     [] {
       const Tensor x = leaf(1, {3, 2}), w = leaf(2, {3, 2});
       const Tensor y = x * 2;
       const Tensor v = y[1];
       y.mul_(w);
       return backward(v, {x, w});
     }},
    {"other_view_after_write_to_view",
     [] {
       const Tensor x = leaf(1, {3, 2}), w = leaf(2, {2});
       const Tensor y = x * 2;
       const Tensor column = y.select(1, 0);
       y[2].mul_(w);
       return backward(column, {x, w});
     }},
    {"written_view_itself",
     [] {
       const Tensor x = leaf(1, {3, 2}), w = leaf(2, {2});
       const Tensor y = x * 2;
       const Tensor v = y[2];
       v.mul_(w);
       v.exp_();
       return backward(v, {x, w});
     }},
    {"view_made_before_the_base_had_history",
     [] {
       const Tensor x = leaf(1, {3, 2});
       const Tensor base = zeros({3, 2}, kFloat64);
       const Tensor v = base[1];
       base.add_(x);
       return backward(v * v, {x});
     }},
    {"view_of_a_constant_written",
     [] {
       const Tensor x = leaf(1, {2});
       const Tensor base = ones({3, 2}, kFloat64);
       const Tensor v = base[1];
       v.mul_(x);
       Tensors results = backward(base * base, {x});
       results.push_back(scalar_tensor(base.requires_grad(), kBool));
       results.push_back(scalar_tensor(v.requires_grad(), kBool));
       return results;
     }},
    {"fill_and_zero_of_parts",
     [] {
       const Tensor x = leaf(1, {3, 3});
       const Tensor y = x * x;
       y[0].fill_(3);
       y.select(1, 1).zero_();
       return backward(y, {x});
     }},
    {"rows_one_by_one",
     [] {
       const Tensor x = leaf(1, {3, 2}), w = leaf(2, {3, 2});
       const Tensor y = zeros({3, 2}, kFloat64);
       for (int64_t i = 0; i < 3; ++i) {
         y[i].copy_(x[i] * w[i]);
         y[i].mul_(w[i]);
       }
       return backward(y, {x, w});
     }},
    {"copy_of_another_dtype",
     [] {
       const Tensor x = leaf(1, {3}), w = leaf(2, {3});
       const Tensor y = (x * 2).to(kFloat32);
       y.copy_(w);
       y.mul_(2);
       return backward(y.to(kFloat64), {x, w});
     }},
    {"second_derivative",
     [] {
       const Tensor x = leaf(1, {3, 2}), w = leaf(2, {2});
       const Tensor y = x.exp();
       const Tensor z = y.clone();
       z[1].mul_(w);
       z.mul_(y);
       const Tensor loss = (z * draw(98, {3, 2})).sum();
       const Tensors grads = autograd::grad(loss, {x, w}, {}, {}, true);
       return backward(grads[0] * grads[0] + grads[1], {x, w});
     }},
    {"saved_before_write_is_fine",
     [] {
       const Tensor x = leaf(1, {3});
       const Tensor y = x + 1;
       const Tensor z = y * 2;
       y.mul_(3);
       return backward(y + z, {x});
     }},
};

const Cases refusals = {
    {"leaf_written", [] { return Tensors{leaf(1, {3}).add_(1)}; }},
    {"view_of_leaf_written",
     [] {
       return Tensors{leaf(1, {3, 2})[0].mul_(2)};
     }},
    {"view_of_leaf_filled",
     [] {
       return Tensors{leaf(1, {3, 2}).t().zero_()};
     }},
    {"saved_input_written",
     [] {
       const Tensor y = leaf(1, {3}) * 1;
       const Tensor z = y * y;
       y.add_(1);
       z.sum().backward();
       return Tensors();
     }},
    {"saved_output_written",
     [] {
       const Tensor y = leaf(1, {3}).exp();
       y.add_(1);
       y.sum().backward();
       return Tensors();
     }},
    {"saved_result_of_a_write_written",
     [] {
       const Tensor y = leaf(1, {3}) * 1;
       y.exp_();
       y.mul_(2);
       y.sum().backward();
       return Tensors();
     }},
    {"saved_leaf_written",
     [] {
       const Tensor x = leaf(1, {3, 2}), w = leaf(2, {2});
       const Tensor y = x * w;
       {
         const NoGrad guard;
         w.add_(1);
       }
       y.sum().backward();
       return Tensors();
     }},
    {"saved_constant_written",
     [] {
       const Tensor x = leaf(1, {3}), c = draw(2, {3});
       const Tensor y = x * c;
       c.zero_();
       c.zero_();
       y.sum().backward();
       return Tensors();
     }},
    {"saved_written_through_view",
     [] {
       const Tensor y = leaf(1, {3, 2}) * 1;
       const Tensor z = y * y;
       y[0].add_(1);
       z.sum().backward();
       return Tensors();
     }},
    {"saved_written_through_detached",
     [] {
       const Tensor y = leaf(1, {3, 2}) * 1;
       const Tensor z = y * y;
       y.detach().add_(1);
       z.sum().backward();
       return Tensors();
     }},
    {"expanded_written",
     [] {
       return Tensors{(leaf(1, {1, 2}) * 1).expand({3, 2}).mul_(2)};
     }},
    {"grown_by_write",
     [] {
       return Tensors{(leaf(1, {2}) * 1).add_(draw(2, {3, 2}))};
     }},
};

TEST(InPlace, GradientsEqualPyTorchs) {
  for (const auto& [name, run] : gradients) {
    ASSERT_TRUE(answers().count(name)) << name;
    Values results;
    try {
      for (const Tensor& tensor : run()) results.emplace_back(tensor);
    } catch (const std::exception& error) {
      ADD_FAILURE() << name << ": " << error.what();
      continue;
    }
    EXPECT_EQ(difference(answers().at(name).results, results, Strides::Ignore), "") << name;
  }
}

TEST(InPlace, RefusalsAreInPyTorchsWords) {
  for (const auto& [name, run] : refusals) {
    ASSERT_TRUE(answers().count(name)) << name;
    try {
      run();
      ADD_FAILURE() << name << " was accepted";
    } catch (const Error& error) {
      EXPECT_EQ(error.message(), answers().at(name).error_text) << name;
    }
  }
}

TEST(InPlace, VersionIsSharedByViewsAndDetachedTensors) {
  const Tensor x = zeros({3, 2});
  const Tensor view = x.t()[0], detached = x.detach(), copy = x.clone();
  EXPECT_EQ(x.version(), 0U);
  const uint32_t before = x.version();
  view.add_(1);
  EXPECT_EQ(x.version(), before + 1);
  EXPECT_EQ(detached.version(), before + 1);
  detached.zero_();
  x.fill_(2);
  EXPECT_EQ(view.version(), before + 3);
  EXPECT_EQ(copy.version(), 0U);
}

// What meets in another dtype is computed from a copy: saved, it must not be what is written.
TEST(InPlace, InAnotherDtypeHasBothGradients) {
  const Tensor x = tensor({1, 2}).to(kFloat32).requires_grad_();
  const Tensor y = tensor({3, 4}).to(kFloat64).requires_grad_();
  const Tensor product = x.clone();
  product.mul_(y);
  product.sum().backward();
  EXPECT_TRUE(equal(x.grad(), y.detach().to(kFloat32)));
  EXPECT_TRUE(equal(y.grad(), x.detach().to(kFloat64)));
  const Tensor quotient = y.clone().to(kFloat32);
  quotient.div_(y);  // y / y
  y.set_grad({});
  quotient.sum().backward();
  EXPECT_TRUE(allclose(y.grad(), zeros({2}, kFloat64)));
}

TEST(InPlace, WhatIsSavedMustNotBeDetached) {
  const Tensor x = ones({2}).requires_grad_();
  const Tensor y = x.exp(), z = y.sin();
  y.detach_();
  expect_error<Error>(
      [&] { z.sum().backward(); },
      "Trying to use a saved tensor that has been detached in-place, i.e. with .detach_().This is "
      "not supported, please use out-of-place `.detach()` instead");
}

TEST(InPlace, WriteChangesTheNodeOfTheWritten) {
  const Tensor x = leaf(1, {3, 2});
  const Tensor y = x * 2;
  EXPECT_STREQ(y.grad_fn()->name(), "MulBackward0");
  y.exp_();
  EXPECT_STREQ(y.grad_fn()->name(), "ExpBackward0");
  y[0].neg_();
  EXPECT_STREQ(y.grad_fn()->name(), "CopySlices");
  EXPECT_STREQ(y[0].grad_fn()->name(), "SelectBackward0");
  // One that is computed beside self and then stored: the op's own node, not that of a copy.
  const Tensor z = x * 2;
  z.atan2_(x);
  EXPECT_STREQ(z.grad_fn()->name(), "Atan2Backward0");
  z[0].atan2_(x[0]);
  EXPECT_STREQ(z.grad_fn()->name(), "CopySlices");
  EXPECT_EQ(z.grad_fn()->saved_tensors().size(), 2U);  // Atan2Backward0's; CopyBackwards saves none
}

TEST(InPlace, AValueThatFillsGetsTheSum) {
  const Tensor x = leaf(1, {3, 2}), value = tensor(2.0, kFloat64).requires_grad_();
  const Tensor y = x * 1;
  fill_(y.slice(0, 1), value);
  EXPECT_STREQ(y.grad_fn()->name(), "CopySlices");
  y.sum().backward();
  EXPECT_EQ(value.grad().item<double>(), 4);
  EXPECT_EQ(x.grad().sum().item<double>(), 2);
  const Tensor z = x * 1;
  fill_(z, z[0][1]);  // one of its own elements
  EXPECT_STREQ(z.grad_fn()->name(), "FillBackward3");
  const autograd::Edges& edges = z.grad_fn()->next_edges();
  EXPECT_STREQ(edges[0].node->name(), "MulBackward0");
  EXPECT_STREQ(edges[1].node->name(), "SelectBackward0");
  EXPECT_TRUE(equal(z, x[0][1].expand({3, 2})));
  EXPECT_TRUE(equal(autograd::grad({z.sum()}, {x})[0],
                    tensor({0.0, 6.0, 0.0, 0.0, 0.0, 0.0}, kFloat64).view({3, 2})));
}

TEST(InPlace, LeavesMayBeWrittenWhereNothingIsRecorded) {
  const Tensor x = leaf(1, {3, 2});
  const NoGrad guard;
  x.mul_(2);
  x[0].zero_();
  EXPECT_TRUE(x.is_leaf());
  EXPECT_TRUE(x.requires_grad());
}

TEST(InPlace, SlicesPassGradcheckTwice) {
  const autograd::GradcheckFunction function = [](const Tensors& in) {
    const Tensor y = in[0] * in[0];
    y.t()[1].mul_(in[1]);
    y.slice(0, 0, 2).exp_();
    return Tensors{y};
  };
  const Tensors inputs = {leaf(1, {3, 2}), leaf(2, {3})};
  EXPECT_TRUE(autograd::gradcheck(function, inputs));
  EXPECT_TRUE(autograd::gradgradcheck(function, inputs));
}

TEST(InPlace, ReachesABaseWithGaps) {
  const Tensor every_second = arange(6, kFloat64).slice(0, 0, 6, 2).detach();  // strides (2)
  const Tensor w = tensor(3.0, kFloat64).requires_grad_();
  every_second[1].mul_(w);
  (every_second * every_second).sum().backward();
  EXPECT_EQ(w.grad().item<double>(), 2 * 4 * 3.0);  // d/dw (2w)^2
}

}  // namespace
}  // namespace cutaway
