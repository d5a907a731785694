// SPDX-License-Identifier: MIT
//
// checkpoint: the gradients of the same function without it, how often the function runs, random
// numbers, and refusals.
#include <gtest/gtest.h>

#include <vector>

#include "../../autograd/autograd.h"
#include "../../tensor/generator.h"
#include "../../tensor/ops.h"
#include "../expect_error.h"

namespace cutaway {
namespace {

using autograd::checkpoint;
using autograd::CheckpointError;
using Tensors = std::vector<Tensor>;
using Step = std::function<Tensor(const Tensor&)>;

Tensor leaf() { return tensor({1.0, 2.0, 3.0}, kFloat64).requires_grad_(); }

/// Counts its runs.
Step counted(int& runs) {
  return [&runs](const Tensor& x) {
    ++runs;
    return exp(sin(x)) * x;
  };
}

Tensor gradient(const Tensor& y, const Tensor& x) { return autograd::grad(y.sum(), x)[0]; }

TEST(Checkpoint, RunsAgainInBackward) {
  const Tensor x = leaf();
  int runs = 0;
  const Tensor y = checkpoint(counted(runs), x);
  EXPECT_EQ(runs, 1);
  const Tensor by_checkpoint = gradient(y, x);
  EXPECT_EQ(runs, 2);
  EXPECT_TRUE(equal(by_checkpoint, gradient(counted(runs)(x), x)));
}

TEST(Checkpoint, KeepsNothing) {
  std::weak_ptr<StorageImpl> inner;
  const Tensor x = leaf();
  const Step function = [&](const Tensor& in) {
    const Tensor middle = sin(in);
    inner = middle.storage();
    return exp(middle * middle);
  };
  const Tensor y = checkpoint(function, x);
  EXPECT_TRUE(inner.expired());
  const Tensor z = function(x);
  EXPECT_FALSE(inner.expired());
  EXPECT_TRUE(equal(gradient(y, x), gradient(z, x)));
}

TEST(Checkpoint, StopsTheSecondRunEarly) {
  int ends = 0;
  const Step function = [&](const Tensor& x) {
    const Tensor y = sin(x);
    Tensor z = y + 1;
    ++ends;
    return z;
  };
  checkpoint(function, leaf()).sum().backward();
  EXPECT_EQ(ends, 1);
  checkpoint(function, leaf(), {.early_stop = false}).sum().backward();
  EXPECT_EQ(ends, 3);
}

TEST(Checkpoint, RunsAgainForEachBackward) {
  const Tensor x = leaf();
  int runs = 0;
  const Tensor y = checkpoint(counted(runs), x).sum();
  y.backward({}, true);
  y.backward({}, true);
  EXPECT_EQ(runs, 3);
  EXPECT_TRUE(equal(x.grad(), gradient(counted(runs)(x), x) * 2));
}

TEST(Checkpoint, DrawsTheSameNumbersAgain) {
  const Tensor x = ones(1000, kFloat64).requires_grad_();
  const Step function = [](const Tensor& t) { return dropout(t, 0.5, true) * t; };
  manual_seed(3);
  const Tensor y = checkpoint(function, x);
  const Tensor after = rand(5);
  const Tensor by_checkpoint = gradient(y, x);
  const Tensor later = rand(5);
  manual_seed(3);
  const Tensor z = function(x);
  EXPECT_TRUE(equal(rand(5), after));
  EXPECT_TRUE(equal(rand(5), later));  // the second run left no trace
  EXPECT_TRUE(equal(y, z));
  EXPECT_TRUE(equal(by_checkpoint, gradient(z, x)));
}

TEST(Checkpoint, DrawsOtherNumbersWhereTold) {
  const Tensor x = ones(1000, kFloat64).requires_grad_();
  const Step function = [](const Tensor& t) { return dropout(t, 0.5, true) * t; };
  const Tensor y = checkpoint(function, x, {.preserve_rng_state = false});
  EXPECT_FALSE(equal(gradient(y, x), y.detach() * 2));
}

TEST(Checkpoint, TakesInputsWithoutGradientAndCapturesWithOne) {
  const Tensor w = leaf(), constant = ones(3, kFloat64);
  const auto function = [&](const Tensors& in) -> Tensors { return {exp(in[0] * w), in[0] * 2}; };
  const Tensors y = checkpoint(function, Tensors{constant});
  EXPECT_FALSE(y[1].requires_grad());
  y[0].sum().backward();
  EXPECT_TRUE(equal(w.grad(), exp(w.detach())));
}

TEST(Checkpoint, Nests) {
  int inner_runs = 0, outer_runs = 0;
  const Tensor x = leaf();
  const Step outer = [&](const Tensor& t) {
    ++outer_runs;
    return checkpoint(counted(inner_runs), sin(t)) * t;
  };
  const Tensor by_checkpoint = gradient(checkpoint(outer, x), x);
  EXPECT_EQ(outer_runs, 2);
  int plain = 0;
  EXPECT_TRUE(equal(by_checkpoint, gradient(counted(plain)(sin(x)) * x, x)));
}

TEST(Checkpoint, PassesGradcheckTwice) {
  const autograd::GradcheckFunction function = [](const Tensors& in) {
    return checkpoint([](const Tensors& t) { return Tensors{exp(t[0] * 0.3) * sin(t[1])}; }, in);
  };
  EXPECT_TRUE(autograd::gradcheck(function, {leaf(), leaf()}));
  EXPECT_TRUE(autograd::gradgradcheck(function, {leaf(), leaf()}));
}

TEST(Checkpoint, GuardsItsInputs) {
  const Tensor x = leaf() * 1;
  int runs = 0;
  const Tensor y = checkpoint(counted(runs), x).sum();
  x.add_(1);
  expect_error<Error>(
      [&] { y.backward(); },
      "one of the variables needed for gradient computation has been modified by an inplace "
      "operation: [torch.DoubleTensor [3]], which is output 0 of Add, is at version 1; expected "
      "version 0 instead. Hint: enable anomaly detection to find the operation that failed to "
      "compute its gradient, with torch.autograd.set_detect_anomaly(True, check_nan=False).");
}

TEST(Checkpoint, RecordsNothingWhereNothingIsRecorded) {
  int runs = 0;
  const NoGrad guard;
  EXPECT_FALSE(checkpoint(counted(runs), leaf()).requires_grad());
}

TEST(Checkpoint, RefusesAFunctionThatSavesSomethingElse) {
  int run = 0;
  const Tensor x = leaf();
  const Step fewer = [&](const Tensor& t) { return run++ == 0 ? exp(sin(t)) : sin(t); };
  expect_error<CheckpointError>(
      [&] { checkpoint(fewer, x).sum().backward(); },
      "torch.utils.checkpoint: A different number of tensors was saved during the original forward "
      "and recomputation.\nNumber of tensors saved during forward: 2\nNumber of tensors saved "
      "during recomputation: 1.");
  run = 0;
  const Step more = [&](const Tensor& t) { return run++ == 0 ? sin(t) : exp(sin(t)); };
  expect_error<CheckpointError>(
      [&] { checkpoint(more, x, {.early_stop = false}).sum().backward(); },
      "torch.utils.checkpoint: trying to save more tensors during recomputation "
      "than during the original forward pass.");
  run = 0;
  const Step other = [&](const Tensor& t) { return sin(run++ == 0 ? t : t.unsqueeze(0)); };
  expect_error<Error>(
      [&] { checkpoint(other, x).sum().backward(); },
      "torch.utils.checkpoint: Recomputed values for the following tensors have different metadata "
      "than during the forward pass.\ntensor at position 0:\nsaved metadata: {'shape': [3], "
      "'dtype': Double}\nrecomputed metadata: {'shape': [1, 3], 'dtype': Double}\n.");
}

TEST(CheckpointSequential, RunsAllButTheLastPartAgain) {
  std::vector<int> runs(5);
  std::vector<Step> steps;
  for (int& count : runs) steps.push_back(counted(count));
  const Tensor x = leaf();
  const Tensor y = autograd::checkpoint_sequential(steps, 2, x);
  const Tensor by_checkpoint = gradient(y, x);
  EXPECT_EQ(runs, std::vector<int>({2, 2, 1, 1, 1}));
  Tensor z = x;
  for (const Step& step : steps) z = step(z);
  EXPECT_TRUE(equal(by_checkpoint, gradient(z, x)));
}

}  // namespace
}  // namespace cutaway
