// SPDX-License-Identifier: MIT
//
// Inference mode: what it makes, what may be done with that, and every refusal in PyTorch's words.
#include <gtest/gtest.h>

#include "../../autograd/autograd.h"
#include "../../tensor/ops.h"
#include "../expect_error.h"

namespace cutaway {
namespace {

Tensor leaf() { return ones(3, kFloat64).requires_grad_(); }
Tensor made_in_inference_mode() {
  const InferenceMode guard;
  return ones(3, kFloat64);
}
/// base[0:2], made in inference mode.
Tensor view_in_inference_mode(const Tensor& base) {
  const InferenceMode guard;
  return base.slice(0, 0, 2);
}

const std::string kInplace =
    "Inplace update to inference tensor outside InferenceMode is not allowed.You can make a clone "
    "to get a normal tensor before doing inplace update.See "
    "https://github.com/pytorch/rfcs/pull/17 for more details.";
const std::string kForbidden =
    " Given that this use case is ambiguous and error-prone, it is forbidden. You can clarify your "
    "code by moving both the view and the inplace either both inside the inference_mode block (if "
    "you don't want the inplace to be tracked) or both outside (if you want the inplace to be "
    "tracked).";

TEST(InferenceMode, MakesInferenceTensors) {
  const Tensor x = made_in_inference_mode();
  EXPECT_TRUE(x.is_inference());
  EXPECT_TRUE(x[0].is_inference());
  EXPECT_TRUE(x.detach().is_inference());
  EXPECT_FALSE(x.clone().is_inference());
  EXPECT_FALSE(exp(x).is_inference());
  EXPECT_FALSE(x.slice(0, 0, 2).is_view());  // nobody follows its base
  expect_error<Error>([&] { x.version(); }, "Inference tensors do not track version counter.");
}

TEST(InferenceMode, RecordsNothing) {
  const Tensor x = leaf();
  const InferenceMode guard;
  EXPECT_TRUE(is_inference_mode_enabled());
  EXPECT_FALSE(is_grad_enabled());
  const Tensor y = x * 2;
  EXPECT_FALSE(y.requires_grad());
  EXPECT_TRUE(y.is_inference());
  const EnableGrad enabled;  // has no effect here
  EXPECT_FALSE((x * 2).requires_grad());
  const InferenceMode normal(false);
  EXPECT_TRUE((x * 2).requires_grad());
  EXPECT_FALSE((x * 2).is_inference());
}

TEST(InferenceMode, EndsWithTheScope) {
  const NoGrad off;
  {
    const InferenceMode normal(false);
    EXPECT_TRUE(is_grad_enabled());
  }
  EXPECT_FALSE(is_grad_enabled());
  EXPECT_FALSE(is_inference_mode_enabled());
}

TEST(InferenceMode, ItsTensorsMayOnlyBeWrittenInside) {
  const Tensor x = made_in_inference_mode();
  {
    const InferenceMode guard;
    x.add_(1);
  }
  EXPECT_EQ(x[0].item<double>(), 2);
  expect_error<Error>([&] { x.add_(1); }, kInplace);
  expect_error<Error>([&] { x.mul_(leaf()); }, kInplace);
  expect_error<Error>([&] { x.copy_(leaf()); }, kInplace);
  expect_error<Error>([&] { x.unsqueeze_(0); }, kInplace);
}

TEST(InferenceMode, ItsTensorsCountVersionsOnceDetached) {
  const Tensor x = made_in_inference_mode();
  const Tensor y = x.detach();
  EXPECT_TRUE(y.is_inference());
  EXPECT_EQ(y.version(), 0U);
  y.add_(1);
  EXPECT_EQ(y.version(), 1U);
  EXPECT_EQ(y.detach().version(), 0U);
  EXPECT_EQ(x[0].item<double>(), 2);
  expect_error<Error>([&] { x.version(); }, "Inference tensors do not track version counter.");
  const InferenceMode guard;
  expect_error<Error>([&] { x.detach().version(); },
                      "Inference tensors do not track version counter.");
}

TEST(InferenceMode, ItsTensorsCannotBeSaved) {
  const Tensor x = made_in_inference_mode();
  expect_error<Error>(
      [&] { leaf() * x; },
      "Inference tensors cannot be saved for backward. Please do not use Tensors created in "
      "inference mode in computation tracked by autograd. To work around this, you can make a "
      "clone to get a normal tensor and use it in autograd, or use `torch.no_grad()` instead of "
      "`torch.inference_mode()`.");
  const Tensor y = leaf();
  (y * x.clone() + x).sum().backward();  // a sum saves nothing
  EXPECT_EQ(y.grad()[0].item<double>(), 1);
}

TEST(InferenceMode, ItsTensorsRequireGradOnlyInside) {
  const Tensor x = made_in_inference_mode();
  expect_error<Error>(
      [&] { x.requires_grad_(); },
      "Setting requires_grad=True on inference tensor outside InferenceMode is not allowed.");
  x.requires_grad_(false);
  const InferenceMode guard;
  EXPECT_TRUE(x.requires_grad_().requires_grad());
}

TEST(InferenceMode, NormalTensorsStayNormal) {
  const Tensor x = leaf();
  const Tensor view = view_in_inference_mode(x);
  EXPECT_FALSE(view.is_inference());
  EXPECT_TRUE(view.requires_grad());
  EXPECT_TRUE(view.is_view());
  EXPECT_EQ(view.grad_fn(), nullptr);
  const Tensor y = x * x;
  {
    const InferenceMode guard;
    x.mul_(2);
  }
  EXPECT_EQ(x.version(), 1U);
  expect_error<Error>(
      [&] { y.sum().backward(); },
      "one of the variables needed for gradient computation has been modified by an inplace "
      "operation: [torch.DoubleTensor [3]] is at version 1; expected version 0 instead. Hint: "
      "enable anomaly detection to find the operation that failed to compute its gradient, with "
      "torch.autograd.set_detect_anomaly(True, check_nan=False).");
}

TEST(InferenceMode, ItsViewsOfNormalTensorsRefuseRecordedWrites) {
  const std::string refusal =
      "A view was created in inference mode and is being modified inplace in normal mode." +
      kForbidden;
  expect_error<Error>([] { view_in_inference_mode(leaf() * 1).mul_(2); }, refusal);
  expect_error<Error>([] { view_in_inference_mode(ones(3)).mul_(leaf()[0]); }, refusal);
  const Tensor base = leaf() * 1;
  const Tensor view = view_in_inference_mode(base);
  base.mul_(2);
  expect_error<Error>([&] { view.grad_fn(); },
                      "A view was created in inference mode and its base or another view of its "
                      "base has been modified inplace in normal mode." +
                          kForbidden);
  const Tensor plain = ones(3);
  view_in_inference_mode(plain).mul_(2);  // nothing is recorded: allowed
  EXPECT_EQ(plain.version(), 1U);
}

}  // namespace
}  // namespace cutaway
