// SPDX-License-Identifier: MIT
#include "reduced_dims.h"

namespace cutaway::inline v0_1 {

DimVector dims_to_reduce(const Tensor& self, IntArrayRef dims) {
  DimVector wrapped = wrap_dims(dims, self.dim());
  if (self.dim() == 0) return {0};
  if (wrapped.empty()) {
    for (int64_t d = 0; d < self.dim(); ++d) wrapped.push_back(d);
  }
  return wrapped;
}

void check_not_empty(const Tensor& self, int64_t dim, const char* function) {
  check_index(self.dim() == 0 || self.sizes()[dim] != 0, function, ": Expected reduction dim ", dim,
              " to have non-zero size.");
}

}  // namespace cutaway
