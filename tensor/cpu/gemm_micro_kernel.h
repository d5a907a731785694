// SPDX-License-Identifier: MIT
//
// The inner loops of the matrix product. This is not a header in the usual sense: gemm_kernel.cpp
// includes it once per kind of processor, each time inside another namespace, where
//     kVectorBytes             is the size of a vector register,
//     kRows, kVectors          is the shape of the largest micro-kernel, and
//     CUTAWAY_TARGET           is the attribute that permits the processor's instructions.
// Every function here carries that attribute, and nothing else does, so no instruction the
// processor may lack gets into code that others share.

template <class T>
using Vector = typename Simd<T, kVectorBytes>::Vector;
template <class T>
using InMemory = typename Simd<T, kVectorBytes>::InMemory;
template <class T>
constexpr std::size_t kLanes = Simd<T, kVectorBytes>::kLanes;

/// Note [The micro-kernel]
/// C = A @ B as a sum of outer products: for each p, column p of A times row p of B. The R x V
/// vectors of C stay in registers from the first p to the last; each p loads V vectors of B and R
/// numbers of A, and does R * V vector multiply-adds with them. That is the point of it all: the
/// processor can do two multiply-adds per cycle but only two or three loads, and a multiply-add
/// takes four cycles, so at least eight of them must be under way at a time, on different sums.
///
///                 B, row p:   [ b0 | b1 | b2 ]
///     A, column p:   a0       [    |    |    ]
///                    a1       [  C, R rows   ]    C[i][j] += a_i * b_j
///                    a2       [  of V vectors]
///
/// R and V are constants, so the loops over them vanish and `sum` becomes R * V registers.
template <class T, std::size_t R, std::size_t V>
CUTAWAY_TARGET void micro_kernel(int64_t k, MatrixView<const T> a, const T* b, int64_t b_row_stride,
                                 T alpha, T beta, T* c, int64_t c_row_stride) {
  const T* a_row[R];
#pragma GCC unroll 8
  for (std::size_t i = 0; i < R; ++i) a_row[i] = a.data + static_cast<int64_t>(i) * a.row_stride;

  Vector<T> sum[R][V];
#pragma GCC unroll 8
  for (std::size_t i = 0; i < R; ++i)
#pragma GCC unroll 8
    for (std::size_t j = 0; j < V; ++j) sum[i][j] = Vector<T>{};

  for (int64_t p = 0; p < k; ++p) {
    const auto* b_row = reinterpret_cast<const InMemory<T>*>(b + p * b_row_stride);
#pragma GCC unroll 8
    for (std::size_t i = 0; i < R; ++i)
#pragma GCC unroll 8
      for (std::size_t j = 0; j < V; ++j) sum[i][j] += a_row[i][p * a.col_stride] * b_row[j];
  }

#pragma GCC unroll 8
  for (std::size_t i = 0; i < R; ++i) {
    auto* c_row = reinterpret_cast<InMemory<T>*>(c + static_cast<int64_t>(i) * c_row_stride);
#pragma GCC unroll 8
    for (std::size_t j = 0; j < V; ++j) {
      if (beta == T(0)) {
        c_row[j] = alpha * sum[i][j];
      } else {
        c_row[j] = alpha * sum[i][j] + beta * c_row[j];
      }
    }
  }
}

/// out[i] = dot(row i of A, x) for up to four rows, which share the loads of x.
template <class T>
CUTAWAY_TARGET void four_dots(int64_t k, const T* a, int64_t a_row_stride, int64_t count,
                              const T* x, T* out) {
  constexpr auto kStep = static_cast<int64_t>(kLanes<T>);
  const T* row[4];
#pragma GCC unroll 4
  for (int64_t i = 0; i < 4; ++i) row[i] = a + std::min(i, count - 1) * a_row_stride;

  Vector<T> sum[4] = {};
  const int64_t k_whole = k / kStep * kStep;
  for (int64_t p = 0; p < k_whole; p += kStep) {
    const Vector<T> x_part = *reinterpret_cast<const InMemory<T>*>(x + p);
#pragma GCC unroll 4
    for (int64_t i = 0; i < 4; ++i)
      sum[i] += *reinterpret_cast<const InMemory<T>*>(row[i] + p) * x_part;
  }
  for (int64_t i = 0; i < count; ++i) {
    T lanes[kLanes<T>];
    *reinterpret_cast<InMemory<T>*>(lanes) = sum[i];
    T total = std::accumulate(lanes, lanes + kLanes<T>, T(0));
    for (int64_t p = k_whole; p < k; ++p) total += row[i][p] * x[p];
    out[i] = total;
  }
}

