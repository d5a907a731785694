// SPDX-License-Identifier: MIT
//
// log_softmax and nll_loss with their gradients: against PyTorch, then accuracy, threads, and where
// we differ from PyTorch on purpose.
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <functional>
#include <limits>

#include "../../tensor/cpu/fast_exp.h"
#include "../../tensor/cpu/simd.h"
#include "../../tensor/parallel.h"
#include "torch_cases.h"

namespace cutaway {
namespace {

using torch_cases::Arguments;

int64_t reduction(const Arguments& a, size_t i) { return a.integer(i); }

TEST(Softmax, MatchesPyTorch) {
  torch_cases::run_file(
      "softmax.txt",
      {{"log_softmax",
        [](const Arguments& a) -> std::vector<Tensor> {
          return {log_softmax(a.tensor(0), a.integer(1))};
        }},
       {"log_softmax_backward",
        [](const Arguments& a) -> std::vector<Tensor> {
          return {log_softmax_backward(a.tensor(0), a.tensor(1), a.integer(2))};
        }},
       {"nll_loss",
        [](const Arguments& a) -> std::vector<Tensor> {
          return {nll_loss(a.tensor(0), a.tensor(1), a.optional_tensor(2),
                           static_cast<Reduction>(reduction(a, 3)), a.integer(4))};
        }},
       {"nll_loss_forward",
        [](const Arguments& a) -> std::vector<Tensor> {
          const auto [loss, weight] = nll_loss_forward(
              a.tensor(0), a.tensor(1), a.optional_tensor(2), reduction(a, 3), a.integer(4));
          return {loss, weight};
        }},
       {"nll_loss_backward", [](const Arguments& a) -> std::vector<Tensor> {
          return {nll_loss_backward(a.tensor(0), a.tensor(1), a.tensor(2), a.optional_tensor(3),
                                    reduction(a, 4), a.integer(5), a.tensor(6))};
        }}});
}

TEST(Softmax, FastExpIsWithinOneUnitInTheLastPlace) {
  for (int32_t i = -110000; i <= 95000; i += 7) {
    const float x = static_cast<float>(i) * 1e-3f;
    const float exact = static_cast<float>(std::exp(static_cast<double>(x)));
    const float found = cpu::fast_exp(x);
    if (std::isinf(exact)) {
      ASSERT_EQ(found, exact) << x;
      continue;
    }
    const float above = std::nextafter(exact, std::numeric_limits<float>::infinity());
    const float below = std::nextafter(exact, -1.0f);
    ASSERT_TRUE(below <= found && found <= above) << x << ": " << found << ", not " << exact;
  }
  EXPECT_EQ(cpu::fast_exp(-std::numeric_limits<float>::infinity()), 0.0f);
  EXPECT_TRUE(std::isnan(cpu::fast_exp(std::numeric_limits<float>::quiet_NaN())));
}

TEST(Softmax, LongSumsAreExact) {
  // One 0 and a million times -0.1. Summed in float, the exponentials would drift apart.
  const int64_t n = 1000001;
  const double e = std::exp(static_cast<double>(-0.1f));
  const float log_sum = static_cast<float>(std::log(1 + static_cast<double>(n - 1) * e));
  const Tensor row = full({1, n}, -0.1);
  row[0][0].fill_(0);
  const Tensor columns = full({n, 2}, -0.1);
  columns[0].fill_(0);
  EXPECT_EQ(log_softmax(row, 1)[0][0].item<float>(), -log_sum);
  EXPECT_EQ(log_softmax(row, 1)[0][n - 1].item<float>(), -0.1f - log_sum);
  EXPECT_EQ(log_softmax(columns, 0)[0][1].item<float>(), -log_sum);
  EXPECT_EQ(log_softmax(columns, 0)[n - 1][0].item<float>(), -0.1f - log_sum);
}

TEST(Softmax, SameBitsForAnyNumberOfThreads) {
  const int threads_before = get_num_threads();
  const Tensor x = arange(130 * 70 * 9).to(kFloat32).mul(0.37).view({130, 70, 9});
  const Tensor wave = x.sub(x.div(7.0).to(kInt64).to(kFloat32).mul(7.0));
  const auto all = [&] {
    std::vector<Tensor> results;
    for (int64_t dim : {0, 1, 2}) {
      const Tensor y = log_softmax(wave, dim);
      results.push_back(y);
      results.push_back(log_softmax_backward(wave, y, dim));
    }
    const Tensor target = arange(130 * 9).view({130, 9}).mul(0);
    for (Reduction r : {Reduction::None, Reduction::Mean, Reduction::Sum}) {
      results.push_back(nll_loss(results[2], target, {}, r));
    }
    return results;
  };
  set_num_threads(1);
  const std::vector<Tensor> expected = all();
  for (int threads : {2, 3}) {
    set_num_threads(threads);
    const std::vector<Tensor> found = all();
    for (size_t i = 0; i < found.size(); ++i) {
      EXPECT_EQ(std::memcmp(found[i].raw_data(), expected[i].raw_data(),
                            static_cast<size_t>(found[i].numel() * found[i].element_size())),
                0)
          << "result " << i << ", " << threads << " threads";
    }
  }
  set_num_threads(threads_before);
}

TEST(Softmax, EveryVectorWidthAgrees) {
  const Tensor x = arange(3 * 101).to(kFloat32).mul(0.1).view({3, 101});
  const cpu::CpuCapability before = cpu::get_cpu_capability();
  cpu::set_cpu_capability(cpu::CpuCapability::kDefault);
  const Tensor rows = log_softmax(x, 1);
  const Tensor columns = log_softmax(x, 0);
  for (cpu::CpuCapability capability : {cpu::CpuCapability::kAvx2, cpu::CpuCapability::kAvx512}) {
    cpu::set_cpu_capability(capability);
    for (int64_t i : {0, 50, 100}) {
      EXPECT_NEAR(log_softmax(x, 1)[1][i].item<double>(), rows[1][i].item<double>(), 2e-6);
      EXPECT_NEAR(log_softmax(x, 0)[1][i].item<double>(), columns[1][i].item<double>(), 2e-6);
    }
  }
  cpu::set_cpu_capability(before);
}

std::string error_of(const std::function<void()>& call) {
  try {
    call();
  } catch (const Error& error) {
    return error.message();
  }
  return "no error";
}

TEST(Softmax, DifferencesFromPyTorch) {
  // One text for every number of spatial dimensions; PyTorch has others for exactly two.
  EXPECT_EQ(error_of([] {
              nll_loss(zeros({2, 3, 4, 5}), zeros({2, 4, 6}, kInt64));
            }),
            "Expected target size [2, 4, 5], got [2, 4, 6]");
  // PyTorch reads past the end.
  EXPECT_EQ(error_of([] {
              log_softmax_backward(zeros({2, 3}), zeros({2, 4}), 1);
            }),
            "log_softmax_backward: grad_output and output must have the same shape, but got [2, 3] "
            "and [2, 4]");
}

}  // namespace
}  // namespace cutaway
