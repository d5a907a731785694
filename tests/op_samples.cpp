// SPDX-License-Identifier: MIT
#include "op_samples.h"

namespace cutaway {

const std::vector<OpSample>& op_samples() {
  static const std::vector<OpSample> all = [] {
    std::vector<OpSample> joined;
    for (const ArrayRef<OpSample> part :
         {activation_samples(), arrange_samples(), binary_samples(),     bitwise_samples(),
          compare_samples(),    create_samples(),  decompose_samples(),  dtype_samples(),
          gather_samples(),     mask_samples(),    pointwise_samples(),  product_samples(),
          random_samples(),     reduce_samples(),  scan_samples(),       sort_samples(),
          special_samples(),    split_samples(),   statistics_samples(), triangle_samples(),
          unary_samples(),      view_samples()}) {
      joined.insert(joined.end(), part.begin(), part.end());
    }
    return joined;
  }();
  return all;
}

}  // namespace cutaway
