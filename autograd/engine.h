// SPDX-License-Identifier: MIT
//
// The engine: backward() and grad().
//
// First it walks the graph behind the roots and counts, for each node, the edges that lead to it.
// A node that has received a gradient over each of them is complete, and ready to run. Of the nodes
// that are ready, the one made last runs first; AccumulateGrad counts as made last of all, so that
// a leaf has its gradient as early as can be. It is a loop, not a recursion: the depth of the graph
// costs no stack.
//
// After a node has run, what it saved is released, unless retain_graph says otherwise. With
// create_graph the gradients are themselves recorded and can be differentiated again.
//
// Threads: backward runs on the thread that calls it. Several threads may do so at once, also on
// graphs that share leaves, whose accumulation is locked. On a shared part of a graph each call but
// the last must retain it. A hook or a node may call backward itself; each level costs stack.
//
// An exception ends the call and reaches its caller as it was thrown. An Error's what() says which
// node ran. The nodes that have run by then have released what they saved; leaves keep what they
// got. Nothing else is left behind: the next call starts anew.
//
// PyTorch counterpart: torch/csrc/autograd/engine.h; torch.autograd.backward, torch.autograd.grad.
// Left out: one thread per device, is_grads_batched.
#pragma once

#include <optional>
#include <vector>

#include "node.h"

namespace cutaway::inline v0_1::autograd {

/// Adds the gradient of sum(tensors[i] * grad_tensors[i]) to the `grad` of every leaf it depends
/// on. grad_tensors: one per tensor with its shape; may be left out (or undefined) for one-element
/// tensors, which get 1. retain_graph: unless given, as create_graph.
/// Throws "element 0 of tensors does not require grad and does not have a grad_fn", "grad can be
/// implicitly created only for scalar outputs", "Mismatch in shape: ...".
///
/// With `inputs`, only what lies on the way to them is run, and only their grad changes; one that
/// is no leaf gets retain_grad(), and those that do not matter are passed over. No inputs in the
/// list: "`inputs` argument to `backward()` cannot be empty."
void backward(TensorList tensors, TensorList grad_tensors = {},
              std::optional<bool> retain_graph = {}, bool create_graph = false,
              std::optional<TensorList> inputs = {});

/// Returns that gradient for each of `inputs`, and changes no `grad`. An input that does not matter
/// to the outputs is an error; with allow_unused its gradient is undefined, with materialize_grads
/// zeros.
std::vector<Tensor> grad(TensorList outputs, TensorList inputs, TensorList grad_outputs = {},
                         std::optional<bool> retain_graph = {}, bool create_graph = false,
                         std::optional<bool> allow_unused = {}, bool materialize_grads = false);

}  // namespace cutaway::autograd
