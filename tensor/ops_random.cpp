// SPDX-License-Identifier: MIT
#include "ops_random.h"

#include <limits>

#include "catalogue_random.h"
#include "check.h"
#include "dispatch.h"
#include "factories.h"
#include "loops.h"
#include "operands.h"
#include "ops_compare.h"
#include "ops_copy.h"
#include "ops_pointwise.h"
#include "views.h"

namespace cutaway::inline v0_1 {

// ---- In place ----

static double largest_of(DType dtype) {
  double largest = 0;
  visit_real(dtype, "check_uniform_bounds", [&]<class T>(TypeTag<T>) {
    largest = static_cast<double>(std::numeric_limits<T>::max());
  });
  return largest;
}

const Tensor& uniform_(const Tensor& self, double from, double to, Generator* generator) {
  check_may_write(self);
  const double largest = largest_of(self.dtype());
  const char* type = cpp_name_of(self.dtype());
  check(from >= -largest && from <= largest, "from is out of bounds for ", type);
  check(to >= -largest && to <= largest, "to is out of bounds for ", type);
  check(from <= to, "uniform_ expects to return a [from, to) range, but found from=", from,
        " > to=", to);
  check(to - from <= largest, "uniform_ expects to-from <= std::numeric_limits<", self.dtype(),
        ">::max(), but found to=", to, " and from=", from,
        " which result in to-from to exceed the limit");
  check_no_internal_overlap(self);
  return op::uniform_(self, from, to, generator);
}

/// An empty tensor may have any dtype: there is nothing to compute.
static void check_normal(const Tensor& like, double std) {
  check(std >= 0, "normal expects std >= 0.0, but found std ", std);
  check_implemented(like.is_floating_point() || like.numel() == 0,
                    "\"normal_kernel_cpu\" not implemented for '", like.dtype(), "'");
}

const Tensor& normal_(const Tensor& self, double mean, double std, Generator* generator) {
  check_may_write(self);
  check_normal(self, std);
  check_no_internal_overlap(self);
  return op::normal_(self, mean, std, generator);
}

const Tensor& random_(const Tensor& self, Generator* generator) {
  check_may_write(self);
  check_no_internal_overlap(self);
  return op::random_(self, generator);
}
const Tensor& random_(const Tensor& self, int64_t to, Generator* generator) {
  check_may_write(self);
  check_no_internal_overlap(self);
  return op::random_to_(self, to, generator);
}
const Tensor& random_(const Tensor& self, int64_t from, std::optional<int64_t> to,
                      Generator* generator) {
  check_may_write(self);
  check_no_internal_overlap(self);
  return op::random_from_(self, from, to, generator);
}

const Tensor& bernoulli_(const Tensor& self, double p, Generator* generator) {
  check_may_write(self);
  check(p >= 0 && p <= 1, "bernoulli_ expects p to be in [0, 1], but got p=", p);
  check_no_internal_overlap(self);
  return op::bernoulli_float_(self, p, generator);
}

/// Where there is nothing to fill, PyTorch asks of no dtype whether its numbers could be drawn.
static void check_probabilities(const Tensor& self, const Tensor& p) {
  check_implemented(p.is_floating_point() || self.numel() == 0,
                    "\"bernoulli_tensor_cpu_p_\" not implemented for '", p.dtype(), "'");
}

const Tensor& bernoulli_(const Tensor& self, const Tensor& p, Generator* generator) {
  check_may_write(self, p);
  check_no_internal_overlap(self);
  expand(p, self.sizes());  // throws where that is impossible
  check_probabilities(self, p);
  return op::bernoulli_tensor_(self, p, generator);
}

const Tensor& exponential_(const Tensor& self, double lambd, Generator* generator) {
  check_may_write(self);
  check(lambd > 0, "exponential_ expects lambda > 0.0, but found lambda=", lambd);
  check(self.is_floating_point() || self.numel() == 0,
        "Exponential distribution is a continuous probability distribution. dtype must be a "
        "floating point but you specified ",
        self.dtype());
  check_no_internal_overlap(self);
  return op::exponential_(self, lambd, generator);
}

const Tensor& geometric_(const Tensor& self, double p, Generator* generator) {
  check_may_write(self);
  check(p > 0 && p < 1, "geometric_ expects p to be in (0, 1), but got p=", p);
  check_no_internal_overlap(self);
  check_implemented(self.dtype() != kBool || self.numel() == 0,
                    "\"geometric_cpu\" not implemented for 'Bool'");
  return op::geometric_(self, p, generator);
}

const Tensor& log_normal_(const Tensor& self, double mean, double std, Generator* generator) {
  check_may_write(self);
  check(std > 0, "log_normal_ expects std > 0.0, but found std=", std);
  check_implemented(self.is_floating_point() || self.numel() == 0,
                    "\"log_normal_cpu\" not implemented for '", self.dtype(), "'");
  check_no_internal_overlap(self);
  return op::log_normal_(self, mean, std, generator);
}

const Tensor& cauchy_(const Tensor& self, double median, double sigma, Generator* generator) {
  check_may_write(self);
  check(sigma > 0, "cauchy_ expects sigma > 0.0, but found sigma=", sigma);
  check(self.is_floating_point(),
        "Cauchy distribution is a continuous probability distribution. dtype must be a floating "
        "point but you specified ",
        cpp_name_of(self.dtype()));
  check_no_internal_overlap(self);
  return op::cauchy_(self, median, sigma, generator);
}

// ---- New tensors ----

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
Tensor randint(int64_t high, IntArrayRef size, std::optional<DType> dtype, Generator* generator) {
  return randint(0, high, size, dtype, generator);
}
Tensor randperm(int64_t n, std::optional<DType> dtype, Generator* generator) {
  return op::randperm(n, dtype, generator);
}

Tensor rand_like(const Tensor& self, std::optional<DType> dtype, Generator* generator) {
  return fresh(uniform_(empty_like(self, dtype), 0, 1, generator));
}
Tensor randn_like(const Tensor& self, std::optional<DType> dtype, Generator* generator) {
  return fresh(normal_(empty_like(self, dtype), 0, 1, generator));
}
Tensor randint_like(const Tensor& self, int64_t low, int64_t high, std::optional<DType> dtype,
                    Generator* generator) {
  return fresh(random_(empty_like(self, dtype), low, high, generator));
}
Tensor randint_like(const Tensor& self, int64_t high, std::optional<DType> dtype,
                    Generator* generator) {
  return randint_like(self, 0, high, dtype, generator);
}
Tensor randint_like(const Tensor& self, const Tensor& high, std::optional<DType> dtype,
                    Generator* generator) {
  check(high.dim() == 0, "high must be a scalar tensor and on CPU");
  return randint_like(self, 0, high.to(kInt64).item<int64_t>(), dtype, generator);
}

static void check_deviations(const Tensor& std) {
  check(std.numel() == 0 || equal(std.ge(0), ones_like(std, kBool)),
        "normal expects all elements of std >= 0.0");
}

// Of an empty tensor there is nothing to compute, so its dtype may be any.
Tensor normal(const Tensor& mean, double std, Generator* generator) {
  check_normal(mean, std);
  if (mean.numel() == 0) return empty(mean.sizes(), mean.dtype());
  return op::normal_tensor_float(mean, std, generator);
}
Tensor normal(double mean, const Tensor& std, Generator* generator) {
  check_deviations(std);
  check_normal(std, 1);
  if (std.numel() == 0) return empty(std.sizes(), std.dtype());
  return op::normal_float_tensor(mean, std, generator);
}
Tensor normal(const Tensor& mean, const Tensor& std, Generator* generator) {
  check_deviations(std);
  const Tensor result = empty(broadcast_shapes(mean.sizes(), std.sizes()), mean.dtype());
  check_normal(result, 1);
  if (result.numel() == 0) {
    check_can_hold(result, promoted_dtype(result, std));
    return result;
  }
  return op::normal_tensor_tensor(mean, std, generator);
}
Tensor normal(double mean, double std, IntArrayRef size, std::optional<DType> dtype,
              Generator* generator) {
  return fresh(normal_(empty(size, dtype), mean, std, generator));
}

Tensor bernoulli(const Tensor& self, Generator* generator) {
  check_probabilities(self, self);
  return op::bernoulli(self, generator);
}
Tensor bernoulli(const Tensor& self, double p, Generator* generator) {
  return fresh(bernoulli_(empty(self.sizes(), self.dtype()), p, generator));
}

Tensor poisson(const Tensor& self, Generator* generator) {
  check_implemented(self.is_floating_point(), "\"poisson_cpu\" not implemented for '", self.dtype(),
                    "'");
  return op::poisson(self, generator);
}

Tensor multinomial(const Tensor& self, int64_t num_samples, bool replacement,
                   Generator* generator) {
  check(self.dim() == 1 || self.dim() == 2, "prob_dist must be 1 or 2 dim");
  check(self.is_floating_point(),
        "multinomial only supports floating-point dtypes for input, got: ", self.dtype());
  check(num_samples > 0, "cannot sample n_sample <= 0 samples");
  check(replacement || num_samples <= self.size(-1),
        "cannot sample n_sample > prob_dist.size(-1) samples without replacement");
  check(self.size(-1) > 0 || num_samples > 1,
        "aminmax(): cannot compute aminmax over an empty dimension as the operation has no "
        "identity.");
  check(self.size(-1) <= int64_t{1} << 24, "number of categories cannot exceed 2^24");
  return op::multinomial(self, num_samples, replacement, generator);
}

}  // namespace cutaway
