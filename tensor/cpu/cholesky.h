// SPDX-License-Identifier: MIT
//
// Cholesky factorization A = L L^T of a symmetric positive-definite matrix (Golub & Van Loan,
// "Matrix Computations", 4th ed., section 4.2; LAPACK's potrf).
//
// Only the lower triangle is read; it holds L afterwards, and what stands above it is of no use.
// For A = U^T U from the upper triangle, give the transposed view.
#pragma once

#include "gemm.h"

namespace cutaway::inline v0_1::cpu {

/// Factors the lower triangle of a (n, n) in place. Returns 0, or the order of the first leading
/// minor that is not positive-definite (its factor is not finished). Halves the matrix until blocks
/// are small, so that nearly all the work is done by gemm.
template <class T>
int64_t cholesky_factor(int64_t n, MatrixView<T> a);

/// The same by the definition. What cholesky_factor must equal, up to rounding.
template <class T>
int64_t cholesky_factor_reference(int64_t n, MatrixView<T> a);

}  // namespace cutaway::cpu
