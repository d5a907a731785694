// SPDX-License-Identifier: MIT
#include "simd.h"

#include <algorithm>
#include <atomic>
#include <cstdlib>

#include "../check.h"

namespace cutaway::inline v0_1::cpu {

namespace {

CpuCapability best_of_this_processor() {
#if defined(__GNUC__) && defined(__x86_64__)
  __builtin_cpu_init();
  // These also ask whether the operating system saves the wide registers.
  const bool fma = __builtin_cpu_supports("fma");
  if (fma && __builtin_cpu_supports("avx512f")) return CpuCapability::kAvx512;
  if (fma && __builtin_cpu_supports("avx2")) return CpuCapability::kAvx2;
#endif
  return CpuCapability::kDefault;
}

CpuCapability at_most_environment(CpuCapability best) {
  const char* text = std::getenv("CUTAWAY_CPU_CAPABILITY");
  if (!text || !*text) return best;
  const std::string_view name = text;
  check_value(name == "default" || name == "avx2" || name == "avx512",
              "CUTAWAY_CPU_CAPABILITY must be default, avx2 or avx512, got \"", name, "\"");
  if (name == "default") return CpuCapability::kDefault;
  if (name == "avx2") return std::min(best, CpuCapability::kAvx2);
  return best;
}

std::atomic<CpuCapability>& in_use() {
  static std::atomic<CpuCapability> capability = at_most_environment(best_of_this_processor());
  return capability;
}

}  // namespace

CpuCapability get_cpu_capability() { return in_use().load(std::memory_order_relaxed); }

CpuCapability set_cpu_capability(CpuCapability most) {
  in_use().store(std::min(most, best_of_this_processor()), std::memory_order_relaxed);
  return get_cpu_capability();
}

std::string_view to_string(CpuCapability capability) {
  switch (capability) {
    case CpuCapability::kAvx512:
      return "AVX512";
    case CpuCapability::kAvx2:
      return "AVX2";
    case CpuCapability::kDefault:
      break;
  }
  return "DEFAULT";
}

}  // namespace cutaway::cpu
