// SPDX-License-Identifier: MIT
#include "engine.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "../tensor/ops.h"
#include "grad_mode.h"
#include "variable.h"

namespace cutaway::autograd {
namespace {

bool runs_later(const std::shared_ptr<Node>& a, const std::shared_ptr<Node>& b) {
  return a->sequence_nr() < b->sequence_nr();
}

/// One call of backward() or grad().
class GraphTask {
 public:
  GraphTask(bool retain_graph, bool create_graph)
      : retain_graph_(retain_graph), create_graph_(create_graph) {}

  /// Runs only what was asked for with the next two, and what lies on the way to it.
  void limit() { is_limited_ = true; }
  /// Asks for the node of `edge` to be run.
  void reach(const Edge& edge) {
    needed_.insert(edge.node.get());
    to_run_.insert(edge.node.get());
    kept_.push_back(edge.node);
  }
  /// Asks for the gradient that arrives at `edge`, as captured()[slot].
  void capture(const Edge& edge, size_t slot) {
    captures_[edge.node.get()].push_back({edge.input_nr, slot});
    needed_.insert(edge.node.get());
    kept_.push_back(edge.node);
    captured_.resize(std::max(captured_.size(), slot + 1));
  }
  std::vector<Tensor>& captured() { return captured_; }

  void send(const Edge& edge, Tensor grad);
  void run(const std::vector<Edge>& roots);

 private:
  struct Capture {
    int64_t input_nr;
    size_t slot;
  };
  void mark_needed(const std::vector<Edge>& roots);
  void run_node(Node& node, Grads grads);
  void take_captures(const Node& node, const Grads& grads);
  Grads apply(Node& node, Grads grads);

