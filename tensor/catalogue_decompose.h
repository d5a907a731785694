// SPDX-License-Identifier: MIT
//
// Rows of the catalogue: linear systems and matrix decompositions.
#pragma once

#include <string_view>

#include "catalogue_signatures.h"

namespace cutaway::inline v0_1 {

/// These rows, for all_ops().
ArrayRef<OpBase*> decompose_rows();

namespace op {

using OneToTwo = Op<std::tuple<Tensor, Tensor>(const Tensor&)>;
using Text = std::string_view;
using MaybeText = std::optional<std::string_view>;
using Tolerance = std::optional<double>;

extern Op<Tensor(const Tensor&, const Tensor&, bool)> linalg_solve;
extern Op<std::tuple<Tensor, Tensor>(const Tensor&, const Tensor&, bool, bool)> linalg_solve_ex;
extern Op<Tensor(const Tensor&, const Tensor&, bool, bool, bool)> linalg_solve_triangular;
extern Op<std::tuple<Tensor, Tensor>(const Tensor&, const Tensor&, bool, bool, bool)>
    triangular_solve;
extern Unary linalg_inv, inverse, linalg_det, det, logdet;
extern Op<std::tuple<Tensor, Tensor>(const Tensor&, bool)> linalg_inv_ex, linalg_lu_factor, qr;
extern Op<std::tuple<Tensor, Tensor, Tensor>(const Tensor&, bool, bool)> linalg_lu_factor_ex, svd;
extern Op<std::tuple<Tensor, Tensor, Tensor>(const Tensor&, bool)> linalg_lu;
extern Op<std::tuple<Tensor, Tensor, Tensor>(const Tensor&, const Tensor&, bool, bool)> lu_unpack;
extern Op<Tensor(const Tensor&, const Tensor&, const Tensor&, bool, bool)> linalg_lu_solve;
extern Op<Tensor(const Tensor&, const Tensor&, const Tensor&)> lu_solve;
extern OneToTwo linalg_slogdet, slogdet;
extern Op<Tensor(const Tensor&, bool)> linalg_cholesky, cholesky, cholesky_inverse;
extern Op<std::tuple<Tensor, Tensor>(const Tensor&, bool, bool)> linalg_cholesky_ex;
extern Op<Tensor(const Tensor&, const Tensor&, bool)> cholesky_solve;
extern Op<std::tuple<Tensor, Tensor>(const Tensor&, Text)> linalg_qr, linalg_eigh;
extern Op<std::tuple<Tensor, Tensor, Tensor>(const Tensor&, bool, bool, MaybeText)>
    internal_linalg_svd;
extern Op<std::tuple<Tensor, Tensor, Tensor>(const Tensor&, bool, MaybeText)> linalg_svd;
extern Op<Tensor(const Tensor&, MaybeText)> linalg_svdvals;
extern Op<std::tuple<Tensor, Tensor>(const Tensor&, Text, bool)> internal_linalg_eigh;
extern Op<Tensor(const Tensor&, Text)> linalg_eigvalsh;
extern Op<Tensor(const Tensor&, Tolerance, Tolerance, bool)> linalg_pinv, linalg_matrix_rank;
extern Op<Tensor(const Tensor&, double)> pinverse;
extern Op<std::tuple<Tensor, Tensor, Tensor, Tensor>(const Tensor&, const Tensor&, Tolerance,
                                                     MaybeText)>
    linalg_lstsq;

}  // namespace op
}  // namespace cutaway
