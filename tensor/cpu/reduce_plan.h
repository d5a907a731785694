// SPDX-License-Identifier: MIT
//
// ReducePlan: how a reduction walks its input. Dimensions are of two kinds, kept and reduced. The
// plan reorders and merges those of each kind, so that a kernel sees few of them, whatever the
// shape:
//
//     for every outer kept index and every block of columns            (in parallel)
//       for every reduced index                                        (in order)
//         accumulator[column] += x[outer + reduced + column * column_stride]
//
// `columns` is the kept dimension with the smallest step through memory. Where that step is smaller
// than the one of the innermost reduced dimension, a kernel goes along columns first (the sum of a
// matrix over dim 0 adds row to row), else along the reduced dimension (the sum over dim 1 adds up
// one row after the other).
//
// PyTorch counterpart: make_reduction and parallel_reduce of TensorIterator
// (TensorIteratorReduce.cpp).
#pragma once

#include "../tensor.h"

namespace cutaway::inline v0_1::cpu {

struct ReducePlan {
  /// dims: wrapped, each named once; none means all. Strides count elements.
  ReducePlan(const Tensor& self, IntArrayRef dims);

  // Kept: columns, and the outer dimensions in row-major order. A result element lies at
  // outer index . outer_result_strides + column * column_result_stride.
  int64_t columns = 1;
  int64_t column_stride = 0;
  int64_t column_result_stride = 0;
  DimVector outer_sizes, outer_strides, outer_result_strides;
  int64_t outer_count = 1;

  // Reduced: at least one dimension, the innermost (smallest step) first.
  DimVector sizes, strides;
  int64_t reduced_count = 1;  // elements that make one result

  bool along_columns = false;  // which of the two has the smaller steps

  // Work is cut into units, each a block of columns of one outer index, and where these are few
  // also a piece of the outermost reduced dimension. The cut depends on the shape alone.
  static constexpr int64_t kMaxBlock = 512;
  int64_t block = 1;        // columns in a unit
  int64_t block_count = 1;  // blocks that make all columns
  int64_t piece = 1;        // indices of the outermost reduced dimension in a unit
  int64_t piece_count = 1;
  int64_t result_count() const { return outer_count * columns; }

  /// One unit: which part of the input it reads, and which results it is about.
  struct Unit {
    int64_t offset;           // of its first element, in the input
    int64_t columns;          // at most kMaxBlock
    int64_t result_offset;    // of its first result
    int64_t result_index;     // of its first result, counted outer by outer, column by column
    int64_t piece;            // its number
    int64_t first_reduced;    // where the piece begins, an index of the outermost reduced dimension
    DimVector reduced_sizes;  // `sizes`, with the piece's length for the outermost
  };
  int64_t unit_count() const { return piece_count * outer_count * block_count; }
  Unit unit(int64_t number) const;
  /// Units worth handing to a thread.
  int64_t grain() const;
};

/// Sizes of the result: reduced dimensions are 1 (keepdim) or gone.
DimVector reduced_sizes(const Tensor& self, IntArrayRef dims, bool keepdim);

}  // namespace cutaway::cpu
