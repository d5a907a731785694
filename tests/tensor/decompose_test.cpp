// SPDX-License-Identifier: MIT
//
// Decompositions by what defines them: the factors multiply back to the matrix, orthogonal ones are
// orthogonal, the fast versions equal the plain ones. Values against PyTorch's are in the op table
// (tests/op_samples_decompose.cpp), except vectors that are determined up to a sign only.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "../../tensor/cpu/cholesky.h"
#include "../../tensor/cpu/householder.h"
#include "../../tensor/cpu/lu.h"
#include "../../tensor/cpu/triangular.h"
#include "../../tensor/linalg.h"
#include "../expect_error.h"

namespace cutaway {
namespace {

Tensor random(IntArrayRef sizes, DType dtype = kFloat64) {
  static Generator generator(7);
  return randn(sizes, dtype, &generator);
}

/// The Frobenius norm.
double length(const Tensor& x) {
  const Tensor wide = x.to(kFloat64);
  return std::sqrt((wide * wide).sum().item<double>());
}
double distance(const Tensor& a, const Tensor& b) {
  return length(a.to(kFloat64) - b.to(kFloat64));
}

/// |a - b| / (|a| sqrt n epsilon): a small number where both differ by rounding only.
double roundings(const Tensor& a, const Tensor& b) {
  const double epsilon = a.dtype() == kFloat32 ? std::numeric_limits<float>::epsilon()
                                               : std::numeric_limits<double>::epsilon();
  return distance(a, b) / (std::max(length(a), std::numeric_limits<double>::min()) * epsilon *
                           std::sqrt(static_cast<double>(std::max<int64_t>(a.size(-1), 1))));
}

/// How far the columns are from orthonormal, in roundings.
double loss_of_orthogonality(const Tensor& q) {
  const Tensor product = matmul(mT(q), q);
  const Tensor expected =
      eye(product.size(-1), product.size(-1), q.dtype()).expand(product.sizes());
  return roundings(expected, product);
}

// ---- The fast versions equal the plain ones ----

template <class T>
cpu::ColumnMatrix<T> columns(const Tensor& row_major) {  // the transpose, in fact
  return {row_major.data<T>(), row_major.size(1), row_major.size(0), row_major.size(1)};
}

template <class T>
class FastAndPlain : public testing::Test {};
using Types = testing::Types<float, double>;
TYPED_TEST_SUITE(FastAndPlain, Types);

TYPED_TEST(FastAndPlain, LuFactor) {
  using T = TypeParam;
  for (const auto& [m, n] : {std::pair<int64_t, int64_t>(1, 1),
                             {7, 7},
                             {8, 40},
                             {40, 8},
                             {33, 33},
                             {100, 61},
                             {61, 100},
                             {150, 150}}) {
    const Tensor fast = random({n, m}, dtype_of<T>), plain = fast.clone();
    std::vector<int32_t> fast_pivots(static_cast<size_t>(std::min(m, n)));
    std::vector<int32_t> plain_pivots = fast_pivots;
    EXPECT_EQ(cpu::lu_factor(columns<T>(fast), fast_pivots.data()), 0);
    EXPECT_EQ(cpu::lu_factor_reference(columns<T>(plain), plain_pivots.data()), 0);
    EXPECT_EQ(fast_pivots, plain_pivots) << m << "x" << n;
    EXPECT_LT(roundings(plain, fast), 200) << m << "x" << n;
  }
}

TYPED_TEST(FastAndPlain, LuFactorOfSingularMatrices) {
  using T = TypeParam;
  const Tensor fast = random({50, 50}, dtype_of<T>);
  fast.select(0, 20).fill_(0);  // column 20
  const Tensor plain = fast.clone();
  std::vector<int32_t> pivots(50), plain_pivots(50);
  EXPECT_EQ(cpu::lu_factor(columns<T>(fast), pivots.data()), 21);
  EXPECT_EQ(cpu::lu_factor_reference(columns<T>(plain), plain_pivots.data()), 21);
}

TYPED_TEST(FastAndPlain, Cholesky) {
  using T = TypeParam;
  for (const int64_t n : {1, 5, 32, 33, 64, 100, 200}) {
    const Tensor x = random({n, n}, dtype_of<T>);
    const Tensor fast = matmul(x, x.t()) + eye(n, n, x.dtype()) * n, plain = fast.clone();
    EXPECT_EQ(cpu::cholesky_factor(n, columns<T>(fast).view()), 0);
    EXPECT_EQ(cpu::cholesky_factor_reference(n, columns<T>(plain).view()), 0);
    EXPECT_LT(roundings(triu(plain), triu(fast)), 20) << n;
  }
}

TYPED_TEST(FastAndPlain, CholeskyNamesTheMinor) {
  using T = TypeParam;
  const Tensor a = eye(80, 80, dtype_of<T>);
  a.select(0, 70).select(0, 70).fill_(-1);
  const Tensor plain = a.clone();
  EXPECT_EQ(cpu::cholesky_factor(80, columns<T>(a).view()), 71);
  EXPECT_EQ(cpu::cholesky_factor_reference(80, columns<T>(plain).view()), 71);
}

TYPED_TEST(FastAndPlain, Qr) {
  using T = TypeParam;
  for (const auto& [m, n] :
       {std::pair<int64_t, int64_t>(1, 1), {40, 33}, {33, 40}, {100, 100}, {150, 70}}) {
    const Tensor fast = random({n, m}, dtype_of<T>), plain = fast.clone();
    std::vector<T> tau(static_cast<size_t>(std::min(m, n))), plain_tau = tau;
    cpu::qr_factor(columns<T>(fast), tau.data());
    cpu::qr_factor_reference(columns<T>(plain), plain_tau.data());
    EXPECT_LT(roundings(plain, fast), 50) << m << "x" << n;
  }
}

TYPED_TEST(FastAndPlain, TriangularSolve) {
  using T = TypeParam;
  using cpu::Diagonal;
  using cpu::Triangle;
  for (const int64_t n : {1, 31, 33, 130}) {
    // A dominant diagonal keeps unit triangles from growing beyond all numbers.
    const Tensor t =
        random({n, n}, dtype_of<T>) * (1.0 / static_cast<double>(n)) + eye(n, n, dtype_of<T>) * 2;
    const cpu::MatrixView<const T> view = {t.data<T>(), n, 1};
    for (const Triangle triangle : {Triangle::Lower, Triangle::Upper}) {
      for (const Diagonal diagonal : {Diagonal::AsStored, Diagonal::Unit}) {
        for (const int64_t k : {1, 90}) {
          const Tensor fast = random({n, k}, dtype_of<T>), plain = fast.clone();
          cpu::solve_triangular<T>(n, k, view, triangle, diagonal, {fast.data<T>(), k, 1});
          cpu::solve_triangular_reference<T>(n, k, view, triangle, diagonal,
                                             {plain.data<T>(), k, 1});
          EXPECT_LT(roundings(plain, fast), 20) << n << " " << k;
        }
      }
    }
  }
}

// ---- Singular values ----

void expect_svd(const Tensor& a) {
  const int64_t k = std::min(a.size(-2), a.size(-1));
  for (const bool full : {false, true}) {
    const auto [u, s, vh] = linalg::svd(a, full);
    const Tensor uk = u.narrow(-1, 0, k), vk = vh.narrow(-2, 0, k);
    EXPECT_LT(roundings(a, matmul(uk * s.unsqueeze(-2), vk)), 20) << a.sizes()[0];
    EXPECT_LT(loss_of_orthogonality(u), 20);
    EXPECT_LT(loss_of_orthogonality(mT(vh)), 20);
    EXPECT_EQ((s < 0).sum().item<int64_t>(), 0);
    if (k > 1) {
      EXPECT_EQ((s.narrow(-1, 0, k - 1) < s.narrow(-1, 1, k - 1)).sum().item<int64_t>(), 0);
    }
    EXPECT_LE(distance(s, linalg::svdvals(a)), 1e-12 * length(s));
  }
}

TEST(Svd, MultipliesBack) {
  for (const auto& [m, n] : {std::pair<int64_t, int64_t>(1, 1),
                             {1, 5},
                             {5, 1},
                             {2, 2},
                             {3, 2},
                             {10, 7},
                             {7, 10},
                             {60, 60},
                             {100, 30},
                             {30, 100}}) {
    expect_svd(random({m, n}));
    expect_svd(random({m, n}, kFloat32));
    expect_svd(random({3, m, n}));
  }
}

TEST(Svd, OfDifficultMatrices) {
  const Tensor thin = random({20, 3});
  expect_svd(matmul(thin, random({3, 20})));  // rank 3
  expect_svd(ones({12, 12}, kFloat64));       // rank 1
  expect_svd(eye(9, 9, kFloat64));            // all values equal
  expect_svd(random({8, 8}) * 1e150);         // squares near overflow
  expect_svd(random({8, 8}) * 1e-150);        // and underflow
  const Tensor bidiagonal = diag_embed(random({6})) + random({6, 6}) * 0;
  bidiagonal.select(0, 2).select(0, 2).fill_(0);  // a zero on the diagonal of a bidiagonal
  for (int64_t i = 0; i < 5; ++i) bidiagonal.select(0, i).select(0, i + 1).fill_(1);
  expect_svd(bidiagonal);
  bidiagonal.select(0, 5).select(0, 5).fill_(0);
  bidiagonal.select(0, 0).select(0, 0).fill_(0);
  expect_svd(bidiagonal);
  const auto [u, s, vh] = linalg::svd(zeros({4, 3}, kFloat64));
  EXPECT_EQ(length(s), 0);
  EXPECT_LT(loss_of_orthogonality(u), 1);
}

TEST(Svd, RefusesWhatIsNotFinite) {
  const Tensor a = ones({3, 3}, kFloat64);
  a.select(0, 1).fill_(std::numeric_limits<double>::quiet_NaN());
  expect_error<LinAlgError>([&] { linalg::svdvals(a); },
                            "linalg.svd: The algorithm failed to converge because the input matrix "
                            "contained non-finite values.");
}

// ---- Eigenvalues ----

void expect_eigh(const Tensor& a) {
  for (const std::string_view uplo : {"L", "U"}) {
    const auto [values, vectors] = linalg::eigh(a, uplo);
    const Tensor back = matmul(vectors * values.unsqueeze(-2), mT(vectors));
    EXPECT_LT(roundings(a, back), 20) << a.sizes()[0];
    EXPECT_LT(loss_of_orthogonality(vectors), 20);
    const int64_t n = a.size(-1);
    if (n > 1) {
      EXPECT_EQ((values.narrow(-1, 0, n - 1) > values.narrow(-1, 1, n - 1)).sum().item<int64_t>(),
                0);
    }
    EXPECT_LE(distance(values, linalg::eigvalsh(a, uplo)), 1e-12 * length(values));
  }
}

TEST(Eigh, MultipliesBack) {
  for (const int64_t n : {1, 2, 3, 10, 64, 101}) {
    for (const DType dtype : {kFloat32, kFloat64}) {
      const Tensor x = random({2, n, n}, dtype);
      expect_eigh(x + mT(x));
    }
  }
}

TEST(Eigh, OfDifficultMatrices) {
  expect_eigh(eye(9, 9, kFloat64));
  expect_eigh(ones({12, 12}, kFloat64));
  expect_eigh(-matmul(ones({5, 1}, kFloat64), ones({1, 5}, kFloat64)));
  const Tensor x = random({8, 8});
  expect_eigh((x + x.t()) * 1e150);
  expect_eigh((x + x.t()) * 1e-150);
  expect_eigh(diag_embed(arange(7, kFloat64) - 3));
  const Tensor swap = zeros({2, 2}, kFloat64);
  swap.select(0, 0).select(0, 1).fill_(1);
  swap.select(0, 1).select(0, 0).fill_(1);
  expect_eigh(swap);
  EXPECT_EQ(length(linalg::eigvalsh(zeros({4, 4}, kFloat64))), 0);
}

TEST(Eigh, ReadsOneTriangle) {
  const Tensor x = random({6, 6});
  const Tensor lower = tril(x) + mT(tril(x, -1));
  EXPECT_LE(distance(linalg::eigvalsh(x), linalg::eigvalsh(lower)), 1e-12 * length(lower));
  const Tensor upper = triu(x) + mT(triu(x, 1));
  EXPECT_LE(distance(linalg::eigvalsh(x, "U"), linalg::eigvalsh(upper)), 1e-12 * length(upper));
}

TEST(Eigh, OfNanIsNanAsInPyTorch) {
  const Tensor nan = full({2, 2}, std::numeric_limits<double>::quiet_NaN(), kFloat64);
  EXPECT_TRUE(std::isnan(linalg::eigvalsh(nan).select(0, 0).item<double>()));
}

// ---- Systems, larger than the table's ----

TEST(Solve, LeavesASmallResidual) {
  for (const DType dtype : {kFloat32, kFloat64}) {
    const Tensor a = random({3, 90, 90}, dtype), b = random({3, 90, 40}, dtype);
    EXPECT_LT(roundings(b, matmul(a, linalg::solve(a, b))), 5000);
    EXPECT_LT(roundings(mT(b), matmul(linalg::solve(a, mT(b), false), a)), 5000);
    const auto [p, l, u] = linalg::lu(a);
    EXPECT_LT(roundings(a, matmul(p, matmul(l, u))), 20);
    const auto [q, r] = linalg::qr(a);
    EXPECT_LT(roundings(a, matmul(q, r)), 20);
    EXPECT_LT(loss_of_orthogonality(q), 20);
  }
}

TEST(Solve, NamesTheMatrixOfABatch) {
  const Tensor batch = stack({eye(2, 2, kFloat64), zeros({2, 2}, kFloat64)});
  expect_error<LinAlgError>([&] { linalg::inv(batch); },
                            "linalg.inv: (Batch element 1): The diagonal element 1 is zero, the "
                            "inversion could not be completed because the input matrix is "
                            "singular.");
  expect_error<LinAlgError>([&] { linalg::solve(batch, batch); },
                            "torch.linalg.solve: (Batch element 1): The solver failed because the "
                            "input matrix is singular.");
  expect_error<LinAlgError>([&] { linalg::cholesky(batch); },
                            "linalg.cholesky: (Batch element 1): The factorization could not be "
                            "completed because the input is not positive-definite (the leading "
                            "minor of order 1 is not positive-definite).");
}

TEST(Pinv, OfRankDeficientMatricesIsMooreAndPenroses) {
  const Tensor a = matmul(random({6, 2}), random({2, 5}));
  const Tensor p = linalg::pinv(a);
  EXPECT_LT(roundings(a, matmul(a, matmul(p, a))), 200);
  EXPECT_LT(roundings(p, matmul(p, matmul(a, p))), 200);
  EXPECT_EQ(linalg::matrix_rank(a).item<int64_t>(), 2);
}

TEST(Einsum, SpacesDoNotCount) {
  const Tensor a = random({2, 3}), b = random({3, 4});
  EXPECT_TRUE(equal(einsum(" i j, j k -> i k ", {a, b}), einsum("ij,jk->ik", {a, b})));
}

TEST(Einsum, EqualsItsDefinition) {
  const Tensor a = random({2, 3, 4}), b = random({4, 2, 5}), c = random({5, 3});
  // sum over j, k of a_ijk b_kil c_lj, written with broadcast products
  const Tensor expected =
      (a.view({2, 3, 4, 1}) * b.permute({1, 0, 2}).unsqueeze(1) * c.t().view({1, 3, 1, 5}))
          .sum(IntArrayRef{1, 2});
  EXPECT_LT(roundings(expected, einsum("ijk,kil,lj->il", {a, b, c})), 20);
}

}  // namespace
}  // namespace cutaway
