// SPDX-License-Identifier: MIT
//
// Where to draw the boxes and lines of a directed graph without cycles, so that people can follow
// it: from top to bottom, in layers. It knows nothing of tensors.
//
// The method is Sugiyama's (Sugiyama, Tagawa, Toda: Methods for visual understanding of
// hierarchical system structures, 1981), in four steps:
//   1. Layers. A node stands one layer above the highest node that it points to.
//   2. A line that passes a layer gets a bend there, a node of no size that keeps room for it. All
//      lines from one node branch off its longest, so a leaf used in a thousand layers gets one
//      trunk and not a thousand parallels.
//   3. Order. Each layer is sorted by the mean place of its neighbours, up and down in turn; the
//      order with the fewest crossings is kept.
//   4. Places. Each node wants to be at the mean x of its neighbours. The nearest places that keep
//      the order and the gaps are a least squares problem with an exact solution in linear time:
//      isotonic regression, by pooling adjacent violators.
//
// Cost: about linear in nodes, edges and bends. Where bends would be more than 20 for each node
// and edge, the rest of the long lines go straight.
#pragma once

#include <cstddef>
#include <vector>

#include "../tensor/version.h"

namespace cutaway::inline v0_1::autograd {

struct Point {
  double x = 0, y = 0;
};

struct LayoutNode {
  double width = 0, height = 0;
  Point center = {};  // answer
};

struct LayoutEdge {
  size_t from = 0, to = 0;
  /// Answer: the way from the lower side of `from` to the upper side of `to`. Where the line
  /// passes a layer, it does so from one point to the next, straight down. Of several long lines
  /// from one node, all but one begin where they leave that one.
  std::vector<Point> points = {};
};

struct LayoutGaps {
  double between_layers = 46, between_nodes = 26, around = 28;
};

/// Fills in the answers and returns the size of the picture, from (0, 0). Throws where the graph
/// has a cycle.
Point lay_out(std::vector<LayoutNode>& nodes, std::vector<LayoutEdge>& edges,
              const LayoutGaps& gaps = {});

}  // namespace cutaway::autograd
