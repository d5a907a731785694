// SPDX-License-Identifier: MIT
//
// Gradients of picking by index and of joining.
#include "../tensor/catalogue.h"
#include "../tensor/ops.h"
#include "derivatives.h"
#include "record.h"

namespace cutaway::inline v0_1::autograd {
namespace {

Tensor index_select(const Tensor& x, int64_t dim, const Tensor& index) {
  return record(
      "IndexSelectBackward0", {&x}, below_autograd(op::index_select, x, dim, index),
      [sizes = x.sizes(), dim, index = save(index)](const Node& node, const Tensor& grad) -> Grads {
        return {index_add(zeros(sizes, grad.dtype()), dim, index.unpack(node), grad)};
      });
}

Tensor index_add(const Tensor& x, int64_t dim, const Tensor& index, const Tensor& source,
                 const Scalar& alpha) {
  return record("IndexAddBackward0", {&x, &source},
                below_autograd(op::index_add, x, dim, index, source, alpha),
                [dim, index = save_for(source, index), source = save_for(source, source), alpha](
                    const Node& node, const Tensor& grad) -> Grads {
                  const Tensor places = unpack_all(node, index, source)[0];
                  if (!node.needs(1)) return {grad, Tensor()};
                  const Tensor picked = grad.index_select(dim, places);
                  return {grad, alpha.equals(1) ? picked : picked * alpha};
                });
}

Tensor cat(TensorList tensors, int64_t dim) {
  constexpr int64_t kSkipped = -1;
  std::vector<int64_t> lengths;  // of each tensor along dim
  for (const Tensor& tensor : tensors) {
    const bool is_skipped = tensor.dim() == 1 && tensor.numel() == 0;
    lengths.push_back(is_skipped ? kSkipped : tensor.size(dim));
  }
  return record("CatBackward0", tensors, below_autograd(op::cat, tensors, dim),
                HoldsOnlyNumbers([lengths, dim](const Node& node, const Tensor& grad) -> Grads {
                  Grads grads;
                  int64_t start = 0;
                  for (const int64_t length : lengths) {
                    if (length == kSkipped) {
                      grads.push_back(zeros(0, grad.dtype()));
                      continue;
                    }
                    const bool is_wanted = node.needs(grads.size());
                    grads.push_back(is_wanted ? grad.narrow(dim, start, length) : Tensor());
                    start += length;
                  }
                  return grads;
                }));
}

Tensor stack(TensorList tensors, int64_t dim) {
  return record("StackBackward0", tensors, below_autograd(op::stack, tensors, dim),
                [dim](const Node& node, const Tensor& grad) -> Grads {
                  // Not unbind: each shall be a view that can be written in place.
                  Grads grads;
                  for (int64_t i = 0; i < grad.size(dim); ++i) {
                    const bool is_wanted = node.needs(grads.size());
                    grads.push_back(is_wanted ? grad.select(dim, i) : Tensor());
                  }
                  return grads;
                });
}

}  // namespace

void install_index_derivatives() {
  op::index_select.set_kernel(Key::Autograd, index_select);
  op::index_add.set_kernel(Key::Autograd, index_add);
  op::cat.set_kernel(Key::Autograd, cat);
  op::stack.set_kernel(Key::Autograd, stack);
}

}  // namespace cutaway::autograd
