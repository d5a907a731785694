// SPDX-License-Identifier: MIT
#include "engine.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "../tensor/ops.h"
#include "anomaly.h"
#include "grad_mode.h"
#include "variable.h"
#include "visits.h"

namespace cutaway::inline v0_1::autograd {
namespace {

/// What a call asks for, where that is not everything.
struct Wanted {
  struct Capture {
    int64_t input_nr;
    size_t slot;
  };
  /// Asks for the node of `edge` to be run.
  void reach(const Edge& edge) {
    needed.insert(edge.node.get());
    to_run.insert(edge.node.get());
    kept.push_back(edge.node);
  }
  /// Asks for the gradient that arrives at `edge`, as captured[slot].
  void capture(const Edge& edge, size_t slot) {
    captured.resize(std::max(captured.size(), slot + 1));
    if (!edge.is_valid()) return;
    needed.insert(edge.node.get());
    captures[edge.node.get()].push_back({edge.input_nr, slot});
    kept.push_back(edge.node);
  }
  void take_captures(const Node& node, const Grads& grads) {
    const auto found = captures.find(&node);
    if (found == captures.end()) return;
    for (const Capture& capture : found->second) {
      captured[capture.slot] = grads[static_cast<size_t>(capture.input_nr)];
    }
  }

  NodeSet needed;  // what was asked for, and all on the way to it
  NodeSet to_run;  // the same without what is only to be captured
  std::unordered_map<const Node*, std::vector<Capture>> captures;
  std::vector<Tensor> captured;
  std::vector<std::shared_ptr<Node>> kept;  // an input that is not used may have the only handle
};

/// One call of backward() or grad().
class GraphTask {
 public:
  /// `wanted`: null for everything. It must outlive the task.
  GraphTask(bool retain_graph, bool create_graph, Wanted* wanted)
      : retain_graph_(retain_graph), create_graph_(create_graph), wanted_(wanted) {}

  /// Sends the gradients of the roots, and runs what lies behind them.
  void run(const Edges& roots, Grads&& grads);

 private:
  void count_dependencies(const Edges& roots);
  void mark_wanted();
  void send(const Edge& edge, Tensor grad);
  Visit& next_ready();
  // Gradients are handed on, not copied nor moved from hand to hand: a list of them costs as much
  // as a small op.
  void run_node(Node& node, Grads&& grads);
  Grads apply(Node& node, Grads&& grads);
  bool is_needed(const Node* node) const {
    return wanted_ == nullptr || wanted_->needed.contains(node);
  }
  bool is_run(const Node* node) const {
    return wanted_ == nullptr || wanted_->to_run.contains(node);
  }
  /// Whether the node of visit `a` is to run after that of `b`.
  bool runs_later(size_t a, size_t b) {
    return visits_[a].node->sequence_nr() < visits_[b].node->sequence_nr();
  }

