// SPDX-License-Identifier: MIT
//
// Views that come several at a time, reshaping in place, and resizing, where autograd watches:
// what PyTorch refuses is refused in its words, and what it allows gives its result.
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "../../autograd/autograd.h"
#include "../../tensor/ops.h"

namespace cutaway {
namespace {

std::string error_of(const std::function<void()>& call) {
  try {
    call();
  } catch (const Error& error) {
    return error.message();
  }
  return "no error";
}

const std::string kSeveral =
    " This view is the output of a function that returns multiple views. Such functions do not "
    "allow the output views to be modified inplace. You should replace the inplace operation by an "
    "out-of-place one.";

Tensor leaf(IntArrayRef sizes) {
  return arange(numel_of(sizes), kFloat64).view(sizes).clone().requires_grad_();
}

TEST(SplitView, SharesMemoryAndVersion) {
  const Tensor base = zeros({4});
  const std::vector<Tensor> parts = base.split(2);
  parts[1].fill_(1);
  EXPECT_TRUE(equal(base, tensor({0.0, 0.0, 1.0, 1.0}, kFloat32)));
  EXPECT_EQ(base.version(), 1u);
  EXPECT_EQ(parts[0].version(), 1u);
  EXPECT_TRUE(parts[0].is_view());
}

TEST(SplitView, TakesSizesWhoseSumWouldOverflow) {
  EXPECT_EQ(zeros({5}).chunk(INT64_MAX).size(), 5u);
  EXPECT_EQ(zeros({5}).split(INT64_MAX).size(), 1u);
  EXPECT_NE(error_of([] { zeros({5}).split({INT64_MAX, INT64_MAX, 7}); }), "no error");
}

TEST(SplitView, RefusesARecordedWrite) {
  const Tensor computed = leaf({3, 2}) * 1;
  EXPECT_EQ(error_of([&] { computed.unbind()[1].mul_(2); }),
            "Output 1 of Unbind is a view and is being modified inplace." + kSeveral);
  EXPECT_EQ(error_of([&] { computed.unbind()[1].slice(0, 1).mul_(2); }),
            "Output 0 of Slice is a view and is being modified inplace." + kSeveral);
  EXPECT_EQ(error_of([&] { computed.split(2)[0].zero_(); }),
            "Output 0 of Split is a view and is being modified inplace." + kSeveral);
  EXPECT_EQ(error_of([&] {
              computed.split({1, 2})[1].zero_();
            }),
            "Output 1 of SplitWithSizes is a view and is being modified inplace." + kSeveral);
  EXPECT_EQ(error_of([&] { zeros({2}, kFloat64).unbind()[0].mul_(leaf({})); }),
            "A view was created in no_grad mode and is being modified inplace with grad mode "
            "enabled." +
                kSeveral);
  EXPECT_EQ(error_of([&] { computed.tensor_split(2)[0].mul_(2); }), "no error");
}

TEST(SplitView, RefusesItsHistoryOnceTheBaseIsWritten) {
  const Tensor computed = leaf({3, 2}) * 1;
  const Tensor part = computed.unbind()[0];
  computed.mul_(2);
  EXPECT_EQ(error_of([&] { part.grad_fn(); }),
            "Output 0 of Unbind is a view and its base or another view of its base has been "
            "modified inplace." +
                kSeveral);
}

TEST(SplitView, MayBeWrittenWhereNothingIsRecorded) {
  const Tensor computed = leaf({3, 2}) * 1;
  const std::vector<Tensor> parts = computed.unbind();
  const NoGrad guard;
  EXPECT_EQ(error_of([&] { parts[0].mul_(2); }), "no error");
}

TEST(ReshapeInPlace, ChangesTheHistoryOfTheViewOnly) {
  const Tensor base = leaf({2, 3}) * 1;
  const Tensor view = base.slice(0, 0, 2);
  view.t_();
  EXPECT_STREQ(view.grad_fn()->name(), "TBackward1");
  EXPECT_STREQ(base.grad_fn()->name(), "MulBackward0");
  EXPECT_EQ(base.version(), 1u);
  EXPECT_EQ(view.sizes(), (DimVector{3, 2}));
  const Tensor weight = arange(6, kFloat64).view({3, 2});
  EXPECT_TRUE(equal(autograd::grad({(view * weight).sum()}, {base})[0], weight.t()));
}

TEST(ReshapeInPlace, IsRefusedForALeaf) {
  EXPECT_EQ(error_of([] {
              leaf({2, 3}).t_();
            }),
            "a leaf Variable that requires grad is being used in an in-place operation.");
}

TEST(ReshapeInPlace, InvalidatesWhatBackwardSaved) {
  const Tensor x = leaf({2, 3}) * 1;
  const Tensor y = x * x;
  x.unsqueeze_(0);
  EXPECT_NE(error_of([&] { y.sum().backward(); }).find("modified by an inplace operation"),
            std::string::npos);
}

TEST(Resize, GrowsTheStorageUnderAllViews) {
  const Tensor x = tensor({1.0, 2.0, 3.0});
  const Tensor view = x.slice(0, 1);
  x.resize_({2, 500});
  EXPECT_EQ(x.sizes(), (DimVector{2, 500}));
  EXPECT_EQ(x.select(0, 0)[2].item<float>(), 3);
  x.select(0, 0)[1].fill_(7);
  EXPECT_EQ(view[0].item<float>(), 7);
  x.resize_({1});
  EXPECT_EQ(x.storage()->nbytes(), 4000u);  // it never shrinks
}

TEST(Resize, IsRefusedWhereAGradientOrSomebodyElsesMemoryIsAtStake) {
  EXPECT_EQ(error_of([] { leaf({3}).resize_({2}); }), "cannot resize variables that require grad");
  float memory[2] = {1, 2};
  const Tensor borrowed = from_blob(memory, {2}, kFloat32);
  EXPECT_EQ(error_of([&] { borrowed.resize_({3}); }),
            "Trying to resize storage that is not resizable");
  EXPECT_EQ(borrowed.resize_({1}).numel(), 1);
}

// A saved view is asked for its history when it is unpacked. Where the view had been written before
// it was saved, and its base asks for a gradient since, there is none; also if nobody has the view
// any more.
TEST(SplitView, IsRefusedInBackwardWhereItsBaseAsksForAGradientSince) {
  const Tensor base = ones({3, 2}, kFloat64);
  const Tensor weight = ones({1, 2}, kFloat64).requires_grad_();
  const Tensor one = base.slice(0, 1, 2);
  const Tensor y = [&] {
    const Tensor one_of_many = base.split(1)[0];
    base.neg_();
    return one_of_many * weight;
  }();
  const Tensor z = one * weight;
  const Tensor later = base.split(1)[0] * weight;  // not written since it was made
  base.requires_grad_();
  EXPECT_EQ(error_of([&] { y.sum().backward(); }),
            "A view was created in no_grad mode and its base or another view of its base has been "
            "modified inplace with grad mode enabled." +
                kSeveral);
  EXPECT_EQ(error_of([&] { z.sum().backward(); }), "no error");  // its history is made anew
  EXPECT_EQ(error_of([&] { later.sum().backward(); }), "no error");
}

TEST(SplitView, ThatIsALeafIsRefusedInBackwardToo) {
  const Tensor base = ones({3, 2}, kFloat64);
  const Tensor part = base.split(1)[0];
  base.neg_();
  const Tensor weight = ones({1, 2}, kFloat64).requires_grad_();
  const Tensor y = part.requires_grad_() * weight;
  base.requires_grad_();
  EXPECT_EQ(error_of([&] { autograd::grad({y.sum()}, {weight}); }),
            "A view was created in no_grad mode and its base or another view of its base has been "
            "modified inplace with grad mode enabled." +
                kSeveral);
}

// The gradient of weight is the view, which is part of the graph of gradients if its base asks for
// a gradient by then; also if nobody has the view any more.
TEST(SplitView, OfABaseThatAsksForAGradientSinceIsPartOfTheGraphOfGradients) {
  const Tensor weight = ones({1, 2}, kFloat64).requires_grad_();
  const auto second = [&](bool is_written) {
    const Tensor base = ones({3, 2}, kFloat64);
    const Tensor y = [&] {
      const Tensor part = base.slice(0, 1, 2);
      if (is_written) base.neg_();
      return part * weight;
    }();
    base.requires_grad_();
    const Tensor g = autograd::grad({y.sum()}, {weight}, {}, {}, true)[0];
    EXPECT_TRUE(g.requires_grad());
    return autograd::grad({g.sum()}, {base}, {}, {}, false, true)[0];
  };
  const Tensor expected = tensor({0.0, 0.0, 1.0, 1.0, 0.0, 0.0}, kFloat64).view({3, 2});
  EXPECT_TRUE(equal(second(true), expected));
  EXPECT_FALSE(second(false).defined());  // it was made without a history, and needed no new one
}

}  // namespace
}  // namespace cutaway