/// A tile's panels, one after the other; see GemmKernels. Reads A in the order it lies in memory,
/// not panel by panel, as the next panel's numbers are in the cache line just read.
template <class T>
CUTAWAY_TARGET void pack_columns(int64_t k, int64_t rows, const T* a, int64_t a_col_stride,
                                 T* packed) {
  constexpr auto kFull = static_cast<int64_t>(kRows);
  const int64_t whole = rows / kFull * kFull;
  for (int64_t p = 0; p < k; ++p, a += a_col_stride) {
    for (int64_t i = 0; i < whole; i += kFull)
      std::copy_n(a + i, kRows, packed + i * k + p * kFull);
    std::copy_n(a + whole, rows - whole, packed + whole * k + p * (rows - whole));
  }
}

/// Merges two vectors as a zip does: a0 b0 a1 b1 ... The first half goes to a, the second to b.
template <class T, std::size_t... I>
CUTAWAY_TARGET inline void zip(Vector<T>& a, Vector<T>& b, std::index_sequence<I...>) {
  constexpr std::size_t kN = kLanes<T>;
  // Index i < kN means a[i], index kN + i means b[i].
  const Vector<T> first = __builtin_shufflevector(a, b, (I / 2 + I % 2 * kN)...);
  const Vector<T> second = __builtin_shufflevector(a, b, (kN / 2 + I / 2 + I % 2 * kN)...);
  a = first;
  b = second;
}

/// Note [Transposing in registers]
/// Take N vectors of N numbers as the rows of a matrix, N a power of two. Zip row i with row
/// i + N/2 for all i < N/2, and let the two halves be the new rows 2i and 2i + 1. In terms of a
/// number's place, the highest bit of its row becomes the lowest of its column, and the highest bit
/// of its column the lowest of its row; the other bits move up. So after log2(N) rounds row and
/// column have changed places.
template <class T>
CUTAWAY_TARGET inline void transpose(Vector<T> (&rows)[kLanes<T>]) {
  constexpr std::size_t kN = kLanes<T>;
#pragma GCC unroll 4
  for (std::size_t round = 1; round < kN; round *= 2) {
    Vector<T> zipped[kN];
#pragma GCC unroll 8
    for (std::size_t i = 0; i < kN / 2; ++i) {
      zipped[2 * i] = rows[i];
      zipped[2 * i + 1] = rows[i + kN / 2];
      if constexpr (kN > 1) {
        zip<T>(zipped[2 * i], zipped[2 * i + 1], std::make_index_sequence<kN>());
      }
    }
#pragma GCC unroll 16
    for (std::size_t i = 0; i < kN; ++i) rows[i] = zipped[i];
  }
}

/// packed[p, j] = b[p, j], or 0 for a column j that B lacks; see GemmKernels.
template <class T>
CUTAWAY_TARGET void pack_transposed(int64_t k, int64_t columns, const T* b, int64_t b_col_stride,
                                    T* packed, int64_t packed_row_stride) {
  constexpr auto kN = static_cast<int64_t>(kLanes<T>);
  const int64_t k_blocked = k / kN * kN;
  for (int64_t j = 0; j < packed_row_stride; j += kN) {
    for (int64_t p = 0; p < k_blocked; p += kN) {  // a block of kN columns, kN numbers of each
      Vector<T> block[kLanes<T>];
#pragma GCC unroll 16
      for (int64_t i = 0; i < kN; ++i) {
        const T* column = b + (j + i) * b_col_stride + p;
        block[i] = j + i < columns ? *reinterpret_cast<const InMemory<T>*>(column) : Vector<T>{};
      }
      transpose<T>(block);
#pragma GCC unroll 16
      for (int64_t i = 0; i < kN; ++i)
        *reinterpret_cast<InMemory<T>*>(packed + (p + i) * packed_row_stride + j) = block[i];
    }
    for (int64_t p = k_blocked; p < k; ++p)
      for (int64_t i = 0; i < kN; ++i)
        packed[p * packed_row_stride + j + i] =
            j + i < columns ? b[(j + i) * b_col_stride + p] : T(0);
  }
}

/// The table of gemm_kernel.h: row[V] = micro_kernel<T, R, V + 1> for all V, and so on for all R.
template <class T, std::size_t R, std::size_t... V>
constexpr void enter_row(MicroKernel<T>* row, std::index_sequence<V...>) {
  ((row[V] = micro_kernel<T, R, V + 1>), ...);
}
template <class T, std::size_t... R>
constexpr void enter_rows(GemmKernels<T>& table, std::index_sequence<R...>) {
  (enter_row<T, R + 1>(table.micro[R], std::make_index_sequence<kVectors>()), ...);
}

template <class T>
constexpr GemmKernels<T> kernels() {
  GemmKernels<T> table = {};
  table.lanes = static_cast<int64_t>(kLanes<T>);
  table.rows = static_cast<int64_t>(kRows);
  table.vectors = static_cast<int64_t>(kVectors);
  enter_rows<T>(table, std::make_index_sequence<kRows>());
  enter_row<T, 1>(table.one_row, std::make_index_sequence<table.kMaxVectorsOfOneRow>());
  table.four_dots = four_dots<T>;
  table.pack_columns = pack_columns<T>;
  table.pack_transposed = pack_transposed<T>;
  return table;
}
