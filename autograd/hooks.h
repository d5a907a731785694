// SPDX-License-Identifier: MIT
//
// Hooks: functions of the user's that backward() calls on its way.
//
// Note [The order of hooks]
// ~~~~~~~~~~~~~~~~~~~~~~~~~
// When a node comes to run, its gradients complete, this happens in this order:
//
//   1. hooks of the tensors it computed     Tensor::register_hook, in the order of registration;
//                                           each sees what the one before it returned
//   2. retain_grad                          so that y.grad() is what the hooks of y made of it
//   3. hooks before the node                Node::register_prehook
//   4. the node itself                      in AccumulateGrad: leaf.grad() += gradient, and then
//                                           Tensor::register_post_accumulate_grad_hook
//   5. hooks after the node                 Node::register_hook: they see what went in and came out
//
// A leaf has no node that computed it; its hooks run before its AccumulateGrad.
//
// A hook belongs to the value its tensor had. After `y.mul_(3)`, hooks registered on y before get
// the gradient of the old y: they stay with the node that computed that. What retain_grad asked for
// is the gradient of y itself, so that moves to the new node.
//
// What grad() returns is taken after step 2 where the node need not run, and before step 1 where it
// must, being on the way to another input: PyTorch's behaviour. backward(inputs) runs the nodes of
// its inputs, and so all their hooks.
//
// Hooks run in the grad mode of backward: recording only with create_graph. A hook may call
// backward() itself. It must not write to the gradient it is given.
//
// Nobody pays for hooks that are not there: a node and a tensor each have one null pointer.
// Registering and removing hooks while another thread runs the same graph is not protected.
//
// PyTorch counterpart: torch/csrc/autograd/function_hook.h, cpp_hook.h, torch/utils/hooks.py;
// "Backward Hooks execution" in its autograd notes. Left out: capture hooks.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "../tensor/tensor.h"
#include "small_list.h"

namespace cutaway::inline v0_1::autograd {

/// One gradient for each input (or output) of a node; undefined where there is none.
using Grads = SmallList<Tensor, 2>;

/// Gets a tensor's gradient, undefined where none arrived. What it returns takes the place of the
/// gradient; an undefined tensor leaves it as it is. Made of whatever can be called like that. (A
/// class, so that tensor.h can name it without <functional>, whose reading takes long.)
struct TensorHook : std::function<Tensor(const Tensor& grad)> {
  using function::function;
  TensorHook(function other) : function(std::move(other)) {}
};
/// Gets the gradients of the outputs of a node's op; may return others.
using NodePreHook = std::function<std::optional<Grads>(const Grads& grad_outputs)>;
/// Gets the gradients a node computed and those it computed them from; may return others in the
/// place of the former.
using NodePostHook =
    std::function<std::optional<Grads>(const Grads& grad_inputs, const Grads& grad_outputs)>;
/// Gets a leaf whose grad() has just been added to, or that backward reached without a gradient.
struct PostAccumulateHook : std::function<void(const Tensor& leaf)> {
  using function::function;
  PostAccumulateHook(function other) : function(std::move(other)) {}
};

/// What a RemovableHandle knows of a list of hooks.
class HookListBase {
 public:
  virtual void remove(uint64_t id) = 0;

 protected:
  ~HookListBase() = default;
};

/// What registering a hook returns. The hook stays when the handle goes.
class RemovableHandle {
 public:
  RemovableHandle() = default;
  RemovableHandle(std::weak_ptr<HookListBase> hooks, uint64_t id)
      : hooks_(std::move(hooks)), id_(id) {}
  /// Takes the hook away; does nothing if it or what it hung on is gone.
  void remove() const {
    if (const std::shared_ptr<HookListBase> hooks = hooks_.lock()) hooks->remove(id_);
  }
  uint64_t id() const { return id_; }

 private:
  std::weak_ptr<HookListBase> hooks_;
  uint64_t id_ = 0;
};

/// Hooks of one kind, in the order of their registration.
template <class Hook>
class HookList final : public HookListBase {
 public:
  struct Entry {
    uint64_t id;
    std::string name;  // as errors call it
    Hook hook;
  };
  uint64_t add(Hook hook, std::string name) {
    const uint64_t id = next_id_++;
    if (name.empty()) name = std::to_string(id);
    entries_.push_back({id, std::move(name), std::move(hook)});
    return id;
  }
  void remove(uint64_t id) override {
    std::erase_if(entries_, [&](const Entry& entry) { return entry.id == id; });
  }
  /// A copy, because a hook that runs may add hooks and remove itself.
  std::vector<Entry> entries() const { return entries_; }
  bool empty() const { return entries_.empty(); }

 private:
  std::vector<Entry> entries_;
  uint64_t next_id_ = 0;
};

/// All hooks of one node, or of one leaf.
class Hooks {
 public:
  RemovableHandle add_tensor_hook(int64_t output_nr, TensorHook hook, std::string name);
  RemovableHandle add_pre_hook(NodePreHook hook, std::string name);
  RemovableHandle add_post_hook(NodePostHook hook, std::string name);
  RemovableHandle add_post_accumulate_hook(PostAccumulateHook hook, std::string name);
  /// From now on adds the gradient of this output to the grad of `tensor`, which it does not own.
  void retain_grad(int64_t output_nr, const Tensor& tensor);
  void stop_retaining(const Tensor& tensor);

  /// Steps 1 and 2, 3, 5, and the end of 4 in Note [The order of hooks].
  void run_tensor_hooks(Grads& grads) const;
  void run_pre_hooks(Grads& grads) const;
  void run_post_hooks(Grads& grad_inputs, const Grads& grad_outputs) const;
  void run_post_accumulate_hooks(const Tensor& leaf) const;
  bool has_post_hooks() const { return post_ && !post_->empty(); }

 private:
  struct OutputHook {
    int64_t output_nr;
    TensorHook hook;
  };
  struct Retained {
    int64_t output_nr;
    std::weak_ptr<TensorImpl> tensor;
  };
  // Made when first added to. Shared with nobody, but handles must notice when they are gone.
  std::shared_ptr<HookList<OutputHook>> of_tensors_;
  std::shared_ptr<HookList<NodePreHook>> pre_;
  std::shared_ptr<HookList<NodePostHook>> post_;
  std::shared_ptr<HookList<PostAccumulateHook>> post_accumulate_;
  std::vector<Retained> retained_;
};

}  // namespace cutaway::autograd
