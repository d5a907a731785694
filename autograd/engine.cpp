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

  /// Asks for the gradient that arrives at `edge`, as captured()[slot]; only nodes on the way to
  /// such edges are run.
  void capture(const Edge& edge, size_t slot) {
    captures_[edge.node.get()].push_back({edge.input_nr, slot});
    needed_.insert(edge.node.get());
    captured_nodes_.push_back(edge.node);
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

  bool retain_graph_;
  bool create_graph_;
  std::unordered_map<Node*, Grads> waiting_;
  std::vector<std::shared_ptr<Node>> heap_;  // of the nodes in waiting_; the next to run on top
  std::unordered_map<Node*, std::vector<Capture>> captures_;
  std::vector<std::shared_ptr<Node>> captured_nodes_;  // a leaf does not keep its own node alive
  NodeSet needed_;  // where anything is to be captured: those nodes, and all on the way to them
  NodeSet to_run_;  // the latter alone
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

void GraphTask::run_node(Node& node, Grads grads) {
  if (const auto found = captures_.find(&node); found != captures_.end()) {
    for (const Capture& capture : found->second) {
      captured_[capture.slot] = grads[static_cast<size_t>(capture.input_nr)];
    }
  }
  if (!captures_.empty() && !to_run_.contains(&node)) return;

  Grads results = apply_node(node, std::move(grads));
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
  if (!captures_.empty()) mark_needed(roots);
  const LimitToNodes limit(captures_.empty() ? nullptr : &needed_);
  while (!heap_.empty()) {
    std::pop_heap(heap_.begin(), heap_.end(), runs_later);
    std::shared_ptr<Node> node = std::move(heap_.back());
    heap_.pop_back();
    Grads grads = std::move(waiting_.extract(node.get()).mapped());
    run_node(*node, std::move(grads));
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

/// The gradient a root starts with: the one given, or 1 for a one-element tensor.
Tensor root_gradient(const Tensor& tensor, TensorList given, size_t i) {
  const Tensor* grad = given.empty() ? nullptr : &given[static_cast<int64_t>(i)];
  if (grad == nullptr || !grad->defined()) {
    check(tensor.numel() == 1, "grad can be implicitly created only for scalar outputs");
    return ones_like(tensor);
  }
  check(grad->sizes() == tensor.sizes(), "Mismatch in shape: grad_output[", i,
        "] has a shape of torch.Size(", grad->sizes(), ") and output[", i,
        "] has a shape of torch.Size(", tensor.sizes(), ").");
  return grad->to(tensor.dtype());
}

/// Sends the starting gradients and runs the graph behind `tensors`.
void run_backward(GraphTask& task, TensorList tensors, TensorList grad_tensors, bool create_graph) {
  check(grad_tensors.empty() || grad_tensors.size() == tensors.size(), "got ", tensors.size(),
        " tensors and ", grad_tensors.size(), " gradients");
  std::vector<Edge> roots;
  std::vector<Tensor> grads;
  for (const Tensor& tensor : tensors) {
    const size_t i = roots.size();
    roots.push_back(gradient_edge(tensor));
    check(roots.back().is_valid(), "element ", i,
          " of tensors does not require grad and does not have a grad_fn");
    grads.push_back(root_gradient(tensor, grad_tensors, i));
  }

  const ExcludeKeys exclude(create_graph ? KeySet() : KeySet(Key::Autograd));
  const IncludeKeys include(create_graph ? KeySet(Key::Autograd) : KeySet());
  for (size_t i = 0; i < roots.size(); ++i) task.send(roots[i], std::move(grads[i]));
  task.run(roots);
}

}  // namespace

void backward(TensorList tensors, TensorList grad_tensors, std::optional<bool> retain_graph,
              bool create_graph) {
  GraphTask task(retain_graph.value_or(create_graph), create_graph);
  run_backward(task, tensors, grad_tensors, create_graph);
}

std::vector<Tensor> grad(TensorList outputs, TensorList inputs, TensorList grad_outputs,
                         std::optional<bool> retain_graph, bool create_graph, bool allow_unused) {
  check(!inputs.empty(), "`inputs` argument to `grad()` cannot be empty.");
  GraphTask task(retain_graph.value_or(create_graph), create_graph);
  for (size_t slot = 0; slot < static_cast<size_t>(inputs.size()); ++slot) {
    const Edge edge = gradient_edge(inputs[static_cast<int64_t>(slot)]);
    check(edge.is_valid(), "One of the differentiated Tensors does not require grad");
    task.capture(edge, slot);
  }
  run_backward(task, outputs, grad_outputs, create_graph);
  for (size_t i = 0; i < task.captured().size(); ++i) {
    check(
        allow_unused || task.captured()[i].defined(), "The differentiated Tensor at index ", i,
        " appears to not have been used in the graph. Set allow_unused=True if this is the desired "
        "behavior.");
  }
  return std::move(task.captured());
}

}  // namespace cutaway::autograd
