// SPDX-License-Identifier: MIT
#include "reduce_plan.h"

#include <algorithm>
#include <array>

#include "../loops.h"

namespace cutaway::inline v0_1::cpu {
namespace {

/// Which dimensions are reduced; an empty list means all.
std::array<bool, kMaxDims> mark(IntArrayRef dims) {
  std::array<bool, kMaxDims> marked{};
  if (dims.empty()) marked.fill(true);
  for (int64_t d : dims) marked[static_cast<size_t>(d)] = true;
  return marked;
}

}  // namespace

DimVector reduced_sizes(const Tensor& self, IntArrayRef dims, bool keepdim) {
  const std::array<bool, kMaxDims> reduced = mark(dims);
  DimVector result;
  for (int64_t d = 0; d < self.dim(); ++d) {
    if (!reduced[static_cast<size_t>(d)])
      result.push_back(self.sizes()[d]);
    else if (keepdim)
      result.push_back(1);
  }
  return result;
}

ReducePlan::ReducePlan(const Tensor& self, IntArrayRef dims) {
  const std::array<bool, kMaxDims> reduced = mark(dims);

  // From the last dimension to the first: kept ones, merged where they are walked as one, go to the
  // outer dimensions (innermost first); reduced ones are only gathered.
  DimVector reduced_dims;
  int64_t result_stride = 1;
  for (int64_t d = self.dim() - 1; d >= 0; --d) {
    const int64_t size = self.sizes()[d];
    const int64_t stride = self.strides()[d];
    if (size == 1) continue;
    if (reduced[static_cast<size_t>(d)]) {
      reduced_dims.push_back(d);
      continue;
    }
    const int64_t last = outer_sizes.size() - 1;
    if (last >= 0 && stride == outer_strides[last] * outer_sizes[last]) {
      outer_sizes[last] *= size;
    } else {
      outer_sizes.push_back(size);
      outer_strides.push_back(stride);
      outer_result_strides.push_back(result_stride);
    }
    result_stride *= size;
  }

  // The kept dimension with the smallest step becomes the columns.
  if (!outer_sizes.empty()) {
    const int64_t inner =
        std::min_element(outer_strides.begin(), outer_strides.end()) - outer_strides.begin();
    columns = outer_sizes[inner];
    column_stride = outer_strides[inner];
    column_result_stride = outer_result_strides[inner];
    outer_sizes.erase(inner);
    outer_strides.erase(inner);
    outer_result_strides.erase(inner);
  }
  for (int64_t size : outer_sizes) outer_count *= size;

  // Reduced dimensions by step, merged where they are walked as one.
  std::stable_sort(reduced_dims.begin(), reduced_dims.end(),
                   [&](int64_t a, int64_t b) { return self.strides()[a] < self.strides()[b]; });
  for (int64_t d : reduced_dims) {
    const int64_t size = self.sizes()[d];
    const int64_t stride = self.strides()[d];
    const int64_t last = sizes.size() - 1;
    if (last >= 0 && stride == strides[last] * sizes[last]) {
      sizes[last] *= size;
    } else {
      sizes.push_back(size);
      strides.push_back(stride);
    }
    reduced_count *= size;
  }
  if (sizes.empty()) {
    sizes.push_back(1);
    strides.push_back(0);
  }
  if (self.numel() == 0) return;

  // Along columns a wide block is what makes it fast; else a unit takes the columns that fill it.
  along_columns = column_stride > 0 && (column_stride < strides[0] || strides[0] == 0);
  const int64_t outermost = sizes.back();
  const auto cut = [&](int64_t length) {  // pieces of this length
    piece = length;
    piece_count = divide_up(outermost, piece);
    const int64_t column_elements = reduced_count / outermost * piece;
    block = along_columns ? kMaxBlock : std::min(divide_up(kLoopGrain, column_elements), kMaxBlock);
    block = std::min(block, columns);
    block_count = divide_up(columns, block);
  };
  cut(outermost);

  // With few units, threads must share the work on each. Pieces of a grain or more, and of many
  // times the number of results, so that adding up the pieces in the end costs little.
  constexpr int64_t kFewUnits = 16;
  if (unit_count() < kFewUnits) {
    const int64_t piece_elements = std::max(kLoopGrain, 64 * result_count());
    cut(std::min(divide_up(piece_elements, self.numel() / outermost), outermost));
  }
}

ReducePlan::Unit ReducePlan::unit(int64_t number) const {
  // number = (piece * outer_count + outer) * block_count + block
  const int64_t first_column = number % block_count * block;
  int64_t rest = number / block_count;
  Unit unit;
  unit.columns = std::min(block, columns - first_column);
  unit.result_index = rest % outer_count * columns + first_column;
  unit.offset = first_column * column_stride;
  unit.result_offset = first_column * column_result_stride;
  int64_t outer = rest % outer_count;
  for (int64_t d = 0; d < outer_sizes.size(); ++d) {
    const int64_t index = outer % outer_sizes[d];
    outer /= outer_sizes[d];
    unit.offset += index * outer_strides[d];
    unit.result_offset += index * outer_result_strides[d];
  }
  unit.piece = rest / outer_count;
  unit.first_reduced = unit.piece * piece;
  unit.offset += unit.first_reduced * strides.back();
  unit.reduced_sizes = sizes;
  unit.reduced_sizes[sizes.size() - 1] = std::min(piece, sizes.back() - unit.first_reduced);
  return unit;
}

int64_t ReducePlan::grain() const {
  const int64_t unit_elements = block * (reduced_count / sizes.back()) * piece;
  return std::max<int64_t>(1, kLoopGrain / std::max<int64_t>(1, unit_elements));
}

}  // namespace cutaway::cpu
