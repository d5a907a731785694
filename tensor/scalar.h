// SPDX-License-Identifier: MIT
//
// Scalar: one number whose type (bool, integer or floating point) is known only at run time, such
// as the 2 in `x * 2`. It remembers which of the three it is, because promotion asks: an int64
// tensor times 2 stays int64, times 2.0 becomes float32.
//
// PyTorch counterpart: c10/core/Scalar.h.
#pragma once

#include <concepts>
#include <cstdint>
#include <string>

#include "dtype.h"

#include "macros_off.h"  // what hosts have as macros is ours from here on

namespace cutaway::inline v0_1 {

class Scalar {
 public:
  // Implicit: a number is a Scalar wherever one is asked for
  constexpr Scalar() : Scalar(int64_t{0}) {}
  constexpr Scalar(bool value) : kind_(Kind::Bool), integer_(value) {}
  template <std::integral Int>
  constexpr Scalar(Int value) : kind_(Kind::Int), integer_(static_cast<int64_t>(value)) {}
  template <std::floating_point Float>
  constexpr Scalar(Float value) : kind_(Kind::Double), real_(static_cast<double>(value)) {}

  constexpr Scalar(Half value) : Scalar(static_cast<float>(value)) {}
  constexpr Scalar(BFloat16 value) : Scalar(static_cast<float>(value)) {}

  constexpr bool is_bool() const { return kind_ == Kind::Bool; }
  constexpr bool is_integer() const { return kind_ == Kind::Int; }
  constexpr bool is_floating_point() const { return kind_ == Kind::Double; }

  /// kBool, kInt64 or kFloat64.
  constexpr DType dtype() const { return is_bool() ? kBool : is_integer() ? kInt64 : kFloat64; }

  /// The value as T, converted as a C++ cast converts.
  template <class T>
  constexpr T to() const {
    return is_floating_point() ? static_cast<T>(real_) : static_cast<T>(integer_);
  }
  constexpr bool equals(double value) const { return to<double>() == value; }

 private:
  enum class Kind : uint8_t { Bool, Int, Double };
  Kind kind_;
  union {
    int64_t integer_;
    double real_;
  };
};

/// Throws "value cannot be converted to type int8_t without overflow" where a tensor of this dtype
/// cannot hold `value`. Negative integers wrap into unsigned ones (negative reals do not), and
/// fractions are cut off.
void check_fits(const Scalar& value, DType dtype);

inline std::string to_string(const Scalar& scalar) {
  if (scalar.is_bool()) return join(scalar.to<bool>());
  if (scalar.is_integer()) return join(scalar.to<int64_t>());
  return join(scalar.to<double>());
}

}  // namespace cutaway

#include "macros_on.h"
