// SPDX-License-Identifier: MIT
//
// Kernels that move elements unchanged: copy (with conversion), fill, clone.
#include <algorithm>
#include <cstring>
#include <limits>

#include "../check.h"
#include "../factories.h"
#include "../loops.h"
#include "kernels.h"

namespace cutaway::inline v0_1::cpu {

/// A real number without its fraction; the least integer where it has no room (NaN, infinity, too
/// large), which is what an x86 processor's conversion gives. C++ leaves that case open.
template <class Integer, class Real>
static Integer truncated(Real value) {
  constexpr Real least = static_cast<Real>(std::numeric_limits<Integer>::min());
  return value >= least && value < -least ? static_cast<Integer>(value)
                                          : std::numeric_limits<Integer>::min();
}

/// A value in another dtype: as C++ converts, but real to small integer by way of a larger one, so
/// that it wraps as PyTorch's does.
template <class To, class From>
static To convert(From value) {
  if constexpr (std::is_same_v<To, bool>) {
    return value != From(0);
  } else if constexpr (std::is_floating_point_v<From> && std::is_integral_v<To>) {
    constexpr bool by_int64 = sizeof(To) == 8 || std::is_same_v<To, uint8_t>;
    return static_cast<To>(truncated<std::conditional_t<by_int64, int64_t, int32_t>>(value));
  } else {
    return static_cast<To>(value);
  }
}

static bool same_layout(const Tensor& a, const Tensor& b) {
  if (a.sizes() != b.sizes()) return false;
  if (a.is_contiguous() && b.is_contiguous()) return true;
  return a.strides() == b.strides() && is_non_overlapping_and_dense(a.sizes(), a.strides());
}

/// copy_ where one side is float16 or bfloat16. Every other dtype goes through float32, as all
/// arithmetic on them does. A loop for each pair of ten dtypes would be 100 loops to compile; with
/// these two meeting only float32 it is 64.
static const Tensor& copy_half_(const Tensor& self, const Tensor& source) {
  const auto visit_half = [](DType dtype, const auto& f) {
    dtype == kFloat16 ? f(TypeTag<Half>{}) : f(TypeTag<BFloat16>{});
  };
  if (source.dtype() == kFloat32) {
    visit_half(self.dtype(), [&]<class To>(TypeTag<To>) {
      loop<To, float>(self, source, [](float value) { return To(value); });
    });
  } else if (self.dtype() == kFloat32) {
    visit_half(source.dtype(), [&]<class From>(TypeTag<From>) {
      loop<float, From>(self, source, [](From value) { return float(value); });
    });
  } else {
    cpu::copy_(self, cpu::to_copy(source, kFloat32));
  }
  return self;
}

const Tensor& copy_(const Tensor& self, const Tensor& source) {
  if (self.is_same(source)) return self;
  if (self.dtype() == source.dtype() && same_layout(self, source)) {
    const size_t bytes = static_cast<size_t>(self.numel() * self.element_size());
    if (bytes > 0) std::memmove(self.raw_data(), source.raw_data(), bytes);
    return self;
  }
  if (self.dtype() == source.dtype()) {
    visit_size(self.dtype(), [&]<class Bits>(TypeTag<Bits>) {
      loop<Bits, Bits>(self, source, [](Bits element) { return element; });
    });
    return self;
  }
  if (is_half(self.dtype()) || is_half(source.dtype())) return copy_half_(self, source);
  visit_wide(self.dtype(), "copy_", [&]<class To>(TypeTag<To>) {
    visit_wide(source.dtype(), "copy_", [&]<class From>(TypeTag<From>) {
      if constexpr (!std::is_same_v<To, From>) {
        loop<To, From>(self, source, [](From value) { return convert<To>(value); });
      }
    });
  });
  return self;
}

/// The elements of an expanded dimension are one element: once each is enough to write.
static Tensor without_repeats(const Tensor& self) {
  DimVector sizes = self.sizes();
  for (int64_t d = 0; d < sizes.size(); ++d) {
    if (self.strides()[d] == 0) sizes[d] = std::min<int64_t>(sizes[d], 1);
  }
  return sizes == self.sizes()
             ? self
             : cpu::as_strided(self, sizes, self.strides(), self.storage_offset());
}

const Tensor& fill_(const Tensor& destination, const Scalar& value) {
  check_fits(value, destination.dtype());
  const Tensor self = without_repeats(destination);
  visit_dtype(self.dtype(), [&]<class T>(TypeTag<T>) {
    const T element = value.is_floating_point() ? convert<T>(value.to<double>())
                                                : convert<T>(value.to<int64_t>());
    if (self.numel() == 1) {
      *self.data<T>() = element;
      return;
    }
    run_rows(LoopPlan({&self}),
             RowFunction([&](std::byte* const* data, const int64_t* strides, int64_t n) {
               if (cutaway::detail::is_dense<T>(strides[0])) {
                 std::fill_n(reinterpret_cast<T*>(data[0]), n, element);
                 return;
               }
               for (int64_t i = 0; i < n; ++i)
                 cutaway::detail::element<T>(data[0], i * strides[0]) = element;
             }));
  });
  return destination;
}

/// A value that is an element of self must outlive its being overwritten.
const Tensor& fill_tensor_(const Tensor& self, const Tensor& value) {
  return cpu::copy_(self, self.storage() == value.storage() ? cpu::clone(value) : value);
}

const Tensor& zero_(const Tensor& self) { return cpu::fill_(self, 0); }

Tensor clone(const Tensor& self) {
  Tensor result = empty_like(self);
  cpu::copy_(result, self);
  return result;
}

Tensor contiguous_copy(const Tensor& self) {
  Tensor result = cutaway::empty(self.sizes(), self.dtype());
  cpu::copy_(result, self);
  return result;
}

Tensor to_copy(const Tensor& self, DType dtype) {
  Tensor result = empty_like(self, dtype);
  cpu::copy_(result, self);
  return result;
}

}  // namespace cutaway::cpu
