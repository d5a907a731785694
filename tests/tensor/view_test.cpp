// SPDX-License-Identifier: MIT
//
// Views share memory, base and version; what does not fit the memory is refused, however large the
// numbers. Values and shapes of all views: op_table_test.cpp.
#include <gtest/gtest.h>

#include <limits>
#include <vector>

#include "../../tensor/ops.h"
#include "../expect_error.h"

namespace cutaway {
namespace {

constexpr int64_t kHuge = int64_t{1} << 62;

TEST(View, SharesMemoryBothWays) {
  const Tensor x = arange(6).view({2, 3}).clone();
  const std::vector<Tensor> views = {
      x.view({6}),         x.permute({1, 0}),         x.transpose(0, 1), x.t(),
      x.expand({4, 2, 3}), x.unsqueeze(0).squeeze(0), x.select(0, 0),    x.slice(1, 0, 2),
      x.narrow(0, 0, 1),   x.as_strided({2}, {1}, 0), x.reshape({3, 2}), x.flatten()};
  for (const Tensor& view : views) {
    EXPECT_TRUE(view.is_view());
    EXPECT_EQ(view.storage(), x.storage());
    EXPECT_TRUE(Tensor(view.impl()->base()).is_same(x)) << "a view of a view is a view of the base";
    x[0][0].fill_(41);
    EXPECT_EQ(*view.data<int64_t>(), 41);
    *view.data<int64_t>() = 42;
    EXPECT_EQ(x[0][0].item<int64_t>(), 42);
  }
}

TEST(View, DetachedIsNoView) {
  const Tensor x = zeros({2, 3});
  EXPECT_FALSE(x.detach().is_view());
  EXPECT_FALSE(x.t().detach().is_view());
  EXPECT_EQ(x.detach().storage(), x.storage());
}

TEST(View, ContiguousReturnsItselfWhereItCan) {
  const Tensor x = zeros({2, 3});
  EXPECT_TRUE(x.contiguous().is_same(x));
  EXPECT_FALSE(x.t().contiguous().is_view());
  EXPECT_TRUE(zeros({0, 3}).t().is_contiguous());
}

TEST(View, SliceClampsAsPythonDoes) {
  const Tensor x = arange(5);
  const int64_t most = std::numeric_limits<int64_t>::max(),
                least = std::numeric_limits<int64_t>::min();
  EXPECT_EQ(x.slice(0, least, most).numel(), 5);
  EXPECT_EQ(x.slice(0, 2, 1).numel(), 0);
  EXPECT_EQ(x.slice(0, 1, {}, most).numel(), 1);
  EXPECT_EQ(x.slice(0, 5).numel(), 0);
  EXPECT_EQ(x.slice(-1, -2).numel(), 2);
}

TEST(View, RefusesWhatDoesNotFitTheMemory) {
  const Tensor x = zeros({6});
  EXPECT_THROW(x.as_strided({kHuge}, {1}), Error);
  EXPECT_THROW(x.as_strided({2}, {kHuge}), Error);
  EXPECT_THROW(x.as_strided({3, 3}, {kHuge, kHuge}), Error);
  EXPECT_THROW(x.as_strided({1}, {1}, kHuge), Error);
  EXPECT_THROW(x.as_strided({1}, {1}, std::numeric_limits<int64_t>::max()), Error);
  EXPECT_THROW(x.as_strided({kHuge, 4}, {0, 0}), Error);
  EXPECT_THROW(x.view({kHuge, 4}), Error);
  EXPECT_THROW(x.view({kHuge, -1, 4}), Error);
  EXPECT_THROW(zeros({1}).expand({kHuge, 4}), Error);
  EXPECT_THROW(x.narrow(0, 1, std::numeric_limits<int64_t>::max()), Error);
  EXPECT_THROW(x.select(0, std::numeric_limits<int64_t>::min()), IndexError);
  EXPECT_THROW(x.view(std::vector<int64_t>(17, 1)), Error);
  EXPECT_NO_THROW(x.as_strided({0, kHuge}, {1, 1}));  // no element, nothing to reach
}

TEST(View, RefusesInPyTorchsWords) {
  expect_errors("tensor_errors.txt",
                {
                    {"view_huge",
                     [] {
                       zeros({2, 3}).view({kHuge, 4});
                     }},
                    {"size_of_0d", [] { zeros({}).size(0); }},
                    {"size_out_of_range",
                     [] {
                       zeros({2, 3}).size(2);
                     }},
                    {"unflattenable",
                     [] {
                       zeros({2, 3}).t().view({-1});
                     }},
                    {"permute_too_many",
                     [] {
                       zeros({2, 3}).permute({0, 1, 2});
                     }},
                    {"expand_shrinks", [] { zeros({3}).expand({2}); }},
                    {"as_strided_beyond",
                     [] {
                       zeros({6}).as_strided({2, 2}, {4, 2}, 0);
                     }},
                    {"as_strided_offset_beyond", [] { zeros({6}).as_strided({1}, {1}, 6); }},
                    {"item_of_many", [] { zeros({2}).item(); }},
                    {"item_of_none", [] { zeros({0}).item(); }},
                });
}

}  // namespace
}  // namespace cutaway
