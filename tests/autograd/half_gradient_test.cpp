// SPDX-License-Identifier: MIT
//
// Gradients of float16 and bfloat16 tensors: they have the dtype of what they are the gradient of,
// and PyTorch's values, which here are exact in both.
#include <gtest/gtest.h>

#include "../../autograd/autograd.h"
#include "../../tensor/all.h"

namespace cutaway {
namespace {

class HalfGradient : public testing::TestWithParam<DType> {
 protected:
  Tensor leaf(const NestedList& values) const {
    return tensor(values, GetParam()).requires_grad_();
  }
  void expect_grad(const Tensor& x, const NestedList& values) const {
    EXPECT_EQ(x.grad().dtype(), x.dtype());
    EXPECT_TRUE(equal(x.grad(), tensor(values, x.dtype()))) << to_string(x.grad());
  }
};

TEST_P(HalfGradient, OfArithmetic) {
  const Tensor x = leaf({1, 2, -4}), y = leaf({2, 4, 0.5});
  (x * y + x / y - y).sum().backward();
  expect_grad(x, {2.5, 4.25, 2.5});
  expect_grad(y, {-0.25, 0.875, 11});
}

TEST_P(HalfGradient, OfProductsWithNumbersAndWiderScalars) {
  const Tensor x = leaf({1, 2});
  const Tensor scale = tensor(0.25).requires_grad_();  // 0-d float32
  (x * 3.0 * scale).sum().backward();
  expect_grad(x, {0.75, 0.75});
  expect_grad(scale, 9);
}

TEST_P(HalfGradient, ReachesAWiderLeafThroughAConversion) {
  const Tensor x = tensor({1, 2, 3}, kFloat32).requires_grad_();
  (x.to(GetParam()) * x.to(GetParam())).sum().backward();
  expect_grad(x, {2, 4, 6});
}

TEST_P(HalfGradient, OfAMixedSum) {
  const Tensor x = leaf({1, 2}), w = tensor({0.5, 4}).requires_grad_();
  const Tensor product = x * w;  // float32
  EXPECT_EQ(product.dtype(), kFloat32);
  product.sum().backward();
  expect_grad(x, {0.5, 4});
  expect_grad(w, {1, 2});
}

TEST_P(HalfGradient, OfOpsThatComputeInFloat) {
  const Tensor x = leaf({{1, 4}, {0.25, 16}});
  (sqrt(x).mean() + relu(-x).sum() + x.max()).backward();
  expect_grad(x, {{0.125, 0.0625}, {0.25, 1.03125}});
}

TEST_P(HalfGradient, OfAMatrixProduct) {
  const Tensor x = leaf({{1, 2}, {3, 4}}), w = leaf({{1, 0}, {2, 1}});
  matmul(x, w).sum().backward();
  expect_grad(x, {{1, 3}, {1, 3}});
  expect_grad(w, {{4, 4}, {6, 6}});
}

TEST_P(HalfGradient, OfALoss) {
  const Tensor x = leaf({{0, 0}, {0, 0}});
  const Tensor loss = nll_loss(log_softmax(x, 1), tensor({0, 1}));
  EXPECT_EQ(loss.dtype(), GetParam());
  loss.backward();
  expect_grad(x, {{-0.25, 0.25}, {0.25, -0.25}});
}

TEST_P(HalfGradient, OfAnInPlaceOp) {
  const Tensor x = leaf({1, 4});
  const Tensor y = x * 2.0;
  const uint32_t version = y.version();
  y.mul_(y.detach() * 0 + 3.0).neg_();
  EXPECT_EQ(y.version(), version + 2);
  y.sum().backward();
  expect_grad(x, {-6, -6});
}

INSTANTIATE_TEST_SUITE_P(Halves, HalfGradient, testing::Values(kFloat16, kBFloat16));

}  // namespace
}  // namespace cutaway
