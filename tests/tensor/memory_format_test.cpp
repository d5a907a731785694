// SPDX-License-Identifier: MIT
//
// Images with their channels last: which strides count as that, and which ops keep the format. What
// is expected is PyTorch's (torch.cat and torch.stack of tensors in torch.channels_last).
#include "../../tensor/memory_format.h"

#include <gtest/gtest.h>

#include "../../tensor/all.h"

namespace cutaway {
namespace {

/// (2, 3, 4, 5), channels last.
Tensor image() { return arange(120, kFloat32).reshape({2, 4, 5, 3}).permute({0, 3, 1, 2}); }

DimVector strides_of(const Tensor& tensor) { return tensor.strides(); }

TEST(MemoryFormat, IsReadFromTheStrides) {
  EXPECT_TRUE(is_channels_last({2, 3, 4, 5}, {60, 1, 15, 3}));
  EXPECT_TRUE(is_channels_last({2, 3, 4, 5, 3}, {180, 1, 45, 9, 3}));
  EXPECT_TRUE(is_channels_last({2, 3, 4, 5}, {600, 1, 150, 3}));  // with gaps
  EXPECT_FALSE(is_channels_last({2, 3, 4, 5}, {60, 20, 5, 1}));
  EXPECT_FALSE(is_channels_last({2, 3, 4, 5}, {60, 0, 15, 3}));  // broadcast along C
  EXPECT_FALSE(is_channels_last({2, 1, 1, 1}, {1, 1, 1, 1}));    // as good in row-major order
  EXPECT_FALSE(is_channels_last({2, 3, 0, 5}, {15, 1, 15, 3}));
  EXPECT_FALSE(is_channels_last({3, 4, 5}, {1, 15, 3}));
  EXPECT_EQ(channels_last_strides({2, 3, 4, 5}), (DimVector{60, 1, 15, 3}));
}

TEST(MemoryFormat, IsKeptByCatIfAllHaveIt) {
  const Tensor joined = cat({image(), image()}, 1);
  EXPECT_EQ(strides_of(joined), (DimVector{120, 1, 30, 6}));
  EXPECT_TRUE(equal(joined.narrow(1, 3, 3), image()));
  EXPECT_EQ(strides_of(cat({image(), image().contiguous()}, 1)), (DimVector{120, 20, 5, 1}));
}

// A stack is a cat that is cut in two; where it is one of 5 dimensions, these count.
TEST(MemoryFormat, IsKeptByStack) {
  const Tensor stacked = stack({image(), image()}, 1);
  EXPECT_EQ(strides_of(stacked), (DimVector{120, 3, 1, 30, 6}));
  EXPECT_TRUE(equal(stacked.select(1, 1), image()));
  EXPECT_EQ(strides_of(stack({image(), image()}, 4)), (DimVector{120, 40, 10, 2, 1}));
}

TEST(MemoryFormat, IsKeptByPadButNotInACircle) {
  const DimVector kept = {126, 1, 21, 3}, row_major = {126, 42, 7, 1};
  const Tensor constant = pad(image(), {1, 1, 1, 1}),
               reflected = pad(image(), {1, 1, 1, 1}, "reflect");
  EXPECT_EQ(strides_of(constant), kept);
  EXPECT_TRUE(equal(constant.narrow(2, 1, 4).narrow(3, 1, 5), image()));
  EXPECT_EQ(strides_of(reflected), kept);
  EXPECT_FALSE(reflected.is_view());
  EXPECT_TRUE(equal(reflected, pad(image().contiguous(), {1, 1, 1, 1}, "reflect")));
  EXPECT_EQ(strides_of(pad(image(), {1, 1, 1, 1}, "replicate")), kept);
  EXPECT_EQ(strides_of(pad(image(), {1, 1, 1, 1}, "circular")), row_major);
}

}  // namespace
}  // namespace cutaway
