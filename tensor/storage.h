// SPDX-License-Identifier: MIT
//
// Storage: a run of bytes, and nothing else. It knows no shape and no dtype; those belong to the
// tensors that look at it. Several tensors (views of each other) share one storage, which lives as
// long as the last of them.
//
// A storage also carries the version counter that its tensors share: each in-place write adds one,
// and autograd compares it to see whether a value that backward needs is still what it was.
//
// PyTorch counterpart: c10/core/Storage.h, c10/core/StorageImpl.h; VariableVersion in TensorImpl.h.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>

#include "live_count.h"

namespace cutaway::inline v0_1 {

/// Counts the in-place writes to one run of memory. Shared by all views of a tensor.
class VersionCounter {
 public:
  uint32_t current() const { return count_.load(std::memory_order_relaxed); }
  /// For a tensor that nobody else has seen yet.
  void reset() { count_.store(0, std::memory_order_relaxed); }
  void bump() { count_.fetch_add(1, std::memory_order_relaxed); }

 private:
  std::atomic<uint32_t> count_{0};
};

class StorageImpl : LiveCounted<Counted::Storage> {
 public:
  /// `nbytes` from the caching allocator, uninitialised.
  explicit StorageImpl(size_t nbytes);
  /// Memory that somebody else owns; `owner` is let go of with the last tensor over it.
  StorageImpl(void* data, size_t nbytes, std::shared_ptr<const void> owner);
  ~StorageImpl();
  StorageImpl(const StorageImpl&) = delete;
  StorageImpl& operator=(const StorageImpl&) = delete;

  /// Other room of `nbytes`, with as many of the old bytes as fit. Throws where the memory is not
  /// the allocator's, or somebody outside has its address. Pointers into the old room are invalid.
  void resize(size_t nbytes);
  /// From now on the bytes stay where they are: for those who give their address away.
  void forbid_resize() { is_resizable_ = false; }

  std::byte* data() const { return data_; }
  size_t nbytes() const { return nbytes_; }
  VersionCounter& version() { return version_; }

 private:
  std::byte* data_;
  size_t nbytes_;
  bool is_resizable_ = true;
  bool is_borrowed_ = false;  // not the allocator's
  VersionCounter version_;
  std::shared_ptr<const void> owner_;  // of borrowed memory; may be null
};

using Storage = std::shared_ptr<StorageImpl>;

}  // namespace cutaway
