// SPDX-License-Identifier: MIT
#include "graph_layout.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "../tensor/check.h"

namespace cutaway::inline v0_1::autograd {
namespace {

using Indices = std::vector<size_t>;
constexpr size_t kNone = SIZE_MAX;

/// A node, or a bend of the lines that come from one.
struct Item {
  size_t node = kNone;  // kNone: a bend
  size_t layer = 0;
  double width = 0, x = 0;
  Indices above, below;  // the items of the next layers that lines lead to
};

class Layout {
 public:
  Layout(std::vector<LayoutNode>& nodes, std::vector<LayoutEdge>& edges, const LayoutGaps& gaps)
      : nodes_(nodes), edges_(edges), gaps_(gaps) {}

  Point run() {
    if (nodes_.empty()) return {2 * gaps_.around, 2 * gaps_.around};
    find_layers();
    make_bends();
    order_layers();
    place_items();
    const Point size = set_centers();
    draw_lines();
    return size;
  }

 private:
  void find_layers();
  void make_bends();
  size_t add_bend(size_t above);
  void connect(size_t above, size_t below);
  void order_layers();
  void first_order();
  void sort_layer(size_t layer, bool by_above);
  void renumber(size_t layer);
  size_t crossings() const;
  size_t crossings_below(size_t layer) const;
  void place_items();
  void place_layer(size_t layer, bool by_above, bool by_below);
  double gap_between(const Item& left, const Item& right) const;
  Point set_centers();
  void draw_lines();

