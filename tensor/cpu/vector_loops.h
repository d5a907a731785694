// SPDX-License-Identifier: MIT
//
// The inner loops of the decompositions: sums and updates of contiguous vectors, compiled for every
// processor's vector instructions (capability_call.h). Each runs on the calling thread.
//
// PyTorch counterpart: BLAS level 1 (dot, axpy, nrm2, scal), as LAPACK uses it.
#pragma once

#include <cstdint>

#include "../version.h"

namespace cutaway::inline v0_1::cpu {

/// x . y
template <class T>
T dot_product(int64_t n, const T* x, const T* y);
/// y += a * x
template <class T>
void add_scaled(int64_t n, T a, const T* x, T* y);
/// y += a * x + b * z
template <class T>
void add_two_scaled(int64_t n, T a, const T* x, T b, const T* z, T* y);
/// y += a * x; returns x . z. One pass over x for both.
template <class T>
T add_scaled_and_dot(int64_t n, T a, const T* x, T* y, const T* z);
/// x *= a
template <class T>
void scale(int64_t n, T a, T* x);
/// The Euclidean length of x, without overflow or underflow on the way.
template <class T>
T euclidean_norm(int64_t n, const T* x);

}  // namespace cutaway::cpu
