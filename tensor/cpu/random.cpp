// SPDX-License-Identifier: MIT
//
// Kernels that fill a tensor with random numbers. The numbers come from random_fill.h, the order in
// which elements get them is that of memory_order.h.
#include "../check.h"
#include "kernels.h"
#include "memory_order.h"
#include "random_fill.h"

namespace cutaway::inline v0_1::cpu {

const Tensor& uniform_(const Tensor& self, double from, double to, Generator* generator) {
  visit_real(self.dtype(), "check_uniform_bounds", [&]<class T>(TypeTag<T>) {
    fill_in_memory_order<T>(
        self, [&](T* out) { uniform_fill(out, self.numel(), from, to, chosen(generator)); });
  });
  return self;
}

const Tensor& normal_(const Tensor& self, double mean, double std, Generator* generator) {
  if (self.numel() == 0) return self;  // of any dtype, as in PyTorch
  visit_real(self.dtype(), "normal_kernel_cpu", [&]<class T>(TypeTag<T>) {
    fill_in_memory_order<T>(self, [&](T* out) {
      if (self.is_contiguous()) {
        normal_fill(out, self.numel(), mean, std, chosen(generator));
      } else {
        normal_fill_one_by_one(out, self.numel(), mean, std, chosen(generator));
      }
    });
  });
  return self;
}

const Tensor& random_(const Tensor& self, Generator* generator) {
  visit_dtype(self.dtype(), [&]<class T>(TypeTag<T>) {
    fill_in_memory_order<T>(self,
                            [&](T* out) { random_fill(out, self.numel(), chosen(generator)); });
  });
  return self;
}

const Tensor& random_to_(const Tensor& self, int64_t to, Generator* generator) {
  return random_from_(self, 0, to, generator);
}

const Tensor& random_from_(const Tensor& self, int64_t from, std::optional<int64_t> to,
                           Generator* generator) {
  visit_dtype(self.dtype(), [&]<class T>(TypeTag<T>) {
    const IntegerRange range = integer_range<T>(from, to);
    fill_in_memory_order<T>(
        self, [&](T* out) { random_from_to_fill(out, self.numel(), range, chosen(generator)); });
  });
  return self;
}

Tensor randperm(int64_t n, std::optional<DType> dtype, Generator* generator) {
  const DType type = dtype.value_or(kInt64);
  check_implemented(type != kBool, "\"randperm\" not implemented for 'Bool'");
  // PyTorch's limits: the largest number must fit, and two formats stop where gaps begin.
  check(type != kFloat16 || n <= 2049, "n cannot be greater than 2049 for Half type.");
  if (n > 0) check_fits(n - 1, type);
  Tensor result = cpu::empty(n, kInt64);
  randperm_fill(result.data<int64_t>(), n, chosen(generator));
  return type == kInt64 ? result : cpu::to_copy(result, type);
}

}  // namespace cutaway::cpu
