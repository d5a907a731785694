// SPDX-License-Identifier: MIT
#include "scalar.h"

#include <cmath>
#include <limits>

namespace cutaway {
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

/// The C++ name of an element type, as PyTorch's message about overflow has it.
const char* c_name(DType dtype) {
  switch (dtype) {
    case DType::UInt8:
      return "uint8_t";
    case DType::Int8:
      return "int8_t";
    case DType::Int16:
      return "int16_t";
    case DType::Int32:
      return "int";
    case DType::Int64:
      return "int64_t";
    case DType::Float16:
      return "c10::Half";
    case DType::BFloat16:
      return "c10::BFloat16";
    case DType::Float32:
      return "float";
    case DType::Float64:
      return "double";
    case DType::Bool:
      return "bool";
  }
  return "unknown";
}

}  // namespace

void check_fits(const Scalar& value, DType dtype) {
  visit_dtype(dtype, [&]<class T>(TypeTag<T>) {
    check(fits<T>(value), "value cannot be converted to type ", c_name(dtype), " without overflow");
  });
}

}  // namespace cutaway
