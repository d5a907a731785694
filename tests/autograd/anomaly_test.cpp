// SPDX-License-Identifier: MIT
//
// Anomaly mode: NaN in backward is an error that names the node, in PyTorch's words, and errors
// tell where the node was made. The first case makes the calls of the function of the same name in
// fixtures/engine_fixtures.py.
#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

#include "../../tensor/ops.h"
#include "case_log.h"

namespace cutaway {
namespace {

using autograd::AnomalyLabel;
using autograd::DetectAnomaly;

void nan_in_backward(CaseLog& say) {
  const DetectAnomaly guard;
  say.attempt([] { (leaf({-1, 0}).sqrt() * 0).sum().backward(); });
  say.attempt([] { ((leaf({0, 0}) * 0).log().sum() * 0).backward(); });
  say.attempt([] {
    const Tensor x = leaf({0});
    const DetectAnomaly without(true, false);
    const Tensor g = autograd::grad((x * x).sqrt(), x, {}, {}, true)[0];
    const DetectAnomaly with;
    g.sum().backward();
  });
  {
    const DetectAnomaly without(true, false);
    const Tensor x = leaf({-1, 0});
    (x.sqrt() * 0).sum().backward();
    say(x.grad());
  }
  const DetectAnomaly off(false);
  const Tensor x = leaf({-1, 0});
  (x.sqrt() * 0).sum().backward();
  say(x.grad());
}

TEST(Anomaly, SaysWhatPyTorchSays) { run_case("nan_in_backward", nan_in_backward); }

/// What an error of this call tells.
std::string what_of(const std::function<void()>& call) {
  try {
    call();
  } catch (const Error& error) {
    return error.what();
  }
  return "accepted";
}
bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(Anomaly, TellsWhereTheNodeWasMade) {
  const DetectAnomaly guard;
  const Tensor x = leaf({0, 0});
  Tensor y;
  {
    const AnomalyLabel net("net"), layer("second layer");
    y = (x * 2).log() * 0;
  }
  const std::string text = what_of([&] { y.sum().backward(); });
  EXPECT_TRUE(has(text,
                  "\n  while backward ran LogBackward0\n  Error detected in LogBackward0. "
                  "Traceback of forward call that caused the error:\n"
                  "  in \"net\", in \"second layer\"\n"
                  "  from output 0 of MulBackward0: float64 [2]\n"
                  "    from output 0 of AccumulateGrad: float64 [2]\n"))
      << text;
}

TEST(Anomaly, TellsWhichNodeMadeTheNode) {
  const DetectAnomaly guard(true, false);
  const Tensor x = leaf({0});
  Tensor y, g;
  {
    const AnomalyLabel label("forward");
    y = (x * x).sqrt();
  }
  {
    const AnomalyLabel label("gradient");
    g = autograd::grad(y, x, {}, {}, true)[0];
  }
  const DetectAnomaly with;
  const std::string text = what_of([&] { g.sum().backward(); });
  EXPECT_TRUE(has(text, "Error detected in DivBackward0.")) << text;
  EXPECT_TRUE(has(text, "the error:\n  in \"gradient\"\n")) << text;
  EXPECT_TRUE(has(text,
                  "Previous calculation was induced by SqrtBackward0. Traceback of forward "
                  "call that induced the previous calculation:\n  in \"forward\"\n"))
      << text;
}

TEST(Anomaly, SaysThatItWasOffInForward) {
  const Tensor y = leaf({0}).log() * 0;
  const DetectAnomaly guard;
  EXPECT_TRUE(has(what_of([&] { y.sum().backward(); }),
                  "Error detected in LogBackward0. No forward pass information available. Enable "
                  "detect anomaly during forward pass for more information."));
}

std::string heard;

TEST(Anomaly, OthersMaySayWhereAndHearTheReport) {
  autograd::set_call_site([] { return std::string("  File \"train.py\", line 3\n"); });
  autograd::on_anomaly([](const std::string& report) { heard = report; });
  {
    const DetectAnomaly guard;
    const Tensor x = leaf({1}), y = x * 2;
    y.register_hook([](const Tensor&) -> Tensor { throw std::out_of_range("of the user's"); });
    EXPECT_THROW(y.backward(), std::out_of_range);
  }
  EXPECT_TRUE(has(heard,
                  "Error detected in MulBackward0. Traceback of forward call that caused "
                  "the error:\n  File \"train.py\", line 3\n"))
      << heard;
  autograd::set_call_site(nullptr);
  autograd::on_anomaly(nullptr);
}

TEST(Anomaly, EndsWithItsScope) {
  {
    const DetectAnomaly guard;
    EXPECT_TRUE(autograd::is_anomaly_enabled());
    const DetectAnomaly inner(false);
    EXPECT_FALSE(autograd::is_anomaly_enabled());
  }
  EXPECT_FALSE(autograd::is_anomaly_enabled());
  EXPECT_EQ((leaf({1}) * 2).grad_fn()->forward_site(), nullptr);
}

}  // namespace
}  // namespace cutaway
