// SPDX-License-Identifier: MIT
//
// Gradients where a formula would divide by 0, or count something twice, and another one is taken:
// of products where factors are 0, along each dimension of a larger tensor (products are
// polynomials, so numerical gradients hold at zeros, too); of distances between points that share
// a coordinate; of views of memory that the input shows more than once.
#include <gtest/gtest.h>

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

// Each place of memory shares its gradient among the elements of the input that show it.
TEST(ZerosGradient, OfAViewOfAnInputThatOverlapsItself) {
  const Tensor memory = arange(4, kFloat64);
  const Tensor x = memory.as_strided({3, 2}, {1, 1}).detach().requires_grad_();
  const Tensor weight = tensor({1.0, 2.0, 3.0, 4.0}, kFloat64);
  const Tensor found = autograd::grad({x.as_strided({4}, {1}, 0)}, {x}, {weight})[0];
  const Tensor expected = tensor({{1.0, 1.0}, {1.0, 1.5}, {1.5, 4.0}}, kFloat64);
  EXPECT_TRUE(allclose(found, expected, 1e-12, 1e-14));
}

}  // namespace
}  // namespace cutaway
