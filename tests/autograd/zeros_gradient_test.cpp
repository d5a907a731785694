// SPDX-License-Identifier: MIT
//
// Gradients where a formula would divide by 0, or count something twice, and another one is taken:
// of products where factors are 0, along each dimension of a larger tensor (products are
// polynomials, so numerical gradients hold at zeros, too); of distances between points that share
// a coordinate; of views of memory that the input shows more than once.
#include <gtest/gtest.h>

#include <limits>

#include "../../autograd/autograd.h"
#include "../../tensor/ops.h"

namespace cutaway {
namespace {

using Tensors = std::vector<Tensor>;

/// Lines with no zero, with one and with two, along every dimension.
Tensor with_zeros() {
  return tensor({2.0, 0.0, 3.0, 1.5, 0.0, -1.0, 0.5, 2.0, -3.0, 0.0, 1.0, 4.0}, kFloat64)
      .view({2, 3, 2});
}

void expect_gradients(const autograd::GradcheckFunction& function) {
  EXPECT_TRUE(autograd::gradcheck(function, {with_zeros().requires_grad_()}));
  EXPECT_TRUE(autograd::gradgradcheck(function, {with_zeros().requires_grad_()}));
}

TEST(ZerosGradient, OfProducts) {
  expect_gradients([](const Tensors& x) -> Tensors { return {prod(x[0].narrow(0, 1, 1))}; });
  for (const int64_t dim : {0, 1, 2, -1, -2}) {
    for (const bool keepdim : {false, true}) {
      expect_gradients(
          [dim, keepdim](const Tensors& x) -> Tensors { return {prod(x[0], dim, keepdim)}; });
    }
  }
}

TEST(ZerosGradient, OfRunningProducts) {
  for (const int64_t dim : {0, 1, 2, -1, -2}) {
    expect_gradients([dim](const Tensors& x) -> Tensors { return {cumprod(x[0], dim)}; });
  }
}

// The quick formula, for when no graph is made, against the one that gradcheck has seen.
TEST(ZerosGradient, OfRunningProductsWithAndWithoutAGraph) {
  for (const int64_t dim : {0, 1, 2}) {
    const Tensor x = with_zeros().requires_grad_();
    const Tensor weight = arange(12, kFloat64).view({2, 3, 2}) - 4.5;
    const Tensor quick = autograd::grad({cumprod(x, dim)}, {x}, {weight})[0];
    const Tensor slow = autograd::grad({cumprod(x, dim)}, {x}, {weight}, true, true)[0];
    EXPECT_TRUE(allclose(quick, slow, 1e-12, 1e-14)) << dim;
  }
}

TEST(ZerosGradient, OfDistancesBetweenPointsThatShareACoordinate) {
  const Tensor a = tensor({{0.0, 1.0}, {2.0, 3.0}, {4.0, 7.0}}, kFloat64);
  const Tensor b = tensor({{0.0, 2.0}, {5.0, 3.0}}, kFloat64);
  for (const double p : {1.5, 2.0, 2.5, 3.0}) {
    const autograd::GradcheckFunction distances = [p](const Tensors& x) -> Tensors {
      return {cdist(x[0], x[1], p)};
    };
    EXPECT_TRUE(
        autograd::gradcheck(distances, {a.clone().requires_grad_(), b.clone().requires_grad_()}))
        << p;
  }
}

// One element is its own product; two are not.
TEST(ZerosGradient, OfProductsOfTwo) {
  const autograd::GradcheckFunction products = [](const Tensors& x) -> Tensors {
    return {cumprod(x[0], 0)};
  };
  for (const Tensor& x : {tensor({3.0, 2.0}, kFloat64), tensor({0.0, 2.0}, kFloat64)}) {
    EXPECT_TRUE(autograd::gradcheck(products, {x.requires_grad_()}));
    EXPECT_TRUE(autograd::gradgradcheck(products, {x}));
  }
}

// Numbers: PyTorch's. The first two points are one and the same; the others share a coordinate.
TEST(ZerosGradient, OfDistancesBetweenPointsThatAreTheSame) {
  const Tensor weight = tensor({{1.0, 2.0}, {3.0, 4.0}, {5.0, 6.0}}, kFloat64);
  const auto gradients = [&](double p, bool create_graph) {
    const Tensor a = tensor({{0.0, 1.0}, {2.0, 3.0}, {4.0, 7.0}}, kFloat64).requires_grad_();
    const Tensor b = tensor({{0.0, 1.0}, {2.0, 5.0}}, kFloat64).requires_grad_();
    Tensors grads = autograd::grad({cdist(a, b, p)}, {a, b}, {weight}, {}, create_graph);
    if (create_graph) grads = autograd::grad({grads[0].sum()}, {a, b});
    return cat({grads[0], grads[1]}).view({-1});
  };
  const double inf = std::numeric_limits<double>::infinity();
  const std::vector<std::pair<double, Tensor>> expected = {
      {0.0, tensor({0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0}, kFloat64)},
      {0.5, tensor({-4.82842712474619, -3.414213562373095, 6.0, 2.0, 23.123724356957943,
                    21.08248290463863, -17.123724356957943, -15.082482904638631, -7.17157287525381,
                    -4.585786437626905},
                   kFloat64)},
      {1.0, tensor({-2.0, -2.0, 3.0, -1.0, 11.0, 11.0, -8.0, -8.0, -4.0, 0.0}, kFloat64)},
      {1.5, tensor({-1.2784680157304653, -1.8080268069062433, 2.3811015779522995,
                    -1.6188984220477005, 8.294123551542937, 9.087904546626007, -5.913021973590638,
                    -6.706802968673706, -3.483735140174134, 1.045823651001644},
                   kFloat64)},
      {2.0, tensor({-0.8944271909999159, -1.7888543819998317, 2.1213203435596424,
                    -1.8786796564403576, 7.016141668245431, 8.402892158808504, -4.894821324685788,
                    -6.281571815248862, -3.348213496119369, 1.5462136948805467},
                   kFloat64)},
      {3.0,
       tensor({-0.4622408495670898, -1.848963398268359, 1.8898815748423097, -2.1101184251576903,
               5.6489438983638145, 7.9854198342128075, -3.7590623235215044, -6.095538259370498,
               -3.3175223001175294, 2.0692002485837397},
              kFloat64)},
      {inf, tensor({0.0, -2.0, 3.0, -1.0, 6.0, 11.0, -3.0, -8.0, -6.0, 0.0}, kFloat64)},
  };
  for (const auto& [p, numbers] : expected) {
    EXPECT_TRUE(allclose(gradients(p, false), numbers, 1e-12, 1e-12)) << p;
  }
  // The slope of the slope: none is taken where the distance is 0, and it is a number everywhere.
  for (const double p : {0.5, 1.5, 2.0, 2.5, 3.0}) {
    EXPECT_TRUE(all(isfinite(gradients(p, true))).item<bool>()) << p;
    const Tensor a = tensor({{1.0, 2.0}}, kFloat64).requires_grad_();
    const Tensor b = a.detach().clone().requires_grad_();
    const Tensor first = autograd::grad({cdist(a, b, p)}, {a}, {}, {}, true)[0];
    for (const Tensor& second : autograd::grad({first.sum()}, {a, b})) {
      EXPECT_TRUE(second.eq(0).all().item<bool>()) << p;
    }
  }
}

TEST(ZerosGradient, OfTheGradientOfCopysign) {
  const Tensor a = tensor({0.0, -0.0, 2.0}, kFloat64).requires_grad_();
  const Tensor b = tensor({1.0, 1.0, -1.0}, kFloat64);
  const Tensor v = ones({3}, kFloat64).requires_grad_();
  const Tensor first = autograd::grad({copysign(a, b)}, {a}, {v}, {}, true)[0];
  const Tensors second = autograd::grad({first.sum()}, {a, v});
  EXPECT_TRUE(allclose(second[0], zeros({3}, kFloat64)));
  EXPECT_TRUE(allclose(second[1], tensor({0.0, 0.0, -1.0}, kFloat64)));
}

// Each place of memory shares its gradient among the elements of the input that show it.
TEST(ZerosGradient, OfAViewOfAnInputThatOverlapsItself) {
  const Tensor memory = arange(4, kFloat64);
  const Tensor x = memory.as_strided({3, 2}, {1, 1}).detach().requires_grad_();
  const Tensor weight = tensor({1.0, 2.0, 3.0, 4.0}, kFloat64);
  const Tensor found = autograd::grad({x.as_strided({4}, {1}, 0)}, {x}, {weight})[0];
  const Tensor expected = tensor({{1.0, 1.0}, {1.0, 1.5}, {1.5, 4.0}}, kFloat64);
  EXPECT_TRUE(allclose(found, expected, 1e-12, 1e-14));
  // One place, three times.
  const Tensor same = memory.as_strided({3}, {0}).detach().requires_grad_();
  const Tensor thirds = autograd::grad({same.as_strided({1}, {1}, 0)}, {same})[0];
  EXPECT_TRUE(allclose(thirds, full({3}, 1.0 / 3, kFloat64), 1e-12, 1e-14));
  // A view of what lies between the elements of the input: their count, by which is divided, is 0.
  const Tensor gaps = memory.slice(0, 0, 4, 2).detach().requires_grad_();
  const Tensor v = ones({4}, kFloat64).requires_grad_();
  const Tensor first = autograd::grad({gaps.as_strided({4}, {1}, 0)}, {gaps}, {v}, {}, true)[0];
  const Tensor second = autograd::grad({first.sum()}, {v})[0];
  EXPECT_TRUE(allclose(second, tensor({1.0, 0.0, 1.0, 0.0}, kFloat64)));
}

}  // namespace
}  // namespace cutaway
