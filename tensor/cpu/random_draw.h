// SPDX-License-Identifier: MIT
//
// The two draws that nearly all random numbers are made of: one from [0, 1), and one from the
// normal distribution (u24, u53 and the one-by-one rule of normal_ in Note [Same random numbers as
// PyTorch], tensor/generator.h). The caller holds the generator's mutex.
//
// PyTorch counterpart: uniform_real_distribution, normal_distribution in
// ATen/core/DistributionsHelper.h.
#pragma once

#include <cmath>
#include <cstdint>
#include <limits>
#include <numbers>
#include <optional>

#include "../generator.h"

namespace cutaway::inline v0_1::cpu {

/// A real number in [0, 1), with every bit of T's precision random.
template <class T>
T unit(Generator& generator) {
  constexpr int digits = std::numeric_limits<T>::digits;
  constexpr uint64_t mask = (uint64_t{1} << digits) - 1;
  constexpr T scale = T{1} / static_cast<T>(uint64_t{1} << digits);
  uint64_t bits = sizeof(T) == 8 ? generator.random64() : generator.random();
  return static_cast<T>(bits & mask) * scale;
}

/// One normal number by Box and Muller; every second call takes the value the call before kept.
inline double normal_number(Generator& generator, double mean, double std) {
  if (std::optional<double> kept = generator.take_kept_normal()) return std::fma(*kept, std, mean);
  double u1 = unit<double>(generator);
  double u2 = unit<double>(generator);
  double radius = std::sqrt(-2.0 * std::log1p(-u2));
  double angle = 2.0 * std::numbers::pi * u1;
  generator.keep_normal(radius * std::sin(angle));
  return std::fma(radius * std::cos(angle), std, mean);
}

}  // namespace cutaway::cpu
