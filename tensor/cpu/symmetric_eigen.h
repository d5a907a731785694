// SPDX-License-Identifier: MIT
//
// Eigenvalues and eigenvectors of a symmetric matrix, A = Q diag(d) Q^T, in two steps: reflections
// make A tridiagonal, then the implicit QR algorithm with Wilkinson's shift makes it diagonal
// (Golub & Van Loan, "Matrix Computations", 4th ed., section 8.3; LAPACK's sytrd and steqr).
//
// Eigenvalues ascend. An eigenvector is determined up to its sign, and eigenvectors of one
// eigenvalue up to a rotation among them; PyTorch (LAPACK's syevd, divide and conquer) may return
// others.
#pragma once

#include "column_matrix.h"

namespace cutaway::inline v0_1::cpu {

/// The lower triangle of a (n, n) is read; a is destroyed. values: n; vectors: (n, n), or with null
/// data if not wanted. Returns 0, or how many eigenvalues were not found (never seen for finite
/// input).
template <class T>
int64_t symmetric_eigen(ColumnMatrix<T> a, T* values, ColumnMatrix<T> vectors);

}  // namespace cutaway::cpu
