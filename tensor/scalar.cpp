// SPDX-License-Identifier: MIT
#include "scalar.h"

#include <cmath>
#include <limits>

namespace cutaway::inline v0_1 {
namespace {

/// Whether `value` fits T: whole numbers in its range (negative ones wrap into unsigned types, as
/// in PyTorch), reals in floating types always, but for finite ones that would become infinite.
template <class T>
bool fits(const Scalar& value) {
  if constexpr (std::is_same_v<T, bool>) {
    return true;
  } else if constexpr (is_real_v<T>) {
    const double size = std::abs(value.to<double>());
    return !std::isfinite(size) || size <= static_cast<double>(std::numeric_limits<T>::max());
  } else if (value.is_floating_point()) {
    constexpr double limit = static_cast<double>(std::numeric_limits<T>::max());
    const double real = value.to<double>();
    const double lowest = std::is_signed_v<T> ? -limit - 1 : 0;
    return real >= lowest && (sizeof(T) == 8 ? real < limit : real <= limit);
  } else {
    const int64_t whole = value.to<int64_t>();
    constexpr int64_t limit = static_cast<int64_t>(std::numeric_limits<T>::max());
    return whole <= limit && whole >= (std::is_signed_v<T> ? -limit - 1 : -limit);
  }
}

/// The C++ name of an element type, as PyTorch's message about overflow has it: "int64_t", "int".
std::string c_name(DType dtype) {
  const bool has_width = is_integral(dtype, false) && dtype != kInt32;
  return has_width ? join(name_of(dtype), "_t") : cpp_name_of(dtype);
}

}  // namespace

void check_fits(const Scalar& value, DType dtype) {
  visit_dtype(dtype, [&]<class T>(TypeTag<T>) {
    check(fits<T>(value), "value cannot be converted to type ", c_name(dtype), " without overflow");
  });
}

}  // namespace cutaway
