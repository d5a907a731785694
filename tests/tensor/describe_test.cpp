// SPDX-License-Identifier: MIT
//
// describe(x): its text for every kind of layout. The address is the one thing that varies.
#include "../../tensor/describe.h"

#include <gtest/gtest.h>

#include <sstream>
#include <string>

#include "../../autograd/autograd.h"
#include "../../tensor/ops.h"

namespace cutaway {
namespace {

/// The text, with the storage's address replaced by ADDRESS.
std::string text_of(const Tensor& x) {
  std::ostringstream address;
  address << static_cast<const void*>(x.storage()->data());
  std::string text = describe(x);
  const size_t found = text.find("at " + address.str());
  EXPECT_NE(found, std::string::npos) << text;
  return text.replace(found + 3, address.str().size(), "ADDRESS");
}

TEST(Describe, TransposedView) {
  const Tensor x = arange(6).view({2, 3});
  EXPECT_EQ(text_of(x.t()),
            "int64 [3, 2], strides [1, 3], offset 0: 6 elements, a view, not contiguous\n"
            "storage   48 bytes = 6 elements at ADDRESS, shared by 3 tensors, version 0\n"
            "keys      CPU\n"
            "dim 0     3 steps of 1 element (8 bytes)\n"
            "dim 1     2 steps of 3 elements (24 bytes)\n"
            "position  0      1      2      3      4      5\n"
            "element   [0,0]  [1,0]  [2,0]  [0,1]  [1,1]  [2,1]\n");
}

TEST(Describe, OffsetAndGaps) {
  const Tensor x = zeros({8});
  x.add_(1);
  EXPECT_EQ(text_of(x.slice(0, 1, 8, 3)),
            "float32 [3], strides [3], offset 1: 3 elements, a view, not contiguous\n"
            "storage   32 bytes = 8 elements at ADDRESS, shared by 2 tensors, version 1\n"
            "keys      CPU\n"
            "dim 0     3 steps of 3 elements (12 bytes)\n"
            "position  1    2    3    4    5    6    7\n"
            "element   [0]  .    .    [1]  .    .    [2]\n");
}

TEST(Describe, ExpandedDimensionLooksTwiceAtOnePlace) {
  EXPECT_EQ(text_of(ones({1, 2}).expand({3, 2})),
            "float32 [3, 2], strides [0, 1], offset 0: 6 elements, a view, not contiguous\n"
            "storage   8 bytes = 2 elements at ADDRESS, shared by 2 tensors, version 0\n"
            "keys      CPU\n"
            "dim 0     3 steps of 0 elements (0 bytes)\n"
            "dim 1     2 steps of 1 element (4 bytes)\n"
            "position  0        1\n"
            "element   [0,0]x3  [0,1]x3\n");
}

TEST(Describe, ZeroDimensionalLeafThatRequiresAGradient) {
  const Tensor x = scalar_tensor(2.0);
  x.requires_grad_();
  EXPECT_EQ(text_of(x),
            "float32 [], strides [], offset 0: 1 element, contiguous\n"
            "storage   4 bytes = 1 element at ADDRESS, this tensor's alone, version 0\n"
            "keys      CPU, Autograd\n"
            "autograd  requires a gradient, a leaf\n"
            "position  0\n"
            "element   []\n");
  EXPECT_NE(describe(x * 2).find("requires a gradient, made by MulBackward0"), std::string::npos);
}

TEST(Describe, EmptyAndUndefined) {
  EXPECT_EQ(text_of(zeros({0, 3})),
            "float32 [0, 3], strides [3, 1], offset 0: 0 elements, contiguous\n"
            "storage   0 bytes = 0 elements at ADDRESS, this tensor's alone, version 0\n"
            "keys      CPU\n"
            "dim 0     0 steps of 3 elements (12 bytes)\n"
            "dim 1     3 steps of 1 element (4 bytes)\n");
  EXPECT_EQ(describe(Tensor()), "undefined tensor: a handle that points to nothing\n");
}

// The map ends after 32 positions, and a tensor whose strides overlap without end is no trap.
TEST(Describe, LargeTensorsAreDrawnInPart) {
  const std::string text = describe(zeros({1000, 1000}));
  EXPECT_NE(text.find("[0,31]"), std::string::npos) << text;
  EXPECT_EQ(text.find("[0,32]"), std::string::npos) << text;
  const Tensor tangle = zeros({1000}).as_strided(DimVector(12, 30), DimVector(12, 1));
  EXPECT_NE(describe(tangle).find("position  0"), std::string::npos);
}

}  // namespace
}  // namespace cutaway
