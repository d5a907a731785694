// SPDX-License-Identifier: MIT
//
// Losses and functional: values and gradients against PyTorch, and which nodes they record.
#include "../../nn/loss.h"

#include "../../autograd/node.h"
#include "../../nn/nn.h"
#include "nn_fixture.h"

namespace cutaway::nn {
namespace {

struct LossCase {
  explicit LossCase(const Fields& fields)
      : reduction(fields[0] == "none"   ? Reduction::None
                  : fields[0] == "mean" ? Reduction::Mean
                                        : Reduction::Sum),
        ignore_index(std::stoll(fields[1])),
        label_smoothing(std::stod(fields[2])),
        weight(fixture_tensor(fields[3])),
        input(fixture_tensor(fields[4]).requires_grad_()),
        target(fixture_tensor(fields[5])),
        expected(fixture_tensor(fields[6])),
        expected_grad(fixture_tensor(fields[7])) {}

  void check(const Tensor& loss) const {
    const double tolerance = input.dtype() == kFloat64 ? 1e-13 : 2e-6;
    expect_close(loss, expected, tolerance);
    const Tensor scale = arange(1, loss.numel() + 1, 1, loss.dtype()).reshape(loss.sizes());
    (loss * scale).sum().backward();
    expect_close(input.grad(), expected_grad, tolerance);
  }

  Reduction reduction;
  int64_t ignore_index;
  double label_smoothing;
  Tensor weight, input, target, expected, expected_grad;
};

TEST(Loss, CrossEntropyEqualsPyTorch) {
  size_t number = 0;
  for (const Fields& fields : fixture_cases("nn.txt", "cross_entropy")) {
    SCOPED_TRACE(join("case ", number++, ": ", fields[0], " ignore ", fields[1], " smoothing ",
                      fields[2], " weight ", fields[3], " target ", fields[5]));
    const LossCase c(fields);
    CrossEntropyLoss loss({.weight = c.weight,
                           .ignore_index = c.ignore_index,
                           .reduction = c.reduction,
                           .label_smoothing = c.label_smoothing});
    c.check(loss(c.input, c.target));
  }
  EXPECT_GT(number, 100u);
}

TEST(Loss, NLLEqualsPyTorch) {
  for (const Fields& fields : fixture_cases("nn.txt", "nll")) {
    const LossCase c(fields);
    NLLLoss loss({.weight = c.weight, .ignore_index = c.ignore_index, .reduction = c.reduction});
    c.check(loss(c.input, c.target));
  }
}

TEST(Loss, MSEEqualsPyTorch) {
  for (const Fields& fields : fixture_cases("nn.txt", "mse")) {
    const LossCase c(fields);
    MSELoss loss({.reduction = c.reduction});
    c.check(loss(c.input, c.target));
  }
}

TEST(Loss, RefusesWhatPyTorchRefuses) {
  const Tensor x = zeros({2, 3});
  const auto message = [&](const Tensor& target, const CrossEntropyLossOptions& options = {}) {
    return message_of<Error>([&] { CrossEntropyLoss{options}(x, target); });
  };
  const auto expected = [](const char* name) { return fixture_text("nn.txt", "loss_error", name); };
  EXPECT_EQ(message(tensor({0, 1}), {.label_smoothing = 1.5}), expected("smoothing"));
  EXPECT_EQ(message(tensor({0, 3})), expected("classes"));
  EXPECT_EQ(message(tensor({0, 3}), {.label_smoothing = 0.1}), expected("smoothed_classes"));
  EXPECT_EQ(message(tensor({0, 1, 1})), expected("batch"));
  EXPECT_EQ(message(tensor({0, 1}), {.weight = ones(2)}), expected("weight"));
  EXPECT_EQ(message(zeros({2, 3}), {.weight = ones(2)}), expected("probability_weight"));
  EXPECT_EQ(message(zeros({2, 3}), {.ignore_index = 1}), expected("ignore"));
  EXPECT_EQ(message(zeros({2, 3}, kInt64)), expected("integer_probability"));
  EXPECT_EQ(message(zeros(2)), expected("float_classes"));
}

TEST(Loss, WeightIsABufferOfItsOwn) {
  const Tensor weight = ones(3);
  CrossEntropyLoss loss({.weight = weight});
  EXPECT_EQ(loss.state_dict().size(), 1u);
  loss.to(kFloat64);
  EXPECT_EQ(loss.options.weight.dtype(), kFloat64);
  EXPECT_EQ(weight.dtype(), kFloat32);
}

TEST(Functional, LinearRecordsOneNodeForMatrices) {
  Linear layer(3, 2);
  const auto node = [&](const Tensor& x) { return std::string(layer(x).grad_fn()->name()); };
  EXPECT_EQ(node(ones({4, 3})), "AddmmBackward0");
  EXPECT_EQ(node(ones(3)), "ViewBackward0");
  EXPECT_EQ(node(ones({2, 4, 3})), "ViewBackward0");
  EXPECT_EQ(node(ones({2, 3, 4}).transpose(1, 2)), "AddBackward0");
}

TEST(Functional, LinearTakesAnyRank) {
  Linear layer(3, 2);
  const Tensor x = arange(24, kFloat32).reshape({2, 4, 3});
  const Tensor expected = matmul(x, layer.weight.t()) + layer.bias;
  expect_close(layer(x), expected, 1e-6);
  expect_close(layer(x[0]), expected[0], 1e-6);
  expect_close(layer(x[0][0]), expected[0][0], 1e-6);
  expect_close(layer(x.transpose(0, 1)), expected.transpose(0, 1), 1e-6);
  EXPECT_TRUE(layer(empty({0, 5, 3})).sizes() == IntArrayRef({0, 5, 2}));
  expect_close(Linear(layer.weight)(x[0]), matmul(x[0], layer.weight.t()), 1e-6);
  EXPECT_EQ(message_of<Error>([&] {
              layer(ones({2, 4}));
            }),
            "mat1 and mat2 shapes cannot be multiplied (2x4 and 3x2)");
}

TEST(Functional, ReLUInPlaceWritesItsInput) {
  const Tensor x = tensor({-1.0, 2.0});
  EXPECT_TRUE(functional::relu(x, true).is_same(x));
  EXPECT_TRUE(equal(x, tensor({0.0, 2.0})));
}

}  // namespace
}  // namespace cutaway::nn
