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
#include "half.h"

#include "macros_off.h"  // what hosts have as macros is ours from here on

namespace cutaway::inline v0_1 {

/// In the order of promotion: of two integers, or two floating-point types, the later one holds
/// both (but for UInt8 with Int8, and Float16 with BFloat16: see promote_types).
enum class DType : uint8_t {
  UInt8,
  Int8,
  Int16,
  Int32,
  Int64,
  Float16,
  BFloat16,
  Float32,
  Float64,
  Bool
};

inline constexpr DType kUInt8 = DType::UInt8;
inline constexpr DType kInt8 = DType::Int8;
inline constexpr DType kInt16 = DType::Int16;
inline constexpr DType kInt32 = DType::Int32;
inline constexpr DType kInt64 = DType::Int64;
inline constexpr DType kFloat16 = DType::Float16;
inline constexpr DType kBFloat16 = DType::BFloat16;
inline constexpr DType kFloat32 = DType::Float32;
inline constexpr DType kFloat64 = DType::Float64;
inline constexpr DType kBool = DType::Bool;

/// All dtypes, for loops over them.
inline constexpr DType kAllDTypes[] = {kUInt8,   kInt8,     kInt16,   kInt32,   kInt64,
                                       kFloat16, kBFloat16, kFloat32, kFloat64, kBool};

/// Bytes per element.
constexpr int64_t size_of(DType dtype) {
  switch (dtype) {
    case DType::UInt8:
    case DType::Int8:
    case DType::Bool:
      return 1;
    case DType::Int16:
    case DType::Float16:
    case DType::BFloat16:
      return 2;
    case DType::Int32:
    case DType::Float32:
      return 4;
    case DType::Int64:
    case DType::Float64:
      return 8;
  }
  return 0;
}

/// float16 and bfloat16: stored in 16 bits, computed in float32 (half.h).
constexpr bool is_half(DType dtype) { return dtype == kFloat16 || dtype == kBFloat16; }
constexpr bool is_floating_point(DType dtype) {
  return is_half(dtype) || dtype == kFloat32 || dtype == kFloat64;
}
/// Integers, and bool only where the caller says so.
constexpr bool is_integral(DType dtype, bool include_bool) {
  return !is_floating_point(dtype) && (include_bool || dtype != kBool);
}

/// "float32", "int64", "bool": the name a user types.
const char* name_of(DType dtype);
/// "Float", "Long", "Bool": the name PyTorch's error messages use.
const char* legacy_name_of(DType dtype);
/// "float", "long int": the C++ type, which a few of PyTorch's messages name instead.
const char* cpp_name_of(DType dtype);
inline std::string to_string(DType dtype) { return legacy_name_of(dtype); }

/// The smallest type that can hold both, by PyTorch's table: bool < integers < floating point;
/// within a category the wider one; uint8 with a signed integer is that integer, but int16 with
/// int8; float16 with bfloat16 is float32.
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
struct DTypeOf<int8_t> {
  static constexpr DType value = kInt8;
};
template <>
struct DTypeOf<int16_t> {
  static constexpr DType value = kInt16;
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
struct DTypeOf<Half> {
  static constexpr DType value = kFloat16;
};
template <>
struct DTypeOf<BFloat16> {
  static constexpr DType value = kBFloat16;
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
template <class Function>
decltype(auto) visit_dtype(DType dtype, Function&& f) {
  switch (dtype) {
    case DType::UInt8:
      return f(TypeTag<uint8_t>{});
    case DType::Int8:
      return f(TypeTag<int8_t>{});
    case DType::Int16:
      return f(TypeTag<int16_t>{});
    case DType::Int32:
      return f(TypeTag<int32_t>{});
    case DType::Int64:
      return f(TypeTag<int64_t>{});
    case DType::Float16:
      return f(TypeTag<Half>{});
    case DType::BFloat16:
      return f(TypeTag<BFloat16>{});
    case DType::Float32:
      return f(TypeTag<float>{});
    case DType::Float64:
      return f(TypeTag<double>{});
    case DType::Bool:
      break;
  }
  return f(TypeTag<bool>{});
}

/// As visit_dtype, for float and double only; others throw NotImplementedError with PyTorch's text:
/// "exp_cpu" not implemented for 'Long'. float16 and bfloat16 are among the others: their rows in
/// the catalogue convert them before a kernel sees them (cpu/through_float.h).
template <class Function>
decltype(auto) visit_floating(DType dtype, const char* kernel, Function&& f) {
  check_implemented(dtype == kFloat32 || dtype == kFloat64, "\"", kernel,
                    "\" not implemented for '", dtype, "'");
  if (dtype == kFloat32) return f(TypeTag<float>{});
  return f(TypeTag<double>{});
}

/// As visit_floating, for the integers too. Refuses bool.
template <class Function>
decltype(auto) visit_numeric(DType dtype, const char* kernel, Function&& f) {
  check_implemented(dtype != kBool && !is_half(dtype), "\"", kernel, "\" not implemented for '",
                    dtype, "'");
  return visit_dtype(dtype, [&]<class T>(TypeTag<T> tag) -> decltype(auto) {
    constexpr bool is_refused = std::is_same_v<T, bool> || is_half_v<T>;
    if constexpr (is_refused) {
      return f(TypeTag<float>{});  // never: f need not compile for these
    } else {
      return f(tag);
    }
  });
}

/// As visit_floating and visit_numeric, with Half and BFloat16 in their turn: for the few kernels
/// that compute on them in their own loops.
template <class Function>
decltype(auto) visit_real(DType dtype, const char* kernel, Function&& f) {
  if (dtype == kFloat16) return f(TypeTag<Half>{});
  if (dtype == kBFloat16) return f(TypeTag<BFloat16>{});
  return visit_floating(dtype, kernel, f);
}
template <class Function>
decltype(auto) visit_number(DType dtype, const char* kernel, Function&& f) {
  if (dtype == kFloat16) return f(TypeTag<Half>{});
  if (dtype == kBFloat16) return f(TypeTag<BFloat16>{});
  return visit_numeric(dtype, kernel, f);
}

/// As visit_dtype, for every dtype but float16 and bfloat16: for kernels that these two reach as
/// float32 (cpu/through_float.h).
template <class Function>
decltype(auto) visit_wide(DType dtype, const char* kernel, Function&& f) {
  if (dtype == kBool) return f(TypeTag<bool>{});
  return visit_numeric(dtype, kernel, f);
}

/// Calls f with an unsigned type of as many bytes as the dtype has: for kernels that only move
/// elements, whatever they mean.
template <class Function>
decltype(auto) visit_size(DType dtype, Function&& f) {
  switch (size_of(dtype)) {
    case 1:
      return f(TypeTag<uint8_t>{});
    case 2:
      return f(TypeTag<uint16_t>{});
    case 4:
      return f(TypeTag<uint32_t>{});
    default:
      return f(TypeTag<uint64_t>{});
  }
}

}  // namespace cutaway

#include "macros_on.h"
