// SPDX-License-Identifier: MIT
//
// Copying and converting: every pair of dtypes, every pair of layouts, and memory that overlaps.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "../../tensor/ops.h"
#include "../expect_error.h"

namespace cutaway {
namespace {

template <class T>
std::vector<T> values_of(const Tensor& tensor) {
  const Tensor dense = tensor.contiguous();
  return std::vector<T>(dense.data<T>(), dense.data<T>() + dense.numel());
}

TEST(Copy, ConvertsBetweenAllDtypes) {
  for (DType from : kAllDTypes) {
    for (DType to : kAllDTypes) {
      const Tensor converted = tensor({0, 1, 7}, from).to(to);
      EXPECT_EQ(converted.dtype(), to);
      const bool through_bool = from == kBool || to == kBool;
      for (int64_t i = 0; i < 3; ++i) {
        const double expected = i < 2 ? static_cast<double>(i) : through_bool ? 1 : 7;
        EXPECT_EQ(converted[i].item<double>(), expected) << join(from, " to ", to);
      }
    }
  }
}

TEST(Copy, RealsWrapIntoSmallIntegersAndNaNIsTrue) {
  const Tensor reals = tensor_from<double>({-1, 256, 300.9, -0.5, 3.99});
  EXPECT_EQ(values_of<uint8_t>(reals.to(kUInt8)), (std::vector<uint8_t>{255, 0, 44, 0, 3}));
  EXPECT_EQ(values_of<int64_t>(reals.to(kInt64)), (std::vector<int64_t>{-1, 256, 300, 0, 3}));
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const Tensor strange = tensor_from<double>({nan, -0.0, 1e-300});
  EXPECT_EQ(values_of<bool>(strange.to(kBool)), (std::vector<bool>{true, false, true}));
  EXPECT_TRUE(std::isnan(strange.to(kFloat32)[0].item<float>()));
  EXPECT_EQ(tensor({-1, 256}).to(kUInt8)[0].item<int>(), 255);
}

TEST(Copy, RealsThatNoIntegerHoldsConvertToSomething) {
  const double infinity = std::numeric_limits<double>::infinity();
  const Tensor reals = tensor_from<double>({infinity, -infinity, 1e300, std::nan("")});
  for (DType to : {kUInt8, kInt32, kInt64})
    EXPECT_EQ(reals.to(to).numel(), 4);  // and UBSan is silent
}

TEST(Copy, OfATensorToItselfIsNoOverlap) {
  const Tensor row = arange(3).reshape({1, 3}), twice = row.expand({2, 3});
  copy_(twice, row.expand({2, 3}));
  EXPECT_TRUE(equal(row, arange(3).reshape({1, 3})));
  EXPECT_THROW(copy_(twice, row), Error);
  EXPECT_THROW(copy_(twice, twice.clone()), Error);
}

TEST(Copy, GoesFromEveryLayoutToEveryLayout) {
  const Tensor source = arange(12).view({3, 4}).clone();
  const auto layouts = [&](const Tensor& dense) {
    const Tensor transposed = dense.t().clone().t();
    const Tensor strided = zeros({3, 8}, kInt64).slice(1, {}, {}, 2);
    strided.copy_(dense);
    return std::vector<Tensor>{dense.clone(), transposed.t().contiguous().t(), strided};
  };
  for (const Tensor& from : layouts(source)) {
    for (const Tensor& to : layouts(zeros({3, 4}, kInt64))) {
      to.copy_(from);
      EXPECT_TRUE(equal(to, source)) << join(from.strides(), " to ", to.strides());
    }
  }
}

TEST(Copy, ToItselfChangesNothingAndOverlapIsRefused) {
  const Tensor x = arange(5);
  x.copy_(x);
  x.copy_(x.view({5}));
  EXPECT_EQ(values_of<int64_t>(x), (std::vector<int64_t>{0, 1, 2, 3, 4}));
  expect_errors("tensor_errors.txt",
                {
                    {"copy_partial_overlap", [&] { x.slice(0, 1).copy_(x.slice(0, 0, 4)); }},
                    {"add_partial_overlap", [&] { x.slice(0, 1).add_(x.slice(0, 0, 4)); }},
                    {"copy_grows",
                     [] {
                       zeros({3}).copy_(zeros({2, 3}));
                     }},
                    {"fill_too_large_i64", [] { zeros({2}, kInt64).fill_(1e30); }},
                    {"fill_too_large_f32", [] { zeros({2}).fill_(1e300); }},
                });
}

TEST(Copy, ToReturnsItselfUnlessAskedForACopy) {
  const Tensor x = zeros({2});
  EXPECT_TRUE(x.to(kFloat32).is_same(x));
  EXPECT_FALSE(x.to(kFloat32, true).is_same(x));
  EXPECT_NE(x.to(kFloat32, true).storage(), x.storage());
}

TEST(Copy, CloneHasMemoryAndVersionOfItsOwn) {
  const Tensor x = zeros({2, 3});
  const Tensor y = x.t().clone();
  EXPECT_EQ(y.strides(), x.t().strides());
  y.fill_(1);
  EXPECT_EQ(x.sum().item<float>(), 0);
  EXPECT_EQ(x.expand({4, 2, 3}).clone().strides(), (DimVector{6, 3, 1}));
}

}  // namespace
}  // namespace cutaway
