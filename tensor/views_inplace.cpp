// SPDX-License-Identifier: MIT
#include "views_inplace.h"

#include "catalogue.h"
#include "check.h"
#include "operands.h"

namespace cutaway::inline v0_1 {

const Tensor& squeeze_(const Tensor& self) {
  check_may_write(self);
  return op::squeeze_(self);
}
const Tensor& squeeze_(const Tensor& self, int64_t dim) {
  check_may_write(self);
  return op::squeeze_dim_(self, wrap_dim(dim, self.dim()));
}
const Tensor& squeeze_(const Tensor& self, IntArrayRef dims) {
  check_may_write(self);
  return op::squeeze_dims_(self, wrap_dims(dims, self.dim()));
}
const Tensor& unsqueeze_(const Tensor& self, int64_t dim) {
  check_may_write(self);
  return op::unsqueeze_(self, wrap_dim(dim, self.dim() + 1));
}
const Tensor& transpose_(const Tensor& self, int64_t dim0, int64_t dim1) {
  check_may_write(self);
  dim0 = wrap_dim(dim0, self.dim());
  return op::transpose_(self, dim0, wrap_dim(dim1, self.dim()));
}
const Tensor& t_(const Tensor& self) {
  check_may_write(self);
  check(self.dim() <= 2, "t_() expects a tensor with <= 2 dimensions, but self is ", self.dim(),
        "D");
  return op::t_(self);
}

const Tensor& resize_(const Tensor& self, IntArrayRef size) {
  check(!self.requires_grad(), "cannot resize variables that require grad");
  return op::resize_(self, size);
}

}  // namespace cutaway
