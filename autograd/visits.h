// SPDX-License-Identifier: MIT
//
// Visits: what one call of backward() knows of the nodes it walks: how many gradients each still
// waits for, and their sum so far. Kept beside the graph and not in it, so that several threads may
// walk one graph.
//
// PyTorch counterpart: dependencies_ and not_ready_ in torch/csrc/autograd/graph_task.h.
#pragma once

#include <cstdint>
#include <vector>

#include "node.h"

namespace cutaway::inline v0_1::autograd {

struct Visit {
  explicit Visit(Node* its_node) : node(its_node) {}
  Node* node;
  int64_t dependencies = 0;  // edges that lead here and have not brought their gradient yet
  Grads grads;               // one per output of the op, once the first has come
};

/// A map from nodes to visits; in the order in which they were added, which also is their number.
class Visits {
 public:
  /// The number of a node's visit, which is added if there is none.
  size_t add(Node* node);
  /// Of a node that was added.
  size_t find(const Node* node) const;

  size_t size() const { return visits_.size(); }
  Visit& operator[](size_t i) { return visits_[i]; }

 private:
  size_t place_of(const Node* node) const;
  void grow();

  /// Up to this many are searched one by one; beyond, through the table.
  static constexpr size_t kFew = 8;
  static constexpr uint32_t kFree = 0xFFFFFFFF;

  SmallList<Visit, kFew> visits_;
  std::vector<uint32_t> table_;  // open addressing: numbers of visits, or kFree; a power of two
};

}  // namespace cutaway::autograd
