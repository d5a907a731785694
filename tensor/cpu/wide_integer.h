// SPDX-License-Identifier: MIT
//
// Kernels that compare elements need not be compiled for every integer type: integers narrower than
// 32 bits, and bool, are converted to int32 first, which keeps their order, and the result is
// converted back.
#pragma once

#include "../tensor.h"
#include "kernels_copy.h"

namespace cutaway::inline v0_1::cpu {

/// `self`, or its elements as int32 where they are narrower integers or bool.
inline Tensor widened(const Tensor& self) {
  const bool narrow = is_integral(self.dtype(), true) && size_of(self.dtype()) < 4;
  return narrow ? cpu::to_copy(self, kInt32) : self;
}

/// As visit_dtype, for what widened() gives.
template <class F>
void visit_widened(DType dtype, const F& f) {
  if (dtype == kInt32) return f(TypeTag<int32_t>{});
  if (dtype == kInt64) return f(TypeTag<int64_t>{});
  visit_floating(dtype, "widened", f);
}

}  // namespace cutaway::cpu
