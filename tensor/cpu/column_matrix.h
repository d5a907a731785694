// SPDX-License-Identifier: MIT
//
// ColumnMatrix: a matrix in memory column by column, as LAPACK and PyTorch's decompositions keep
// theirs: element (i, j) is data[i + j * stride]. Decompositions work in place on such a matrix,
// because their innermost loops run down a column.
//
// PyTorch counterpart: the (pointer, leading dimension) pairs of
// ATen/native/BatchLinearAlgebra.cpp.
#pragma once

#include <cstdint>

#include "gemm.h"

namespace cutaway::inline v0_1::cpu {

template <class T>
struct ColumnMatrix {
  T* data;
  int64_t rows;
  int64_t columns;
  int64_t stride;  ///< from one column to the next, in elements; at least `rows`

  T& operator()(int64_t i, int64_t j) const { return data[i + j * stride]; }
  T* column(int64_t j) const { return data + j * stride; }
  /// The block of `height` x `width` whose first element is (i, j).
  ColumnMatrix block(int64_t i, int64_t j, int64_t height, int64_t width) const {
    return {data + i + j * stride, height, width, stride};
  }
  /// Everything from (i, j) on.
  ColumnMatrix from(int64_t i, int64_t j) const { return block(i, j, rows - i, columns - j); }

  // For gemm.
  MatrixView<T> view() const { return {data, 1, stride}; }
  MatrixView<const T> input() const { return {data, 1, stride}; }
};

}  // namespace cutaway::cpu
