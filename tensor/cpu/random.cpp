// SPDX-License-Identifier: MIT
//
// Kernels that fill a tensor with random numbers. The numbers come from random_fill.h, which knows
// only contiguous memory; here is decided which element gets which: they are handed out in the
// order of the tensor's memory (see Note [Same random numbers as PyTorch] in generator.h).
#include <algorithm>

#include "../check.h"
#include "../factories.h"
#include "../generator.h"
#include "kernels.h"
#include "random_fill.h"

namespace cutaway::cpu {

static Generator& chosen(Generator* generator) {
  return generator != nullptr ? *generator : default_generator();
}

/// The tensor with its dimensions sorted by stride, the largest first.
static Tensor in_memory_order(const Tensor& self) {
  DimVector order;
  for (int64_t d = 0; d < self.dim(); ++d) order.push_back(d);
  std::stable_sort(order.begin(), order.end(),
                   [&](int64_t a, int64_t b) { return self.strides()[a] > self.strides()[b]; });
  return cpu::permute(self, order);
}

/// Calls fill(pointer to n contiguous elements) and puts what it wrote into self.
template <class T, class Fill>
static void fill_in_memory_order(const Tensor& self, const Fill& fill) {
  if (self.numel() == 0) return;
  const Tensor ordered = self.is_contiguous() ? self : in_memory_order(self);
  if (ordered.is_contiguous()) {
    fill(ordered.data<T>());
    return;
  }
  const Tensor buffer = cpu::empty(ordered.sizes(), ordered.dtype());
  fill(buffer.data<T>());
  cpu::copy_(ordered, buffer);
}

const Tensor& uniform_(const Tensor& self, double from, double to, Generator* generator) {
  visit_real(self.dtype(), "check_uniform_bounds", [&]<class T>(TypeTag<T>) {
    fill_in_memory_order<T>(
        self, [&](T* out) { uniform_fill(out, self.numel(), from, to, chosen(generator)); });
  });
  return self;
}

const Tensor& normal_(const Tensor& self, double mean, double std, Generator* generator) {
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

const Tensor& random_(const Tensor& self, int64_t from, int64_t to, Generator* generator) {
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
