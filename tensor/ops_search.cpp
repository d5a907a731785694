// SPDX-License-Identifier: MIT
#include "ops_search.h"

#include <algorithm>

#include "catalogue.h"
#include "check.h"
#include "factories.h"
#include "ops_copy.h"
#include "ops_pointwise.h"

namespace cutaway::inline v0_1 {
namespace {

bool is_right(bool right, std::optional<std::string_view> side) {
  if (!side) return right;
  check(*side == "left" || *side == "right",
        "torch.searchsorted(): side can only be 'left' or 'right' but got ", *side);
  check(!right || *side == "right",
        "torch.searchsorted(): side and right can't be set to opposites, got side of left while ",
        "right was True");
  return *side == "right";
}

void check_sorter(const Tensor& edges, const std::optional<Tensor>& sorter) {
  if (!sorter || !sorter->defined()) return;
  check(edges.sizes() == sorter->sizes(),
        "torch.searchsorted(): boundary and sorter must have the same size, but got boundary "
        "tensor ",
        edges.sizes(), "and got sorter tensor ", sorter->sizes());
  check(sorter->dtype() == kInt64,
        "torch.searchsorted(): sorter must be a tensor of long dtype but got dtype ",
        sorter->dtype());
  const Tensor dense = contiguous(*sorter);
  const int64_t* indices = dense.data<int64_t>();
  const int64_t length = edges.dim() == 0 ? 1 : edges.size(-1);
  check(std::all_of(indices, indices + dense.numel(),
                    [length](int64_t index) { return 0 <= index && index < length; }),
        "torch.searchsorted(): sorter index out of range");
}

void check_shapes(const Tensor& edges, const Tensor& values) {
  check(values.dim() > 0 || edges.dim() == 1,
        "torch.searchsorted(): input value can be a scalar only when boundaries tensor dimension "
        "is 1, but we got boundaries tensor dim(",
        edges.dim(), ") and input value's dim(", values.dim(), ") numel(", values.numel(), ")");
  check(edges.dim() > 0,
        "torch.searchsorted(): boundaries tensor should have positive dimension, but got 0 "
        "dimension");
  const auto rows = [](const Tensor& x) { return IntArrayRef(x.sizes().begin(), x.dim() - 1); };
  check(edges.dim() == 1 || (edges.dim() == values.dim() && rows(edges) == rows(values)),
        "torch.searchsorted(): boundaries tensor should be 1 dimension or the first N-1 dimensions "
        "of boundaries tensor and input value tensor must match, but we got boundaries tensor ",
        edges.sizes(), " and input value tensor ", values.sizes());
}

}  // namespace

Tensor searchsorted(const Tensor& sorted_sequence, const Tensor& self, bool out_int32, bool right,
                    std::optional<std::string_view> side, const std::optional<Tensor>& sorter) {
  right = is_right(right, side);
  check_sorter(sorted_sequence, sorter);
  check_shapes(sorted_sequence, self);
  const DType dtype = result_type(std::vector<Tensor>{sorted_sequence, self});
  return op::searchsorted(to(sorted_sequence, dtype), to(self, dtype), out_int32, right, side,
                          sorter);
}
Tensor searchsorted(const Tensor& sorted_sequence, const Scalar& self, bool out_int32, bool right,
                    std::optional<std::string_view> side, const std::optional<Tensor>& sorter) {
  return searchsorted(sorted_sequence, wrapped_number(self), out_int32, right, side, sorter);
}

Tensor bucketize(const Tensor& self, const Tensor& boundaries, bool out_int32, bool right) {
  check(boundaries.dim() == 1, "boundaries tensor must be 1 dimension, but got dim(",
        boundaries.dim(), ")");
  return searchsorted(boundaries, self, out_int32, right);
}
Tensor bucketize(const Scalar& self, const Tensor& boundaries, bool out_int32, bool right) {
  return bucketize(wrapped_number(self), boundaries, out_int32, right);
}

Tensor bincount(const Tensor& self, const std::optional<Tensor>& weights, int64_t minlength) {
  check_implemented(is_integral(self.dtype(), false), "\"bincount_cpu\" not implemented for '",
                    self.dtype(), "'");
  check(minlength >= 0, "minlength should be >= 0");
  check(self.dim() == 1, "bincount only supports 1-d non-negative integral inputs.");
  check(!weights || !weights->defined() || weights->sizes() == self.sizes(),
        "weights should be 1-d and have the same length as input");
  return op::bincount(self, weights, minlength);
}

Tensor histc(const Tensor& self, int64_t bins, const Scalar& min, const Scalar& max) {
  check_implemented(self.is_floating_point(), "\"histogram_cpu\" not implemented for '",
                    self.dtype(), "'");
  check(bins > 0, "torch.histogram(): bins must be > 0, but got ", bins, " for dimension 0");
  check(!(max.to<double>() < min.to<double>()), "torch.histc: max must be larger than min");
  return op::histc(self, bins, min, max);
}

Tensor isin(const Tensor& elements, const Tensor& test_elements, bool assume_unique, bool invert) {
  for (const Tensor& tensor : {elements, test_elements}) {
    check(tensor.dtype() != kBool,
          "Unsupported input type encountered for isin(): ", tensor.dtype());
  }
  const DType dtype = result_type(std::vector<Tensor>{elements, test_elements});
  return op::isin(to(elements, dtype), to(test_elements, dtype), assume_unique, invert);
}
Tensor isin(const Tensor& elements, const Scalar& test_element, bool assume_unique, bool invert) {
  return isin(elements, wrapped_number(test_element), assume_unique, invert);
}
Tensor isin(const Scalar& element, const Tensor& test_elements, bool assume_unique, bool invert) {
  return isin(wrapped_number(element), test_elements, assume_unique, invert);
}

}  // namespace cutaway