  std::vector<LayoutNode>& nodes_;
  std::vector<LayoutEdge>& edges_;
  LayoutGaps gaps_;
  std::vector<Item> items_;           // those of the nodes first, in their order
  std::vector<Indices> layers_;       // items from left to right
  Indices place_;                     // of each item in its layer
  Indices next_bend_;                 // of each item: the bend below it that its lines share
  std::vector<Indices> ways_;         // of each edge: the items it passes, both ends included
  std::vector<double> top_, bottom_;  // of each layer
};

// ---- 1. Layers ----

/// Counted from the bottom: a node is ready when all it points to have their layer.
void Layout::find_layers() {
  std::vector<Indices> incoming(nodes_.size());
  Indices open(nodes_.size(), 0), height(nodes_.size(), 0), ready;
  for (const LayoutEdge& edge : edges_) {
    incoming[edge.to].push_back(edge.from);
    ++open[edge.from];
  }
  for (size_t node = 0; node < nodes_.size(); ++node) {
    if (open[node] == 0) ready.push_back(node);
  }
  for (size_t next = 0; next < ready.size(); ++next) {
    const size_t node = ready[next];
    for (const size_t from : incoming[node]) {
      height[from] = std::max(height[from], height[node] + 1);
      if (--open[from] == 0) ready.push_back(from);
    }
  }
  check(ready.size() == nodes_.size(), "lay_out: the graph has a cycle");

  const size_t highest = *std::max_element(height.begin(), height.end());
  layers_.resize(highest + 1);
  items_.resize(nodes_.size());
  for (size_t node = 0; node < nodes_.size(); ++node) {
    items_[node].node = node;
    items_[node].layer = highest - height[node];
    items_[node].width = nodes_[node].width;
  }
}

// ---- 2. Bends ----

size_t Layout::add_bend(size_t above) {
  Item bend;
  bend.layer = items_[above].layer + 1;
  items_.push_back(bend);
  connect(above, items_.size() - 1);
  return items_.size() - 1;
}

void Layout::connect(size_t above, size_t below) {
  items_[above].below.push_back(below);
  items_[below].above.push_back(above);
}

/// The longest line of a node makes the bends; the others leave it where they need to.
void Layout::make_bends() {
  std::vector<Indices> leaving(nodes_.size());
  for (size_t e = 0; e < edges_.size(); ++e) leaving[edges_[e].from].push_back(e);
  const size_t most = items_.size() + 20 * (nodes_.size() + edges_.size());
  ways_.resize(edges_.size());
  for (size_t node = 0; node < nodes_.size(); ++node) {
    const auto layer_of_end = [&](size_t e) { return items_[edges_[e].to].layer; };
    std::stable_sort(leaving[node].begin(), leaving[node].end(),
                     [&](size_t a, size_t b) { return layer_of_end(a) > layer_of_end(b); });
    Indices trunk = {node};
    for (const size_t e : leaving[node]) {
      const bool is_first = trunk.size() == 1;
      while (is_first && items_[trunk.back()].layer + 1 < layer_of_end(e) && items_.size() < most) {
        trunk.push_back(add_bend(trunk.back()));
      }
      const size_t last = std::min(trunk.size() - 1, layer_of_end(e) - 1 - items_[node].layer);
      ways_[e] = is_first ? trunk : Indices{trunk[last]};
      if (items_[trunk[last]].layer + 1 == layer_of_end(e)) connect(trunk[last], edges_[e].to);
      ways_[e].push_back(edges_[e].to);
    }
  }
}

// ---- 3. Order ----

/// Items in the order in which a walk upwards from the bottom meets them: what belongs together
/// begins side by side.
void Layout::first_order() {
  std::vector<bool> seen(items_.size(), false);
  Indices stack;
  const auto visit = [&](size_t item) {
    if (seen[item]) return;
    seen[item] = true;
    stack.push_back(item);
  };
  for (size_t start = 0; start < items_.size(); ++start) {
    if (!items_[start].below.empty()) continue;
    visit(start);
    while (!stack.empty()) {
      const size_t item = stack.back();
      stack.pop_back();
      layers_[items_[item].layer].push_back(item);
      const Indices& above = items_[item].above;
      for (size_t i = above.size(); i > 0; --i) visit(above[i - 1]);
    }
  }
  place_.resize(items_.size());
  for (size_t layer = 0; layer < layers_.size(); ++layer) renumber(layer);
}

void Layout::renumber(size_t layer) {
  for (size_t i = 0; i < layers_[layer].size(); ++i) place_[layers_[layer][i]] = i;
}

void Layout::sort_layer(size_t layer, bool by_above) {
  std::vector<std::pair<double, size_t>> wishes;
  for (const size_t item : layers_[layer]) {
    const Indices& neighbours = by_above ? items_[item].above : items_[item].below;
    double sum = 0;
    for (const size_t other : neighbours) sum += static_cast<double>(place_[other]);
    const double count = static_cast<double>(neighbours.size());
    wishes.emplace_back(count > 0 ? sum / count : static_cast<double>(place_[item]), item);
  }
  std::stable_sort(wishes.begin(), wishes.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  for (size_t i = 0; i < wishes.size(); ++i) layers_[layer][i] = wishes[i].second;
  renumber(layer);
}

/// Lines between this layer and the next cross where their ends are in another order than their
/// beginnings: inversions, counted with a Fenwick tree.
size_t Layout::crossings_below(size_t layer) const {
  Indices tree(layers_[layer + 1].size() + 1, 0);
  size_t seen = 0, found = 0;
  for (const size_t item : layers_[layer]) {
    for (const size_t other : items_[item].below) {
      size_t not_right_of = 0;
      for (size_t i = place_[other] + 1; i > 0; i -= i & (~i + 1)) not_right_of += tree[i];
      found += seen - not_right_of;
    }
    for (const size_t other : items_[item].below) {
      for (size_t i = place_[other] + 1; i < tree.size(); i += i & (~i + 1)) ++tree[i];
      ++seen;
    }
  }
  return found;
}

size_t Layout::crossings() const {
  size_t sum = 0;
  for (size_t layer = 0; layer + 1 < layers_.size(); ++layer) sum += crossings_below(layer);
  return sum;
}

void Layout::order_layers() {
  first_order();
  std::vector<Indices> best = layers_;
  size_t fewest = crossings();
  for (int sweep = 0; sweep < 12 && fewest > 0; ++sweep) {
    const bool down = sweep % 2 == 0;
    for (size_t i = 1; i < layers_.size(); ++i) {
      sort_layer(down ? i : layers_.size() - 1 - i, down);
    }
    const size_t found = crossings();
    if (found < fewest) {
      fewest = found;
      best = layers_;
    }
  }
  layers_ = std::move(best);
  for (size_t layer = 0; layer < layers_.size(); ++layer) renumber(layer);
}

// ---- 4. Places ----

double Layout::gap_between(const Item& left, const Item& right) const {
  const bool is_bend = left.node == kNone || right.node == kNone;
  return (left.width + right.width) / 2 + gaps_.between_nodes * (is_bend ? 0.6 : 1.0);
}

/// Isotonic regression. Without the room they need, x_i - room_i must not decrease from left to
/// right; where the wishes do, the items are pooled into a block at the mean of their wishes.
void Layout::place_layer(size_t layer, bool by_above, bool by_below) {
  struct Block {
    double weight, mean;
    size_t count;
  };
  std::vector<Block> blocks;
  std::vector<double> room;
  const Indices& items = layers_[layer];
  for (size_t i = 0; i < items.size(); ++i) {
    const Item& item = items_[items[i]];
    room.push_back(i == 0 ? 0 : room.back() + gap_between(items_[items[i - 1]], item));
    double weight = 0.01, sum = 0.01 * item.x;  // who has no neighbours stays
    const auto pull = [&](const Indices& neighbours, const Indices Item::*back) {
      for (const size_t other : neighbours) {
        // Long lines should be straight, and so should a line that is alone at both its ends.
        const int bends = (item.node == kNone ? 1 : 0) + (items_[other].node == kNone ? 1 : 0);
        const bool is_alone = neighbours.size() == 1 && (items_[other].*back).size() == 1;
        const double strength = bends == 2 ? 30 : bends == 1 ? 2 : is_alone ? 4 : 1;
        weight += strength;
        sum += strength * items_[other].x;
      }
    };
    if (by_above) pull(item.above, &Item::below);
    if (by_below) pull(item.below, &Item::above);
    blocks.push_back({weight, sum / weight - room.back(), 1});
    while (blocks.size() > 1 && blocks[blocks.size() - 2].mean > blocks.back().mean) {
      const Block last = blocks.back();
      blocks.pop_back();
      Block& block = blocks.back();
      block.mean =
          (block.mean * block.weight + last.mean * last.weight) / (block.weight + last.weight);
      block.weight += last.weight;
      block.count += last.count;
    }
  }
  size_t i = 0;
  for (const Block& block : blocks) {
    for (size_t end = i + block.count; i < end; ++i) items_[items[i]].x = block.mean + room[i];
  }
}

void Layout::place_items() {
  for (const Indices& layer : layers_) {
    double x = 0;
    for (size_t i = 0; i < layer.size(); ++i) {
      if (i > 0) x += gap_between(items_[layer[i - 1]], items_[layer[i]]);
      items_[layer[i]].x = x;
    }
    for (const size_t item : layer) items_[item].x -= x / 2;
  }
  const int rounds = items_.size() < 2000 ? 80 : 8;
  for (int round = 0; round < rounds; ++round) {
    const bool last = round >= rounds / 2;  // then towards both sides at once
    for (size_t i = 0; i < layers_.size(); ++i) place_layer(i, true, last);
    for (size_t i = layers_.size(); i > 0; --i) place_layer(i - 1, last, true);
  }
}

Point Layout::set_centers() {
  double left = 1e300, right = -1e300;
  for (const Item& item : items_) {
    left = std::min(left, item.x - item.width / 2);
    right = std::max(right, item.x + item.width / 2);
  }
  for (Item& item : items_) item.x += gaps_.around - left;

  double y = gaps_.around;
  for (const Indices& layer : layers_) {
    double height = 0;
    for (const size_t item : layer) {
      if (items_[item].node != kNone) height = std::max(height, nodes_[items_[item].node].height);
    }
    top_.push_back(y);
    bottom_.push_back(y + height);
    for (const size_t item : layer) {
      if (items_[item].node != kNone) {
        nodes_[items_[item].node].center = {items_[item].x, y + height / 2};
      }
    }
    y += height + gaps_.between_layers;
  }
  return {right - left + 2 * gaps_.around, bottom_.back() + gaps_.around};
}

// ---- Lines ----

/// Where the lines on one side of a node begin or end: side by side, in the order of where they go.
/// Lines that go to the same `key` from here share a place.
struct Port {
  double toward;  // x of the next item on the way
  size_t key;
  size_t edge;
};

template <class Set>
void spread(std::vector<Port>& ports, const LayoutNode& node, const Set& set) {
  std::stable_sort(ports.begin(), ports.end(), [](const Port& a, const Port& b) {
    return std::pair(a.toward, a.key) < std::pair(b.toward, b.key);
  });
  size_t places = 0;
  for (size_t i = 0; i < ports.size(); ++i) {
    if (i == 0 || ports[i].key != ports[i - 1].key) ++places;
  }
  const double step = std::min(22.0, 0.8 * node.width / static_cast<double>(places));
  double x = node.center.x - step * static_cast<double>(places - 1) / 2;
  for (size_t i = 0; i < ports.size(); ++i) {
    if (i > 0 && ports[i].key != ports[i - 1].key) x += step;
    set(ports[i].edge, x);
  }
}

void Layout::draw_lines() {
  std::vector<std::vector<Port>> leaving(nodes_.size()), arriving(nodes_.size());
  std::vector<double> from_x(edges_.size()), to_x(edges_.size());
  for (size_t e = 0; e < edges_.size(); ++e) {
    const Indices& way = ways_[e];
    if (way.front() == edges_[e].from) {
      leaving[way.front()].push_back({items_[way[1]].x, way[1], e});
    } else {
      from_x[e] = items_[way.front()].x;
    }
    arriving[way.back()].push_back({items_[way[way.size() - 2]].x, e, e});
  }
  for (size_t n = 0; n < nodes_.size(); ++n) {
    if (!leaving[n].empty()) {
      spread(leaving[n], nodes_[n], [&](size_t edge, double x) { from_x[edge] = x; });
    }
    if (!arriving[n].empty()) {
      spread(arriving[n], nodes_[n], [&](size_t edge, double x) { to_x[edge] = x; });
    }
  }
  for (size_t e = 0; e < edges_.size(); ++e) {
    const LayoutNode &from = nodes_[edges_[e].from], &to = nodes_[edges_[e].to];
    const size_t start = ways_[e].front();
    std::vector<Point>& points = edges_[e].points;
    points = {{from_x[e], start == edges_[e].from ? from.center.y + from.height / 2
                                                  : bottom_[items_[start].layer]}};
    for (size_t i = 1; i + 1 < ways_[e].size(); ++i) {
      const Item& bend = items_[ways_[e][i]];
      points.push_back({bend.x, top_[bend.layer]});
      points.push_back({bend.x, bottom_[bend.layer]});
    }
    points.push_back({to_x[e], to.center.y - to.height / 2});
  }
}

}  // namespace

Point lay_out(std::vector<LayoutNode>& nodes, std::vector<LayoutEdge>& edges,
              const LayoutGaps& gaps) {
  return Layout(nodes, edges, gaps).run();
}

}  // namespace cutaway::autograd
