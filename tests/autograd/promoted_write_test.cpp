// SPDX-License-Identifier: MIT
//
// In-place ops whose operands meet in another dtype than self's: the result is converted as it is
// written, and that is no step of the graph. x.mul_(y) with a float32 x and a float64 y is one
// MulBackward0 of x's old history and y, which takes a float32 gradient.
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "../../autograd/autograd.h"
#include "../../tensor/catalogue.h"
#include "../../tensor/ops.h"
#include "../expect_error.h"

namespace cutaway {
namespace {

struct Write {
  const char* node;
  size_t inputs;
  std::function<void(const Tensor& x, const Tensor& y)> call;
};

const Write writes[] = {
    {"AddBackward0", 2, [](const Tensor& x, const Tensor& y) { x.add_(y); }},
    {"SubBackward0", 2, [](const Tensor& x, const Tensor& y) { x.sub_(y); }},
    {"MulBackward0", 2, [](const Tensor& x, const Tensor& y) { x.mul_(y); }},
    {"DivBackward0", 2, [](const Tensor& x, const Tensor& y) { x.div_(y); }},
    {"DivBackward2", 2, [](const Tensor& x, const Tensor& y) { div_(x, y, "floor"); }},
    {"RemainderBackward1", 2, [](const Tensor& x, const Tensor& y) { remainder_(x, y); }},
    {"FmodBackward1", 2, [](const Tensor& x, const Tensor& y) { fmod_(x, y); }},
    {"PowBackward1", 2, [](const Tensor& x, const Tensor& y) { pow_(x, y); }},
    {"Atan2Backward0", 2, [](const Tensor& x, const Tensor& y) { atan2_(x, y); }},
    {"HypotBackward0", 2, [](const Tensor& x, const Tensor& y) { hypot_(x, y); }},
    {"CopysignBackward0", 2, [](const Tensor& x, const Tensor& y) { copysign_(x, y); }},
    {"XlogyBackward0", 2, [](const Tensor& x, const Tensor& y) { xlogy_(x, y); }},
    {"AddcmulBackward0", 3, [](const Tensor& x, const Tensor& y) { addcmul_(x, y, y); }},
    {"AddcdivBackward0", 3, [](const Tensor& x, const Tensor& y) { addcdiv_(x, y, y); }},
    {"MaskedFillBackward1", 2,
     [](const Tensor& x, const Tensor& y) { masked_fill_(x, x.gt(2), y.select(0, 0)); }},
};

class PromotedWrite : public ::testing::TestWithParam<size_t> {};

TEST_P(PromotedWrite, IsOneNode) {
  const Write& write = writes[GetParam()];
  const Tensor a = tensor({1.25, 2.5, 3.75}).requires_grad_();
  const Tensor b = tensor({2.5, 1.5, 0.5}, kFloat64).requires_grad_();
  const Tensor x = a * 1, y = b * 1;
  write.call(x, y);
  EXPECT_EQ(x.dtype(), kFloat32);
  const std::shared_ptr<autograd::Node> node = x.grad_fn();
  EXPECT_STREQ(node->name(), write.node);
  ASSERT_EQ(node->next_edges().size(), write.inputs);
  EXPECT_STREQ(node->next_edges()[0].node->name(), "MulBackward0");
  std::vector<DType> seen;
  node->register_hook([&](const autograd::Grads& inputs,
                          const autograd::Grads& outputs) -> std::optional<autograd::Grads> {
    seen.push_back(outputs[0].dtype());
    seen.push_back(inputs[1].dtype());
    return std::nullopt;
  });
  (x * x.detach()).sum().backward();
  EXPECT_EQ(seen, (std::vector<DType>{kFloat32, kFloat64}));

  // The same in two steps
  const Tensor a2 = tensor({1.25, 2.5, 3.75}).requires_grad_();
  const Tensor b2 = tensor({2.5, 1.5, 0.5}, kFloat64).requires_grad_();
  const Tensor wide = a2.to(kFloat64), factor = b2 * 1;
  write.call(wide, factor);
  const Tensor narrow = wide.to(kFloat32);
  EXPECT_TRUE(equal(x, narrow));
  (narrow * narrow.detach()).sum().backward();
  EXPECT_TRUE(allclose(a.grad(), a2.grad(), 1e-5, 1e-6));
  EXPECT_TRUE(allclose(b.grad(), b2.grad(), 1e-5, 1e-6));
}

INSTANTIATE_TEST_SUITE_P(All, PromotedWrite, ::testing::Range<size_t>(0, std::size(writes)));

TEST(PromotedWriteThroughAView, IsOneNodeInsideCopySlices) {
  const Tensor a = tensor({1.25, 2.5, 3.75}).requires_grad_();
  const Tensor b = tensor({2.5, 1.5}, kFloat64).requires_grad_();
  const Tensor base = a * 1;
  base.narrow(0, 1, 2).mul_(b);
  EXPECT_STREQ(base.grad_fn()->name(), "CopySlices");
  ASSERT_EQ(base.grad_fn()->next_edges().size(), 2U);
  EXPECT_STREQ(base.grad_fn()->next_edges()[1].node->name(), "AccumulateGrad");
  base.sum().backward();
  EXPECT_TRUE(equal(a.grad(), tensor({1.0, 2.5, 1.5})));
  EXPECT_TRUE(equal(b.grad(), tensor({2.5, 3.75}, kFloat64)));
}

TEST(PromotedWriteThroughAView, OfAnOpWithoutGradientIsRefusedInBackward) {
  const Tensor a = tensor({1.25, 2.5}).requires_grad_();
  const Tensor x = a * 1;
  floor_divide_(x, tensor({2.0, 0.5}, kFloat64));
  EXPECT_STREQ(x.grad_fn()->name(), "NotImplemented");
  EXPECT_TRUE(equal(x, tensor({0.0, 5.0})));
  expect_error<Error>([&] { x.sum().backward(); },
                      "derivative for aten::floor_divide_ is not implemented");
}

}  // namespace
}  // namespace cutaway
