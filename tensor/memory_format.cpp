// SPDX-License-Identifier: MIT
#include "memory_format.h"

#include <algorithm>

namespace cutaway::inline v0_1 {

/// Dimensions from innermost to outermost: C, W, H, (D,) N.
static DimVector channels_last_order(int64_t rank) {
  DimVector order = {1};
  for (int64_t d = rank - 1; d > 1; --d) order.push_back(d);
  order.push_back(0);
  return order;
}

bool is_channels_last(IntArrayRef sizes, IntArrayRef strides) {
  if (sizes.size() != 4 && sizes.size() != 5) return false;
  if (strides[1] == 0) return false;  // broadcast along C: as good as any order
  int64_t least = 0;                  // that the next stride can be
  for (const int64_t d : channels_last_order(sizes.size())) {
    if (sizes[d] == 0 || strides[d] < least) return false;
    // (N, 1, 1, W) with equal strides could as well be row-major, and counts as that.
    if (d == 0 && least == strides[1]) return false;
    least = strides[d] * sizes[d];
  }
  return true;
}

DimVector channels_last_strides(IntArrayRef sizes) {
  DimVector strides(sizes.size(), 0);
  int64_t step = 1;
  for (const int64_t d : channels_last_order(sizes.size())) {
    strides[d] = step;
    step *= std::max<int64_t>(sizes[d], 1);
  }
  return strides;
}

}  // namespace cutaway
