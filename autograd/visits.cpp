// SPDX-License-Identifier: MIT
#include "visits.h"

#include "../tensor/check.h"

namespace cutaway::inline v0_1::autograd {

/// Where the node is in the table, or where it would be put.
size_t Visits::place_of(const Node* node) const {
  const size_t mask = table_.size() - 1;
  // Addresses are multiples of 16; the multiplication spreads them over the high bits.
  uint64_t hash = reinterpret_cast<uintptr_t>(node) * 0x9E3779B97F4A7C15;
  for (size_t place = (hash >> 32) & mask;; place = (place + 1) & mask) {
    if (table_[place] == kFree || visits_[table_[place]].node == node) return place;
  }
}

size_t Visits::find(const Node* node) const {
  if (!table_.empty()) return table_[place_of(node)];
  size_t i = 0;
  while (visits_[i].node != node) ++i;
  return i;
}

size_t Visits::add(Node* node) {
  const size_t number = visits_.size();
  if (table_.empty()) {
    for (size_t i = 0; i < number; ++i) {
      if (visits_[i].node == node) return i;
    }
  } else {
    uint32_t& at = table_[place_of(node)];
    if (at != kFree) return at;
    at = static_cast<uint32_t>(number);
  }
  visits_.emplace_back(node);
  // At most half full, so that searches stay short.
  if (table_.empty() ? visits_.size() > kFew : 2 * visits_.size() > table_.size()) grow();
  return number;
}

void Visits::grow() {
  check(visits_.size() < kFree / 2, "backward: the graph has too many nodes");
  table_.assign(table_.empty() ? 8 * kFew : 2 * table_.size(), kFree);
  for (size_t i = 0; i < visits_.size(); ++i) {
    table_[place_of(visits_[i].node)] = static_cast<uint32_t>(i);
  }
}

}  // namespace cutaway::autograd
