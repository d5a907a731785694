// SPDX-License-Identifier: MIT
//
// Pictures of the graph: which boxes and lines there are, what nodes say they saved, that the
// layout keeps its promises on graphs of many shapes and sizes, and that the SVG is well formed.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "../../autograd/autograd.h"
#include "../../tensor/ops.h"
#include "../expect_error.h"

namespace cutaway {
namespace {

using autograd::GraphCard;
using autograd::GraphCards;
using autograd::GraphLine;
using autograd::LayoutEdge;
using autograd::LayoutNode;
using autograd::Point;
using autograd::SavedInfo;
using Lines = std::vector<std::string>;

Tensor leaf(IntArrayRef sizes) { return ones(sizes).requires_grad_(); }

/// "MulBackward0: x x" for each box: what points to it, in order.
Lines lines_of(const GraphCards& graph) {
  Lines texts;
  for (size_t i = 0; i < graph.cards.size(); ++i) {
    std::string text = graph.cards[i].title + ":";
    for (const GraphLine& line : graph.lines) {
      if (line.to != i) continue;
      text += " " + graph.cards[line.from].title;
      if (!line.label.empty()) text += "(" + line.label + ")";
    }
    texts.push_back(text);
  }
  return texts;
}

const GraphCard& card(const GraphCards& graph, const std::string& title) {
  const auto found = std::find_if(graph.cards.begin(), graph.cards.end(),
                                  [&](const GraphCard& each) { return each.title == title; });
  check(found != graph.cards.end(), "no box ", title);
  return *found;
}

// ---- What nodes say they saved ----

TEST(SavedTensors, AreListedByTheNode) {
  const Tensor a = leaf({2, 3}), b = leaf({3, 4});
  const Tensor product = a.mm(b);
  const std::vector<SavedInfo> saved = product.grad_fn()->saved_tensors();
  ASSERT_EQ(saved.size(), 2U);
  EXPECT_TRUE(saved[0].tensor.is_same(b));  // mat2 before self
  EXPECT_TRUE(saved[1].tensor.is_same(a));
  EXPECT_FALSE(saved[0].is_output);

  const Tensor e = product.exp();
  const std::vector<SavedInfo> of_exp = e.grad_fn()->saved_tensors();
  ASSERT_EQ(of_exp.size(), 1U);
  EXPECT_TRUE(of_exp[0].is_output);
  EXPECT_EQ(of_exp[0].tensor.impl()->storage(), e.impl()->storage());

  const std::vector<SavedInfo> of_sin = product.sin().grad_fn()->saved_tensors();
  ASSERT_EQ(of_sin.size(), 1U);
  EXPECT_EQ(of_sin[0].grad_fn, product.grad_fn().get());
}

TEST(SavedTensors, InListsAndBehindViewsAreFoundToo) {
  const Tensor x = leaf({4, 4});
  const Tensor rows = tensor_from<int64_t>({0, 1}), columns = tensor_from<int64_t>({2, 3});
  const Tensor picked = index(x, std::vector<Tensor>{rows, columns});
  EXPECT_EQ(picked.grad_fn()->saved_tensors().size(), 2U);
  const Tensor y = x * 1;
  y[0].mul_(y[1].detach());
  EXPECT_STREQ(y.grad_fn()->name(), "CopySlices");
  EXPECT_FALSE(y.grad_fn()->saved_tensors().empty());
}

TEST(SavedTensors, AreGoneAfterBackward) {
  const Tensor a = leaf({2});
  const Tensor loss = (a * a).sum();
  const std::shared_ptr<autograd::Node> node = loss.grad_fn()->next_edges()[0].node;
  EXPECT_EQ(node->saved_tensors().size(), 2U);
  loss.backward();
  EXPECT_TRUE(node->saved_tensors().empty());
  EXPECT_TRUE((a + 1).grad_fn()->saved_tensors().empty());
}

TEST(SavedTensors, LookingChangesNothing) {
  const Tensor a = leaf({2});
  const Tensor loss = (a * a).sum();
  (void)autograd::make_svg(loss);
  loss.backward();
  EXPECT_EQ(a.grad()[0].item<double>(), 2);
}

TEST(SavedTensors, AreNeverCopiedOtherwise) {
  const autograd::SavedTensor saved = autograd::save(leaf({1}));
  expect_error<Error>([&] { const autograd::SavedTensor copy(saved); },
                      "a SavedTensor is moved, never copied");
}

// ---- Boxes and lines ----

TEST(GraphPicture, HasABoxForEachNodeLeafAndOutput) {
  const Tensor x = ones({2, 3}), w = leaf({3, 4}), b = leaf({4});
  const Tensor hidden = (x.mm(w) + b).relu();
  const Tensor loss = (hidden * hidden).sum();
  const GraphCards graph = autograd::collect_graph(
      loss, {.names = {{"w", w}, {"b", b}, {"x", x}, {"hidden", hidden}, {"loss", loss}}});
  EXPECT_EQ(lines_of(graph),
            (Lines{"loss: SumBackward0", "SumBackward0: MulBackward0",
                   "MulBackward0: ReluBackward0 ReluBackward0", "ReluBackward0: AddBackward0",
                   "AddBackward0: MmBackward0 AccumulateGrad", "MmBackward0: AccumulateGrad",
                   "AccumulateGrad: b", "AccumulateGrad: w", "b:", "w:"}));
  EXPECT_EQ(card(graph, "w").shapes, Lines{"float32 [3, 4]"});
  EXPECT_EQ(card(graph, "loss").shapes, Lines{"float32 []"});
  EXPECT_EQ(card(graph, "ReluBackward0").shapes, Lines{"hidden: float32 [2, 4]"});
  EXPECT_EQ(card(graph, "ReluBackward0").saved, Lines{"result: float32 [2, 4]"});
  // Not w: x wants no gradient.
  EXPECT_EQ(card(graph, "MmBackward0").saved, Lines{"self = x: float32 [2, 3]"});
  EXPECT_EQ(card(graph, "MulBackward0").saved,
            (Lines{"other = hidden: float32 [2, 4]", "self = hidden: float32 [2, 4]"}));
  EXPECT_TRUE(autograd::collect_graph(loss, {.show_saved = false}).cards[2].saved.empty());
}

TEST(GraphPicture, TellsOutputsApartAndTakesMany) {
  const Tensor x = leaf({4, 2});
  const std::vector<Tensor> parts = x.split(2);
  const Tensor y = parts[0] * parts[1];
  const GraphCards graph = autograd::collect_graph(std::vector<Tensor>{y, parts[1], ones({1})});
  const Lines lines = lines_of(graph);
  EXPECT_EQ(lines[0], "output: MulBackward0");
  EXPECT_NE(
      std::find(lines.begin(), lines.end(), "MulBackward0: SplitBackward0(0) SplitBackward0(1)"),
      lines.end());
  EXPECT_NE(std::find(lines.begin(), lines.end(), "output 1: SplitBackward0(1)"), lines.end());
  expect_error<Error>([] { autograd::collect_graph(ones({1})); },
                      "there is no graph to draw: none of the tensors requires grad");
}

TEST(GraphPicture, ALeafAloneIsAPicture) {
  const Tensor x = leaf({2});
  EXPECT_EQ(lines_of(autograd::collect_graph(x)),
            (Lines{"output: AccumulateGrad", "AccumulateGrad: leaf", "leaf:"}));
}

TEST(GraphPicture, DotIsQuoted) {
  const Tensor x = leaf({2});
  const std::string dot = autograd::make_dot(x * 2, {.names = {{"a \"b\" \\", x}}});
  EXPECT_NE(dot.find(R"([label="a \"b\" \\\nfloat32 [2]")"), std::string::npos) << dot;
  EXPECT_NE(dot.find(" -> "), std::string::npos);
}

// ---- SVG ----

/// Checks that tags nest and quotes close; returns how often each tag was opened.
std::multiset<std::string> tags_of(const std::string& xml) {
  std::multiset<std::string> tags;
  std::vector<std::string> open;
  for (size_t at = xml.find('<'); at != std::string::npos; at = xml.find('<', at + 1)) {
    size_t end = at + 1;
    bool quoted = false;
    while (end < xml.size() && (quoted || xml[end] != '>')) {
      if (xml[end] == '"') quoted = !quoted;
      EXPECT_FALSE(quoted && xml[end] == '<') << xml.substr(at, 80);
      ++end;
    }
    const std::string tag = xml.substr(at + 1, end - at - 1);
    const std::string name = tag.substr(0, tag.find_first_of(" \n/", 1));
    if (tag[0] == '/') {
      EXPECT_TRUE(!open.empty() && open.back() == tag.substr(1)) << tag;
      open.pop_back();
    } else {
      tags.insert(name);
      if (tag.back() != '/') open.push_back(name);
    }
    at = end;
  }
  EXPECT_TRUE(open.empty());
  return tags;
}

TEST(GraphPicture, SvgIsWellFormedWhateverTheNames) {
  const Tensor x = leaf({2}), y = leaf({2});
  const std::string svg = autograd::make_svg(
      (x * y).exp(), {.names = {{"<x> & \"y\"\n\x01", x}}, .title = "1 < 2 & 3"});
  const std::multiset<std::string> tags = tags_of(svg);
  EXPECT_EQ(tags.count("svg"), 1U);
  EXPECT_EQ(tags.count("path"), 1U + 6U);  // the arrow head and the lines
  EXPECT_NE(svg.find("&lt;x&gt; &amp; &quot;y&quot;  </text>"), std::string::npos);
  EXPECT_NE(svg.find("1 &lt; 2 &amp; 3"), std::string::npos);
  EXPECT_EQ(svg.find('\x01'), std::string::npos);
}

// ---- Layout ----

void expect_good_layout(std::vector<LayoutNode> nodes, std::vector<LayoutEdge> edges) {
  const Point size = lay_out(nodes, edges);
  for (const LayoutNode& node : nodes) {
    EXPECT_GE(node.center.x - node.width / 2, 0);
    EXPECT_LE(node.center.x + node.width / 2, size.x);
    EXPECT_GE(node.center.y - node.height / 2, 0);
    EXPECT_LE(node.center.y + node.height / 2, size.y);
  }
  // No two boxes touch: in the order of their left sides, compared with those that are near.
  std::vector<LayoutNode> sorted = nodes;
  std::sort(sorted.begin(), sorted.end(), [](const LayoutNode& a, const LayoutNode& b) {
    return std::pair(a.center.y, a.center.x) < std::pair(b.center.y, b.center.x);
  });
  for (size_t i = 1; i < sorted.size(); ++i) {
    const LayoutNode &a = sorted[i - 1], &b = sorted[i];
    if (a.center.y == b.center.y) {
      EXPECT_GT(b.center.x - b.width / 2, a.center.x + a.width / 2);
    } else {
      EXPECT_GT(b.center.y - b.height / 2, a.center.y + a.height / 2);
    }
  }
  for (const LayoutEdge& edge : edges) {
    ASSERT_GE(edge.points.size(), 2U);
    const LayoutNode &from = nodes[edge.from], &to = nodes[edge.to];
    EXPECT_DOUBLE_EQ(edge.points.back().y, to.center.y - to.height / 2);
    // From its box, or from the trunk that another line makes.
    const Point& start = edge.points.front();
    const bool from_box = std::abs(start.y - from.center.y - from.height / 2) < 1e-9 &&
                          std::abs(start.x - from.center.x) <= from.width / 2;
    EXPECT_TRUE(from_box || std::any_of(edges.begin(), edges.end(), [&](const LayoutEdge& other) {
                  return other.from == edge.from &&
                         std::any_of(other.points.begin() + 1, other.points.end() - 1,
                                     [&](const Point& bend) {
                                       return bend.x == start.x && bend.y == start.y;
                                     });
                }));
    EXPECT_LE(std::abs(edge.points.back().x - to.center.x), to.width / 2);
    for (size_t i = 1; i < edge.points.size(); ++i) {
      EXPECT_LE(edge.points[i - 1].y, edge.points[i].y) << "lines go down";
    }
  }
}

std::vector<LayoutNode> boxes(size_t count) {
  std::vector<LayoutNode> nodes;
  for (size_t i = 0; i < count; ++i) {
    nodes.push_back({40.0 + static_cast<double>(i % 7) * 20, 20.0 + static_cast<double>(i % 3)});
  }
  return nodes;
}

TEST(GraphLayout, KeepsItsPromisesOnRandomGraphs) {
  std::mt19937 random(0);
  for (const size_t count : {1U, 2U, 5U, 20U, 100U, 400U}) {
    for (const size_t reach : {size_t{2}, count}) {
      std::vector<LayoutEdge> edges;
      for (size_t to = 1; to < count; ++to) {
        for (size_t i = random() % 3; i < 3; ++i) {
          edges.push_back({to - 1 - random() % std::min(to, reach), to});
        }
      }
      expect_good_layout(boxes(count), edges);
    }
  }
}

TEST(GraphLayout, ATreeHasNoCrossings) {
  std::vector<LayoutEdge> edges;
  for (size_t i = 1; i < 63; ++i) edges.push_back({i, (i - 1) / 2});
  std::vector<LayoutNode> nodes(63, {30, 20});
  lay_out(nodes, edges);
  for (const LayoutEdge& a : edges) {
    for (const LayoutEdge& b : edges) {
      if (a.points[0].y != b.points[0].y || a.points[0].x >= b.points[0].x) continue;
      EXPECT_LE(a.points.back().x, b.points.back().x);
    }
  }
}

TEST(GraphLayout, AChainIsStraight) {
  std::vector<LayoutEdge> edges;
  for (size_t i = 1; i < 50; ++i) edges.push_back({i - 1, i});
  std::vector<LayoutNode> nodes(50, {30, 20});
  lay_out(nodes, edges);
  for (const LayoutNode& node : nodes) EXPECT_NEAR(node.center.x, nodes[0].center.x, 1e-6);
}

TEST(GraphLayout, RefusesACycle) {
  std::vector<LayoutNode> nodes(2, {30, 20});
  std::vector<LayoutEdge> edges = {{0, 1}, {1, 0}};
  expect_error<Error>([&] { lay_out(nodes, edges); }, "lay_out: the graph has a cycle");
}

TEST(GraphPicture, DrawsTenThousandNodesInReasonableTime) {
  const auto start = std::chrono::steady_clock::now();
  const Tensor w = leaf({2}), b = leaf({2});
  Tensor h = leaf({2});
  for (int i = 0; i < 5000; ++i) h = h * w + b;  // each step uses both leaves
  const std::string svg = autograd::make_svg(h);
  EXPECT_GT(svg.size(), 1'000'000U);
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  EXPECT_LT(seconds.count(), 20) << "quick under a sanitizer, too";
}

}  // namespace
}  // namespace cutaway
