// SPDX-License-Identifier: MIT
#include "storage.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "allocator.h"
#include "check.h"

namespace cutaway::inline v0_1 {

StorageImpl::StorageImpl(size_t nbytes)
    : data_(static_cast<std::byte*>(allocate(nbytes))), nbytes_(nbytes) {}

StorageImpl::StorageImpl(void* data, size_t nbytes, std::shared_ptr<const void> owner)
    : data_(static_cast<std::byte*>(data)),
      nbytes_(nbytes),
      is_borrowed_(true),
      owner_(std::move(owner)) {}

StorageImpl::~StorageImpl() {
  if (!is_borrowed_) deallocate(data_, nbytes_);
}

void StorageImpl::resize(size_t nbytes) {
  check(is_resizable_ && !is_borrowed_, "Trying to resize storage that is not resizable");
  std::byte* room = static_cast<std::byte*>(allocate(nbytes));
  const size_t kept = std::min(nbytes, nbytes_);
  if (kept > 0) std::memcpy(room, data_, kept);
  deallocate(data_, nbytes_);
  data_ = room;
  nbytes_ = nbytes;
}

}  // namespace cutaway
