// SPDX-License-Identifier: MIT
//
// sum, mean, max, argmax and sum_to_size: against PyTorch, then what its answers cannot say:
// accuracy, sameness for any number of threads, and results far larger than one block.
#include "../../tensor/ops_reduce.h"

#include <gtest/gtest.h>

#include <cstring>
#include <limits>

#include "../../tensor/cpu/simd.h"
#include "../../tensor/parallel.h"
#include "torch_cases.h"

namespace cutaway {
namespace {

using torch_cases::Arguments;

TEST(Reduce, MatchesPyTorch) {
  torch_cases::run_file(
      "reduce.txt",
      {{"sum",
        [](const Arguments& a) -> std::vector<Tensor> {
          return {sum(a.tensor(0), a.ints(1), a.boolean(2), a.dtype(3))};
        }},
       {"mean",
        [](const Arguments& a) -> std::vector<Tensor> {
          return {mean(a.tensor(0), a.ints(1), a.boolean(2), a.dtype(3))};
        }},
       {"max", [](const Arguments& a) -> std::vector<Tensor> { return {max(a.tensor(0))}; }},
       {"max_dim",
        [](const Arguments& a) -> std::vector<Tensor> {
          const auto [largest, places] = max(a.tensor(0), a.integer(1), a.boolean(2));
          return {largest, places};
        }},
       {"argmax",
        [](const Arguments& a) -> std::vector<Tensor> {
          const std::optional<int64_t> dim =
              a.is_none(1) ? std::nullopt : std::optional<int64_t>(a.integer(1));
          return {argmax(a.tensor(0), dim, a.boolean(2))};
        }},
       {"sum_to_size", [](const Arguments& a) -> std::vector<Tensor> {
          return {sum_to_size(a.tensor(0), a.ints(1))};
        }}});
}

/// Numbers of very different size, so that another order of additions gives another sum.
Tensor rough(IntArrayRef sizes, DType dtype) {
  const Tensor x = empty(sizes, kFloat64);
  double* data = x.data<double>();
  uint32_t state = 12345;
  for (int64_t i = 0; i < x.numel(); ++i) {
    state = state * 1664525U + 1013904223U;
    data[i] = std::ldexp(static_cast<double>(state) - 2e9, static_cast<int>(state >> 27) - 40);
  }
  return x.to(dtype);
}

bool same_bits(const Tensor& a, const Tensor& b) {
  return a.sizes() == b.sizes() && a.dtype() == b.dtype() &&
         std::memcmp(a.raw_data(), b.raw_data(),
                     static_cast<size_t>(a.numel() * a.element_size())) == 0;
}

/// The plain definition, for 2-d tensors.
double plain_sum(const Tensor& x, int64_t dim, int64_t at) {
  double total = 0;
  for (int64_t i = 0; i < x.size(dim); ++i) {
    total += (dim == 0 ? x[i][at] : x[at][i]).item<double>();
  }
  return total;
}

TEST(Reduce, LargeShapesAgreeWithThePlainSum) {
  for (const auto& [rows, columns] : {std::pair<int64_t, int64_t>{1500, 7},
                                      {7, 1500},
                                      {40, 1200},
                                      {1200, 40},
                                      {513, 129},
                                      {20000, 3}}) {
    const Tensor wide = arange(rows * 2 * columns).view({rows, 2 * columns});
    for (const Tensor& x : {wide.slice(1, 0, columns).contiguous(), wide.slice(1, 0, {}, 2),
                            wide.slice(1, 0, columns).contiguous().t()}) {
      for (int64_t dim : {0, 1}) {
        for (DType dtype : {kInt64, kFloat64, kFloat32}) {
          const Tensor y = sum(x, dim, false, dtype);
          ASSERT_EQ(y.numel(), x.size(1 - dim));
          for (int64_t at : {int64_t{0}, y.numel() / 2, y.numel() - 1}) {
            const double expected = plain_sum(x, dim, at);
            EXPECT_NEAR(y[at].item<double>(), expected, dtype == kFloat32 ? expected * 6e-8 : 0)
                << rows << "x" << columns << " dim " << dim << " at " << at;
          }
        }
      }
    }
  }
}

TEST(Reduce, FloatSumsAreCarriedInDouble) {
  const Tensor x = full({16777216 + 10}, 1.0);  // 2^24 + 10; in float, 2^24 + 1 is 2^24
  EXPECT_EQ(sum(x).item<double>(), 16777216 + 10);
  EXPECT_EQ(sum(x.view({-1, 2}), 0)[0].item<double>(), (16777216 + 10) / 2);
  EXPECT_NEAR(mean(full({1000, 1000}, 0.1)).item<double>(), 0.1, 1e-8);
}

TEST(Reduce, SameBitsForAnyNumberOfThreadsAndVectorWidth) {
  const int threads_before = get_num_threads();
  const cpu::CpuCapability capability_before = cpu::get_cpu_capability();
  for (DType dtype : {kFloat32, kFloat64}) {
    const Tensor x = rough({300, 40, 50}, dtype);
    const auto all = [&] {
      return std::vector<Tensor>{sum(x),
                                 sum(x, 0),
                                 sum(x, 1),
                                 sum(x, 2),
                                 sum(x, {0, 2}),
                                 sum(x, {0, 1}),
                                 mean(x, {1, 2}),
                                 sum(x.permute({2, 0, 1}), 1),
                                 sum(x.slice(2, 0, {}, 3)),
                                 sum(x.view({-1, 5}), 0),
                                 sum(x.view({-1, 6000}), 0)};
    };
    set_num_threads(1);
    const std::vector<Tensor> expected = all();
    for (int threads : {1, 2, 3}) {
      for (cpu::CpuCapability capability :
           {cpu::CpuCapability::kDefault, cpu::CpuCapability::kAvx2, cpu::CpuCapability::kAvx512}) {
        set_num_threads(threads);
        cpu::set_cpu_capability(capability);
        const std::vector<Tensor> found = all();
        for (size_t i = 0; i < found.size(); ++i) {
          EXPECT_TRUE(same_bits(found[i], expected[i]))
              << "sum " << i << ", " << threads << " threads";
        }
      }
    }
  }
  set_num_threads(threads_before);
  cpu::set_cpu_capability(capability_before);
}

TEST(Reduce, ExtremaOfLargeTensors) {
  const int threads_before = get_num_threads();
  const Tensor x = zeros({500, 400}, kInt32);
  x[123][45].fill_(7);
  x[400][45].fill_(7);
  x[400][46].fill_(7);
  for (int threads : {1, 2, 3}) {
    set_num_threads(threads);
    for (DType dtype : kAllDTypes) {
      const Tensor y = x.to(dtype);
      EXPECT_EQ(max(y).item<int64_t>(), dtype == kBool ? 1 : 7);
      EXPECT_EQ(std::get<1>(max(y, 0))[45].item<int64_t>(), 123);
      EXPECT_EQ(std::get<1>(max(y, 0))[44].item<int64_t>(), 0);
      EXPECT_EQ(std::get<1>(max(y, 1))[400].item<int64_t>(), 45);
      EXPECT_EQ(std::get<1>(max(y.t(), 1))[46].item<int64_t>(), 400);
      if (dtype == kBool) continue;
      EXPECT_EQ(argmax(y).item<int64_t>(), 123 * 400 + 45);
      EXPECT_EQ(argmax(y.t()).item<int64_t>(), 45 * 500 + 123);
    }
    const Tensor with_nan = x.to(kFloat32, true);
    with_nan[300][1].fill_(std::numeric_limits<double>::quiet_NaN());
    with_nan[200][2].fill_(std::numeric_limits<double>::quiet_NaN());
    EXPECT_TRUE(std::isnan(max(with_nan).item<double>()));
    EXPECT_EQ(argmax(with_nan).item<int64_t>(), 200 * 400 + 2);
  }
  set_num_threads(threads_before);
}

TEST(Reduce, SumToSizeReturnsItselfWhereNothingIsToBeSummed) {
  const Tensor x = ones({2, 3});
  EXPECT_TRUE(sum_to_size(x, {2, 3}).is_same(x));
  EXPECT_FALSE(sum_to_size(x, {1, 3}).is_same(x));
}

}  // namespace
}  // namespace cutaway
