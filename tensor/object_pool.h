// SPDX-License-Identifier: MIT
//
// The object pool: where tensors, storages and nodes of the graph live. Several of them come and go
// with every small op, and asking the system for each would take a seventh of the op's time.
//
// A freed block goes to a list of its size on the freeing thread, and the next object of that size
// takes it from there: a few instructions, no lock. The same idea as the allocator's, which is for
// the elements of tensors: aligned blocks of all sizes, in classes.
//
// Promise: a thread keeps at most kMaxPooled blocks of each size, and frees them when it ends. An
// object may be freed on another thread than made it. Under AddressSanitizer nothing is kept, so
// that use after free is seen.
//
// PyTorch counterpart: none; it leaves this to the system's malloc.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>

#include "version.h"

#include "macros_off.h"  // what hosts have as macros is ours from here on

namespace cutaway::inline v0_1 {

/// The most blocks of one size that a thread keeps.
inline constexpr uint32_t kMaxPooled = 1024;

namespace detail {

/// The free blocks of one thread. It has no destructor, so that objects which outlive the thread's
/// other variables can still come here.
struct ObjectPool {
  static constexpr size_t kStep = 8, kLargest = 1024;  // a list for each multiple of kStep bytes

  struct FreeBlock {
    FreeBlock* next;  // in the block's own first bytes
  };
  struct List {
    FreeBlock* first;
    uint32_t count;
  };

  List lists[kLargest / kStep] = {};
  uint32_t limit = 0;  // of each list; 0 until the thread has freed something, and after its end
};

[[gnu::visibility("default")]] inline constinit thread_local ObjectPool object_pool;

/// Where the list is full. The first block that a thread frees opens its pool.
void free_unpooled(void* block, ObjectPool::List& list) noexcept;

inline void keep_pooled(void* block, ObjectPool::List& list) noexcept {
  list.first = new (block) ObjectPool::FreeBlock{list.first};
  ++list.count;
}

}  // namespace detail

/// An allocator as the standard library asks for, of single objects.
template <class T>
class PoolAllocator {
 public:
  using value_type = T;
  PoolAllocator() = default;
  template <class Other>
  PoolAllocator(const PoolAllocator<Other>&) {}  // Implicit: std::allocate_shared converts it

  T* allocate(size_t count) {
    if constexpr (kIsPooled) {
      detail::ObjectPool::List& list = detail::object_pool.lists[kList];
      if (list.first != nullptr && count == 1) {
        --list.count;
        return reinterpret_cast<T*>(std::exchange(list.first, list.first->next));
      }
    }
    return std::allocator<T>().allocate(count);
  }
  void deallocate(T* block, size_t count) noexcept {
    if constexpr (kIsPooled) {
      detail::ObjectPool& pool = detail::object_pool;
      detail::ObjectPool::List& list = pool.lists[kList];
      if (count == 1) {
        return list.count < pool.limit ? detail::keep_pooled(block, list)
                                       : detail::free_unpooled(block, list);
      }
    }
    std::allocator<T>().deallocate(block, count);
  }
  friend bool operator==(const PoolAllocator&, const PoolAllocator&) { return true; }

 private:
  static constexpr bool kIsPooled = sizeof(T) <= detail::ObjectPool::kLargest &&
                                    sizeof(T) % detail::ObjectPool::kStep == 0 &&
                                    alignof(T) <= alignof(std::max_align_t);
  static constexpr size_t kList = sizeof(T) / detail::ObjectPool::kStep - 1;
};

/// std::make_shared, from the pool.
template <class T, class... Args>
std::shared_ptr<T> make_pooled(Args&&... args) {
  return std::allocate_shared<T>(PoolAllocator<T>(), std::forward<Args>(args)...);
}

}  // namespace cutaway

#include "macros_on.h"
