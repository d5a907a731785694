// SPDX-License-Identifier: MIT
//
// Kernels of var, std and linalg_vector_norm: sums of a function of the elements.
//
// The variance is computed in two passes, the mean first, then sum (x - mean)^2, all in double:
// the difference of sum x^2 and (sum x)^2 / n would lose every digit that the two have in common.
//
// PyTorch counterpart: std_var_kernel, norm_kernel (ATen/native/cpu/ReduceOpsKernel.cpp); different
// on purpose: PyTorch's variance is Welford's one-pass algorithm.
#include <algorithm>
#include <cmath>
#include <limits>

#include "../factories.h"
#include "../loops.h"
#include "../reduced_dims.h"
#include "kernels.h"
#include "reduction.h"

namespace cutaway::inline v0_1::cpu {
namespace {

/// What the reductions below have in common: a sum of doubles.
struct SumOfDoubles {
  using Accumulator = double;
  static double identity() { return 0; }
  [[gnu::always_inline]] static double merge(double a, double b) { return a + b; }
};

template <class T>
struct SquareSum : SumOfDoubles, ForAllColumns {
  [[gnu::always_inline]] double lift(T x, int64_t) const {
    return static_cast<double>(x) * static_cast<double>(x);
  }
};

/// sum (x - center)^2, or sum (x - center), where each result has a center.
template <class T, bool squared>
struct CenteredSum : SumOfDoubles {
  static constexpr bool kKnowsColumn = true;
  const double* center;  // of the first column
  int64_t stride;        // from one column's center to the next's

