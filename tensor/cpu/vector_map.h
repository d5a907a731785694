// SPDX-License-Identifier: MIT
//
// out[i] = f(in[i]) for an f like those of vector_math.h, with the widest vectors the processor
// has, and the same bits whatever their width.
//
// AVX-512 brings fused multiply-adds along, which skip a rounding. Here the compiler may not make
// them of a product and a sum ("fp-contract"), or results would depend on the processor; clang,
// which cannot be told so for one function, stays with AVX2. The rest of a row, and the elements of
// a strided one, take the same steps one by one.
//
// Only for float: double is served by <cmath>, number by number.
// PyTorch counterpart: cpu_kernel_vec (ATen/native/cpu/Loops.h).
#pragma once

#include <cmath>

#include "../loops.h"

namespace cutaway::inline v0_1::cpu {
#if defined(__GNUC__) && !defined(__clang__) && defined(__x86_64__)
template <class F>
[[gnu::target("avx512f"), gnu::optimize("fp-contract=off")]] void map_avx512(const F& f, int64_t n,
                                                                             float* out,
                                                                             const float* in) {
  cutaway::detail::dense_row(f, n, out, in);
}
#endif

/// out and in are the same or apart.
template <class F>
void map_dense(const F& f, int64_t n, float* out, const float* in) {
#if defined(__GNUC__) && !defined(__clang__) && defined(__x86_64__)
  if (get_cpu_capability() == CpuCapability::kAvx512) return map_avx512(f, n, out, in);
#endif
  cutaway::detail::run_dense_row(f, n, out, in);
}

/// out[i] = f(self[i]), for float and double; f is vector code for float.
template <class F>
void map_vector(const char* name, const Tensor& out, const Tensor& self, const F& f) {
  visit_floating(self.dtype(), name, [&]<class T>(TypeTag<T>) {
    if constexpr (std::is_same_v<T, double>) {
      call_loop<T, T>(f, out, self);
    } else {
      run_rows(LoopPlan({&out, &self}),
               RowFunction([&f](std::byte* const* data, const int64_t* strides, int64_t n) {
                 using namespace cutaway::detail;
                 if (!is_dense<float>(strides[0]) || !is_dense<float>(strides[1])) {
                   return strided_row<float, float>(data, strides, n, f,
                                                    std::make_index_sequence<1>());
                 }
                 map_dense(f, n, reinterpret_cast<float*>(data[0]),
                           reinterpret_cast<const float*>(data[1]));
               }),
               kLoopGrain / 8);
    }
  });
}

/// The same for an f that serves floats up to `limit` only; beyond, and for NaN, `beyond` does.
template <class F, class Beyond>
void map_vector_within(float limit, const char* name, const Tensor& out, const Tensor& self,
                       const F& f, const Beyond& beyond) {
  if (self.dtype() != kFloat32) return map_vector(name, out, self, beyond);
  const auto row = [&](std::byte* const* data, const int64_t* strides, int64_t n) {
    constexpr int64_t kBlock = 256;
    float x[kBlock], y[kBlock];
    for (int64_t begin = 0; begin < n; begin += kBlock) {
      const int64_t count = n - begin < kBlock ? n - begin : kBlock;
      int all_within = 1;
      for (int64_t i = 0; i < count; ++i) {
        x[i] = cutaway::detail::element<float>(data[1], (begin + i) * strides[1]);
        all_within &= std::abs(x[i]) <= limit;
      }
      if (all_within) {
        map_dense(f, count, y, x);
      } else {
        for (int64_t i = 0; i < count; ++i) y[i] = std::abs(x[i]) <= limit ? f(x[i]) : beyond(x[i]);
      }
      for (int64_t i = 0; i < count; ++i) {
        cutaway::detail::element<float>(data[0], (begin + i) * strides[0]) = y[i];
      }
    }
  };
  run_rows(LoopPlan({&out, &self}), RowFunction(row), kLoopGrain / 8);
}

}  // namespace cutaway::cpu
