// SPDX-License-Identifier: MIT
//
// Householder reflections and QR factorization: A = Q R (Golub & Van Loan, "Matrix Computations",
// 4th ed., sections 5.1 and 5.2; LAPACK's larfg, geqrf, orgqr).
//
// A reflection is H = I - tau v v^T with v[0] = 1, which is not stored. Signs are LAPACK's: H turns
// x into (-sign(x[0]) |x|, 0, 0, ...), and is the identity where the rest of x is zero already. So
// Q and R have the signs that PyTorch's have.
//
// Note [Many reflections at once]
// The product H_1 H_2 ... H_b equals I - V T V^T, where the columns of V are the v and T is a small
// upper triangle (Schreiber & Van Loan, "A storage-efficient WY representation for products of
// Householder transformations", 1989). Applying it is three matrix products instead of b passes
// over the matrix.
#pragma once

#include "column_matrix.h"

namespace cutaway::inline v0_1::cpu {

/// x (n) becomes (beta, v[1], v[2], ...); returns tau.
template <class T>
T make_reflection(int64_t n, T* x);

/// a = H a, column by column; v[0] is taken for 1, whatever stands there.
template <class T>
void reflect(T tau, const T* v, ColumnMatrix<T> a);

/// Factors a (m, n) in place: R on and above the diagonal, the v of H_1 H_2 ... below it. tau:
/// min(m, n).
template <class T>
void qr_factor(ColumnMatrix<T> a, T* tau);

/// The same one reflection at a time. What qr_factor must equal, up to rounding.
template <class T>
void qr_factor_reference(ColumnMatrix<T> a, T* tau);

/// q (m, n) becomes the first n columns of H_1 H_2 ... H_count, whose v stand below the diagonal of
/// `v`: (m, at least count columns). n <= m. q must not overlap v.
template <class T>
void form_q(ColumnMatrix<T> v, const T* tau, int64_t count, ColumnMatrix<T> q);

}  // namespace cutaway::cpu
