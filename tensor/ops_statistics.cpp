// SPDX-License-Identifier: MIT
#include "ops_statistics.h"

#include <cmath>

#include "catalogue.h"
#include "ops.h"
#include "reduced_dims.h"

namespace cutaway::inline v0_1 {
namespace {

void check_floating(const Tensor& self, const char* function) {
  check(self.is_floating_point(), function, " only support floating point and complex dtypes");
}

}  // namespace

// ---- Moments ----

/// None where none were named: PyTorch's gradient is then another where no degree of freedom is
/// left.
static DimVector named_dims(const Tensor& self, IntArrayRef dims) {
  return dims.empty() ? DimVector() : dims_to_reduce(self, dims);
}

Tensor var(const Tensor& self, IntArrayRef dims, const std::optional<Scalar>& correction,
           bool keepdim) {
  check_floating(self, "std and var");
  return op::var(self, named_dims(self, dims), correction, keepdim);
}

Tensor std(const Tensor& self, IntArrayRef dims, const std::optional<Scalar>& correction,
           bool keepdim) {
  check_floating(self, "std and var");
  return op::std(self, named_dims(self, dims), correction, keepdim);
}

std::tuple<Tensor, Tensor> var_mean(const Tensor& self, IntArrayRef dims,
                                    const std::optional<Scalar>& correction, bool keepdim) {
  check_floating(self, "var_mean");
  return op::var_mean(self, named_dims(self, dims), correction, keepdim);
}

std::tuple<Tensor, Tensor> std_mean(const Tensor& self, IntArrayRef dims,
                                    const std::optional<Scalar>& correction, bool keepdim) {
  check_floating(self, "std_mean");
  return op::std_mean(self, named_dims(self, dims), correction, keepdim);
}

static Scalar correction_of(bool unbiased) { return unbiased ? 1 : 0; }

Tensor var_unbiased(const Tensor& self, bool unbiased) {
  return var(self, {}, correction_of(unbiased));
}
Tensor var_unbiased_dim(const Tensor& self, IntArrayRef dims, bool unbiased, bool keepdim) {
  return var(self, dims, correction_of(unbiased), keepdim);
}
Tensor std_unbiased(const Tensor& self, bool unbiased) {
  return std(self, {}, correction_of(unbiased));
}
Tensor std_unbiased_dim(const Tensor& self, IntArrayRef dims, bool unbiased, bool keepdim) {
  return std(self, dims, correction_of(unbiased), keepdim);
}
std::tuple<Tensor, Tensor> var_mean_unbiased(const Tensor& self, bool unbiased) {
  return var_mean(self, {}, correction_of(unbiased));
}
std::tuple<Tensor, Tensor> var_mean_unbiased_dim(const Tensor& self, IntArrayRef dims,
                                                 bool unbiased, bool keepdim) {
  return var_mean(self, dims, correction_of(unbiased), keepdim);
}
std::tuple<Tensor, Tensor> std_mean_unbiased(const Tensor& self, bool unbiased) {
  return std_mean(self, {}, correction_of(unbiased));
}
std::tuple<Tensor, Tensor> std_mean_unbiased_dim(const Tensor& self, IntArrayRef dims,
                                                 bool unbiased, bool keepdim) {
  return std_mean(self, dims, correction_of(unbiased), keepdim);
}

// ---- Norms ----

/// The norms of order below 0 and inf are extremes, which nothing does not have.
static void check_has_norm(const Tensor& self, const Scalar& ord, IntArrayRef dims) {
  const double p = ord.to<double>();
  if (self.numel() > 0 || (p >= 0 && !std::isinf(p))) return;
  check(!dims.empty(), "linalg.vector_norm cannot compute the ", ord,
        " norm on an empty tensor because the operation does not have an identity");
  for (int64_t dim : dims) {
    check(self.size(dim) != 0, "linalg.vector_norm cannot compute the ", ord,
          " norm on the dimension ", dim,
          "because this dimension is empty and the operation does not have an identity");
  }
}

Tensor linalg_vector_norm(const Tensor& self, const Scalar& ord, IntArrayRef dims, bool keepdim,
                          std::optional<DType> dtype) {
  check(self.is_floating_point(),
        "linalg.vector_norm: Expected a floating point or complex tensor as input. Got ",
        self.dtype());
  check_has_norm(self, ord, dims);
  if (dtype) {
    check(is_floating_point(*dtype),
          "linalg.vector_norm: dtype should be floating point or complex, but got ", *dtype);
    check(promote_types(self.dtype(), *dtype) == *dtype,
          "linalg.vector_norm: the dtype of the input (", self.dtype(),
          ") should be convertible without narrowing to the specified dtype (", *dtype, ")");
  }
  const DimVector wrapped = dims_to_reduce(self, dims);
  return op::linalg_vector_norm(self, ord, wrapped, keepdim, dtype);
}

Tensor norm(const Tensor& self, const Scalar& p) { return linalg_vector_norm(self, p); }
Tensor norm(const Tensor& self, const std::optional<Scalar>& p, IntArrayRef dims, bool keepdim) {
  return linalg_vector_norm(self, p.value_or(2), dims, keepdim);
}
Tensor norm(const Tensor& self, const std::optional<Scalar>& p, DType dtype) {
  return linalg_vector_norm(self, p.value_or(2), {}, false, dtype);
}
Tensor norm(const Tensor& self, const std::optional<Scalar>& p, IntArrayRef dims, bool keepdim,
            DType dtype) {
  return linalg_vector_norm(self, p.value_or(2), dims, keepdim, dtype);
}

Tensor dist(const Tensor& self, const Tensor& other, const Scalar& p) {
  const Tensor difference = sub(self, other);
  check(difference.is_floating_point(),
        "norm(): input dtype should be either floating point or complex. Got ", difference.dtype(),
        " instead.");
  return norm(difference, p);
}

Tensor logsumexp(const Tensor& self, IntArrayRef dims, bool keepdim) {
  const Tensor x = self.is_floating_point() ? self : self.to(get_default_dtype());
  return op::logsumexp(x, dims_to_reduce(self, dims), keepdim);
}

// ---- Order statistics ----

static void check_orders(const Tensor& self, const char* kernel) {
  check_implemented(self.dtype() != kBool, "\"", kernel, "\" not implemented for 'Bool'");
}

Tensor median(const Tensor& self) {
  if (self.numel() > 0) check_orders(self, "median_cpu");
  return op::median(self);
}

Tensor nanmedian(const Tensor& self) {
  if (self.numel() > 0) check_orders(self, "median_cpu");
  return op::nanmedian(self);
}

std::tuple<Tensor, Tensor> median(const Tensor& self, int64_t dim, bool keepdim) {
  dim = wrap_dim(dim, self.dim());
  check_not_empty(self, dim, "median()");
  check_orders(self, "median_out");
  return op::median_dim(self, dim, keepdim);
}

std::tuple<Tensor, Tensor> nanmedian(const Tensor& self, int64_t dim, bool keepdim) {
  dim = wrap_dim(dim, self.dim());
  check_not_empty(self, dim, "median()");
  check_orders(self, "median_out");
  return op::nanmedian_dim(self, dim, keepdim);
}

std::tuple<Tensor, Tensor> kthvalue(const Tensor& self, int64_t k, int64_t dim, bool keepdim) {
  dim = wrap_dim(dim, self.dim());
  check_not_empty(self, dim, "kthvalue()");
  check(k >= 1 && k <= (self.dim() == 0 ? 1 : self.size(dim)),
        "kthvalue(): selected number k out of range for dimension ", dim);
  check_orders(self, "kthvalue_cpu");
  return op::kthvalue(self, k, dim, keepdim);
}

std::tuple<Tensor, Tensor> mode(const Tensor& self, int64_t dim, bool keepdim) {
  dim = wrap_dim(dim, self.dim());
  check_not_empty(self, dim, "mode()");
  return op::mode(self, dim, keepdim);
}

}  // namespace cutaway
