// SPDX-License-Identifier: MIT
//
// Kernels that change how a tensor walks its memory, in place: those of the views (alias.cpp), made
// the tensor's own, and resize_. No element is moved, but where a storage grows.
#include "../check.h"
#include "../checked_math.h"
#include "kernels.h"

namespace cutaway::inline v0_1::cpu {

static const Tensor& become(const Tensor& self, const Tensor& view) {
  self.impl()->set_geometry(view.sizes(), view.strides(), view.storage_offset());
  return self;
}

const Tensor& squeeze_(const Tensor& self) { return become(self, cpu::squeeze(self)); }
const Tensor& squeeze_dim_(const Tensor& self, int64_t dim) {
  return become(self, squeeze_dim(self, dim));
}
const Tensor& squeeze_dims_(const Tensor& self, IntArrayRef dims) {
  return become(self, squeeze_dims(self, dims));
}
const Tensor& unsqueeze_(const Tensor& self, int64_t dim) {
  return become(self, cpu::unsqueeze(self, dim));
}
const Tensor& transpose_(const Tensor& self, int64_t dim0, int64_t dim1) {
  return become(self, cpu::transpose(self, dim0, dim1));
}
const Tensor& t_(const Tensor& self) { return become(self, cpu::t(self)); }

const Tensor& resize_(const Tensor& self, IntArrayRef size) {
  if (self.sizes() == size) return self;  // whatever its strides
  const int64_t count = numel_of(size);
  std::optional<int64_t> bytes = checked_add(count, self.storage_offset());
  if (bytes) bytes = checked_mul(*bytes, self.element_size());
  check(bytes.has_value(), "Storage size calculation overflowed with sizes=", size);
  if (count > 0 && static_cast<size_t>(*bytes) > self.storage()->nbytes()) {
    self.storage()->resize(static_cast<size_t>(*bytes));
  }
  self.impl()->set_geometry(size, contiguous_strides(size), self.storage_offset());
  return self;
}

}  // namespace cutaway::cpu
