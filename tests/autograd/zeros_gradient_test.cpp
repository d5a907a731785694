// SPDX-License-Identifier: MIT
//
// Gradients of products where factors are 0, along each dimension of a larger tensor: there the
// formula "result divided by factor" will not do, and another one is taken. Products are
// polynomials, so numerical gradients hold at zeros, too.
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

}  // namespace
}  // namespace cutaway
