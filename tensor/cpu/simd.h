// SPDX-License-Identifier: MIT
//
// SIMD: which vector instructions this processor has, and one type for vectors of numbers.
//
// The library is compiled for the plainest processor of its kind, so that one binary runs
// everywhere. A hot kernel is compiled several times, once per capability, with the attribute
// `target` on each function, and the best version the processor has is chosen when it is called.
// gemm_kernel.cpp shows how.
//
// PyTorch counterpart: at::native::get_cpu_capability (DispatchStub.h) and at::vec::Vectorized.
// Left out: capabilities of other processors; there the compiler's own baseline is all we use.
#pragma once

#include <cstddef>
#include <string_view>

#include "../version.h"

#include "../macros_off.h"  // what hosts have as macros is ours from here on

namespace cutaway::inline v0_1::cpu {

/// Sets of vector instructions, each including those before it.
enum class CpuCapability {
  kDefault,  ///< what every processor of this kind has: 16-byte vectors (SSE2 on x86-64)
  kAvx2,     ///< AVX2 and FMA: 32-byte vectors, multiply-add in one instruction
  kAvx512,   ///< AVX-512F and FMA: 64-byte vectors, 32 registers
};

/// The capability kernels use now: at first the best this processor has, at most
/// $CUTAWAY_CPU_CAPABILITY (default, avx2 or avx512; ValueError if it is anything else).
CpuCapability get_cpu_capability();

/// Caps it, for tests and benchmarks; returns what is now in use, never more than there is.
CpuCapability set_cpu_capability(CpuCapability most);

/// "DEFAULT", "AVX2" or "AVX512", PyTorch's names.
std::string_view to_string(CpuCapability capability);

/// A vector of as many T as fit into `Bytes` bytes. +, -, * and / work lane by lane, and a scalar
/// operand stands for a vector full of it; v[i] is one lane. A Vector lives in a register, within
/// one function; memory is accessed through `InMemory`, a Vector at any address a T may have:
///
///     Vector v = *reinterpret_cast<const typename Simd<T, 64>::InMemory*>(pointer);
///
/// A compiler without this extension gets vectors of one number, and everything still works.
template <class T, std::size_t Bytes>
struct Simd {
#if defined(__GNUC__)
  typedef T Vector __attribute__((vector_size(Bytes)));
  typedef T InMemory __attribute__((vector_size(Bytes), aligned(alignof(T)), may_alias));
  static constexpr std::size_t kLanes = Bytes / sizeof(T);
#else
  using Vector = T;
  using InMemory = T;
  static constexpr std::size_t kLanes = 1;
#endif
};

}  // namespace cutaway::cpu

#include "../macros_on.h"
