// SPDX-License-Identifier: MIT
//
// The object pool: reuse, its limit, other threads, the end of a thread. Under AddressSanitizer
// nothing is kept, and the tests of reuse are skipped.
#include "../../tensor/object_pool.h"

#include <gtest/gtest.h>

#include <array>
#include <set>
#include <thread>
#include <vector>

#include "../../tensor/allocator.h"
#include "../../tensor/ops.h"

namespace cutaway {
namespace {

/// Of a size that nothing else here has.
struct Block {
  std::array<int64_t, 91> values;
};
struct Large {
  std::array<int64_t, 1000> values;
};
/// How many free blocks of that size this thread has.
uint32_t pooled() { return detail::object_pool.lists[sizeof(Block) / 8 - 1].count; }

TEST(ObjectPool, HandsAFreedBlockOutAgain) {
  if (!keeps_blocks()) GTEST_SKIP() << "nothing is pooled under AddressSanitizer";
  PoolAllocator<Block> pool;
  Block* first = pool.allocate(1);
  Block* second = pool.allocate(1);
  EXPECT_NE(first, second);
  pool.deallocate(second, 1);
  pool.deallocate(first, 1);
  EXPECT_EQ(pool.allocate(1), first) << "the one freed last is nearest";
  EXPECT_EQ(pool.allocate(1), second);
  pool.deallocate(first, 1);
  pool.deallocate(second, 1);
}

TEST(ObjectPool, NeverHandsOneBlockOutTwice) {
  PoolAllocator<Block> pool;
  for (int round = 0; round < 3; ++round) {
    std::vector<Block*> blocks;
    for (size_t i = 0; i < 2 * kMaxPooled; ++i) {
      blocks.push_back(pool.allocate(1));
      blocks.back()->values.fill(static_cast<int64_t>(i));  // ASan sees a block that is too small
    }
    EXPECT_EQ(std::set<Block*>(blocks.begin(), blocks.end()).size(), blocks.size());
    for (size_t i = 0; i < blocks.size(); ++i) {
      ASSERT_EQ(blocks[i]->values[90], static_cast<int64_t>(i));
      pool.deallocate(blocks[i], 1);
    }
    EXPECT_EQ(pooled(), keeps_blocks() ? kMaxPooled : 0) << "no more than the limit";
  }
}

TEST(ObjectPool, ListsAndLargeObjectsAreTheSystems) {
  PoolAllocator<Block> pool;
  const uint32_t before = pooled();
  pool.deallocate(pool.allocate(3), 3);
  PoolAllocator<Large> large;
  large.deallocate(large.allocate(1), 1);
  EXPECT_EQ(pooled(), before);
}

TEST(ObjectPool, ObjectsMayBeFreedOnAnotherThread) {
  std::shared_ptr<Block> made = make_pooled<Block>();
  const Block* address = made.get();
  bool is_reused = false;
  std::thread([&] {
    made.reset();
    is_reused = make_pooled<Block>().get() == address;
  }).join();
  EXPECT_EQ(is_reused, keeps_blocks());
}

// Whether all is freed, valgrind tells: under AddressSanitizer there is no pool.
TEST(ObjectPool, WhatOutlivesAThreadsPoolIsFreedAllTheSame) {
  uint32_t pooled_by_thread = 0;
  std::thread([&] {
    static thread_local std::shared_ptr<Block> last;
    last = make_pooled<Block>();  // made first, so destroyed after ...
    PoolAllocator<Block> pool;
    pool.deallocate(pool.allocate(1), 1);  // ... the pool, which this opens
    pooled_by_thread = pooled();
  }).join();
  EXPECT_EQ(pooled_by_thread, keeps_blocks() ? 1U : 0U);
}

TEST(ObjectPool, TensorsReuseTheirBlocks) {
  if (!keeps_blocks()) GTEST_SKIP() << "nothing is pooled under AddressSanitizer";
  const TensorImpl* before = ones({1}).impl();
  const Tensor again = ones({1});
  EXPECT_EQ(again.impl(), before);
}

}  // namespace
}  // namespace cutaway
