// SPDX-License-Identifier: MIT
//
// Sizes, strides and ranges too large to count in 63 bits are refused, and nothing is read or
// written outside the memory on their word.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>
#include <string>

#include "../../tensor/ops.h"

namespace cutaway {
namespace {

constexpr int64_t kHuge = int64_t{1} << 40;

std::string error_of(const std::function<void()>& call) {
  try {
    call();
  } catch (const Error& error) {
    return error.message();
  }
  return "no error";
}

TEST(Overflow, ArangeOfIntegersCountsBeyond63Bits) {
  constexpr int64_t quarter = int64_t{1} << 62;
  const Tensor wide = arange(INT64_MIN, INT64_MAX, quarter);
  ASSERT_EQ(wide.numel(), 4);
  EXPECT_EQ(wide[1].item<int64_t>(), -quarter);
  EXPECT_EQ(wide[3].item<int64_t>(), quarter);
  const Tensor down = arange(INT64_MAX, INT64_MIN, -quarter);
  ASSERT_EQ(down.numel(), 4);
  EXPECT_EQ(down[3].item<int64_t>(), -quarter - 1);
  EXPECT_EQ(arange(0, INT64_MIN, INT64_MIN).numel(), 1);
  EXPECT_EQ(error_of([] { arange(INT64_MIN, INT64_MAX); }), "invalid size, possible overflow?");
  EXPECT_EQ(error_of([] { arange(0.0, 1e30, 1e29, kInt64); }),
            "value cannot be converted to type int64_t without overflow");
}

TEST(Overflow, OfALimitOrFactorIsRefused) {
  const Tensor x = ones({2}), half = ones({2}, kFloat16), bytes = ones({2}, kInt8);
  const std::string refused = "value cannot be converted to type ", why = " without overflow";
  EXPECT_EQ(error_of([&] { clamp(x, ScalarLimit(), 1e39); }), refused + "float" + why);
  EXPECT_EQ(error_of([&] { clamp(half, 70000, ScalarLimit()); }), refused + "c10::Half" + why);
  EXPECT_EQ(error_of([&] { bytes.clamp_min(300); }), refused + "int8_t" + why);
  EXPECT_EQ(error_of([&] { hardtanh(x, -1, 1e39); }), refused + "float" + why);
  EXPECT_EQ(error_of([&] { hardtanh(bytes, -1, 300); }), refused + "int8_t" + why);
  EXPECT_EQ(error_of([&] { hardtanh(bytes, -1, 1e39); }), refused + "int64_t" + why);
  EXPECT_EQ(error_of([&] { elu(half, 1e39); }), refused + "float" + why);
  EXPECT_EQ(error_of([&] { leaky_relu(x, 1e39); }), refused + "float" + why);
  EXPECT_EQ(error_of([&] { softplus(x, 1e39); }), refused + "float" + why);
  const double infinity = std::numeric_limits<double>::infinity();
  EXPECT_EQ(clamp(x, ScalarLimit(-infinity), infinity)[0].item<float>(), 1);
  EXPECT_TRUE(std::isnan(
      clamp(x, ScalarLimit(std::nan("")), 1e39)[0].item<float>()));  // whatever the other is
  EXPECT_EQ(elu(half, 70000)[0].item<float>(), 1);                   // computed in float
}

TEST(Overflow, OfBytesOfMemoryOfTheCallersIsRefused) {
  double number = 0;
  const int64_t size = int64_t{1} << 62;
  EXPECT_EQ(error_of([&] { from_blob(&number, size, kFloat64); }),
            "Storage size calculation overflowed with sizes=[4611686018427387904]");
}

TEST(Overflow, OfStridesIsRefused) {
  const Tensor empty_and_wide = ones({0, 1, 1}).expand({0, kHuge, kHuge});
  EXPECT_EQ(error_of([&] { empty_and_wide.flatten(1, 2); }),
            "numel: integer multiplication overflow for shape [1099511627776, 1099511627776]");
  const Tensor row = ones(1).expand(kHuge);
  const Tensor column = ones({1, 1}).expand({kHuge, 1});
  EXPECT_EQ(error_of([&] { row* column; }),
            "Stride calculation overflowed for shape [1099511627776, 1099511627776]");
  EXPECT_EQ(error_of([] {
              empty_strided({kHuge, kHuge}, {kHuge, 1});
            }),
            "numel: integer multiplication overflow for shape [1099511627776, 1099511627776]");
}

TEST(Overflow, OfAViewsReachIsOutsideItsInput) {
  EXPECT_EQ(error_of([] {
              as_strided_backward(ones({2, 2}), {4}, {2, 2}, {INT64_MAX, INT64_MAX}, 0);
            }),
            "as_strided_backward: a view of sizes [2, 2], strides [9223372036854775807, "
            "9223372036854775807] and offset 0 does not fit into an input of shape [4]");
}

// For UBSan: without elements there is no memory, and an offset into none is not formed.
TEST(Overflow, TensorsWithoutElementsHaveNoOffset) {
  const Tensor none = zeros({3, 0}).select(0, 2);
  EXPECT_EQ(none.raw_data(), none.storage()->data());
  EXPECT_EQ((none * 2).numel(), 0);
  const Tensor past = zeros({3, 4}).slice(0, 3).slice(1, 4);
  EXPECT_EQ(past.raw_data(), past.storage()->data());
  EXPECT_EQ(bmm(ones({2, 3, 0}), ones({2, 0, 4})).sum().item<float>(), 0);
}

}  // namespace
}  // namespace cutaway
