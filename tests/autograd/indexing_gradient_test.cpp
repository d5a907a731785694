// SPDX-License-Identifier: MIT
//
// Gradients through the square brackets: what was read gets the gradient where it was read, as
// often as it was; what was overwritten gets none. (The ops below them are in the op table.)
#include <gtest/gtest.h>

#include "../../autograd/autograd.h"
#include "../../tensor/all.h"

namespace cutaway {
namespace {

using namespace indexing;

std::vector<double> values(const Tensor& tensor) {
  const Tensor dense = tensor.detach().to(kFloat64).contiguous();
  return {dense.data<double>(), dense.data<double>() + dense.numel()};
}

TEST(IndexingGradient, OfReading) {
  const Tensor x = arange(6).to(kFloat32).view({2, 3});
  x.requires_grad_();
  const Tensor y = x.index({Slice(), tensor({2, 0, 2})});
  EXPECT_EQ(y.grad_fn()->name(), std::string("IndexBackward0"));
  (y.sum() + x.index({1}).sum() + x.index({x.detach().gt(3)}).sum()).backward();
  EXPECT_EQ(values(x.grad()), (std::vector<double>{1, 0, 2, 2, 2, 4}));
  EXPECT_EQ(x.index({Ellipsis}).grad_fn()->name(), std::string("AliasBackward0"));
}

TEST(IndexingGradient, OfWriting) {
  const Tensor x = ones({2, 3}), v = ones({3}), w = ones({2});
  x.requires_grad_();
  v.requires_grad_();
  w.requires_grad_();
  const Tensor y = x * 2;
  y.index_put_({0}, v * 3);
  y.index_put_({Slice(), tensor({1})}, w.unsqueeze(1) * 5);
  y.index_put_({1, 2}, 9);
  y.sum().backward();
  EXPECT_EQ(values(x.grad()), (std::vector<double>{0, 0, 0, 2, 0, 0}));
  EXPECT_EQ(values(v.grad()), (std::vector<double>{3, 0, 3}));
  EXPECT_EQ(values(w.grad()), (std::vector<double>{5, 5}));
}

}  // namespace
}  // namespace cutaway
