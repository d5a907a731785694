// SPDX-License-Identifier: MIT
//
// How gradients lie in memory, where that costs: the gradient of a matrix has the matrix's own
// strides, so that the weight of a linear layer, which is multiplied transposed, gets one that is
// contiguous (as PyTorch's); the gradient of a view takes no more memory than what it is a view of.
#include <gtest/gtest.h>

#include <array>

#include "../../autograd/autograd.h"
#include "../../tensor/ops.h"

namespace cutaway {
namespace {

/// A matrix of these sizes, row by row or column by column.
Tensor matrix(int64_t rows, int64_t columns, bool column_major) {
  const Tensor x = column_major ? randn({columns, rows}).t() : randn({rows, columns});
  return x.detach().requires_grad_();
}

TEST(LayoutGradient, OfAMatrixIsTheMatrixs) {
  for (const auto& [m, k, n] : {std::array<int64_t, 3>{3, 4, 2}, {1, 4, 2}, {3, 1, 2}, {3, 4, 1}}) {
    for (const bool a_columns : {false, true}) {
      for (const bool b_columns : {false, true}) {
        const Tensor a = matrix(m, k, a_columns), b = matrix(k, n, b_columns);
        for (const Tensor& product : {mm(a, b), addmm(zeros({m, n}), a, b)}) {
          const std::vector<Tensor> grads = autograd::grad({product}, {a, b}, {randn({m, n})});
          EXPECT_EQ(grads[0].strides(), a.strides()) << m << k << n << a_columns << b_columns;
          EXPECT_EQ(grads[1].strides(), b.strides()) << m << k << n << a_columns << b_columns;
        }
      }
    }
  }
  // Columns with gaps between them are not the layout of a whole matrix.
  const Tensor gaps = zeros({2, 4}).t().narrow(0, 0, 3).detach().requires_grad_();
  EXPECT_EQ(autograd::grad({mm(gaps, ones({2, 2}))}, {gaps}, {ones({3, 2})})[0].strides(),
            (DimVector{2, 1}));
}

TEST(LayoutGradient, OfAViewTakesTheMemoryOfTheBase) {
  const auto bytes = [](const Tensor& y, const Tensor& x) {
    return autograd::grad({y}, {x}, {ones_like(y)})[0].storage()->nbytes();
  };
  const Tensor x = zeros({3, 4}, kFloat64).requires_grad_();
  EXPECT_EQ(bytes(x.as_strided({3, 4}, {4, 1}, 0), x), 12 * sizeof(double));
  EXPECT_EQ(bytes(x.as_strided({2, 2}, {4, 2}, 1), x), 12 * sizeof(double));
  EXPECT_EQ(bytes(x.as_strided({0}, {1}, 12), x), 12 * sizeof(double));
  EXPECT_EQ(bytes(x.as_strided({1, 12}, {1, 1}, 0), x), 12 * sizeof(double));
  const Tensor thin = zeros({1, 4}, kFloat64).requires_grad_();
  EXPECT_EQ(bytes(thin.as_strided({2}, {1}, 0), thin), 4 * sizeof(double));
  // One that begins two elements before what it is a view of, and one that ends two behind it.
  const Tensor row = zeros({2, 4}, kFloat64)[1].detach().requires_grad_();
  EXPECT_EQ(bytes(row.as_strided({4}, {1}, 2), row), 6 * sizeof(double));
  const Tensor first = zeros({2, 4}, kFloat64)[0].detach().requires_grad_();
  EXPECT_EQ(bytes(first.as_strided({4}, {1}, 2), first), 6 * sizeof(double));
}

}  // namespace
}  // namespace cutaway
