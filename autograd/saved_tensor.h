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
// kept as it is, since its history ends there; so is a view that was made in no-grad mode, which
// has none.
//
// What the op itself was given may be a copy of an argument, converted to the dtype in which it
// computes: then the argument is kept, and converted again.
//
// Where saved-tensor hooks are set (saved_tensor_hooks.h), the tensor is handed to them instead,
// and whether its value is still the same is their business.
//
// PyTorch counterpart: torch/csrc/autograd/saved_variable.h.
#pragma once

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

#include "node.h"
#include "saved_tensor_hooks.h"

namespace cutaway::inline v0_1::autograd {

class SavedTensor {
 public:
  SavedTensor() = default;
  SavedTensor(const Tensor& tensor, bool is_output, int64_t output_nr = 0);
  SavedTensor(SavedTensor&&) = default;
  SavedTensor& operator=(SavedTensor&&) = default;
  /// Shows `other` to who looks, and copies nothing: see Note [What did a node save?]. Throws where
  /// nobody looks.
  SavedTensor(const SavedTensor& other);
  SavedTensor& operator=(const SavedTensor&) = delete;
  ~SavedTensor() {
    if (grad_fn_) release(std::move(grad_fn_));
  }

  /// The tensor as it was saved. `node` is the one that saved it. Throws if it was released, or
  /// modified since ("one of the variables needed for gradient computation has been modified by an
  /// inplace operation: ..."). With grad mode on, the result has its history, for gradients of
  /// gradients.
  Tensor unpack(const Node& node) const { return unpack(&node); }
  /// The same, of one that is no output of a node.
  Tensor unpack() const { return unpack(nullptr); }
  /// What is told of it; its tensor is undefined where nothing is kept, or hooks keep it.
  SavedInfo info() const;
  /// Of a custom function: detach_() of the original is no error then, as in PyTorch.
  void allow_detached() { may_be_detached_ = true; }

 private:
  Tensor unpack(const Node* node) const;
  Tensor unpack_original(const Node* node) const;
  bool is_detached() const;
  void check_view() const;
  [[noreturn]] void fail_modified(const Node* node) const;
  Tensor with_history(const Tensor& data, const Node* node) const;

  Tensor data_;                    // the leaf itself, or an alias without history; may be undefined
  std::shared_ptr<Node> grad_fn_;  // what computed it; null for leaves and for the op's own output
  std::weak_ptr<TensorImpl> original_;  // of an alias: who modified it, and wants it a gradient?
  std::weak_ptr<TensorImpl> view_;      // the tensor itself, where original_ is its base
  int64_t output_nr_ = 0;
  std::optional<DType> converted_to_;  // of an operand: the op computed with it in this dtype
  /// For one that hooks keep: data_ is undefined.
  std::unique_ptr<const PackedTensor> packed_;
  uint32_t version_ = 0;
  bool is_kept_ = false;  // stays behind when the tensor is moved away, as it is on release
  bool is_output_ = false;
  bool may_be_detached_ = false;
  bool is_leaf_ = false;           // that requires a gradient
  bool original_is_base_ = false;  // of a view that no write can give a history
  bool was_stale_ = false;         // of a view that had been written, and nobody wanted a gradient
  ViewOrigin view_origin_ = ViewOrigin::OneView;
};

// Note [What did a node save?]
// ~~~~~~~~~~~~~~~~~~~~~~~~~~~~
// The lambda of a gradient owns what it saved, and C++ has no way to list the captures of a lambda.
// But whoever copies a lambda copies each capture in turn, those in vectors too. So the copy
// constructor of SavedTensor is how it is looked at: Node::for_each_saved copies the lambda, each
// saved tensor in it is shown to who looks, and the empty copy is thrown away. Their names, in the
// same order, are a constant beside the node's name: see NodeName. Recording a node costs nothing
// for it.

namespace detail {
/// While it lives, each SavedTensor that is copied on this thread is shown to `visit`.
class SavedVisit {
 public:
  explicit SavedVisit(const std::function<void(const SavedTensor&)>& visit);
  ~SavedVisit();
  SavedVisit(const SavedVisit&) = delete;
  SavedVisit& operator=(const SavedVisit&) = delete;

 private:
  const std::function<void(const SavedTensor&)>* outer_;
};
}  // namespace detail

/// Unpacks all that the node holds, only to see that it can be done.
void check_saved(const Node& node);

// Note [The order of what is saved]
// ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
// Which of two overwritten tensors does an error name? In which order do hooks see them? As in
// PyTorch: a node saves its inputs in the order of their names in the schema (other before self),
// then its results; and backward unpacks all of them in that order before it computes anything,
// also those that the gradients asked for can do without. So lambdas capture in that order, and
// begin with unpack_all, where there is more than one. An input is saved if a gradient that is
// wanted is made of it; where several inputs' gradients are, it is saved in any case.

/// Saves an input of the op.
inline SavedTensor save(const Tensor& tensor) { return {tensor, false}; }
/// Whether a gradient of this input will be asked for: not of a view that was made in no-grad mode,
/// though it requires one.
bool wants_gradient(const Tensor& input);
/// Saves an input that only the gradient of another, `wanting`, is made of; nothing where nobody
/// asks for that.
inline SavedTensor save_for(const Tensor& wanting, const Tensor& tensor) {
  return wants_gradient(wanting) ? save(tensor) : SavedTensor();
}
/// What a node saved, one after the other. Undefined for what was not.
template <class... Saved>
std::array<Tensor, sizeof...(Saved)> unpack_all(const Node& node, const Saved&... saved) {
  return {saved.unpack(node)...};
}
/// Saves the op's own result (of several: the one of that number), before it gets its history.
inline SavedTensor save_output(const Tensor& tensor, int64_t output_nr = 0) {
  return {tensor, true, output_nr};
}

}  // namespace cutaway::autograd
