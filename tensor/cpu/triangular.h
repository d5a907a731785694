// SPDX-License-Identifier: MIT
//
// Triangular systems: T X = B for a lower or upper triangular T, by substitution (Golub & Van Loan,
// "Matrix Computations", 4th ed., section 3.1; LAPACK's trtrs, BLAS' trsm).
//
// Matrices come with any strides, so the other cases are this one seen transposed:
//     T^T X = B  is  solve_triangular with T transposed, and lower for upper;
//     X T = B    is  T^T X^T = B^T.
// Only the triangle named is read; a zero on the diagonal gives infinities, as in PyTorch.
#pragma once

#include "gemm.h"

namespace cutaway::inline v0_1::cpu {

enum class Triangle { Lower, Upper };
enum class Diagonal { AsStored, Unit };  ///< Unit: taken for ones, not read

constexpr Triangle transposed(Triangle t) {
  return t == Triangle::Lower ? Triangle::Upper : Triangle::Lower;
}

/// B (n, k) becomes the X of T X = B; T: (n, n). Halves T until blocks are small, so that nearly
/// all the work is done by gemm.
template <class T>
void solve_triangular(int64_t n, int64_t k, MatrixView<const T> t, Triangle triangle,
                      Diagonal diagonal, MatrixView<T> b);

/// The same by the definition. What solve_triangular must equal, up to rounding.
template <class T>
void solve_triangular_reference(int64_t n, int64_t k, MatrixView<const T> t, Triangle triangle,
                                Diagonal diagonal, MatrixView<T> b);

}  // namespace cutaway::cpu
