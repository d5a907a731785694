// SPDX-License-Identifier: MIT
//
// Gradients of sorting: each value's goes back to where the value stood.
#include "../tensor/catalogue.h"
#include "../tensor/ops.h"
#include "derivatives.h"
#include "record.h"

namespace cutaway::inline v0_1::autograd::sort_derivatives {
namespace {

/// Zeros of shape `sizes` with grad put where the indices along dim say. Written with index_add on
/// the flattened tensor, so that it has a gradient itself.
Tensor put_along(const Tensor& grad, IntArrayRef sizes, int64_t dim, const Tensor& indices) {
  const int64_t count = numel_of(sizes);
  if (sizes.empty()) return grad.reshape(sizes);
  // Where index 0 along dim lies, for every row.
  const Tensor first = arange(count).view(sizes).slice(dim, 0, 1);
  const Tensor places = first + indices * contiguous_strides(sizes)[dim];
  const Tensor flat = zeros(count, grad.dtype());
  return index_add(flat, 0, places.reshape(-1), grad.reshape(-1)).view(sizes);
}

std::tuple<Tensor, Tensor> record_selection(const char* name, const Tensor& x, int64_t dim,
                                            const std::tuple<Tensor, Tensor>& selected) {
  const auto& [values, indices] = selected;
  Tensor recorded = record({name, "indices"}, {&x}, values,
                           [sizes = x.sizes(), dim, indices = save(indices)](
                               const Node& node, const Tensor& grad) -> Grads {
                             return {put_along(grad, sizes, dim, indices.unpack(node))};
                           });
  return {std::move(recorded), indices};
}

std::tuple<Tensor, Tensor> sort(const Tensor& x, int64_t dim, bool descending) {
  return record_selection("SortBackward0", x, dim, below_autograd(op::sort, x, dim, descending));
}

std::tuple<Tensor, Tensor> topk(const Tensor& x, int64_t k, int64_t dim, bool largest,
                                bool sorted) {
  return record_selection("TopkBackward0", x, dim,
                          below_autograd(op::topk, x, k, dim, largest, sorted));
}

}  // namespace

void install() {
  op::sort.set_kernel(Key::Autograd, sort);
  op::topk.set_kernel(Key::Autograd, topk);
}

}  // namespace cutaway::autograd::sort_derivatives
