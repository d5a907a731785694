// SPDX-License-Identifier: MIT
//
// Kernels that move elements unchanged: copy (with conversion), fill, clone.
#include <cstring>
#include <limits>

#include "../check.h"
#include "../factories.h"
#include "../loops.h"
#include "kernels.h"

namespace cutaway::cpu {

/// A value in another dtype: as C++ converts, but real to small integer by way of int64, so that it
/// wraps as PyTorch's does and is defined for values a small integer cannot hold.
template <class To, class From>
static To convert(From value) {
  if constexpr (std::is_same_v<To, bool>) {
    return value != From(0);
  } else if constexpr (std::is_floating_point_v<From> && std::is_integral_v<To>) {
    return static_cast<To>(static_cast<int64_t>(value));
  } else {
    return static_cast<To>(value);
  }
}

static bool same_layout(const Tensor& a, const Tensor& b) {
  if (a.sizes() != b.sizes()) return false;
  if (a.is_contiguous() && b.is_contiguous()) return true;
  return a.strides() == b.strides() && is_non_overlapping_and_dense(a.sizes(), a.strides());
}

const Tensor& copy_(const Tensor& self, const Tensor& source) {
  if (self.is_same(source)) return self;
  if (self.dtype() == source.dtype() && same_layout(self, source)) {
    const size_t bytes = static_cast<size_t>(self.numel() * self.element_size());
    if (bytes > 0) std::memmove(self.raw_data(), source.raw_data(), bytes);
    return self;
  }
  visit_dtype(self.dtype(), [&]<class To>(TypeTag<To>) {
    visit_dtype(source.dtype(), [&]<class From>(TypeTag<From>) {
      loop<To, From>(self, source, [](From value) { return convert<To>(value); });
    });
  });
  return self;
}

/// Whether `value` fits T: whole numbers in its range (negative ones may wrap into unsigned types,
/// as in PyTorch), reals in floating types always.
template <class T>
static bool fits(const Scalar& value) {
  if constexpr (std::is_same_v<T, bool>) {
    return true;
  } else if constexpr (std::is_same_v<T, float>) {
    const double real = value.to<double>();
    return !(std::abs(real) > std::numeric_limits<float>::max()) ||
           std::abs(real) == std::numeric_limits<double>::infinity();
  } else if constexpr (std::is_floating_point_v<T>) {
    return true;
  } else if (value.is_floating_point()) {
    constexpr double limit = static_cast<double>(std::numeric_limits<T>::max());
    const double real = value.to<double>();
    const double lowest = std::is_signed_v<T> ? -limit - 1 : -limit;
    return real >= lowest && (sizeof(T) == 8 ? real < limit : real <= limit);
  } else {
    const int64_t whole = value.to<int64_t>();
    constexpr int64_t limit = static_cast<int64_t>(std::numeric_limits<T>::max());
    return whole <= limit && whole >= (std::is_signed_v<T> ? -limit - 1 : -limit);
  }
}

/// The C++ name of an element type, as PyTorch's message about overflow has it.
static const char* c_name(DType dtype) {
  switch (dtype) {
    case DType::UInt8:
      return "uint8_t";
    case DType::Int32:
      return "int";
    case DType::Int64:
      return "int64_t";
    case DType::Float32:
      return "float";
    case DType::Float64:
      return "double";
    case DType::Bool:
      return "bool";
  }
  return "unknown";
}

const Tensor& fill_(const Tensor& self, const Scalar& value) {
  visit_dtype(self.dtype(), [&]<class T>(TypeTag<T>) {
    check(fits<T>(value), "value cannot be converted to type ", c_name(self.dtype()),
          " without overflow");
    const T element = value.is_floating_point() ? convert<T>(value.to<double>())
                                                : convert<T>(value.to<int64_t>());
    if (self.numel() == 1) {
      *self.data<T>() = element;
      return;
    }
    run_rows(LoopPlan({&self}),
             RowFunction([&](std::byte* const* data, const int64_t* strides, int64_t n) {
               if (detail::is_dense<T>(strides[0])) {
                 std::fill_n(reinterpret_cast<T*>(data[0]), n, element);
                 return;
               }
               for (int64_t i = 0; i < n; ++i)
                 detail::element<T>(data[0], i * strides[0]) = element;
             }));
  });
  return self;
}

const Tensor& zero_(const Tensor& self) { return fill_(self, 0); }

Tensor clone(const Tensor& self) {
  Tensor result = empty_like(self);
  cpu::copy_(result, self);
  return result;
}

Tensor to_copy(const Tensor& self, DType dtype) {
  Tensor result = empty_like(self, dtype);
  cpu::copy_(result, self);
  return result;
}

}  // namespace cutaway::cpu
