// SPDX-License-Identifier: MIT
//
// Rows of the catalogue: linear systems and matrix decompositions.
#include "catalogue_decompose.h"

#include "boxed.h"
#include "cpu/kernels_decompose.h"
#include "ops_decompose.h"

namespace cutaway::inline v0_1 {
namespace op {

// clang-format off
constinit Op<Tensor(const Tensor&, const Tensor&, bool)> linalg_solve{"linalg_solve(Tensor A, Tensor B, *, bool left=True) -> Tensor", composite(cutaway::linalg_solve)};
constinit Op<std::tuple<Tensor, Tensor>(const Tensor&, const Tensor&, bool, bool)> linalg_solve_ex{"linalg_solve_ex(Tensor A, Tensor B, *, bool left=True, bool check_errors=False) -> (Tensor result, Tensor info)", cutaway::linalg_solve_ex, cpu::linalg_solve_ex};
constinit Op<Tensor(const Tensor&, const Tensor&, bool, bool, bool)> linalg_solve_triangular{"linalg_solve_triangular(Tensor self, Tensor B, *, bool upper, bool left=True, bool unitriangular=False) -> Tensor", cutaway::linalg_solve_triangular, cpu::linalg_solve_triangular};
constinit Op<std::tuple<Tensor, Tensor>(const Tensor&, const Tensor&, bool, bool, bool)> triangular_solve{"triangular_solve(Tensor self, Tensor A, bool upper=True, bool transpose=False, bool unitriangular=False) -> (Tensor solution, Tensor cloned_coefficient)", composite(cutaway::triangular_solve)};
constinit Op<std::tuple<Tensor, Tensor>(const Tensor&, bool)> linalg_inv_ex{"linalg_inv_ex(Tensor A, *, bool check_errors=False) -> (Tensor inverse, Tensor info)", cutaway::linalg_inv_ex, cpu::linalg_inv_ex};
constinit Unary linalg_inv{"linalg_inv(Tensor A) -> Tensor", composite(cutaway::linalg_inv)};
constinit Unary inverse{"inverse(Tensor self) -> Tensor", composite(cutaway::inverse)};
constinit Op<std::tuple<Tensor, Tensor, Tensor>(const Tensor&, bool, bool)> linalg_lu_factor_ex{"linalg_lu_factor_ex(Tensor A, *, bool pivot=True, bool check_errors=False) -> (Tensor LU, Tensor pivots, Tensor info)", cutaway::linalg_lu_factor_ex, cpu::linalg_lu_factor_ex};
constinit Op<std::tuple<Tensor, Tensor>(const Tensor&, bool)> linalg_lu_factor{"linalg_lu_factor(Tensor A, *, bool pivot=True) -> (Tensor LU, Tensor pivots)", composite(cutaway::linalg_lu_factor)};
constinit Op<std::tuple<Tensor, Tensor, Tensor>(const Tensor&, bool)> linalg_lu{"linalg_lu(Tensor A, *, bool pivot=True) -> (Tensor P, Tensor L, Tensor U)", composite(cutaway::linalg_lu)};
constinit Op<std::tuple<Tensor, Tensor, Tensor>(const Tensor&, const Tensor&, bool, bool)> lu_unpack{"lu_unpack(Tensor LU_data, Tensor LU_pivots, bool unpack_data=True, bool unpack_pivots=True) -> (Tensor P, Tensor L, Tensor U)", composite(cutaway::lu_unpack)};
constinit Op<Tensor(const Tensor&, const Tensor&, const Tensor&, bool, bool)> linalg_lu_solve{"linalg_lu_solve(Tensor LU, Tensor pivots, Tensor B, *, bool left=True, bool adjoint=False) -> Tensor", composite(cutaway::linalg_lu_solve)};
constinit Op<Tensor(const Tensor&, const Tensor&, const Tensor&)> lu_solve{"lu_solve(Tensor self, Tensor LU_data, Tensor LU_pivots) -> Tensor", composite(cutaway::lu_solve)};
constinit Unary linalg_det{"linalg_det(Tensor A) -> Tensor", cutaway::linalg_det, cpu::linalg_det};
constinit Unary det{"det(Tensor self) -> Tensor", composite(cutaway::det)};
constinit OneToTwo linalg_slogdet{"linalg_slogdet(Tensor A) -> (Tensor sign, Tensor logabsdet)", cutaway::linalg_slogdet, cpu::linalg_slogdet};
constinit OneToTwo slogdet{"slogdet(Tensor self) -> (Tensor sign, Tensor logabsdet)", composite(cutaway::slogdet)};
constinit Unary logdet{"logdet(Tensor self) -> Tensor", composite(cutaway::logdet)};
constinit Op<Tensor(const Tensor&, bool)> linalg_cholesky{"linalg_cholesky(Tensor self, *, bool upper=False) -> Tensor", composite(cutaway::linalg_cholesky)};
constinit Op<std::tuple<Tensor, Tensor>(const Tensor&, bool, bool)> linalg_cholesky_ex{"linalg_cholesky_ex(Tensor self, *, bool upper=False, bool check_errors=False) -> (Tensor L, Tensor info)", cutaway::linalg_cholesky_ex, cpu::linalg_cholesky_ex};
constinit Op<Tensor(const Tensor&, bool)> cholesky{"cholesky(Tensor self, bool upper=False) -> Tensor", composite(cutaway::cholesky)};
constinit Op<Tensor(const Tensor&, const Tensor&, bool)> cholesky_solve{"cholesky_solve(Tensor self, Tensor input2, bool upper=False) -> Tensor", composite(cutaway::cholesky_solve)};
constinit Op<Tensor(const Tensor&, bool)> cholesky_inverse{"cholesky_inverse(Tensor self, bool upper=False) -> Tensor", composite(cutaway::cholesky_inverse)};
constinit Op<std::tuple<Tensor, Tensor>(const Tensor&, Text)> linalg_qr{"linalg_qr(Tensor A, str mode='reduced') -> (Tensor Q, Tensor R)", cutaway::linalg_qr, cpu::linalg_qr};
constinit Op<std::tuple<Tensor, Tensor>(const Tensor&, bool)> qr{"qr(Tensor self, bool some=True) -> (Tensor Q, Tensor R)", composite(cutaway::qr)};
constinit Op<std::tuple<Tensor, Tensor, Tensor>(const Tensor&, bool, bool, MaybeText)> internal_linalg_svd{"_linalg_svd(Tensor A, bool full_matrices=False, bool compute_uv=True, *, str? driver=None) -> (Tensor U, Tensor S, Tensor Vh)", cutaway::internal_linalg_svd, cpu::linalg_svd};
constinit Op<std::tuple<Tensor, Tensor, Tensor>(const Tensor&, bool, MaybeText)> linalg_svd{"linalg_svd(Tensor A, bool full_matrices=True, *, str? driver=None) -> (Tensor U, Tensor S, Tensor Vh)", composite(cutaway::linalg_svd)};
constinit Op<Tensor(const Tensor&, MaybeText)> linalg_svdvals{"linalg_svdvals(Tensor A, *, str? driver=None) -> Tensor", composite(cutaway::linalg_svdvals)};
constinit Op<std::tuple<Tensor, Tensor, Tensor>(const Tensor&, bool, bool)> svd{"svd(Tensor self, bool some=True, bool compute_uv=True) -> (Tensor U, Tensor S, Tensor V)", composite(cutaway::svd)};
constinit Op<Tensor(const Tensor&, Tolerance, Tolerance, bool)> linalg_pinv{"linalg_pinv.atol_rtol_float(Tensor self, *, float? atol=None, float? rtol=None, bool hermitian=False) -> Tensor", cutaway::linalg_pinv, cpu::linalg_pinv};
constinit Op<Tensor(const Tensor&, double)> pinverse{"pinverse(Tensor self, float rcond=1e-15) -> Tensor", composite(cutaway::pinverse)};
constinit Op<Tensor(const Tensor&, Tolerance, Tolerance, bool)> linalg_matrix_rank{"linalg_matrix_rank.atol_rtol_float(Tensor self, *, float? atol=None, float? rtol=None, bool hermitian=False) -> Tensor", composite(cutaway::linalg_matrix_rank)};
constinit Op<std::tuple<Tensor, Tensor, Tensor, Tensor>(const Tensor&, const Tensor&, Tolerance, MaybeText)> linalg_lstsq{"linalg_lstsq(Tensor self, Tensor b, float? rcond=None, *, str? driver=None) -> (Tensor solution, Tensor residuals, Tensor rank, Tensor singular_values)", composite(cutaway::linalg_lstsq)};
constinit Op<std::tuple<Tensor, Tensor>(const Tensor&, Text, bool)> internal_linalg_eigh{"_linalg_eigh(Tensor A, str UPLO='L', bool compute_v=True) -> (Tensor eigenvalues, Tensor eigenvectors)", cutaway::internal_linalg_eigh, cpu::linalg_eigh};
constinit Op<std::tuple<Tensor, Tensor>(const Tensor&, Text)> linalg_eigh{"linalg_eigh(Tensor self, str UPLO='L') -> (Tensor eigenvalues, Tensor eigenvectors)", composite(cutaway::linalg_eigh)};
constinit Op<Tensor(const Tensor&, Text)> linalg_eigvalsh{"linalg_eigvalsh(Tensor self, str UPLO='L') -> Tensor", composite(cutaway::linalg_eigvalsh)};
// clang-format on

}  // namespace op

ArrayRef<OpBase*> decompose_rows() {
  static constinit OpBase* const rows[] = {
      // clang-format off
    &op::linalg_solve,
    &op::linalg_solve_ex,
    &op::linalg_solve_triangular,
    &op::triangular_solve,
    &op::linalg_inv_ex,
    &op::linalg_inv,
    &op::inverse,
    &op::linalg_lu_factor_ex,
    &op::linalg_lu_factor,
    &op::linalg_lu,
    &op::lu_unpack,
    &op::linalg_lu_solve,
    &op::lu_solve,
    &op::linalg_det,
    &op::det,
    &op::linalg_slogdet,
    &op::slogdet,
    &op::logdet,
    &op::linalg_cholesky,
    &op::linalg_cholesky_ex,
    &op::cholesky,
    &op::cholesky_solve,
    &op::cholesky_inverse,
    &op::linalg_qr,
    &op::qr,
    &op::internal_linalg_svd,
    &op::linalg_svd,
    &op::linalg_svdvals,
    &op::svd,
    &op::linalg_pinv,
    &op::pinverse,
    &op::linalg_matrix_rank,
    &op::linalg_lstsq,
    &op::internal_linalg_eigh,
    &op::linalg_eigh,
    &op::linalg_eigvalsh,
      // clang-format on
  };
  return {rows, static_cast<int64_t>(std::size(rows))};
}

}  // namespace cutaway
