// SPDX-License-Identifier: MIT
#include "init.h"

#include <algorithm>
#include <cmath>

#include "../autograd/grad_mode.h"
#include "../tensor/check.h"
#include "../tensor/ops.h"

namespace cutaway::inline v0_1::nn::init {

const Tensor& uniform_(const Tensor& tensor, double a, double b, Generator* generator) {
  const NoGrad guard;
  return tensor.uniform_(a, b, generator);
}

const Tensor& normal_(const Tensor& tensor, double mean, double std, Generator* generator) {
  const NoGrad guard;
  return tensor.normal_(mean, std, generator);
}

/// The standard normal distribution function.
static double normal_cdf(double x) { return (1 + std::erf(x / std::sqrt(2.0))) / 2; }

/// x rounded to the dtype of `like`: the bound its elements are held against.
static double rounded_as(const Tensor& like, double x) {
  return full(IntArrayRef(), x, like.dtype()).to(kFloat64).item<double>();
}

/// Where the interval has much of the distribution: draws normal numbers, and again in the places
/// of those outside.
static void draw_until_inside(const Tensor& tensor, double mean, double std, double a, double b,
                              Generator* generator) {
  const double low = rounded_as(tensor, a), high = rounded_as(tensor, b);
  tensor.normal_(mean, std, generator);
  for (Tensor result = tensor;;) {
    const Tensor outside = result.lt(low).to(kInt64).add(result.gt(high).to(kInt64)).gt(0);
    if (!outside.any().item<bool>()) {
      if (!result.is_same(tensor)) tensor.copy_(result);
      return;
    }
    result = where(outside, cutaway::normal_(empty_like(result), mean, std, generator), result);
  }
}

/// Where it has little, in a tail: draws numbers uniform in [a, b], and keeps x with a probability
/// of density(x) / greatest density.
static void accept_by_density(const Tensor& tensor, double mean, double std, double a, double b,
                              Generator* generator) {
  const double mode = std::max(a, std::min(mean, b));
  const double log_peak = -0.5 * ((mode - mean) / std) * ((mode - mean) / std);
  const Tensor log_density = empty_like(tensor), u = empty_like(tensor);
  const auto refused = [&](const Tensor& x) {
    const Tensor z = log_density.copy_(x).sub_(mean).div_(std);
    z.mul_(z).mul_(-0.5).sub_(log_peak);
    return cutaway::uniform_(u, 0, 1, generator).log().gt(z);
  };
  tensor.uniform_(a, b, generator);
  Tensor pending = refused(tensor);
  for (Tensor result = tensor; pending.any().item<bool>();) {
    const Tensor candidates = cutaway::uniform_(empty_like(tensor), a, b, generator);
    result = where(pending, candidates, result);
    pending = where(pending, refused(candidates), pending);
    if (!pending.any().item<bool>()) tensor.copy_(result);
  }
}

const Tensor& trunc_normal_(const Tensor& tensor, double mean, double std, double a, double b,
                            Generator* generator) {
  const NoGrad guard;
  const double inside = normal_cdf((b - mean) / std) - normal_cdf((a - mean) / std);
  if (inside > 0.3) {
    draw_until_inside(tensor, mean, std, a, b, generator);
  } else {
    accept_by_density(tensor, mean, std, a, b, generator);
  }
  return tensor;
}

const Tensor& constant_(const Tensor& tensor, const Scalar& value) {
  const NoGrad guard;
  return tensor.fill_(value);
}

const Tensor& zeros_(const Tensor& tensor) { return constant_(tensor, 0); }
const Tensor& ones_(const Tensor& tensor) { return constant_(tensor, 1); }

Fans calculate_fan_in_and_fan_out(const Tensor& tensor) {
  check_value(tensor.dim() >= 2,
              "Fan in and fan out can not be computed for tensor with fewer than 2 dimensions");
  int64_t kernel = 1;
  for (int64_t d = 2; d < tensor.dim(); ++d) kernel *= tensor.size(d);
  return {.fan_in = tensor.size(1) * kernel, .fan_out = tensor.size(0) * kernel};
}

double calculate_gain(Nonlinearity nonlinearity, std::optional<double> param) {
  switch (nonlinearity) {
    case Nonlinearity::Linear:
    case Nonlinearity::Sigmoid:
      return 1;
    case Nonlinearity::Tanh:
      return 5.0 / 3;
    case Nonlinearity::ReLU:
      return std::sqrt(2.0);
    case Nonlinearity::LeakyReLU: {
      const double slope = param.value_or(0.01);
      return std::sqrt(2.0 / (1 + slope * slope));
    }
    case Nonlinearity::SELU:
      return 3.0 / 4;
  }
  return 1;
}

// The uniform distribution on [-b, b] has the standard deviation b / sqrt(3).
static const Tensor& uniform_with_std(const Tensor& tensor, double std, Generator* generator) {
  const double bound = std::sqrt(3.0) * std;
  return init::uniform_(tensor, -bound, bound, generator);
}

static double xavier_std(const Tensor& tensor, double gain) {
  const Fans fans = calculate_fan_in_and_fan_out(tensor);
  return gain * std::sqrt(2.0 / static_cast<double>(fans.fan_in + fans.fan_out));
}

const Tensor& xavier_uniform_(const Tensor& tensor, double gain, Generator* generator) {
  return uniform_with_std(tensor, xavier_std(tensor, gain), generator);
}

const Tensor& xavier_normal_(const Tensor& tensor, double gain, Generator* generator) {
  return init::normal_(tensor, 0, xavier_std(tensor, gain), generator);
}

static double kaiming_std(const Tensor& tensor, const KaimingOptions& options) {
  const Fans fans = calculate_fan_in_and_fan_out(tensor);
  const int64_t fan = options.mode == FanMode::FanIn ? fans.fan_in : fans.fan_out;
  return calculate_gain(options.nonlinearity, options.a) / std::sqrt(static_cast<double>(fan));
}

const Tensor& kaiming_uniform_(const Tensor& tensor, const KaimingOptions& options) {
  if (tensor.numel() == 0) return tensor;
  return uniform_with_std(tensor, kaiming_std(tensor, options), options.generator);
}

const Tensor& kaiming_normal_(const Tensor& tensor, const KaimingOptions& options) {
  if (tensor.numel() == 0) return tensor;
  return init::normal_(tensor, 0, kaiming_std(tensor, options), options.generator);
}

}  // namespace cutaway::nn::init
