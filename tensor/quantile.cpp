// SPDX-License-Identifier: MIT
//
// quantile and nanquantile: composites. The elements are sorted; quantile q lies at rank q (n - 1),
// between two of them where that is no whole number.
//
// PyTorch counterpart: quantile_compute in ATen/native/Sorting.cpp.
#include "catalogue.h"
#include "ops.h"
#include "ops_statistics.h"

namespace cutaway::inline v0_1 {
namespace {

void check_quantile(const Tensor& self, const Tensor& q, std::string_view interpolation) {
  check(self.numel() > 0, "quantile() input tensor must be non-empty");
  check(q.dim() <= 1, "quantile() q must be a scalar or 1D tensor");
  check(self.dtype() == kFloat32 || self.dtype() == kFloat64,
        "quantile() input tensor must be either float or double dtype");
  check(self.dtype() == q.dtype(), "quantile() q tensor must be same dtype as the input tensor");
  for (const std::string_view known : {"linear", "lower", "higher", "midpoint", "nearest"}) {
    if (interpolation == known) return;
  }
  check(false,
        "quantile() interpolation must be one of linear, lower, higher, midpoint or nearest, but "
        "got ",
        interpolation);
}

/// x: (..., n), places: (..., k). The elements of each row at the places of that row.
Tensor take_in_rows(const Tensor& x, const Tensor& places) {
  const int64_t n = x.size(-1);
  const int64_t rows = x.numel() / n;
  const Tensor first = arange(0, rows * n, n).unsqueeze(1);
  const Tensor flat = (places.reshape({rows, places.size(-1)}) + first).reshape({-1});
  return x.reshape({-1}).index_select(0, flat).reshape(places.sizes());
}

/// Whole numbers >= 0, rounded towards 0.
Tensor floor_of(const Tensor& ranks) { return ranks.to(kInt64); }

/// Ranks rounded to the nearest whole number, half to even.
Tensor nearest_to(const Tensor& ranks) {
  const Tensor below = floor_of(ranks);
  const Tensor rest = ranks - below.to(ranks.dtype());
  const Tensor half = floor_of(below / 2);
  const Tensor is_odd = ne(below, half * 2);
  const Tensor up = where(eq(rest, 0.5), is_odd, gt(rest, 0.5));
  return below + up.to(kInt64);
}

/// sorted: (..., n); ranks: (..., k). Elements at these ranks.
Tensor at_ranks(const Tensor& sorted, const Tensor& ranks, std::string_view interpolation) {
  if (interpolation == "lower") return take_in_rows(sorted, floor_of(ranks));
  if (interpolation == "nearest") return take_in_rows(sorted, nearest_to(ranks));
  const Tensor below = floor_of(ranks);
  const Tensor above = below + gt(ranks, below.to(ranks.dtype())).to(kInt64);
  if (interpolation == "higher") return take_in_rows(sorted, above);
  const Tensor weight =
      interpolation == "midpoint" ? full_like(ranks, 0.5) : ranks - below.to(ranks.dtype());
  const Tensor low = take_in_rows(sorted, below);
  const Tensor high = take_in_rows(sorted, above);
  const Tensor difference = high - low;
  // From the nearer end, so that weight 1 gives `high` exactly.
  return where(lt(weight, 0.5), low + weight * difference, high - difference * (1 - weight));
}

Tensor quantile_of(const Tensor& self, const Tensor& q, std::optional<int64_t> dim, bool keepdim,
                   std::string_view interpolation, bool ignore_nan) {
  check_quantile(self, q, interpolation);
  const int64_t along = dim ? wrap_dim(*dim, self.dim()) : 0;
  check(q.numel() == 0 || (ge(q, 0).to(kInt64).sum().item<int64_t>() == q.numel() &&
                           le(q, 1).to(kInt64).sum().item<int64_t>() == q.numel()),
        "quantile() q values must be in the range [0, 1]");

  // (..., n), n the elements of one result; the dimensions before it are those of the result.
  DimVector order;
  for (int64_t d = 0; d < self.dim(); ++d) {
    if (d != along) order.push_back(d);
  }
  if (self.dim() > 0) order.push_back(along);
  const bool flat = !dim || self.dim() == 0;
  const Tensor rows = flat ? self.flatten() : self.permute(order);
  const int64_t n = rows.size(-1);
  const Tensor sorted = std::get<0>(sort(rows));

  // Ranks: (..., k). NaN is sorted last; where there is one, and it is not ignored, it is the
  // result.
  const Tensor is_number = eq(sorted, sorted).detach();
  const Tensor numbers = is_number.sum(-1, true).to(self.dtype());
  const Tensor shares = q.reshape({-1});
  Tensor ranks = shares * (ignore_nan ? numbers - 1 : full_like(numbers, n - 1));
  if (ignore_nan) {
    ranks = where(lt(ranks, 0), 0, ranks);
  } else {
    ranks = where(lt(numbers, n), full_like(ranks, n - 1), ranks);
  }
  const Tensor result = at_ranks(sorted, ranks, interpolation);  // (..., k)

  // The reduced dimension goes back to its place, the quantiles go first.
  DimVector shape(self.dim(), 1);
  if (!flat) shape = self.sizes();
  if (!flat && keepdim) shape[along] = 1;
  if (!flat && !keepdim) shape.erase(along);
  if (flat && !keepdim) shape = DimVector();
  if (q.dim() == 0) return op::unsafe_view(result, shape);
  shape.insert(0, 1);
  shape.push_back(q.numel());
  const Tensor quantiles = op::unsafe_view(result, shape);  // (1, ..., k)
  return squeeze_(transpose_(quantiles, 0, -1), -1);
}

Tensor share(const Tensor& self, double q) {
  check(q >= 0 && q <= 1, "quantile() q must be in the range [0, 1] but got ", q);
  return full({}, q, self.dtype() == kFloat32 ? kFloat32 : kFloat64);
}

}  // namespace

Tensor quantile(const Tensor& self, const Tensor& q, std::optional<int64_t> dim, bool keepdim,
                std::string_view interpolation) {
  return quantile_of(self, q, dim, keepdim, interpolation, false);
}
Tensor quantile(const Tensor& self, double q, std::optional<int64_t> dim, bool keepdim,
                std::string_view interpolation) {
  return quantile_of(self, share(self, q), dim, keepdim, interpolation, false);
}
Tensor nanquantile(const Tensor& self, const Tensor& q, std::optional<int64_t> dim, bool keepdim,
                   std::string_view interpolation) {
  return quantile_of(self, q, dim, keepdim, interpolation, true);
}
Tensor nanquantile(const Tensor& self, double q, std::optional<int64_t> dim, bool keepdim,
                   std::string_view interpolation) {
  return quantile_of(self, share(self, q), dim, keepdim, interpolation, true);
}

}  // namespace cutaway
