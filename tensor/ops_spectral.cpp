// SPDX-License-Identifier: MIT
//
// The functions of ops_decompose.h that stand on singular values and eigenvalues.
#include <algorithm>
#include <limits>

#include "catalogue.h"
#include "check.h"
#include "factories.h"
#include "linalg_check.h"
#include "ops.h"
#include "ops_decompose.h"

namespace cutaway::inline v0_1 {

// ---- Singular values ----

std::tuple<Tensor, Tensor, Tensor> internal_linalg_svd(const Tensor& a, bool full_matrices,
                                                       bool compute_uv,
                                                       std::optional<std::string_view> driver) {
  check_matrix("linalg.svd", a);
  check_float("linalg.svd", a);
  check(!driver,
        "torch.linalg.svd: keyword argument `driver=` is only supported on CUDA inputs with "
        "cuSOLVER backend.");
  return op::internal_linalg_svd(a, full_matrices, compute_uv, driver);
}

std::tuple<Tensor, Tensor, Tensor> linalg_svd(const Tensor& a, bool full_matrices,
                                              std::optional<std::string_view> driver) {
  return internal_linalg_svd(a, full_matrices, true, driver);
}

Tensor linalg_svdvals(const Tensor& a, std::optional<std::string_view> driver) {
  return std::get<1>(internal_linalg_svd(a, false, false, driver));
}

std::tuple<Tensor, Tensor, Tensor> svd(const Tensor& self, bool some, bool compute_uv) {
  check(self.dim() >= 2, "linalg.svd: input should have at least 2 dimensions, but has ",
        self.dim(), " dimensions instead");
  auto [u, s, vh] = internal_linalg_svd(self, !some, compute_uv);
  if (compute_uv) return {u, s, mT(vh)};
  // The old function gives zeros in place of what was not computed.
  DimVector sizes = self.sizes();
  const int64_t m = self.size(-2), n = self.size(-1), last = self.dim() - 1;
  sizes[last - 1] = sizes[last] = m;
  const Tensor zero_u = zeros(sizes, self.dtype());
  sizes[last - 1] = sizes[last] = n;
  return {zero_u, s, mT(zeros(sizes, self.dtype()))};
}

Tensor linalg_pinv(const Tensor& self, std::optional<double> atol, std::optional<double> rtol,
                   bool hermitian) {
  check(self.is_floating_point() && !is_half(self.dtype()) && self.dim() >= 2, "linalg.pinv(",
        self.dtype(), "{", self.sizes(),
        "}): expected a tensor with 2 or more dimensions of float, double, cfloat or "
        "cdouble types");
  if (hermitian && self.numel() > 0) check_square("linalg.eigh", self);
  return op::linalg_pinv(self, atol, rtol, hermitian);
}

Tensor pinverse(const Tensor& self, double rcond) { return linalg_pinv(self, 0.0, rcond); }

namespace {

/// Which part of the largest singular value can be told from rounding, as in LAPACK and numpy.
double epsilon_of_size(const Tensor& a) {
  check(a.is_floating_point() && !is_half(a.dtype()),
        "This function doesn't handle types other than float and double");
  const double epsilon = a.dtype() == kFloat32 ? std::numeric_limits<float>::epsilon()
                                               : std::numeric_limits<double>::epsilon();
  return epsilon * static_cast<double>(std::max(a.size(-2), a.size(-1)));
}

}  // namespace

Tensor linalg_matrix_rank(const Tensor& self, std::optional<double> atol,
                          std::optional<double> rtol, bool hermitian) {
  check(self.dim() >= 2,
        "torch.linalg.matrix_rank: The input tensor input must have at least 2 dimensions.");
  const double by_size = rtol ? 0 : epsilon_of_size(self);  // refuses other dtypes
  const double relative = rtol.value_or(atol.value_or(0) > 0 ? 0 : by_size);
  if (self.numel() == 0) return zeros(IntArrayRef(self.sizes().begin(), self.dim() - 2), kInt64);
  const Tensor matrix = self.detach();
  const Tensor s = hermitian ? linalg_eigvalsh(matrix).abs() : linalg_svdvals(matrix);
  const Tensor scaled = s.amax(-1, true) * relative;
  const Tensor least = where(scaled > atol.value_or(0), scaled, atol.value_or(0));
  return (s > least).sum(-1);
}

// Full rank or not, overdetermined or not: the pseudoinverse times B is the shortest minimiser.
std::tuple<Tensor, Tensor, Tensor, Tensor> linalg_lstsq(const Tensor& self, const Tensor& b,
                                                        std::optional<double> rcond,
                                                        std::optional<std::string_view> driver) {
  const char* name = "torch.linalg.lstsq";
  check(self.dim() >= 2, name, ": input must have at least 2 dimensions.");
  check(b.dim() >= 1, name, ": other must have at least 1 dimension.");
  check(self.dtype() == b.dtype(), name,
        ": Expected input and other to have the same dtype, but got input's dtype ", self.dtype(),
        " and other's dtype ", b.dtype());
  check(!driver || *driver == "gels" || *driver == "gelsy" || *driver == "gelsd" ||
            *driver == "gelss",
        name, ": parameter `driver` should be one of (gels, gelsy, gelsd, gelss)");
  const double relative = rcond.value_or(epsilon_of_size(self));
  const bool is_vector =
      b.dim() == self.dim() - 1 && b.sizes() == IntArrayRef(self.sizes().begin(), self.dim() - 1);
  const Tensor right = is_vector ? b.unsqueeze(-1) : b;
  check(right.dim() >= 2, name,
        ": input.dim() must be greater or equal to other.dim() and "
        "(input.dim() - other.dim()) <= 1");
  const int64_t m = self.size(-2), n = self.size(-1);
  check(right.size(-2) == m, name, ": input.size(-2) should match other.size(-2)");
  const bool is_gels = driver == "gels", is_gelsy = driver.value_or("gelsy") == "gelsy";
  const Tensor none = empty(int64_t{0}, self.dtype());
  const Tensor rank = linalg_matrix_rank(self, 0.0, relative);
  // The transpose of the product, transposed, so that a column lies in one piece.
  const Tensor solution =
      transpose_(matmul(mT(right), mT(linalg_pinv(self, 0.0, relative))), -2, -1);
  Tensor residuals = none;
  if (!is_gelsy && m > n && equal(rank, full_like(rank, n))) {
    const Tensor difference = matmul(self, solution) - right;
    residuals = (difference * difference).sum(-2);
  }
  return {is_vector ? squeeze_(solution, -1) : solution, residuals,
          is_gels ? empty(int64_t{0}, kInt64) : rank,
          is_gels || is_gelsy ? none : linalg_svdvals(self.detach())};
}

// ---- Eigenvalues of symmetric matrices ----

std::tuple<Tensor, Tensor> internal_linalg_eigh(const Tensor& a, std::string_view uplo,
                                                bool compute_v) {
  check_square("linalg.eigh", a);
  check(uplo == "L" || uplo == "l" || uplo == "U" || uplo == "u",
        "Expected UPLO argument to be 'L' or 'U', but got ", uplo);
  return op::internal_linalg_eigh(a, uplo, compute_v);
}

std::tuple<Tensor, Tensor> linalg_eigh(const Tensor& self, std::string_view uplo) {
  return internal_linalg_eigh(self, uplo, true);
}

Tensor linalg_eigvalsh(const Tensor& self, std::string_view uplo) {
  return std::get<0>(internal_linalg_eigh(self, uplo, false));
}

}  // namespace cutaway
