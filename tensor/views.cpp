// SPDX-License-Identifier: MIT
#include "views.h"

#include <limits>

#include "catalogue.h"
#include "check.h"
#include "ops_copy.h"

namespace cutaway {

Tensor view(const Tensor& self, IntArrayRef size) { return op::view(self, size); }

Tensor reshape(const Tensor& self, IntArrayRef size) {
  const DimVector sizes = infer_size(size, self.numel());
  if (view_strides(self.sizes(), self.strides(), sizes)) return op::view(self, sizes);
  return op::view(contiguous(self), sizes);
}

Tensor flatten(const Tensor& self, int64_t start_dim, int64_t end_dim) {
  const int64_t start = wrap_dim(start_dim, self.dim());
  const int64_t end = wrap_dim(end_dim, self.dim());
  check(start <= end, "flatten() has invalid args: start_dim cannot come after end_dim");
  if (self.dim() == 0) return reshape(self, 1);
  if (start == end) return self;
  const IntArrayRef old = self.sizes();
  DimVector sizes({old.begin(), start});
  sizes.push_back(numel_of({old.begin() + start, end - start + 1}));
  for (int64_t d = end + 1; d < old.size(); ++d) sizes.push_back(old[d]);
  return reshape(self, sizes);
}

Tensor permute(const Tensor& self, IntArrayRef dims) {
  check(dims.size() == self.dim(),
        "permute(sparse_coo): number of dimensions in the tensor input does "
        "not match the length of the desired ordering of dimensions i.e. input.dim() = ",
        self.dim(), " is not equal to len(dims) = ", dims.size());
  DimVector wrapped;
  for (int64_t dim : dims) wrapped.push_back(wrap_dim(dim, self.dim()));
  for (int64_t i = 0; i < wrapped.size(); ++i) {
    for (int64_t j = 0; j < i; ++j) {
      check(wrapped[i] != wrapped[j], "permute(): duplicate dims are not allowed.");
    }
  }
  return op::permute(self, wrapped);
}

Tensor transpose(const Tensor& self, int64_t dim0, int64_t dim1) {
  return op::transpose(self, wrap_dim(dim0, self.dim()), wrap_dim(dim1, self.dim()));
}

Tensor t(const Tensor& self) {
  check(self.dim() <= 2, "t() expects a tensor with <= 2 dimensions, but self is ", self.dim(),
        "D");
  return op::t(self);
}

Tensor expand(const Tensor& self, IntArrayRef size) { return op::expand(self, size); }

Tensor squeeze(const Tensor& self) { return op::squeeze(self); }
Tensor squeeze(const Tensor& self, int64_t dim) {
  return op::squeeze_dim(self, wrap_dim(dim, self.dim()));
}
Tensor unsqueeze(const Tensor& self, int64_t dim) {
  return op::unsqueeze(self, wrap_dim(dim, self.dim() + 1));
}

Tensor select(const Tensor& self, int64_t dim, int64_t index) {
  check_index(self.dim() > 0, "select() cannot be applied to a 0-dim tensor.");
  const int64_t d = wrap_dim(dim, self.dim());
  const int64_t size = self.sizes()[d];
  check_index(-size <= index && index < size, "select(): index ", index,
              " out of range for tensor of size ", self.sizes(), " at dimension ", d);
  return op::select(self, d, index < 0 ? index + size : index);
}

Tensor slice(const Tensor& self, int64_t dim, std::optional<int64_t> start,
             std::optional<int64_t> end, int64_t step) {
  check_index(self.dim() > 0, "slice() cannot be applied to a 0-dim tensor.");
  check(step > 0, "slice step must be positive");
  return op::slice(self, wrap_dim(dim, self.dim()), start.value_or(0),
                   end.value_or(std::numeric_limits<int64_t>::max()), step);
}

Tensor narrow(const Tensor& self, int64_t dim, int64_t start, int64_t length) {
  check(self.dim() > 0, "narrow() cannot be applied to a 0-dim tensor.");
  check(length >= 0, "narrow(): length must be non-negative.");
  const int64_t d = wrap_dim(dim, self.dim());
  const int64_t size = self.sizes()[d];
  check_index(-size <= start && start <= size, "start out of range (expected to be in range of [",
              -size, ", ", size, "], but got ", start, ")");
  if (start < 0) start += size;
  check(start <= size - length, "start (", start, ") + length (", length,
        ") exceeds dimension size (", size, ").");
  return op::slice(self, d, start, start + length, 1);
}

Tensor alias(const Tensor& self) { return op::alias(self); }

Tensor as_strided(const Tensor& self, IntArrayRef size, IntArrayRef stride,
                  std::optional<int64_t> storage_offset) {
  return op::as_strided(self, size, stride, storage_offset.value_or(self.storage_offset()));
}

}  // namespace cutaway
