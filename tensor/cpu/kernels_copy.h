// SPDX-License-Identifier: MIT
//
// CPU kernels of the catalogue: copying, converting, filling. Defined in copy.cpp; what a kernel
// may rely on: kernels.h.
#pragma once

#include <tuple>

#include "../tensor.h"

namespace cutaway::inline v0_1::cpu {

const Tensor& copy_(const Tensor& self, const Tensor& source);

/// The kernel of an in-place row that has no loop of its own: self becomes what the functional form
/// says, converted to its dtype.
template <Tensor (*function)(const Tensor&, const Tensor&)>
const Tensor& overwrite(const Tensor& self, const Tensor& other) {
  return cpu::copy_(self, function(self, other));
}

const Tensor& fill_(const Tensor& self, const Scalar& value);
const Tensor& fill_tensor_(const Tensor& self, const Tensor& value);
const Tensor& zero_(const Tensor& self);
Tensor clone(const Tensor& self);
Tensor contiguous_copy(const Tensor& self);
Tensor to_copy(const Tensor& self, DType dtype);

}  // namespace cutaway::cpu
