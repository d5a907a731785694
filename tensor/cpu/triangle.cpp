// SPDX-License-Identifier: MIT
//
// Kernels of triangles: which columns of row i belong to one is all there is to know. Zeros are
// zero bytes in every dtype, so that no kernel asks for the dtype.
#include <algorithm>
#include <cstring>

#include "../factories.h"
#include "../loops.h"
#include "../ops_copy.h"
#include "kernels.h"

namespace cutaway::inline v0_1::cpu {
namespace {

enum class Part { Lower, Upper };

/// The columns [begin, end) of a row that belong to the triangle.
struct Columns {
  int64_t begin, end;
};
Columns columns_in(Part triangle, int64_t row, int64_t columns, int64_t diagonal) {
  // Compared by subtraction on the safe side: diagonal may be any number.
  const auto clamped = [&](int64_t offset) {  // row + diagonal + offset, within the row
    if (diagonal >= columns) return columns;
    if (diagonal < -row - 1) return int64_t{0};
    return std::clamp<int64_t>(row + diagonal + offset, 0, columns);
  };
  if (triangle == Part::Lower) return {0, clamped(1)};
  return {clamped(0), columns};
}

/// Puts zeros into elements [begin, end) of a row.
void clear(std::byte* row, int64_t begin, int64_t end, int64_t stride, int64_t item) {
  if (stride == item) {
    if (end > begin) std::memset(row + begin * item, 0, static_cast<size_t>((end - begin) * item));
    return;
  }
  for (int64_t j = begin; j < end; ++j) {
    std::memset(row + j * stride, 0, static_cast<size_t>(item));
  }
}

const Tensor& keep(const Tensor& self, Part triangle, int64_t diagonal) {
  if (self.numel() == 0) return self;
  const DimVector& sizes = self.sizes();
  const int64_t columns = sizes[self.dim() - 1];
  const int64_t rows = sizes[self.dim() - 2];
  const int64_t item = self.element_size();
  const int64_t stride = self.strides()[self.dim() - 1] * item;
  std::byte* const data = self.raw_data();
  const int64_t grain = std::max<int64_t>(1, kLoopGrain / columns);
  parallel_for(0, self.numel() / columns, grain, [&](int64_t begin, int64_t end) {
    for (int64_t row = begin; row < end; ++row) {
      int64_t offset = 0;
      int64_t rest = row;
      for (int64_t d = self.dim() - 2; d >= 0; --d) {
        offset += rest % sizes[d] * self.strides()[d];
        rest /= sizes[d];
      }
      const Columns kept = columns_in(triangle, row % rows, columns, diagonal);
      clear(data + offset * item, 0, kept.begin, stride, item);
      clear(data + offset * item, kept.end, columns, stride, item);
    }
  });
  return self;
}

Tensor indices(Part triangle, int64_t rows, int64_t columns, int64_t offset, DType dtype) {
  int64_t count = 0;
  for (int64_t i = 0; i < rows; ++i) {
    const Columns kept = columns_in(triangle, i, columns, offset);
    count += kept.end - kept.begin;
  }
  const Tensor result = cutaway::empty({2, count}, dtype);
  visit_numeric(dtype, "tril_indices", [&]<class T>(TypeTag<T>) {
    T* row = result.data<T>();
    T* column = row + count;
    for (int64_t i = 0; i < rows; ++i) {
      const Columns kept = columns_in(triangle, i, columns, offset);
      for (int64_t j = kept.begin; j < kept.end; ++j) {
        *row++ = static_cast<T>(i);
        *column++ = static_cast<T>(j);
      }
    }
  });
  return result;
}

}  // namespace

Tensor tril(const Tensor& self, int64_t diagonal) {
  return keep(cpu::contiguous_copy(self), Part::Lower, diagonal);
}
Tensor triu(const Tensor& self, int64_t diagonal) {
  return keep(cpu::contiguous_copy(self), Part::Upper, diagonal);
}
const Tensor& tril_(const Tensor& self, int64_t diagonal) {
  return keep(self, Part::Lower, diagonal);
}
const Tensor& triu_(const Tensor& self, int64_t diagonal) {
  return keep(self, Part::Upper, diagonal);
}

Tensor tril_indices(int64_t row, int64_t col, int64_t offset, std::optional<DType> dtype) {
  return indices(Part::Lower, row, col, offset, *dtype);
}
Tensor triu_indices(int64_t row, int64_t col, int64_t offset, std::optional<DType> dtype) {
  return indices(Part::Upper, row, col, offset, *dtype);
}

Tensor diag_embed(const Tensor& self, int64_t offset, int64_t dim1, int64_t dim2) {
  const int64_t length = self.sizes()[self.dim() - 1];
  const int64_t side = numel_of({length + std::abs(offset)});
  DimVector sizes({self.sizes().begin(), self.dim() - 1});
  sizes.insert(std::min(dim1, dim2), side);
  sizes.insert(std::max(dim1, dim2), side);
  const Tensor result = cutaway::zeros(sizes, self.dtype());
  cpu::copy_(cpu::diagonal(result, offset, dim1, dim2), self);
  return result;
}

}  // namespace cutaway::cpu
