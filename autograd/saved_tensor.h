// SPDX-License-Identifier: MIT
//
// SavedTensor: a tensor that a forward op keeps for its backward. Two things could go wrong between
// the two, and this class is there for both:
//
// The value could be overwritten in place. The version counter is noted when saving and compared
// when unpacking; a difference is an error, not a wrong gradient.
//
// The graph could come to own itself. A node that saves its op's own output, or a tensor that later
// receives this node's result in place, would be kept alive by itself. So what is kept is the
// memory without its history (a detached alias), and the history is noted beside it as a plain
// edge; for an op's own output not even that, since the node is at hand when unpacking. A leaf is
// kept as it is: its history ends there.
//
// PyTorch counterpart: torch/csrc/autograd/saved_variable.h.
#pragma once

#include "node.h"

namespace cutaway::autograd {

class SavedTensor {
 public:
  SavedTensor() = default;
  SavedTensor(const Tensor& tensor, bool is_output, int64_t output_nr = 0);
  SavedTensor(SavedTensor&&) = default;
  SavedTensor& operator=(SavedTensor&&) = default;
  SavedTensor(const SavedTensor&) = delete;
  SavedTensor& operator=(const SavedTensor&) = delete;
  ~SavedTensor() { release(std::move(grad_fn_)); }

  /// The tensor as it was saved. `node` is the one that saved it. Throws if it was modified since:
  /// "one of the variables needed for gradient computation has been modified by an inplace
  /// operation: ...". With grad mode on, the result has its history, for gradients of gradients.
  Tensor unpack(const Node& node) const;

 private:
  Tensor data_;                    // the leaf itself, or an alias without history; may be undefined
  std::shared_ptr<Node> grad_fn_;  // what computed it; null for leaves and for the op's own output
  std::weak_ptr<TensorImpl> original_;  // of an alias; asked only for who modified it
  int64_t output_nr_ = 0;
  uint32_t version_ = 0;
  bool is_output_ = false;
};

/// Saves an input of the op.
inline SavedTensor save(const Tensor& tensor) { return {tensor, false}; }
/// Saves the op's own result (of several: the one of that number), before it gets its history.
inline SavedTensor save_output(const Tensor& tensor, int64_t output_nr = 0) {
  return {tensor, true, output_nr};
}

}  // namespace cutaway::autograd
