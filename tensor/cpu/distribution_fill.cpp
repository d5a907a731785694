// SPDX-License-Identifier: MIT
#include "distribution_fill.h"

#include <cmath>
#include <limits>
#include <mutex>
#include <numbers>
#include <type_traits>

#include "../check.h"
#include "../half.h"
#include "random_draw.h"

namespace cutaway::inline v0_1::cpu {
namespace {

/// out[i] = draw() for every i, with the generator locked.
template <class T, class Draw>
void fill_each(T* out, int64_t n, Generator& generator, const Draw& draw) {
  std::lock_guard<std::mutex> lock(generator.mutex());
  for (int64_t i = 0; i < n; ++i) out[i] = draw();
}

/// A whole number >= 1 as a T. One beyond the integers that the processor converts to (int64 for
/// int64, int32 for the smaller types) becomes their least; of what is left, T takes the low bits.
template <class T>
T whole_number(double value) {
  if constexpr (is_real_v<T>) {
    return static_cast<T>(value);
  } else {
    using Wide = std::conditional_t<sizeof(T) == 8, int64_t, int32_t>;
    constexpr double limit = sizeof(T) == 8 ? 0x1p63 : 0x1p31;
    const Wide wide = value < limit ? static_cast<Wide>(value) : std::numeric_limits<Wide>::min();
    return static_cast<T>(wide);
  }
}

// D. E. Knuth, The Art of Computer Programming, vol. 2, 3.4.1: the times between events are
// exponential, so count uniform factors until their product falls below exp(-rate). Takes about
// `rate` steps.
int64_t poisson_by_product(double rate, Generator& generator) {
  const double threshold = std::exp(-rate);
  double product = 1;
  for (int64_t count = 0;; ++count) {
    product *= unit<double>(generator);
    if (product <= threshold) return count;
  }
}

// W. Hoermann: The transformed rejection method for generating Poisson random variables (1993),
// algorithm PTRS: a transformed uniform u proposes k; a cheap test on v accepts most, and the rest
// are held against the density itself. The constants are the paper's.
int64_t poisson_by_rejection(double rate, Generator& generator) {
  const double log_rate = std::log(rate);
  const double b = 0.931 + 2.53 * std::sqrt(rate);
  const double a = -0.059 + 0.02483 * b;
  const double inverse_alpha = 1.1239 + 1.1328 / (b - 3.4);
  const double accepted_v = 0.9277 - 3.6224 / (b - 2);
  while (true) {
    const double u = unit<double>(generator) - 0.5;
    const double v = unit<double>(generator);
    const double us = 0.5 - std::fabs(u);
    const double k = std::floor((2 * a / us + b) * u + rate + 0.43);
    if (us >= 0.07 && v <= accepted_v) return static_cast<int64_t>(k);
    if (k < 0 || (us < 0.013 && v > us)) continue;
    const double log_ratio = std::log(v) + std::log(inverse_alpha) - std::log(a / (us * us) + b);
    if (log_ratio <= k * log_rate - rate - std::lgamma(k + 1)) return static_cast<int64_t>(k);
  }
}

int64_t poisson_number(double rate, Generator& generator) {
  check(rate >= 0, "invalid Poisson rate, expected rate to be non-negative");
  if (rate == 0) return 0;
  return rate < 10 ? poisson_by_product(rate, generator) : poisson_by_rejection(rate, generator);
}

}  // namespace

// If u is uniform in [0, 1), the inverse of a distribution function at u has that distribution; for
// the exponential one it is -log(1 - u) / lambda.
template <class T>
void exponential_fill(T* out, int64_t n, double lambda, Generator& generator) {
  fill_each(out, n, generator,
            [&] { return static_cast<T>(-1.0 / lambda * std::log1p(-unit<double>(generator))); });
}

template <class T>
void geometric_fill(T* out, int64_t n, double p, Generator& generator) {
  fill_each(out, n, generator, [&] {
    return whole_number<T>(std::ceil(std::log(unit<double>(generator)) / std::log1p(-p)));
  });
}

template <class T>
void log_normal_fill(T* out, int64_t n, double mean, double std, Generator& generator) {
  fill_each(out, n, generator,
            [&] { return static_cast<T>(std::exp(normal_number(generator, mean, std))); });
}

template <class T>
void cauchy_fill(T* out, int64_t n, double median, double sigma, Generator& generator) {
  fill_each(out, n, generator, [&] {
    const double angle = std::numbers::pi * (unit<double>(generator) - 0.5);
    return static_cast<T>(std::fma(sigma, std::tan(angle), median));
  });
}

template <class T>
void poisson_fill(T* out, const T* rate, int64_t n, Generator& generator) {
  std::lock_guard<std::mutex> lock(generator.mutex());
  for (int64_t i = 0; i < n; ++i)
    out[i] = static_cast<T>(poisson_number(static_cast<double>(rate[i]), generator));
}

// ---- the dtypes --------------------------------------------------------------------------------

template void exponential_fill(Half*, int64_t, double, Generator&);
template void exponential_fill(BFloat16*, int64_t, double, Generator&);
template void exponential_fill(float*, int64_t, double, Generator&);
template void exponential_fill(double*, int64_t, double, Generator&);
template void geometric_fill(uint8_t*, int64_t, double, Generator&);
template void geometric_fill(int8_t*, int64_t, double, Generator&);
template void geometric_fill(int16_t*, int64_t, double, Generator&);
template void geometric_fill(int32_t*, int64_t, double, Generator&);
template void geometric_fill(int64_t*, int64_t, double, Generator&);
template void geometric_fill(Half*, int64_t, double, Generator&);
template void geometric_fill(BFloat16*, int64_t, double, Generator&);
template void geometric_fill(float*, int64_t, double, Generator&);
template void geometric_fill(double*, int64_t, double, Generator&);
template void log_normal_fill(Half*, int64_t, double, double, Generator&);
template void log_normal_fill(BFloat16*, int64_t, double, double, Generator&);
template void log_normal_fill(float*, int64_t, double, double, Generator&);
template void log_normal_fill(double*, int64_t, double, double, Generator&);
template void cauchy_fill(Half*, int64_t, double, double, Generator&);
template void cauchy_fill(BFloat16*, int64_t, double, double, Generator&);
template void cauchy_fill(float*, int64_t, double, double, Generator&);
template void cauchy_fill(double*, int64_t, double, double, Generator&);
template void poisson_fill(Half*, const Half*, int64_t, Generator&);
template void poisson_fill(BFloat16*, const BFloat16*, int64_t, Generator&);
template void poisson_fill(float*, const float*, int64_t, Generator&);
template void poisson_fill(double*, const double*, int64_t, Generator&);

}  // namespace cutaway::cpu
