// SPDX-License-Identifier: MIT
//
// Kernels of the views. A view is a new TensorImpl over the same storage; all work is arithmetic on
// sizes, strides and offset.
#include <algorithm>

#include "../check.h"
#include "../checked_math.h"
#include "../view_geometry.h"
#include "kernels.h"

namespace cutaway::inline v0_1::cpu {

static Tensor look_at(const Tensor& self, IntArrayRef sizes, IntArrayRef strides, int64_t offset) {
  return Tensor(make_pooled<TensorImpl>(self.impl_ptr(), sizes, strides, offset));
}

Tensor alias(const Tensor& self) {
  return look_at(self, self.sizes(), self.strides(), self.storage_offset());
}

/// One of several views that one call makes.
static Tensor one_of_many(const Tensor& view) {
  TensorImpl& impl = *view.impl();
  if (impl.view_origin() != ViewOrigin::InferenceMode) impl.set_view_origin(ViewOrigin::OneOfMany);
  return view;
}

// No view: a write to it must not reach the history of self.
Tensor detach(const Tensor& self) {
  return Tensor(make_pooled<TensorImpl>(TensorImpl::Detached{}, *self.impl()));
}

Tensor view(const Tensor& self, IntArrayRef size) {
  const DimVector sizes = infer_size(size, self.numel());
  const std::optional<DimVector> strides = view_strides(self.sizes(), self.strides(), sizes);
  check(strides.has_value(),
        "view size is not compatible with input tensor's size and stride (at least one dimension "
        "spans across two contiguous subspaces). Use .reshape(...) instead.");
  return look_at(self, sizes, *strides, self.storage_offset());
}

Tensor unsafe_view(const Tensor& self, IntArrayRef size) {
  Tensor result = cpu::view(self, size);
  result.impl()->set_base(nullptr);
  return result;
}

// The result has no base: a gradient does not pass from bits to bits.
Tensor view_dtype(const Tensor& self, DType dtype) {
  const int64_t from = self.element_size();
  const int64_t to = size_of(dtype);
  DimVector sizes = self.sizes();
  DimVector strides = self.strides();
  for (int64_t d = 0; d < sizes.size(); ++d) {
    const bool is_last = d == sizes.size() - 1;
    if (is_last && from != to) {
      sizes[d] = sizes[d] * from / to;
    } else {
      strides[d] = strides[d] * from / to;
    }
  }
  Tensor result = cpu::detach(self);
  result.impl()->reinterpret(dtype, sizes, strides, self.storage_offset() * from / to);
  return result;
}

Tensor permute(const Tensor& self, IntArrayRef dims) {
  DimVector sizes, strides;
  for (int64_t dim : dims) {
    sizes.push_back(self.size(dim));
    strides.push_back(self.stride(dim));
  }
  return look_at(self, sizes, strides, self.storage_offset());
}

Tensor transpose(const Tensor& self, int64_t dim0, int64_t dim1) {
  DimVector sizes = self.sizes();
  DimVector strides = self.strides();
  if (dim0 != dim1) {
    std::swap(sizes[dim0], sizes[dim1]);
    std::swap(strides[dim0], strides[dim1]);
  }
  return look_at(self, sizes, strides, self.storage_offset());
}

Tensor t(const Tensor& self) { return cpu::transpose(self, 0, self.dim() < 2 ? 0 : 1); }

Tensor expand(const Tensor& self, IntArrayRef size) {
  const int64_t added = size.size() - self.dim();
  const bool is_of_old =
      self.dtype() != kBFloat16 && self.dtype() != kBool;  // it has a Python type
  check(added >= 0, "expand(", is_of_old ? "torch." : "CPU", self.dtype(),
        is_of_old ? "Tensor{" : "Type{", self.sizes(), "}, size=", size,
        "): the number of sizes provided (", size.size(),
        ") must be greater or equal to the number of dimensions in the tensor (", self.dim(), ")");
  DimVector sizes(size);
  DimVector strides(size.size(), 0);
  for (int64_t d = size.size() - 1; d >= 0; --d) {
    const bool is_new = d < added;
    const int64_t old_size = is_new ? 1 : self.sizes()[d - added];
    if (sizes[d] == -1) {
      check(!is_new,
            "The expanded size of the tensor (-1) isn't allowed in a leading, non-existing "
            "dimension ",
            d);
      sizes[d] = old_size;
    }
    check(old_size == 1 || old_size == sizes[d], "The expanded size of the tensor (", sizes[d],
          ") must match the existing size (", old_size, ") at non-singleton dimension ", d,
          ".  Target sizes: ", size, ".  Tensor sizes: ", self.sizes());
    // A repeated dimension steps by 0, which is how the list of strides began.
    if (old_size != sizes[d]) continue;
    if (!is_new) {
      strides[d] = self.strides()[d - added];
    } else if (self.dim() > 0) {
      strides[d] = strides[d + 1] * sizes[d + 1];
    }
  }
  return look_at(self, sizes, strides, self.storage_offset());
}

Tensor squeeze(const Tensor& self) {
  DimVector sizes, strides;
  for (int64_t d = 0; d < self.dim(); ++d) {
    if (self.sizes()[d] == 1) continue;
    sizes.push_back(self.sizes()[d]);
    strides.push_back(self.strides()[d]);
  }
  return look_at(self, sizes, strides, self.storage_offset());
}

Tensor squeeze_dim(const Tensor& self, int64_t dim) {
  DimVector sizes = self.sizes();
  DimVector strides = self.strides();
  if (self.dim() > 0 && sizes[dim] == 1) {
    sizes.erase(dim);
    strides.erase(dim);
  }
  return look_at(self, sizes, strides, self.storage_offset());
}

Tensor squeeze_dims(const Tensor& self, IntArrayRef dims) {
  DimVector sizes, strides;
  for (int64_t d = 0; d < self.dim(); ++d) {
    const bool is_named = std::find(dims.begin(), dims.end(), d) != dims.end();
    if (is_named && self.sizes()[d] == 1) continue;
    sizes.push_back(self.sizes()[d]);
    strides.push_back(self.strides()[d]);
  }
  return look_at(self, sizes, strides, self.storage_offset());
}

Tensor unsqueeze(const Tensor& self, int64_t dim) {
  DimVector sizes = self.sizes();
  DimVector strides = self.strides();
  const int64_t stride = dim < self.dim() ? sizes[dim] * strides[dim] : 1;
  sizes.insert(dim, 1);
  strides.insert(dim, stride);
  return look_at(self, sizes, strides, self.storage_offset());
}

Tensor select(const Tensor& self, int64_t dim, int64_t index) {
  DimVector sizes = self.sizes();
  DimVector strides = self.strides();
  const int64_t offset = self.storage_offset() + index * strides[dim];
  sizes.erase(dim);
  strides.erase(dim);
  return look_at(self, sizes, strides, offset);
}

Tensor slice(const Tensor& self, int64_t dim, std::optional<int64_t> from,
             std::optional<int64_t> to, int64_t step) {
  const int64_t size = self.sizes()[dim];
  int64_t start = *from;
  int64_t end = *to;
  if (start < 0) start += size;
  if (end < 0) end += size;
  start = std::clamp<int64_t>(start, 0, size);
  end = std::clamp(end, start, size);
  DimVector sizes = self.sizes();
  DimVector strides = self.strides();
  const int64_t offset = self.storage_offset() + start * strides[dim];
  sizes[dim] = end == start ? 0 : (end - start - 1) / step + 1;
  strides[dim] = checked_mul(strides[dim], step).value_or(strides[dim]);  // unused if it overflows
  return look_at(self, sizes, strides, offset);
}

Tensor diagonal(const Tensor& self, int64_t offset, int64_t dim1, int64_t dim2) {
  const ViewGeometry view =
      diagonal_geometry(self.sizes(), self.strides(), self.storage_offset(), offset, dim1, dim2);
  return look_at(self, view.sizes, view.strides, view.offset);
}

Tensor unfold(const Tensor& self, int64_t dimension, int64_t size, int64_t step) {
  const ViewGeometry view =
      unfold_geometry(self.sizes(), self.strides(), self.storage_offset(), dimension, size, step);
  return look_at(self, view.sizes, view.strides, view.offset);
}

std::vector<Tensor> split_with_sizes(const Tensor& self, IntArrayRef split_sizes, int64_t dim) {
  std::vector<Tensor> parts;
  int64_t start = 0;
  for (int64_t size : split_sizes) {
    parts.push_back(one_of_many(cpu::slice(self, dim, start, start + size, 1)));
    start += size;
  }
  return parts;
}

std::vector<Tensor> split(const Tensor& self, int64_t split_size, int64_t dim) {
  return cpu::split_with_sizes(self, split_lengths(self.sizes()[dim], split_size), dim);
}

std::vector<Tensor> unbind(const Tensor& self, int64_t dim) {
  std::vector<Tensor> parts;
  for (int64_t i = 0; i < self.sizes()[dim]; ++i) {
    parts.push_back(one_of_many(cpu::select(self, dim, i)));
  }
  return parts;
}

Tensor as_strided(const Tensor& self, IntArrayRef size, IntArrayRef stride,
                  std::optional<int64_t> offset) {
  const int64_t storage_offset = *offset;
  check(size.size() == stride.size(), "mismatch in length of strides and shape");
  check(storage_offset >= 0, "Tensor: invalid storage offset ", storage_offset);
  // The furthest element is at offset + sum (size - 1) * stride.
  std::optional<int64_t> furthest = storage_offset;
  for (int64_t d = 0; d < size.size(); ++d) {
    check(stride[d] >= 0,
          "as_strided: Negative strides are not supported at the moment, got strides: ", stride);
    const std::optional<int64_t> reach = checked_mul(std::max<int64_t>(size[d] - 1, 0), stride[d]);
    furthest = furthest && reach ? checked_add(*furthest, *reach) : std::nullopt;
  }
  const int64_t count = numel_of(size);
  if (furthest) furthest = checked_add(*furthest, int64_t{1});
  if (furthest) furthest = checked_mul(*furthest, self.element_size());
  const int64_t needed = count == 0 ? 0 : furthest.value_or(INT64_MAX);  // bytes
  const int64_t available = static_cast<int64_t>(self.storage()->nbytes());
  check(needed <= available, "setStorage: sizes ", size, ", strides ", stride, ", storage offset ",
        storage_offset, ", and itemsize ", self.element_size(), " requiring a storage size of ",
        needed, " are out of bounds for storage of size ", available);
  return look_at(self, size, stride, storage_offset);
}

}  // namespace cutaway::cpu
