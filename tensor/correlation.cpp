// SPDX-License-Identifier: MIT
//
// cov and corrcoef: composites.
//
//     cov = sum_k w_k (x_k - mean) (x_k - mean)^T / f,   mean = sum_k w_k x_k / sum w,
//     f = sum w - correction * (sum w a / sum w),        w = fweights * aweights, a = aweights
//
// PyTorch counterpart: ATen/native/Correlation.cpp. Left out: PyTorch's warning where f <= 0.
#include "ops.h"
#include "ops_statistics.h"

namespace cutaway::inline v0_1 {
namespace {

void check_weights(const Tensor& weights, int64_t observations, const char* name,
                   const char* dtype) {
  check(weights.dim() <= 1, "cov(): expected ", name, " to have one or fewer dimensions but got ",
        name, " with ", weights.dim(), " dimensions");
  const bool wants_integers = std::string_view(dtype) == "integral";
  check(is_integral(weights.dtype(), false) == wants_integers && weights.dtype() != kBool,
        "cov(): expected ", name, " to have ", dtype, " dtype but got ", name, " with ",
        weights.dtype(), " dtype");
  check(weights.numel() == observations, "cov(): expected ", name,
        " to have the same numel as there are observations in the input but got ", weights.numel(),
        " != ", observations);
  check(observations == 0 || weights.min().item<double>() >= 0, "cov(): ", name,
        " cannot be negative");
}

bool given(const std::optional<Tensor>& tensor) { return tensor && tensor->defined(); }

}  // namespace

Tensor cov(const Tensor& self, int64_t correction, const std::optional<Tensor>& fweights,
           const std::optional<Tensor>& aweights) {
  check(self.dim() <= 2,
        "cov(): expected input to have two or fewer dimensions but got an input with ", self.dim(),
        " dimensions");
  check(self.dtype() != kBool, "cov(): bool dtype is not supported for input");
  const Tensor x = self.dim() < 2 ? self.reshape({1, self.numel()}) : self;  // (r, n)
  const int64_t n = x.size(1);
  Tensor w;
  if (given(fweights)) {
    check_weights(*fweights, n, "fweights", "integral");
    w = *fweights;
  }
  if (given(aweights)) {
    check_weights(*aweights, n, "aweights", "floating point");
    w = w.defined() ? w * *aweights : *aweights;
  }

  const Tensor total = w.defined() ? w.sum() : full({}, n, kInt64);
  check(!w.defined() || total.item<double>() != 0,
        "cov(): weights sum to zero, can't be normalized");
  const Tensor mean = (w.defined() ? x * w : x).sum(1) / total;
  Tensor factor = total - correction;
  if (given(aweights) && correction != 0) {
    factor = total - (w * *aweights).sum() / total * correction;
  }
  factor = where(le(factor, 0), 0, factor);
  const Tensor apart = x - mean.unsqueeze(1);
  return (apart.mm((w.defined() ? apart * w : apart).t()) / factor).squeeze();
}

Tensor corrcoef(const Tensor& self) {
  check(self.dim() <= 2,
        "corrcoef(): expected input to have two or fewer dimensions but got an input with ",
        self.dim(), " dimensions");
  const Tensor c = cov(self);
  if (c.dim() == 0) return c / c;
  const int64_t r = c.size(0);
  const Tensor deviation = c.reshape({-1}).index_select(0, arange(0, r * r, r + 1)).sqrt();
  const Tensor scaled = c / deviation.unsqueeze(1) / deviation.unsqueeze(0);
  const Tensor bounded = where(gt(scaled, 1), 1, scaled);  // rounding may lead beyond
  return where(lt(bounded, -1), -1, bounded);
}

}  // namespace cutaway
