// SPDX-License-Identifier: MIT
//
// The allocator: alignment, reuse, the limit on what a thread keeps. Under AddressSanitizer nothing
// is kept, and the tests of reuse are skipped.
#include "../../tensor/allocator.h"

#include <gtest/gtest.h>

#include <cstring>
#include <set>
#include <thread>
#include <vector>

#include "../../tensor/check.h"
#include "../../tensor/ops.h"

namespace cutaway {
namespace {

/// Whether a freed block is kept at all.
bool keeps_blocks() {
  empty_cache();
  deallocate(allocate(64), 64);
  const bool kept = cached_bytes() > 0;
  empty_cache();
  return kept;
}

TEST(Allocator, AlignsAndSizesEveryBlock) {
  for (size_t bytes = 1; bytes < 70000; bytes += bytes < 2000 ? 1 : 997) {
    void* block = allocate(bytes);
    ASSERT_EQ(reinterpret_cast<uintptr_t>(block) % kAlignment, 0U) << bytes;
    std::memset(block, 0xab, bytes);  // ASan sees a block that is too small
    deallocate(block, bytes);
  }
  EXPECT_EQ(allocate(0), nullptr);
  deallocate(nullptr, 0);
}

TEST(Allocator, HandsAFreedBlockOutAgain) {
  if (!keeps_blocks()) GTEST_SKIP() << "nothing is cached under AddressSanitizer";
  void* first = allocate(1000);
  deallocate(first, 1000);
  void* second = allocate(1020);  // the same class of sizes
  EXPECT_EQ(first, second);
  void* third = allocate(1000);
  EXPECT_NE(third, second);
  deallocate(second, 1020);
  deallocate(third, 1000);
  empty_cache();
  EXPECT_EQ(cached_bytes(), 0U);
}

TEST(Allocator, NeverHandsOneBlockOutTwice) {
  for (int round = 0; round < 2; ++round) {
    std::vector<void*> blocks;
    for (size_t i = 0; i < 100; ++i) blocks.push_back(allocate(100 + i));
    EXPECT_EQ(std::set<void*>(blocks.begin(), blocks.end()).size(), blocks.size());
    for (size_t i = 0; i < 100; ++i) deallocate(blocks[i], 100 + i);
  }
  empty_cache();
}

TEST(Allocator, KeepsNoMoreThanItsLimit) {
  if (!keeps_blocks()) GTEST_SKIP() << "nothing is cached under AddressSanitizer";
  const size_t bytes = size_t{16} << 20;
  std::vector<void*> blocks;
  for (int i = 0; i < 8; ++i) blocks.push_back(allocate(bytes));
  for (void* block : blocks) deallocate(block, bytes);
  EXPECT_LE(cached_bytes(), kMaxCachedBytes);
  EXPECT_GE(cached_bytes(), kMaxCachedBytes / 2);
  empty_cache();
  EXPECT_EQ(cached_bytes(), 0U);
}

TEST(Allocator, BlocksMayBeFreedOnAnotherThread) {
  void* block = allocate(500);
  std::thread([block] {
    deallocate(block, 500);
    deallocate(allocate(500), 500);
  }).join();
}

TEST(Allocator, RefusesWhatTheSystemDoesNotHave) {
  try {
    allocate(SIZE_MAX / 2);
    ADD_FAILURE() << "was accepted";
  } catch (const Error& error) {
    EXPECT_EQ(error.message(),
              "DefaultCPUAllocator: can't allocate memory: you tried to allocate "
              "9223372036854775807 bytes. Error code 12 (Cannot allocate memory)");
  }
  EXPECT_THROW(allocate(SIZE_MAX), Error);
}

TEST(Allocator, TensorsLieAlignedAndReuseMemory) {
  for (DType dtype : kAllDTypes) {
    const Tensor x = empty({7}, dtype);
    EXPECT_EQ(reinterpret_cast<uintptr_t>(x.raw_data()) % kAlignment, 0U);
  }
  if (!keeps_blocks()) return;
  const std::byte* before = empty({1000}).raw_data();
  EXPECT_EQ(empty({1000}).raw_data(), before);
}

}  // namespace
}  // namespace cutaway
