// SPDX-License-Identifier: MIT
#include "linalg_check.h"

#include "operands.h"
#include "ops_pointwise.h"
#include "views.h"

namespace cutaway::inline v0_1 {

void check_matrix(const char* name, const Tensor& a) {
  check(a.dim() >= 2, name, ": The input tensor A must have at least 2 dimensions.");
}

void check_square(const char* name, const Tensor& a) {
  check_matrix(name, a);
  check(a.size(-1) == a.size(-2), name, ": A must be batches of square matrices, but they are ",
        a.size(-2), " by ", a.size(-1), " matrices");
}

void check_float(const char* name, const Tensor& a) {
  check(a.is_floating_point(), name, ": Expected a floating point or complex tensor as input. Got ",
        a.dtype());
}

void check_full_precision(const char* name, const Tensor& a) {
  check_float(name, a);
  check(!is_half(a.dtype()), name, ": Low precision dtypes not supported. Got ", a.dtype());
}

void check_old_system(const char* name, const Tensor& b, const Tensor& a) {
  check(a.dtype() == b.dtype(), "Expected b and A to have the same dtype, but found b of type ",
        b.dtype(), " and A of type ", a.dtype(), " instead.");
  check(a.size(-1) == a.size(-2), "A must be batches of square matrices, but they are ", a.size(-2),
        " by ", a.size(-1), " matrices");
  check(a.size(-1) == b.size(-2), "Incompatible matrix sizes for ", name, ": each A matrix is ",
        a.size(-1), " by ", a.size(-1), " but each b matrix is ", b.size(-2), " by ", b.size(-1));
}

void check_not_bool(const Tensor& a, const Tensor& b, const char* kernel) {
  check_implemented(a.dtype() != kBool || a.numel() == 0 || b.numel() == 0, "\"", kernel,
                    "\" not implemented for 'Bool'");
}

void check_factors_fit(DType dtype, const Scalar& beta, const Scalar& alpha) {
  if (is_floating_point(dtype) || dtype == kBool) return;
  check_fits(beta, dtype);
  check_fits(alpha, dtype);
}

bool lacks_product(const Tensor& self, const Tensor& a, const Tensor& b) {
  return !self.is_floating_point() && (a.numel() == 0 || b.numel() == 0);
}

Tensor without_product(const Tensor& self, IntArrayRef sizes, const Scalar& beta) {
  const Tensor result = zeros(sizes, self.dtype());
  if (result.numel() == 0 || beta.equals(0)) return result;
  return result.copy_(self).mul_(beta);
}

std::optional<int64_t> first_failure(const Tensor& info) {
  for (int64_t i = 0; i < info.numel(); ++i)
    if (info.data<int32_t>()[i] != 0) return i;
  return std::nullopt;
}

std::string batch_element(const Tensor& info, int64_t index) {
  return info.dim() == 0 ? "" : join("(Batch element ", index, "): ");
}

void check_solved(const char* name, const Tensor& info) {
  check_info(name, info, [](int64_t) {
    return std::string("The solver failed because the input matrix is singular.");
  });
}

void check_inverted(const char* name, const Tensor& info) {
  check_info(name, info, [](int64_t where) {
    return join("The diagonal element ", where,
                " is zero, the inversion could not be completed because the input matrix is "
                "singular.");
  });
}

void check_definite(const char* name, const Tensor& info) {
  check_info(name, info, [](int64_t order) {
    return join(
        "The factorization could not be completed because the input is not "
        "positive-definite (the leading minor of order ",
        order, " is not positive-definite).");
  });
}

}  // namespace cutaway
