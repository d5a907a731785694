// SPDX-License-Identifier: MIT
//
// Kernels of advanced indexing. All index tensors together become one tensor of offsets: for each
// position of their shape, how many bytes from the first element of self the indexed element lies,
//
//     offset(i) = sum over indexed dimensions k of  index_k(i) * stride_k * itemsize
//
// What is left is a loop over the result (offset_loop.h), in which self has stride 0 along the
// dimensions of the index, and the offsets have stride 0 along all others:
//
//     result[before, i, after] = *(self[before, 0, after] + offset(i))
#include <atomic>

#include "../check.h"
#include "../factories.h"
#include "elementwise.h"
#include "kernels.h"
#include "offset_loop.h"

namespace cutaway::inline v0_1::cpu {
namespace {

/// Throws for the first index, in row-major order, that is outside its dimension. As in PyTorch the
/// message counts index tensors, not dimensions of self.
[[noreturn]] void fail_out_of_bounds(const Tensor& self, TensorList indices) {
  std::vector<Tensor> dense;
  for (const Tensor& index : indices) {
    dense.push_back(index.defined() ? index.contiguous() : index);
  }
  for (int64_t i = 0;; ++i) {  // one of them is: the loop ends
    for (int64_t d = 0, place = 0; d < self.dim(); ++d) {
      const Tensor& index = dense[static_cast<size_t>(d)];
      if (!index.defined()) continue;
      const int64_t value = index.data<int64_t>()[i];
      const int64_t size = self.sizes()[d];
      check_index(-size <= value && value < size, "index ", value,
                  " is out of bounds for dimension ", place, " with size ", size);
      ++place;
    }
  }
}

/// The offsets, laid out in memory as the first index tensor is.
Tensor offsets_of(const Tensor& self, TensorList indices) {
  Tensor offsets;
  std::atomic<bool> is_outside = false;
  for (int64_t d = 0; d < self.dim(); ++d) {
    const Tensor& index = indices[d];
    if (!index.defined()) continue;
    const int64_t size = self.sizes()[d];
    const int64_t step = self.strides()[d] * self.element_size();
    const auto offset = [&is_outside, size, step](int64_t value) {
      if (value < 0) value += size;
      if (value < 0 || value >= size) is_outside.store(true, std::memory_order_relaxed);
      return times(value, step);
    };
    if (!offsets.defined()) {
      offsets = empty_for(index.sizes(), kInt64, {&index});
      loop<int64_t, int64_t>(offsets, index, offset);
    } else {
      loop<int64_t, int64_t, int64_t>(
          offsets, offsets, index,
          [&offset](int64_t sum, int64_t value) { return plus(sum, offset(value)); });
    }
  }
  if (is_outside) fail_out_of_bounds(self, indices);
  return offsets;
}

/// self and the offsets, both seen in the shape of the result.
struct Indexed {
  Indexed(const Tensor& self, TensorList indices);

  DimVector sizes;
  Tensor elements;  // undefined where the result is empty
  Tensor offsets;
};

Indexed::Indexed(const Tensor& self, TensorList indices) {
  DimVector strides, shape;
  int64_t place = -1, last = -1;
  bool is_adjacent = true;
  for (int64_t d = 0; d < self.dim(); ++d) {
    if (!indices[d].defined()) {
      sizes.push_back(self.sizes()[d]);
      strides.push_back(self.strides()[d]);
      continue;
    }
    is_adjacent = is_adjacent && (last == -1 || last == d - 1);
    if (last == -1) place = d;
    last = d;
    shape = indices[d].sizes();
  }
  if (!is_adjacent) place = 0;
  for (int64_t d = 0; d < shape.size(); ++d) {
    sizes.insert(place + d, shape[d]);
    strides.insert(place + d, 0);
  }
  if (numel_of(sizes) == 0) return;  // indices are not checked then, as in PyTorch

  elements = seen_as(self, sizes, strides);
  // The other dimensions have size 1 in the offsets. Where the result has that size too, the stride
  // that a view has there counts when the result is laid out.
  const Tensor compact = offsets_of(self, indices);
  DimVector with_ones(sizes.size(), 1);
  for (int64_t d = 0; d < shape.size(); ++d) with_ones[place + d] = shape[d];
  DimVector offset_strides = cpu::view(compact, with_ones).strides();
  for (int64_t d = 0; d < sizes.size(); ++d)
    if (sizes[d] != with_ones[d]) offset_strides[d] = 0;
  offsets = seen_as(compact, sizes, offset_strides);
}

}  // namespace

Tensor index(const Tensor& self, TensorList indices) {
  const Indexed from(self, indices);
  if (!from.elements.defined()) return cutaway::empty(from.sizes, self.dtype());
  const Tensor result = empty_for(from.sizes, self.dtype(), {&from.elements, &from.offsets});
  read_at_offsets(result, from.elements, from.offsets);
  return result;
}

const Tensor& index_put_(const Tensor& self, TensorList indices, const Tensor& values,
                         bool accumulate) {
  // Here, and not in the public function, so that autograd is the first to refuse a write.
  check(self.dtype() == values.dtype(),
        "Index put requires the source and destination dtypes match, got ", self.dtype(),
        " for the destination and ", values.dtype(), " for the source.");
  const Indexed to(self, indices);
  if (!to.elements.defined()) return self;
  // One number may have more dimensions than what it is written to.
  const Tensor spread = cpu::expand(values.numel() == 1 ? cpu::view(values, {}) : values, to.sizes);
  if (!accumulate) {
    put_at_offsets(to.elements, spread, to.offsets);
    return self;
  }
  visit_dtype(self.dtype(), [&]<class T>(TypeTag<T>) {
    write_at_offsets<T>(to.elements, spread, to.offsets,
                        [](T sum, T value) { return static_cast<T>(plus(sum, value)); });
  });
  return self;
}

}  // namespace cutaway::cpu
