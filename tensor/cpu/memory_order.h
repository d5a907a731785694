// SPDX-License-Identifier: MIT
//
// Which element of a tensor gets which random number: they are handed out in the order of the
// tensor's memory (Note [Same random numbers as PyTorch], tensor/generator.h). A fill knows only
// contiguous memory; a tensor that is not contiguous in any order of its dimensions is filled
// through a buffer.
//
// PyTorch counterpart: cpu_serial_kernel over a TensorIterator.
#pragma once

#include <algorithm>

#include "../factories.h"
#include "../generator.h"
#include "kernels.h"

namespace cutaway::inline v0_1::cpu {

/// A null generator stands for the default one.
inline Generator& chosen(Generator* generator) {
  return generator != nullptr ? *generator : default_generator();
}

/// The dimensions sorted by stride, the largest first.
inline DimVector memory_order(const Tensor& self) {
  DimVector order;
  for (int64_t d = 0; d < self.dim(); ++d) order.push_back(d);
  std::stable_sort(order.begin(), order.end(),
                   [&](int64_t a, int64_t b) { return self.strides()[a] > self.strides()[b]; });
  return order;
}

/// Calls fill(pointer to n contiguous elements) and puts what it wrote into self.
template <class T, class Fill>
void fill_in_memory_order(const Tensor& self, const Fill& fill) {
  if (self.numel() == 0) return;
  const Tensor ordered = self.is_contiguous() ? self : cpu::permute(self, memory_order(self));
  if (ordered.is_contiguous()) {
    fill(ordered.data<T>());
    return;
  }
  const Tensor buffer = cpu::empty(ordered.sizes(), ordered.dtype());
  fill(buffer.data<T>());
  cpu::copy_(ordered, buffer);
}

}  // namespace cutaway::cpu
