// SPDX-License-Identifier: MIT
#include "object_pool.h"

#include <new>

#include "allocator.h"

namespace cutaway::inline v0_1::detail {
namespace {

enum class Life : uint8_t { NotBegun, Open, Ended };
constinit thread_local Life life = Life::NotBegun;

/// Empties the pool with its thread. What is freed after that goes straight back to the system.
struct PoolEnd {
  ~PoolEnd() {
    life = Life::Ended;
    object_pool.limit = 0;
    for (ObjectPool::List& list : object_pool.lists) {
      for (; list.count > 0; --list.count) {
        ::operator delete(std::exchange(list.first, list.first->next));
      }
    }
  }
  void arm() {}  // the first call on a thread is what has the destructor called at the thread's end
};
thread_local PoolEnd pool_end;

}  // namespace

void free_unpooled(void* block, ObjectPool::List& list) noexcept {
  if (life != Life::NotBegun || !keeps_blocks()) return ::operator delete(block);
  life = Life::Open;
  pool_end.arm();
  object_pool.limit = kMaxPooled;
  keep_pooled(block, list);
}

}  // namespace cutaway::detail
