// SPDX-License-Identifier: MIT
//
// Out forms take no part in gradients: they are refused while gradients are recorded.
#include <gtest/gtest.h>

#include "../../autograd/autograd.h"
#include "../../tensor/ops.h"
#include "../expect_error.h"

namespace cutaway {
namespace {

TEST(OutGradient, IsRefusedInPyTorchsWords) {
  const Tensor x = randn(3).requires_grad_(), out = empty(3);
  const char* text =
      "functions with out=... arguments don't support automatic differentiation, but one of the "
      "arguments requires grad.";
  expect_error<Error>([&] { add_out(out, x, x); }, join("add(): ", text));
  expect_error<Error>([&] { exp_out(x, out); }, join("exp(): ", text));
  expect_error<Error>([&] { stack_out(empty({2, 3}), {out, x}); }, join("stack(): ", text));
}

TEST(OutGradient, IsAllowedWhereNothingIsRecorded) {
  const Tensor x = randn(3).requires_grad_(), out = empty(3);
  const NoGrad no_grad;
  add_out(out, x, x);
  EXPECT_TRUE(equal(out, x * 2));
  EXPECT_FALSE(out.requires_grad());
}

// Backward notices that a value it saved was written over.
TEST(OutGradient, WriteIsSeenByWhatSavedTheOldValue) {
  const Tensor x = randn(3).requires_grad_(), factor = randn(3);
  const Tensor product = (x * factor).sum();
  exp_out(factor, zeros(3));
  EXPECT_THROW(product.backward(), Error);
}

}  // namespace
}  // namespace cutaway
