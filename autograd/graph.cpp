// SPDX-License-Identifier: MIT
#include "graph.h"

#include <algorithm>
#include <map>
#include <type_traits>
#include <unordered_map>

#include "accumulate_grad.h"
#include "variable.h"

namespace cutaway::inline v0_1::autograd {
namespace {

constexpr size_t kMostLines = 6;  // of one kind in a box

std::string shape_text(DType dtype, IntArrayRef sizes) { return join(name_of(dtype), " ", sizes); }

/// The names that the user gave, by what of a tensor the graph remembers.
class Names {
 public:
  explicit Names(const GraphNames& names) {
    for (const auto& [name, tensor] : names) {
      if (!tensor.defined()) continue;
      by_memory_.emplace(memory_of(tensor), name);
      if (const std::shared_ptr<Node> node = tensor.grad_fn()) {
        by_origin_.emplace(std::pair(node.get(), tensor.output_nr()), name);
      } else {
        leaves_.emplace(tensor.impl(), name);
      }
    }
  }
  std::string of_leaf(const Tensor& leaf) const { return find(leaves_, leaf.impl()); }
  std::string of_result(const Node* node, int64_t output_nr) const {
    return find(by_origin_, std::pair(node, output_nr));
  }
  /// Of a saved tensor, which is another handle to the same memory.
  std::string of_memory(const Tensor& tensor) const { return find(by_memory_, memory_of(tensor)); }

 private:
  using Memory = std::pair<const void*, std::vector<int64_t>>;
  static Memory memory_of(const Tensor& tensor) {
    std::vector<int64_t> layout = {tensor.storage_offset()};
    layout.insert(layout.end(), tensor.sizes().begin(), tensor.sizes().end());
    layout.insert(layout.end(), tensor.strides().begin(), tensor.strides().end());
    return {tensor.impl()->storage().get(), std::move(layout)};
  }
  template <class Key>
  static std::string find(const std::map<Key, std::string>& names,
                          const std::type_identity_t<Key>& key) {
    const auto found = names.find(key);
    return found != names.end() ? found->second : "";
  }

  std::map<const TensorImpl*, std::string> leaves_;
  std::map<std::pair<const Node*, int64_t>, std::string> by_origin_;
  std::map<Memory, std::string> by_memory_;
};

/// Adds a line, or counts those that find no room.
void add_line(std::vector<std::string>& lines, std::string line, size_t of) {
  if (lines.size() < kMostLines || of == kMostLines + 1) {
    lines.push_back(std::move(line));
  } else if (lines.size() == kMostLines) {
    lines.push_back(join("... and ", of - kMostLines, " more"));
  }
}

/// "fc1.weight: float32 [64, 10]", or the shape alone.
std::string named(const std::string& name, const std::string& shape) {
  return name.empty() ? shape : join(name, ": ", shape);
}

/// "other = w: float32 [3, 4]": what the formula calls it, and the user, or else where it comes
/// from. Of an own result: "result: float32 [3, 4]".
std::string saved_text(const SavedInfo& saved, const Names& names) {
  const std::string shape = shape_text(saved.tensor.dtype(), saved.tensor.sizes());
  if (saved.is_output) return named(saved.name.empty() ? "result" : std::string(saved.name), shape);
  std::string origin = names.of_memory(saved.tensor);
  if (origin.empty() && saved.grad_fn != nullptr) {
    origin = join(saved.grad_fn->name(), " #", saved.grad_fn->sequence_nr());
  }
  const bool has_both = !saved.name.empty() && !origin.empty();
  return named(join(saved.name, has_both ? " = " : "", origin), shape);
}

GraphCard card_of(const Node& node, const Names& names, bool show_saved) {
  GraphCard card;
  card.title = node.name();
  card.sequence_nr = node.sequence_nr();
  if (as_accumulator(node) != nullptr) {
    card.kind = GraphCard::Kind::Accumulate;
    return card;
  }
  const size_t outputs = node.outputs().size();
  for (size_t i = 0; i < outputs; ++i) {
    const OutputInfo& output = node.outputs()[i];
    const std::string name = names.of_result(&node, static_cast<int64_t>(i));
    const std::string shape = named(name, shape_text(output.dtype, output.sizes));
    add_line(card.shapes, outputs > 1 ? join("output ", i, " ", shape) : shape, outputs);
  }
  if (!show_saved) return card;
  const std::vector<SavedInfo> all = node.saved_tensors();
  for (const SavedInfo& saved : all) add_line(card.saved, saved_text(saved, names), all.size());
  return card;
}

class Collector {
 public:
  Collector(const GraphPictureOptions& options)
      : names_(options.names), show_saved_(options.show_saved) {}

