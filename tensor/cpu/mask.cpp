// SPDX-License-Identifier: MIT
//
// Kernels of masks.
#include <algorithm>
#include <vector>

#include "../check.h"
#include "../factories.h"
#include "../parallel.h"
#include "elementwise.h"
#include "kernels.h"

namespace cutaway::inline v0_1::cpu {
namespace {

/// Elements that one thread counts at a time.
constexpr int64_t kMaskBlock = 1 << 15;

/// Where the true elements of a contiguous mask stand, counted row-major. Blocks are counted
/// first, so that each then knows where its positions go.
std::vector<int64_t> true_positions(const Tensor& mask) {
  const bool* data = mask.data<bool>();
  const int64_t numel = mask.numel();
  const int64_t blocks = (numel + kMaskBlock - 1) / kMaskBlock;
  std::vector<int64_t> first(static_cast<size_t>(blocks) + 1, 0);
  const auto block_end = [numel](int64_t block) {
    return std::min(numel, (block + 1) * kMaskBlock);
  };
  parallel_for(0, blocks, 1, [&](int64_t begin, int64_t end) {
    for (int64_t b = begin; b < end; ++b) {
      int64_t count = 0;
      for (int64_t i = b * kMaskBlock; i < block_end(b); ++i) count += data[i];
      first[static_cast<size_t>(b) + 1] = count;
    }
  });
  for (size_t b = 1; b < first.size(); ++b) first[b] += first[b - 1];
  std::vector<int64_t> positions(static_cast<size_t>(first.back()));
  parallel_for(0, blocks, 1, [&](int64_t begin, int64_t end) {
    for (int64_t b = begin; b < end; ++b) {
      int64_t* next = positions.data() + first[static_cast<size_t>(b)];
      for (int64_t i = b * kMaskBlock; i < block_end(b); ++i) {
        if (data[i]) *next++ = i;
      }
    }
  });
  return positions;
}

/// The tensor as a contiguous one of bool: whether an element is not zero.
Tensor as_mask(const Tensor& self) {
  if (self.dtype() == kBool && self.is_contiguous()) return self;
  const Tensor mask = cutaway::empty(self.sizes(), kBool);
  cpu::copy_(mask, self);
  return mask;
}

}  // namespace

Tensor nonzero(const Tensor& self) {
  const std::vector<int64_t> positions = true_positions(as_mask(self));
  const int64_t count = static_cast<int64_t>(positions.size());
  // Column by column in memory, as PyTorch's: each column serves as an index tensor.
  const Tensor result = cutaway::empty({count, self.dim()}, kInt64);
  result.impl()->set_geometry({count, self.dim()}, {1, count}, 0);
  int64_t* to = result.data<int64_t>();
  const DimVector& sizes = self.sizes();
  parallel_for(0, count, kMaskBlock / 8, [&](int64_t begin, int64_t end) {
    for (int64_t k = begin; k < end; ++k) {
      int64_t rest = positions[static_cast<size_t>(k)];
      for (int64_t d = sizes.size() - 1; d > 0; --d) {
        to[d * count + k] = rest % sizes[d];
        rest /= sizes[d];
      }
      if (!sizes.empty()) to[k] = rest;
    }
  });
  return result;
}

const Tensor& masked_fill_(const Tensor& self, const Tensor& mask, const Tensor& value) {
  visit_size(self.dtype(), [&]<class T>(TypeTag<T>) {
    const T filling = *reinterpret_cast<const T*>(value.raw_data());
    loop<T, T, bool>(self, self, mask,
                     [filling](T old, bool chosen) { return chosen ? filling : old; });
  });
  return self;
}

Tensor masked_select(const Tensor& self, const Tensor& mask) {
  const DimVector shape = broadcast_shapes(mask.sizes(), self.sizes());
  const std::vector<int64_t> positions = true_positions(as_mask(mask.expand(shape)));
  const int64_t count = static_cast<int64_t>(positions.size());
  const Tensor result = cutaway::empty({count}, self.dtype());
  const Tensor dense = self.expand(shape).contiguous();
  visit_size(self.dtype(), [&]<class T>(TypeTag<T>) {
    const T* from = reinterpret_cast<const T*>(dense.raw_data());
    T* to = reinterpret_cast<T*>(result.raw_data());
    parallel_for(0, count, kMaskBlock, [&](int64_t begin, int64_t end) {
      for (int64_t k = begin; k < end; ++k) to[k] = from[positions[static_cast<size_t>(k)]];
    });
  });
  return result;
}

const Tensor& masked_scatter_(const Tensor& self, const Tensor& mask, const Tensor& source) {
  const std::vector<int64_t> positions = true_positions(as_mask(mask.expand(self.sizes())));
  const int64_t count = static_cast<int64_t>(positions.size());
  check(count <= source.numel(), "Number of elements of source < number of ones in mask");
  const Tensor dense = source.contiguous();
  const Tensor target = self.is_contiguous() ? self : self.contiguous();
  visit_size(self.dtype(), [&]<class T>(TypeTag<T>) {
    const T* from = reinterpret_cast<const T*>(dense.raw_data());
    T* to = reinterpret_cast<T*>(target.raw_data());
    parallel_for(0, count, kMaskBlock, [&](int64_t begin, int64_t end) {
      for (int64_t k = begin; k < end; ++k) to[positions[static_cast<size_t>(k)]] = from[k];
    });
  });
  if (!target.is_same(self)) cpu::copy_(self, target);
  return self;
}

}  // namespace cutaway::cpu
