// SPDX-License-Identifier: MIT
#include "gemm.h"

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdlib>
#include <memory>
#include <new>
#include <type_traits>

#include "../parallel.h"
#include "gemm_kernel.h"

namespace cutaway::cpu {

// ---- the definition ------------------------------------------------------------------------------

namespace {

/// Sums of integers are taken modulo 2^64, where nothing overflows, and cut to size at the end.
template <class T>
using Accumulator = std::conditional_t<std::is_integral_v<T>, uint64_t, T>;

template <class T>
T scaled_sum(T alpha, Accumulator<T> sum, T beta, const T* c) {
  using Sum = Accumulator<T>;
  const Sum product = static_cast<Sum>(alpha) * sum;
  return static_cast<T>(beta == T(0) ? product : product + static_cast<Sum>(beta) * static_cast<Sum>(*c));
}

}  // namespace

template <class T>
void gemm_reference(int64_t m, int64_t n, int64_t k, T alpha, MatrixView<const T> a,
                    MatrixView<const T> b, T beta, MatrixView<T> c) {
  using Sum = Accumulator<T>;
  if (alpha == T(0)) k = 0;  // then A and B do not count, not even their NaNs
  for (int64_t i = 0; i < m; ++i) {
    for (int64_t j = 0; j < n; ++j) {
      Sum sum = 0;
      for (int64_t p = 0; p < k; ++p) sum += static_cast<Sum>(*a.at(i, p)) * static_cast<Sum>(*b.at(p, j));
      *c.at(i, j) = scaled_sum(alpha, sum, beta, c.at(i, j));
    }
  }
}

// ---- the fast way --------------------------------------------------------------------------------

namespace {

/// Note [Blocked matrix product]
/// A product of n x n matrices does n^3 multiply-adds with n^2 numbers, so each number is used n
/// times; the plain triple loop fetches it from memory nearly every time. Goto's algorithm keeps each
/// number near while it is used (K. Goto, R. van de Geijn, Anatomy of high-performance matrix
/// multiplication, ACM TOMS 2008; in the five-loop form of F. Van Zee, R. van de Geijn, BLIS, ACM
/// TOMS 2015):
///
///   for a strip of kStripColumns columns of B and C
///     for a slab of kDepth rows of B and columns of A    pack that block of B   (L3 cache)
///       for a tile of C                                  pack its rows of A     (L2 cache)
///         for a panel of `columns` columns of the tile                          (B panel in L1)
///           for a panel of `rows` rows of the tile
///             micro-kernel: panel of A times panel of B, into rows x columns of C in registers
///
/// To pack is to copy a block into panels, each in the order in which the micro-kernel walks through
/// it: column after column of a panel of A, row after row of a panel of B. This costs m*k + k*n
/// copies against m*n*k multiply-adds and saves strided access and TLB misses. An operand whose
/// numbers are adjacent as the kernel wants them may be read where it lies instead.
///
/// The tiles of C are the unit of work that threads share out. Their shape depends on m, n and k
/// only, and no sum is ever split between threads: hence the same result with any number of them.
constexpr int64_t kStripColumns = 4096;
constexpr int64_t kDepth = 400;
constexpr int64_t kTileRows = 128;
constexpr int64_t kTileColumns = 768;
/// Tiles are made smaller until there are this many, or until they have so few multiply-adds.
constexpr int64_t kEnoughTiles = 16;
constexpr int64_t kSmallTile = int64_t{1} << 19;  // 5 to 50 us
/// Rows of C up to which B is read where it lies: packing pays when each number is used often.
constexpr int64_t kFewRows = 32;
/// Bytes between the columns of A from which on it is packed: a page. A micro-kernel takes numbers
/// of A one at a time, so it can as well do that where they lie, unless each lies on another page.
constexpr int64_t kFarApart = 4096;

int64_t divide_up(int64_t a, int64_t b) { return (a + b - 1) / b; }
int64_t round_up(int64_t a, int64_t unit) { return divide_up(a, unit) * unit; }

/// Memory for packed panels, aligned to a cache line and kept for the next product.
template <class T>
class PackingBuffer {
 public:
  T* reserve(int64_t size) {
    if (size > size_) {
      memory_.reset();
      memory_.reset(static_cast<T*>(::operator new(static_cast<std::size_t>(size) * sizeof(T), kAlignment)));
      size_ = size;
    }
    return memory_.get();
  }

