// SPDX-License-Identifier: MIT
//
// Saved-tensor hooks: what they are given, what backward gets from them, and every refusal in
// PyTorch's words. Counts are those of the same calls in PyTorch.
#include <gtest/gtest.h>

#include <vector>

#include "../../autograd/autograd.h"
#include "../../tensor/ops.h"
#include "../expect_error.h"

namespace cutaway {
namespace {

using autograd::DisableSavedTensorsHooks;
using autograd::SavedTensorHooks;
using autograd::SavedTensorsHooks;

Tensor leaf() { return tensor({1.0, 2.0, 3.0}, kFloat64).requires_grad_(); }

Tensor unpack(const std::any& packed) { return std::any_cast<Tensor>(packed); }

/// Keeps a copy, and counts.
SavedTensorHooks copying(int& count) {
  return {[&count](const Tensor& tensor) -> std::any {
            EXPECT_FALSE(is_grad_enabled());
            ++count;
            return clone(tensor);
          },
          unpack};
}

int saved_by(const std::function<void()>& call) {
  int count = 0;
  const SavedTensorsHooks guard(copying(count));
  call();
  return count;
}

TEST(SavedTensorsHooks, AreGivenWhatBackwardNeeds) {
  const Tensor x = leaf(), w = leaf(), constant = ones(3, kFloat64);
  EXPECT_EQ(saved_by([&] { x* w; }), 2);
  EXPECT_EQ(saved_by([&] { exp(x); }), 1);
  EXPECT_EQ(saved_by([&] { x * 2; }), 0);
  EXPECT_EQ(saved_by([&] { x + w; }), 0);
  EXPECT_EQ(saved_by([&] { x.sum(); }), 0);
  EXPECT_EQ(saved_by([&] { x* constant; }), 1);
  EXPECT_EQ(saved_by([&] { constant * 2; }), 0);
  EXPECT_EQ(saved_by([&] { x / w; }), 2);
}

TEST(SavedTensorsHooks, GiveBackwardWhatItGets) {
  const Tensor x = leaf(), w = leaf();
  int count = 0;
  const Tensor y = [&] {
    const SavedTensorsHooks guard(copying(count));
    return exp(x * w) / w;
  }();
  (y * 1).sum().backward();
  const Tensor by_hooks = w.grad().clone();
  w.set_grad({});
  (exp(x * w) / w).sum().backward();
  EXPECT_TRUE(equal(by_hooks, w.grad()));
  EXPECT_EQ(count, 5);
}

TEST(SavedTensorsHooks, SaveOnCpuKeepsTheTensorOrACopy) {
  for (const bool pin_memory : {false, true}) {
    const Tensor x = leaf(), w = (leaf() * 1).reshape({3, 1}).t();
    const Tensor y = [&] {
      const SavedTensorsHooks guard(autograd::save_on_cpu(pin_memory));
      return x * w;
    }();
    const Tensor kept = y.grad_fn()->saved("other")[0];
    EXPECT_EQ(kept.raw_data() == w.raw_data(), !pin_memory);
    EXPECT_EQ(kept.grad_fn(), w.grad_fn());
    {
      const NoGrad guard;
      w.mul_(3);
    }
    y.sum().backward();  // no hooks notice
    EXPECT_EQ(x.grad()[1].item<double>(), pin_memory ? 2 : 6);
  }
}

TEST(SavedTensorsHooks, KeepGradientsOfGradients) {
  const Tensor x = leaf();
  int count = 0;
  const SavedTensorsHooks guard(copying(count));
  EXPECT_TRUE(autograd::gradgradcheck(
      [](const std::vector<Tensor>& in) {
        const Tensor y = exp(in[0] * 0.1) * in[0];
        return std::vector<Tensor>{y / (y + 2)};
      },
      {x}));
  EXPECT_GT(count, 0);
}

TEST(SavedTensorsHooks, HideInPlaceWrites) {  // as PyTorch's do
  const Tensor x = leaf() * 1;
  int count = 0;
  const Tensor y = [&] {
    const SavedTensorsHooks guard(copying(count));
    return x * x;
  }();
  x.add_(1);
  y.sum().backward();
  EXPECT_EQ(count, 2);
}

TEST(SavedTensorsHooks, Nest) {
  const Tensor x = leaf();
  int outer = 0, inner = 0;
  const SavedTensorsHooks outer_guard(copying(outer));
  exp(x);
  {
    const SavedTensorsHooks inner_guard(copying(inner));
    exp(x);
    exp(x);
  }
  exp(x);
  EXPECT_EQ(outer, 2);
  EXPECT_EQ(inner, 2);
}

TEST(SavedTensorsHooks, SeeInputsWithTheirHistoryAndResultsWithout) {
  const Tensor x = leaf() * 1;
  std::vector<bool> requires_grad;
  const SavedTensorsHooks guard({[&](const Tensor& tensor) -> std::any {
                                   requires_grad.push_back(tensor.requires_grad());
                                   return tensor;
                                 },
                                 unpack});
  const Tensor y = exp(x);  // saves its result
  const Tensor z = sin(x);  // saves its input
  EXPECT_EQ(requires_grad, std::vector<bool>({false, true}));
  (y + z).sum().backward();
}

TEST(SavedTensorsHooks, LetGoOfTheNode) {
  std::weak_ptr<autograd::Node> node;
  {
    const SavedTensorsHooks guard(
        {[](const Tensor& tensor) -> std::any { return tensor; }, unpack});
    node = exp(leaf()).grad_fn();
  }
  EXPECT_TRUE(node.expired());
}

TEST(SavedTensorsHooks, MustNotWrite) {
  const SavedTensorsHooks guard(
      {[](const Tensor& tensor) -> std::any { return tensor.add_(1); }, unpack});
  expect_error<Error>(
      [] { sin(leaf() * 1); },
      "A saved tensor pack hook is modifying its input in place. Tensors provided as input to pack "
      "hook cannot be modified by in-place operations as this can lead to unexpected side-effects. "
      "Please open an issue if you need to perform in-place operations on the input to a pack "
      "hook.");
}

TEST(SavedTensorsHooks, MustReturnATensor) {
  const Tensor y = [] {
    const SavedTensorsHooks guard({[](const Tensor&) -> std::any { return Tensor(); }, unpack});
    return sin(leaf());
  }();
  expect_error<TypeError>([&] { y.sum().backward(); },
                          "A saved tensor unpack hook returned no tensor");
}

TEST(SavedTensorsHooks, CanBeForbidden) {
  int count = 0;
  {
    const DisableSavedTensorsHooks forbidden("no hooks here");
    {
      const DisableSavedTensorsHooks again("nor here");
      expect_error<Error>([&] { const SavedTensorsHooks guard(copying(count)); }, "nor here");
    }
    expect_error<Error>([&] { const SavedTensorsHooks guard(copying(count)); }, "no hooks here");
  }
  const SavedTensorsHooks guard(copying(count));
  expect_error<Error>([] { const DisableSavedTensorsHooks forbidden("no hooks here"); },
                      "no hooks here");
}

}  // namespace
}  // namespace cutaway
