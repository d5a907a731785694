// SPDX-License-Identifier: MIT
//
// Batches of matrices: a tensor (*, m, n) whose matrices lie one after the other, each column by
// column. What the kernels of decompositions copy their input to and allocate their results as.
//
// PyTorch counterpart: cloneBatchedColumnMajor and its kin (ATen/native/LinearAlgebraUtils.h).
#pragma once

#include "../parallel.h"
#include "../tensor.h"
#include "column_matrix.h"

namespace cutaway::inline v0_1::cpu {

/// The sizes before the last `matrix_dims` ones.
DimVector batch_sizes(const Tensor& tensor, int64_t matrix_dims = 2);
/// (*, m, n) uninitialised, each matrix column by column.
Tensor empty_columns(IntArrayRef batch, int64_t m, int64_t n, DType dtype);
/// A copy of (*, m, n), each matrix column by column.
Tensor copy_to_columns(const Tensor& tensor);

/// Matrix number `index` of a tensor made by the two functions above.
template <class T>
ColumnMatrix<T> matrix_of(const Tensor& columns, int64_t index) {
  const int64_t m = columns.size(-2), n = columns.size(-1);
  return {columns.data<T>() + index * m * n, m, n, m};
}

/// body(index) for every matrix of a batch; matrices of so many numbers to work on (roughly, its
/// floating-point operations) go to several threads, and what is inside then runs inline.
template <class F>
void for_each_matrix(int64_t count, int64_t work, const F& body) {
  const int64_t grain = work >= 200000 ? 1 : 200000 / (work + 1) + 1;
  // One large matrix after the other, each on all threads, unless there are enough for all.
  if (count < get_num_threads()) {
    for (int64_t index = 0; index < count; ++index) body(index);
    return;
  }
  parallel_for(0, count, grain, [&](int64_t begin, int64_t end) {
    for (int64_t index = begin; index < end; ++index) body(index);
  });
}

}  // namespace cutaway::cpu
