// SPDX-License-Identifier: MIT
#include "../../tensor/cpu/gemm.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "../../tensor/cpu/simd.h"
#include "../../tensor/parallel.h"

namespace cutaway::cpu {
namespace {

/// The ways a matrix can lie in memory. Far means: a page or more between columns.
enum class Layout {
  kRows,
  kColumns,
  kPaddedRows,
  kPaddedColumns,
  kEverySecond,
  kFarColumns,
  kFarEverySecond
};
constexpr Layout kLayouts[] = {Layout::kRows,          Layout::kColumns,     Layout::kPaddedRows,
                               Layout::kPaddedColumns, Layout::kEverySecond, Layout::kFarColumns,
                               Layout::kFarEverySecond};

/// A rows x columns matrix of its own memory, with guards around and between its elements.
template <class T>
class Matrix {
 public:
  Matrix(int64_t rows, int64_t columns, Layout layout, T fill) : rows_(rows), columns_(columns) {
    switch (layout) {
      case Layout::kRows:
        row_stride_ = columns, col_stride_ = 1;
        break;
      case Layout::kColumns:
        row_stride_ = 1, col_stride_ = rows;
        break;
      case Layout::kPaddedRows:
        row_stride_ = columns + 3, col_stride_ = 1;
        break;
      case Layout::kPaddedColumns:
        row_stride_ = 1, col_stride_ = rows + 5;
        break;
      case Layout::kEverySecond:
        row_stride_ = 2 * columns + 1, col_stride_ = 2;
        break;
      case Layout::kFarColumns:
        row_stride_ = 1, col_stride_ = rows + 1100;
        break;
      case Layout::kFarEverySecond:
        row_stride_ = 2, col_stride_ = 2 * rows + 1100;
        break;
    }
    const int64_t span =
        rows == 0 || columns == 0 ? 0 : (rows - 1) * row_stride_ + (columns - 1) * col_stride_ + 1;
    memory_.assign(static_cast<std::size_t>(span), fill);  // exact: ASan sees one too many
  }

  void randomize(std::mt19937& random) {
    for (int64_t i = 0; i < rows_; ++i)
      for (int64_t j = 0; j < columns_; ++j) {
        if constexpr (std::is_integral_v<T>) {
          *view().at(i, j) = static_cast<T>(random());
        } else {
          *view().at(i, j) = static_cast<T>(std::uniform_real_distribution<>(-1, 1)(random));
        }
      }
  }
  MatrixView<T> view() { return {memory_.data(), row_stride_, col_stride_}; }
  MatrixView<const T> view() const { return {memory_.data(), row_stride_, col_stride_}; }
  const std::vector<T>& memory() const { return memory_; }

 private:
  int64_t rows_, columns_;
  int64_t row_stride_ = 0, col_stride_ = 0;
  std::vector<T> memory_;
};

template <class T>
struct Problem {
  int64_t m, n, k;
  Matrix<T> a, b, c;
  T alpha = T(1), beta = T(0);

  Problem(int64_t rows, int64_t columns, int64_t depth, Layout la, Layout lb, Layout lc)
      : m(rows), n(columns), k(depth), a(m, k, la, T(77)), b(k, n, lb, T(77)), c(m, n, lc, T(77)) {
    std::mt19937 random(static_cast<unsigned>(m * 1009 + n * 31 + k));
    a.randomize(random);
    b.randomize(random);
    c.randomize(random);
  }

  std::vector<T> fast() const {
    Matrix<T> out = c;
    gemm<T>(m, n, k, alpha, std::as_const(a).view(), std::as_const(b).view(), beta, out.view());
    return out.memory();
  }
  std::vector<T> reference() const {
    Matrix<T> out = c;
    gemm_reference<T>(m, n, k, alpha, a.view(), b.view(), beta, out.view());
    return out.memory();
  }

  /// Compares all of C's memory, the gaps between its elements too. The two sums differ by their
  /// order. Each of the k additions rounds a partial sum of about sqrt(k), by epsilon at most and
  /// as often up as down, which makes sqrt(k) * sqrt(k) * epsilon in all.
  void expect_equal() const {
    const std::vector<T> got = fast();
    const std::vector<T> want = reference();
    const double tolerance =
        static_cast<double>(k + 4) * static_cast<double>(std::numeric_limits<T>::epsilon());
    ASSERT_EQ(got.size(), want.size());
    for (std::size_t i = 0; i < got.size(); ++i) {
      ASSERT_NEAR(static_cast<double>(got[i]), static_cast<double>(want[i]), tolerance)
          << m << " x " << k << " @ " << k << " x " << n << ", element " << i << " of memory, "
          << to_string(get_cpu_capability());
    }
  }
};

std::vector<CpuCapability> capabilities() {
  const CpuCapability before = get_cpu_capability();
  std::vector<CpuCapability> all;
  for (auto c : {CpuCapability::kDefault, CpuCapability::kAvx2, CpuCapability::kAvx512})
    if (set_cpu_capability(c) == c) all.push_back(c);
  set_cpu_capability(before);
  return all;
}

/// Runs each test once per capability of this processor.
class Gemm : public testing::TestWithParam<CpuCapability> {
 protected:
  void SetUp() override { ASSERT_EQ(set_cpu_capability(GetParam()), GetParam()); }
  void TearDown() override {
    set_cpu_capability(before_);
    set_num_threads(threads_before_);
  }

