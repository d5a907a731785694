// SPDX-License-Identifier: MIT
//
// Matrix products: refusals in PyTorch's words, and products of every rank and layout against the
// definition, written out as a sum. The blocked kernel underneath: gemm_test.cpp.
#include <gtest/gtest.h>

#include <vector>

#include "../../tensor/ops.h"
#include "../expect_error.h"

namespace cutaway {
namespace {

/// C[i][j] = sum over k of A[i][k] B[k][j], in int64: exact.
Tensor by_definition(const Tensor& a, const Tensor& b) {
  const Tensor result = zeros({a.size(0), b.size(1)}, kInt64);
  for (int64_t i = 0; i < a.size(0); ++i) {
    for (int64_t j = 0; j < b.size(1); ++j) {
      for (int64_t k = 0; k < a.size(1); ++k) result[i][j].add_(a[i][k] * b[k][j]);
    }
  }
  return result;
}

Tensor integers(IntArrayRef sizes) {
  static Generator generator(3);
  return randint(-9, 10, sizes, kInt64, &generator);
}

std::vector<Tensor> layouts(int64_t rows, int64_t columns) {
  return {integers({rows, columns}),
          integers({columns, rows}).t(),
          integers({rows, columns * 2}).slice(1, {}, {}, 2),
          integers({rows + 1, columns}).slice(0, 1),
          integers({1, columns}).expand({rows, columns}),
          integers({rows, 1}).expand({rows, columns})};
}

TEST(Matmul, EveryLayoutByDefinition) {
  for (const auto& [m, k, n] :
       std::vector<std::array<int64_t, 3>>{{2, 3, 4}, {1, 5, 1}, {7, 1, 3}}) {
    for (const Tensor& a : layouts(m, k)) {
      for (const Tensor& b : layouts(k, n)) {
        const Tensor expected = by_definition(a, b);
        EXPECT_TRUE(equal(mm(a, b), expected)) << join(a.strides(), " x ", b.strides());
        const Tensor reals = mm(a.to(kFloat32), b.to(kFloat32));  // small integers: exact
        EXPECT_TRUE(equal(reals.to(kInt64), expected)) << join(a.strides(), " x ", b.strides());
        EXPECT_TRUE(equal(addmm(expected, a, b, 2, -1), expected)) << "2E - AB = E";
      }
    }
  }
}

TEST(Matmul, BatchesBroadcast) {
  const Tensor a = integers({2, 1, 2, 3}), b = integers({4, 3, 2});
  const Tensor product = matmul(a, b);
  ASSERT_EQ(product.sizes(), (DimVector{2, 4, 2, 2}));
  for (int64_t i = 0; i < 2; ++i) {
    for (int64_t j = 0; j < 4; ++j) {
      EXPECT_TRUE(equal(product[i][j], by_definition(a[i][0], b[j])));
    }
  }
}

TEST(Matmul, NothingToSumGivesZero) {
  EXPECT_TRUE(equal(mm(zeros({2, 0}), zeros({0, 3})), zeros({2, 3})));
  EXPECT_EQ(mm(zeros({0, 2}), zeros({2, 3})).sizes(), (DimVector{0, 3}));
  EXPECT_TRUE(equal(mv(zeros({2, 0}), zeros({0})), zeros({2})));
  EXPECT_EQ(dot(zeros({0}), zeros({0})).item<float>(), 0);
  EXPECT_TRUE(equal(matmul(zeros({2, 2, 0}), zeros({0, 3})), zeros({2, 2, 3})));
  EXPECT_EQ(bmm(zeros({0, 2, 3}), zeros({0, 3, 4})).sizes(), (DimVector{0, 2, 4}));
  EXPECT_TRUE(equal(addmm(ones({3}), zeros({2, 0}), zeros({0, 3}), 5), full({2, 3}, 5.0)));
}

TEST(Matmul, RefusesInPyTorchsWords) {
  const auto bools = [](IntArrayRef sizes) { return zeros(sizes, kBool); };
  const auto doubles = [](IntArrayRef sizes) { return zeros(sizes, kFloat64); };
  expect_errors("tensor_errors.txt", {
                                         {"mv_shapes",
                                          [] {
                                            mv(zeros({2, 3}), zeros({2}));
                                          }},
                                         {"mv_of_vector", [] { mv(zeros({3}), zeros({3})); }},
                                         {"mv_dtypes",
                                          [&] {
                                            mv(zeros({2, 2}), doubles({2}));
                                          }},
                                         {"mv_bool",
                                          [&] {
                                            mv(bools({2, 2}), bools({2}));
                                          }},
                                         {"dot_dtypes", [&] { dot(zeros({2}), doubles({2})); }},
                                         {"dot_sizes", [] { dot(zeros({2}), zeros({3})); }},
                                         {"dot_bool", [&] { dot(bools({2}), bools({2})); }},
                                         {"mm_bool",
                                          [&] {
                                            mm(bools({2, 2}), bools({2, 2}));
                                          }},
                                         {"mm_long_float",
                                          [] {
                                            mm(zeros({2, 2}, kInt64), zeros({2, 2}));
                                          }},
                                         {"bmm_bool",
                                          [&] {
                                            bmm(bools({1, 2, 2}), bools({1, 2, 2}));
                                          }},
                                         {"matmul_batches",
                                          [] {
                                            matmul(zeros({2, 2, 3}), zeros({3, 3, 2}));
                                          }},
                                         {"matmul_fold_vector",
                                          [] {
                                            matmul(zeros({2, 2, 3}), zeros({2}));
                                          }},
                                         {"matmul_vectors", [] { matmul(zeros({2}), zeros({3})); }},
                                         {"matmul_dtypes",
                                          [&] {
                                            matmul(zeros({2, 2, 3}), doubles({2, 3, 2}));
                                          }},
                                         {"addmm_bias_3d",
                                          [] {
                                            addmm(zeros({1, 2, 2}), zeros({2, 3}), zeros({3, 2}));
                                          }},
                                     });
}

}  // namespace
}  // namespace cutaway
