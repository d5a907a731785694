// SPDX-License-Identifier: MIT
//
// Data types: what one element of a tensor is, how two types meet (promotion), and how code that
// is written once for a type T is run for the type known only at run time (visit_dtype).
//
// PyTorch counterpart: c10/core/ScalarType.h, ATen/Dispatch.h. Messages use PyTorch's older names
// (Float, Long, ...), as PyTorch's messages do.
#pragma once

#include <cstdint>
#include <string>
#include <utility>

#include "check.h"

namespace cutaway {

enum class DType : uint8_t { UInt8, Int32, Int64, Float32, Float64, Bool };

inline constexpr DType kUInt8 = DType::UInt8;
inline constexpr DType kInt32 = DType::Int32;
inline constexpr DType kInt64 = DType::Int64;
inline constexpr DType kFloat32 = DType::Float32;
inline constexpr DType kFloat64 = DType::Float64;
inline constexpr DType kBool = DType::Bool;

/// All dtypes, for loops over them.
inline constexpr DType kAllDTypes[] = {kUInt8, kInt32, kInt64, kFloat32, kFloat64, kBool};

/// Bytes per element.
constexpr int64_t size_of(DType dtype) {
  switch (dtype) {
    case DType::UInt8:
    case DType::Bool:
      return 1;
    case DType::Int32:
    case DType::Float32:
      return 4;
    case DType::Int64:
    case DType::Float64:
      return 8;
  }
  return 0;
}

constexpr bool is_floating_point(DType dtype) { return dtype == kFloat32 || dtype == kFloat64; }
/// Integers, and bool only where the caller says so.
constexpr bool is_integral(DType dtype, bool include_bool) {
  return !is_floating_point(dtype) && (include_bool || dtype != kBool);
}

/// "float32", "int64", "bool": the name a user types.
const char* name_of(DType dtype);
/// "Float", "Long", "Bool": the name PyTorch's error messages use.
const char* legacy_name_of(DType dtype);
inline std::string to_string(DType dtype) { return legacy_name_of(dtype); }

/// The smallest type that can hold both, by PyTorch's table: bool < integers < floating point;
/// within a category the wider one; uint8 with a signed integer is that integer.
DType promote_types(DType a, DType b);
/// Whether a value of type `from` may be written into a tensor of type `to` (an in-place result):
/// never from floating point to integer, never from a number to bool.
bool can_cast(DType from, DType to);

/// The dtype of float literals and of factories that are given none; float32 unless set.
DType get_default_dtype();
/// Throws TypeError unless `dtype` is floating point.
void set_default_dtype(DType dtype);

/// The C++ type of an element as a value that can be passed: visit_dtype hands one to its callable.
template <class T>
struct TypeTag {
  using type = T;
};

template <class T>
struct DTypeOf;
template <>
struct DTypeOf<uint8_t> {
  static constexpr DType value = kUInt8;
};
template <>
struct DTypeOf<int32_t> {
  static constexpr DType value = kInt32;
};
template <>
struct DTypeOf<int64_t> {
  static constexpr DType value = kInt64;
};
template <>
struct DTypeOf<float> {
  static constexpr DType value = kFloat32;
};
template <>
struct DTypeOf<double> {
  static constexpr DType value = kFloat64;
};
template <>
struct DTypeOf<bool> {
  static constexpr DType value = kBool;
};
/// dtype_of<float> is kFloat32, and so on.
template <class T>
inline constexpr DType dtype_of = DTypeOf<T>::value;

/// Calls f(TypeTag<T>{}) with the C++ type T of `dtype`:
///     visit_dtype(x.dtype(), [&]<class T>(TypeTag<T>) { fill(x.data<T>(), T(1)); });
template <class F>
decltype(auto) visit_dtype(DType dtype, F&& f) {
  switch (dtype) {
    case DType::UInt8:
      return f(TypeTag<uint8_t>{});
    case DType::Int32:
      return f(TypeTag<int32_t>{});
    case DType::Int64:
      return f(TypeTag<int64_t>{});
    case DType::Float32:
      return f(TypeTag<float>{});
    case DType::Float64:
      return f(TypeTag<double>{});
    case DType::Bool:
      break;
  }
  return f(TypeTag<bool>{});
}

/// As visit_dtype, for the floating-point types only; others throw NotImplementedError with
/// PyTorch's text: "exp_cpu" not implemented for 'Long'.
template <class F>
decltype(auto) visit_floating(DType dtype, const char* kernel, F&& f) {
  check_implemented(is_floating_point(dtype), "\"", kernel, "\" not implemented for '", dtype, "'");
  if (dtype == kFloat32) return f(TypeTag<float>{});
  return f(TypeTag<double>{});
}

/// As visit_dtype, for every type but bool.
template <class F>
decltype(auto) visit_numeric(DType dtype, const char* kernel, F&& f) {
  check_implemented(dtype != kBool, "\"", kernel, "\" not implemented for '", dtype, "'");
  switch (dtype) {
    case DType::UInt8:
      return f(TypeTag<uint8_t>{});
    case DType::Int32:
      return f(TypeTag<int32_t>{});
    case DType::Int64:
      return f(TypeTag<int64_t>{});
    case DType::Float32:
      return f(TypeTag<float>{});
    default:
      break;
  }
  return f(TypeTag<double>{});
}

}  // namespace cutaway
