// SPDX-License-Identifier: MIT
//
// The inner loops of the matrix product, one version per kind of processor. They are written once,
// in gemm_micro_kernel.h, and compiled several times, in gemm_kernel.cpp.
#pragma once

#include <cstdint>

#include "gemm.h"

namespace cutaway::inline v0_1::cpu {

/// C = alpha * A @ B + beta * C for a C that fits into registers. The kernel fixes the size of C,
/// rows x columns; A: (rows, k) with any strides, B: (k, columns) with adjacent columns, and C with
/// adjacent columns.
template <class T>
using MicroKernel = void (*)(int64_t k, MatrixView<const T> a, const T* b, int64_t b_row_stride,
                             T alpha, T beta, T* c, int64_t c_row_stride);

/// Everything gemm.cpp needs to know of a processor.
template <class T>
struct GemmKernels {
  static constexpr int kMaxRows = 8;
  static constexpr int kMaxVectors = 3;
  static constexpr int kMaxVectorsOfOneRow = 8;
  /// Enough for the C of any micro-kernel, with 64-byte vectors.
  static constexpr int kMaxNumbersOfC = kMaxRows * kMaxVectors * 64 / int{sizeof(T)};

  int64_t lanes;    ///< numbers in a vector
  int64_t rows;     ///< the best height of a micro-kernel's C, at most kMaxRows
  int64_t vectors;  ///< its best width in vectors, at most kMaxVectors
  /// The micro-kernel for a C of r rows and v vectors of columns is micro[r - 1][v - 1].
  MicroKernel<T> micro[kMaxRows][kMaxVectors];
  /// The same for a C of one row, which has registers for more columns.
  MicroKernel<T> one_row[kMaxVectorsOfOneRow];

  /// out[i] = sum_p a[i, p] * x[p] for i < count <= 4; the rows of A and x are contiguous.
  void (*four_dots)(int64_t k, const T* a, int64_t a_row_stride, int64_t count, const T* x, T* out);
  /// Copies A: (rows, k), whose columns are contiguous, to panels of this->rows rows, one after
  /// the other, each column after column; the last panel has as many rows as are left.
  void (*pack_columns)(int64_t k, int64_t rows, const T* a, int64_t a_col_stride, T* packed);
  /// Copies B: (k, columns), whose columns run through memory (row stride 1), into rows of
  /// `packed_row_stride` numbers, a multiple of `lanes`, and fills them up with zeros.
  void (*pack_transposed)(int64_t k, int64_t columns, const T* b, int64_t b_col_stride, T* packed,
                          int64_t packed_row_stride);
};

/// The kernels for the capability in use.
template <class T>
const GemmKernels<T>& gemm_kernels();

}  // namespace cutaway::cpu
