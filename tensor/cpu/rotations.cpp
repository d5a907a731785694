// SPDX-License-Identifier: MIT
#include "rotations.h"

#include <algorithm>
#include <cmath>

#include "../parallel.h"
#include "capability_call.h"

namespace cutaway::inline v0_1::cpu {
namespace {

constexpr int64_t kStripBytes = 256;  // of one column: four vectors of 64 bytes

/// One sweep over a strip. The right column of a rotation is the left one of the next, and stays in
/// registers in between: one load and one store for each rotation. T is spelled out for the
/// compiler's sake: a strip of constant height is what it can keep in registers.
template <class T>
[[gnu::always_inline]] inline void sweep_loop(const Rotation<T>* rotations, int64_t count,
                                              T* column, int64_t stride) {
  using Vectors = Simd<T, 64>;
  using Vector = typename Vectors::Vector;
  using InMemory = typename Vectors::InMemory;
  constexpr int64_t lanes = static_cast<int64_t>(Vectors::kLanes);
  constexpr int vectors = kStripBytes / 64;
  Vector left[vectors];
  for (int v = 0; v < vectors; ++v)
    left[v] = *reinterpret_cast<const InMemory*>(column + v * lanes);
  for (int64_t i = 0; i < count; ++i, column += stride) {
    const T c = rotations[i].c, s = rotations[i].s;
    for (int v = 0; v < vectors; ++v) {
      const Vector right = *reinterpret_cast<const InMemory*>(column + stride + v * lanes);
      *reinterpret_cast<InMemory*>(column + v * lanes) = c * left[v] + s * right;
      left[v] = c * right - s * left[v];
    }
  }
  for (int v = 0; v < vectors; ++v) *reinterpret_cast<InMemory*>(column + v * lanes) = left[v];
}

/// The rows that are left over.
template <class T>
void sweep_row(const Rotation<T>* rotations, int64_t count, T* element, int64_t stride) {
  T left = *element;
  for (int64_t i = 0; i < count; ++i, element += stride) {
    const T right = element[stride];
    *element = rotations[i].c * left + rotations[i].s * right;
    left = rotations[i].c * right - rotations[i].s * left;
  }
  *element = left;
}

}  // namespace

template <class T>
Rotation<T> make_rotation(T x, T y, T& r) {
  if (y == T(0)) {
    r = x;
    return {T(1), T(0)};
  }
  r = std::hypot(x, y);
  return {x / r, y / r};
}

template <class T>
void RotationLog<T>::apply_to(ColumnMatrix<T> z) {
  constexpr int64_t strip = kStripBytes / static_cast<int64_t>(sizeof(T));
  const auto for_each_sweep = [&](const auto& apply) {
    for (size_t k = 0; k < sweeps_.size(); ++k) {
      const size_t end = k + 1 < sweeps_.size() ? sweeps_[k + 1].begin : rotations_.size();
      apply(rotations_.data() + sweeps_[k].begin, static_cast<int64_t>(end - sweeps_[k].begin),
            z.column(sweeps_[k].first_column));
    }
  };
  parallel_for(0, (z.rows + strip - 1) / strip, 1, [&](int64_t begin, int64_t end) {
    for (int64_t row = begin * strip; row < std::min(end * strip, z.rows); row += strip) {
      if (row + strip <= z.rows) {
        for_each_sweep([&](const Rotation<T>* rotations, int64_t count, T* column) {
          call_for_capability<sweep_loop<T>>(rotations, count, column + row, z.stride);
        });
        continue;
      }
      for (int64_t i = row; i < z.rows; ++i) {
        for_each_sweep([&](const Rotation<T>* rotations, int64_t count, T* column) {
          sweep_row(rotations, count, column + i, z.stride);
        });
      }
    }
  });
  sweeps_.clear();
  rotations_.clear();
}

template Rotation<float> make_rotation(float, float, float&);
template class RotationLog<float>;
template Rotation<double> make_rotation(double, double, double&);
template class RotationLog<double>;

}  // namespace cutaway::cpu
