// SPDX-License-Identifier: MIT
#include "storage.h"

#include <utility>

#include "allocator.h"

namespace cutaway {

StorageImpl::StorageImpl(size_t nbytes)
    : data_(static_cast<std::byte*>(allocate(nbytes))), nbytes_(nbytes) {}

StorageImpl::StorageImpl(void* data, size_t nbytes, std::function<void()> release)
    : data_(static_cast<std::byte*>(data)), nbytes_(nbytes), release_(std::move(release)) {}

StorageImpl::~StorageImpl() {
  if (release_) {
    release_();
  } else {
    deallocate(data_, nbytes_);
  }
}

}  // namespace cutaway
