// SPDX-License-Identifier: MIT
//
// Matrix product: C = alpha * A @ B + beta * C, with A: (m, k), B: (k, n), C: (m, n).
//
// Matrices are pointers with any row and column stride, counted in elements, so a transposed view
// needs no copy. Promises, as in BLAS and PyTorch:
//   - beta = 0 writes C without reading it, so C may be uninitialised memory.
//   - k = 0 or alpha = 0 leaves C = beta * C, whatever A and B hold.
//   - The result does not depend on the number of threads, to the last bit.
//   - Integers wrap around.
// C must not overlap A or B, and its own elements must not overlap.
//
// float and double take the fast way, in three steps, each in its own file:
//   gemm.cpp               cuts the matrices into blocks that stay in the caches, copies ("packs")
//                          blocks into the order they are read in, and shares them out to threads;
//   gemm_micro_kernel.h    multiplies two thin panels, keeping the result in registers;
//   gemm_kernel.{h,cpp}    compiles the latter for each kind of processor and picks one.
// A thread keeps its packing memory (up to about 8 MB) for the next product.
//
// PyTorch counterpart: at::native::cpublas::gemm (CPUBlas.h). Left out: splitting k over threads.
#pragma once

#include <cstdint>

#include "../version.h"

namespace cutaway::inline v0_1::cpu {

/// A matrix in somebody's memory: element (i, j) is data[i * row_stride + j * col_stride].
template <class T>
struct MatrixView {
  T* data;
  int64_t row_stride;
  int64_t col_stride;

  T* at(int64_t i, int64_t j) const { return data + i * row_stride + j * col_stride; }
  MatrixView from(int64_t i, int64_t j) const { return {at(i, j), row_stride, col_stride}; }
  MatrixView transposed() const { return {data, col_stride, row_stride}; }
};

/// C = alpha * A @ B + beta * C, as fast as we can. T: float, double, and all standard integers.
template <class T>
void gemm(int64_t m, int64_t n, int64_t k, T alpha, MatrixView<const T> a, MatrixView<const T> b,
          T beta, MatrixView<T> c);

/// The same by the definition: three loops. What gemm must equal, up to rounding.
template <class T>
void gemm_reference(int64_t m, int64_t n, int64_t k, T alpha, MatrixView<const T> a,
                    MatrixView<const T> b, T beta, MatrixView<T> c);

}  // namespace cutaway::cpu
