// SPDX-License-Identifier: MIT
//
// A plain loop, compiled once for every capability of simd.h:
//
//     [[gnu::always_inline]] inline void scale_loop(float* x, int64_t n, float by) {
//       for (int64_t i = 0; i < n; ++i) x[i] *= by;
//     }
//     call_for_capability<scale_loop<float>>(x, n, 2.0f);
//
// The loop is inlined into three callers, and only these carry the attribute `target`, so that the
// compiler vectorises one and the same text with 16, 32 and 64-byte vectors. The call costs one
// load and one branch. Everything the loop calls must be inlined too, or it runs as plain code.
//
// PyTorch counterpart: DispatchStub.h.
#pragma once

#include "simd.h"

namespace cutaway::inline v0_1::cpu {

#if defined(__GNUC__) && defined(__x86_64__)
template <auto loop, class... Args>
[[gnu::target("avx2,fma")]] auto call_with_avx2(Args... args) {
  return loop(args...);
}
template <auto loop, class... Args>
[[gnu::target("avx512f,fma")]] auto call_with_avx512(Args... args) {
  return loop(args...);
}
#endif

/// loop(args...), in the version for the processor's capability. Arguments are passed by value.
template <auto loop, class... Args>
auto call_for_capability(Args... args) {
#if defined(__GNUC__) && defined(__x86_64__)
  switch (get_cpu_capability()) {
    case CpuCapability::kAvx512:
      return call_with_avx512<loop>(args...);
    case CpuCapability::kAvx2:
      return call_with_avx2<loop>(args...);
    case CpuCapability::kDefault:
      break;
  }
#endif
  return loop(args...);
}

}  // namespace cutaway::cpu
