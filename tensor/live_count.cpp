// SPDX-License-Identifier: MIT
#include "live_count.h"

#include <mutex>

namespace cutaway::inline v0_1 {
namespace detail {
namespace {

constinit std::mutex blocks_mutex;
constinit LiveCounts* blocks = nullptr;  // never freed: there are as many as threads at one time

/// Gives the thread's block back when the thread ends; the next one goes on counting in it.
struct ReturnAtExit {
  ~ReturnAtExit() {
    const std::lock_guard<std::mutex> lock(blocks_mutex);
    if (live_counts != nullptr) live_counts->is_free = true;
    live_counts = nullptr;
  }
};

}  // namespace

LiveCounts& start_live_counts() {
  static thread_local ReturnAtExit at_exit;
  static_cast<void>(at_exit);
  const std::lock_guard<std::mutex> lock(blocks_mutex);
  LiveCounts* block = blocks;
  while (block != nullptr && !block->is_free) block = block->next;
  if (block == nullptr) {
    block = new LiveCounts;
    block->next = blocks;
    blocks = block;
  }
  block->is_free = false;
  live_counts = block;
  return *block;
}

}  // namespace detail

int64_t live_count(Counted kind) {
  const std::lock_guard<std::mutex> lock(detail::blocks_mutex);
  int64_t sum = 0;
  for (const auto* block = detail::blocks; block != nullptr; block = block->next) {
    sum += block->of[static_cast<int>(kind)].load(std::memory_order_relaxed);
  }
  return sum;
}

}  // namespace cutaway
