// SPDX-License-Identifier: MIT
//
// The allocator: 64-byte aligned blocks, and a cache of freed ones.
//
// Training allocates the same sizes again and again. A freed block therefore goes to a list of its
// size class on the freeing thread, and the next request for that class takes it from there: no
// lock, no system call, no page fault. Sizes are rounded up to a class (four classes per power of
// two, so at most a quarter is wasted).
//
// Promise: `allocate` returns memory aligned to kAlignment, uninitialised; it throws Error with
// PyTorch's text when the system has none. A thread holds at most kMaxCachedBytes in its cache,
// gives it back on empty_cache() and when it ends. Under AddressSanitizer nothing is cached, so
// that use after free is seen.
//
// PyTorch counterpart: c10/core/CPUAllocator.cpp; the caching is that of c10/cuda's allocator.
#pragma once

#include <cstddef>
#include <cstdint>

#include "version.h"

namespace cutaway::inline v0_1 {

/// Alignment of every block: a cache line, and the widest vector register.
inline constexpr size_t kAlignment = 64;
/// The most one thread keeps for reuse.
inline constexpr size_t kMaxCachedBytes = size_t{64} << 20;

/// At least `bytes` of memory. Zero bytes give null.
void* allocate(size_t bytes);
/// Returns a block to the cache; `bytes` is what was asked for.
void deallocate(void* block, size_t bytes) noexcept;

/// Whether freed blocks are kept at all: not under AddressSanitizer.
bool keeps_blocks() noexcept;
/// Frees all blocks cached by the calling thread.
void empty_cache() noexcept;
/// Bytes that the calling thread holds for reuse.
size_t cached_bytes() noexcept;
/// Bytes that the calling thread has taken by allocate(), less those it has returned (of which some
/// may have been taken by another). A measure for profilers.
int64_t net_allocated_bytes() noexcept;

}  // namespace cutaway
