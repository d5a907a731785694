// SPDX-License-Identifier: MIT
//
// Gradients of masks, flipping, rolling, repeating and padding.
#include "../tensor/catalogue.h"
#include "../tensor/ops.h"
#include "derivatives.h"
#include "record.h"

namespace cutaway::inline v0_1::autograd::arrange_derivatives {
namespace {

const Tensor& masked_fill_(const Tensor& self, const Tensor& mask, const Tensor& value) {
  InplaceRecord history({&self, &value});
  below_autograd(op::masked_fill_, self, mask, value);
  return history.record({"MaskedFillBackward1", "mask"},
                        [saved = save(mask)](const Node& node, const Tensor& grad) -> Grads {
                          const Tensor chosen = saved.unpack(node);
                          return {node.needs(0) ? masked_fill(grad, chosen, 0) : Tensor(),
                                  node.needs(1) ? where(chosen, grad, 0).sum() : Tensor()};
                        });
}

Tensor masked_select(const Tensor& x, const Tensor& mask) {
  return record({"MaskedSelectBackward0", "mask, self"}, {&x},
                below_autograd(op::masked_select, x, mask),
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
      {"MaskedScatterBackward0", "mask"},
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

Tensor roll(const Tensor& x, IntArrayRef shifts, IntArrayRef dims) {
  DimVector back;
  for (const int64_t shift : shifts) back.push_back(-shift);
  return record("RollBackward0", {&x}, below_autograd(op::roll, x, shifts, dims),
                [back, dims = DimVector(dims)](const Node&, const Tensor& grad) -> Grads {
                  return {cutaway::roll(grad, back, dims)};
                });
}

// A dimension that was repeated is split in (repeats, size), and the repeats are summed.
Tensor repeat(const Tensor& x, IntArrayRef repeats) {
  DimVector split, repeated;
  const int64_t added = repeats.size() - x.dim();
  for (int64_t d = 0; d < repeats.size(); ++d) {
    repeated.push_back(split.size());
    split.push_back(repeats[d]);
    if (d >= added) split.push_back(x.sizes()[d - added]);
  }
  return record("RepeatBackward0", {&x}, below_autograd(op::repeat, x, repeats),
                [split, repeated](const Node&, const Tensor& grad) -> Grads {
                  return {repeated.empty() ? grad : grad.reshape(split).sum(repeated)};
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

void install() {
  op::masked_fill_.set_kernel(Key::Autograd, masked_fill_);
  op::masked_select.set_kernel(Key::Autograd, masked_select);
  op::masked_scatter_.set_kernel(Key::Autograd, masked_scatter_);
  op::flip.set_kernel(Key::Autograd, flip);
  op::roll.set_kernel(Key::Autograd, roll);
  op::repeat.set_kernel(Key::Autograd, repeat);
  op::constant_pad_nd.set_kernel(Key::Autograd, constant_pad_nd);
}

}  // namespace cutaway::autograd::arrange_derivatives
