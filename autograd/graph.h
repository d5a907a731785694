// SPDX-License-Identifier: MIT
//
// Pictures of the graph that backward() would walk: every node with the shapes of what its op
// computed, the leaves by name, and what each node has saved.
//
//     autograd::GraphNames names;                      // or net.named_parameters()
//     names.emplace_back("x", x);
//     file << autograd::make_svg(loss, {.names = names, .title = "MLP"});
//
// make_svg lays the graph out itself (graph_layout.h) and needs no program but a browser; make_dot
// gives the same graph as text for Graphviz. Arrows point as the data flowed; backward() goes
// against them. To be called before backward(), which frees what was saved.
//
// A graph of any depth is walked without recursion.
//
// PyTorch counterpart: torchviz.make_dot (a package beside PyTorch). Left out: attributes of nodes
// other than saved tensors.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "node.h"

namespace cutaway::inline v0_1::autograd {

/// What Module::named_parameters() returns. Any tensor of the graph may be named: a leaf, an
/// output, one in between, or an input that requires no gradient but was saved.
using GraphNames = std::vector<std::pair<std::string, Tensor>>;

struct GraphPictureOptions {
  GraphNames names = {};
  bool show_saved = true;
  std::string title = {};
};

/// The graph behind `outputs` in Graphviz's language. Throws where none of them requires grad.
std::string make_dot(TensorList outputs, const GraphPictureOptions& options = {});
/// The same as a self-contained SVG picture.
std::string make_svg(TensorList outputs, const GraphPictureOptions& options = {});

// ---- What both draw ----

/// A box: a leaf, its AccumulateGrad, the node of an op, or an output.
struct GraphCard {
  enum class Kind : uint8_t { Leaf, Accumulate, Op, Output };
  Kind kind = Kind::Op;
  std::string title;                // "fc1.weight", "AddmmBackward0"
  std::vector<std::string> shapes;  // of its tensors: "float32 [64, 10]"
  std::vector<std::string> saved;   // "x: float32 [64, 784]"
  uint64_t sequence_nr = 0;         // of nodes
};

struct GraphLine {
  size_t from = 0, to = 0;  // cards; the tensor flowed from `from` to `to`
  std::string label;        // which output of `from`, where it has several: "1"
};

struct GraphCards {
  std::vector<GraphCard> cards;
  std::vector<GraphLine> lines;
};

/// The graph as boxes and lines, from the outputs backwards.
GraphCards collect_graph(TensorList outputs, const GraphPictureOptions& options = {});

}  // namespace cutaway::autograd
