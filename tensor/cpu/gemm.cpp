// SPDX-License-Identifier: MIT
#include "gemm.h"

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <memory>
#include <new>
#include <type_traits>

#include "../parallel.h"
#include "gemm_kernel.h"

namespace cutaway::inline v0_1::cpu {

namespace {

/// Sums of integers are taken modulo 2^64, where nothing overflows, and cut to size at the end.
template <class T>
using SumOf = std::conditional_t<std::is_integral_v<T>, uint64_t, T>;

/// An element of C; reads the old one only if beta asks for it.
template <class T>
T scaled_sum(T alpha, SumOf<T> sum, T beta, const T* c) {
  SumOf<T> result = static_cast<SumOf<T>>(alpha) * sum;
  if (beta != T(0)) result += static_cast<SumOf<T>>(beta) * static_cast<SumOf<T>>(*c);
  return static_cast<T>(result);
}

}  // namespace

template <class T>
void gemm_reference(int64_t m, int64_t n, int64_t k, T alpha, MatrixView<const T> a,
                    MatrixView<const T> b, T beta, MatrixView<T> c) {
  if (alpha == T(0)) k = 0;  // then A and B do not count, not even their NaNs
  if (k == 0) alpha = T(0);  // nor does alpha: 0, not -0 or NaN
  for (int64_t i = 0; i < m; ++i) {
    for (int64_t j = 0; j < n; ++j) {
      SumOf<T> sum = 0;
      for (int64_t p = 0; p < k; ++p)
        sum += static_cast<SumOf<T>>(*a.at(i, p)) * static_cast<SumOf<T>>(*b.at(p, j));
      *c.at(i, j) = scaled_sum(alpha, sum, beta, c.at(i, j));
    }
  }
}

namespace {

/// Note [Blocked matrix product]
/// A product of n x n matrices does n^3 multiply-adds with n^2 numbers, so each number is used n
/// times; the plain triple loop fetches it from memory nearly every time. Goto's algorithm keeps
/// each number near while it is used (K. Goto, R. van de Geijn, Anatomy of high-performance matrix
/// multiplication, ACM TOMS 2008; in the five-loop form of F. Van Zee, R. van de Geijn, BLIS: a
/// framework for rapidly instantiating BLAS functionality, ACM TOMS 2015):
///
///   for each strip of columns of B and C                                               run()
///     for each slab of the depth k            pack that block of B, in L2 or L3 cache  add_slab()
///       for each tile of C                    pack its rows of A, in L2                add_tile()
///         for each panel of B in the tile     tens of kilobytes, in L1 or L2
///           for each panel of A in the tile
///             micro-kernel: panel times panel, C in registers                        add_panels()
///
/// A panel is as many columns of B, or rows of A, as a micro-kernel multiplies at a time. To pack
/// is to copy panels into the order in which the micro-kernel reads them: row after row of the
/// panel of B, column after column of the panel of A. Packing is m*k + k*n copies for m*n*k
/// multiply-adds; it makes every access of the inner loop sequential. Where the operand lies well
/// enough, or is too seldom used for its copy to pay, it is read in place.
///
/// The tiles of C are what threads share out. Their shape depends on m, n and k only, and no sum is
/// split between threads: hence the same result with any number of them.
constexpr int64_t kStripColumns = 4096;
constexpr int64_t kSlabDepth = 400;
constexpr int64_t kTileRows = 128;
constexpr int64_t kTileColumns = 768;
/// Tiles are made smaller until there are this many, or until they have so few multiply-adds.
constexpr int64_t kEnoughTiles = 16;
constexpr int64_t kSmallWork = int64_t{1} << 19;  // 5 us with AVX-512, 30 us with SSE2
/// Numbers to copy that are worth another thread.
constexpr int64_t kSmallCopy = int64_t{1} << 16;
/// B is packed from so many rows of A on: each row uses B once.
constexpr int64_t kManyRows = 33;
/// A is packed if its columns are further apart than a page, in bytes. The micro-kernel takes the
/// numbers of A one at a time; it can do that in place, unless each is on another page.
constexpr int64_t kFarApart = 4096;

int64_t round_up(int64_t a, int64_t unit) { return divide_up(a, unit) * unit; }
int64_t round_down(int64_t a, int64_t unit) { return a / unit * unit; }

/// Memory for packed panels, aligned to a cache line and kept for the next product.
template <class T>
class PackingBuffer {
 public:
  T* reserve(int64_t size) {
    if (size > size_) {
      memory_.reset();
      const std::size_t bytes = static_cast<std::size_t>(size) * sizeof(T);
      memory_.reset(static_cast<T*>(::operator new(bytes, kAlignment)));
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
    panel_rows_ = kernels.rows;
    panel_columns_ = kernels.lanes * (m == 1 ? kernels.kMaxVectorsOfOneRow : kernels.vectors);
    pack_a_ = std::abs(a.col_stride) * static_cast<int64_t>(sizeof(T)) > kFarApart;
    pack_b_ = b.col_stride != 1 || m >= kManyRows;
    choose_tiles();
  }

  void run() {
    const int64_t depth = divide_up(k_, divide_up(k_, kSlabDepth));  // slabs as equal as possible
    for (int64_t j = 0; j < n_; j += kStripColumns) {
      for (int64_t p = 0; p < k_; p += depth) {
        add_slab(j, std::min(kStripColumns, n_ - j), p, std::min(depth, k_ - p));
      }
    }
  }

 private:
  /// A panel of B for the micro-kernel: `width` columns, of which the last may be zeros to fill a
  /// vector; `columns` of them are B's.
  struct PanelOfB {
    const T* data;
    int64_t row_stride;
    int64_t columns;
    int64_t width;
  };

  /// A block of B: (depth, columns), and where its panels are.
  struct Slab {
    MatrixView<const T> b;
    int64_t depth;
    int64_t columns;
    int64_t first_packed;  ///< panels before this one are read in place
    T* packed;             ///< those from there on, one after the other
  };

  void choose_tiles() {
    tile_rows_ = std::min(round_up(m_, panel_rows_), round_down(kTileRows, panel_rows_));
    tile_columns_ =
        std::min(round_up(n_, panel_columns_), round_down(kTileColumns, panel_columns_));
    while (divide_up(m_, tile_rows_) * divide_up(n_, tile_columns_) < kEnoughTiles &&
           tile_rows_ * tile_columns_ * k_ > 2 * kSmallWork) {
      if (tile_rows_ > tile_columns_ && tile_rows_ > panel_rows_) {
        tile_rows_ = round_up(tile_rows_ / 2, panel_rows_);
      } else if (tile_columns_ > panel_columns_) {
        tile_columns_ = round_up(tile_columns_ / 2, panel_columns_);
      } else {
        break;
      }
    }
  }

  /// C[:, j0 : j0 + columns] += alpha * A[:, p0 : p0 + depth] @ B[p0 : p0 + depth, the same].
  void add_slab(int64_t j0, int64_t columns, int64_t p0, int64_t depth) {
    const int64_t panels = divide_up(columns, panel_columns_);
    Slab slab{b_.from(p0, j0), depth, columns, 0, nullptr};
    // Of a B that is read in place, the last panel is packed all the same if it needs zeros.
    if (!pack_b_) slab.first_packed = columns % kernels_.lanes == 0 ? panels : panels - 1;
    slab.packed = scratch_b().reserve((panels - slab.first_packed) * panel_columns_ * depth);
    parallel_for(slab.first_packed, panels, divide_up(kSmallCopy, depth * panel_columns_),
                 [&](int64_t begin, int64_t end) {
                   for (int64_t index = begin; index < end; ++index) pack_panel_of_b(slab, index);
                 });

    const T beta = p0 == 0 ? beta_ : T(1);  // later slabs add to what the first has written
    const int64_t tiles_down = divide_up(m_, tile_rows_);
    const int64_t tiles_across = divide_up(columns, tile_columns_);
    parallel_for(0, tiles_down * tiles_across, 1, [&](int64_t begin, int64_t end) {
      for (int64_t tile = begin; tile < end; ++tile) {
        const int64_t i = tile / tiles_across * tile_rows_;
        const int64_t j = tile % tiles_across * tile_columns_;
        add_tile(a_.from(i, p0), std::min(tile_rows_, m_ - i), slab, j, beta, c_.from(i, j0));
      }
    });
  }

  /// The tile of `rows` rows of C whose first column in the slab is j0.
  void add_tile(MatrixView<const T> a, int64_t rows, const Slab& slab, int64_t j0, T beta,
                MatrixView<T> c) const {
    T* const packed = pack_a_ ? scratch_a().reserve(rows * slab.depth) : nullptr;
    if (pack_a_) pack_tile_of_a(a, slab.depth, rows, packed);
    const int64_t j_end = std::min(slab.columns, j0 + tile_columns_);
    for (int64_t j = j0; j < j_end; j += panel_columns_) {
      const PanelOfB panel_of_b = panel(slab, j / panel_columns_);
      for (int64_t i = 0; i < rows; i += panel_rows_) {
        const int64_t height = std::min(panel_rows_, rows - i);
        const MatrixView<const T> panel_of_a =
            pack_a_ ? MatrixView<const T>{packed + i * slab.depth, 1, height} : a.from(i, 0);
        add_panels(slab.depth, height, panel_of_a, panel_of_b, beta, c.from(i, j));
      }
    }
  }

  /// Calls the micro-kernel, through a small C of its own if the real one does not suit it.
  void add_panels(int64_t depth, int64_t height, MatrixView<const T> a, const PanelOfB& b, T beta,
                  MatrixView<T> c) const {
    const int64_t vectors = b.width / kernels_.lanes;
    const MicroKernel<T> kernel =
        m_ == 1 ? kernels_.one_row[vectors - 1] : kernels_.micro[height - 1][vectors - 1];
    if (b.width == b.columns && c.col_stride == 1) {
      return kernel(depth, a, b.data, b.row_stride, alpha_, beta, c.data, c.row_stride);
    }
    T product[GemmKernels<T>::kMaxNumbersOfC];
    kernel(depth, a, b.data, b.row_stride, T(1), T(0), product, b.width);
    for (int64_t i = 0; i < height; ++i)
      for (int64_t j = 0; j < b.columns; ++j)
        *c.at(i, j) = scaled_sum(alpha_, product[i * b.width + j], beta, c.at(i, j));
  }

  PanelOfB panel(const Slab& slab, int64_t index) const {
    const int64_t j = index * panel_columns_;
    const int64_t columns = std::min(panel_columns_, slab.columns - j);
    const int64_t width = round_up(columns, kernels_.lanes);
    if (index < slab.first_packed) return {slab.b.at(0, j), slab.b.row_stride, columns, width};
    return {place_of_packed(slab, index), width, columns, width};
  }
  T* place_of_packed(const Slab& slab, int64_t index) const {
    return slab.packed + (index - slab.first_packed) * panel_columns_ * slab.depth;
  }

  void pack_panel_of_b(const Slab& slab, int64_t index) const {
    const MatrixView<const T> b = slab.b.from(0, index * panel_columns_);
    const PanelOfB to = panel(slab, index);
    T* packed = place_of_packed(slab, index);
    if (b.row_stride == 1 && b.col_stride != 1) {
      return kernels_.pack_transposed(slab.depth, to.columns, b.data, b.col_stride, packed,
                                      to.width);
    }
    for (int64_t p = 0; p < slab.depth; ++p, packed += to.width) {
      if (b.col_stride == 1) {
        std::copy_n(b.at(p, 0), to.columns, packed);
      } else {
        for (int64_t j = 0; j < to.columns; ++j) packed[j] = *b.at(p, j);
      }
      std::fill(packed + to.columns, packed + to.width, T(0));
    }
  }

  /// The panels of a tile of A: (rows, depth), one after the other.
  void pack_tile_of_a(MatrixView<const T> a, int64_t depth, int64_t rows, T* packed) const {
    if (a.row_stride == 1) {
      return kernels_.pack_columns(depth, rows, a.data, a.col_stride, packed);
    }
    for (int64_t first = 0; first < rows; first += panel_rows_) {
      const int64_t height = std::min(panel_rows_, rows - first);
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

  const GemmKernels<T>& kernels_;
  int64_t m_, n_, k_;
  T alpha_;
  MatrixView<const T> a_, b_;
  T beta_;
  MatrixView<T> c_;
  int64_t panel_rows_, panel_columns_;
  int64_t tile_rows_, tile_columns_;
  bool pack_a_, pack_b_;
};

/// The row vector C = alpha * a @ B + beta * C for a B whose columns run through memory, so that
/// each number of C is the dot product of two contiguous vectors.
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
  const int64_t fours = divide_up(n, 4);
  parallel_for(0, fours, divide_up(kSmallCopy, 4 * k), [&](int64_t begin, int64_t end) {
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
  // C^T = B^T @ A^T is the same problem; it is the better one if C^T is a row or has rows in
  // memory.
  const bool columns_in_memory = c.col_stride != 1 && c.row_stride == 1;
  if (m != 1 && (n == 1 || columns_in_memory)) {
    return gemm_fast(n, m, k, alpha, b.transposed(), a.transposed(), beta, c.transposed());
  }
  const GemmKernels<T>& kernels = gemm_kernels<T>();
  if (m == 1 && b.row_stride == 1) return vector_by_columns(kernels, n, k, alpha, a, b, beta, c);
  BlockedProduct<T>(kernels, m, n, k, alpha, a, b, beta, c).run();
}

}  // namespace

template <class T>
void gemm(int64_t m, int64_t n, int64_t k, T alpha, MatrixView<const T> a, MatrixView<const T> b,
          T beta, MatrixView<T> c) {
  if constexpr (std::is_floating_point_v<T>) {
    if (m > 0 && n > 0 && k > 0 && alpha != T(0)) {
      return gemm_fast(m, n, k, alpha, a, b, beta, c);
    }
  }
  gemm_reference(m, n, k, alpha, a, b, beta, c);
}

#define INSTANTIATE_FOR(T)                                                                      \
  template void gemm(int64_t, int64_t, int64_t, T, MatrixView<const T>, MatrixView<const T>, T, \
                     MatrixView<T>);                                                            \
  template void gemm_reference(int64_t, int64_t, int64_t, T, MatrixView<const T>,               \
                               MatrixView<const T>, T, MatrixView<T>)
INSTANTIATE_FOR(float);
INSTANTIATE_FOR(double);
INSTANTIATE_FOR(int8_t);
INSTANTIATE_FOR(uint8_t);
INSTANTIATE_FOR(int16_t);
INSTANTIATE_FOR(int32_t);
INSTANTIATE_FOR(int64_t);
#undef INSTANTIATE_FOR

}  // namespace cutaway::cpu
