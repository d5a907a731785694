// SPDX-License-Identifier: MIT
//
// Where the elements of a view lie: pure arithmetic on sizes and strides, which the views' kernels
// and their gradients share (a gradient asks where the view would lie in a dense input).
//
// PyTorch counterpart: the functions in ATen/native/TensorShape.cpp, which do this in place.
#pragma once

#include "shape.h"

namespace cutaway::inline v0_1 {

struct ViewGeometry {
  DimVector sizes, strides;
  int64_t offset = 0;
};

/// The diagonal of the matrices in dimensions dim1 and dim2: these two disappear, and a last one is
/// added. offset > 0 is above the main diagonal, < 0 below; one outside of the matrix is empty.
ViewGeometry diagonal_geometry(IntArrayRef sizes, IntArrayRef strides, int64_t storage_offset,
                               int64_t offset, int64_t dim1, int64_t dim2);
/// How long that diagonal is.
int64_t diagonal_length(int64_t rows, int64_t columns, int64_t offset);

/// All windows of `size` elements along `dim`, `step` apart: dim counts the windows, and a last
/// dimension is added that walks a window. A 0-d shape counts as (1).
ViewGeometry unfold_geometry(IntArrayRef sizes, IntArrayRef strides, int64_t storage_offset,
                             int64_t dim, int64_t size, int64_t step);

/// Lengths of the parts of `length` elements in steps of split_size: the last may be shorter.
std::vector<int64_t> split_lengths(int64_t length, int64_t split_size);

}  // namespace cutaway
