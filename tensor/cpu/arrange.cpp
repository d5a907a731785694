// SPDX-License-Identifier: MIT
//
// Kernels that put elements in another place: flip, roll, repeat and padding with a constant.
#include <algorithm>

#include "../factories.h"
#include "../loops.h"
#include "../memory_format.h"
#include "kernels.h"
#include "offset_loop.h"

namespace cutaway::inline v0_1::cpu {

Tensor flip(const Tensor& self, IntArrayRef dims) {
  const Tensor result = empty_like(self);
  if (self.numel() == 0) return result;
  // self seen from its last element backwards: strides that no tensor of a user has, but a loop
  // does not mind.
  DimVector strides = self.strides();
  int64_t offset = self.storage_offset();
  for (const int64_t dim : dims) {
    if (self.dim() == 0) break;  // its one dimension is only a way of speaking
    offset += (self.sizes()[dim] - 1) * strides[dim];
    strides[dim] = -strides[dim];
  }
  const Tensor backwards(make_pooled<TensorImpl>(self.impl_ptr(), self.sizes(), strides, offset));
  visit_size(self.dtype(), [&]<class T>(TypeTag<T>) {
    const auto row = [](std::byte* const* data, const int64_t* steps, int64_t n) {
      T* to = reinterpret_cast<T*>(data[0]);
      const T* from = reinterpret_cast<const T*>(data[1]);
      constexpr int64_t size = static_cast<int64_t>(sizeof(T));
      if (steps[0] == size && steps[1] == -size) {
        std::reverse_copy(from - n + 1, from + 1, to);
      } else if (steps[0] == size && steps[1] == size) {
        std::copy_n(from, n, to);
      } else {
        for (int64_t i = 0; i < n; ++i) {
          cutaway::detail::element<T>(data[0], i * steps[0]) =
              cutaway::detail::element<T>(data[1], i * steps[1]);
        }
      }
    };
    run_rows(LoopPlan({&result, &backwards}), RowFunction(row));
  });
  return result;
}

static Tensor roll_one(const Tensor& self, int64_t shift, int64_t dim) {
  const int64_t size = self.size(dim);
  const int64_t first = size == 0 ? 0 : (size - shift % size) % size;  // comes to the front
  return cpu::cat({cpu::slice(self, dim, first, size, 1), cpu::slice(self, dim, 0, first, 1)}, dim);
}

Tensor roll(const Tensor& self, IntArrayRef shifts, IntArrayRef dims) {
  if (dims.empty()) {
    return cpu::unsafe_view(roll_one(self.reshape(-1), shifts[0], 0), self.sizes());
  }
  Tensor result = self;
  for (int64_t i = 0; i < dims.size(); ++i)
    result = roll_one(result, shifts[i], wrap_dim(dims[i], self.dim()));
  return result;
}

Tensor repeat(const Tensor& self, IntArrayRef repeats) {
  // Every dimension of size s in two, (1, s), of which the first is repeated.
  DimVector split, repeated, sizes;
  const int64_t added = repeats.size() - self.dim();
  for (int64_t d = 0; d < repeats.size(); ++d) {
    const int64_t size = d < added ? 1 : self.sizes()[d - added];
    sizes.push_back(repeats[d] * size);
    split.push_back(1);
    split.push_back(size);
    repeated.push_back(repeats[d]);
    repeated.push_back(size);
  }
  const Tensor result = cutaway::empty(sizes, self.dtype());
  cpu::copy_(result.view(repeated), self.reshape(split));
  return result;
}

Tensor constant_pad_nd(const Tensor& self, IntArrayRef pad, const Scalar& value) {
  DimVector sizes = self.sizes();
  Tensor kept = self;
  for (int64_t i = 0; i < pad.size() / 2; ++i) {
    const int64_t dim = self.dim() - 1 - i;
    const int64_t size = sizes[dim];
    sizes[dim] = size + pad[2 * i] + pad[2 * i + 1];
    kept = cpu::slice(kept, dim, std::max<int64_t>(-pad[2 * i], 0),
                      size + std::min<int64_t>(pad[2 * i + 1], 0), 1);
  }
  const bool only_cut = std::all_of(pad.begin(), pad.end(), [](int64_t n) { return n <= 0; });
  if (only_cut) return cpu::clone(kept);
  const Tensor result =
      is_channels_last(self.sizes(), self.strides())
          ? cutaway::empty_strided(sizes, channels_last_strides(sizes), self.dtype())
          : cutaway::empty(sizes, self.dtype());
  if (result.numel() == 0) return result;
  cpu::fill_(result, value);
  Tensor inside = result;
  for (int64_t i = 0; i < pad.size() / 2; ++i) {
    const int64_t dim = self.dim() - 1 - i;
    const int64_t first = std::max<int64_t>(pad[2 * i], 0);
    inside = cpu::slice(inside, dim, first, first + kept.sizes()[dim], 1);
  }
  cpu::copy_(inside, kept);
  return result;
}

}  // namespace cutaway::cpu
