// SPDX-License-Identifier: MIT
//
// The graph as C sees it: its nodes and edges, and the two calls that walk it.
#include "../autograd/accumulate_grad.h"
#include "../autograd/engine.h"
#include "bridge.h"

using namespace cutaway;
using namespace cutaway::bridge;

// ---- Walking it ----

int32_t cutaway_backward(cutaway_tensor* const* tensors, cutaway_tensor* const* gradients,
                         int64_t count, cutaway_tensor* const* inputs, int64_t input_count,
                         int32_t retain_graph, int32_t create_graph) {
  return guarded(-1, [&] {
    const std::vector<Tensor> wanted = tensors_of(inputs, input_count);
    autograd::backward(tensors_of(tensors, count), tensors_of(gradients, count), retain_graph != 0,
                       create_graph != 0,
                       wanted.empty() ? std::nullopt : std::optional<TensorList>(wanted));
    return 0;
  });
}

int32_t cutaway_grad(cutaway_tensor* const* outputs, cutaway_tensor* const* gradients,
                     int64_t count, cutaway_tensor* const* inputs, int64_t input_count,
                     int32_t retain_graph, int32_t create_graph, int32_t allow_unused,
                     cutaway_tensor** results) {
  return guarded(-1, [&] {
    const std::vector<Tensor> grads = autograd::grad(
        tensors_of(outputs, count), tensors_of(inputs, input_count), tensors_of(gradients, count),
        retain_graph != 0, create_graph != 0, allow_unused != 0);
    give_all(grads, results);
    return 0;
  });
}

// ---- Looking at it ----

int32_t cutaway_tensor_grad_fn(const cutaway_tensor* tensor, cutaway_node** node) {
  return guarded(-1, [&] {
    std::shared_ptr<autograd::Node> found = tensor_of(tensor).grad_fn();
    *node = found ? new cutaway_node(std::move(found)) : nullptr;
    return 0;
  });
}
void cutaway_node_free(cutaway_node* node) { delete node; }
int64_t cutaway_live_nodes() { return cutaway_node::live; }

uint64_t cutaway_node_identity(const cutaway_node* node) {
  return reinterpret_cast<uintptr_t>(node->value.get());
}
const char* cutaway_node_name(const cutaway_node* node) { return node->value->name(); }
uint64_t cutaway_node_sequence_nr(const cutaway_node* node) { return node->value->sequence_nr(); }
int64_t cutaway_node_edge_count(const cutaway_node* node) {
  return static_cast<int64_t>(node->value->next_edges().size());
}
cutaway_node* cutaway_node_next(const cutaway_node* node, int64_t i, int64_t* input_nr) {
  return guarded<cutaway_node*>(nullptr, [&]() -> cutaway_node* {
    const autograd::Edges& edges = node->value->next_edges();
    check_index(i >= 0 && static_cast<size_t>(i) < edges.size(), "the node has no edge ", i);
    const autograd::Edge& edge = edges[static_cast<size_t>(i)];
    *input_nr = edge.input_nr;
    return edge.is_valid() ? new cutaway_node(edge.node) : nullptr;
  });
}
const char* cutaway_node_saved_names(const cutaway_node* node) {
  return node->value->saved_names();
}
int64_t cutaway_node_saved(const cutaway_node* node, const char* name, cutaway_tensor** tensors,
                           int64_t capacity) {
  return guarded(int64_t{-1}, [&] {
    const std::vector<Tensor> saved = node->value->saved(name);
    const int64_t count = static_cast<int64_t>(saved.size());
    if (count <= capacity) give_all(saved, tensors);
    return count;
  });
}
cutaway_tensor* cutaway_node_variable(const cutaway_node* node) {
  return guarded<cutaway_tensor*>(nullptr, [&]() -> cutaway_tensor* {
    const autograd::AccumulateGrad* accumulator = autograd::as_accumulator(*node->value);
    return accumulator != nullptr ? give(accumulator->leaf()) : nullptr;
  });
}
