// SPDX-License-Identifier: MIT
//
// namespace linalg: the functions of ops_decompose.h and ops_product.h under the names that users
// of torch.linalg know. What they do and refuse is written there.
//
// PyTorch counterpart: torch.linalg.
#pragma once

#include "ops.h"

namespace cutaway::inline v0_1::linalg {

inline Tensor solve(const Tensor& a, const Tensor& b, bool left = true) {
  return linalg_solve(a, b, left);
}
inline Tensor solve_triangular(const Tensor& a, const Tensor& b, bool upper, bool left = true,
                               bool unitriangular = false) {
  return linalg_solve_triangular(a, b, upper, left, unitriangular);
}
inline Tensor inv(const Tensor& a) { return linalg_inv(a); }
inline Tensor det(const Tensor& a) { return linalg_det(a); }
inline std::tuple<Tensor, Tensor> slogdet(const Tensor& a) { return linalg_slogdet(a); }

inline std::tuple<Tensor, Tensor> lu_factor(const Tensor& a) { return linalg_lu_factor(a); }
inline std::tuple<Tensor, Tensor, Tensor> lu(const Tensor& a) { return linalg_lu(a); }
inline Tensor lu_solve(const Tensor& lu, const Tensor& pivots, const Tensor& b, bool left = true,
                       bool adjoint = false) {
  return linalg_lu_solve(lu, pivots, b, left, adjoint);
}
inline Tensor cholesky(const Tensor& a, bool upper = false) { return linalg_cholesky(a, upper); }
inline std::tuple<Tensor, Tensor> qr(const Tensor& a, std::string_view mode = "reduced") {
  return linalg_qr(a, mode);
}
inline std::tuple<Tensor, Tensor, Tensor> svd(const Tensor& a, bool full_matrices = true) {
  return linalg_svd(a, full_matrices);
}
inline Tensor svdvals(const Tensor& a) { return linalg_svdvals(a); }
inline std::tuple<Tensor, Tensor> eigh(const Tensor& a, std::string_view uplo = "L") {
  return linalg_eigh(a, uplo);
}
inline Tensor eigvalsh(const Tensor& a, std::string_view uplo = "L") {
  return linalg_eigvalsh(a, uplo);
}
inline Tensor pinv(const Tensor& a, std::optional<double> atol = {},
                   std::optional<double> rtol = {}, bool hermitian = false) {
  return linalg_pinv(a, atol, rtol, hermitian);
}
inline Tensor matrix_rank(const Tensor& a, std::optional<double> atol = {},
                          std::optional<double> rtol = {}, bool hermitian = false) {
  return linalg_matrix_rank(a, atol, rtol, hermitian);
}
inline std::tuple<Tensor, Tensor, Tensor, Tensor> lstsq(
    const Tensor& a, const Tensor& b, std::optional<double> rcond = {},
    std::optional<std::string_view> driver = {}) {
  return linalg_lstsq(a, b, rcond, driver);
}

inline Tensor matrix_power(const Tensor& a, int64_t n) { return linalg_matrix_power(a, n); }
inline Tensor multi_dot(TensorList tensors) { return linalg_multi_dot(tensors); }
inline Tensor cross(const Tensor& self, const Tensor& other, int64_t dim = -1) {
  return linalg_cross(self, other, dim);
}

}  // namespace cutaway::linalg
