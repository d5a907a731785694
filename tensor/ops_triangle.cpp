// SPDX-License-Identifier: MIT
#include "ops_triangle.h"

#include <algorithm>

#include "catalogue.h"
#include "check.h"
#include "factories.h"
#include "loops.h"
#include "operands.h"
#include "ops_copy.h"
#include "ops_index.h"
#include "ops_pointwise.h"
#include "views.h"

namespace cutaway::inline v0_1 {

static void check_matrices(const char* name, const Tensor& self) {
  check(self.dim() >= 2, name, ": input tensor must have at least 2 dimensions");
}
Tensor tril(const Tensor& self, int64_t diagonal) {
  check_matrices("tril", self);
  return op::tril(self, diagonal);
}
Tensor triu(const Tensor& self, int64_t diagonal) {
  check_matrices("triu", self);
  return op::triu(self, diagonal);
}
const Tensor& tril_(const Tensor& self, int64_t diagonal) {
  check_may_write(self);
  check_matrices("tril", self);
  check_no_internal_overlap(self);
  return op::tril_(self, diagonal);
}
const Tensor& triu_(const Tensor& self, int64_t diagonal) {
  check_may_write(self);
  check_matrices("triu", self);
  check_no_internal_overlap(self);
  return op::triu_(self, diagonal);
}

static void check_index_range(const char* name, int64_t row, int64_t col, DType dtype) {
  check(row >= 0, "row must be non-negative, got", row);
  check(col >= 0, "col must be non-negative, got", col);
  check_implemented(dtype == kInt64 || dtype == kInt32, "\"", name, "\" not implemented for '",
                    dtype, "'");
}
Tensor tril_indices(int64_t row, int64_t col, int64_t offset, std::optional<DType> dtype) {
  check_index_range("tril_indices", row, col, dtype.value_or(kInt64));
  return op::tril_indices(row, col, offset, dtype.value_or(kInt64));
}
Tensor triu_indices(int64_t row, int64_t col, int64_t offset, std::optional<DType> dtype) {
  check_index_range("triu_indices", row, col, dtype.value_or(kInt64));
  return op::triu_indices(row, col, offset, dtype.value_or(kInt64));
}

Tensor diag(const Tensor& self, int64_t diagonal) {
  check(self.dim() == 1 || self.dim() == 2, "diag(): Supports 1D or 2D tensors. Got ", self.dim(),
        "D");
  if (self.dim() == 1) return diag_embed(self, diagonal);
  const Tensor elements = cutaway::diagonal(self, diagonal);
  return copy_(empty(elements.sizes(), elements.dtype()), elements);
}

Tensor diag_embed(const Tensor& self, int64_t offset, int64_t dim1, int64_t dim2) {
  const int64_t rank = self.dim() + 1;
  const int64_t rows = wrap_dim(dim1, rank);
  const int64_t columns = wrap_dim(dim2, rank);
  check(rows != columns, "diagonal dimensions cannot be identical ", dim1, ", ", dim2);
  return op::diag_embed(self, offset, rows, columns);
}

Tensor diagflat(const Tensor& self, int64_t offset) { return diag(reshape(self, -1), offset); }

Tensor vander(const Tensor& x, std::optional<int64_t> columns, bool increasing) {
  check(x.dim() == 1, "x must be a one-dimensional tensor.");
  const int64_t count = columns.value_or(x.size(0));
  check(count >= 0, "N must be non-negative.");
  const DType dtype = promote_types(x.dtype(), kInt64);
  if (count == 0) return empty({x.size(0), 0}, dtype);
  const Tensor base = to(x, dtype);
  std::vector<Tensor> powers = {ones_like(base)};
  while (static_cast<int64_t>(powers.size()) < count) powers.push_back(mul(powers.back(), base));
  if (!increasing) std::reverse(powers.begin(), powers.end());
  return stack(powers, 1);
}

}  // namespace cutaway
