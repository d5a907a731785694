// SPDX-License-Identifier: MIT
#include "ops_arrange.h"

#include <algorithm>
#include <limits>

#include "catalogue.h"
#include "factories.h"
#include "ops_copy.h"
#include "ops_gather.h"
#include "ops_index.h"
#include "views.h"
#include "views_inplace.h"

namespace cutaway::inline v0_1 {

Tensor flip(const Tensor& self, IntArrayRef dims) {
  return op::flip(self, wrap_dims(dims, self.dim()));
}
Tensor fliplr(const Tensor& self) {
  check(self.dim() >= 2, "Input must be >= 2-d.");
  return flip(self, 1);
}
Tensor flipud(const Tensor& self) {
  check(self.dim() >= 1, "Input must be >= 1-d.");
  return flip(self, 0);
}

Tensor rot90(const Tensor& self, int64_t k, IntArrayRef dims) {
  check(dims.size() == 2, "expected total rotation dims == 2, but got dims = ", dims.size());
  check(self.dim() >= 2, "expected total dims >= 2, but got total dims = ", self.dim());
  check(dims[0] != dims[1] && std::abs(dims[0] - dims[1]) != self.dim(),
        "expected rotation dims to be different, but got dim0 = ", dims[0],
        " and dim1 = ", dims[1]);
  const int64_t dim0 = wrap_dim(dims[0], self.dim()), dim1 = wrap_dim(dims[1], self.dim());
  switch ((k % 4 + 4) % 4) {
    case 1:
      return transpose_(flip(self, dim1), dim0, dim1);
    case 2:
      return flip(self, {dim0, dim1});
    case 3:
      return transpose_(flip(self, dim0), dim0, dim1);
    default:
      return contiguous(clone(self));
  }
}

Tensor roll(const Tensor& self, IntArrayRef shifts, IntArrayRef dims) {
  check(!shifts.empty(), "`shifts` required");
  const bool as_row = dims.empty() && shifts.size() == 1;
  check(as_row || shifts.size() == dims.size(),
        "shifts and dimensions must align. shifts: ", shifts.size(), ", dims:", dims.size());
  for (const int64_t dim : dims) self.size(dim);  // which refuses a dim that is not there
  return op::roll(self, shifts, dims);
}

Tensor repeat(const Tensor& self, IntArrayRef repeats) {
  const int64_t added = repeats.size() - self.dim();
  check(added >= 0,
        "Number of dimensions of repeat dims can not be smaller than number of dimensions of "
        "tensor");
  DimVector sizes(repeats);
  for (int64_t d = 0; d < self.dim(); ++d) sizes[d + added] *= self.sizes()[d];
  for (const int64_t size : sizes) {
    check(size >= 0, "Trying to create tensor with negative dimension ", size, ": ", sizes);
  }
  return op::repeat(self, repeats);
}

Tensor tile(const Tensor& self, IntArrayRef dims) {
  DimVector repeats(std::max<int64_t>(self.dim() - dims.size(), 0), 1);
  for (const int64_t times : dims) repeats.push_back(times);
  return repeat(self, repeats);
}

Tensor repeat_interleave(const Tensor& self, int64_t repeats, std::optional<int64_t> dim,
                         std::optional<int64_t> output_size) {
  const Tensor input = dim ? self : reshape(self, -1);
  check(repeats >= 0, "Repeats must be non-negative");
  const int64_t along = wrap_dim(dim.value_or(0), input.dim());
  const Tensor source = unsqueeze(input, along + 1);  // refuses a 0-d tensor with dim
  const int64_t total = input.sizes()[along] * repeats;
  check(!output_size || *output_size == total, "repeat_interleave: Invalid output_size, expected ",
        total, " but got ", output_size.value_or(0));
  DimVector sizes = source.sizes();
  sizes[along + 1] = repeats;
  const Tensor result = empty(sizes, self.dtype());
  copy_(result, source);
  sizes.erase(along + 1);
  sizes[along] = total;
  return view(result, sizes);
}

Tensor repeat_interleave(const Tensor& repeats, std::optional<int64_t> output_size) {
  check(repeats.dim() == 1, "repeat_interleave only accept 1D vector as repeat");
  if (repeats.numel() == 0) return empty({0}, repeats.dtype());
  check_implemented(repeats.dtype() == kInt64 || repeats.dtype() == kInt32,
                    "\"repeat_interleave_cpu\" not implemented for '", repeats.dtype(), "'");
  const Tensor counts = repeats.detach().to(kInt64).contiguous();
  const int64_t* count = counts.data<int64_t>();
  int64_t total = 0;
  for (int64_t i = 0; i < counts.numel(); ++i) {
    check(count[i] >= 0, "repeats can not be negative");
    total += count[i];
  }
  check(!output_size || *output_size == total, "allocated size does not match required size");
  const Tensor result = empty({total}, kInt64);
  int64_t* to = result.data<int64_t>();
  for (int64_t i = 0; i < counts.numel(); ++i) to = std::fill_n(to, count[i], i);
  return result.to(repeats.dtype());
}

Tensor repeat_interleave(const Tensor& self, const Tensor& repeats, std::optional<int64_t> dim,
                         std::optional<int64_t> output_size) {
  const Tensor input = dim ? self : reshape(self, -1);
  const int64_t along = wrap_dim(dim.value_or(0), input.dim());
  const int64_t size = input.dim() == 0 ? 1 : input.sizes()[along];
  Tensor each = repeats;
  if (repeats.dim() == 0 || (repeats.dim() == 1 && repeats.numel() == 1)) {
    each = expand(reshape(repeats, 1), size);
  } else {
    check(repeats.dim() == 1, "repeats must be 0-dim or 1-dim tensor");
    check(repeats.numel() == size,
          "repeats must have the same size as input along dim, but got repeats.size(0) = ",
          repeats.numel(), " and input.size(", along, ") = ", size);
  }
  return index_select(input, along, repeat_interleave(each, output_size));
}

Tensor one_hot(const Tensor& self, int64_t num_classes) {
  check(self.dtype() == kInt64, "one_hot is only applicable to index tensor of type LongTensor.");
  if (self.numel() == 0) {
    check(num_classes > 0, "Can not infer total number of classes from empty tensor.");
  } else {
    const Tensor dense = self.contiguous();
    const int64_t* data = dense.data<int64_t>();
    const auto [least, most] = std::minmax_element(data, data + dense.numel());
    check(*least >= 0, "Class values must be non-negative.");
    check(num_classes == -1 || *most < num_classes,
          "Class values must be smaller than num_classes.");
    if (num_classes == -1) num_classes = *most + 1;
  }
  DimVector sizes = self.sizes();
  sizes.push_back(num_classes);
  return scatter_(zeros(sizes, kInt64), -1, unsqueeze(self, -1), 1);
}

}  // namespace cutaway
