// SPDX-License-Identifier: MIT
//
// Saved-tensor hooks: what is done with the tensors that a forward saves for its backward. `pack`
// is given each of them when it is saved, and what it returns is kept in its place; `unpack` is
// given that, when backward asks, and must return the tensor. So activations can go to disk, be
// compressed, or be forgotten and computed again (activation_checkpoint.h).
//
//     {
//       const SavedTensorsHooks guard({
//           [](const Tensor& tensor) -> std::any { return write_to_disk(tensor); },
//           [](const std::any& packed) { return read_back(std::any_cast<File>(packed)); }});
//       loss = model(x);
//     }
//     loss.backward();  // calls unpack
//
// Scopes nest, per thread; the innermost pair is the one that is used. pack runs with nothing
// recorded and must not write to its tensor. A node that keeps an own result through pack must not
// keep itself alive: pack is given it without its history, but an input with it.
//
// An in-place write to a tensor that went through pack is not noticed, as in PyTorch: only the
// hooks know whether they kept the memory or a copy. Numbers (`x * 2`) are never packed.
//
// PyTorch counterpart: torch.autograd.graph.saved_tensors_hooks, disable_saved_tensors_hooks,
// save_on_cpu; torch/csrc/autograd/saved_variable_hooks.h. Left out: hooks registered on one saved
// tensor (grad_fn._raw_saved_self).
#pragma once

#include <any>
#include <functional>
#include <memory>
#include <string>

#include "../tensor/tensor.h"

namespace cutaway::inline v0_1::autograd {

struct SavedTensorHooks {
  std::function<std::any(const Tensor&)> pack;
  std::function<Tensor(const std::any&)> unpack;
};

/// Hooks that keep what is saved in the CPU's memory, and give it back where it was. Here all
/// memory is the CPU's, so the tensor itself is kept, but not watched any longer: as with all hooks
/// a write in place goes unnoticed. With pin_memory a copy is kept, as in PyTorch, though its
/// memory is like any other.
SavedTensorHooks save_on_cpu(bool pin_memory = false);

/// Uses these hooks on this thread until they are popped, for callers whose scopes are not C++'s.
/// Throws the message of the innermost DisableSavedTensorsHooks.
void push_saved_tensors_hooks(SavedTensorHooks hooks);
void pop_saved_tensors_hooks();

/// The hooks that this thread uses; null where there are none.
std::shared_ptr<const SavedTensorHooks> saved_tensors_hooks();

/// Uses the hooks until the end of the scope.
class SavedTensorsHooks {
 public:
  explicit SavedTensorsHooks(SavedTensorHooks hooks) { push_saved_tensors_hooks(std::move(hooks)); }
  ~SavedTensorsHooks() { pop_saved_tensors_hooks(); }
  SavedTensorsHooks(const SavedTensorsHooks&) = delete;
  SavedTensorsHooks& operator=(const SavedTensorsHooks&) = delete;
};

/// Forbids hooks until the end of the scope: setting them throws `message`, and so does the guard
/// itself where some are in use.
class DisableSavedTensorsHooks {
 public:
  explicit DisableSavedTensorsHooks(std::string message);
  ~DisableSavedTensorsHooks();
  DisableSavedTensorsHooks(const DisableSavedTensorsHooks&) = delete;
  DisableSavedTensorsHooks& operator=(const DisableSavedTensorsHooks&) = delete;

 private:
  std::string message_;
  const std::string* before_;
};

/// One tensor in the keeping of the hooks of its time.
class PackedTensor {
 public:
  /// accumulator: of a leaf, the node that what is unpacked must send its gradients to.
  PackedTensor(std::shared_ptr<const SavedTensorHooks> hooks, const Tensor& tensor,
               const std::shared_ptr<Node>& accumulator);
  Tensor unpack() const { return hooks_->unpack(packed_); }
  const std::weak_ptr<Node>& accumulator() const { return accumulator_; }

 private:
  std::shared_ptr<const SavedTensorHooks> hooks_;
  std::any packed_;
  std::weak_ptr<Node> accumulator_;
};

}  // namespace cutaway::autograd
