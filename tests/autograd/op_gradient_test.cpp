// SPDX-License-Identifier: MIT
//
// The gradients of the op table: against PyTorch's for a random gradient of the result, and against
// finite differences, first and second order (gradcheck, gradgradcheck). Every differentiable row
// must have a sample with the mark `grad`, or the words not_differentiable in the catalogue.
//
// The leaves are the tensors as drawn; the layout of an argument is a view recorded on top of them,
// and an in-place op writes a clone.
#include <gtest/gtest.h>

#include <cstdlib>
#include <set>
#include <string>
#include <vector>

#include "../../autograd/autograd.h"
#include "../../tensor/catalogue.h"
#include "../../tensor/ops.h"
#include "../op_fixture.h"
#include "../op_samples.h"
#include "../sample_arguments.h"

namespace cutaway {
namespace {

std::vector<Tensor> call(const OpSample& sample, SampleArguments& arguments,
                         const std::vector<Tensor>& leaves) {
  Values values = arguments.build(leaves);
  if (sample.writes_in_place()) values[0] = std::get<Tensor>(values[0]).clone();
  std::vector<Tensor> outputs;
  for (const Value& result : flat(find_op(sample.op)->call_boxed(values))) {
    if (const Tensor* tensor = std::get_if<Tensor>(&result)) outputs.push_back(*tensor);
  }
  return outputs;
}

/// Makes leaves of the tensors whose gradient the sample asks for, and returns those.
std::vector<Tensor> require_gradients(const SampleArguments& arguments) {
  std::vector<Tensor> wanted;
  for (size_t i = 0; i < arguments.leaves().size(); ++i) {
    if (!arguments.is_differentiable(i)) continue;
    wanted.push_back(arguments.leaves()[i].requires_grad_());
  }
  return wanted;
}

/// The rows that $CUTAWAY_ROWS names, separated by commas; all where it is not set. For tools that
/// run the table many times (mutation/mutate_derivatives.py).
bool is_wanted(const OpSample& sample) {
  static const char* const rows = std::getenv("CUTAWAY_ROWS");
  if (rows == nullptr) return true;
  return ("," + std::string(rows) + ",").find("," + std::string(sample.op) + ",") !=
         std::string::npos;
}

/// Calls test(sample, arguments) for all samples that check gradients; exceptions become failures.
template <class Test>
void for_each_gradient(const Test& test) {
  int count = 0;
  for (const OpSample& sample : op_samples()) {
    if (!sample.has("grad") || !is_wanted(sample)) continue;
    SampleArguments arguments(sample);
    try {
      test(sample, arguments);
    } catch (const std::exception& error) {
      ADD_FAILURE() << text_of(sample) << ": " << error.what();
    }
    ++count;
  }
  EXPECT_GT(count, std::getenv("CUTAWAY_ROWS") == nullptr ? 100 : 0);
}

/// Recorded, as in PyTorch, but backward is refused.
const std::set<std::string_view> kRefused = {"floor_divide", "floor_divide_", "heaviside",
                                             "heaviside_"};

TEST(OpGradient, IsSampledForEveryDifferentiableRow) {
  std::set<std::string> sampled;
  for (const OpSample& sample : op_samples()) {
    if (sample.has("grad")) sampled.insert(sample.op);
  }
  for (const OpBase* row : all_ops()) {
    if (!row->is_differentiable() || row->is_composite()) continue;
    if (kRefused.contains(row->name())) continue;
    EXPECT_TRUE(sampled.count(std::string(row->name())))
        << row->name() << " needs a sample marked grad, or the words not_differentiable";
  }
}

TEST(OpGradient, EqualsPyTorchs) {
  for_each_gradient([](const OpSample& sample, SampleArguments& arguments) {
    const Expected& expected = expected_answer(text_of(sample));
    const std::vector<Tensor> wanted = require_gradients(arguments);
    std::vector<Tensor> outputs, directions;
    for (const Tensor& output : call(sample, arguments, arguments.leaves())) {
      if (!output.requires_grad()) continue;
      outputs.push_back(output);
      directions.push_back(randn(output.sizes(), output.dtype(), &arguments.generator()));
    }
    ASSERT_FALSE(outputs.empty()) << text_of(sample) << " recorded nothing";
    if (!find_op(sample.op)->is_composite() && !expected.node.empty()) {
      EXPECT_EQ(outputs[0].grad_fn()->name(), expected.node) << text_of(sample);
    }
    const std::vector<Tensor> grads =
        autograd::grad(outputs, wanted, directions, false, false, true);
    ASSERT_EQ(grads.size(), expected.grads.size()) << text_of(sample);
    for (size_t i = 0; i < grads.size(); ++i) {
      if (!grads[i].defined() || !expected.grads[i]) {
        EXPECT_EQ(grads[i].defined(), expected.grads[i].has_value())
            << text_of(sample) << ", " << i;
        continue;
      }
      EXPECT_EQ(difference(*expected.grads[i], grads[i], Strides::Ignore), "")
          << text_of(sample) << ", gradient " << i;
    }
  });
}

// The number is no input of the op, as it is one of x - 1.
TEST(OpGradient, OfANumberLessATensorHasOneInput) {
  const Tensor x = ones({2}, kFloat64).requires_grad_(), y = ones({2}, kFloat64).requires_grad_();
  for (const Tensor& result : {1 - x, rsub(x, 1), rsub(x, 1, 3)}) {
    EXPECT_STREQ(result.grad_fn()->name(), "RsubBackward1");
    EXPECT_EQ(result.grad_fn()->next_edges().size(), 1U);
  }
  EXPECT_STREQ(rsub(x, y).grad_fn()->name(), "RsubBackward0");
  EXPECT_EQ(rsub(x, y).grad_fn()->next_edges().size(), 2U);
  EXPECT_EQ((x - 1).grad_fn()->next_edges().size(), 2U);
}

TEST(OpGradient, EqualsFiniteDifferences) {
  for_each_gradient([](const OpSample& sample, SampleArguments& arguments) {
    if (sample.has("grad-once")) return;
    require_gradients(arguments);
    const autograd::GradcheckFunction function = [&](const std::vector<Tensor>& leaves) {
      return call(sample, arguments, leaves);
    };
    EXPECT_TRUE(autograd::gradcheck(function, arguments.leaves())) << text_of(sample);
  });
}

TEST(OpGradient, OfTheGradientEqualsFiniteDifferences) {
  for_each_gradient([](const OpSample& sample, SampleArguments& arguments) {
    if (sample.has("grad-once")) return;
    require_gradients(arguments);
    const autograd::GradcheckFunction function = [&](const std::vector<Tensor>& leaves) {
      return call(sample, arguments, leaves);
    };
    EXPECT_TRUE(autograd::gradgradcheck(function, arguments.leaves())) << text_of(sample);
  });
}

/// The gradients of the leaves that require one, for random gradients of all results.
std::vector<Tensor> gradients(const OpSample& sample, SampleArguments& arguments,
                              const std::vector<Tensor>& wanted) {
  std::vector<Tensor> outputs, directions;
  for (const Tensor& output : call(sample, arguments, arguments.leaves())) {
    if (!output.is_floating_point()) continue;
    const Tensor direction = randn(output.sizes(), output.dtype(), &arguments.generator());
    if (!output.requires_grad()) continue;
    outputs.push_back(output);
    directions.push_back(direction);
  }
  if (outputs.empty()) return std::vector<Tensor>(wanted.size());
  return autograd::grad(outputs, wanted, directions, false, false, true);
}

// A formula computes only what is needed: what one input gets must not depend on the others' needs.
TEST(OpGradient, OfEachInputAloneIsTheSame) {
  for_each_gradient([](const OpSample& sample, SampleArguments& arguments) {
    const std::vector<Tensor> all = require_gradients(arguments);
    if (all.size() < 2) return;
    const std::vector<Tensor> together = gradients(sample, arguments, all);
    size_t place = 0;
    for (size_t i = 0; i < arguments.leaves().size(); ++i) {
      if (!arguments.is_differentiable(i)) continue;
      SampleArguments again(sample);
      const std::vector<Tensor> alone =
          gradients(sample, again, {again.leaves()[i].requires_grad_()});
      const Tensor& expected = together[place++];
      ASSERT_EQ(alone[0].defined(), expected.defined()) << text_of(sample) << ", " << i;
      if (!expected.defined()) continue;
      EXPECT_TRUE(allclose(alone[0], expected, 1e-12, 1e-14, true)) << text_of(sample) << ", " << i;
    }
  });
}

// What the catalogue calls not differentiable must cut the graph, not fail or record.
TEST(OpGradient, RowsThatAreNotDifferentiableRecordNothing) {
  for (const OpSample& sample : op_samples()) {
    const OpBase& row = *find_op(sample.op);
    const bool skipped = sample.has("error") || sample.has("large");
    if (skipped || row.is_differentiable() || row.is_composite()) continue;
    if (row.name() == "resize_") continue;  // refuses a tensor that requires a gradient
    SampleArguments arguments(sample);
    for (const Tensor& leaf : arguments.leaves()) {
      if (leaf.is_floating_point() && sample.op[0] != '_') leaf.requires_grad_();
    }
    for (const Value& result : row.call_boxed(arguments.build())) {
      const Tensor* tensor = std::get_if<Tensor>(&result);
      EXPECT_TRUE(tensor == nullptr || !tensor->requires_grad()) << text_of(sample);
    }
  }
}

}  // namespace
}  // namespace cutaway
