// SPDX-License-Identifier: MIT
//
// Linear systems and matrix decompositions. Every function takes a matrix (m, n) or a batch of them
// (*, m, n), float32 or float64, and has a gradient unless it says otherwise. namespace linalg
// (linalg.h) offers those that PyTorch has in torch.linalg under their names there.
//
// Errors about numbers rather than shapes are LinAlgErrors and name the matrix: "linalg.inv: (Batch
// element 1): The diagonal element 1 is zero, ...". Functions ending in _ex return `info` (*),
// int32, instead: 0, or where the matrix failed.
//
// PyTorch counterpart: torch.linalg; ATen/native/BatchLinearAlgebra.cpp, LinearAlgebra.cpp. Left
// out: complex numbers, general eigenvalues (eig), ldl, householder_product, matrix_exp.
#pragma once

#include <optional>
#include <string_view>
#include <tuple>

#include "tensor.h"

namespace cutaway::inline v0_1 {

// ---- Systems of equations ----

/// X of A X = B, or of X A = B (left = false). A: (*, n, n); B: (*, n, k), (*, k, n), or a vector
/// (*, n) with one dimension less than A (then left must be true). Batches broadcast. Throws
/// "torch.linalg.solve: The solver failed because the input matrix is singular."
Tensor linalg_solve(const Tensor& a, const Tensor& b, bool left = true);
std::tuple<Tensor, Tensor> linalg_solve_ex(const Tensor& a, const Tensor& b, bool left = true,
                                           bool check_errors = false);
/// X of A X = B (or X A = B) for a triangular A: the other triangle, and with unitriangular the
/// diagonal, are not read. A zero on the diagonal gives infinities.
Tensor linalg_solve_triangular(const Tensor& self, const Tensor& b, bool upper, bool left = true,
                               bool unitriangular = false);
/// The older form: returns X of A X = self (A^T X = self with transpose), and a copy of A.
std::tuple<Tensor, Tensor> triangular_solve(const Tensor& self, const Tensor& a, bool upper = true,
                                            bool transpose = false, bool unitriangular = false);
/// The inverse. Throws "linalg.inv: The diagonal element 2 is zero, the inversion could not be
/// completed because the input matrix is singular."
Tensor linalg_inv(const Tensor& a);
std::tuple<Tensor, Tensor> linalg_inv_ex(const Tensor& a, bool check_errors = false);
Tensor inverse(const Tensor& self);

// ---- LU ----

/// L and U of A = P L U in one matrix, and LAPACK's pivots (*, min(m, n)), int32, from 1. Throws
/// for a singular matrix. pivot = false is not served.
std::tuple<Tensor, Tensor> linalg_lu_factor(const Tensor& a, bool pivot = true);
std::tuple<Tensor, Tensor, Tensor> linalg_lu_factor_ex(const Tensor& a, bool pivot = true,
                                                       bool check_errors = false);
/// (P, L, U) with A = P L U: (*, m, m), (*, m, k), (*, k, n). Singular matrices have one, too.
std::tuple<Tensor, Tensor, Tensor> linalg_lu(const Tensor& a, bool pivot = true);
/// (P, L, U) from what lu_factor returned. What is not asked for comes back empty.
std::tuple<Tensor, Tensor, Tensor> lu_unpack(const Tensor& lu, const Tensor& pivots,
                                             bool unpack_data = true, bool unpack_pivots = true);
/// X of A X = B (X A = B; A^T for A with adjoint), A given by lu_factor's results.
Tensor linalg_lu_solve(const Tensor& lu, const Tensor& pivots, const Tensor& b, bool left = true,
                       bool adjoint = false);
Tensor lu_solve(const Tensor& self, const Tensor& lu, const Tensor& pivots);

/// Determinant, (*, n, n) -> (*); that of an empty matrix is 1.
Tensor linalg_det(const Tensor& a);
Tensor det(const Tensor& self);
/// (sign, log |det|): for determinants beyond the range of numbers. Singular: (0, -inf).
std::tuple<Tensor, Tensor> linalg_slogdet(const Tensor& a);
std::tuple<Tensor, Tensor> slogdet(const Tensor& self);
/// log det; NaN where the determinant is negative.
Tensor logdet(const Tensor& self);

// ---- Cholesky ----

/// The lower triangle L with A = L L^T (upper: U with A = U^T U) of a symmetric positive-definite
/// matrix, of which one triangle is read. Throws "linalg.cholesky: The factorization could not be
/// completed because the input is not positive-definite (the leading minor of order 2 is not
/// positive-definite)."
Tensor linalg_cholesky(const Tensor& self, bool upper = false);
std::tuple<Tensor, Tensor> linalg_cholesky_ex(const Tensor& self, bool upper = false,
                                              bool check_errors = false);
Tensor cholesky(const Tensor& self, bool upper = false);
/// X of A X = self, and A^-1, given the Cholesky factor of A. Only the factor's triangle gets a
/// gradient (PyTorch's formula gives the other one numbers, too, although it is not read).
Tensor cholesky_solve(const Tensor& self, const Tensor& factor, bool upper = false);
Tensor cholesky_inverse(const Tensor& self, bool upper = false);

// ---- QR ----

/// A = Q R with orthonormal columns in Q and upper triangular R, signs as LAPACK's. mode "reduced":
/// (*, m, k), (*, k, n) with k = min(m, n); "complete": (*, m, m), (*, m, n); "r": R alone.
std::tuple<Tensor, Tensor> linalg_qr(const Tensor& a, std::string_view mode = "reduced");
std::tuple<Tensor, Tensor> qr(const Tensor& self, bool some = true);

// ---- Singular values ----

/// A = U diag(S) Vh, S descending: (*, m, m), (*, k), (*, n, n), or (*, m, k), (*, k), (*, k, n)
/// without full_matrices. A pair of singular vectors may have the opposite sign of PyTorch's. No
/// gradient through vectors of equal singular values, as in PyTorch. driver must be absent.
std::tuple<Tensor, Tensor, Tensor> linalg_svd(const Tensor& a, bool full_matrices = true,
                                              std::optional<std::string_view> driver = {});
Tensor linalg_svdvals(const Tensor& a, std::optional<std::string_view> driver = {});
/// The older form: V instead of Vh; `some` leaves out what full_matrices adds.
std::tuple<Tensor, Tensor, Tensor> svd(const Tensor& self, bool some = true,
                                       bool compute_uv = true);
/// The row behind these; without compute_uv, U and Vh are empty.
std::tuple<Tensor, Tensor, Tensor> internal_linalg_svd(const Tensor& a, bool full_matrices = false,
                                                       bool compute_uv = true,
                                                       std::optional<std::string_view> driver = {});

/// Pseudoinverse (*, m, n) -> (*, n, m). Singular values up to max(atol, rtol * largest) count as
/// zero; rtol is max(m, n) * epsilon unless one of them is given.
Tensor linalg_pinv(const Tensor& self, std::optional<double> atol = {},
                   std::optional<double> rtol = {}, bool hermitian = false);
Tensor pinverse(const Tensor& self, double rcond = 1e-15);
/// How many singular values are larger than that. int64; no gradient.
Tensor linalg_matrix_rank(const Tensor& self, std::optional<double> atol = {},
                          std::optional<double> rtol = {}, bool hermitian = false);
/// X that minimises |A X - B|, the shortest one where several do; (solution, residuals, rank,
/// singular values). What of the last three is not empty is as PyTorch's drivers have it: gelsy,
/// the default, gives the rank; gels residuals; gelsd and gelss all three; residuals only if m > n
/// and all ranks are full. All drivers do the same here: they go through the pseudoinverse.
std::tuple<Tensor, Tensor, Tensor, Tensor> linalg_lstsq(
    const Tensor& self, const Tensor& b, std::optional<double> rcond = {},
    std::optional<std::string_view> driver = {});

// ---- Eigenvalues of symmetric matrices ----

/// A = V diag(L) V^T, L ascending; one triangle is read, the upper one if uplo is "U". Eigenvectors
/// may have the opposite sign of PyTorch's.
std::tuple<Tensor, Tensor> linalg_eigh(const Tensor& self, std::string_view uplo = "L");
Tensor linalg_eigvalsh(const Tensor& self, std::string_view uplo = "L");
/// The row behind these; without compute_v, V is empty.
std::tuple<Tensor, Tensor> internal_linalg_eigh(const Tensor& a, std::string_view uplo = "L",
                                                bool compute_v = true);

}  // namespace cutaway
