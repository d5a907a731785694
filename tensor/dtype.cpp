// SPDX-License-Identifier: MIT
#include "dtype.h"

#include <algorithm>
#include <atomic>

namespace cutaway::inline v0_1 {

const char* name_of(DType dtype) {
  switch (dtype) {
    case DType::UInt8:
      return "uint8";
    case DType::Int8:
      return "int8";
    case DType::Int16:
      return "int16";
    case DType::Int32:
      return "int32";
    case DType::Int64:
      return "int64";
    case DType::Float16:
      return "float16";
    case DType::BFloat16:
      return "bfloat16";
    case DType::Float32:
      return "float32";
    case DType::Float64:
      return "float64";
    case DType::Bool:
      return "bool";
  }
  return "unknown";
}

const char* legacy_name_of(DType dtype) {
  switch (dtype) {
    case DType::UInt8:
      return "Byte";
    case DType::Int8:
      return "Char";
    case DType::Int16:
      return "Short";
    case DType::Int32:
      return "Int";
    case DType::Int64:
      return "Long";
    case DType::Float16:
      return "Half";
    case DType::BFloat16:
      return "BFloat16";
    case DType::Float32:
      return "Float";
    case DType::Float64:
      return "Double";
    case DType::Bool:
      return "Bool";
  }
  return "Unknown";
}

const char* cpp_name_of(DType dtype) {
  switch (dtype) {
    case DType::UInt8:
      return "unsigned char";
    case DType::Int8:
      return "signed char";
    case DType::Int16:
      return "short int";
    case DType::Int32:
      return "int";
    case DType::Int64:
      return "long int";
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

DType promote_types(DType a, DType b) {
  if (a == b) return a;
  if (a == kBool) return b;
  if (b == kBool) return a;
  if (is_floating_point(a) != is_floating_point(b)) return is_floating_point(a) ? a : b;
  const auto [low, high] = std::minmax(a, b);
  if (low == kUInt8 && high == kInt8) return kInt16;          // neither holds the other's values
  if (low == kFloat16 && high == kBFloat16) return kFloat32;  // nor here
  return high;  // both integers or both floating point: the enum lists them by width
}

bool can_cast(DType from, DType to) {
  if (is_floating_point(from) && !is_floating_point(to)) return false;
  return from == kBool || to != kBool;
}

static std::atomic<DType> default_dtype{kFloat32};

DType get_default_dtype() { return default_dtype.load(std::memory_order_relaxed); }

void set_default_dtype(DType dtype) {
  check_type(is_floating_point(dtype),
             "only floating-point types are supported as the default type");
  default_dtype.store(dtype, std::memory_order_relaxed);
}

}  // namespace cutaway
