// SPDX-License-Identifier: MIT
//
// out[i] = f(in[i]...) for an f like those of vector_math.h, with the widest vectors the processor
// has, and the same bits whatever their width.
//
// AVX-512 brings fused multiply-adds along, which skip a rounding. Here the compiler may not make
// them of a product and a sum ("fp-contract"), or results would depend on the processor; clang,
// which cannot be told so for one function, stays with AVX2. The rest of a row takes the same steps
// one by one.
//
// Only for float: double is served by <cmath>, number by number.
// PyTorch counterpart: cpu_kernel_vec (ATen/native/cpu/Loops.h).
#pragma once

#include <cmath>

#include "../loops.h"
#include "capability_call.h"

namespace cutaway::inline v0_1::cpu {
#if defined(__GNUC__) && !defined(__clang__) && defined(__x86_64__)
template <class F, class... In>
[[gnu::target("avx512f"), gnu::optimize("fp-contract=off")]] void map_avx512(const F& f, int64_t n,
                                                                             float* out,
                                                                             const In*... in) {
  cutaway::detail::dense_row(f, n, out, in...);
}
#endif

/// Each input is out or apart from it.
template <class F, class... In>
void map_dense(const F& f, int64_t n, float* out, const In*... in) {
#if defined(__GNUC__) && !defined(__clang__) && defined(__x86_64__)
  if (get_cpu_capability() == CpuCapability::kAvx512) return map_avx512(f, n, out, in...);
#endif
  cutaway::detail::run_dense_row(f, n, out, in...);
}

namespace detail {

/// Calls block(n, out, in...) for pieces of a row of floats whose elements lie side by side: where
/// they are, if they do so there, else in a copy.
template <class Block, size_t... k>
void for_dense_blocks(std::byte* const* data, const int64_t* strides, int64_t n, const Block& block,
                      std::index_sequence<k...>) {
  using cutaway::detail::element, cutaway::detail::is_dense;
  constexpr int64_t kBlock = 1024;
  float results[kBlock], copies[sizeof...(k)][kBlock];
  for (int64_t begin = 0; begin < n; begin += kBlock) {
    const int64_t count = n - begin < kBlock ? n - begin : kBlock;
    const auto dense_input = [&](size_t i) -> const float* {
      const int64_t stride = strides[i + 1];
      std::byte* const first = data[i + 1] + begin * stride;
      if (is_dense<float>(stride)) return reinterpret_cast<const float*>(first);
      for (int64_t j = 0; j < count; ++j) copies[i][j] = element<float>(first, j * stride);
      return copies[i];
    };
    std::byte* const out = data[0] + begin * strides[0];
    if (is_dense<float>(strides[0])) {
      block(count, reinterpret_cast<float*>(out), dense_input(k)...);
    } else {
      block(count, static_cast<float*>(results), dense_input(k)...);
      for (int64_t j = 0; j < count; ++j) element<float>(out, j * strides[0]) = results[j];
    }
  }
}

template <class Block, class... Inputs>
void map_blocks(const Block& block, const Tensor& out, const Inputs&... inputs) {
  const auto row = [&](std::byte* const* data, const int64_t* strides, int64_t n) {
    for_dense_blocks(data, strides, n, block, std::index_sequence_for<Inputs...>());
  };
  run_rows(LoopPlan({&out, &inputs...}), RowFunction(row), kLoopGrain / 8);
}

}  // namespace detail

/// out[i] = f(self[i]), for float and double; f is vector code for float.
template <class F>
void map_vector(const char* name, const Tensor& out, const Tensor& self, const F& f) {
  visit_floating(self.dtype(), name, [&]<class T>(TypeTag<T>) {
    if constexpr (std::is_same_v<T, double>) {
      call_loop<T, T>(f, out, self);
    } else {
      const auto block = [&f](int64_t n, T* y, const T* x) { map_dense(f, n, y, x); };
      detail::map_blocks(block, out, self);
    }
  });
}
/// out[i] = f(self[i], other[i])
template <class F>
void map_vector(const char* name, const Tensor& out, const Tensor& self, const Tensor& other,
                const F& f) {
  visit_floating(self.dtype(), name, [&]<class T>(TypeTag<T>) {
    if constexpr (std::is_same_v<T, double>) {
      call_loop<T, T, T>(f, out, self, other);
    } else {
      const auto block = [&f](int64_t n, T* z, const T* x, const T* y) {
        map_dense(f, n, z, x, y);
      };
      detail::map_blocks(block, out, self, other);
    }
  });
}

namespace detail {
template <auto within, class... In>
[[gnu::always_inline]] inline int are_all_within(int64_t n, const In*... x) {
  int all = 1;
  for (int64_t i = 0; i < n; ++i) all &= within(x[i]...);
  return all;
}
}  // namespace detail

/// The same for an f that serves only floats x for which within(x...): where a block has others,
/// `exact` computes those, as it does all doubles.
template <auto within, class F, class Exact, class... Inputs>
void map_vector_within(const char* name, const F& f, const Exact& exact, const Tensor& out,
                       const Inputs&... inputs) {
  visit_floating(out.dtype(), name, [&]<class T>(TypeTag<T>) {
    if constexpr (std::is_same_v<T, double>) {
      call_loop<T, std::conditional_t<true, T, Inputs>...>(exact, out, inputs...);
    } else {
      const auto block = [&](int64_t n, T* y, const auto*... x) {
        if (call_for_capability<
                detail::are_all_within<within, std::conditional_t<true, T, Inputs>...>>(n, x...)) {
          return map_dense(f, n, y, x...);
        }
        for (int64_t i = 0; i < n; ++i) y[i] = within(x[i]...) ? f(x[i]...) : exact(x[i]...);
      };
      detail::map_blocks(block, out, inputs...);
    }
  });
}

}  // namespace cutaway::cpu
