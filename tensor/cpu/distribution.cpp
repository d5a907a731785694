// SPDX-License-Identifier: MIT
//
// Kernels that fill a tensor with the less common random numbers. They come from
// distribution_fill.h and random_fill.h; the order in which elements get them is that of
// memory_order.h.
#include "distribution_fill.h"

#include "../check.h"
#include "../ops_pointwise.h"
#include "kernels.h"
#include "memory_order.h"
#include "random_fill.h"

namespace cutaway::inline v0_1::cpu {

const Tensor& exponential_(const Tensor& self, double lambda, Generator* generator) {
  if (self.numel() == 0) return self;  // of whatever dtype
  visit_real(self.dtype(), "exponential_cpu", [&]<class T>(TypeTag<T>) {
    fill_in_memory_order<T>(
        self, [&](T* out) { exponential_fill(out, self.numel(), lambda, chosen(generator)); });
  });
  return self;
}

const Tensor& geometric_(const Tensor& self, double p, Generator* generator) {
  if (self.numel() == 0) return self;  // of whatever dtype
  visit_number(self.dtype(), "geometric_cpu", [&]<class T>(TypeTag<T>) {
    fill_in_memory_order<T>(
        self, [&](T* out) { geometric_fill(out, self.numel(), p, chosen(generator)); });
  });
  return self;
}

const Tensor& log_normal_(const Tensor& self, double mean, double std, Generator* generator) {
  if (self.numel() == 0) return self;  // of whatever dtype
  visit_real(self.dtype(), "log_normal_cpu", [&]<class T>(TypeTag<T>) {
    fill_in_memory_order<T>(
        self, [&](T* out) { log_normal_fill(out, self.numel(), mean, std, chosen(generator)); });
  });
  return self;
}

const Tensor& cauchy_(const Tensor& self, double median, double sigma, Generator* generator) {
  visit_real(self.dtype(), "cauchy_cpu", [&]<class T>(TypeTag<T>) {
    fill_in_memory_order<T>(
        self, [&](T* out) { cauchy_fill(out, self.numel(), median, sigma, chosen(generator)); });
  });
  return self;
}

// ---- bernoulli ---------------------------------------------------------------------------------

const Tensor& bernoulli_float_(const Tensor& self, double p, Generator* generator) {
  visit_dtype(self.dtype(), [&]<class T>(TypeTag<T>) {
    fill_in_memory_order<T>(
        self, [&](T* out) { bernoulli_fill(out, self.numel(), p, chosen(generator)); });
  });
  return self;
}

const Tensor& bernoulli_tensor_(const Tensor& self, const Tensor& p, Generator* generator) {
  if (self.numel() == 0) return self;
  // The probabilities as they are met in self's memory.
  const Tensor ordered = cpu::permute(cpu::expand(p, self.sizes()), memory_order(self));
  const Tensor wide = is_half(p.dtype()) ? cpu::to_copy(ordered, kFloat32) : ordered;
  const Tensor dense = wide.contiguous();
  visit_floating(wide.dtype(), "bernoulli_tensor_cpu_p_", [&]<class P>(TypeTag<P>) {
    visit_dtype(self.dtype(), [&]<class T>(TypeTag<T>) {
      fill_in_memory_order<T>(self, [&](T* out) {
        bernoulli_each_fill(out, dense.data<P>(), self.numel(), chosen(generator));
      });
    });
  });
  return self;
}

Tensor bernoulli(const Tensor& self, Generator* generator) {
  return bernoulli_tensor_(cpu::empty(self.sizes(), self.dtype()), self, generator);
}

// ---- parameters for each element
// -----------------------------------------------------------------

Tensor poisson(const Tensor& self, Generator* generator) {
  const Tensor result = cpu::empty(self.sizes(), self.dtype());
  const Tensor rate = self.contiguous();
  visit_real(self.dtype(), "poisson_cpu", [&]<class T>(TypeTag<T>) {
    poisson_fill(result.data<T>(), rate.data<T>(), self.numel(), chosen(generator));
  });
  return result;
}

// normal(mean, std): standard normal numbers, contiguous, scaled and shifted by ordinary ops.

Tensor normal_tensor_float(const Tensor& mean, double std, Generator* generator) {
  const Tensor result = cpu::empty(mean.sizes(), mean.dtype());
  return cutaway::add_(cpu::normal_(result, 0, std, generator), mean);
}

Tensor normal_float_tensor(double mean, const Tensor& std, Generator* generator) {
  const Tensor result = cpu::empty(std.sizes(), std.dtype());
  return cutaway::add_(cutaway::mul_(cpu::normal_(result, 0, 1, generator), std), mean);
}

Tensor normal_tensor_tensor(const Tensor& mean, const Tensor& std, Generator* generator) {
  const Tensor result = cpu::empty(broadcast_shapes(mean.sizes(), std.sizes()), mean.dtype());
  return cutaway::add_(cutaway::mul_(cpu::normal_(result, 0, 1, generator), std), mean);
}

}  // namespace cutaway::cpu
