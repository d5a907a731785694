// SPDX-License-Identifier: MIT
//
// jacobian, hessian and their products with vectors: PyTorch's numbers, and the same from the
// matrices themselves; strict mode's refusals in PyTorch's words.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "../../autograd/autograd.h"
#include "../../tensor/ops.h"
#include "../../tensor/printing.h"
#include "../expect_error.h"

namespace cutaway {
namespace {

using autograd::hessian;
using autograd::hvp;
using autograd::jacobian;
using autograd::jvp;
using autograd::vhp;
using autograd::vjp;
using Tensors = std::vector<Tensor>;

Tensor vector() { return tensor({1.0, 2.0, 3.0}, kFloat64); }
Tensor matrix() { return arange(1, 7, 1, kFloat64).view({2, 3}); }
Tensors point() { return {matrix(), vector()}; }
Tensors direction() { return {matrix() * 0.5, vector() - 1}; }

/// Two outputs, of shapes (2) and ().
Tensors two(const Tensors& in) {
  return {sin(matmul(in[0], in[1])), exp(in[0] * in[1] * 0.1).sum()};
}
Tensors one(const Tensors& in) {
  return {(sin(matmul(in[0], in[1])) * in[1].slice(0, 0, 2).pow(2)).sum()};
}

void expect_close(const Tensor& actual, const Tensor& expected) {
  ASSERT_EQ(actual.sizes(), expected.sizes());
  EXPECT_TRUE(allclose(actual, expected, 1e-9, 1e-9)) << actual << "\n" << expected;
}

TEST(Jacobian, IsPyTorchs) {
  const std::vector<Tensors> j = jacobian(two, point());
  expect_close(j[0][0], tensor({0.1367372182, 0.2734744364, 0.4102116546, 0.0, 0.0, 0.0, 0.0, 0.0,
                                0.0, 0.8342233605, 1.6684467210, 2.5026700815},
                               kFloat64)
                            .view({2, 2, 3}));
  expect_close(j[0][1], tensor({{0.1367372182, 0.2734744364, 0.4102116546},
                                {3.3368934420, 4.1711168025, 5.0053401630}},
                               kFloat64));
  expect_close(j[1][0], tensor({{0.1105170918, 0.2983649395, 0.7378809333},
                                {0.1491824698, 0.5436563657, 1.8148942393}},
                               kFloat64));
  expect_close(j[1][1], tensor({0.7072469709, 1.6575058538, 4.3676694120}, kFloat64));
  EXPECT_FALSE(j[0][0].requires_grad());
}

TEST(Jacobian, OfOneTensorHasTheOutputsShapeThenTheInputs) {
  const auto function = [](const Tensor& x) { return x.unsqueeze(1) * x; };
  const Tensor j = jacobian(function, vector());
  EXPECT_EQ(j.sizes(), DimVector({3, 3, 3}));
  EXPECT_EQ(j[0][0][0].item<double>(), 2);
  EXPECT_EQ(j[1][2][1].item<double>(), 3);
  EXPECT_EQ(jacobian(function, zeros(0, kFloat64)).sizes(), DimVector({0, 0, 0}));
}

TEST(Jacobian, CanBeDifferentiated) {
  const Tensor x = vector().requires_grad_();
  const Tensor j = jacobian([](const Tensor& t) { return t * t * t; }, x, {.create_graph = true});
  j.sum().backward();
  EXPECT_TRUE(equal(x.grad(), x.detach() * 6));
}

TEST(Jacobian, IsComputedInNoGradMode) {
  const NoGrad guard;
  const auto square = [](const Tensor& t) { return t * t; };
  EXPECT_TRUE(equal(jacobian(square, vector()).diagonal(), vector() * 2));
  const auto squares = [](const Tensors& in) { return Tensors{in[0] * in[0]}; };
  EXPECT_TRUE(equal(vjp(squares, {vector()}, {ones(3, kFloat64)}).second[0], vector() * 2));
  EXPECT_TRUE(equal(jvp(squares, {vector()}, {ones(3, kFloat64)}).second[0], vector() * 2));
}

TEST(VectorProducts, ArePyTorchs) {
  const auto by_input = vjp(two, point(), {tensor({1.0, 2.0}, kFloat64), tensor(3.0, kFloat64)});
  expect_close(by_input.first[0], tensor({0.9906073557, 0.5514266812}, kFloat64));
  expect_close(by_input.second[0], tensor({{0.4682884936, 1.1685692550, 2.6238544547},
                                           {2.1159941303, 4.9678625391, 10.4500228810}},
                                          kFloat64));
  expect_close(by_input.second[1], tensor({8.9322650149, 13.5882256028, 23.5239002167}, kFloat64));
  const auto by_output = jvp(two, point(), direction());
  expect_close(by_output.second[0], tensor({2.0510582731, 27.5293708967}, kFloat64));
  expect_close(by_output.second[1], tensor(18.9554781349, kFloat64));
  EXPECT_FALSE(by_output.second[1].requires_grad());
}

TEST(Hessian, IsPyTorchs) {
  const std::vector<Tensors> h = hessian(one, point());
  EXPECT_EQ(h[0][0].sizes(), DimVector({2, 3, 2, 3}));
  EXPECT_EQ(h[0][1].sizes(), DimVector({2, 3, 3}));
  expect_close(h[1][1], tensor({{-33.7537513709, -32.2008265698, -55.0883601570},
                                {-32.2008265698, -24.6333097642, -52.0934852310},
                                {-55.0883601570, -52.0934852310, -88.3209083001}},
                               kFloat64));
  expect_close(h[1][0].permute({1, 2, 0}), h[0][1]);  // symmetric
  for (const auto& product : {vhp, hvp}) {
    const auto [value, derivative] = product(one, point(), direction(), {});
    expect_close(value[0], tensor(3.1963140807, kFloat64));
    expect_close(derivative[0], tensor({{-14.8591103354, -29.5814834526, -44.3038565699},
                                        {-69.4514284819, -135.5659635217, -201.6804985616}},
                                       kFloat64));
    expect_close(derivative[1],
                 tensor({-281.8205522235, -257.2760553076, -451.0701157441}, kFloat64));
  }
}

TEST(Hessian, IsZeroWhereTheGradientIsConstant) {
  const auto sum = [](const Tensor& t) { return t.sum(); };
  EXPECT_TRUE(equal(hessian(sum, vector()), zeros({3, 3}, kFloat64)));
  const auto cube = [](const Tensor& t) { return (t * t * t).sum(); };
  EXPECT_TRUE(equal(hessian(cube, vector()).diagonal(), vector() * 6));
}

TEST(VectorProducts, RefuseVectorsOfOtherShapes) {
  const auto same = [](const Tensors& in) { return Tensors{in[0] * 2}; };
  const auto pair = [](const Tensors& in) { return Tensors{in[0] * 2, in[0]}; };
  const auto sum = [](const Tensors& in) { return Tensors{in[0].sum()}; };
  const Tensors x = {vector()};
  expect_error<Error>([&] { vjp(same, x); },
                      "The vector v can only be None if the user-provided function returns a "
                      "single Tensor with a single element.");
  for (const auto& product : {jvp, vhp, hvp}) {
    expect_error<Error>([&] { product(sum, x, {}, {}); },
                        "The vector v can only be None if the input to the user-provided function "
                        "is a single Tensor with a single element.");
  }
  expect_error<Error>([&] { vjp(same, x, {ones(2)}); },
                      "v has invalid size: should be torch.Size([3]) but got torch.Size([2]).");
  expect_error<Error>([&] { vjp(pair, x, {ones(3)}); },
                      "v is a tuple of invalid length: should be 2 but got 1.");
  expect_error<Error>(
      [&] {
        vjp(pair, x, {ones(2), ones(3)});
      },
      "Entry 0 in v has invalid size: should be torch.Size([3]) but got torch.Size([2]).");
}

TEST(Strict, RefusesWhatDoesNotDependOnTheInput) {
  const auto constant = [](const Tensors&) { return Tensors{ones(3, kFloat64)}; };
  const auto first = [](const Tensors& in) { return Tensors{in[0] * 2}; };
  const Tensors x = {vector()}, xx = {vector(), vector()}, v = {ones(3, kFloat64)};
  const std::string no_gradient =
      "Output 0 of the user-provided function does not require gradients. The outputs must be "
      "computed in a differentiable manner from the input when running in strict mode.";
  expect_error<Error>([&] { vjp(constant, x, v, {.strict = true}); }, no_gradient);
  expect_error<Error>([&] { jvp(constant, x, v, {.strict = true}); }, no_gradient);
  expect_error<Error>([&] { jacobian(constant, x, {.strict = true}); }, no_gradient);
  const std::string independent =
      "he user-provided function is independent of input 1. This is not allowed in strict mode.";
  expect_error<Error>([&] { vjp(first, xx, v, {.strict = true}); },
                      "The output of t" + independent);
  expect_error<Error>([&] { jvp(first, xx, xx, {.strict = true}); },
                      "The output of t" + independent);
  expect_error<Error>([&] { jacobian(first, xx, {.strict = true}); },
                      "Output 0 of t" + independent);
  const std::string linear =
      "The jacobian of the user-provided function is independent of input 0. This is not allowed "
      "in strict mode when create_graph=True.";
  const autograd::DerivativeOptions both = {.create_graph = true, .strict = true};
  expect_error<Error>([&] { vjp(first, x, v, both); }, linear);
  expect_error<Error>([&] { jvp(first, x, v, both); }, linear);
  expect_error<Error>([&] { jacobian(first, x, both); }, linear);
}

TEST(Strict, RefusesConstantGradients) {
  const auto sum = [](const Tensors& in) { return Tensors{in[0].sum()}; };
  const auto cube = [](const Tensors& in) { return Tensors{in[0].pow(3).sum()}; };
  const auto apart = [](const Tensors& in) {
    return Tensors{in[0].pow(3).sum() + in[1].pow(3).sum()};
  };
  const Tensors x = {vector()}, xx = {vector(), vector()};
  const autograd::DerivativeOptions strict = {.strict = true};
  const auto linear = [](int input) {
    return join(
        "While computing the hessian, found that the jacobian of the user-provided function with "
        "respect to input ",
        input,
        " is independent of the input. This is not allowed in strict mode. You should ensure that "
        "your function is twice differentiable and that the jacobian depends on the inputs (this "
        "would be violated by a linear function for example).");
  };
  expect_error<Error>([&] { hessian(sum, x, strict); }, linear(0));
  expect_error<Error>([&] { hessian(cube, xx, strict); }, linear(1));
  expect_error<Error>([&] { hessian(apart, xx, strict); },
                      "Output 0 of the user-provided function is independent of input 1. This is "
                      "not allowed in strict mode.");
  for (const auto& product : {vhp, hvp}) {
    expect_error<Error>([&] { product(sum, x, x, strict); }, linear(0));
    expect_error<Error>([&] { product(cube, xx, xx, strict); },
                        "The output of the user-provided function is independent of input 1. This "
                        "is not allowed in strict mode.");
    EXPECT_TRUE(equal(product(apart, xx, xx, strict).second[1], vector() * vector() * 6));
    EXPECT_TRUE(equal(product(cube, xx, xx, {}).second[1], zeros(3, kFloat64)));
  }
}

TEST(Hessian, WantsOneNumber) {
  const auto many = [](const Tensors& in) { return in; };
  const auto pair = [](const Tensors& in) { return Tensors{in[0].sum(), in[0].sum()}; };
  const Tensors x = {vector()};
  const std::string element = " should contain a single element";
  expect_error<Error>([&] { hessian(many, x); },
                      "The Tensor returned by the function given to hessian" + element);
  expect_error<Error>([&] { vhp(many, x, x); },
                      "The Tensor returned by the function given to vhp" + element);
  expect_error<Error>([&] { hvp(pair, x, x); },
                      "The function given to hvp should return a single Tensor");
}

}  // namespace
}  // namespace cutaway