 private:
  static constexpr std::align_val_t kAlignment{64};
  struct Free {
    void operator()(T* memory) const { ::operator delete(memory, kAlignment); }
  };
  std::unique_ptr<T, Free> memory_;
  int64_t size_ = 0;
};

/// One product on its way through the loops of Note [Blocked matrix product].
template <class T>
class BlockedProduct {
 public:
  BlockedProduct(const GemmKernels<T>& kernels, int64_t m, int64_t n, int64_t k, T alpha,
                 MatrixView<const T> a, MatrixView<const T> b, T beta, MatrixView<T> c)
      : kernels_(kernels), m_(m), n_(n), k_(k), alpha_(alpha), a_(a), b_(b), beta_(beta), c_(c) {
    panel_columns_ = kernels.lanes * (m == 1 ? kernels.kMaxVectorsOfOneRow : kernels.vectors);
    pack_b_ = b.col_stride != 1 || m > kFewRows;
    pack_a_ = std::abs(a.col_stride) * static_cast<int64_t>(sizeof(T)) > kFarApart;
    choose_tiles();
  }

  void run() {
    const int64_t slabs = divide_up(k_, kDepth);
    const int64_t depth = divide_up(k_, slabs);  // as equal as possible
    for (int64_t j = 0; j < n_; j += kStripColumns) {
      for (int64_t p = 0; p < k_; p += depth) {
        add_slab(j, std::min(kStripColumns, n_ - j), p, std::min(depth, k_ - p));
      }
    }
  }

 private:
  /// Where the micro-kernel finds a panel of B.
  struct PanelOfB {
    const T* data;
    int64_t row_stride;
    int64_t columns;  ///< how many B really has; the rest of the last vector is zeros
  };

  void choose_tiles() {
    tile_rows_ = std::min(round_up(m_, kernels_.rows), kTileRows / kernels_.rows * kernels_.rows);
    tile_columns_ = std::min(round_up(n_, panel_columns_), kTileColumns / panel_columns_ * panel_columns_);
    const auto tiles = [&] { return divide_up(m_, tile_rows_) * divide_up(n_, tile_columns_); };
    while (tiles() < kEnoughTiles && tile_rows_ * tile_columns_ * k_ > 2 * kSmallTile) {
      int64_t& side = tile_rows_ > tile_columns_ ? tile_rows_ : tile_columns_;
      const int64_t unit = &side == &tile_rows_ ? kernels_.rows : panel_columns_;
      if (side == unit) break;
      side = round_up(side / 2, unit);
    }
  }

  /// C[:, j0...] = (alpha * A[:, p0...] @ B[p0..., j0...]) + (beta * C the first time, then C).
  void add_slab(int64_t j0, int64_t columns, int64_t p0, int64_t depth) {
    const MatrixView<const T> b = b_.from(p0, j0);
    const int64_t panels = divide_up(columns, panel_columns_);
    // Of a B that is read in place, the last panel is packed all the same if it needs zeros.
    const int64_t first_packed = pack_b_ ? 0 : columns % kernels_.lanes == 0 ? panels : panels - 1;
    T* const packed = scratch_b().reserve((panels - first_packed) * panel_columns_ * depth);

    const auto panel = [=, this](int64_t index) -> PanelOfB {
      const int64_t j = index * panel_columns_;
      const int64_t real = std::min(panel_columns_, columns - j);
      if (index < first_packed) return {b.at(0, j), b.row_stride, real};
      return {packed + (index - first_packed) * panel_columns_ * depth, round_up(real, kernels_.lanes), real};
    };

    parallel_for(first_packed, panels, divide_up(kSmallTile / 8, depth * panel_columns_), [&](int64_t begin, int64_t end) {
      for (int64_t i = begin; i < end; ++i) {
        const PanelOfB to = panel(i);
        pack_panel_of_b(b.from(0, i * panel_columns_), depth, to.columns, const_cast<T*>(to.data), to.row_stride);
      }
    });

    const T beta = p0 == 0 ? beta_ : T(1);
    const int64_t tiles_down = divide_up(m_, tile_rows_);
    const int64_t tiles_across = divide_up(columns, tile_columns_);
    parallel_for(0, tiles_down * tiles_across, 1, [&](int64_t begin, int64_t end) {
      for (int64_t tile = begin; tile < end; ++tile) {
        const int64_t i = tile / tiles_across * tile_rows_;
        const int64_t j = tile % tiles_across * tile_columns_;
        const int64_t last = std::min(columns, j + tile_columns_);
        add_tile(a_.from(i, p0), depth, std::min(tile_rows_, m_ - i), panel, j / panel_columns_,
                 divide_up(last, panel_columns_), beta, c_.from(i, j0));
      }
    });
  }