 private:
  CpuCapability before_ = get_cpu_capability();
  int threads_before_ = get_num_threads();
};
INSTANTIATE_TEST_SUITE_P(Capability, Gemm, testing::ValuesIn(capabilities()),
                         [](const auto& p) { return std::string(to_string(p.param)); });

TEST_P(Gemm, AllLayouts) {
  for (Layout a : kLayouts)
    for (Layout b : kLayouts)
      for (Layout c : kLayouts)
        for (int64_t m : {1, 5, 37}) {
          Problem<float>(m, 50, 33, a, b, c).expect_equal();
          Problem<double>(50, m, 33, a, b, c).expect_equal();
        }
}

TEST_P(Gemm, SizesAroundTileBorders) {
  constexpr int64_t kSizes[] = {1, 2, 3, 4, 5, 7, 8, 9, 12, 15, 16, 17, 23, 24, 25, 31, 32, 33, 40};
  for (int64_t m : kSizes)
    for (int64_t n : kSizes)
      for (int64_t k : {1, 2, 3, 16, 17, 40}) {
        Problem<float>(m, n, k, Layout::kRows, Layout::kRows, Layout::kRows).expect_equal();
        Problem<double>(m, n, k, Layout::kColumns, Layout::kColumns, Layout::kRows).expect_equal();
      }
}

TEST_P(Gemm, SizesAcrossBlockBorders) {
  // Depth blocks are 384, tiles at most 128 x 768, strips 4096 columns.
  for (int64_t k : {383, 384, 385, 768, 1000}) {
    Problem<float>(9, 35, k, Layout::kRows, Layout::kColumns, Layout::kRows).expect_equal();
    Problem<double>(40, 49, k, Layout::kColumns, Layout::kRows, Layout::kRows).expect_equal();
    Problem<float>(1, 200, k, Layout::kRows, Layout::kRows, Layout::kRows).expect_equal();
  }
  Problem<float>(301, 1601, 20, Layout::kRows, Layout::kRows, Layout::kRows).expect_equal();
  Problem<float>(33, 4200, 10, Layout::kColumns, Layout::kRows, Layout::kRows).expect_equal();
  Problem<float>(6, 4200, 10, Layout::kRows, Layout::kRows, Layout::kRows).expect_equal();
  Problem<double>(150, 170, 400, Layout::kRows, Layout::kColumns, Layout::kRows).expect_equal();
}

TEST_P(Gemm, AlphaAndBeta) {
  for (double alpha : {1.0, -0.5, 0.0})
    for (double beta : {0.0, 1.0, 0.25})
      for (int64_t m : {1, 33})
        for (int64_t k : {0, 7, 800}) {
          Problem<double> problem(m, 29, k, Layout::kRows, Layout::kRows, Layout::kRows);
          problem.alpha = alpha;
          problem.beta = beta;
          problem.expect_equal();
        }
}

TEST_P(Gemm, EmptyDimensions) {
  for (int64_t m : {0, 3})
    for (int64_t n : {0, 3})
      for (int64_t k : {0, 3}) {
        Problem<float> problem(m, n, k, Layout::kRows, Layout::kRows, Layout::kRows);
        problem.beta = 0.5F;
        problem.expect_equal();
      }
  // k = 0 and beta = 0: zeros, as torch.empty(2, 0) @ torch.empty(0, 2).
  float c[4] = {NAN, NAN, NAN, NAN};
  gemm<float>(2, 2, 0, 1, {nullptr, 0, 1}, {nullptr, 2, 1}, 0, {c, 2, 1});
  for (float x : c) EXPECT_EQ(x, 0.0F);
}

TEST_P(Gemm, BetaZeroDoesNotReadC) {
  for (int64_t m : {1, 3, 40})
    for (int64_t n : {1, 10, 48, 96})
      for (Layout layout : kLayouts) {
        Problem<float> problem(m, n, 500, Layout::kRows, Layout::kRows, layout);
        const std::vector<float> want = problem.fast();
        problem.c = Matrix<float>(m, n, layout, NAN);
        Matrix<float> out = problem.c;
        gemm<float>(m, n, 500, 1, std::as_const(problem.a).view(), std::as_const(problem.b).view(),
                    0, out.view());
        for (int64_t i = 0; i < m; ++i)
          for (int64_t j = 0; j < n; ++j) ASSERT_FALSE(std::isnan(*out.view().at(i, j)));
      }
}

TEST_P(Gemm, NanAndInfinityComeThrough) {
  for (int64_t n : {1, 10, 48}) {
    Problem<float> problem(9, n, 20, Layout::kRows, Layout::kRows, Layout::kRows);
    *problem.a.view().at(4, 3) = NAN;
    *problem.a.view().at(8, 19) = INFINITY;
    const std::vector<float> c = problem.fast();
    for (int64_t i = 0; i < 9; ++i)
      for (int64_t j = 0; j < n; ++j) {
        const float x = c[static_cast<std::size_t>(i * n + j)];
        EXPECT_EQ(std::isnan(x), i == 4) << i << ", " << j;
        EXPECT_EQ(std::isinf(x), i == 8) << i << ", " << j;
      }
  }
}

TEST_P(Gemm, AlphaZeroIgnoresNan) {  // as torch.addmm(c, a, b, alpha=0)
  Problem<float> problem(3, 3, 3, Layout::kRows, Layout::kRows, Layout::kRows);
  *problem.a.view().at(1, 1) = NAN;
  problem.alpha = 0;
  problem.beta = 1;
  EXPECT_EQ(problem.fast(), problem.c.memory());
}

TEST_P(Gemm, ExpandedOperands) {  // strides of zero, as Tensor.expand makes them
  const float row[4] = {1, 2, 3, 4};
  const float two = 2;
  float c[12] = {};
  gemm<float>(3, 4, 5, 1, {&two, 0, 0}, {row, 0, 1}, 0, {c, 4, 1});
  for (std::size_t i = 0; i < 12; ++i) EXPECT_EQ(c[i], 10.0F * row[i % 4]);
}

TEST_P(Gemm, ThreadsDoNotChangeABit) {
  struct Shape {
    int64_t m, n, k;
  };
  for (const Shape& s : {Shape{64, 256, 784}, Shape{256, 784, 64}, Shape{200, 300, 900},
                         Shape{1, 3000, 700}, Shape{3000, 1, 700}, Shape{10, 2000, 500}}) {
    for (Layout b : {Layout::kRows, Layout::kColumns}) {
      const Problem<float> problem(s.m, s.n, s.k, Layout::kRows, b, Layout::kRows);
      set_num_threads(1);
      const std::vector<float> one = problem.fast();
      for (int threads : {2, 5}) {
        set_num_threads(threads);
        const std::vector<float> many = problem.fast();
        EXPECT_EQ(std::memcmp(one.data(), many.data(), one.size() * sizeof(float)), 0)
            << s.m << " x " << s.k << " @ " << s.k << " x " << s.n << ", threads " << threads;
      }
    }
  }
}

template <class T>
class GemmOfIntegers : public testing::Test {};
using Integers = testing::Types<int8_t, uint8_t, int16_t, int32_t, int64_t>;
TYPED_TEST_SUITE(GemmOfIntegers, Integers);

TYPED_TEST(GemmOfIntegers, WrapAround) {
  Problem<TypeParam> problem(5, 6, 7, Layout::kRows, Layout::kColumns, Layout::kRows);
  problem.alpha = TypeParam(3);
  problem.beta = TypeParam(2);
  const std::vector<TypeParam> got = problem.fast();
  for (int64_t i = 0; i < 5; ++i)
    for (int64_t j = 0; j < 6; ++j) {
      uint64_t sum = 0;
      for (int64_t p = 0; p < 7; ++p)
        sum += static_cast<uint64_t>(*problem.a.view().at(i, p)) *
               static_cast<uint64_t>(*problem.b.view().at(p, j));
      const uint64_t want = 3 * sum + 2 * static_cast<uint64_t>(*problem.c.view().at(i, j));
      EXPECT_EQ(got[static_cast<std::size_t>(i * 6 + j)], static_cast<TypeParam>(want));
    }
}

TEST(GemmReference, ByHand) {
  // [1 2; 3 4] @ [5 6; 7 8] = [19 22; 43 50]; times 2, plus 10 * identity.
  const double a[] = {1, 2, 3, 4}, b[] = {5, 6, 7, 8};
  double c[] = {1, 0, 0, 1};
  gemm_reference<double>(2, 2, 2, 2, {a, 2, 1}, {b, 2, 1}, 10, {c, 2, 1});
  const double want[] = {48, 44, 86, 110};
  for (std::size_t i = 0; i < 4; ++i) EXPECT_EQ(c[i], want[i]);
}

TEST(CpuCapability, NamesAndCap) {
  EXPECT_EQ(to_string(CpuCapability::kDefault), "DEFAULT");
  EXPECT_EQ(to_string(CpuCapability::kAvx2), "AVX2");
  EXPECT_EQ(to_string(CpuCapability::kAvx512), "AVX512");
  const CpuCapability before = get_cpu_capability();
  EXPECT_EQ(set_cpu_capability(CpuCapability::kDefault), CpuCapability::kDefault);
  EXPECT_EQ(get_cpu_capability(), CpuCapability::kDefault);
  set_cpu_capability(before);
}

}  // namespace
}  // namespace cutaway::cpu
