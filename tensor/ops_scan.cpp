// SPDX-License-Identifier: MIT
#include "ops_scan.h"

#include <algorithm>

#include "catalogue.h"
#include "operands.h"
#include "ops.h"

namespace cutaway::inline v0_1 {

/// There is nothing to carry in a tensor that is empty or 0-d, so its dtype may be any.
static void check_carries(const Tensor& self, std::optional<DType> dtype, const char* kernel) {
  check_implemented(dtype != kBool || self.numel() == 0 || self.dim() == 0, "\"", kernel,
                    "\" not implemented for 'Bool'");
}

Tensor cumsum(const Tensor& self, int64_t dim, std::optional<DType> dtype) {
  dim = wrap_dim(dim, self.dim());
  check_carries(self, dtype, "cumsum_out_cpu");
  return op::cumsum(self, dim, dtype);
}

Tensor cumprod(const Tensor& self, int64_t dim, std::optional<DType> dtype) {
  dim = wrap_dim(dim, self.dim());
  check_carries(self, dtype, "cumprod_out_cpu");
  return op::cumprod(self, dim, dtype);
}

static void check_scan_in_place(const Tensor& self, int64_t dim, std::optional<DType> dtype) {
  check_may_write(self);
  wrap_dim(dim, self.dim());  // may throw
  check(!dtype || *dtype == self.dtype(), "Bad in-place call: input tensor dtype ",
        cpp_name_of(self.dtype()), " and output tensor dtype ",
        cpp_name_of(dtype.value_or(self.dtype())), " should match");
}

const Tensor& cumsum_(const Tensor& self, int64_t dim, std::optional<DType> dtype) {
  check_scan_in_place(self, dim, dtype);
  return store(self, cumsum(before_write(self), dim, self.dtype()));
}

const Tensor& cumprod_(const Tensor& self, int64_t dim, std::optional<DType> dtype) {
  check_scan_in_place(self, dim, dtype);
  return store(self, cumprod(before_write(self), dim, self.dtype()));
}

Tensor logcumsumexp(const Tensor& self, int64_t dim) {
  return op::logcumsumexp(self, wrap_dim(dim, self.dim()));
}

/// Of an empty tensor any dim will do.
static int64_t dim_of_extremes(const Tensor& self, int64_t dim, const char* function) {
  if (self.numel() == 0) return 0;
  check_index(self.dim() > 0 || dim == 0 || dim == -1, function,
              ": Expected reduction dim -1 or 0 for scalar but got ", dim);
  return wrap_dim(dim, self.dim());
}

std::tuple<Tensor, Tensor> cummax(const Tensor& self, int64_t dim) {
  return op::cummax(self, dim_of_extremes(self, dim, "cummax()"));
}

std::tuple<Tensor, Tensor> cummin(const Tensor& self, int64_t dim) {
  return op::cummin(self, dim_of_extremes(self, dim, "cummin()"));
}

static void check_joins(const Tensor& self, const std::optional<Tensor>& joined, int64_t dim) {
  if (!joined || !joined->defined()) return;
  dim = wrap_dim(dim, self.dim());
  check(joined->dim() == self.dim(),
        "diff expects prepend or append to be the same dimension as input");
  for (int64_t d = 0; d < self.dim(); ++d) {
    check(d == dim || joined->size(d) == self.size(d),
          "diff expects the shape of tensor to prepend or append to match that of input except "
          "along the differencing dimension; input.size(",
          d, ") = ", self.size(d), ", but got tensor.size(", d, ") = ", joined->size(d));
  }
}

Tensor diff(const Tensor& self, int64_t n, int64_t dim, const std::optional<Tensor>& prepend,
            const std::optional<Tensor>& append) {
  check(self.dim() >= 1, "diff expects input to be at least one-dimensional");
  check(n >= 0, "order must be non-negative but got ", n);
  check_joins(self, prepend, dim);
  check_joins(self, append, dim);
  if (n == 0) return zeros_like(self).copy_(self);  // whatever dim
  dim = wrap_dim(dim, self.dim());
  std::vector<Tensor> parts;
  if (prepend && prepend->defined()) parts.push_back(*prepend);
  parts.push_back(self);
  if (append && append->defined()) parts.push_back(*append);
  Tensor x = parts.size() == 1 ? self : cat(parts, dim);
  for (n = std::min(n, x.size(dim)); n > 0; --n) {
    const int64_t rest = std::max<int64_t>(0, x.size(dim) - 1);
    const Tensor later = x.narrow(dim, x.size(dim) - rest, rest);
    const Tensor earlier = x.narrow(dim, 0, rest);
    x = x.dtype() == kBool ? ne(later, earlier) : later - earlier;
  }
  return x;
}

}  // namespace cutaway
