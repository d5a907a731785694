// SPDX-License-Identifier: MIT
//
// What must not be written is told before what is wrong with the arguments: every in-place row is
// called with a leaf that requires grad, or a view of one, with the arguments of all its samples,
// those that are errors among them. PyTorch's order, held live by parity/refused_writes.py.
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "../../autograd/autograd.h"
#include "../../tensor/catalogue.h"
#include "../../tensor/ops.h"
#include "../expect_error.h"
#include "../op_samples.h"
#include "../sample_arguments.h"

namespace cutaway {
namespace {

constexpr const char* kLeaf =
    "a leaf Variable that requires grad is being used in an in-place operation.";
constexpr const char* kViewOfLeaf =
    "a view of a leaf Variable that requires grad is being used in an in-place operation.";

/// Rows that look at their arguments first, since PyTorch makes them of others: a dropout that
/// drops nothing writes nothing, float_power_ asks for float64. resize_ has an error of its own,
/// and of logic autograd takes no note.
const std::set<std::string> kOwnOrder = {"alpha_dropout_",
                                         "dropout_",
                                         "feature_alpha_dropout_",
                                         "feature_dropout_",
                                         "float_power_.Scalar",
                                         "float_power_.Tensor",
                                         "logical_and_",
                                         "logical_not_",
                                         "logical_or_",
                                         "logical_xor_",
                                         "resize_"};

TEST(RefusedWrite, IsToldBeforeTheArgumentsAreLookedAt) {
  int count = 0;
  for (const OpSample& sample : op_samples()) {
    if (!sample.writes_in_place() || sample.op[0] == '_' || kOwnOrder.count(sample.op) > 0)
      continue;
    SampleArguments arguments(sample);
    if (arguments.leaves().empty() || !arguments.leaves()[0].is_floating_point()) continue;
    arguments.leaves()[0].requires_grad_();
    const Values values = arguments.build();
    const bool is_view = std::get<Tensor>(values[0]).is_view();
    try {
      find_op(sample.op)->call_boxed(values);
      ADD_FAILURE() << text_of(sample) << " was accepted";
    } catch (const Error& error) {
      EXPECT_EQ(error.message(), is_view ? kViewOfLeaf : kLeaf) << text_of(sample);
    }
    ++count;
  }
  EXPECT_GT(count, 300);
}

// Whether it is a view that must not be written depends on who else wants a gradient.
TEST(RefusedWrite, CountsAllOperands) {
  const Tensor wanting = ones({3}).requires_grad_();
  const char* text =
      "A view was created in no_grad mode and is being modified inplace with grad mode enabled.";
  const auto refuses = [&](const std::function<void(const Tensor&)>& write) {
    Tensor view;
    {
      const NoGrad guard;
      view = (ones({2, 2}) * 1).select(0, 0);
    }
    try {
      write(view);
      ADD_FAILURE() << "accepted";
    } catch (const Error& error) {
      EXPECT_EQ(error.message().substr(0, std::string(text).size()), text);
    }
  };
  const Tensor other = ones({2});
  refuses([&](const Tensor& view) { view.mul_(wanting); });
  refuses([&](const Tensor& view) { addcmul_(view, other, wanting); });
  refuses([&](const Tensor& view) { lerp_(view, other, wanting); });
  refuses([&](const Tensor& view) { clamp_(view, std::nullopt, wanting); });
  refuses([&](const Tensor& view) { addmv_(view, ones({2, 2}), wanting); });
  refuses([&](const Tensor& view) { index_add_(view, 5, other, wanting); });
  refuses([&](const Tensor& view) { masked_scatter_(view, other, wanting); });
}

// What is copied into an integer has no gradient: nothing will be recorded.
TEST(RefusedWrite, IsNoneOfAnInteger) {
  Tensor part;
  {
    const NoGrad guard;
    part = zeros({2, 3}, kInt64).unbind(0)[0];
  }
  part.copy_(ones({3}).requires_grad_());
  EXPECT_EQ(part[0].item<int64_t>(), 1);
}

// The one argument that is looked at before the memory is.
TEST(RefusedWrite, ComesBeforeTheAlphaOfCeluWhichComesBeforeTheMemory) {
  const char* alpha = "ZeroDivisionError: alpha cannot be 0 for CELU";
  const Tensor repeated = ones({1}).expand({3});
  expect_error<Error>([&] { celu_(repeated, 0); }, alpha);
  expect_error<Error>([&] { celu_(repeated, 1); },
                      "unsupported operation: more than one element of the written-to tensor "
                      "refers to a single memory location. Please clone() the tensor before "
                      "performing the operation.");
  expect_error<Error>([&] { celu_(ones({3}).requires_grad_(), 0); }, kLeaf);
}

// Nothing is refused where nothing is recorded, so that the arguments are told.
TEST(RefusedWrite, IsNoneWithoutRecording) {
  const Tensor leaf = ones({2}).requires_grad_();
  const NoGrad guard;
  expect_error<Error>([&] { leaf.mul_(ones({3})); },
                      "The size of tensor a (2) must match the size of tensor b (3) at "
                      "non-singleton dimension 0");
  leaf.mul_(3);
  EXPECT_EQ(leaf.select(0, 1).item<float>(), 3);
}

}  // namespace
}  // namespace cutaway
