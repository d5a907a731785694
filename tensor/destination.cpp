// SPDX-License-Identifier: MIT
#include "destination.h"

#include "cpu/kernels_create.h"

namespace cutaway::inline v0_1 {

Tensor room_for(IntArrayRef sizes, DType dtype) {
  Tensor offered = take_offer(sizes, dtype);
  return offered.defined() ? offered : cpu::empty(sizes, dtype);
}

Tensor dense_room_for(IntArrayRef sizes, DType dtype) {
  Tensor offered = take_dense_offer(sizes, dtype);
  return offered.defined() ? offered : cpu::empty(sizes, dtype);
}

}  // namespace cutaway
