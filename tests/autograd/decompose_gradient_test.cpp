// SPDX-License-Identifier: MIT
//
// Gradients of decompositions whose factors are determined up to a sign only, through functions
// that do not see the sign: squares of elements, and products of vectors that change it together.
// The others are in the op table.
#include <gtest/gtest.h>

#include <algorithm>

#include "../../autograd/autograd.h"
#include "../../tensor/linalg.h"
#include "../../tensor/ops.h"
#include "../../tensor/ops_decompose.h"
#include "../expect_error.h"

namespace cutaway {
namespace {

using Tensors = std::vector<Tensor>;

Tensor leaf(IntArrayRef sizes, uint64_t seed) {
  Generator generator(seed);
  return randn(sizes, kFloat64, &generator).requires_grad_();
}

void expect_gradients(const autograd::GradcheckFunction& function, const Tensor& x) {
  EXPECT_TRUE(autograd::gradcheck(function, {x}));
  EXPECT_TRUE(autograd::gradgradcheck(function, {x}));
}

TEST(DecomposeGradient, OfSingularVectors) {
  for (const auto& [m, n] : {std::pair<int64_t, int64_t>(3, 3), {4, 2}, {2, 4}}) {
    for (const bool full : {false, true}) {
      const int64_t k = std::min(m, n);
      expect_gradients(
          [k, full](const Tensors& x) -> Tensors {
            const auto [u, s, vh] = linalg_svd(x[0], full);
            const Tensor uk = u.narrow(-1, 0, k), vk = vh.narrow(-2, 0, k);
            const Tensor first = matmul(uk.narrow(-1, 0, 1), vk.narrow(-2, 0, 1));
            return {uk * uk, s, vk * vk, first};
          },
          leaf({m, n}, 11));
    }
  }
  // Batches of tall and of wide matrices, as long as none of their sides.
  for (const auto& [m, n] : {std::pair<int64_t, int64_t>(3, 2), {2, 3}}) {
    expect_gradients(
        [](const Tensors& x) -> Tensors {
          const auto [u, s, v] = svd(x[0]);
          return {matmul(u * s.unsqueeze(-2), mT(v)), u * u, v * v};
        },
        leaf({4, m, n}, 12));
  }
}

// What the caller did not ask for is computed for the gradient, but not shown.
TEST(DecomposeGradient, ShowsNoVectorsWhereTheValuesWereAskedFor) {
  const Tensor x = leaf({3, 2}, 19);
  const auto [u, s, vh] = internal_linalg_svd(x, false, false);
  EXPECT_EQ(u.numel() + vh.numel(), 0);
  EXPECT_TRUE(s.requires_grad());
  const auto [values, vectors] = internal_linalg_eigh(matmul(x, mT(x)), "L", false);
  EXPECT_EQ(vectors.numel(), 0);
  EXPECT_TRUE(values.requires_grad());
}

TEST(DecomposeGradient, OfEigenvectors) {
  for (const std::string_view uplo : {"L", "U"}) {
    expect_gradients(
        [uplo](const Tensors& x) -> Tensors {
          const auto [values, vectors] = linalg_eigh(x[0] + mT(x[0]), uplo);
          return {values, vectors * vectors,
                  matmul(vectors * exp(values).unsqueeze(-2), mT(vectors))};
        },
        leaf({2, 3, 3}, 13));
  }
}

TEST(DecomposeGradient, ThroughCholeskySolve) {
  for (const bool upper : {false, true}) {
    expect_gradients(
        [upper](const Tensors& x) -> Tensors {
          const Tensor a = matmul(x[0], mT(x[0])) + eye(3, 3, kFloat64);
          const Tensor factor = linalg_cholesky(a, upper);
          return {cholesky_solve(x[0], factor, upper), cholesky_inverse(factor, upper)};
        },
        leaf({3, 3}, 14));
  }
}

// At a singular matrix the gradient of det is the adjugate, where no inverse exists.
TEST(DecomposeGradient, OfTheDeterminantOfASingularMatrix) {
  const Tensor thin = leaf({3, 2}, 15).detach(), wide = leaf({2, 3}, 16).detach();
  const Tensor exact = tensor({{1, 2, 3}, {4, 5, 6}, {5, 7, 9}}, kFloat64);  // row 3 = 1 + 2
  const autograd::GradcheckFunction det = [](const Tensors& x) -> Tensors {
    return {linalg_det(x[0])};
  };
  EXPECT_TRUE(autograd::gradcheck(det, {exact.clone().requires_grad_()}));
  EXPECT_TRUE(autograd::gradcheck(det, {matmul(thin, wide).requires_grad_()}));
  EXPECT_TRUE(autograd::gradcheck(det, {zeros({3, 3}, kFloat64).requires_grad_()}));
  // A batch that is not as long as its matrices, some of which are singular (elimination finds it
  // without rounding), with either sign of det U det V.
  const Tensor twice = tensor({{1, 2, 3}, {2, 4, 6}, {1, 0, 1}}, kFloat64);
  const Tensor mirrored = tensor({{2, 4, 6}, {1, 2, 3}, {1, 0, 1}}, kFloat64);
  const Tensor batch = stack({twice, leaf({3, 3}, 18).detach(), mirrored, -twice});
  EXPECT_EQ((linalg_det(batch) == 0).sum().item<int64_t>(), 3);
  EXPECT_TRUE(autograd::gradcheck(det, {batch.view({2, 2, 3, 3}).requires_grad_()}));
}

// Singular vectors have no gradient where singular values are equal; the inverse does not ask.
TEST(DecomposeGradient, OfTheDeterminantAtTheIdentity) {
  expect_gradients([](const Tensors& x) -> Tensors { return {linalg_det(x[0])}; },
                   eye(3, 3, kFloat64).requires_grad_());
}

TEST(DecomposeGradient, IsRefusedWhereQrHasNone) {
  const Tensor x = leaf({3, 2}, 17);
  expect_error<Error>(
      [&] { std::get<0>(linalg_qr(x, "complete")).sum().backward(); },
      "The QR decomposition is not differentiable when mode='complete' and nrows > ncols.");
  const Tensor batch = leaf({4, 3, 2}, 17);
  expect_error<Error>(
      [&] { std::get<0>(linalg_qr(batch, "complete")).sum().backward(); },
      "The QR decomposition is not differentiable when mode='complete' and nrows > ncols.");
  expect_error<Error>([&] { std::get<1>(linalg_qr(x, "r")).sum().backward(); },
                      "The derivative of linalg.qr depends on Q, which is not computed when "
                      "mode='r'. Please use linalg.qr(A, mode='reduced') if you are going to "
                      "differentiate through linalg.qr.");
}

}  // namespace
}  // namespace cutaway
