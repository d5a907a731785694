// SPDX-License-Identifier: MIT
#include "ops_mask.h"

#include "catalogue.h"
#include "factories.h"
#include "loops.h"
#include "operands.h"
#include "ops_copy.h"
#include "views.h"

namespace cutaway::inline v0_1 {
namespace {

/// A copy of self in the shape that it and the mask broadcast to.
Tensor broadcast_copy(const Tensor& self, const Tensor& mask) {
  const Tensor copy = empty(broadcast_shapes(mask.sizes(), self.sizes()), self.dtype());
  return copy_(copy, self);
}

void check_fill(const Tensor& mask) {
  check(mask.dtype() == kBool, "masked_fill_ only supports boolean masks, but got mask with dtype ",
        cpp_name_of(mask.dtype()));
}

void check_fill_value(const Tensor& value) {
  check(value.dim() == 0,
        "masked_fill_ only supports a 0-dimensional value tensor, but got tensor with ",
        value.dim(), " dimension(s).");
}

void check_scatter(const Tensor& self, const Tensor& mask, const Tensor& source) {
  check(self.dtype() == source.dtype(),
        "masked_scatter: expected self and source to have same dtypes but got", self.dtype(),
        " and ", source.dtype());
  expand(mask, self.sizes());  // may throw
  check(mask.dtype() == kBool, "masked_scatter_ only supports boolean masks, but got mask with ",
        "dtype ", mask.dtype());
}

}  // namespace

Tensor nonzero(const Tensor& self) { return op::nonzero(self); }
Tensor argwhere(const Tensor& self) { return nonzero(self); }
std::vector<Tensor> nonzero_numpy(const Tensor& self) {
  const Tensor positions = nonzero(self.dim() == 0 ? unsqueeze(self, 0) : self);
  std::vector<Tensor> columns;
  for (int64_t d = 0; d < positions.size(1); ++d) columns.push_back(positions.select(1, d));
  return columns;
}

const Tensor& masked_fill_(const Tensor& self, const Tensor& mask, const Tensor& value) {
  check_may_write(self, value);
  check_fill_value(value);
  check_fill(mask);
  check_no_partial_overlap(self, mask);
  const DimVector shape = broadcast_shapes(self.sizes(), mask.sizes());
  check(shape == self.sizes(), "output with shape ", self.sizes(),
        " doesn't match the broadcast shape ", shape);
  check_fits(value.item(), self.dtype());
  return op::masked_fill_(self, mask, In(value, self.dtype()));
}
const Tensor& masked_fill_(const Tensor& self, const Tensor& mask, const Scalar& value) {
  return masked_fill_(self, mask, wrapped_number(value));
}
Tensor masked_fill(const Tensor& self, const Tensor& mask, const Tensor& value) {
  return masked_fill_(broadcast_copy(self, mask), mask, value);
}
Tensor masked_fill(const Tensor& self, const Tensor& mask, const Scalar& value) {
  return masked_fill_(broadcast_copy(self, mask), mask, value);
}

Tensor masked_select(const Tensor& self, const Tensor& mask) {
  check(mask.dtype() == kBool, "masked_select: expected BoolTensor for mask");
  broadcast_shapes(mask.sizes(), self.sizes());  // may throw
  return op::masked_select(self, mask);
}

const Tensor& masked_scatter_(const Tensor& self, const Tensor& mask, const Tensor& source) {
  check_may_write(self, source);
  check_scatter(self, mask, source);
  check_no_internal_overlap(self);
  check_no_overlap(self, source);
  return op::masked_scatter_(self, mask, source);
}
Tensor masked_scatter(const Tensor& self, const Tensor& mask, const Tensor& source) {
  return masked_scatter_(broadcast_copy(self, mask), mask, source);
}

}  // namespace cutaway
