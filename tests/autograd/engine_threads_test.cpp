// SPDX-License-Identifier: MIT
//
// backward() on several threads at once: on graphs of their own, on graphs that share leaves, and
// on one graph. Meant to be run under ThreadSanitizer as well (make tsan).
#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <thread>
#include <vector>

#include "../../tensor/ops.h"
#include "case_log.h"

namespace cutaway {
namespace {

using Tensors = std::vector<Tensor>;

constexpr int kThreads = 4, kRounds = 100;

void on_threads(const std::function<void(int)>& work) {
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&work, i] {
      for (int round = 0; round < kRounds; ++round) work(i);
    });
  }
  for (std::thread& thread : threads) thread.join();
}

TEST(EngineThreads, RunGraphsOfTheirOwn) {
  on_threads([](int i) {
    const Tensor x = leaf({1, 2, double(i)}), y = (x * x).exp().sum() + x.sum();
    y.backward();
    EXPECT_TRUE(x.grad().allclose(2 * x.detach() * (x.detach() * x.detach()).exp() + 1));
  });
}

TEST(EngineThreads, RunGraphsThatShareLeaves) {
  const Tensor x = leaf({1, 2}), w = leaf({3, 4});
  on_threads([&](int i) { (x * w * (i + 1)).sum().backward(); });
  EXPECT_EQ(text_of(x.grad()), "[3000, 4000]");  // 100 (1 + 2 + 3 + 4) w
  EXPECT_EQ(text_of(w.grad()), "[1000, 2000]");
}

TEST(EngineThreads, MeetALeafForTheFirstTime) {
  for (int round = 0; round < kRounds; ++round) {
    const Tensor x = leaf({1, 2});
    std::vector<std::thread> threads;
    for (int i = 0; i < kThreads; ++i) threads.emplace_back([&] { (x * 2).sum().backward(); });
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(text_of(x.grad()), "[8, 8]");
  }
}

TEST(EngineThreads, RunOneGraphThatIsRetained) {
  const Tensor x = leaf({1, 2}), w = leaf({3, 4});
  const Tensor y = x * w, z = (y * y).exp().log().sum();
  std::atomic<int> calls{0};
  y.retain_grad();
  y.register_hook([&](const Tensor&) {
    ++calls;
    return Tensor();
  });
  on_threads([&](int) { z.backward({}, true); });
  EXPECT_EQ(calls, kThreads * kRounds);
  EXPECT_TRUE(y.grad().allclose(2 * y.detach() * (kThreads * kRounds)));
  EXPECT_TRUE(x.grad().allclose(2 * (y * w).detach() * (kThreads * kRounds)));
}

TEST(EngineThreads, AskForDifferentInputsOfOneGraph) {
  const Tensor x = leaf({1, 2}), w = leaf({3, 4});
  const Tensor y = x * w, z = (y * y).sum();
  on_threads([&](int i) {
    const Tensor& input = i % 2 == 0 ? x : w;
    const Tensor& other = i % 2 == 0 ? w : x;
    EXPECT_TRUE(autograd::grad(z, input, {}, true)[0].allclose((2 * y * other).detach()));
  });
  EXPECT_FALSE(x.grad().defined());
}

TEST(EngineThreads, DifferentiateGradientsOfSharedLeaves) {
  const Tensor x = leaf({1, 2});
  on_threads([&](int) {
    const Tensor g = autograd::grad((x * x * x).sum(), x, {}, {}, true)[0];
    EXPECT_EQ(text_of(autograd::grad(g.sum(), x)[0]), "[6, 12]");
  });
}

TEST(EngineThreads, AnErrorStaysOnItsThread) {
  const Tensor x = leaf({1, 2});
  on_threads([&](int i) {
    const Tensor y = x * 2;
    if (i % 2 == 0) y.register_hook([](const Tensor&) -> Tensor { throw ValueError("no more"); });
    try {
      y.sum().backward();
      EXPECT_EQ(i % 2, 1);
    } catch (const ValueError&) {
      EXPECT_EQ(i % 2, 0);
    }
  });
  EXPECT_EQ(text_of(x.grad()), "[400, 400]");  // of the two threads without errors
}

}  // namespace
}  // namespace cutaway
