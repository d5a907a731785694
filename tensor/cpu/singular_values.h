// SPDX-License-Identifier: MIT
//
// Singular value decomposition A = U diag(s) V^T in two steps: reflections from both sides make A
// bidiagonal, then the implicit QR algorithm makes it diagonal (Golub & Van Loan, "Matrix
// Computations", 4th ed., sections 5.4.8 and 8.6; LAPACK's gebrd and bdsqr).
//
// Singular values are not negative and descend. A pair (u, v) is determined up to a common sign;
// PyTorch (LAPACK's gesdd, divide and conquer) may return others.
#pragma once

#include "column_matrix.h"

namespace cutaway::inline v0_1::cpu {

/// a: (m, n) with m >= n, destroyed. values: n. u: (m, c) with n <= c <= m, its columns from n on
/// completing a basis; v: (n, n). Both with null data if not wanted. Returns 0, or how many values
/// were not found (never seen for finite input).
template <class T>
int64_t singular_values(ColumnMatrix<T> a, T* values, ColumnMatrix<T> u, ColumnMatrix<T> v);

}  // namespace cutaway::cpu
