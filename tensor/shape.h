// SPDX-License-Identifier: MIT
//
// Pure arithmetic on sizes and strides; no tensor in sight. A shape is a list of sizes; a stride
// is the distance, in elements, between neighbours along one dimension. Element (i, j, ...) of a
// tensor lies at storage_offset + i * stride[0] + j * stride[1] + ...
//
// PyTorch counterpart: c10/util/ArrayRef.h, c10/core/DimVector.h, ATen/ExpandUtils.h,
// ATen/TensorUtils.h. Different on purpose: a tensor has at most 16 dimensions (PyTorch: 64), so
// that a shape lives inside its tensor without a heap allocation.
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

#include "version.h"

#include "macros_off.h"  // what hosts have as macros is ours from here on

namespace cutaway::inline v0_1 {

/// Most dimensions a tensor can have.
inline constexpr int64_t kMaxDims = 16;

/// A view of a list that somebody else owns: the type of `size`, `dims` and `tensors` arguments, so
/// that `zeros({2, 3})`, a vector and a tensor's sizes() all fit. Valid only during the call.
template <class T>
class ArrayRef {
 public:
  ArrayRef() = default;
  ArrayRef(const T* data, int64_t size) : data_(data), size_(size) {}
  // Implicit: every list is one
  ArrayRef(std::initializer_list<T> values)
      : data_(std::data(values)), size_(static_cast<int64_t>(values.size())) {}
  ArrayRef(const T& value) : data_(&value), size_(1) {}  // one value is a list of one: sum(x, 0)
  ArrayRef(const std::vector<T>& values)
      : data_(values.data()), size_(static_cast<int64_t>(values.size())) {}

  int64_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  const T& operator[](int64_t i) const { return data_[i]; }
  const T* begin() const { return data_; }
  const T* end() const { return data_ + size_; }

 private:
  const T* data_ = nullptr;
  int64_t size_ = 0;
};

using IntArrayRef = ArrayRef<int64_t>;

/// A short list of integers stored in place: sizes, strides, lists of dimensions.
class DimVector {
 public:
  DimVector() = default;
  DimVector(int64_t count, int64_t value);
  DimVector(std::initializer_list<int64_t> values);
  explicit DimVector(IntArrayRef values) : size_(values.size()) {
    if (size_ > kMaxDims) [[unlikely]]
      refuse_rank(size_);
    for (int64_t i = 0; i < size_; ++i) (*this)[i] = values[i];
  }
  DimVector(const DimVector& other) : size_(other.size_) { copy_from(other); }
  DimVector& operator=(const DimVector& other) {
    size_ = other.size_;
    copy_from(other);
    return *this;
  }
  ~DimVector() = default;

  int64_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  int64_t& operator[](int64_t i) { return values_[static_cast<size_t>(i)]; }
  int64_t operator[](int64_t i) const { return values_[static_cast<size_t>(i)]; }
  int64_t back() const { return (*this)[size_ - 1]; }
  int64_t* begin() { return values_.data(); }
  int64_t* end() { return values_.data() + size_; }
  const int64_t* begin() const { return values_.data(); }
  const int64_t* end() const { return values_.data() + size_; }
  // Implicit: sizes() is passed wherever a size list is asked
  // for
  operator IntArrayRef() const { return {begin(), size_}; }

  /// Throws where the list would hold more than kMaxDims values.
  void push_back(int64_t value) {
    if (size_ == kMaxDims) [[unlikely]]
      refuse_rank(size_ + 1);
    (*this)[size_++] = value;
  }
  void insert(int64_t position, int64_t value);
  void erase(int64_t position);
  void resize(int64_t count, int64_t value = 0);

 private:
  [[noreturn]] static void refuse_rank(int64_t rank);
  void copy_from(const DimVector& other) {
    for (int64_t i = 0; i < size_; ++i) (*this)[i] = other[i];  // not the unused tail
  }
  int64_t size_ = 0;
  std::array<int64_t, kMaxDims> values_;
};

// A loop: shapes are so short that a call of memcmp would cost more than it compares.
inline bool operator==(IntArrayRef a, IntArrayRef b) {
  if (a.size() != b.size()) return false;
  for (int64_t i = 0; i < a.size(); ++i) {
    if (a[i] != b[i]) return false;
  }
  return true;
}

/// "[2, 3]", as PyTorch writes a shape in its messages.
std::string to_string(IntArrayRef values);
inline std::string to_string(const DimVector& values) { return to_string(IntArrayRef(values)); }

/// Product of the sizes; 1 for a 0-d shape. Throws where a size is negative or the product does
/// not fit 63 bits.
int64_t numel_of(IntArrayRef sizes);

/// Row-major strides: the last dimension is dense, each earlier one steps over all later ones.
/// Sizes of 0 count as 1, as in PyTorch.
DimVector contiguous_strides(IntArrayRef sizes);
/// Whether walking the elements in row-major order walks memory without a gap.
bool is_contiguous(IntArrayRef sizes, IntArrayRef strides);
/// Whether no two elements share memory and there is no gap, in whatever order of dimensions.
bool is_non_overlapping_and_dense(IntArrayRef sizes, IntArrayRef strides);

/// `dim` counted from the front: -1 is the last. Throws PyTorch's IndexError ("Dimension out of
/// range (expected to be in range of [-2, 1], but got 2)"). A 0-d shape counts as one dimension.
int64_t wrap_dim(int64_t dim, int64_t rank);
/// wrap_dim over a list; throws where a dimension is named twice.
DimVector wrap_dims(IntArrayRef dims, int64_t rank);

/// The shape that both broadcast to: aligned at the last dimension, sizes equal or one of them 1.
/// Throws "The size of tensor a (3) must match the size of tensor b (4) at non-singleton dimension
/// 1".
DimVector broadcast_shapes(IntArrayRef a, IntArrayRef b);
/// Whether `from` broadcasts to exactly `to`.
bool is_expandable_to(IntArrayRef from, IntArrayRef to);

/// Replaces one -1 in `sizes` by what makes the product `numel`. Throws PyTorch's "shape '[2, -1]'
/// is invalid for input of size 5".
DimVector infer_size(IntArrayRef sizes, int64_t numel);
/// Strides that show a tensor of (old_sizes, old_strides) as new_sizes without a copy, or nothing
/// where only a copy can. Both have the same number of elements.
std::optional<DimVector> view_strides(IntArrayRef old_sizes, IntArrayRef old_strides,
                                      IntArrayRef new_sizes);

}  // namespace cutaway

#include "macros_on.h"
