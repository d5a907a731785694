// SPDX-License-Identifier: MIT
//
// Live counts: how many tensors, storages and autograd nodes there are now. A test that leaves more
// behind than it found has a leak: a cycle of owners, mostly, which no tool reports as long as
// somebody can still reach it.
//
// Promise: live_count() is right whenever no other thread is making or freeing such objects. Each
// thread counts in a block of its own, without a lock or a locked instruction, so that the counts
// cost too little to be measured and need no special build.
//
// PyTorch counterpart: none; its tests count Python objects.
#pragma once

#include <atomic>
#include <cstdint>

#include "version.h"

namespace cutaway::inline v0_1 {

enum class Counted : uint8_t { Tensor, Storage, Node };
inline constexpr int kCountedKinds = 3;

/// How many objects of this kind are alive.
int64_t live_count(Counted kind);

namespace detail {

/// Births less deaths on one thread; negative on one that frees what others made.
struct LiveCounts {
  std::atomic<int64_t> of[kCountedKinds] = {};
  LiveCounts* next = nullptr;  // all blocks there are
  bool is_free = false;        // its thread has ended
};

[[gnu::visibility("default")]] inline constinit thread_local LiveCounts* live_counts = nullptr;
LiveCounts& start_live_counts();

inline void count_live(Counted kind, int64_t change) {
  LiveCounts& counts = live_counts != nullptr ? *live_counts : start_live_counts();
  std::atomic<int64_t>& count = counts.of[static_cast<int>(kind)];
  // Only this thread writes; others may read.
  count.store(count.load(std::memory_order_relaxed) + change, std::memory_order_relaxed);
}

}  // namespace detail

/// A base class of what is counted.
template <Counted kind>
class LiveCounted {
 public:
  LiveCounted(const LiveCounted&) = delete;
  LiveCounted& operator=(const LiveCounted&) = delete;

 protected:
  LiveCounted() { detail::count_live(kind, 1); }
  ~LiveCounted() { detail::count_live(kind, -1); }
};

}  // namespace cutaway