  CenteredSum(const double* first, int64_t step) : center(first), stride(step) {}
  CenteredSum for_columns(int64_t first, int64_t step) const {
    return CenteredSum(center + first, step);
  }
  [[gnu::always_inline]] double lift(T x, int64_t column) const {
    const double difference = static_cast<double>(x) - center[column * stride];
    return squared ? difference * difference : difference;
  }
};

struct Moments {
  Tensor mean, spread;  // double; spread: the sum of squared distances from the mean
  int64_t count;        // elements behind each
};

double freedom_of(int64_t count, const Correction& correction) {
  return std::max(0.0, static_cast<double>(count) - correction.value_or(Scalar(1)).to<double>());
}

Moments moments(const Tensor& self, IntArrayRef named, const Correction& correction, bool keepdim) {
  const DimVector dims = named.empty() ? dims_to_reduce(self, named) : DimVector(named);
  Moments result;
  result.mean = cpu::mean(self, dims, keepdim, kFloat64);
  result.spread = cutaway::empty(result.mean.sizes(), kFloat64);
  result.count = result.mean.numel() == 0 ? 0 : self.numel() / result.mean.numel();
  visit_floating(self.dtype(), "std_var", [&]<class T>(TypeTag<T>) {
    // Divided by no degree of freedom, numbers that are all the same give 0 / 0, and others
    // infinity: then the mean must be right to the last bit.
    if (freedom_of(result.count, correction) == 0 && result.count > 0) {
      const CenteredSum<T, false> errors(result.mean.data<double>(), 1);
      const Tensor error = cutaway::empty(result.mean.sizes(), kFloat64);
      const double count = static_cast<double>(result.count);
      reduce<T, double>(error, self, dims, errors, [=](double total) { return total / count; });
      for (int64_t i = 0; i < error.numel(); ++i)
        result.mean.data<double>()[i] += error.data<double>()[i];
    }
    const CenteredSum<T, true> squares(result.mean.data<double>(), 1);
    reduce<T, double>(result.spread, self, dims, squares, [](double total) { return total; });
  });
  return result;
}

/// spread / max(0, count - correction), or its root, as `dtype`.
Tensor variance(const Moments& of, const Correction& correction, bool take_root, DType dtype) {
  const double freedom = freedom_of(of.count, correction);
  const Tensor result = cutaway::empty(of.spread.sizes(), kFloat64);
  constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();  // of no elements
  const double* spread = of.spread.data<double>();
  double* out = result.data<double>();
  for (int64_t i = 0; i < result.numel(); ++i) {
    const double variance = of.count == 0 ? kNaN : spread[i] / freedom;
    out[i] = take_root ? std::sqrt(variance) : variance;
  }
  return cpu::to_copy(result, dtype);
}

std::tuple<Tensor, Tensor> variance_and_mean(const Tensor& self, IntArrayRef dims,
                                             const Correction& correction, bool keepdim,
                                             bool take_root) {
  const Moments of = moments(self, dims, correction, keepdim);
  return {variance(of, correction, take_root, self.dtype()), cpu::to_copy(of.mean, self.dtype())};
}

template <class T>
void apply_root(const Tensor& self, double order) {
  T* x = self.data<T>();
  for (int64_t i = 0; i < self.numel(); ++i) {
    x[i] = static_cast<T>(std::pow(static_cast<double>(x[i]), 1 / order));
  }
}

Tensor magnitudes(const Tensor& self) {
  const Tensor result = cutaway::empty(self.sizes(), self.dtype());
  visit_floating(self.dtype(), "norm", [&]<class T>(TypeTag<T>) {
    loop<T, T>(result, self, [](T x) { return std::abs(x); });
  });
  return result;
}

Tensor euclidean_norm(const Tensor& self, IntArrayRef dims, bool keepdim) {
  const Tensor result = cutaway::empty(reduced_sizes(self, dims, keepdim), self.dtype());
  visit_floating(self.dtype(), "norm", [&]<class T>(TypeTag<T>) {
    reduce<T, T>(result, self, dims, SquareSum<T>(),
                 [](double total) { return static_cast<T>(std::sqrt(total)); });
  });
  return result;
}

}  // namespace

Tensor var(const Tensor& self, IntArrayRef dims, const Correction& correction, bool keepdim) {
  return variance(moments(self, dims, correction, keepdim), correction, false, self.dtype());
}
Tensor std(const Tensor& self, IntArrayRef dims, const Correction& correction, bool keepdim) {
  return variance(moments(self, dims, correction, keepdim), correction, true, self.dtype());
}
std::tuple<Tensor, Tensor> var_mean(const Tensor& self, IntArrayRef dims,
                                    const Correction& correction, bool keepdim) {
  return variance_and_mean(self, dims, correction, keepdim, false);
}
std::tuple<Tensor, Tensor> std_mean(const Tensor& self, IntArrayRef dims,
                                    const Correction& correction, bool keepdim) {
  return variance_and_mean(self, dims, correction, keepdim, true);
}

// The norm most used has a loop of its own; the others reduce a tensor of magnitudes.
Tensor linalg_vector_norm(const Tensor& self, const Scalar& ord, IntArrayRef dims, bool keepdim,
                          std::optional<DType> dtype) {
  const Tensor x = dtype && *dtype != self.dtype() ? cpu::to_copy(self, *dtype) : self;
  const double p = ord.to<double>();
  if (p == 2) return euclidean_norm(x, dims, keepdim);
  if (p == 0) {
    const Tensor zero = cutaway::zeros({}, x.dtype());
    return cpu::sum(cpu::ne(x, zero), dims, keepdim, x.dtype());
  }
  const Tensor size = magnitudes(x);
  if (p == 1) return cpu::sum(size, dims, keepdim, std::nullopt);
  if (std::isinf(p) && x.numel() > 0) {
    return p > 0 ? cpu::amax(size, dims, keepdim) : cpu::amin(size, dims, keepdim);
  }
  if (std::isinf(p)) return cpu::sum(size, dims, keepdim, std::nullopt);
  visit_floating(x.dtype(), "norm", [&]<class T>(TypeTag<T>) {
    loop<T, T>(size, size, [p](T y) { return static_cast<T>(std::pow(double{y}, p)); });
  });
  const Tensor result = cpu::sum(size, dims, keepdim, std::nullopt);
  visit_floating(x.dtype(), "norm", [&]<class T>(TypeTag<T>) { apply_root<T>(result, p); });
  return result;
}

}  // namespace cutaway::cpu