  void add_output(const Tensor& output, size_t number) {
    const Edge edge = gradient_edge(output);
    if (!edge.is_valid()) return;
    GraphCard card;
    card.kind = GraphCard::Kind::Output;
    card.title = names_.of_memory(output);
    if (card.title.empty()) card.title = number == 0 ? "output" : join("output ", number);
    card.shapes = {shape_text(output.dtype(), output.sizes())};
    graph_.cards.push_back(std::move(card));
    add_line_from(edge, graph_.cards.size() - 1);
    roots_.push_back(edge.node);
  }

  GraphCards finish() {
    for (size_t next = 0; next < nodes_.size(); ++next) {
      const auto [node, card] = nodes_[next];
      for (const Edge& edge : node->next_edges()) {
        if (edge.is_valid()) add_line_from(edge, card);
      }
      if (const AccumulateGrad* end = as_accumulator(*node)) add_leaf(end->leaf(), card);
    }
    return std::move(graph_);
  }

 private:
  void add_line_from(const Edge& edge, size_t to) {
    const auto [place, is_new] = places_.try_emplace(edge.node.get(), graph_.cards.size());
    if (is_new) {
      graph_.cards.push_back(card_of(*edge.node, names_, show_saved_));
      nodes_.emplace_back(edge.node.get(), place->second);
    }
    const bool is_one_of_many = edge.node->outputs().size() > 1;
    graph_.lines.push_back({place->second, to, is_one_of_many ? join(edge.input_nr) : ""});
  }

  void add_leaf(const Tensor& leaf, size_t accumulate) {
    GraphCard card;
    card.kind = GraphCard::Kind::Leaf;
    card.title = names_.of_leaf(leaf);
    if (card.title.empty()) card.title = "leaf";
    card.shapes = {shape_text(leaf.dtype(), leaf.sizes())};
    graph_.lines.push_back({graph_.cards.size(), accumulate, ""});
    graph_.cards.push_back(std::move(card));
  }

  Names names_;
  bool show_saved_;
  std::vector<std::shared_ptr<Node>> roots_;  // a leaf does not keep its own node alive
  GraphCards graph_;
  std::unordered_map<const Node*, size_t> places_;
  std::vector<std::pair<const Node*, size_t>> nodes_;  // found so far, with their cards
};

// ---- DOT ----

/// A text between double quotes; line breaks become \n.
std::string dot_text(const std::string& text) {
  std::string result;
  for (const char letter : text) {
    if (letter == '"' || letter == '\\') result += '\\';
    result += letter == '\n' ? ' ' : letter;
  }
  return result;
}

std::string dot_label(const GraphCard& card) {
  std::string label = dot_text(card.title);
  for (const std::string& shape : card.shapes) label += "\\n" + dot_text(shape);
  for (const std::string& saved : card.saved) label += "\\nsaved " + dot_text(saved);
  return label;
}

const char* dot_color(GraphCard::Kind kind) {
  switch (kind) {
    case GraphCard::Kind::Leaf:
      return "#cfe4fb";
    case GraphCard::Kind::Accumulate:
      return "#e6e9ed";
    case GraphCard::Kind::Output:
      return "#cdeed6";
    case GraphCard::Kind::Op:
      break;
  }
  return "#ffffff";
}

}  // namespace

GraphCards collect_graph(TensorList outputs, const GraphPictureOptions& options) {
  Collector collector(options);
  size_t number = 0;
  bool any = false;
  for (const Tensor& output : outputs) {
    collector.add_output(output, number++);
    any = any || output.requires_grad();
  }
  check(any, "there is no graph to draw: none of the tensors requires grad");
  return collector.finish();
}

std::string make_dot(TensorList outputs, const GraphPictureOptions& options) {
  const GraphCards graph = collect_graph(outputs, options);
  std::string text = join(
      "digraph \"", dot_text(options.title),
      "\" {\n  node [shape=box, style=\"filled,rounded\", fontname=monospace, fontsize=11];\n");
  for (size_t i = 0; i < graph.cards.size(); ++i) {
    text += join("  n", i, " [label=\"", dot_label(graph.cards[i]), "\", fillcolor=\"",
                 dot_color(graph.cards[i].kind), "\"];\n");
  }
  for (const GraphLine& line : graph.lines) {
    text += join("  n", line.from, " -> n", line.to,
                 line.label.empty() ? "" : join(" [label=\"", line.label, "\"]"), ";\n");
  }
  return text + "}\n";
}

}  // namespace cutaway::autograd
