// SPDX-License-Identifier: MIT
#include "ops_sort.h"

#include <algorithm>

#include "catalogue.h"
#include "check.h"
#include "factories.h"

namespace cutaway::inline v0_1 {

std::tuple<Tensor, Tensor> sort(const Tensor& self, int64_t dim, bool descending) {
  return op::sort(self, wrap_dim(dim, self.dim()), descending);
}
Tensor argsort(const Tensor& self, int64_t dim, bool descending) {
  return std::get<1>(sort(self, dim, descending));
}
Tensor msort(const Tensor& self) { return std::get<0>(sort(self, 0)); }

std::tuple<Tensor, Tensor> topk(const Tensor& self, int64_t k, int64_t dim, bool largest,
                                bool sorted) {
  dim = wrap_dim(dim, self.dim());
  check(0 <= k && k <= (self.dim() == 0 ? 1 : self.sizes()[dim]), "selected index k out of range");
  check(self.dtype() != kBool, "topk does not support bool dtypes on CPU");
  return op::topk(self, k, dim, largest, sorted);
}

/// Whether slices along dim can be compared at all.
static void check_slices(const Tensor& self, int64_t dim) {
  const int64_t empty_dims = std::count(self.sizes().begin(), self.sizes().end(), 0);
  if (self.sizes()[dim] == 0) {
    check(empty_dims == 1,
          "Number of zero sized dimensions is more than one, so unique cannot be applied ");
  } else {
    check(empty_dims == 0,
          "There are 0 sized dimensions, and they aren't selected, so unique cannot be applied");
  }
}
static int64_t wrap_slice_dim(const Tensor& self, int64_t dim) {
  check_index(self.dim() > 0, "Dimension specified as ", dim, " but tensor has no dimensions");
  dim = wrap_dim(dim, self.dim());
  check_slices(self, dim);
  return dim;
}

std::tuple<Tensor, Tensor, Tensor> unique(const Tensor& self, bool sorted, bool return_inverse,
                                          bool return_counts, std::optional<int64_t> dim) {
  if (!dim) return op::unique(self, sorted, return_inverse, return_counts);
  auto [values, inverse, counts] = unique_dim(self, *dim, sorted, true, true);
  return {values, return_inverse ? inverse : empty(0, kInt64),
          return_counts ? counts : empty(0, kInt64)};
}

std::tuple<Tensor, Tensor, Tensor> unique_dim(const Tensor& self, int64_t dim, bool sorted,
                                              bool return_inverse, bool return_counts) {
  return op::unique_dim(self, wrap_slice_dim(self, dim), sorted, return_inverse, return_counts);
}

std::tuple<Tensor, Tensor, Tensor> unique_consecutive(const Tensor& self, bool return_inverse,
                                                      bool return_counts,
                                                      std::optional<int64_t> dim) {
  if (dim) dim = wrap_slice_dim(self, *dim);
  return op::unique_consecutive(self, return_inverse, return_counts, dim);
}

}  // namespace cutaway
