// SPDX-License-Identifier: MIT
//
// Gradients of masks, flipping and padding.
#include "../tensor/catalogue.h"
#include "../tensor/ops.h"
#include "derivatives.h"
#include "record.h"

namespace cutaway::autograd {
namespace {

const Tensor& masked_fill_(const Tensor& self, const Tensor& mask, const Tensor& value) {
  InplaceRecord history({&self, &value});
  below_autograd(op::masked_fill_, self, mask, value);
  return history.record("MaskedFillBackward1",
                        [saved = save(mask)](const Node& node, const Tensor& grad) -> Grads {
                          const Tensor chosen = saved.unpack(node);
                          return {node.needs(0) ? masked_fill(grad, chosen, 0) : Tensor(),
                                  node.needs(1) ? where(chosen, grad, 0).sum() : Tensor()};
                        });
}

Tensor masked_select(const Tensor& x, const Tensor& mask) {
  return record("MaskedSelectBackward0", {&x}, below_autograd(op::masked_select, x, mask),
                [sizes = broadcast_shapes(x.sizes(), mask.sizes()), mask = save(mask),
                 self = save(x)](const Node& node, const Tensor& grad) -> Grads {
                  const Tensor chosen = unpack_all(node, mask, self)[0];
                  return {masked_scatter(zeros(sizes, grad.dtype()), chosen, grad)};
                });
}

const Tensor& masked_scatter_(const Tensor& self, const Tensor& mask, const Tensor& source) {
  InplaceRecord history({&self, &source});
  below_autograd(op::masked_scatter_, self, mask, source);
  return history.record(
      "MaskedScatterBackward0",
      [sizes = source.sizes(), saved = save(mask)](const Node& node, const Tensor& grad) -> Grads {
        const Tensor chosen = saved.unpack(node);
        Grads grads(2);
        if (node.needs(0)) grads[0] = masked_fill(grad, chosen, 0);
        if (node.needs(1)) {  // what of the source was not used gets nothing
          const Tensor used = cutaway::masked_select(grad, chosen);
          const Tensor unused = zeros({numel_of(sizes) - used.numel()}, grad.dtype());
          grads[1] = cat({used, unused}).view(sizes);
        }
        return grads;
      });
}

Tensor flip(const Tensor& x, IntArrayRef dims) {
  return record("FlipBackward0", {&x}, below_autograd(op::flip, x, dims),
                [dims = DimVector(dims)](const Node&, const Tensor& grad) -> Grads {
                  return {cutaway::flip(grad, dims)};
                });
}

// Padding is undone by cutting off as much, and the other way round.
Tensor constant_pad_nd(const Tensor& x, IntArrayRef pad, const Scalar& value) {
  std::vector<int64_t> undo;
  for (const int64_t amount : pad) undo.push_back(-amount);
  return record("ConstantPadNdBackward0", {&x}, below_autograd(op::constant_pad_nd, x, pad, value),
                HoldsOnlyNumbers([undo](const Node&, const Tensor& grad) -> Grads {
                  return {cutaway::constant_pad_nd(grad, undo)};
                }));
}

}  // namespace

void install_arrange_derivatives() {
  op::masked_fill_.set_kernel(Key::Autograd, masked_fill_);
  op::masked_select.set_kernel(Key::Autograd, masked_select);
  op::masked_scatter_.set_kernel(Key::Autograd, masked_scatter_);
  op::flip.set_kernel(Key::Autograd, flip);
  op::constant_pad_nd.set_kernel(Key::Autograd, constant_pad_nd);
}

}  // namespace cutaway::autograd
