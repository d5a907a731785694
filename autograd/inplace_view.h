// SPDX-License-Identifier: MIT
//
// In-place writes, and what they do to history.
//
// Note [In-place writes through views]
// ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
// Writing `x.mul_(w)` gives x a new history: its grad_fn becomes the node of the multiplication,
// whose next edge is x's old grad_fn. If x is a view of a base, the base has changed too, and so
// has every other view of it. Two things are done about that:
//
// 1. The base gets a CopySlices node. Backward, it takes the gradient of the whole base, hands the
//    part that the view covers to the op's own node, and puts what comes out in its place; the rest
//    passes through unchanged to the base's old history.
//
// 2. The history of each view of the base is now stale. That is not mended at once, since nobody
//    keeps a list of views: a view remembers for which version of the memory its history is right
//    (TensorImpl::history_version), and when asked for its grad_fn with another version, makes a
//    new one: AsStridedBackward0 on the base.
//
// A leaf that requires a gradient cannot be written while recording, since its gradient would be of
// a value that no longer exists.
//
// PyTorch counterpart: rebase_history in torch/csrc/autograd/variable.cpp, CopySlices in
// functions/tensor.h, check_inplace in VariableTypeUtils.h.
#pragma once

#include "node.h"

namespace cutaway::inline v0_1::autograd {

/// The elements that a view shows, counted from the first element of its base.
class ViewOfBase {
 public:
  ViewOfBase(IntArrayRef sizes, IntArrayRef strides, int64_t storage_offset, const Tensor& base);
  ViewOfBase(const Tensor& view, const Tensor& base)
      : ViewOfBase(view.sizes(), view.strides(), view.storage_offset(), base) {}

  /// The view of a tensor that is laid out as the base.
  Tensor of(const Tensor& base) const;
  /// The gradient of the base, given the view's: zeros, with grad added where the view looks (more
  /// than once where the view shows an element more than once).
  Tensor backward(const Tensor& grad) const;
  /// Uninitialised memory, laid out as the base.
  Tensor empty_base(DType dtype) const;

 private:
  DimVector sizes_, strides_;
  int64_t offset_;
  DimVector base_sizes_, base_strides_;
};

/// How the view came about. What was made in no-grad mode is that before anything else.
ViewOrigin origin_of(const Tensor& view);

/// Throws where a view of this origin has lost its history, since its base or another view of it
/// has been written. `node`: the view's own, if any, of which it is the output `output_nr`.
void check_stale_view(ViewOrigin origin, const Node* node, int64_t output_nr);

/// A view's grad_fn, renewed if the memory was written since it was made.
std::shared_ptr<Node> grad_fn_of_view(const Tensor& view);

/// Throws where `self` may not be written in place by an op that is recorded: "a leaf Variable that
/// requires grad is being used in an in-place operation.", and the like for views of leaves and
/// views made in no-grad mode, of which no graph knows.
void check_inplace(const Tensor& self);

/// After an in-place write: `node`, made with the edges from before it, becomes the history of
/// self, and of its base where self is a view.
void rebase_history(const Tensor& self, const std::shared_ptr<Node>& node);
/// The same, where `edge` names a node that has already an output like self.
void rebase_history(const Tensor& self, const Edge& edge);

}  // namespace cutaway::autograd
