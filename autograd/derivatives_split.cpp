// SPDX-License-Identifier: MIT
//
// Gradients of views that come several at a time, and of changing a tensor's shape in place.
#include "../tensor/catalogue.h"
#include "../tensor/ops.h"
#include "../tensor/view_geometry.h"
#include "derivatives.h"
#include "record.h"

namespace cutaway::inline v0_1::autograd::split_derivatives {
namespace {

// ---- Several at a time: the parts put together again, zeros for those without a gradient ----

/// Backward of a cut of a tensor of shape `sizes` along `dim` into parts of these lengths.
auto join_parts(const Tensor& x, std::vector<int64_t> lengths, int64_t dim) {
  return HoldsOnlyNumbers([sizes = x.sizes(), dtype = x.dtype(), lengths = std::move(lengths), dim](
                              const Node&, Grads& grads) -> Grads {
    DimVector part = sizes;
    auto length = lengths.begin();
    for (Tensor& grad : grads) {
      part[dim] = *length++;
      if (!grad.defined()) grad = zeros(part, dtype);
    }
    return {cat(grads, dim)};
  });
}

std::vector<Tensor> split(const Tensor& x, int64_t split_size, int64_t dim) {
  return record("SplitBackward0", {&x}, below_autograd(op::split, x, split_size, dim),
                join_parts(x, split_lengths(x.size(dim), split_size), dim));
}

std::vector<Tensor> split_with_sizes(const Tensor& x, IntArrayRef sizes, int64_t dim) {
  return record("SplitWithSizesBackward0", {&x},
                below_autograd(op::split_with_sizes, x, sizes, dim),
                join_parts(x, {sizes.begin(), sizes.end()}, dim));
}

std::vector<Tensor> unbind(const Tensor& x, int64_t dim) {
  return record("UnbindBackward0", {&x}, below_autograd(op::unbind, x, dim),
                [sizes = x.sizes(), dtype = x.dtype(), dim](const Node&, Grads& grads) -> Grads {
                  DimVector part = sizes;
                  part.erase(dim);
                  for (Tensor& grad : grads) {
                    if (!grad.defined()) grad = zeros(part, dtype);
                  }
                  return {stack(grads, dim)};
                });
}

// ---- In place: the gradient of the view of the same name ----

auto back_to(const DimVector& sizes) {
  return [sizes](const Node&, const Tensor& grad) -> Grads { return {grad.reshape(sizes)}; };
}

const Tensor& squeeze_(const Tensor& self) {
  InplaceRecord history({&self});
  const DimVector sizes = self.sizes();
  below_autograd(op::squeeze_, self);
  return history.record_geometry("SqueezeBackward3", back_to(sizes));
}

const Tensor& squeeze_dim_(const Tensor& self, int64_t dim) {
  InplaceRecord history({&self});
  const DimVector sizes = self.sizes();
  below_autograd(op::squeeze_dim_, self, dim);
  return history.record_geometry("SqueezeBackward4", back_to(sizes));
}

const Tensor& squeeze_dims_(const Tensor& self, IntArrayRef dims) {
  InplaceRecord history({&self});
  const DimVector sizes = self.sizes();
  below_autograd(op::squeeze_dims_, self, dims);
  return history.record_geometry("SqueezeBackward5", back_to(sizes));
}

const Tensor& unsqueeze_(const Tensor& self, int64_t dim) {
  InplaceRecord history({&self});
  const DimVector sizes = self.sizes();
  below_autograd(op::unsqueeze_, self, dim);
  return history.record_geometry("UnsqueezeBackward1", back_to(sizes));
}

const Tensor& transpose_(const Tensor& self, int64_t dim0, int64_t dim1) {
  InplaceRecord history({&self});
  below_autograd(op::transpose_, self, dim0, dim1);
  return history.record_geometry("TransposeBackward1",
                                 [dim0, dim1](const Node&, const Tensor& grad) -> Grads {
                                   return {grad.transpose(dim0, dim1)};
                                 });
}

const Tensor& t_(const Tensor& self) {
  InplaceRecord history({&self});
  below_autograd(op::t_, self);
  return history.record_geometry(
      "TBackward1", [](const Node&, const Tensor& grad) -> Grads { return {grad.t()}; });
}

}  // namespace

void install() {
  op::split.set_kernel(Key::Autograd, split);
  op::split_with_sizes.set_kernel(Key::Autograd, split_with_sizes);
  op::unbind.set_kernel(Key::Autograd, unbind);
  op::squeeze_.set_kernel(Key::Autograd, squeeze_);
  op::squeeze_dim_.set_kernel(Key::Autograd, squeeze_dim_);
  op::squeeze_dims_.set_kernel(Key::Autograd, squeeze_dims_);
  op::unsqueeze_.set_kernel(Key::Autograd, unsqueeze_);
  op::transpose_.set_kernel(Key::Autograd, transpose_);
  op::t_.set_kernel(Key::Autograd, t_);
}

}  // namespace cutaway::autograd::split_derivatives
