// SPDX-License-Identifier: MIT
//
// LU factorization with partial pivoting: P A = L U (Golub & Van Loan, "Matrix Computations",
// 4th ed., section 3.4; LAPACK's getrf), and what follows from it.
//
// Afterwards the matrix holds U on and above the diagonal and L, whose diagonal is ones, below it.
// pivots[i] is LAPACK's: in step i, rows i and pivots[i] - 1 changed places.
#pragma once

#include "column_matrix.h"

namespace cutaway::inline v0_1::cpu {

/// Factors a (m, n) in place; pivots: min(m, n). Returns 0, or the 1-based index of the first zero
/// on U's diagonal: then the matrix is singular, and the factorization is complete all the same.
/// Halves the columns until few are left, so that nearly all the work is done by gemm.
template <class T>
int64_t lu_factor(ColumnMatrix<T> a, int32_t* pivots);

/// The same column by column. What lu_factor must equal, up to rounding.
template <class T>
int64_t lu_factor_reference(ColumnMatrix<T> a, int32_t* pivots);

/// Does to the rows of b what the factorization did to those of a, or undoes it.
template <class T>
void swap_rows(MatrixView<T> b, int64_t columns, const int32_t* pivots, int64_t count);
template <class T>
void unswap_rows(MatrixView<T> b, int64_t columns, const int32_t* pivots, int64_t count);

/// b (n, k) becomes the X of A X = b, or of A^T X = b, for a square A given by its factors.
template <class T>
void lu_solve(ColumnMatrix<T> lu, const int32_t* pivots, int64_t k, MatrixView<T> b);
template <class T>
void lu_solve_transposed(ColumnMatrix<T> lu, const int32_t* pivots, int64_t k, MatrixView<T> b);

}  // namespace cutaway::cpu
