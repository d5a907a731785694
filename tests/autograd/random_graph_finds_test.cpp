// SPDX-License-Identifier: MIT
//
// What tests/parity/random_graphs.py found to differ from PyTorch: calls that no other test makes.
// The expected values are PyTorch's.
#include <gtest/gtest.h>

#include <cmath>
#include <optional>
#include <vector>

#include "../../autograd/autograd.h"
#include "../../tensor/indexing.h"
#include "../../tensor/ops.h"
#include "../expect_error.h"

namespace cutaway {
namespace {

using autograd::Grads;

Tensor leaf(IntArrayRef sizes) { return ones(sizes, kFloat64).requires_grad_(); }

TEST(Backward, BringsTheFirstGradientToTheShapeThatWasRecorded) {
  const auto squeezed = [](const Tensor& x, auto write) {
    const Tensor y = x.mean(-1, true);
    const NoGrad guard;
    write(y);
    return y;
  };
  const Tensor x = leaf({2, 3, 2});
  const Tensor y = squeezed(x, [](const Tensor& t) { t.squeeze_(); });
  expect_error<Error>(
      [&] {
        y.backward(ones({2, 3}, kFloat64));
      },
      "invalid gradient at index 0 - got [2, 3] but expected shape compatible with "
      "[2, 3, 1]");
  const Tensor z = squeezed(x, [](const Tensor& t) { t.unsqueeze_(0); });
  EXPECT_EQ(autograd::grad(z, z, ones({1, 2, 3, 1}, kFloat64))[0].sizes(), DimVector({2, 3, 1}));
}

TEST(Extremes, DivideByZeroWhereTheTensorWasWrittenUnseen) {
  const auto gradient = [](auto op) {
    const Tensor x = leaf({2});
    const Tensor y = op(x);
    x.variable_data().fill_(5);
    return autograd::grad(y, x)[0][0].template item<double>();
  };
  EXPECT_TRUE(std::isnan(gradient([](const Tensor& x) { return amax(x, 0); })));
  EXPECT_TRUE(std::isnan(gradient([](const Tensor& x) { return amin(x, 0); })));
  EXPECT_TRUE(std::isnan(gradient([](const Tensor& x) { return std::get<0>(aminmax(x)); })));
  EXPECT_TRUE(std::isnan(
      gradient([](const Tensor& x) { return norm(x, std::numeric_limits<double>::infinity()); })));
  EXPECT_EQ(gradient([](const Tensor& x) { return max(x); }), 0);
}

TEST(CopySlices, WritesNoSliceThatNobodyAskedFor) {
  const Tensor base = leaf({2}).sum();
  base.expand({2}).zero_();  // whose gradient could not be written to the memory of one number
  base.backward({}, {}, false, TensorList(base));
  EXPECT_EQ(base.grad().item<double>(), 1);
}

TEST(AccumulateGrad, OfAViewAsksWhetherItsBaseRequiresAGradient) {
  const Tensor base = leaf({2});
  const Tensor view = [&] {
    const NoGrad guard;
    return base.view({2});
  }();
  view.requires_grad_();
  const Tensor y = view * 3;
  view.requires_grad_(false);
  y.sum().backward();
  ASSERT_TRUE(view.grad().defined());
  EXPECT_EQ(view.grad()[0].item<double>(), 3);
}

TEST(Contiguous, IsRecordedAsAClone) {
  const Tensor x = leaf({2, 3});
  const Tensor y = x.t().contiguous();
  EXPECT_STREQ(y.grad_fn()->name(), "CloneBackward0");
  EXPECT_EQ(y.grad_fn()->next_edges().size(), 1u);
  EXPECT_EQ(y.impl()->version(), 0u);
}

TEST(IndexPut, TakesItsValuesAsTheyAre) {
  const Tensor target = ones({2, 2}, kFloat64), values = leaf({2}), number = leaf({});
  target.index_put_({tensor({0})}, values);
  EXPECT_EQ(target.grad_fn()->next_edges()[1].node, autograd::gradient_edge(values).node);
  std::vector<DimVector> seen;
  target.grad_fn()->register_hook([&](const Grads& in, const Grads&) -> std::optional<Grads> {
    seen.push_back(in[1].sizes());
    return {};
  });
  target.sum().backward();
  EXPECT_EQ(seen, std::vector<DimVector>({{2}}));
  const Tensor masked = ones({2, 2}, kFloat64);
  masked.index_put_({masked > 0}, number);
  EXPECT_EQ(masked.grad_fn()->next_edges()[1].node, autograd::gradient_edge(number).node);
  masked.sum().backward();
  EXPECT_EQ(number.grad().item<double>(), 4);
}

TEST(Cumprod, OfOneElementHasTheGradientItIsGiven) {
  const Tensor x = leaf({1, 2});
  const Tensor weight = full({1, 2}, 3.0, kFloat64);
  const Tensor g = autograd::grad(x.cumprod(0), x, weight, {}, true)[0];
  EXPECT_TRUE(equal(g, weight));
  EXPECT_FALSE(g.requires_grad());
}

TEST(Prod, OfANumberHasTheGradientItIsGiven) {
  const Tensor x = leaf({});
  EXPECT_FALSE(autograd::grad(x.prod(), x, {}, {}, true)[0].requires_grad());
  const Tensor zero =
      zeros({1, 2}, kFloat64).requires_grad_();  // the same of a dimension of size 1
  const Tensor g = autograd::grad(zero.prod(0), zero, full({2}, 3.0, kFloat64), {}, true)[0];
  EXPECT_FALSE(g.requires_grad());
  EXPECT_TRUE(equal(g, full({1, 2}, 3.0, kFloat64)));
}

TEST(Variance, WithoutDegreesOfFreedomAlongADimensionHasASlopeAllTheSame) {
  const Tensor x = tensor({1.0, 3.0}).requires_grad_();
  const auto slope = [&](int64_t correction, const DimVector& dims) {
    return autograd::grad(var(x, dims, correction), x, ones({}, kFloat64))[0][0].item<double>();
  };
  EXPECT_EQ(slope(3, {0}), 2);
  EXPECT_EQ(slope(2, {0}), -INFINITY);
  EXPECT_EQ(slope(2, {}), INFINITY);
}

TEST(Join, GivesAllTensorsTheirGradientsWhereOneIsAskedFor) {
  const Tensor x = leaf({2}), y = leaf({2});
  for (const Tensor& z : {stack({x, y}, 0), cat({x, y}, 0)}) {
    std::vector<bool> seen;
    z.grad_fn()->register_hook([&](const Grads& in, const Grads&) -> std::optional<Grads> {
      seen = {in[0].defined(), in[1].defined()};
      return {};
    });
    autograd::grad(z.sum(), x);
    EXPECT_EQ(seen, std::vector<bool>({true, true}));
    autograd::backward(z.sum(), {}, {}, false, TensorList(z));
    EXPECT_EQ(seen, std::vector<bool>({false, false}));
  }
}

TEST(SumToSize, IsNoViewWhereNoDimensionIsTakenAway) {
  EXPECT_FALSE(sum_to_size(ones({2, 3}), {2, 1}).is_view());
  EXPECT_FALSE(sum_to_size(ones({2}), {}).is_view());
  EXPECT_TRUE(sum_to_size(ones({2, 3}), {3}).is_view());
  const Tensor x = leaf({});
  const Tensor g = autograd::grad(x.expand({2}), x, ones({2}, kFloat64))[0];
  g.mul_(leaf({}));  // may be recorded
  EXPECT_EQ(g.item<double>(), 2);
}

TEST(Stack, ItsGradientsCanBeWrittenInPlace) {
  const Tensor x = leaf({}), y = leaf({});
  const Tensor z = stack({x, y}, 0);
  const Tensor g = autograd::grad((z * z).sum(), y, {}, {}, true)[0];
  EXPECT_EQ(g.output_nr(), 0);
  g.mul_(2);
  EXPECT_EQ(g.item<double>(), 4);
}

/// The node and how many inputs it has.
std::string node_of(const Tensor& result) {
  const std::shared_ptr<autograd::Node> node = result.grad_fn();
  return node ? join(node->name(), " ", node->next_edges().size()) : "none";
}

TEST(Remainder, ByANumberHasOneInput) {
  const Tensor x = leaf({2}), two = full({}, 2.0, kFloat64);
  EXPECT_EQ(node_of(x % 2), "RemainderBackward0 1");
  EXPECT_EQ(node_of(x.fmod(2)), "FmodBackward0 1");
  EXPECT_EQ(node_of(x % two), "RemainderBackward1 2");
  EXPECT_EQ(node_of(x.fmod(two)), "FmodBackward1 2");
  EXPECT_EQ(node_of((x * 1).remainder_(2)), "RemainderBackward0 1");
  EXPECT_EQ(node_of((x * 1).fmod_(2)), "FmodBackward0 1");
  (x % 2).sum().backward();
  EXPECT_EQ(x.grad()[0].item<double>(), 1);
  const Tensor refused = 2 % x;
  EXPECT_EQ(node_of(refused), "NotImplemented 1");
  expect_error<Error>([&] { refused.sum().backward(); },
                      "derivative for aten::remainder is not implemented");
}

TEST(FloorDivide, IsRecordedAndRefused) {
  const Tensor x = leaf({2}), two = full({2}, 2.0, kFloat64);
  const char* text = "derivative for aten::floor_divide is not implemented";
  for (const Tensor& y : {floor_divide(x, 2), floor_divide(x, two), floor_divide(two, x)}) {
    EXPECT_EQ(node_of(y), "NotImplemented 1");
    expect_error<Error>([&] { y.sum().backward(); }, text);
  }
  EXPECT_EQ(node_of(floor_divide(x, x * 1)), "NotImplemented 2");
  EXPECT_EQ(node_of(floor_divide(two, 2)), "none");
  EXPECT_EQ(node_of(heaviside(x, two)), "NotImplemented 1");
  const Tensor written = two.clone();
  floor_divide_(written, x);
  EXPECT_EQ(node_of(written), "NotImplemented 1");
  expect_error<Error>([&] { written.sum().backward(); },
                      "derivative for aten::floor_divide_ is not implemented");
  const Tensor base = x * 1;
  heaviside_(base[0], ones({}, kFloat64));
  EXPECT_EQ(node_of(base), "CopySlices 1");
  expect_error<Error>([&] { base.sum().backward(); },
                      "derivative for aten::heaviside_ is not implemented");
}

TEST(ComparisonInPlace, HasBothOperandsAsInputs) {
  const Tensor x = leaf({2}), other = leaf({2});
  EXPECT_EQ(node_of(lt_(x * 1, other)), "LtBackward1 2");
  EXPECT_EQ(node_of(ge_(x * 1, 2)), "GeBackward0 1");
  EXPECT_EQ(node_of(eq_(ones({2}, kInt64), other)), "none");
  const Tensor written = ones({2}, kFloat64);
  ne_(written, other);
  EXPECT_EQ(written.version(), 1U);
  EXPECT_EQ(node_of(written), "NeBackward1 2");
  written.sum().backward();
  EXPECT_EQ(other.grad()[0].item<double>(), 0);
}

TEST(LogicInPlace, IsNotRecorded) {
  const Tensor x = leaf({2});
  x.logical_not_();  // though it is a leaf
  EXPECT_EQ(x[0].item<double>(), 0);
  EXPECT_EQ(x.version(), 1U);
  EXPECT_TRUE(x.is_leaf());
  const Tensor y = x * 1, square = y * y;
  logical_and_(y, x);
  logical_or_(y, x);
  logical_xor_(y, x);
  EXPECT_STREQ(y.grad_fn()->name(), "MulBackward0");
  EXPECT_THROW(square.sum().backward(), Error);  // but its version tells
}

}  // namespace
}  // namespace cutaway
