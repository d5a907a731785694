// SPDX-License-Identifier: MIT
#include "matrix_parts.h"

#include <algorithm>

#include "factories.h"
#include "ops.h"

namespace cutaway {
namespace {

/// j - i, int64, (m, n).
Tensor distance_right(int64_t m, int64_t n) {
  return arange(n).unsqueeze(0) - arange(m).unsqueeze(1);
}

}  // namespace

Tensor lower_part(const Tensor& matrix, int64_t diagonal) {
  return where(distance_right(matrix.size(-2), matrix.size(-1)) <= diagonal, matrix, 0);
}

Tensor upper_part(const Tensor& matrix, int64_t diagonal) {
  return where(distance_right(matrix.size(-2), matrix.size(-1)) >= diagonal, matrix, 0);
}

Tensor diagonal_of(const Tensor& matrix) {
  const int64_t m = matrix.size(-2), n = matrix.size(-1);
  const Tensor only = where(distance_right(m, n) == 0, matrix, 0);
  return only.sum(m <= n ? -1 : -2, false, matrix.dtype());
}

Tensor with_diagonal(const Tensor& diagonal) {
  const int64_t n = diagonal.size(-1);
  return where(distance_right(n, n) == 0, diagonal.unsqueeze(-1), 0);
}

Tensor identity(int64_t m, int64_t n, DType dtype) { return (distance_right(m, n) == 0).to(dtype); }

Tensor transposed(const Tensor& matrix) { return matrix.transpose(-2, -1); }

Tensor in_columns(const Tensor& matrix) { return transposed(transposed(matrix).contiguous()); }

}  // namespace cutaway