  template <class Panel>
  void add_tile(MatrixView<const T> a, int64_t depth, int64_t rows, const Panel& panel_of_b,
                int64_t first_panel, int64_t last_panel, T beta, MatrixView<T> c) const {
    T* const packed = pack_a_ ? scratch_a().reserve(rows * depth) : nullptr;
    if (pack_a_) pack_tile_of_a(a, depth, rows, packed);
    for (int64_t index = first_panel; index < last_panel; ++index) {
      const PanelOfB b = panel_of_b(index);
      for (int64_t i = 0; i < rows; i += kernels_.rows) {
        const int64_t height = std::min(kernels_.rows, rows - i);
        const MatrixView<const T> a_panel =
            pack_a_ ? MatrixView<const T>{packed + i * depth, 1, height} : a.from(i, 0);
        multiply_panels(depth, height, a_panel, b, beta, c.from(i, index * panel_columns_));
      }
    }
  }

  /// Calls the micro-kernel, through a small C of its own where the real one does not suit it.
  void multiply_panels(int64_t depth, int64_t height, MatrixView<const T> a, const PanelOfB& b,
                       T beta, MatrixView<T> c) const {
    const int64_t vectors = divide_up(b.columns, kernels_.lanes);
    const int64_t width = vectors * kernels_.lanes;
    const MicroKernel<T> kernel =
        m_ == 1 ? kernels_.one_row[vectors - 1] : kernels_.micro[height - 1][vectors - 1];
    if (width == b.columns && c.col_stride == 1) {
      return kernel(depth, a, b.data, b.row_stride, alpha_, beta, c.data, c.row_stride);
    }
    T tile[kMaxMicroTile];
    kernel(depth, a, b.data, b.row_stride, T(1), T(0), tile, width);
    for (int64_t i = 0; i < height; ++i)
      for (int64_t j = 0; j < b.columns; ++j)
        *c.at(i, j) = scaled_sum(alpha_, tile[i * width + j], beta, c.at(i, j));
  }

  void pack_panel_of_b(MatrixView<const T> b, int64_t depth, int64_t columns, T* packed,
                       int64_t width) const {
    if (b.row_stride == 1)
      return kernels_.pack_transposed(depth, columns, b.data, b.col_stride, packed, width);
    for (int64_t p = 0; p < depth; ++p, packed += width) {
      if (b.col_stride == 1) {
        std::copy_n(b.at(p, 0), columns, packed);
      } else {
        for (int64_t j = 0; j < columns; ++j) packed[j] = *b.at(p, j);
      }
      std::fill(packed + columns, packed + width, T(0));
    }
  }

  /// The panels of a tile of A: (rows, depth), one after the other.
  void pack_tile_of_a(MatrixView<const T> a, int64_t depth, int64_t rows, T* packed) const {
    if (a.row_stride == 1) {
      return kernels_.pack_columns(depth, rows, a.data, a.col_stride, packed);
    }
    for (int64_t first = 0; first < rows; first += kernels_.rows) {
      const int64_t height = std::min(kernels_.rows, rows - first);
      for (int64_t p = 0; p < depth; ++p)
        for (int64_t i = 0; i < height; ++i) *packed++ = *a.at(first + i, p);
    }
  }