  bool retain_graph_;
  bool create_graph_;
  Wanted* wanted_;
  Visits visits_;              // of all nodes behind the roots
  SmallList<size_t, 8> heap_;  // of the visits whose gradients are complete; the next on top
};

/// Adds a visit for every node behind the roots, and counts the edges that lead to each.
void GraphTask::count_dependencies(const Edges& roots) {
  const auto count = [this](const Edge& edge) {
    if (edge.is_valid()) ++visits_[visits_.add(edge.node.get())].dependencies;
  };
  for (const Edge& root : roots) count(root);
  for (size_t next = 0; next < visits_.size(); ++next) {
    const Node* node = visits_[next].node;
    for (const Edge& edge : node->next_edges()) count(edge);
  }
}

/// Finds the nodes from which a wanted one can be reached. In the order of their numbers, what a
/// node points to has been decided before it. (Leaves come last, but point to nothing.)
void GraphTask::mark_wanted() {
  std::vector<const Node*> nodes;
  for (size_t i = 0; i < visits_.size(); ++i) nodes.push_back(visits_[i].node);
  std::sort(nodes.begin(), nodes.end(),
            [](const Node* a, const Node* b) { return a->sequence_nr() < b->sequence_nr(); });
  for (const Node* node : nodes) {
    for (const Edge& edge : node->next_edges()) {
      if (!edge.is_valid() || !wanted_->needed.contains(edge.node.get())) continue;
      wanted_->needed.insert(node);
      wanted_->to_run.insert(node);
    }
  }
}

/// Adds a gradient (which may be undefined) to those that a node waits for; the last of them makes
/// it ready to run.
void GraphTask::send(const Edge& edge, Tensor grad) {
  const size_t number = visits_.find(edge.node.get());
  Visit& visit = visits_[number];
  if (visit.grads.empty()) visit.grads.resize(edge.node->outputs().size());
  Tensor& sum = visit.grads[static_cast<size_t>(edge.input_nr)];
  if (!sum.defined()) {
    sum = std::move(grad);
  } else if (grad.defined()) {
    if (!create_graph_ && sum.is_sole_owner() && sum.is_contiguous()) {
      sum.add_(grad);  // nobody else sees it
    } else {
      sum = sum + grad;
    }
  }
  if (--visit.dependencies > 0) return;
  heap_.push_back(number);
  std::push_heap(heap_.begin(), heap_.end(), [this](auto a, auto b) { return runs_later(a, b); });
}

Visit& GraphTask::next_ready() {
  std::pop_heap(heap_.begin(), heap_.end(), [this](auto a, auto b) { return runs_later(a, b); });
  const size_t number = heap_.back();
  heap_.pop_back();
  return visits_[number];
}

/// Brings the gradient that goes along `edge` to the shape and dtype of what it is the gradient of.
/// `from`: the node that computed it; null for one that backward() starts with.
void validate(Tensor& grad, const Edge& edge, size_t index, const Node* from) {
  const OutputInfo& wanted = edge.node->outputs()[static_cast<size_t>(edge.input_nr)];
  if (grad.sizes() != wanted.sizes) {
    check(is_expandable_to(wanted.sizes, grad.sizes()),
          from != nullptr ? join("Function ", from->name(), " returned an ") : std::string(),
          "invalid gradient at index ", index, " - got ", grad.sizes(),
          " but expected shape compatible with ", wanted.sizes);
    grad = sum_to_size(grad, wanted.sizes);
  }
  if (grad.dtype() != wanted.dtype) grad = grad.to(wanted.dtype);
}

/// The same of all that a node computed. What nobody needs is dropped, but for a function of the
/// user's own.
void validate(Grads& grads, const Node& from) {
  const Edges& edges = from.next_edges();
  check(grads.size() == edges.size(), "Function ", from.name(),
        " returned an invalid number of gradients: got ", grads.size(), " but expected ",
        edges.size());
  for (size_t i = 0; i < edges.size(); ++i) {
    Tensor& grad = grads[i];
    if (!from.needs(i) && !from.shows_unneeded()) grad = Tensor();
    if (!grad.defined() || !edges[i].is_valid()) continue;
    validate(grad, edges[i], i, &from);
  }
}

/// Steps 3 to 5 in Note [The order of hooks].
Grads GraphTask::apply(Node& node, Grads&& grads) {
  const Hooks* hooks = node.find_hooks();
  if (hooks != nullptr) hooks->run_pre_hooks(grads);
  const Grads given = hooks != nullptr && hooks->has_post_hooks() ? grads : Grads();
  Grads results = apply_node(node, std::move(grads));  // step in here
  validate(results, node);
  if (hooks != nullptr) hooks->run_post_hooks(results, given);
  return results;
}

void GraphTask::run_node(Node& node, Grads&& grads) {
  const bool runs = is_run(&node);
  if (wanted_ != nullptr && runs) wanted_->take_captures(node, grads);
  if (const Hooks* hooks = node.find_tensor_hooks()) hooks->run_tensor_hooks(grads);
  if (!runs) {
    wanted_->take_captures(node, grads);
    return;
  }
  Grads results = apply(node, std::move(grads));
  if (!retain_graph_) node.release_saved();
  if (is_anomaly_enabled()) check_nan(node, results);
  const Edges& edges = node.next_edges();
  for (size_t i = 0; i < edges.size(); ++i) {
    if (node.needs(i)) send(edges[i], std::move(results[i]));
  }
}

void GraphTask::run(const Edges& roots, Grads&& grads) {
  count_dependencies(roots);
  if (wanted_ != nullptr) mark_wanted();
  const LimitToNodes limit(wanted_ != nullptr ? &wanted_->needed : nullptr);
  for (size_t i = 0; i < roots.size(); ++i) validate(grads[i], roots[i], i, nullptr);
  for (size_t i = 0; i < roots.size(); ++i) {
    // A root alone gets its gradient in any case: its tensor hooks and retain_grad see it.
    if (roots.size() == 1 || is_needed(roots[i].node.get())) send(roots[i], std::move(grads[i]));
  }
  while (!heap_.empty()) {
    Visit& visit = next_ready();
    const RunningNode running(*visit.node);
    try {
      run_node(*visit.node, std::move(visit.grads));
    } catch (Error& error) {
      error.add_note(join("while backward ran ", visit.node->name()));
      if (is_anomaly_enabled()) error.add_note(report_anomaly(*visit.node));
      throw;
    } catch (...) {  // of the user's, from a hook: goes on as it is
      if (is_anomaly_enabled()) report_anomaly(*visit.node);
      throw;
    }
  }
}

/// ones_like of a one-element tensor. No op writes the number: that would cost more than the rest.
Tensor one_like(const Tensor& tensor) {
  Tensor one = empty(tensor.sizes(), tensor.dtype());
  visit_dtype(one.dtype(), [&]<class T>(TypeTag<T>) { *one.data<T>() = T(1); });
  return one;
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
  return one_like(tensor);
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
  Grads grads;
  Edges edges;
};

void run_from(Roots&& roots, std::optional<bool> retain_graph, bool create_graph, Wanted* wanted) {
  const ExcludeKeys exclude(create_graph ? KeySet() : KeySet(Key::Autograd));
  const IncludeKeys include(create_graph ? KeySet(Key::Autograd) : KeySet());
  GraphTask task(retain_graph.value_or(create_graph), create_graph, wanted);
  task.run(roots.edges, std::move(roots.grads));
}

}  // namespace

void backward(TensorList tensors, TensorList grad_tensors, std::optional<bool> retain_graph,
              bool create_graph, std::optional<TensorList> inputs) {
  check(!inputs || !inputs->empty(), "`inputs` argument to `backward()` cannot be empty.");
  Roots roots(tensors, grad_tensors);
  if (!inputs) {
    run_from(std::move(roots), retain_graph, create_graph, nullptr);
    return;
  }
  Wanted wanted;
  for (const Tensor& input : *inputs) {
    input.retain_grad();
    wanted.reach(gradient_edge(input));
  }
  run_from(std::move(roots), retain_graph, create_graph, &wanted);
}

std::vector<Tensor> grad(TensorList outputs, TensorList inputs, TensorList grad_outputs,
                         std::optional<bool> retain_graph, bool create_graph,
                         std::optional<bool> allow_unused, bool materialize_grads) {
  check_value(!materialize_grads || allow_unused.value_or(true),
              "Expected allow_unused to be True or not passed when materialize_grads=True, but "
              "got: allow_unused=False.");
  check(!inputs.empty(), "`inputs` argument to `grad()` cannot be empty.");
  Roots roots(outputs, grad_outputs);
  Wanted wanted;
  for (size_t slot = 0; slot < static_cast<size_t>(inputs.size()); ++slot) {
    const Edge edge = gradient_edge(inputs[static_cast<int64_t>(slot)]);
    // A view made in no-grad mode requires a gradient where its base does, but none can reach it.
    check(edge.is_valid() || inputs[static_cast<int64_t>(slot)].requires_grad(),
          "One of the differentiated Tensors does not require grad");
    wanted.capture(edge, slot);
  }
  run_from(std::move(roots), retain_graph, create_graph, &wanted);

  std::vector<Tensor> grads = std::move(wanted.captured);
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
