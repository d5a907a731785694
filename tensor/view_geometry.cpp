// SPDX-License-Identifier: MIT
#include "view_geometry.h"

#include <algorithm>

#include "checked_math.h"

namespace cutaway::inline v0_1 {

int64_t diagonal_length(int64_t rows, int64_t columns, int64_t offset) {
  const int64_t length =
      offset >= 0 ? std::min(rows, columns - offset) : std::min(rows + offset, columns);
  return std::max<int64_t>(length, 0);
}

ViewGeometry diagonal_geometry(IntArrayRef sizes, IntArrayRef strides, int64_t storage_offset,
                               int64_t offset, int64_t dim1, int64_t dim2) {
  const int64_t length = diagonal_length(sizes[dim1], sizes[dim2], offset);
  ViewGeometry view{DimVector(sizes), DimVector(strides), storage_offset};
  if (length > 0) {
    view.offset += offset >= 0 ? offset * strides[dim2] : -offset * strides[dim1];
  }
  for (const int64_t gone : {std::max(dim1, dim2), std::min(dim1, dim2)}) {
    view.sizes.erase(gone);
    view.strides.erase(gone);
  }
  view.sizes.push_back(length);
  view.strides.push_back(strides[dim1] + strides[dim2]);
  return view;
}

ViewGeometry unfold_geometry(IntArrayRef sizes, IntArrayRef strides, int64_t storage_offset,
                             int64_t dim, int64_t size, int64_t step) {
  ViewGeometry view{DimVector(sizes), DimVector(strides), storage_offset};
  view.sizes.push_back(size);
  view.strides.push_back(sizes.empty() ? 1 : strides[dim]);
  if (sizes.empty()) return view;
  view.sizes[dim] = (sizes[dim] - size) / step + 1;
  // If it overflows, there is only one window, and the stride is not used.
  view.strides[dim] = checked_mul(strides[dim], step).value_or(strides[dim]);
  return view;
}

std::vector<int64_t> split_lengths(int64_t length, int64_t split_size) {
  std::vector<int64_t> lengths;
  int64_t rest = length;
  do {
    lengths.push_back(std::min(split_size, rest));
    rest -= lengths.back();
  } while (rest > 0);
  return lengths;
}

}  // namespace cutaway
