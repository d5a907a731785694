// SPDX-License-Identifier: MIT
//
// Half and BFloat16: every bit pattern to float and back against the definition of the formats, and
// floats rounded to them against the definition of rounding (to the nearest, ties to even), both
// computed exactly in double.
#include "../../tensor/half.h"

#include <gtest/gtest.h>

#include <cmath>
#include <ios>
#include <string>
#include <vector>

#include "../../tensor/dtype.h"
#include "../../tensor/scalar.h"

namespace cutaway {
namespace {

/// What tells one format from the other.
template <class T>
struct Format;
template <>
struct Format<Half> {
  static constexpr int mantissa = 10, bias = 15;
};
template <>
struct Format<BFloat16> {
  static constexpr int mantissa = 7, bias = 127;
};

/// (-1)^s 2^(e - bias) 1.m, and so on: the table of half.h.
template <class T>
double defined_value(uint32_t bits) {
  constexpr int digits = Format<T>::mantissa;
  const uint32_t m = bits & ((1u << digits) - 1);
  const int e = static_cast<int>((bits & 0x7fffu) >> digits);
  const double fraction = std::ldexp(static_cast<double>(m), -digits);
  double size = e == 0 ? std::ldexp(fraction, 1 - Format<T>::bias)
                       : std::ldexp(1 + fraction, e - Format<T>::bias);
  if (e == (0x7fff >> digits)) size = m == 0 ? HUGE_VAL : NAN;
  return (bits & 0x8000u) != 0 ? -size : size;
}

/// The bits of the number of the format nearest to x, which is not NaN. Positive patterns are in
/// the order of their values, so the neighbours of x are found by bisection; the one with the even
/// pattern wins a tie. Above the largest number stands 2^(largest exponent + 1), called infinity.
template <class T>
uint16_t nearest(float x) {
  constexpr uint32_t infinity = 0x7fffu >> Format<T>::mantissa << Format<T>::mantissa;
  const auto value = [](uint32_t bits) {
    if (bits < infinity) return defined_value<T>(bits);
    return 2 * defined_value<T>(infinity - (1u << Format<T>::mantissa));
  };
  const double size = std::abs(static_cast<double>(x));
  uint32_t low = 0, high = infinity;  // value(low) <= size, and size < value(high) if not infinite
  while (high - low > 1) {
    const uint32_t middle = (low + high) / 2;
    (value(middle) <= size ? low : high) = middle;
  }
  const double below = size - value(low), above = value(high) - size;
  const bool up = below != above ? below > above : high % 2 == 0;
  return static_cast<uint16_t>((up ? high : low) | (std::signbit(x) ? 0x8000u : 0u));
}

template <class T>
class HalfTest : public testing::Test {};
using Formats = testing::Types<Half, BFloat16>;
TYPED_TEST_SUITE(HalfTest, Formats);

TYPED_TEST(HalfTest, EveryPatternIsTheNumberItStandsFor) {
  for (uint32_t bits = 0; bits < 65536; ++bits) {
    const float value = TypeParam::from_bits(static_cast<uint16_t>(bits));
    const double expected = defined_value<TypeParam>(bits);
    if (std::isnan(expected)) {
      ASSERT_TRUE(std::isnan(value)) << bits;
    } else {
      ASSERT_EQ(static_cast<double>(value), expected) << bits;
    }
    ASSERT_EQ(std::signbit(value), (bits & 0x8000u) != 0) << bits;
  }
}

TYPED_TEST(HalfTest, EveryPatternComesBackFromFloat) {
  for (uint32_t bits = 0; bits < 65536; ++bits) {
    const float value = TypeParam::from_bits(static_cast<uint16_t>(bits));
    const TypeParam back = value;
    if (std::isnan(value)) {
      ASSERT_TRUE(std::isnan(static_cast<float>(back)));
    } else {
      ASSERT_EQ(back.bits, bits);
    }
  }
}

TYPED_TEST(HalfTest, RoundsEachTieAndItsNeighboursToTheNearest) {
  for (uint32_t bits = 0; bits < 0x7fff; ++bits) {
    const double low = defined_value<TypeParam>(bits), high = defined_value<TypeParam>(bits + 1);
    if (!std::isfinite(low) || std::isnan(high)) continue;
    const double top = std::isfinite(high) ? high : 2 * defined_value<TypeParam>(bits & ~0x3ffu);
    const float tie = static_cast<float>(low + (top - low) / 2);
    for (float x : {tie, std::nextafter(tie, 0.0f), std::nextafter(tie, HUGE_VALF)}) {
      ASSERT_EQ(TypeParam(x).bits, nearest<TypeParam>(x)) << bits;
      ASSERT_EQ(TypeParam(-x).bits, nearest<TypeParam>(-x)) << bits;
    }
  }
}

TYPED_TEST(HalfTest, RoundsFloatsOfEverySizeToTheNearest) {
  uint32_t bits = 12345;
  for (int i = 0; i < 300000; ++i) {
    bits = bits * 1664525u + 1013904223u;
    const float x = std::bit_cast<float>(bits);
    if (std::isnan(x)) continue;
    ASSERT_EQ(TypeParam(x).bits, nearest<TypeParam>(x)) << std::hexfloat << x;
  }
}

TYPED_TEST(HalfTest, KeepsNaNs) {
  for (uint32_t bits : {0x7f800001u, 0x7fc00000u, 0x7fffffffu, 0xff800001u, 0xffffffffu}) {
    EXPECT_TRUE(std::isnan(static_cast<float>(TypeParam(std::bit_cast<float>(bits))))) << bits;
  }
}

TYPED_TEST(HalfTest, LimitsAreThoseOfTheFormat) {
  using Limits = std::numeric_limits<TypeParam>;
  constexpr int m = Format<TypeParam>::mantissa, bias = Format<TypeParam>::bias;
  EXPECT_EQ(Limits::digits, m + 1);
  EXPECT_EQ(Limits::max(), std::ldexp(2 - std::ldexp(1.0, -m), bias));
  EXPECT_EQ(Limits::lowest(), -Limits::max());
  EXPECT_EQ(Limits::min(), std::ldexp(1.0, 1 - bias));
  EXPECT_EQ(Limits::epsilon(), std::ldexp(1.0, -m));
  EXPECT_TRUE(std::isinf(static_cast<float>(Limits::infinity())));
  EXPECT_TRUE(std::isnan(static_cast<float>(Limits::quiet_NaN())));
}

TEST(Half, ConvertsInConstantExpressions) {
  static_assert(Half(1.0f).bits == 0x3c00 && Half(65520.0f).bits == 0x7c00);
  static_assert(Half(0x1p-24f).bits == 1 && Half(0x1p-25f).bits == 0);
  static_assert(BFloat16(1.0f).bits == 0x3f80 && BFloat16(-2.0f).bits == 0xc000);
  static_assert(float(Half(int64_t{3})) + float(BFloat16(0.5)) == 3.5f);
  static_assert(std::is_trivially_copyable_v<Half> && sizeof(Half) == 2);
  static_assert(std::is_trivially_copyable_v<BFloat16> && sizeof(BFloat16) == 2);
}

TEST(Half, IsAScalarOfItsValue) {
  EXPECT_EQ(Scalar(Half(2.5f)).to<double>(), 2.5);
  EXPECT_TRUE(Scalar(BFloat16(2.0f)).is_floating_point());
  EXPECT_EQ(Scalar(2.5).to<Half>().bits, Half(2.5f).bits);
  EXPECT_EQ(Scalar(7).to<BFloat16>().bits, BFloat16(7.0f).bits);
}

/// torch.promote_types of all pairs: row and column in the order of kAllDTypes.
TEST(DTypes, PromoteAsInPyTorch) {
  const char* const table[] = {
      "uint8 int16 int16 int32 int64 float16 bfloat16 float32 float64 uint8",
      "int16 int8 int16 int32 int64 float16 bfloat16 float32 float64 int8",
      "int16 int16 int16 int32 int64 float16 bfloat16 float32 float64 int16",
      "int32 int32 int32 int32 int64 float16 bfloat16 float32 float64 int32",
      "int64 int64 int64 int64 int64 float16 bfloat16 float32 float64 int64",
      "float16 float16 float16 float16 float16 float16 float32 float32 float64 float16",
      "bfloat16 bfloat16 bfloat16 bfloat16 bfloat16 float32 bfloat16 float32 float64 bfloat16",
      "float32 float32 float32 float32 float32 float32 float32 float32 float64 float32",
      "float64 float64 float64 float64 float64 float64 float64 float64 float64 float64",
      "uint8 int8 int16 int32 int64 float16 bfloat16 float32 float64 bool",
  };
  std::vector<std::string> names;
  for (DType dtype : kAllDTypes) names.emplace_back(name_of(dtype));
  for (size_t i = 0; i < names.size(); ++i) {
    std::string row;
    for (DType other : kAllDTypes)
      row += join(row.empty() ? "" : " ", name_of(promote_types(kAllDTypes[i], other)));
    EXPECT_EQ(row, table[i]) << names[i];
  }
}

TEST(DTypes, CastAsInPyTorch) {
  // 1 where torch.can_cast(row, column).
  const char* const table[] = {
      "1111111110", "1111111110", "1111111110", "1111111110", "1111111110",
      "0000011110", "0000011110", "0000011110", "0000011110", "1111111111",
  };
  for (size_t i = 0; i < std::size(kAllDTypes); ++i) {
    std::string row;
    for (DType to : kAllDTypes) row += can_cast(kAllDTypes[i], to) ? '1' : '0';
    EXPECT_EQ(row, table[i]) << name_of(kAllDTypes[i]);
  }
}

TEST(DTypes, AreVisitedWithTheTypeOfTheirElements) {
  for (DType dtype : kAllDTypes) {
    visit_dtype(dtype, [&]<class T>(TypeTag<T>) {
      EXPECT_EQ(dtype_of<T>, dtype);
      EXPECT_EQ(static_cast<int64_t>(sizeof(T)), size_of(dtype)) << name_of(dtype);
      EXPECT_EQ(is_real_v<T>, is_floating_point(dtype)) << name_of(dtype);
    });
    visit_size(dtype, [&]<class T>(TypeTag<T>) {
      EXPECT_EQ(static_cast<int64_t>(sizeof(T)), size_of(dtype)) << name_of(dtype);
    });
  }
}

TEST(DTypes, HalvesThatReachAFloatKernelAreRefused) {
  const auto nothing = [](auto) {};
  for (DType dtype : {kFloat16, kBFloat16}) {
    EXPECT_THROW(visit_floating(dtype, "exp", nothing), NotImplementedError);
    EXPECT_THROW(visit_numeric(dtype, "exp", nothing), NotImplementedError);
    EXPECT_THROW(visit_wide(dtype, "exp", nothing), NotImplementedError);
    EXPECT_NO_THROW(visit_real(dtype, "exp", nothing));
    EXPECT_NO_THROW(visit_number(dtype, "exp", nothing));
  }
}

}  // namespace
}  // namespace cutaway
