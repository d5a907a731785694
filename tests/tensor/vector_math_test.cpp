// SPDX-License-Identifier: MIT
//
// The float32 functions of vector_math.h and its neighbours against <cmath> in double, over
// the whole range of float; and the loops that run them: the same bits whatever the vectors, the
// layout and the place.
#include "../../tensor/cpu/vector_math.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <vector>

#include "../../tensor/all.h"
#include "../../tensor/cpu/simd.h"
#include "../../tensor/cpu/special_functions.h"
#include "../../tensor/cpu/vector_erf.h"
#include "../../tensor/cpu/vector_trigonometry.h"

namespace cutaway {
namespace {

constexpr float kInfinity = std::numeric_limits<float>::infinity();
constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();

/// Those where something happens, then every 9973rd float of all.
std::vector<float> floats() {
  std::vector<float> all = {0.0f,    -0.0f,     1.0f,       -1.0f, 0.5f,     2.0f,  3.0f, 1e-45f,
                            -1e-45f, kInfinity, -kInfinity, kNaN,  0.99999f, -2.0f, 1e6f, 3.4e38f};
  for (uint64_t bits = 0; bits < uint64_t{1} << 32; bits += 9973) {
    all.push_back(std::bit_cast<float>(static_cast<uint32_t>(bits)));
  }
  return all;
}

/// How far the result is from the true value, in units in the last place of the latter.
double error_in_ulp(float result, double exact) {
  if (std::isnan(exact)) return std::isnan(result) ? 0 : kInfinity;
  const float rounded = static_cast<float>(exact);
  if (std::isinf(rounded) || exact == 0) {
    const bool same = std::bit_cast<uint32_t>(result) == std::bit_cast<uint32_t>(rounded);
    return same ? 0 : kInfinity;
  }
  int exponent = 0;
  std::frexp(rounded, &exponent);
  const double unit = std::ldexp(1.0, std::max(exponent - 24, -149));
  return std::abs(static_cast<double>(result) - exact) / unit;
}

template <class F, class Exact>
void expect_close(const char* name, F f, Exact exact, double limit = kInfinity,
                  double tolerance = 0.51) {
  double worst = 0;
  float where = 0;
  for (const float x : floats()) {
    if (std::abs(x) > limit) continue;
    const double error = error_in_ulp(f(x), exact(static_cast<double>(x)));
    if (!(error <= worst)) {
      worst = error;
      where = x;
    }
  }
  EXPECT_LE(worst, tolerance) << name << " at " << where << " gives " << f(where);
}

using cpu::kLargestAngle;

TEST(VectorMath, IsRightAllOverTheRange) {
  expect_close(
      "expm1", [](float x) { return cpu::vector_expm1(x); },
      [](double x) { return std::expm1(x); });
  expect_close(
      "exp2", [](float x) { return cpu::vector_exp2(x); }, [](double x) { return std::exp2(x); },
      kInfinity, 1.2);
  expect_close(
      "sinh", [](float x) { return cpu::vector_sinh(x); }, [](double x) { return std::sinh(x); });
  expect_close(
      "cosh", [](float x) { return cpu::vector_cosh(x); }, [](double x) { return std::cosh(x); });
  expect_close(
      "log", [](float x) { return cpu::vector_log(x); }, [](double x) { return std::log(x); });
  expect_close(
      "log2", [](float x) { return cpu::vector_log2(x); }, [](double x) { return std::log2(x); });
  expect_close(
      "log10", [](float x) { return cpu::vector_log10(x); },
      [](double x) { return std::log10(x); });
  expect_close(
      "log1p", [](float x) { return cpu::vector_log1p(x); },
      [](double x) { return std::log1p(x); });
  expect_close(
      "erf", [](float x) { return cpu::vector_erf(x); }, [](double x) { return std::erf(x); },
      kInfinity, 1.5);
  expect_close(
      "erfc", [](float x) { return cpu::vector_erfc(x); }, [](double x) { return std::erfc(x); });
  expect_close(
      "erfinv", [](float x) { return cpu::vector_erfinv(x); },
      [](double x) { return cpu::erfinv(x); });
  expect_close(
      "asinh", [](float x) { return cpu::vector_asinh(x); },
      [](double x) { return std::asinh(x); });
  expect_close(
      "acosh", [](float x) { return cpu::vector_acosh(x); },
      [](double x) { return std::acosh(x); });
  expect_close(
      "atanh", [](float x) { return cpu::vector_atanh(x); },
      [](double x) { return std::atanh(x); });
}

TEST(VectorMath, TrigonometryIsRightAllOverTheRange) {
  expect_close(
      "sin", [](float x) { return cpu::vector_sin(x); }, [](double x) { return std::sin(x); },
      kLargestAngle);
  expect_close(
      "cos", [](float x) { return cpu::vector_cos(x); }, [](double x) { return std::cos(x); },
      kLargestAngle);
  expect_close(
      "tan", [](float x) { return cpu::vector_tan(x); }, [](double x) { return std::tan(x); },
      kLargestAngle);
  expect_close(
      "asin", [](float x) { return cpu::vector_asin(x); }, [](double x) { return std::asin(x); });
  expect_close(
      "acos", [](float x) { return cpu::vector_acos(x); }, [](double x) { return std::acos(x); });
  expect_close(
      "atan", [](float x) { return cpu::vector_atan(x); }, [](double x) { return std::atan(x); });
}

constexpr float kNumbers[] = {0.0f,  -0.0f,     1.0f,       -1.0f, 2.5f,  -2.5f,
                              3.0f,  -3.0f,     -2.0f,      0.5f,  -0.7f, 17.0f,
                              1e-3f, kInfinity, -kInfinity, kNaN,  1e30f, 1.0001f};

/// f(x, y) and f(y, x) for each y of a few and x of many.
template <class F, class Exact>
void expect_close_in_two(const char* name, F f, Exact exact) {
  for (const double y : kNumbers) {
    const float number = static_cast<float>(y);
    expect_close(
        name, [&](float x) { return f(x, number); }, [&](double x) { return exact(x, y); });
    expect_close(
        name, [&](float x) { return f(number, x); }, [&](double x) { return exact(y, x); });
  }
}

TEST(VectorMath, FunctionsOfTwoNumbersFollowIeee) {
  expect_close_in_two(
      "pow", [](float x, float y) { return cpu::vector_pow(x, y); },
      [](double x, double y) { return std::pow(x, y); });
  expect_close_in_two(
      "atan2", [](float y, float x) { return cpu::vector_atan2(y, x); },
      [](double y, double x) { return std::atan2(y, x); });
  expect_close_in_two(
      "hypot", [](float x, float y) { return cpu::vector_hypot(x, y); },
      [](double x, double y) { return std::hypot(x, y); });
  expect_close_in_two(
      "logaddexp", [](float x, float y) { return cpu::vector_logaddexp(x, y); },
      [](double x, double y) { return cpu::vector_logaddexp(x, y); });
  expect_close_in_two(
      "logaddexp2", [](float x, float y) { return cpu::vector_logaddexp2(x, y); },
      [](double x, double y) { return cpu::vector_logaddexp2(x, y); });
}

/// That each found[i] has the bits of exact(x[i], y), or both are NaN.
template <class F>
void expect_each(const char* name, const Tensor& found, const Tensor& x, float y, const F& exact) {
  for (int64_t i = 0; i < x.numel(); ++i) {
    const float expected = exact(x.data<float>()[i], y);
    const float result = found.data<float>()[i];
    if (std::isnan(expected) && std::isnan(result)) continue;
    ASSERT_EQ(std::bit_cast<uint32_t>(result), std::bit_cast<uint32_t>(expected))
        << name << "(" << x.data<float>()[i] << ", " << y << ") gives " << result;
  }
}

// Both for quotients that vector_fmod serves, and for those too large for it.
TEST(VectorMath, RemaindersAreExact) {
  std::vector<float> numbers = floats();
  numbers.resize(50000);
  const Tensor x = empty({50000});
  std::copy(numbers.begin(), numbers.end(), x.data<float>());
  for (const float y : kNumbers) {
    const Tensor divisor = full({}, y);
    expect_each("fmod", fmod(x, divisor), x, y, [](float a, float b) { return std::fmod(a, b); });
    expect_each("remainder", remainder(x, divisor), x, y, [](float a, float b) {
      const float rest = std::fmod(a, b);
      return rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest;
    });
  }
}

using Unary = Tensor (*)(const Tensor&);

std::vector<uint32_t> bits_of(const Tensor& x) {
  const Tensor dense = x.contiguous();
  const float* data = dense.data<float>();
  std::vector<uint32_t> bits;
  for (int64_t i = 0; i < dense.numel(); ++i) {
    bits.push_back(std::isnan(data[i]) ? 0 : std::bit_cast<uint32_t>(data[i]));
  }
  return bits;
}

const Unary kFunctions[] = {
    [](const Tensor& x) { return x.exp(); },
    [](const Tensor& x) { return x.expm1(); },
    [](const Tensor& x) { return x.log(); },
    [](const Tensor& x) { return x.log1p(); },
    [](const Tensor& x) { return x.sin(); },
    [](const Tensor& x) { return x.cos(); },
    [](const Tensor& x) { return x.sinh(); },
    [](const Tensor& x) { return x.cosh(); },
    [](const Tensor& x) { return x.erf(); },
    [](const Tensor& x) { return x.erfc(); },
    [](const Tensor& x) { return x.exp2(); },
    [](const Tensor& x) { return x.tan(); },
    [](const Tensor& x) { return x.asin(); },
    [](const Tensor& x) { return x.acos(); },
    [](const Tensor& x) { return x.atan(); },
    [](const Tensor& x) { return x.asinh(); },
    [](const Tensor& x) { return x.acosh(); },
    [](const Tensor& x) { return x.atanh(); },
    [](const Tensor& x) { return x.sigmoid(); },
    [](const Tensor& x) { return x.tanh(); },
    [](const Tensor& x) { return silu(x); },
    [](const Tensor& x) { return softplus(x); },
    [](const Tensor& x) { return mish(x); },
    [](const Tensor& x) { return gelu(x, "none"); },
    [](const Tensor& x) { return gelu(x, "tanh"); },
    [](const Tensor& x) { return elu(x); },
    [](const Tensor& x) { return x.pow(1.7); },
    [](const Tensor& x) { return pow(x, 0.7 - x * x); },
    [](const Tensor& x) { return atan2(x, 0.7 - x * x); },
    [](const Tensor& x) { return hypot(x, 0.7 - x * x); },
    [](const Tensor& x) { return fmod(x, 0.7 - x * x); },
    [](const Tensor& x) { return remainder(x, 0.7 - x * x); },
    [](const Tensor& x) { return floor_divide(x, 0.7 - x * x); },
    [](const Tensor& x) { return logaddexp(x, 0.7 - x * x); },
};

/// Angles of all sizes, some beyond kLargestAngle, between ordinary numbers.
Tensor assorted(int64_t n) {
  Tensor x = empty({n});
  for (int64_t i = 0; i < n; ++i) {
    const float ordinary = 0.037f * static_cast<float>(i % 401) - 7.0f;
    x.data<float>()[i] = i % 97 == 13 ? ordinary * 3e7f : ordinary;
  }
  return x;
}

TEST(VectorMath, TheBitsDoNotDependOnTheVectors) {
  const Tensor x = assorted(1003);
  const cpu::CpuCapability best = cpu::get_cpu_capability();
  for (const Unary& f : kFunctions) {
    const std::vector<uint32_t> expected = bits_of(f(x));
    for (const auto capability : {cpu::CpuCapability::kDefault, cpu::CpuCapability::kAvx2}) {
      cpu::set_cpu_capability(capability);
      EXPECT_EQ(bits_of(f(x)), expected)
          << "function " << &f - kFunctions << ", " << cpu::to_string(capability);
    }
    cpu::set_cpu_capability(best);
  }
}

TEST(VectorMath, TheBitsDoNotDependOnTheLayout) {
  const Tensor x = assorted(1003);
  const Tensor strided = empty({1003, 3}).select(1, 1);
  strided.copy_(x);
  for (const Unary& f : kFunctions) {
    const std::vector<uint32_t> expected = bits_of(f(x));
    EXPECT_EQ(bits_of(f(strided)), expected) << "strided, function " << &f - kFunctions;
    std::vector<uint32_t> one_by_one;
    for (int64_t i = 0; i < x.numel(); ++i) one_by_one.push_back(bits_of(f(x.select(0, i)))[0]);
    EXPECT_EQ(one_by_one, expected) << "one by one, function " << &f - kFunctions;
  }
}

TEST(VectorMath, HugeAnglesAreReducedExactly) {
  const Tensor x = tensor({1e6f, 1.5e6f, 1e10f, 3.4e38f, -2e20f});
  for (int64_t i = 0; i < x.numel(); ++i) {
    const float angle = x.data<float>()[i];
    EXPECT_LE(error_in_ulp(x.sin().data<float>()[i], std::sin(static_cast<double>(angle))), 1);
    EXPECT_LE(error_in_ulp(x.cos().data<float>()[i], std::cos(static_cast<double>(angle))), 1);
    EXPECT_LE(error_in_ulp(x.tan().data<float>()[i], std::tan(static_cast<double>(angle))), 1);
  }
}

}  // namespace
}  // namespace cutaway
