// SPDX-License-Identifier: MIT
//
// Kernels that pick, join and scatter slices: index_select, index_add, cat, stack, and the
// gradients of views.
//
// Along a dimension `dim` a contiguous tensor of shape (a, b, n, c, d) is (outer, n, inner) with
// outer = a * b and inner = c * d: slice i of outer index o is `inner` adjacent elements. Where
// they are adjacent, slices are moved as bytes, whatever their dtype; else through copy_.
#include <algorithm>
#include <cstring>
#include <type_traits>
#include <utility>
#include <vector>

#include "../check.h"
#include "../factories.h"
#include "../loops.h"
#include "../memory_format.h"
#include "../ops_pointwise.h"
#include "elementwise.h"
#include "kernels.h"

namespace cutaway::inline v0_1::cpu {
namespace {

/// Bytes worth handing to another thread: some 10 us of copying.
constexpr int64_t kByteGrain = 1 << 18;

int64_t product(IntArrayRef sizes, int64_t begin, int64_t end) {
  int64_t result = 1;
  for (int64_t d = begin; d < end; ++d) result *= sizes[d];
  return result;
}

/// The indices as int64, each checked to be in [0, size).
std::vector<int64_t> checked_indices(const Tensor& index, int64_t size) {
  std::vector<int64_t> indices(static_cast<size_t>(index.numel()));
  const int64_t stride = index.dim() == 0 ? 0 : index.stride(0);
  for (size_t i = 0; i < indices.size(); ++i) {
    const int64_t at = static_cast<int64_t>(i) * stride;
    indices[i] = index.dtype() == kInt64 ? index.data<int64_t>()[at] : index.data<int32_t>()[at];
    check_index(0 <= indices[i] && indices[i] < size, "index out of range in self");
  }
  return indices;
}

/// A 0-d tensor seen as one of shape (1), so that it has a dimension to index.
Tensor at_least_1d(const Tensor& self) { return self.dim() == 0 ? cpu::unsqueeze(self, 0) : self; }

/// Whether the dimensions behind `dim` lie in memory as one dense block.
bool has_dense_slices(const Tensor& self, int64_t dim) {
  const int64_t behind = self.dim() - dim - 1;
  return is_contiguous({self.sizes().begin() + dim + 1, behind},
                       {self.strides().begin() + dim + 1, behind});
}

/// result[k] = source[indices[k]] for items of `bytes` bytes.
void gather_items(std::byte* result, const std::byte* source, int64_t source_step,
                  const int64_t* indices, int64_t count, int64_t bytes) {
  const auto gather = [&](auto size) {  // a constant for the usual sizes, so that no call is made
    for (int64_t k = 0; k < count; ++k) {
      std::memcpy(result + k * size, source + indices[k] * source_step, static_cast<size_t>(size));
    }
  };
  switch (bytes) {
    case 1:
      return gather(std::integral_constant<int64_t, 1>());
    case 2:
      return gather(std::integral_constant<int64_t, 2>());
    case 4:
      return gather(std::integral_constant<int64_t, 4>());
    case 8:
      return gather(std::integral_constant<int64_t, 8>());
    default:
      return gather(bytes);
  }
}

/// Of bytes. What is shorter is better copied element by element.
constexpr int64_t kShortStep = 64;

/// Puts tensors next to each other along `dim` of `result`: tensor t fills, for every outer index,
/// numel / outer adjacent elements. place(t, first) is the view of `result` that it fills, where
/// `first` counts the elements before it.
template <class Place>
void join_into(const Tensor& result, TensorList tensors, int64_t dim, const Place& place) {
  const int64_t outer = product(result.sizes(), 0, dim);
  if (result.numel() == 0) return;
  const int64_t result_step = result.numel() / outer * result.element_size();
  int64_t first = 0;
  for (int64_t t = 0; t < tensors.size(); ++t) {
    const Tensor& tensor = tensors[t];
    if (tensor.numel() == 0) continue;
    const int64_t begin_at = std::exchange(first, first + tensor.numel() / outer);
    const int64_t step = tensor.numel() / outer * tensor.element_size();  // bytes in a row
    const bool are_dense = tensor.is_contiguous() && result.is_contiguous();
    if (tensor.dtype() != result.dtype() || !are_dense || step < kShortStep) {
      cpu::copy_(place(t, begin_at), tensor);
      continue;
    }
    // A chunk may begin and end in the middle of a step.
    const std::byte* from = tensor.raw_data();
    std::byte* to = result.raw_data() + begin_at * result.element_size();
    parallel_for(0, outer * step, kByteGrain, [&](int64_t begin, int64_t end) {
      while (begin < end) {
        const int64_t inside = begin % step;
        const int64_t n = std::min(step - inside, end - begin);
        std::memcpy(to + begin / step * result_step + inside, from + begin, static_cast<size_t>(n));
        begin += n;
      }
    });
  }
}

/// Whether all tensors, seen with `ones` more dimensions of size 1 at the end, have channels last.
bool all_channels_last(TensorList tensors, int64_t ones) {
  return std::all_of(tensors.begin(), tensors.end(), [ones](const Tensor& tensor) {
    DimVector sizes = tensor.sizes(), strides = tensor.strides();
    sizes.resize(sizes.size() + ones, 1);
    strides.resize(strides.size() + ones, 1);
    return is_channels_last(sizes, strides);
  });
}

}  // namespace

Tensor index_select(const Tensor& self, int64_t dim, const Tensor& index) {
  const Tensor source = at_least_1d(self);
  const std::vector<int64_t> indices = checked_indices(index, source.size(dim));
  const int64_t count = index.numel();
  DimVector sizes(source.sizes());
  sizes[dim] = count;
  const Tensor result = cutaway::empty(self.dim() == 0 ? DimVector() : sizes, self.dtype());
  if (result.numel() == 0) return result;

  if (!has_dense_slices(source, dim)) {
    for (int64_t k = 0; k < count; ++k) {
      cpu::copy_(cpu::select(result, dim, k),
                 cpu::select(source, dim, indices[static_cast<size_t>(k)]));
    }
    return result;
  }

  const int64_t item = source.element_size();
  const int64_t outer = product(source.sizes(), 0, dim);
  const int64_t bytes = product(source.sizes(), dim + 1, source.dim()) * item;
  // Where outer index o begins in `source`, whose outer dimensions may have any strides.
  const auto outer_offset = [&](int64_t o) {
    int64_t offset = 0;
    for (int64_t d = dim - 1; d >= 0; --d) {
      offset += o % source.sizes()[d] * source.strides()[d];
      o /= source.sizes()[d];
    }
    return offset * item;
  };
  const std::byte* from = source.raw_data();
  std::byte* to = result.raw_data();
  const int64_t step = source.strides()[dim] * item;
  parallel_for(0, outer * count, std::max<int64_t>(1, kByteGrain / bytes),
               [&](int64_t begin, int64_t end) {
                 while (begin < end) {  // one outer index after the other
                   const int64_t first = begin % count;
                   const int64_t n = std::min(count - first, end - begin);
                   gather_items(to + begin * bytes, from + outer_offset(begin / count), step,
                                indices.data() + first, n, bytes);
                   begin += n;
                 }
               });
  return result;
}

Tensor index_add(const Tensor& self, int64_t dim, const Tensor& index, const Tensor& source,
                 const Scalar& alpha) {
  const Tensor result = cutaway::empty(self.sizes(), self.dtype());
  cpu::copy_(result, self);
  const std::vector<int64_t> indices = checked_indices(index, self.dim() == 0 ? 1 : self.size(dim));
  const Tensor dense = source.contiguous();
  const int64_t count = index.numel();
  const int64_t outer = product(self.sizes(), 0, dim);
  const int64_t inner = product(self.sizes(), dim + 1, self.dim());
  const int64_t n = self.dim() == 0 ? 1 : self.size(dim);
  visit_dtype(self.dtype(), [&]<class T>(TypeTag<T>) {
    using A = Arithmetic<T>;
    const A factor = alpha.to<T>();
    const T* from = dense.data<T>();
    T* to = result.data<T>();
    // An index may come twice, so its additions stay in order on one thread.
    const int64_t grain = std::max<int64_t>(1, kLoopGrain / std::max<int64_t>(1, count * inner));
    parallel_for(0, outer, grain, [&](int64_t begin, int64_t end) {
      for (int64_t o = begin; o < end; ++o) {
        for (int64_t k = 0; k < count; ++k) {
          const T* addend = from + (o * count + k) * inner;
          T* sum = to + (o * n + indices[static_cast<size_t>(k)]) * inner;
          for (int64_t i = 0; i < inner; ++i) sum[i] = plus<A>(sum[i], times<A>(factor, addend[i]));
        }
      }
    });
  });
  return result;
}

Tensor cat(TensorList tensors, int64_t dim) {
  // Empty 1-d tensors are skipped; the others agree in shape but for `dim`.
  DimVector sizes = {0};
  int64_t joined = 0;
  for (const Tensor& tensor : tensors) {
    if (tensor.dim() == 1 && tensor.numel() == 0) continue;
    sizes = tensor.sizes();
    joined += tensor.sizes()[dim];
  }
  if (joined > 0) sizes[dim] = joined;
  const DType dtype = result_type(tensors);
  const Tensor result = all_channels_last(tensors, 0)
                            ? cutaway::empty_strided(sizes, channels_last_strides(sizes), dtype)
                            : cutaway::empty(sizes, dtype);
  const int64_t inner = product(result.sizes(), dim + 1, result.dim());
  join_into(result, tensors, dim, [&](int64_t t, int64_t first) {
    const int64_t start = first / inner;
    return cpu::slice(result, dim, start, start + tensors[t].sizes()[dim], 1);
  });
  return result;
}

/// Room for a stack. Where channels lie last, PyTorch's stack is that of cat along `dim` (of the
/// tensors with one more dimension, if that is what dim names), which is then cut in two.
static Tensor room_for_stack(TensorList tensors, int64_t dim) {
  const int64_t count = tensors.size(), rank = tensors[0].dim();
  DimVector sizes = tensors[0].sizes();
  const bool at_end = dim == rank;
  if (all_channels_last(tensors, at_end ? 1 : 0)) {
    if (at_end) sizes.push_back(1);
    const int64_t size = sizes[dim];
    sizes[dim] *= count;
    DimVector strides = channels_last_strides(sizes);
    if (!at_end) {
      sizes[dim] = size;
      sizes.insert(dim, count);
      strides.insert(dim, strides[dim] * size);
    }
    return cutaway::empty_strided(sizes, strides, result_type(tensors));
  }
  sizes.insert(dim, count);
  return cutaway::empty(sizes, result_type(tensors));
}

Tensor stack(TensorList tensors, int64_t dim) {
  const Tensor result = room_for_stack(tensors, dim);
  join_into(result, tensors, dim, [&](int64_t t, int64_t) { return cpu::select(result, dim, t); });
  return result;
}

static Tensor zeros_of(IntArrayRef sizes, DType dtype) {
  Tensor result = cutaway::empty(sizes, dtype);
  cpu::zero_(result);
  return result;
}

Tensor select_backward(const Tensor& grad, IntArrayRef input_sizes, int64_t dim, int64_t index) {
  const Tensor result = zeros_of(input_sizes, grad.dtype());
  cpu::copy_(cpu::select(result, dim, index), grad);
  return result;
}

Tensor slice_backward(const Tensor& grad, IntArrayRef input_sizes, int64_t dim, int64_t start,
                      int64_t end, int64_t step) {
  const Tensor result = zeros_of(input_sizes, grad.dtype());
  cpu::copy_(cpu::slice(result, dim, start, end, step), grad);
  return result;
}

Tensor as_strided_backward(const Tensor& grad, IntArrayRef input_sizes, IntArrayRef sizes,
                           IntArrayRef strides, int64_t offset) {
  const Tensor result = zeros_of(input_sizes, grad.dtype());
  const Tensor dense = grad.contiguous();
  visit_dtype(grad.dtype(), [&]<class T>(TypeTag<T>) {
    const T* from = dense.data<T>();
    T* to = result.data<T>();
    for (int64_t i = 0; i < dense.numel(); ++i) {
      int64_t at = offset;  // where the view's element i lies; several may lie at one place
      int64_t rest = i;
      for (int64_t d = sizes.size() - 1; d >= 0; --d) {
        at += rest % sizes[d] * strides[d];
        rest /= sizes[d];
      }
      to[at] = plus(to[at], from[i]);
    }
  });
  return result;
}

}  // namespace cutaway::cpu
