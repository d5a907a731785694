// SPDX-License-Identifier: MIT
#include "allocator.h"

#include <bit>
#include <cstdlib>
#include <new>

#include "check.h"

#if defined(__SANITIZE_ADDRESS__)
#define CUTAWAY_NO_CACHE 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define CUTAWAY_NO_CACHE 1
#endif
#endif

namespace cutaway::inline v0_1 {
namespace {

#ifdef CUTAWAY_NO_CACHE
constexpr bool kCaching = false;
#else
constexpr bool kCaching = true;
#endif

// Classes: 64, 128, 192, 256, 320, 384, 448, 512, 640, 768, 896, 1024, 1280, ... Above 256 bytes,
// four per power of two.
constexpr size_t kClassesPerDoubling = 4;
constexpr size_t kLargestCached = size_t{32} << 20;
constexpr size_t kClassCount = 80;

struct SizeClass {
  size_t index;
  size_t bytes;
};

SizeClass size_class(size_t bytes) {
  if (bytes <= 256) {
    const size_t index = (bytes + kAlignment - 1) / kAlignment - 1;
    return {index, (index + 1) * kAlignment};
  }
  // 2^k < bytes <= 2^(k+1), cut into steps of 2^k / 4.
  const size_t k = static_cast<size_t>(std::bit_width(bytes - 1)) - 1;
  const size_t step = (size_t{1} << k) / kClassesPerDoubling;
  const size_t steps = (bytes - (size_t{1} << k) + step - 1) / step;
  return {kClassesPerDoubling + (k - 8) * kClassesPerDoubling + steps - 1,
          (size_t{1} << k) + steps * step};
}

/// A free block holds the link to the next one in its own first bytes.
struct FreeBlock {
  FreeBlock* next;
};

/// The free blocks of one thread. It has no destructor, so that tensors that outlive the thread's
/// other locals can still ask it: see CacheEnd.
class ThreadCache {
 public:
  void* take(SizeClass size) {
    FreeBlock* block = lists_[size.index];
    if (!block) return nullptr;
    lists_[size.index] = block->next;
    held_ -= size.bytes;
    return block;
  }

  bool keep(void* memory, SizeClass size) {
    if (held_ + size.bytes > kMaxCachedBytes) return false;
    lists_[size.index] = new (memory) FreeBlock{lists_[size.index]};
    held_ += size.bytes;
    return true;
  }

  void clear() {
    for (FreeBlock*& list : lists_) {
      while (list) {
        FreeBlock* next = list->next;
        std::free(list);
        list = next;
      }
    }
    held_ = 0;
  }

  void close() {
    clear();
    is_closed_ = true;
  }

  bool is_closed() const { return is_closed_; }
  size_t held() const { return held_; }

 private:
  FreeBlock* lists_[kClassCount] = {};
  size_t held_ = 0;
  bool is_closed_ = false;
};

constinit thread_local ThreadCache cache;
constinit thread_local int64_t net_bytes = 0;

/// Ends the cache with its thread. What is freed after that goes straight back to the system.
struct CacheEnd {
  ~CacheEnd() { cache.close(); }
  void arm() {}  // the first call on a thread is what has the destructor called at the thread's end
};
thread_local CacheEnd cache_end;

}  // namespace

void* allocate(size_t bytes) {
  if (bytes == 0) return nullptr;
  void* block = nullptr;
  if (bytes <= kLargestCached) {
    const SizeClass size = size_class(bytes);
    if (kCaching) block = cache.take(size);
    if (!block) block = std::aligned_alloc(kAlignment, size.bytes);
  } else if (bytes <= SIZE_MAX - kAlignment) {
    block = std::aligned_alloc(kAlignment, (bytes + kAlignment - 1) / kAlignment * kAlignment);
  }
  check(block != nullptr, "DefaultCPUAllocator: can't allocate memory: you tried to allocate ",
        bytes, " bytes. Error code 12 (Cannot allocate memory)");
  net_bytes += static_cast<int64_t>(bytes);
  return block;
}

void deallocate(void* block, size_t bytes) noexcept {
  if (!block) return;
  net_bytes -= static_cast<int64_t>(bytes);
  if (kCaching && bytes <= kLargestCached && !cache.is_closed()) {
    cache_end.arm();
    if (cache.keep(block, size_class(bytes))) return;
  }
  std::free(block);
}

bool keeps_blocks() noexcept { return kCaching; }
void empty_cache() noexcept { cache.clear(); }
size_t cached_bytes() noexcept { return cache.held(); }
int64_t net_allocated_bytes() noexcept { return net_bytes; }

}  // namespace cutaway