  bool retain_graph_;
  bool create_graph_;
  bool is_limited_ = false;
  std::unordered_map<Node*, Grads> waiting_;
  std::vector<std::shared_ptr<Node>> heap_;  // of the nodes in waiting_; the next to run on top
  std::unordered_map<const Node*, std::vector<Capture>> captures_;
  std::vector<std::shared_ptr<Node>> kept_;  // asked for: a leaf does not keep its own node alive
  NodeSet needed_;  // where the task is limited: what was asked for, and all on the way to it
  NodeSet to_run_;  // the same without what is only to be captured
  std::vector<Tensor> captured_;
};

void GraphTask::send(const Edge& edge, Tensor grad) {
  const auto [place, is_new] = waiting_.try_emplace(edge.node.get());
  if (is_new) {
    place->second.resize(edge.node->outputs().size());
    heap_.push_back(edge.node);
    std::push_heap(heap_.begin(), heap_.end(), runs_later);
  }
  Tensor& sum = place->second[static_cast<size_t>(edge.input_nr)];
  if (!sum.defined()) {
    sum = std::move(grad);
  } else if (!create_graph_ && sum.is_sole_owner() && sum.is_contiguous()) {
    sum.add_(grad);  // nobody else sees it
  } else {
    sum = sum + grad;
  }
}

/// Brings a gradient to the shape and dtype of the tensor it is the gradient of.
Tensor validate(Tensor grad, const OutputInfo& wanted, const Node& from, size_t index) {
  if (grad.sizes() != wanted.sizes) {
    check(is_expandable_to(wanted.sizes, grad.sizes()), "Function ", from.name(),
          " returned an invalid gradient at index ", index, " - got ", grad.sizes(),
          " but expected shape compatible with ", wanted.sizes);
    grad = sum_to_size(grad, wanted.sizes);
  }
  return grad.to(wanted.dtype);
}

void GraphTask::take_captures(const Node& node, const Grads& grads) {
  const auto found = captures_.find(&node);
  if (found == captures_.end()) return;
  for (const Capture& capture : found->second) {
    captured_[capture.slot] = grads[static_cast<size_t>(capture.input_nr)];
  }
}

/// Steps 3 to 5 in Note [The order of hooks].
Grads GraphTask::apply(Node& node, Grads grads) {
  const Hooks* hooks = node.find_hooks();
  if (hooks == nullptr) return apply_node(node, std::move(grads));  // step in here
  hooks->run_pre_hooks(grads);
  if (!hooks->has_post_hooks()) return apply_node(node, std::move(grads));
  Grads results = apply_node(node, grads);
  hooks->run_post_hooks(results, grads);
  return results;
}

void GraphTask::run_node(Node& node, Grads grads) {
  const bool is_run = !is_limited_ || to_run_.contains(&node);
  if (is_run) take_captures(node, grads);
  if (const Hooks* hooks = node.find_tensor_hooks()) hooks->run_tensor_hooks(grads);
  if (!is_run) {
    take_captures(node, grads);
    return;
  }
  Grads results = apply(node, std::move(grads));
  const std::vector<Edge>& edges = node.next_edges();
  check(results.size() == edges.size(), "Function ", node.name(),
        " returned an invalid number of gradients: got ", results.size(), " but expected ",
        edges.size());
  for (size_t i = 0; i < edges.size(); ++i) {
    if (!node.needs(i) || !results[i].defined()) continue;
    const OutputInfo& wanted = edges[i].node->outputs()[static_cast<size_t>(edges[i].input_nr)];
    send(edges[i], validate(std::move(results[i]), wanted, node, i));
  }
  if (!retain_graph_) node.release_saved();
}

void GraphTask::run(const std::vector<Edge>& roots) {
  if (is_limited_) mark_needed(roots);
  const LimitToNodes limit(is_limited_ ? &needed_ : nullptr);
  while (!heap_.empty()) {
    std::pop_heap(heap_.begin(), heap_.end(), runs_later);
    std::shared_ptr<Node> node = std::move(heap_.back());
    heap_.pop_back();
    Grads grads = std::move(waiting_.extract(node.get()).mapped());
    try {
      run_node(*node, std::move(grads));
    } catch (Error& error) {
      error.add_note(join("while backward ran ", node->name()));
      throw;
    }
    release(std::move(node));
  }
}

/// Finds the nodes from which a captured one can be reached. Two passes over the graph, both
/// without recursion: gather all nodes, then look at them in the order of their numbers, so that
/// what a node points to has been decided before it.
void GraphTask::mark_needed(const std::vector<Edge>& roots) {
  std::unordered_set<const Node*> seen;
  std::vector<const Node*> nodes;
  const auto visit = [&](const Edge& edge) {
    if (edge.is_valid() && seen.insert(edge.node.get()).second) nodes.push_back(edge.node.get());
  };
  for (const Edge& root : roots) visit(root);
  for (size_t next = 0; next < nodes.size(); ++next) {
    for (const Edge& edge : nodes[next]->next_edges()) visit(edge);
  }
  std::sort(nodes.begin(), nodes.end(),
            [](const Node* a, const Node* b) { return a->sequence_nr() < b->sequence_nr(); });
  for (const Node* node : nodes) {
    for (const Edge& edge : node->next_edges()) {
      if (edge.is_valid() && needed_.contains(edge.node.get())) {
        needed_.insert(node);
        to_run_.insert(node);
      }
    }
  }
}

/// The gradient a root starts with: the one given, or 1 for a one-element tensor. Undefined for a
/// tensor that is refused later, since it requires no gradient.
Tensor root_gradient(const Tensor& tensor, TensorList given, size_t i) {
  const Tensor* grad = given.empty() ? nullptr : &given[static_cast<int64_t>(i)];
  if (grad != nullptr && grad->defined()) {
    check(grad->sizes() == tensor.sizes(), "Mismatch in shape: grad_output[", i,
          "] has a shape of torch.Size(", grad->sizes(), ") and output[", i,
          "] has a shape of torch.Size(", tensor.sizes(), ").");
    return grad->to(tensor.dtype());
  }
  if (!tensor.requires_grad()) return {};
  check(tensor.numel() == 1, "grad can be implicitly created only for scalar outputs");
  return ones_like(tensor);
}

/// Where backward starts: the edges of the tensors, and their gradients.
struct Roots {
  Roots(TensorList tensors, TensorList given) {
    check(given.empty() || given.size() == tensors.size(), "got ", tensors.size(), " tensors and ",
          given.size(), " gradients");
    for (const Tensor& tensor : tensors) {
      grads.push_back(root_gradient(tensor, given, grads.size()));
    }
    for (const Tensor& tensor : tensors) {
      edges.push_back(gradient_edge(tensor));
      check(edges.back().is_valid(), "element ", edges.size() - 1,
            " of tensors does not require grad and does not have a grad_fn");
    }
  }
  std::vector<Tensor> grads;
  std::vector<Edge> edges;
};

void run_from(GraphTask& task, Roots roots, bool create_graph) {
  const ExcludeKeys exclude(create_graph ? KeySet() : KeySet(Key::Autograd));
  const IncludeKeys include(create_graph ? KeySet(Key::Autograd) : KeySet());
  for (size_t i = 0; i < roots.edges.size(); ++i) {
    task.send(roots.edges[i], std::move(roots.grads[i]));
  }
  task.run(roots.edges);
}

}  // namespace

void backward(TensorList tensors, TensorList grad_tensors, std::optional<bool> retain_graph,
              bool create_graph, std::optional<TensorList> inputs) {
  check(!inputs || !inputs->empty(), "`inputs` argument to `backward()` cannot be empty.");
  Roots roots(tensors, grad_tensors);
  GraphTask task(retain_graph.value_or(create_graph), create_graph);
  if (inputs) {
    task.limit();
    for (const Tensor& input : *inputs) {
      input.retain_grad();
      task.reach(gradient_edge(input));
    }
  }
  run_from(task, std::move(roots), create_graph);
}

std::vector<Tensor> grad(TensorList outputs, TensorList inputs, TensorList grad_outputs,
                         std::optional<bool> retain_graph, bool create_graph,
                         std::optional<bool> allow_unused, bool materialize_grads) {
  check_value(!materialize_grads || allow_unused.value_or(true),
              "Expected allow_unused to be True or not passed when materialize_grads=True, but "
              "got: allow_unused=False.");
  check(!inputs.empty(), "`inputs` argument to `grad()` cannot be empty.");
  Roots roots(outputs, grad_outputs);
  GraphTask task(retain_graph.value_or(create_graph), create_graph);
  task.limit();
  for (size_t slot = 0; slot < static_cast<size_t>(inputs.size()); ++slot) {
    const Edge edge = gradient_edge(inputs[static_cast<int64_t>(slot)]);
    // A view made in no-grad mode requires a gradient where its base does, but none can reach it.
    check(edge.is_valid() || inputs[static_cast<int64_t>(slot)].requires_grad(),
          "One of the differentiated Tensors does not require grad");
    task.capture(edge, slot);
  }
  run_from(task, std::move(roots), create_graph);

  std::vector<Tensor> grads = std::move(task.captured());
  for (size_t i = 0; i < grads.size(); ++i) {
    if (grads[i].defined()) continue;
    check(allow_unused.value_or(materialize_grads), "The differentiated Tensor at index ", i,
          " appears to not have been used in the graph. Set allow_unused=True if this is the "
          "desired behavior.");
    if (materialize_grads) {
      grads[i] = zeros_like(inputs[static_cast<int64_t>(i)].detach());
      if (create_graph) grads[i].requires_grad_();
    }
  }
  return grads;
}

}  // namespace cutaway::autograd
