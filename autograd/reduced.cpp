// SPDX-License-Identifier: MIT
#include "reduced.h"

namespace cutaway::inline v0_1::autograd {

Tensor Reduced::with_dims(Tensor reduced) const {
  if (keepdim) return reduced;
  for (int64_t dim : dims) reduced = reduced.unsqueeze(std::min(dim, reduced.dim()));
  return reduced.dim() == sizes.size() || dims.empty() ? reduced : reduced.squeeze(0);  // 0-d input
}

int64_t Reduced::count() const {
  if (dims.empty()) return numel_of(sizes);
  int64_t product = 1;
  for (int64_t dim : dims) product *= sizes.empty() ? 1 : sizes[dim];
  return product;
}

Tensor to_chosen(const Tensor& grad, const Tensor& indices, const Reduced& reduced) {
  return scatter(zeros(reduced.sizes, grad.dtype()), reduced.dims[0], reduced.with_dims(indices),
                 reduced.with_dims(grad));
}

Tensor share_evenly(const Tensor& grad, const Tensor& x, const Tensor& extreme,
                    const Reduced& reduced) {
  const Tensor value = x.detach();
  const Tensor wanted = reduced.with_dims(extreme.detach());
  const Tensor mask = where(ne(wanted, wanted), ne(value, value), eq(value, wanted));
  return where(mask, reduced.with_dims(grad) / reduced.sum(mask), 0);
}

Tensor share_by_count(const Tensor& grad, const Tensor& mask, const Reduced& reduced) {
  return grad * mask / reduced.sum(mask);
}

}  // namespace cutaway::autograd
