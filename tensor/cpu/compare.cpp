// SPDX-License-Identifier: MIT
//
// Kernels: comparisons and logic, whose results are bool; choice by a bool (where); equality of two
// tensors.
// NaN compares as IEEE 754 says: unequal to everything, neither less nor greater.
//
// PyTorch counterpart: ATen/native/cpu/BinaryOpsKernel.cpp (eq_kernel, ...), TensorCompare.cpp.
#include <atomic>
#include <functional>

#include "elementwise.h"
#include "kernels.h"

namespace cutaway::inline v0_1::cpu {

/// out[i] = compare(a[i], b[i])
template <class Compare>
static void compare_into(const Tensor& out, const Tensor& a, const Tensor& b, Compare compare) {
  visit_dtype(a.dtype(), [&]<class T>(TypeTag<T>) { loop<bool, T, T>(out, a, b, compare); });
}

Tensor eq(const Tensor& self, const Tensor& other) {
  Tensor out = result_for(kBool, self, other);
  compare_into(out, self, other, std::equal_to<>());
  return out;
}
Tensor ne(const Tensor& self, const Tensor& other) {
  Tensor out = result_for(kBool, self, other);
  compare_into(out, self, other, std::not_equal_to<>());
  return out;
}
Tensor lt(const Tensor& self, const Tensor& other) {
  Tensor out = result_for(kBool, self, other);
  compare_into(out, self, other, std::less<>());
  return out;
}
Tensor le(const Tensor& self, const Tensor& other) {
  Tensor out = result_for(kBool, self, other);
  compare_into(out, self, other, std::less_equal<>());
  return out;
}
// a > b is b < a, so the loops above serve here too.
Tensor gt(const Tensor& self, const Tensor& other) {
  Tensor out = result_for(kBool, self, other);
  compare_into(out, other, self, std::less<>());
  return out;
}
Tensor ge(const Tensor& self, const Tensor& other) {
  Tensor out = result_for(kBool, self, other);
  compare_into(out, other, self, std::less_equal<>());
  return out;
}

// A number is true unless it is 0; so is NaN.
Tensor logical_and(const Tensor& self, const Tensor& other) {
  Tensor out = result_for(kBool, self, other);
  compare_into(out, self, other, []<class T>(T a, T b) { return a != T(0) && b != T(0); });
  return out;
}
Tensor logical_or(const Tensor& self, const Tensor& other) {
  Tensor out = result_for(kBool, self, other);
  compare_into(out, self, other, []<class T>(T a, T b) { return a != T(0) || b != T(0); });
  return out;
}
Tensor logical_xor(const Tensor& self, const Tensor& other) {
  Tensor out = result_for(kBool, self, other);
  compare_into(out, self, other, []<class T>(T a, T b) { return (a != T(0)) != (b != T(0)); });
  return out;
}

Tensor where(const Tensor& condition, const Tensor& self, const Tensor& other) {
  const DimVector sizes =
      broadcast_shapes(broadcast_shapes(condition.sizes(), self.sizes()), other.sizes());
  Tensor out = result_for(self.dtype(), sizes, {&condition, &self, &other});
  visit_size(out.dtype(), [&]<class T>(TypeTag<T>) {
    loop<T, bool, T, T>(out, condition, self, other, [](bool c, T x, T y) { return c ? x : y; });
  });
  return out;
}

bool equal(const Tensor& self, const Tensor& other) {
  std::atomic<bool> same = true;  // the threads stop soon after one has seen a difference
  visit_dtype(self.dtype(), [&]<class T>(TypeTag<T>) {
    const auto row = [&](std::byte* const* data, const int64_t* strides, int64_t n) {
      if (!same.load(std::memory_order_relaxed)) return;
      for (int64_t i = 0; i < n; ++i) {
        const T x = cutaway::detail::element<T>(data[0], i * strides[0]);
        const T y = cutaway::detail::element<T>(data[1], i * strides[1]);
        if (x != y) return same.store(false, std::memory_order_relaxed);
      }
    };
    run_rows(LoopPlan({&self, &other}), RowFunction(row));
  });
  return same;
}

}  // namespace cutaway::cpu
