// SPDX-License-Identifier: MIT
//
// Dropout: a product with random noise, made of ordinary ops, which know its gradient. The noise is
// laid out as the input is, and drawn by bernoulli_.
#include <cmath>

#include "check.h"
#include "factories.h"
#include "ops_pointwise.h"
#include "ops_random.h"

namespace cutaway::inline v0_1 {
namespace {

enum class Drops { Elements, Features };

bool drops_anything(const Tensor& input, double p, bool train) {
  check(p >= 0 && p <= 1, "dropout probability has to be between 0 and 1, but got ", p);
  return p != 0 && train && input.numel() != 0;
}

/// 1 where the input is kept, with probability 1 - p, and 0 where it is dropped; for features one
/// number per channel: (N, C, 1, ...).
Tensor kept(const Tensor& input, double p, Drops drops) {
  if (drops == Drops::Elements) return bernoulli_(empty_like(input), 1 - p);
  check(input.dim() >= 2, "Feature dropout requires at least 2 dimensions in the input");
  DimVector sizes(input.dim(), 1);
  sizes[0] = input.size(0);
  sizes[1] = input.size(1);
  return bernoulli_(empty(sizes, input.dtype()), 1 - p);
}

/// What the input is multiplied with.
Tensor noise_for(const Tensor& input, double p, Drops drops) {
  if (p == 1) return zeros(IntArrayRef(), input.dtype());
  return div_(kept(input, p, drops), 1 - p);
}

/// For alpha dropout: input * scale + shift. With the saturation value of SELU, -alpha', dropped
/// elements become -alpha' a + b and the others x a + b, where
///     a = ((1 - p) (1 + p alpha'^2))^(-1/2)    and    b = a alpha' p.
struct ScaleAndShift {
  Tensor scale, shift;
};
ScaleAndShift alpha_noise_for(const Tensor& input, double p, Drops drops) {
  constexpr double alpha = 1.7580993408473766;
  const double a = 1 / std::sqrt((alpha * alpha * p + 1) * (1 - p));
  const Tensor scale = kept(input, p, drops);
  const Tensor shift = add_(mul_(add(scale, -1), alpha * a), alpha * a * p);
  return {mul_(scale, a), shift};
}

Tensor drop(const Tensor& input, double p, bool train, Drops drops) {
  if (!drops_anything(input, p, train)) return input;
  return mul(input, noise_for(input, p, drops));
}
const Tensor& drop_(const Tensor& self, double p, bool train, Drops drops) {
  if (!drops_anything(self, p, train)) return self;
  return mul_(self, noise_for(self, p, drops));
}

Tensor alpha_drop(const Tensor& input, double p, bool train, Drops drops) {
  if (!drops_anything(input, p, train)) return input;
  if (p == 1) return mul(input, zeros(IntArrayRef(), input.dtype()));
  const auto [scale, shift] = alpha_noise_for(input, p, drops);
  return add_(mul(input, scale), shift);
}
const Tensor& alpha_drop_(const Tensor& self, double p, bool train, Drops drops) {
  if (!drops_anything(self, p, train)) return self;
  if (p == 1) return mul_(self, zeros(IntArrayRef(), self.dtype()));
  const auto [scale, shift] = alpha_noise_for(self, p, drops);
  return add_(mul_(self, scale), shift);
}

}  // namespace

Tensor dropout(const Tensor& input, double p, bool train) {
  return drop(input, p, train, Drops::Elements);
}
const Tensor& dropout_(const Tensor& self, double p, bool train) {
  return drop_(self, p, train, Drops::Elements);
}
Tensor feature_dropout(const Tensor& input, double p, bool train) {
  return drop(input, p, train, Drops::Features);
}
const Tensor& feature_dropout_(const Tensor& self, double p, bool train) {
  return drop_(self, p, train, Drops::Features);
}
Tensor alpha_dropout(const Tensor& input, double p, bool train) {
  return alpha_drop(input, p, train, Drops::Elements);
}
const Tensor& alpha_dropout_(const Tensor& self, double p, bool train) {
  return alpha_drop_(self, p, train, Drops::Elements);
}
Tensor feature_alpha_dropout(const Tensor& input, double p, bool train) {
  return alpha_drop(input, p, train, Drops::Features);
}
const Tensor& feature_alpha_dropout_(const Tensor& self, double p, bool train) {
  return alpha_drop_(self, p, train, Drops::Features);
}

}  // namespace cutaway
