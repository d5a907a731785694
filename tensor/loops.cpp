// SPDX-License-Identifier: MIT
#include "loops.h"

#include <algorithm>
#include <numeric>

#include "check.h"
#include "checked_math.h"
#include "factories.h"

namespace cutaway::inline v0_1 {
namespace {

/// Strides of `tensor` seen with the dimensions of `sizes`: 0 where it is broadcast.
DimVector broadcast_strides(const Tensor& tensor, IntArrayRef sizes) {
  DimVector strides(sizes.size(), 0);
  const int64_t missing = sizes.size() - tensor.dim();
  for (int64_t d = 0; d < tensor.dim(); ++d) {
    if (tensor.sizes()[d] == sizes[missing + d]) strides[missing + d] = tensor.strides()[d];
  }
  return strides;
}

/// Which of two dimensions steps less through memory: negative for `a`, positive for `b`. The first
/// operand that tells them apart decides (one that is broadcast along either cannot); equal strides
/// only put the smaller dimension inside. 0: none tells.
int compare_steps(int64_t a, int64_t b, IntArrayRef sizes, ArrayRef<DimVector> strides) {
  for (const DimVector& stride : strides) {
    if (stride[a] == 0 || stride[b] == 0) continue;
    if (stride[a] != stride[b]) return stride[a] < stride[b] ? -1 : 1;
    if (sizes[a] < sizes[b]) return -1;
  }
  return 0;
}

/// Dimensions from innermost to outermost; a tie keeps row-major order. PyTorch's insertion sort,
/// step for step (compare_steps is no strict order when operands disagree): a dimension moves
/// inward past those it steps less than, looks beyond those it cannot be told from, and stops at
/// the first that steps less.
DimVector dims_by_stride(IntArrayRef sizes, ArrayRef<DimVector> strides) {
  DimVector order;
  for (int64_t dim = sizes.size() - 1; dim >= 0; --dim) {
    int64_t place = order.size();
    order.push_back(dim);
    for (int64_t other = place - 1; other >= 0; --other) {
      const int compared = compare_steps(dim, order[other], sizes, strides);
      if (compared > 0) break;
      if (compared < 0) {
        std::swap(order[place], order[other]);
        place = other;
      }
    }
  }
  return order;
}

}  // namespace

LoopPlan::LoopPlan(std::initializer_list<const Tensor*> operands)
    : operand_count(static_cast<int>(operands.size())) {
  const Tensor& out = **operands.begin();
  numel = out.numel();
  const size_t count = operands.size();

  bool all_alike = true;  // same shape and contiguous: one long row
  for (size_t k = 0; k < count; ++k) {
    const Tensor& operand = *operands.begin()[k];
    data[k] = operand.raw_data();
    all_alike = all_alike && operand.is_contiguous() && operand.numel() == numel;
  }
  if (all_alike) {
    sizes.push_back(numel);
    for (size_t k = 0; k < count; ++k) strides[k].push_back(operands.begin()[k]->element_size());
    return;
  }

  std::array<DimVector, kMaxOperands> element_strides;
  for (size_t k = 0; k < count; ++k) {
    element_strides[k] = broadcast_strides(*operands.begin()[k], out.sizes());
  }
  const DimVector order =
      dims_by_stride(out.sizes(), {element_strides.data(), static_cast<int64_t>(count)});
  for (int64_t dim : order) {
    const int64_t size = out.sizes()[dim];
    if (size == 1) continue;
    // Merge with the dimension inside where, for every operand, one step out is `size in` steps in.
    bool merges = !sizes.empty();
    for (size_t k = 0; k < count && merges; ++k) {
      const int64_t step = element_strides[k][dim] * operands.begin()[k]->element_size();
      merges = step == strides[k].back() * sizes.back();
    }
    if (merges) {
      sizes[sizes.size() - 1] *= size;
      continue;
    }
    sizes.push_back(size);
    for (size_t k = 0; k < count; ++k) {
      strides[k].push_back(element_strides[k][dim] * operands.begin()[k]->element_size());
    }
  }
  if (sizes.empty()) {  // a single element
    sizes.push_back(1);
    for (size_t k = 0; k < count; ++k) strides[k].push_back(0);
  }
}

Tensor empty_for(IntArrayRef sizes, DType dtype, std::initializer_list<const Tensor*> inputs) {
  bool all_contiguous = true;
  for (const Tensor* input : inputs)
    all_contiguous = all_contiguous && input->is_contiguous() && input->sizes() == sizes;
  if (all_contiguous) return empty(sizes, dtype);

  std::array<DimVector, LoopPlan::kMaxOperands> strides;
  size_t count = 0;
  for (const Tensor* input : inputs) strides[count++] = broadcast_strides(*input, sizes);
  DimVector result(sizes.size(), 0);
  int64_t step = 1;
  for (int64_t dim : dims_by_stride(sizes, {strides.data(), static_cast<int64_t>(count)})) {
    result[dim] = step;
    const std::optional<int64_t> next = checked_mul(step, std::max<int64_t>(sizes[dim], 1));
    check(next.has_value(), "Stride calculation overflowed for shape ", sizes);
    step = *next;
  }
  return empty_strided(sizes, result, dtype);
}

void run_rows(const LoopPlan& plan, RowFunction function, int64_t grain) {
  if (plan.numel == 0) return;
  using Steps = std::array<int64_t, LoopPlan::kMaxOperands>;
  const size_t count = static_cast<size_t>(plan.operand_count);
  const int64_t inner = plan.sizes[0];
  Steps strides = {};
  for (size_t k = 0; k < count; ++k) strides[k] = plan.strides[k][0];
  const bool has_rows = plan.sizes.size() > 1;
  if (!has_rows && inner <= grain) {  // one short row, as of any small tensor
    return function(plan.data.data(), strides.data(), inner, 1, nullptr);
  }
  Steps row_steps = {};
  for (size_t k = 0; k < count && has_rows; ++k) row_steps[k] = plan.strides[k][1];

  parallel_for(0, plan.numel, grain, [&](int64_t begin, int64_t end) {
    // Where element `begin` lies: its index along each dimension, and the operands' addresses.
    DimVector index(plan.sizes.size(), 0);
    std::array<std::byte*, LoopPlan::kMaxOperands> data = plan.data;
    const auto move = [&](int64_t dim, int64_t by) {
      index[dim] += by;
      for (size_t k = 0; k < count; ++k) data[k] += by * plan.strides[k][dim];
    };
    int64_t rest = begin;
    for (int64_t d = 0; d < plan.sizes.size(); ++d) {
      move(d, rest % plan.sizes[d]);
      rest /= plan.sizes[d];
    }

    for (int64_t left = end - begin; left > 0;) {
      // As many whole rows as there are side by side; else what is left of one.
      int64_t length = inner, rows = 1;
      if (has_rows && index[0] == 0 && left >= inner) {
        rows = std::min(plan.sizes[1] - index[1], left / inner);
      } else {
        length = std::min(inner - index[0], left);
      }
      function(data.data(), strides.data(), length, rows, row_steps.data());
      left -= length * rows;
      if (left == 0) break;
      // On to the start of the next row: carry as an odometer does.
      move(0, -index[0]);
      move(1, rows);
      for (int64_t d = 1; index[d] == plan.sizes[d]; ++d) {
        move(d, -index[d]);
        move(d + 1, 1);
      }
    }
  });
}

void check_no_internal_overlap(const Tensor& written) {
  if (written.is_contiguous()) return;
  for (int64_t d = 0; d < written.dim(); ++d) {
    check(
        written.strides()[d] != 0 || written.sizes()[d] <= 1,
        "unsupported operation: more than one element of the written-to tensor refers to a single "
        "memory location. Please clone() the tensor before performing the operation.");
  }
}

namespace {

enum class Overlap { None, Partial, Full };

/// Of the memory of two tensors. None where it is too hard to tell, which PyTorch lets pass too.
Overlap overlap_of(const Tensor& written, const Tensor& read) {
  if (written.is_same(read)) return Overlap::Full;
  if (written.storage() != read.storage()) return Overlap::None;
  const auto is_dense = [](const Tensor& tensor) {
    return is_non_overlapping_and_dense(tensor.sizes(), tensor.strides());
  };
  if (!is_dense(written) || !is_dense(read)) return Overlap::None;
  const std::byte* written_end = written.raw_data() + written.numel() * written.element_size();
  const std::byte* read_end = read.raw_data() + read.numel() * read.element_size();
  if (written.raw_data() >= read_end || read.raw_data() >= written_end) return Overlap::None;
  const bool same = written.raw_data() == read.raw_data() && written_end == read_end &&
                    written.strides() == read.strides();
  return same ? Overlap::Full : Overlap::Partial;
}

void check_apart(bool are_apart) {
  check(
      are_apart,
      "unsupported operation: some elements of the input tensor and the written-to tensor refer to "
      "a single memory location. Please clone() the tensor before performing the operation.");
}

}  // namespace

void check_no_partial_overlap(const Tensor& written, const Tensor& read) {
  check_apart(overlap_of(written, read) != Overlap::Partial);
}

void check_no_overlap(const Tensor& written, const Tensor& read) {
  check_apart(written.numel() == 0 || overlap_of(written, read) == Overlap::None);
}

}  // namespace cutaway
