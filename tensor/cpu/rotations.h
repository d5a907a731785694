// SPDX-License-Identifier: MIT
//
// Givens rotations (Golub & Van Loan, "Matrix Computations", 4th ed., section 5.1.8), as the
// iterations for eigenvalues and singular values use them: in sweeps, each over neighbouring
// columns from left to right.
//
// The iterations need only a few diagonals; the vectors merely follow. So the rotations are written
// down first, and applied later to strips of rows that stay in the cache, each strip on whatever
// thread is free (LAPACK's lasr, with more sweeps at once).
#pragma once

#include <cstddef>
#include <vector>

#include "column_matrix.h"

namespace cutaway::inline v0_1::cpu {

/// (c, s) with c x + s y = r and -s x + c y = 0.
template <class T>
struct Rotation {
  T c, s;
};
template <class T>
Rotation<T> make_rotation(T x, T y, T& r);

template <class T>
class RotationLog {
 public:
  /// What was added since the last call of start is one sweep, whose first rotation acts on columns
  /// (first, first + 1), the next on (first + 1, first + 2), and so on.
  void start(int64_t first) { sweeps_.push_back({first, rotations_.size()}); }
  void add(Rotation<T> rotation) { rotations_.push_back(rotation); }

  /// Whether there are so many that they should be applied before more are added.
  bool is_long() const { return rotations_.size() > (std::size_t{1} << 20); }

  /// Every rotation, in order, turns columns (p, q) of z into (c p + s q, -s p + c q). Forgets
  /// them.
  void apply_to(ColumnMatrix<T> z);

 private:
  struct Sweep {
    int64_t first_column;
    std::size_t begin;  // in rotations_
  };
  std::vector<Sweep> sweeps_;
  std::vector<Rotation<T>> rotations_;
};

/// The outer loop of the implicit QR algorithm on a band of two diagonals, whose off-diagonal is e
/// (n - 1): sweep(first, last) works on the last block that no negligible element of e cuts, until
/// nothing is left. Returns 0, or the index at which it did not converge.
template <class T, class IsNegligible, class Sweep>
int64_t sweep_blocks(int64_t n, T* e, const IsNegligible& is_negligible, const Sweep& sweep) {
  constexpr int64_t kMostSweeps = 30;  // per value; two is usual
  int64_t sweeps_left = kMostSweeps * n;
  for (int64_t last = n - 1; last > 0;) {
    if (is_negligible(last - 1)) {
      e[--last] = T(0);
      continue;
    }
    if (sweeps_left-- == 0) return last;
    int64_t first = last - 1;
    while (first > 0 && !is_negligible(first - 1)) --first;
    sweep(first, last);
  }
  return 0;
}

}  // namespace cutaway::cpu
