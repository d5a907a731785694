// SPDX-License-Identifier: MIT
//
// Note [One kernel, several processors]
// A function with the attribute target("avx2,fma") may use those instructions, whatever flags its
// file is compiled with; calling it on a processor without them ends the program. So the same text
// is included here once per capability, each time in a namespace of its own, with its own attribute
// and vector size, and gemm_kernels() hands out the functions the processor can run. Instead of
// names for instructions the text uses the compiler's vector types; where the target has FMA, the
// compiler turns `sum += a * b` into one rounded multiply-add.
#include "gemm_kernel.h"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <utility>

#include "simd.h"

namespace cutaway::inline v0_1::cpu {

namespace {

namespace with_default {
constexpr std::size_t kVectorBytes = 16, kRows = 4, kVectors = 2;  // 8 of 16 registers for C
#define CUTAWAY_TARGET
#include "gemm_micro_kernel.h"
#undef CUTAWAY_TARGET
}  // namespace with_default

#if defined(__GNUC__) && defined(__x86_64__)
namespace with_avx2 {
constexpr std::size_t kVectorBytes = 32, kRows = 6, kVectors = 2;  // 12 of 16 registers for C
#define CUTAWAY_TARGET __attribute__((target("avx2,fma")))
#include "gemm_micro_kernel.h"
#undef CUTAWAY_TARGET
}  // namespace with_avx2

namespace with_avx512 {
constexpr std::size_t kVectorBytes = 64, kRows = 8, kVectors = 3;  // 24 of 32 registers for C
#define CUTAWAY_TARGET __attribute__((target("avx512f,fma")))
#include "gemm_micro_kernel.h"
#undef CUTAWAY_TARGET
}  // namespace with_avx512
#endif

}  // namespace

template <class T>
const GemmKernels<T>& gemm_kernels() {
  static constexpr GemmKernels<T> plain = with_default::kernels<T>();
#if defined(__GNUC__) && defined(__x86_64__)
  static constexpr GemmKernels<T> avx2 = with_avx2::kernels<T>();
  static constexpr GemmKernels<T> avx512 = with_avx512::kernels<T>();
  switch (get_cpu_capability()) {
    case CpuCapability::kAvx512:
      return avx512;
    case CpuCapability::kAvx2:
      return avx2;
    case CpuCapability::kDefault:
      break;
  }
#endif
  return plain;
}

template const GemmKernels<float>& gemm_kernels();
template const GemmKernels<double>& gemm_kernels();

}  // namespace cutaway::cpu
