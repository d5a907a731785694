// SPDX-License-Identifier: MIT
//
// Where tensors come from: sizes and a value, a range, or data of the caller's.
//
// dtype: where none is given, the default dtype (float32), or what the values suggest.
// PyTorch counterpart: torch.empty, torch.zeros, torch.arange, torch.tensor, ...;
// ATen/native/TensorFactories.cpp.
#pragma once

#include <concepts>
#include <cstddef>
#include <initializer_list>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "tensor.h"

#include "macros_off.h"  // what hosts have as macros is ours from here on

namespace cutaway::inline v0_1 {

/// Uninitialised memory.
Tensor empty(IntArrayRef size, std::optional<DType> dtype = {});
/// Uninitialised memory laid out with these strides, which must be dense.
Tensor empty_strided(IntArrayRef size, IntArrayRef stride, std::optional<DType> dtype = {});
/// As `self`: shape, dtype and layout; where self has gaps, dense with its dimensions in the order
/// they have in self's memory.
Tensor empty_like(const Tensor& self, std::optional<DType> dtype = {});

/// Every element 0.
Tensor zeros(IntArrayRef size, std::optional<DType> dtype = {});
/// Every element 1.
Tensor ones(IntArrayRef size, std::optional<DType> dtype = {});
/// Every element `value`, whose kind gives the dtype: bool, int64 or the default dtype.
Tensor full(IntArrayRef size, const Scalar& value, std::optional<DType> dtype = {});
/// Every element 0, 1 or `value`; shape, dtype and, where self is dense, layout as self's.
Tensor zeros_like(const Tensor& self, std::optional<DType> dtype = {});
Tensor ones_like(const Tensor& self, std::optional<DType> dtype = {});
Tensor full_like(const Tensor& self, const Scalar& value, std::optional<DType> dtype = {});

/// empty, zeros, ones, full in the dtype of self, unless another is given: new_zeros(x, {2, 3}).
Tensor new_empty(const Tensor& self, IntArrayRef size, std::optional<DType> dtype = {});
Tensor new_zeros(const Tensor& self, IntArrayRef size, std::optional<DType> dtype = {});
Tensor new_ones(const Tensor& self, IntArrayRef size, std::optional<DType> dtype = {});
Tensor new_full(const Tensor& self, IntArrayRef size, const Scalar& value,
                std::optional<DType> dtype = {});

/// start, start + step, ... below end (above, for a negative step). int64 if all three are
/// integers, else the default dtype. Reals asked for as integers are cut off first, so that
/// arange(0, 5, 1.7, kInt64) steps by 1.
Tensor arange(const Scalar& start, const Scalar& end, const Scalar& step = 1,
              std::optional<DType> dtype = {});
inline Tensor arange(const Scalar& end, std::optional<DType> dtype = {}) {
  return arange(0, end, 1, dtype);
}
/// `steps` numbers from start to end, both included, evenly spaced; in the default dtype.
Tensor linspace(const Scalar& start, const Scalar& end, int64_t steps,
                std::optional<DType> dtype = {});
/// base to the power of linspace(start, end, steps).
Tensor logspace(const Scalar& start, const Scalar& end, int64_t steps, double base = 10,
                std::optional<DType> dtype = {});

/// Ones on the main diagonal, zeros elsewhere: (n, n) or (n, m).
Tensor eye(int64_t n, std::optional<DType> dtype = {});
Tensor eye(int64_t n, int64_t m, std::optional<DType> dtype = {});

/// A new tensor with its first values, for factories: giving it those is no in-place write that
/// anybody could have noticed, so its version is 0 again. Returns the same tensor.
Tensor fresh(const Tensor& filled);

/// A 0-d tensor, in the default dtype whatever the kind of the number.
Tensor scalar_tensor(const Scalar& value, std::optional<DType> dtype = {});
/// The 0-d tensor that stands for a number among tensors: it has less say in promotion.
Tensor wrapped_number(const Scalar& value);

/// Nested braces: tensor({{1.0, 2.0}, {3.0, 4.0}}).
class NestedList {
 public:
  // Implicit: braces and numbers are the notation
  template <class Number>
  requires std::integral<Number> || std::floating_point<Number> NestedList(Number value)
      : value_(value) {}
  NestedList(std::initializer_list<NestedList> items) : is_list_(true), items_(items) {}

 private:
  friend Tensor tensor(const NestedList& values, std::optional<DType> dtype);
  bool is_list_ = false;
  Scalar value_;
  std::vector<NestedList> items_;
};
/// A tensor of the given numbers. Throws where lists at one depth differ in length. dtype: bool,
/// int64 or the default dtype, whichever holds them all.
Tensor tensor(const NestedList& values, std::optional<DType> dtype = {});

/// A copy of `values` with the given shape (default: one dimension).
template <class T>
Tensor tensor_from(const std::vector<T>& values, IntArrayRef size);
template <class T>
Tensor tensor_from(const std::vector<T>& values) {
  return tensor_from(values, {static_cast<int64_t>(values.size())});
}

namespace detail {
/// Throws where they are too many to be counted.
size_t bytes_of_blob(IntArrayRef size, DType dtype);
}  // namespace detail

/// Memory of the caller's as a tensor, contiguous and not copied; `owner`, if there is one, keeps
/// it alive, and is let go of with the last tensor over it.
Tensor from_blob(void* data, IntArrayRef size, DType dtype, std::shared_ptr<const void> owner = {});
/// The same; `release()` is called when the last tensor over the memory is gone, but not where the
/// size is refused. A null function is none.
template <std::invocable Release>
Tensor from_blob(void* data, IntArrayRef size, DType dtype, Release release) {
  detail::bytes_of_blob(size, dtype);  // throws while there is nothing to release
  if constexpr (std::constructible_from<Release, std::nullptr_t>) {
    if (!release) return from_blob(data, size, dtype);
  }
  auto call = [release = std::move(release)](const void*) mutable { release(); };
  return from_blob(data, size, dtype, std::shared_ptr<const void>(data, std::move(call)));
}

}  // namespace cutaway

#include "macros_on.h"
