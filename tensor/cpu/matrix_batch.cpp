// SPDX-License-Identifier: MIT
#include "matrix_batch.h"

#include <utility>

#include "kernels.h"

namespace cutaway::inline v0_1::cpu {

DimVector batch_sizes(const Tensor& tensor, int64_t matrix_dims) {
  return DimVector(IntArrayRef(tensor.sizes().begin(), tensor.dim() - matrix_dims));
}

Tensor empty_columns(IntArrayRef batch, int64_t m, int64_t n, DType dtype) {
  DimVector sizes(batch);
  sizes.push_back(n);
  sizes.push_back(m);
  DimVector strides = contiguous_strides(sizes);  // of the transposed matrices
  const int64_t last = sizes.size() - 1;
  std::swap(sizes[last - 1], sizes[last]);
  std::swap(strides[last - 1], strides[last]);
  return cpu::empty_strided(sizes, strides, dtype);
}

Tensor copy_to_columns(const Tensor& tensor) {
  const Tensor result =
      empty_columns(batch_sizes(tensor), tensor.size(-2), tensor.size(-1), tensor.dtype());
  cpu::copy_(result, tensor);
  return result;
}

}  // namespace cutaway::cpu
