// SPDX-License-Identifier: MIT
#include "shape.h"

#include <algorithm>

#include "check.h"
#include "checked_math.h"

namespace cutaway::inline v0_1 {

void DimVector::refuse_rank(int64_t rank) {
  throw Error(join("a tensor can have at most ", kMaxDims, " dimensions, got ", rank));
}

DimVector::DimVector(int64_t count, int64_t value) { resize(count, value); }
DimVector::DimVector(std::initializer_list<int64_t> values) : DimVector(IntArrayRef(values)) {}

void DimVector::insert(int64_t position, int64_t value) {
  push_back(value);
  std::rotate(begin() + position, end() - 1, end());
}

void DimVector::erase(int64_t position) {
  std::copy(begin() + position + 1, end(), begin() + position);
  --size_;
}

void DimVector::resize(int64_t count, int64_t value) {
  if (count > kMaxDims) refuse_rank(count);
  for (int64_t i = size_; i < count; ++i) values_[static_cast<size_t>(i)] = value;
  size_ = count;
}

std::string to_string(IntArrayRef values) {
  std::string text = "[";
  for (int64_t i = 0; i < values.size(); ++i) text += join(i == 0 ? "" : ", ", values[i]);
  return text + "]";
}

int64_t numel_of(IntArrayRef sizes) {
  int64_t product = 1;
  for (int64_t size : sizes) {
    check(size >= 0, "Trying to create tensor with negative dimension ", size, ": ", sizes);
    const std::optional<int64_t> next = checked_mul(product, size);
    check(next.has_value(), "numel: integer multiplication overflow for shape ", sizes);
    product = *next;
  }
  return product;
}

DimVector contiguous_strides(IntArrayRef sizes) {
  DimVector strides(sizes.size(), 1);
  for (int64_t d = sizes.size() - 2; d >= 0; --d) {
    const std::optional<int64_t> step =
        checked_mul(strides[d + 1], std::max<int64_t>(sizes[d + 1], 1));
    check(step.has_value(), "Stride calculation overflowed for shape ", sizes);
    strides[d] = *step;
  }
  return strides;
}

bool is_contiguous(IntArrayRef sizes, IntArrayRef strides) {
  if (std::find(sizes.begin(), sizes.end(), 0) != sizes.end()) return true;  // nothing to walk
  int64_t expected = 1;
  for (int64_t d = sizes.size() - 1; d >= 0; --d) {
    if (sizes[d] == 1) continue;  // the stride of a size-1 dimension is never used
    if (strides[d] != expected) return false;
    expected *= sizes[d];
  }
  return true;
}

bool is_non_overlapping_and_dense(IntArrayRef sizes, IntArrayRef strides) {
  // Sorted by stride, a dense layout looks contiguous.
  DimVector order;
  for (int64_t d = 0; d < sizes.size(); ++d) {
    if (sizes[d] == 0) return true;
    if (sizes[d] != 1) order.push_back(d);
  }
  std::sort(order.begin(), order.end(),
            [&](int64_t a, int64_t b) { return strides[a] < strides[b]; });
  int64_t expected = 1;
  for (int64_t d : order) {
    if (strides[d] != expected) return false;
    expected *= sizes[d];
  }
  return true;
}

int64_t wrap_dim(int64_t dim, int64_t rank) {
  const int64_t range = std::max<int64_t>(rank, 1);
  check_index(-range <= dim && dim < range, "Dimension out of range (expected to be in range of [",
              -range, ", ", range - 1, "], but got ", dim, ")");
  return dim < 0 ? dim + range : dim;
}

DimVector wrap_dims(IntArrayRef dims, int64_t rank) {
  DimVector wrapped;
  std::array<bool, kMaxDims> seen{};
  for (int64_t dim : dims) {
    const int64_t d = wrap_dim(dim, rank);
    bool& already = seen[static_cast<size_t>(d)];
    check(!already, "dim ", d, " appears multiple times in the list of dims");
    already = true;
    wrapped.push_back(d);
  }
  return wrapped;
}

DimVector broadcast_shapes(IntArrayRef a, IntArrayRef b) {
  const int64_t rank = std::max(a.size(), b.size());
  DimVector result(rank, 1);
  for (int64_t back = 1; back <= rank; ++back) {  // aligned at the last dimension
    const int64_t size_a = back <= a.size() ? a[a.size() - back] : 1;
    const int64_t size_b = back <= b.size() ? b[b.size() - back] : 1;
    check(size_a == size_b || size_a == 1 || size_b == 1, "The size of tensor a (", size_a,
          ") must match the size of tensor b (", size_b, ") at non-singleton dimension ",
          rank - back);
    result[rank - back] = size_a == 1 ? size_b : size_a;
  }
  return result;
}

bool is_expandable_to(IntArrayRef from, IntArrayRef to) {
  if (from.size() > to.size()) return false;
  for (int64_t back = 1; back <= from.size(); ++back) {
    const int64_t size = from[from.size() - back];
    if (size != 1 && size != to[to.size() - back]) return false;
  }
  return true;
}

DimVector infer_size(IntArrayRef sizes, int64_t numel) {
  DimVector result(sizes);
  int64_t unknown = -1;
  int64_t known = 1;
  for (int64_t d = 0; d < sizes.size(); ++d) {
    if (sizes[d] == -1) {
      check(unknown < 0, "only one dimension can be inferred");
      unknown = d;
      continue;
    }
    check(sizes[d] >= 0, "invalid shape dimension ", sizes[d], " at index ", d, " of shape ",
          sizes);
    const std::optional<int64_t> next = checked_mul(known, sizes[d]);
    check(next.has_value(), "shape '", sizes, "' is invalid for input of size ", numel);
    known = *next;
  }
  if (unknown < 0) {
    check(known == numel, "shape '", sizes, "' is invalid for input of size ", numel);
    return result;
  }
  check(known != 0 || numel != 0, "cannot reshape tensor of 0 elements into shape ", sizes,
        " because the unspecified dimension size -1 can be any value and is ambiguous");
  check(known != 0 && numel % known == 0, "shape '", sizes, "' is invalid for input of size ",
        numel);
  result[unknown] = numel / known;
  return result;
}

std::optional<DimVector> view_strides(IntArrayRef old_sizes, IntArrayRef old_strides,
                                      IntArrayRef new_sizes) {
  if (numel_of(old_sizes) == 0) {
    if (old_sizes == new_sizes) return DimVector(old_strides);
    return contiguous_strides(new_sizes);
  }
  // Walk the old dimensions from the last to the first, gathering runs that are dense in memory
  // (each stride = inner stride * inner size). Each run must be cut up exactly by some of the new
  // dimensions, which then get strides from the run's innermost stride.
  DimVector strides(new_sizes.size(), 0);
  int64_t next_new = new_sizes.size() - 1;
  int64_t run_stride = old_sizes.empty() ? 1 : old_strides[old_sizes.size() - 1];
  int64_t run_numel = 1;
  for (int64_t d = old_sizes.size() - 1; d >= 0; --d) {
    run_numel *= old_sizes[d];
    const bool run_ends =
        d == 0 || (old_sizes[d - 1] != 1 && old_strides[d - 1] != run_numel * run_stride);
    if (!run_ends) continue;
    int64_t used = 1;
    while (next_new >= 0 && (used < run_numel || new_sizes[next_new] == 1)) {
      strides[next_new] = used * run_stride;
      used *= new_sizes[next_new];
      --next_new;
    }
    if (used != run_numel) return std::nullopt;
    if (d > 0) {
      run_numel = 1;
      run_stride = old_strides[d - 1];
    }
  }
  for (; next_new >= 0; --next_new) strides[next_new] = 1;  // a 0-d tensor seen as (1, ..., 1)
  return strides;
}

}  // namespace cutaway
