// SPDX-License-Identifier: MIT
#include "normal_block.h"

#include <bit>
#include <cmath>
#include <numbers>

namespace cutaway::inline v0_1::cpu {
namespace {

// always_inline: the float functions are compiled as part of each of their two callers, for the
// processor that caller is for.

/// log u for u in [2^-24, 1]. With u = m * 2^e, m in [sqrt(1/2), sqrt(2)) and x = m - 1:
///     log u = e log 2 + x - x^2 / 2 + x^3 P(x)
[[gnu::always_inline]] inline float log_polynomial(float u) {
  // The bits of a float count its exponent above bit 23: taking those of sqrt(1/2) away first makes
  // the exponent step at sqrt(1/2), sqrt(2), ... rather than at powers of two.
  int32_t bits = std::bit_cast<int32_t>(u);
  int32_t exponent = (bits - std::bit_cast<int32_t>(0.707106781186547524f)) >> 23;
  float e = static_cast<float>(exponent);
  float x = std::bit_cast<float>(bits - exponent * (1 << 23)) - 1.0f;

  float p = 7.0376836292e-2f;
  p = std::fma(p, x, -1.1514610310e-1f);
  p = std::fma(p, x, 1.1676998740e-1f);
  p = std::fma(p, x, -1.2420140846e-1f);
  p = std::fma(p, x, 1.4249322787e-1f);
  p = std::fma(p, x, -1.6668057665e-1f);
  p = std::fma(p, x, 2.0000714765e-1f);
  p = std::fma(p, x, -2.4999993993e-1f);
  p = std::fma(p, x, 3.3333331174e-1f);

  // log 2 = 0.693359375 - 2.12194440e-4; the first part times any e is exact.
  float square = x * x;
  float y = std::fma(p * x, square, e * -2.12194440e-4f);
  y = std::fma(square, -0.5f, y);
  return std::fma(e, 0.693359375f, x + y);
}

/// sin t and cos t for t in [0, 2 pi]. With j the even number nearest to t / (pi/4), the rest
/// x = t - j pi/4 lies in [-pi/4, pi/4], where short polynomials serve; j / 2 is the number of
/// quarter turns still to add.
[[gnu::always_inline]] inline void sincos_polynomial(float t, float& sin, float& cos) {
  int j = (static_cast<int>(t * 1.27323954473516f) + 1) & ~1;  // 4 / pi
  float turns = static_cast<float>(j);
  // pi / 4 in three parts, the first two short enough for their products to be exact.
  float x = std::fma(turns, -0.78515625f, t);
  x = std::fma(turns, -2.4187564849853515625e-4f, x);
  x = std::fma(turns, -3.77489497744594108e-8f, x);
  float z = x * x;

  float c = 2.443315711809948e-5f;  // cos x = 1 - z / 2 + z^2 C(z)
  c = std::fma(c, z, -1.388731625493765e-3f);
  c = std::fma(c, z, 4.166664568298827e-2f);
  c = std::fma(c * z, z, z * -0.5f) + 1.0f;

  float s = -1.9515295891e-4f;  // sin x = x + x z S(z)
  s = std::fma(s, z, 8.3321608736e-3f);
  s = std::fma(s, z, -1.6666654611e-1f);
  s = std::fma(s * z, x, x);

  bool odd = (j & 2) != 0;              // an odd number of quarter turns swaps the two
  bool minus_sin = (j & 4) != 0;        // sin < 0 in the third and fourth quadrant
  bool minus_cos = ((j + 2) & 4) != 0;  // cos < 0 in the second and third
  float s_turned = odd ? c : s;
  float c_turned = odd ? s : c;
  sin = minus_sin ? -s_turned : s_turned;
  cos = minus_cos ? -c_turned : c_turned;
}

/// Five short loops, not one, so that a compiler can run the eight pairs side by side.
[[gnu::always_inline]] inline void blocks_of_float(float* data, int64_t blocks, float mean,
                                                   float std) {
  constexpr float two_pi = 2.0f * std::numbers::pi_v<float>;
  for (; blocks > 0; --blocks, data += 16) {
    float radius[8], sin[8], cos[8];
    for (int j = 0; j < 8; ++j) radius[j] = -2.0f * log_polynomial(1.0f - data[j]);
    for (int j = 0; j < 8; ++j) radius[j] = std::sqrt(radius[j]);
    for (int j = 0; j < 8; ++j) sincos_polynomial(two_pi * data[j + 8], sin[j], cos[j]);
    for (int j = 0; j < 8; ++j) data[j] = std::fma(radius[j] * cos[j], std, mean);
    for (int j = 0; j < 8; ++j) data[j + 8] = std::fma(radius[j] * sin[j], std, mean);
  }
}

// The same body for processors with a multiply-add instruction, where std::fma need not be a call.
// Both give the same numbers; this one is ten times as fast.
#if defined(__GNUC__) && defined(__x86_64__)
[[gnu::target("avx2,fma")]] void blocks_with_fma(float* data, int64_t blocks, float mean,
                                                 float std) {
  blocks_of_float(data, blocks, mean, std);
}
bool has_fma() { return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"); }
#else
constexpr auto blocks_with_fma = blocks_of_float;
bool has_fma() { return false; }
#endif

}  // namespace

void normal_blocks(float* data, int64_t blocks, float mean, float std) {
  if (has_fma())
    blocks_with_fma(data, blocks, mean, std);
  else
    blocks_of_float(data, blocks, mean, std);
}

void normal_blocks(double* data, int64_t blocks, double mean, double std) {
  for (; blocks > 0; --blocks, data += 16) {
    for (int j = 0; j < 8; ++j) {
      double radius = std::sqrt(-2.0 * std::log(1.0 - data[j]));
      double angle = 2.0 * std::numbers::pi * data[j + 8];
      data[j] = std::fma(radius * std::cos(angle), std, mean);
      data[j + 8] = std::fma(radius * std::sin(angle), std, mean);
    }
  }
}

}  // namespace cutaway::cpu
