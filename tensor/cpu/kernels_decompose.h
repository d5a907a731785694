// SPDX-License-Identifier: MIT
//
// CPU kernels of the catalogue: matrix decompositions and linear systems. Defined in
// linear_solve.cpp and factorize.cpp; what a kernel may rely on: kernels.h. Tensors are batches of
// matrices (*, m, n), float32 or float64. `info` (*), int32, tells of every matrix whether it could
// be factored: 0, or where it failed, as LAPACK does.
#pragma once

#include <string_view>
#include <tuple>

#include "../tensor.h"

namespace cutaway::inline v0_1::cpu {

// linear_solve.cpp
std::tuple<Tensor, Tensor, Tensor> linalg_lu_factor_ex(const Tensor& a, bool pivot,
                                                       bool check_errors);
/// The matrix P of A = P L U, (*, m, m), from LAPACK's pivots (*, k), int32.
Tensor permutation_matrix(const Tensor& pivots, int64_t m, DType dtype);
std::tuple<Tensor, Tensor> linalg_solve_ex(const Tensor& a, const Tensor& b, bool left,
                                           bool check_errors);
std::tuple<Tensor, Tensor> linalg_inv_ex(const Tensor& a, bool check_errors);
Tensor linalg_det(const Tensor& a);
std::tuple<Tensor, Tensor> linalg_slogdet(const Tensor& a);
Tensor linalg_solve_triangular(const Tensor& a, const Tensor& b, bool upper, bool left,
                               bool unitriangular);

// factorize.cpp
std::tuple<Tensor, Tensor> linalg_cholesky_ex(const Tensor& a, bool upper, bool check_errors);
std::tuple<Tensor, Tensor> linalg_qr(const Tensor& a, std::string_view mode);
std::tuple<Tensor, Tensor, Tensor> linalg_svd(const Tensor& a, bool full_matrices, bool compute_uv,
                                              std::optional<std::string_view> driver);
std::tuple<Tensor, Tensor> linalg_eigh(const Tensor& a, std::string_view uplo, bool compute_v);
Tensor linalg_pinv(const Tensor& a, std::optional<double> atol, std::optional<double> rtol,
                   bool hermitian);

}  // namespace cutaway::cpu
