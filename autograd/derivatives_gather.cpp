// SPDX-License-Identifier: MIT
//
// Gradients of reading and writing at given positions: what was read from gets the gradient added
// where it was read; what was written to gets none where it was overwritten.
#include "../tensor/catalogue.h"
#include "../tensor/ops.h"
#include "derivatives.h"
#include "record.h"

namespace cutaway::autograd {
namespace {

/// A list of index tensors, saved.
class SavedIndices {
 public:
  explicit SavedIndices(TensorList indices) {
    for (const Tensor& index : indices) saved_.push_back(save(index));
  }
  std::vector<Tensor> unpack(const Node& node) const {
    std::vector<Tensor> indices;
    for (const SavedTensor& index : saved_) indices.push_back(index.unpack(node));
    return indices;
  }

 private:
  std::vector<SavedTensor> saved_;
};

Tensor index(const Tensor& x, TensorList indices) {
  return record("IndexBackward0", {&x}, below_autograd(op::index, x, indices),
                [sizes = x.sizes(), saved = SavedIndices(indices)](const Node& node,
                                                                   const Tensor& grad) -> Grads {
                  return {index_put_(zeros(sizes, grad.dtype()), saved.unpack(node), grad, true)};
                });
}

const Tensor& index_put_(const Tensor& self, TensorList indices, const Tensor& values,
                         bool accumulate) {
  InplaceRecord history({&self, &values});
  below_autograd(op::index_put_, self, indices, values, accumulate);
  return history.record(
      "IndexPutBackward0",
      [saved = SavedIndices(indices), accumulate](const Node& node, const Tensor& grad) -> Grads {
        const std::vector<Tensor> where = saved.unpack(node);
        Grads grads(2);
        if (node.needs(0)) {
          grads[0] = accumulate ? grad : index_put(grad, where, zeros({}, grad.dtype()));
        }
        if (node.needs(1)) grads[1] = cutaway::index(grad, where);
        return grads;
      });
}

}  // namespace

void install_gather_derivatives() {
  op::index.set_kernel(Key::Autograd, index);
  op::index_put_.set_kernel(Key::Autograd, index_put_);
}

}  // namespace cutaway::autograd
