// SPDX-License-Identifier: MIT
//
// Destination: how a kernel comes to write its result into memory that the caller chose.
//
// A kernel begins by asking for room for its result. Usually it gets new memory; inside an out form
// (out.h) it gets the caller's tensor, if that has the sizes and dtype that the kernel asks for:
//
//     add_out(out, a, b)  ->  offers `out`, calls add(a, b)  ->  cpu::add asks for room, is given
//                             `out` and fills it             ->  add returns `out`: nothing to copy
//
// An offer is made to one thread and taken once. It may be taken by another kernel than the last of
// an op that is made of several; then its result is only an intermediate, and the out form copies
// the final one over it. That is safe because what is offered shares no memory with any argument.
//
// PyTorch counterpart: set_output_raw_strided of the structured kernels, whose functional and out
// forms differ in nothing but that.
#pragma once

#include "tensor.h"

namespace cutaway::inline v0_1 {

namespace detail {
[[gnu::visibility("default")]] inline constinit thread_local const Tensor* destination = nullptr;
}

/// Offers a tensor to the kernels that this thread calls, until the end of the scope. Null: none.
class Offer {
 public:
  explicit Offer(const Tensor* out) : before_(detail::destination) { detail::destination = out; }
  ~Offer() { detail::destination = before_; }
  Offer(const Offer&) = delete;
  Offer& operator=(const Offer&) = delete;

 private:
  const Tensor* before_;
};

/// What is offered, if it has these sizes and this dtype, else the undefined tensor. Its strides
/// may be any.
inline Tensor take_offer(IntArrayRef sizes, DType dtype) {
  const Tensor* out = detail::destination;
  if (out == nullptr || out->dtype() != dtype || out->sizes() != sizes) return {};
  detail::destination = nullptr;
  return *out;
}
/// The same for kernels that write row after row: only if it is contiguous.
inline Tensor take_dense_offer(IntArrayRef sizes, DType dtype) {
  const Tensor* out = detail::destination;
  return out != nullptr && out->is_contiguous() ? take_offer(sizes, dtype) : Tensor();
}

/// Room for a result: what is offered, or new memory.
Tensor room_for(IntArrayRef sizes, DType dtype);
Tensor dense_room_for(IntArrayRef sizes, DType dtype);

}  // namespace cutaway
