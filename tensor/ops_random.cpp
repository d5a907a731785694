// SPDX-License-Identifier: MIT
#include "ops_random.h"

#include "catalogue.h"
#include "check.h"
#include "factories.h"
#include "loops.h"

namespace cutaway {

const Tensor& uniform_(const Tensor& self, double from, double to, Generator* generator) {
  check_implemented(self.is_floating_point(), "\"check_uniform_bounds\" not implemented for '",
                    self.dtype(), "'");
  check(from <= to, "uniform_ expects to return a [from, to) range, but found from=", from,
        " > to=", to);
  check_no_internal_overlap(self);
  return op::uniform_(self, from, to, generator);
}

const Tensor& normal_(const Tensor& self, double mean, double std, Generator* generator) {
  check(std >= 0, "normal expects std >= 0.0, but found std ", std);
  check_implemented(self.is_floating_point(), "\"normal_kernel_cpu\" not implemented for '",
                    self.dtype(), "'");
  check_no_internal_overlap(self);
  return op::normal_(self, mean, std, generator);
}

const Tensor& random_(const Tensor& self, int64_t from, int64_t to, Generator* generator) {
  check_no_internal_overlap(self);
  return op::random_(self, from, to, generator);
}

Tensor rand(IntArrayRef size, std::optional<DType> dtype, Generator* generator) {
  return fresh(uniform_(empty(size, dtype), 0, 1, generator));
}
Tensor randn(IntArrayRef size, std::optional<DType> dtype, Generator* generator) {
  return fresh(normal_(empty(size, dtype), 0, 1, generator));
}
Tensor randint(int64_t low, int64_t high, IntArrayRef size, std::optional<DType> dtype,
               Generator* generator) {
  return fresh(random_(empty(size, dtype.value_or(kInt64)), low, high, generator));
}
Tensor randperm(int64_t n, std::optional<DType> dtype, Generator* generator) {
  return op::randperm(n, dtype, generator);
}

}  // namespace cutaway
