// SPDX-License-Identifier: MIT
//
// Views of which no graph knows, and other corners of in-place writes and of leaves: what PyTorch
// refuses is refused in its words, and what it allows gives its result.
#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "../../autograd/autograd.h"
#include "../../tensor/ops.h"

namespace cutaway {
namespace {

Tensor leaf() { return tensor({2.0, 3.0}).requires_grad_(); }

std::string error_of(const std::function<void()>& call) {
  try {
    call();
  } catch (const Error& error) {
    return error.message();
  }
  return "no error";
}

const std::string kForbidden =
    "Given that this use case is ambiguous and error-prone, it is forbidden. You can clarify your "
    "code by moving both the view and the inplace either both inside the no_grad block (if you "
    "don't want the inplace to be tracked) or both outside (if you want the inplace to be "
    "tracked).";

/// base[0:2], made while nothing is recorded.
Tensor unrecorded_view(const Tensor& base) {
  const NoGrad guard;
  return base.slice(0, 0, 2);
}

TEST(UnrecordedView, RefusesARecordedWrite) {
  const std::string refusal =
      "A view was created in no_grad mode and is being modified inplace with grad mode enabled. " +
      kForbidden;
  const Tensor plain = zeros(4);
  const Tensor wanted = zeros(4).requires_grad_();
  const Tensor computed = wanted * 1;
  for (const Tensor& base : {plain, wanted, computed}) {
    EXPECT_EQ(error_of([&] { unrecorded_view(base).mul_(leaf()); }), refusal);
    const std::string of_a_view = error_of([&] { unrecorded_view(base)[0].mul_(leaf()[0]); });
    EXPECT_EQ(of_a_view.substr(of_a_view.find("was created")),
              refusal.substr(refusal.find("was created")));
  }
  EXPECT_EQ(error_of([&] { unrecorded_view(wanted).mul_(2); }), refusal);
  EXPECT_TRUE(wanted.is_leaf());
  EXPECT_FALSE(plain.requires_grad());

  const NoGrad guard;  // here it may be written
  unrecorded_view(wanted).add_(1);
  EXPECT_EQ(wanted[1].item<float>(), 1);
}

TEST(UnrecordedView, IsNamedByAViewOfIt) {
  const Tensor base = zeros(4).requires_grad_() * 1;
  const Tensor view = unrecorded_view(base)[0];
  ASSERT_NE(view.grad_fn(), nullptr);
  EXPECT_EQ(error_of([&] { view.mul_(2); }),
            "Output 0 of Select is a view of a view which was created in no_grad mode and is being "
            "modified inplace with grad mode enabled. " +
                kForbidden);
  base.mul_(2);
  EXPECT_EQ(error_of([&] { view.grad_fn(); }),
            "Output 0 of Select is a view of a view which was created in no_grad mode and its base "
            "or another view of its base has been modified inplace with grad mode enabled. " +
                kForbidden);
}

TEST(UnrecordedView, ComesBeforeBeingOneOfMany) {
  const Tensor base = zeros(4).requires_grad_() * 1;
  const auto parts = [&] {
    const NoGrad guard;
    return base.unbind();
  }();
  EXPECT_EQ(error_of([&] { parts[1].mul_(2); }),
            "A view was created in no_grad mode and is being modified inplace with grad mode "
            "enabled. " +
                kForbidden);
}

// What is detached, copied or reshaped by copying is nobody's view, wherever that is done.
TEST(NoView, MayBeWritten) {
  const Tensor base = leaf().unsqueeze(1).expand({2, 2}) * 1;
  const auto made = [&](auto call) {
    const NoGrad guard;
    return call();
  };
  for (const Tensor& tensor :
       {made([&] { return base.detach(); }), made([&] { return base.t().reshape(-1); }),
        made([&] { return base.t().contiguous(); })}) {
    EXPECT_FALSE(tensor.is_view());
    EXPECT_EQ(tensor.version(), 0U);
    tensor[0].mul_(leaf().sum());
    EXPECT_STREQ(tensor.grad_fn()->name(), "CopySlices");
  }
  EXPECT_FALSE(base.t().reshape(-1).is_view());
}

// What an op reshapes on its way out was its own.
TEST(NoView, IsAResultThatWasReshaped) {
  const Tensor batch = (arange(12, kFloat64).reshape({2, 2, 3}) / 7).requires_grad_().neg();
  const Tensor matrix = ones({3, 2}, kFloat64).requires_grad_();
  const Tensor shares = tensor({0.5, 0.25}).to(kFloat64);
  const Tensor results[] = {
      matmul(batch, matrix),
      matmul(batch, matrix.detach()),
      matmul(batch, matrix.select(1, 0)),
      matmul(matrix.t(), batch.transpose(1, 2)),
      matmul(batch.select(0, 0).select(0, 0), matrix),
      matmul(batch, batch.transpose(1, 2)),
      matmul(batch.slice(0, 0, 1), batch.transpose(1, 2)),
      matmul(batch.unsqueeze(1), batch.transpose(1, 2)),
      linalg_matrix_power(matmul(batch, matrix), 2),
      batch.repeat({2, 1, 1}),
      tile(batch, 2),
      roll(batch, 1),
      rot90(batch, 1, {1, 2}),
      rot90(batch, 3, {1, 2}),
      kron(matrix, matrix),
      combinations(matrix.select(1, 0)),
      quantile(batch, 0.5, 1),
      quantile(batch, shares),
      quantile(batch, shares, 1, false, "nearest"),
      std::get<0>(linalg_lstsq(batch, batch)),
      std::get<0>(linalg_lstsq(batch, batch.select(2, 0))),
  };
  EXPECT_FALSE(cdist(batch, batch.unsqueeze(1)).is_view());  // saved for its gradient
  for (const Tensor& result : results) {
    EXPECT_FALSE(result.is_view()) << result.grad_fn()->name() << to_string(result.sizes());
    result.retain_grad();
    int calls = 0;
    result.register_hook([&](const Tensor&) { return ++calls, Tensor(); });
    result.mul_(2);  // which would give a view another node
    result.sum().backward();
    EXPECT_EQ(calls, 1) << result.grad_fn()->name();
    EXPECT_EQ(result.grad().sizes(), result.sizes());
    EXPECT_STREQ(result.grad_fn()->name(), "MulBackward0");
  }
  EXPECT_FALSE(cdist(batch, batch.unsqueeze(1)).is_view());  // saved: not to be written
}

TEST(UnrecordedView, AsksForAGradientInAnotherDtypeToo) {
  const Tensor x = ones({2}).requires_grad_();
  const Tensor view = [&] {
    const NoGrad guard;
    return x.view({2});
  }();
  EXPECT_TRUE(view.requires_grad());
  EXPECT_TRUE((view + ones({2}, kFloat64)).requires_grad());
}

TEST(View, IsWhatTheOpsOfTensorsReturn) {
  const Tensor matrix = ones({2, 2}, kFloat64);
  const Tensor row = ones(2, kFloat64);
  const Tensor number = ones(IntArrayRef(), kFloat64);
  EXPECT_TRUE(tensordot(row, row, 1).is_view());
  EXPECT_TRUE(inner(row, row).is_view());
  EXPECT_TRUE(linalg_multi_dot({matrix, matrix}).is_view());
  EXPECT_TRUE(linalg_multi_dot({row, matrix, row}).is_view());
  EXPECT_TRUE(movedim(number, IntArrayRef(), IntArrayRef()).is_view());
  const std::vector<Tensor> broadcast = broadcast_tensors({matrix, row});
  EXPECT_TRUE(broadcast[0].is_same(matrix));
  EXPECT_TRUE(broadcast[1].is_view());
}

TEST(UnrecordedView, HasNoHistoryAfterAWriteToItsBase) {
  const Tensor base = zeros(4).requires_grad_() * 1;
  const Tensor view = unrecorded_view(base);
  EXPECT_TRUE(view.requires_grad());
  EXPECT_EQ(view.grad_fn(), nullptr);
  base.mul_(2);
  EXPECT_EQ(error_of([&] { view.grad_fn(); }),
            "A view was created in no_grad mode and its base or another view of its base has been "
            "modified inplace with grad mode enabled. " +
                kForbidden);
  EXPECT_EQ(view.impl()->nearest_autograd_meta()->grad_fn_name(view), "Invalid");
}

TEST(ViewOfALeaf, RefusesARecordedWriteHoweverItCameToBeOne) {
  const std::string refusal =
      "a view of a leaf Variable that requires grad is being used in an in-place operation.";
  const Tensor base = zeros(4);
  const Tensor view = base.slice(0, 0, 2);
  base.requires_grad_();  // after the view was made
  EXPECT_TRUE(view.requires_grad());
  EXPECT_EQ(error_of([&] { view.mul_(2); }), refusal);
  EXPECT_EQ(error_of([&] { view.mul_(leaf()); }), refusal);
  EXPECT_TRUE(base.is_leaf());
  const Tensor leaf_view = zeros(4).slice(0, 0, 2).requires_grad_();
  EXPECT_EQ(error_of([&] { leaf_view.mul_(2); }), refusal);
}

// Backward says what the saved view was, which nobody else has any more, before it says that it was
// modified.
TEST(SavedView, SaysHowItWasMadeOnceItsHistoryIsLost) {
  const Tensor base = leaf() * 1;
  const Tensor of_one = [&] {
    const Tensor part = base.unbind()[1];
    return part * part;
  }();
  const Tensor of_unrecorded = leaf() * unrecorded_view(base);
  base.mul_(2);
  EXPECT_EQ(error_of([&] { of_one.backward(); }),
            "Output 1 of Unbind is a view and its base or another view of its base has been "
            "modified inplace. This view is the output of a function that returns multiple views. "
            "Such functions do not allow the output views to be modified inplace. You should "
            "replace the inplace operation by an out-of-place one.");
  EXPECT_EQ(error_of([&] { of_unrecorded.sum().backward(); }),
            "A view was created in no_grad mode and its base or another view of its base has been "
            "modified inplace with grad mode enabled. " +
                kForbidden);
}

// What is wrong with the arguments comes after.
TEST(ViewOfALeaf, RefusesAWriteThroughAnIndexFirst) {
  const Tensor leaf_view = zeros(4, kFloat64).requires_grad_().slice(0, 0, 2);
  const Tensor value = zeros(1, kFloat32);
  const auto write = [&](const Tensor& to) { index_put_(to, {zeros({1}, kInt64)}, value); };
  EXPECT_EQ(error_of([&] { write(leaf_view); }),
            "a view of a leaf Variable that requires grad is being used in an in-place operation.");
  EXPECT_EQ(error_of([&] { write(leaf_view.detach()); }),
            "Index put requires the source and destination dtypes match, got Double for the "
            "destination and Float for the source.");
}

TEST(InPlaceCopy, IntoAnIntegerTensorIsNotRecorded) {
  const Tensor integers = zeros(2, kInt64);
  integers.copy_(leaf());
  EXPECT_FALSE(integers.requires_grad());
  EXPECT_EQ(integers[1].item<int64_t>(), 3);
}

TEST(InPlaceCopy, OfATensorToItselfIsAWrite) {
  const Tensor x = ones(2);
  const uint32_t version = x.version();
  x.copy_(x);
  EXPECT_EQ(x.version(), version + 1);
  const Tensor wanted = leaf();
  EXPECT_EQ(error_of([&] { wanted.copy_(wanted); }),
            "a leaf Variable that requires grad is being used in an in-place operation.");
}

// The gradient that arrives is the leaf itself, and copying it is recorded: with one lock for both
// the leaf's grad and its accumulator, that would wait for itself.
TEST(AccumulateGrad, TakesTheLeafItselfAsItsRecordedGradient) {
  const Tensor x = leaf();
  x.backward(x, {}, true);
  x.backward(x, {}, true);
  EXPECT_EQ(x.grad()[1].item<float>(), 6);
  x.set_grad({});  // else x and its gradient's graph own each other
}

TEST(VariableData, SharesMemoryAndNoVersion) {
  const Tensor x = leaf();
  const Tensor y = x * x;
  const Tensor data = autograd::variable_data(x);
  EXPECT_FALSE(data.requires_grad());
  EXPECT_EQ(data.storage(), x.storage());
  data.mul_(2);
  EXPECT_EQ(data.version(), 1U);
  EXPECT_EQ(x.version(), 0U);
  y.sum().backward();  // unnoticed, and wrong
  EXPECT_EQ(x.grad()[0].item<float>(), 8);
  x.detach().mul_(2);
  EXPECT_EQ(x.version(), 1U);
}

TEST(SavedResult, IsNamedWithTheNumberOfItsNode) {
  const Tensor y = leaf().min();
  const Tensor z = y * 1;
  y.add_(1);
  EXPECT_NE(error_of([&] { z.backward(); }).find("which is output 0 of Min1, is at version 1"),
            std::string::npos);
}

// A factor is saved only where the gradient of the other factor wants it.
TEST(SavedInput, OfNoUseMayBeWritten) {
  const Tensor x = leaf(), constant = ones(2), weight = ones({2, 2});
  const Tensor y = x * 1;
  Tensor z = y * constant + y / constant + mv(weight, y) + y * 3;
  y.zero_();
  z.sum().backward();
  EXPECT_EQ(x.grad()[0].item<float>(), 7);
  const Tensor w = x * constant;
  constant.zero_();
  EXPECT_NE(error_of([&] { w.sum().backward(); }).find("modified by an inplace operation"),
            std::string::npos);
}

TEST(SetData, OfTheSameShapeKeepsTheLeafInItsGraph) {
  const Tensor x = leaf();
  const Tensor y = (x * 3).sum();
  x.set_data(tensor({7.0, 8.0}));
  EXPECT_EQ(autograd::grad(y, x)[0][0].item<float>(), 3);
}

}  // namespace
}  // namespace cutaway
