// SPDX-License-Identifier: MIT
//
// Gradients of the reductions: the gradient of one result goes to all the elements it came from.
#include <algorithm>

#include "../tensor/catalogue.h"
#include "../tensor/ops.h"
#include "derivatives.h"
#include "record.h"

namespace cutaway::autograd {
namespace {

/// What was reduced (no dims: everything): enough to bring a gradient back to the shape of the
/// input.
struct Reduced {
  Reduced(const Tensor& input, IntArrayRef reduced_dims, bool keeps)
      : sizes(input.sizes()), dims(reduced_dims), keepdim(keeps) {
    std::sort(dims.begin(), dims.end());
  }
  /// A reduced tensor with the reduced dimensions put back, with size 1.
  Tensor with_dims(Tensor reduced) const {
    if (keepdim) return reduced;
    for (int64_t dim : dims) reduced = reduced.unsqueeze(std::min(dim, reduced.dim()));
    return reduced.dim() == sizes.size() ? reduced : reduced.squeeze(0);  // a 0-d input
  }
  /// How many elements became one.
  int64_t count() const {
    if (dims.empty()) return numel_of(sizes);
    int64_t product = 1;
    for (int64_t dim : dims) product *= sizes.empty() ? 1 : sizes[dim];
    return product;
  }
  DimVector sizes;
  DimVector dims;
  bool keepdim;
};

Tensor sum(const Tensor& x, IntArrayRef dims, bool keepdim, std::optional<DType> dtype) {
  return record(dims.empty() ? "SumBackward0" : "SumBackward1", {&x},
                below_autograd(op::sum, x, dims, keepdim, dtype),
                [reduced = Reduced(x, dims, keepdim)](const Node&, const Tensor& grad) -> Grads {
                  return {reduced.with_dims(grad).expand(reduced.sizes)};
                });
}

Tensor mean(const Tensor& x, IntArrayRef dims, bool keepdim, std::optional<DType> dtype) {
  return record(dims.empty() ? "MeanBackward0" : "MeanBackward1", {&x},
                below_autograd(op::mean, x, dims, keepdim, dtype),
                [reduced = Reduced(x, dims, keepdim)](const Node&, const Tensor& grad) -> Grads {
                  return {reduced.with_dims(grad).expand(reduced.sizes) / reduced.count()};
                });
}

// All elements that equal the maximum share its gradient evenly.
Tensor max(const Tensor& x) {
  const Tensor result = below_autograd(op::max, x);
  return record(
      "MaxBackward1", {&x}, result,
      [x = save(x), result = save_output(result)](const Node& node, const Tensor& grad) -> Grads {
        const Tensor value = x.unpack(node);
        const Tensor largest = result.unpack(node);
        // NaN is the maximum where there is one, and equals nothing, itself included.
        const Tensor mask = largest.detach().ne(largest.detach()).item<bool>()
                                ? value.detach().ne(value.detach())
                                : value.detach().eq(largest.detach());
        return {where(mask, grad / mask.sum(), 0)};
      });
}

// The gradient goes to where the maximum stood.
std::tuple<Tensor, Tensor> max_dim(const Tensor& x, int64_t dim, bool keepdim) {
  const auto [values, indices] = below_autograd(op::max_dim, x, dim, keepdim);
  Tensor recorded = record(
      "MaxBackward0", {&x}, values,
      [indices = save(indices), reduced = Reduced(x, dim, keepdim)](const Node& node,
                                                                    const Tensor& grad) -> Grads {
        if (reduced.sizes.empty()) return {grad};
        const int64_t along = reduced.dims[0];
        DimVector shape(reduced.sizes.size(), 1);  // 0, 1, 2, ... laid along the reduced dimension
        shape[along] = reduced.sizes[along];
        const Tensor here = arange(reduced.sizes[along]).view(shape);
        return {where(here == reduced.with_dims(indices.unpack(node)), reduced.with_dims(grad), 0)};
      });
  return {std::move(recorded), indices};
}

}  // namespace

void install_reduce_derivatives() {
  op::sum.set_kernel(Key::Autograd, sum);
  op::mean.set_kernel(Key::Autograd, mean);
  op::max.set_kernel(Key::Autograd, max);
  op::max_dim.set_kernel(Key::Autograd, max_dim);
}

}  // namespace cutaway::autograd
