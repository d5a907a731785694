// SPDX-License-Identifier: MIT
#include "ops_copy.h"

#include "catalogue.h"
#include "check.h"
#include "loops.h"
#include "operands.h"

namespace cutaway::inline v0_1 {

/// Whether both are the same elements of the same memory, in the same order.
static bool looks_the_same(const Tensor& a, const Tensor& b) {
  return a.storage() == b.storage() && a.storage_offset() == b.storage_offset() &&
         a.dtype() == b.dtype() && a.sizes() == b.sizes() && a.strides() == b.strides();
}

const Tensor& copy_(const Tensor& self, const Tensor& source) {
  if (self.is_floating_point()) check_may_write(self, source);  // an integer has no gradient
  if (!looks_the_same(self, source)) check_no_internal_overlap(self);
  check_no_partial_overlap(self, source);
  if (self.sizes() != source.sizes()) {
    const DimVector shape = broadcast_shapes(self.sizes(), source.sizes());
    check(shape == self.sizes(), "output with shape ", self.sizes(),
          " doesn't match the broadcast shape ", shape);
  }
  return op::copy_(self, source);
}

const Tensor& fill_(const Tensor& self, const Scalar& value) {
  check_may_write(self);
  return op::fill_(self, value);
}
const Tensor& fill_(const Tensor& self, const Tensor& value) {
  check_may_write(self, value);
  check(value.dim() == 0, "fill_ only supports 0-dimension value tensor but got tensor with ",
        value.dim(), " dimensions.");
  check_no_internal_overlap(self);
  return op::fill_tensor_(self, value);
}
const Tensor& zero_(const Tensor& self) {
  check_may_write(self);
  return op::zero_(self);
}

Tensor clone(const Tensor& self) { return op::clone(self); }

Tensor contiguous(const Tensor& self) {
  return self.is_contiguous() ? self : op::contiguous_copy(self);
}

Tensor to(const Tensor& self, DType dtype, bool copy) {
  if (self.dtype() == dtype && !copy) return self;
  return op::to_copy(self, dtype);
}

Tensor type_as(const Tensor& self, const Tensor& other) { return to(self, other.dtype()); }

Tensor detach(const Tensor& self) { return op::detach(self); }

}  // namespace cutaway