  static PackingBuffer<T>& scratch_a() {
    thread_local PackingBuffer<T> buffer;
    return buffer;
  }
  static PackingBuffer<T>& scratch_b() {
    thread_local PackingBuffer<T> buffer;
    return buffer;
  }

  static constexpr std::size_t kMaxMicroTile =
      GemmKernels<T>::kMaxRows * GemmKernels<T>::kMaxVectors * (64 / sizeof(T));

  const GemmKernels<T>& kernels_;
  int64_t m_, n_, k_;
  T alpha_;
  MatrixView<const T> a_, b_;
  T beta_;
  MatrixView<T> c_;
  int64_t panel_columns_;
  int64_t tile_rows_;
  int64_t tile_columns_;
  bool pack_a_;
  bool pack_b_;
};

/// The row vector C = alpha * a @ B + beta * C where B's columns run through memory, so that each
/// number of C is the dot product of two contiguous vectors.
template <class T>
void vector_by_columns(const GemmKernels<T>& kernels, int64_t n, int64_t k, T alpha,
                       MatrixView<const T> a, MatrixView<const T> b, T beta, MatrixView<T> c) {
  thread_local PackingBuffer<T> contiguous_a;
  const T* x = a.data;
  if (a.col_stride != 1) {
    T* copy = contiguous_a.reserve(k);
    for (int64_t p = 0; p < k; ++p) copy[p] = *a.at(0, p);
    x = copy;
  }
  parallel_for(0, divide_up(n, 4), divide_up(kSmallTile / 8, 4 * k), [&](int64_t begin, int64_t end) {
    for (int64_t j = 4 * begin; j < std::min(4 * end, n); j += 4) {
      T dots[4];
      const int64_t count = std::min<int64_t>(4, n - j);
      kernels.four_dots(k, b.at(0, j), b.col_stride, count, x, dots);
      for (int64_t i = 0; i < count; ++i)
        *c.at(0, j + i) = scaled_sum(alpha, dots[i], beta, c.at(0, j + i));
    }
  });
}

template <class T>
void gemm_fast(int64_t m, int64_t n, int64_t k, T alpha, MatrixView<const T> a,
               MatrixView<const T> b, T beta, MatrixView<T> c) {
  const GemmKernels<T>& kernels = gemm_kernels<T>();
  // The transposed problem, C^T = B^T @ A^T, if that makes C's columns adjacent or C one row.
  const bool transpose = n == 1 ? m != 1 : m != 1 && c.col_stride != 1 && c.row_stride == 1;
  if (transpose) {
    return gemm_fast(n, m, k, alpha, b.transposed(), a.transposed(), beta, c.transposed());
  }
  if (m == 1 && b.row_stride == 1) return vector_by_columns(kernels, n, k, alpha, a, b, beta, c);
  BlockedProduct<T>(kernels, m, n, k, alpha, a, b, beta, c).run();
}

}  // namespace

template <class T>
void gemm(int64_t m, int64_t n, int64_t k, T alpha, MatrixView<const T> a, MatrixView<const T> b,
          T beta, MatrixView<T> c) {
  if constexpr (std::floating_point<T>) {
    if (m > 0 && n > 0 && k > 0 && alpha != T(0)) return gemm_fast(m, n, k, alpha, a, b, beta, c);
  }
  gemm_reference(m, n, k, alpha, a, b, beta, c);
}

#define INSTANTIATE(T)                                                                     \
  template void gemm(int64_t, int64_t, int64_t, T, MatrixView<const T>, MatrixView<const T>, T, MatrixView<T>); \
  template void gemm_reference(int64_t, int64_t, int64_t, T, MatrixView<const T>, MatrixView<const T>, T, MatrixView<T>);
INSTANTIATE(float)
INSTANTIATE(double)
INSTANTIATE(int8_t)
INSTANTIATE(uint8_t)
INSTANTIATE(int16_t)
INSTANTIATE(int32_t)
INSTANTIATE(int64_t)
#undef INSTANTIATE

}  // namespace cutaway::cpu
