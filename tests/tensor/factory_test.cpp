// SPDX-License-Identifier: MIT
//
// Factories: sizes no memory holds, default dtypes, nested lists, borrowed memory.
#include "../../tensor/factories.h"

#include <gtest/gtest.h>

#include <functional>
#include <limits>
#include <memory>
#include <vector>

#include "../../tensor/ops.h"
#include "../expect_error.h"

namespace cutaway {
namespace {

constexpr int64_t kHuge = int64_t{1} << 62;

TEST(Factory, RefusesSizesThatNoMemoryHolds) {
  EXPECT_THROW(empty({kHuge, 4}), Error);           // the number of elements overflows
  EXPECT_THROW(empty({kHuge}, kFloat64), Error);    // the number of bytes does
  EXPECT_THROW(empty({kHuge - 1}, kUInt8), Error);  // no system has it
  EXPECT_THROW(zeros({2, -1}), Error);
  EXPECT_THROW(empty_strided({2, 2}, {kHuge, kHuge}), Error);
  EXPECT_THROW(arange(0, std::numeric_limits<int64_t>::max()), Error);
  EXPECT_THROW(arange(0.0, 1e300, 1e-300), Error);
  EXPECT_NO_THROW(empty({0, kHuge}));
}

TEST(Factory, RefusesInPyTorchsWords) {
  expect_errors("tensor_errors.txt",
                {
                    {"arange_step_zero", [] { arange(0, 1, 0); }},
                    {"arange_wrong_sign", [] { arange(1.0, 0.0, 0.5); }},
                    {"arange_nan", [] { arange(0.0, std::numeric_limits<double>::quiet_NaN()); }},
                    {"default_dtype", [] { set_default_dtype(kInt64); }},
                });
}

TEST(Factory, DefaultDtypeIsAskedForEachTime) {
  EXPECT_EQ(zeros({1}).dtype(), kFloat32);
  set_default_dtype(kFloat64);
  EXPECT_EQ(zeros({1}).dtype(), kFloat64);
  EXPECT_EQ(full({1}, 2.5).dtype(), kFloat64);
  EXPECT_EQ((arange(3) / 2).dtype(), kFloat64);
  EXPECT_EQ(tensor({1.0}).dtype(), kFloat64);
  set_default_dtype(kFloat32);
  EXPECT_EQ(tensor({1.0}).dtype(), kFloat32);
}

TEST(Factory, NestedListsGiveShapeAndDtype) {
  const Tensor x = tensor({{1, 2, 3}, {4, 5, 6}});
  EXPECT_EQ(x.sizes(), (DimVector{2, 3}));
  EXPECT_EQ(x.dtype(), kInt64);
  EXPECT_EQ(x[1][0].item<int64_t>(), 4);
  EXPECT_EQ(tensor({1, 2.5}).dtype(), kFloat32);
  EXPECT_EQ(tensor({true, false}).dtype(), kBool);
  EXPECT_EQ(tensor({true, 2}).dtype(), kInt64);
  EXPECT_EQ(tensor(3).dim(), 0);
  EXPECT_EQ(tensor({1, 2}, kUInt8).dtype(), kUInt8);
  EXPECT_THROW(tensor({{1, 2}, {3}}), ValueError);
  EXPECT_THROW(tensor({{1, 2}, 3}), ValueError);
}

TEST(Factory, TensorFromChecksTheNumberOfValues) {
  EXPECT_EQ(tensor_from<float>({1, 2, 3, 4}, {2, 2}).sizes(), (DimVector{2, 2}));
  EXPECT_THROW(tensor_from<float>({1, 2, 3}, {2, 2}), Error);
}

TEST(Factory, BorrowedMemoryIsUsedAndReleasedOnce) {
  std::vector<float> memory = {1, 2, 3, 4};
  int released = 0;
  {
    const Tensor x = from_blob(memory.data(), {2, 2}, kFloat32, [&] { ++released; });
    const Tensor view = x[1];
    view.fill_(9);
    EXPECT_EQ(x.raw_data(), reinterpret_cast<std::byte*>(memory.data()));
  }
  EXPECT_EQ(memory[3], 9);
  EXPECT_EQ(released, 1);
}

TEST(Factory, BorrowedMemoryIsKeptByItsOwner) {
  auto owner = std::make_shared<std::vector<float>>(4, 1.0F);
  const std::weak_ptr<std::vector<float>> watched = owner;
  {
    Tensor view;
    {
      const Tensor x = from_blob(owner->data(), {2, 2}, kFloat32, owner);
      view = x[1];
      EXPECT_THROW(x.resize_({8}), Error);
    }
    owner.reset();
    EXPECT_EQ(view.sum().item<double>(), 2);
  }
  EXPECT_TRUE(watched.expired());
}

TEST(Factory, BorrowedMemoryNeedsNoOwnerAndNoAddress) {
  float number = 3;
  EXPECT_EQ(from_blob(&number, {1}, kFloat32).item<float>(), 3);
  EXPECT_EQ(from_blob(&number, {1}, kFloat32, std::function<void()>()).item<float>(), 3);
  EXPECT_THROW(from_blob(&number, {1}, kFloat32).resize_({8}), Error);
  int released = 0;
  EXPECT_EQ(from_blob(nullptr, {0, 3}, kFloat32, [&] { ++released; }).numel(), 0);
  EXPECT_EQ(released, 1);
  // What was refused stays its owner's.
  EXPECT_THROW(from_blob(&number, {kHuge, 4}, kFloat32, [&] { ++released; }), Error);
  EXPECT_EQ(released, 1);
}

TEST(Factory, LikeKeepsDenseLayoutsOnly) {
  const Tensor x = zeros({2, 3});
  EXPECT_EQ(empty_like(x.t()).strides(), (DimVector{1, 3}));
  EXPECT_EQ(zeros_like(x.expand({4, 2, 3})).strides(), (DimVector{6, 3, 1}));
  EXPECT_EQ(ones_like(x.slice(1, {}, {}, 2)).strides(), (DimVector{2, 1}));
}

TEST(Factory, ArangeOfLargeIntegersIsExact) {
  const int64_t start = (int64_t{1} << 53) + 1;
  const Tensor x = arange(start, start + 3);
  EXPECT_EQ(x[2].item<int64_t>(), start + 2);
}

TEST(Factory, WrappedNumberHasLessSay) {
  EXPECT_EQ(add(ones({2}), wrapped_number(2.5)).dtype(), kFloat32);
  EXPECT_EQ(add(ones({2}, kUInt8), wrapped_number(300)).dtype(), kUInt8);
  EXPECT_EQ(add(ones({2}, kInt64), scalar_tensor(2.5, kFloat64)).dtype(), kFloat64);
}

}  // namespace
}  // namespace cutaway
