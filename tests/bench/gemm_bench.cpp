// SPDX-License-Identifier: MIT
//
// How fast is the matrix product? For each shape: billions of floating-point operations per second
// (GFLOP/s) of the plain loop and of the fast version at each capability of this processor.
//
//     gemm_bench [--threads N] [--double]
//
// The first five shapes are those of a two-layer network on MNIST, batch 64: its forward products,
// then those of its gradients. Each number is the best of many short runs, taken in turn with the
// other columns': what disturbs a run only makes it slower.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include "../../tensor/check.h"
#include "../../tensor/cpu/gemm.h"
#include "../../tensor/cpu/simd.h"
#include "../../tensor/parallel.h"

namespace {

using namespace cutaway;
using cpu::CpuCapability;
using cpu::MatrixView;

struct Shape {
  const char* name;
  int64_t m, k, n;
  bool a_transposed, b_transposed;
};

constexpr Shape kShapes[] = {
    {"x @ W^T", 64, 784, 256, false, true},      {"h @ W2^T", 64, 256, 10, false, true},
    {"grad @ W2", 64, 10, 256, false, false},    {"grad^T @ h", 10, 64, 256, true, false},
    {"grad^T @ x", 256, 64, 784, true, false},   {"square", 128, 128, 128, false, false},
    {"square", 256, 256, 256, false, false},     {"square", 512, 512, 512, false, false},
    {"square", 1024, 1024, 1024, false, false},  {"square A^T", 512, 512, 512, true, false},
    {"square B^T", 512, 512, 512, false, true},  {"vector @ M", 1, 784, 256, false, false},
    {"vector @ M^T", 1, 784, 256, false, true},  {"M @ vector", 1024, 1024, 1, false, true},
    {"vector @ M", 1, 1024, 1024, false, false}, {"tiny", 8, 8, 8, false, false},
};

template <class T>
std::vector<T> numbers(int64_t count) {
  std::vector<T> out(static_cast<std::size_t>(count));
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = static_cast<T>(i * 37 % 101) / 101 - T(0.5);
  return out;
}

/// Seconds of one call, from enough calls to last about 2 ms.
template <class F>
double seconds(double expected, const F& call) {
  using Clock = std::chrono::steady_clock;
  const int calls = std::clamp(static_cast<int>(0.002 / expected), 1, 20000);
  const Clock::time_point start = Clock::now();
  for (int i = 0; i < calls; ++i) call();
  return std::chrono::duration<double>(Clock::now() - start).count() / calls;
}

template <class T>
void bench(const std::vector<CpuCapability>& capabilities) {
  std::printf("%-14s %4s %5s %5s %10s", "GFLOP/s", "m", "k", "n", "reference");
  for (CpuCapability c : capabilities) std::printf(" %9s", std::string(to_string(c)).c_str());
  std::printf(" %12s\n", "us per call");

  for (const Shape& s : kShapes) {
    const std::vector<T> a = numbers<T>(s.m * s.k);
    const std::vector<T> b = numbers<T>(s.k * s.n);
    std::vector<T> c(static_cast<std::size_t>(s.m * s.n));
    const MatrixView<const T> a_view = s.a_transposed ? MatrixView<const T>{a.data(), 1, s.m}
                                                      : MatrixView<const T>{a.data(), s.k, 1};
    const MatrixView<const T> b_view = s.b_transposed ? MatrixView<const T>{b.data(), 1, s.k}
                                                      : MatrixView<const T>{b.data(), s.n, 1};
    const MatrixView<T> c_view{c.data(), s.n, 1};
    const double flops =
        2.0 * static_cast<double>(s.m) * static_cast<double>(s.k) * static_cast<double>(s.n);

    std::vector<double> best(capabilities.size(), 1e9);
    const int rounds = 30;
    for (int round = 0; round < rounds; ++round) {
      for (std::size_t i = 0; i < capabilities.size(); ++i) {
        cpu::set_cpu_capability(capabilities[i]);
        const double now = seconds(
            flops / 5e10, [&] { cpu::gemm<T>(s.m, s.n, s.k, 1, a_view, b_view, 0, c_view); });
        best[i] = std::min(best[i], now);
      }
    }
    const double plain = seconds(
        flops / 1e9, [&] { cpu::gemm_reference<T>(s.m, s.n, s.k, 1, a_view, b_view, 0, c_view); });
    std::printf("%-14s %4d %5d %5d %10.1f", s.name, static_cast<int>(s.m), static_cast<int>(s.k),
                static_cast<int>(s.n), flops / plain / 1e9);
    for (double time : best) std::printf(" %9.1f", flops / time / 1e9);
    std::printf(" %12.2f\n", best.back() * 1e6);
  }
}

}  // namespace

int main(int argc, char** argv) {
  bool use_double = false;
  for (int i = 1; i < argc; ++i) {
    if (std::strcmp(argv[i], "--double") == 0) {
      use_double = true;
    } else if (std::strcmp(argv[i], "--threads") == 0 && i + 1 < argc) {
      set_num_threads(std::max(1, std::atoi(argv[++i])));
    } else {
      std::printf("usage: gemm_bench [--threads N] [--double]\n");
      return std::strcmp(argv[i], "--help") == 0 ? 0 : 2;
    }
  }
  std::vector<CpuCapability> capabilities;
  for (CpuCapability c : {CpuCapability::kDefault, CpuCapability::kAvx2, CpuCapability::kAvx512}) {
    if (cpu::set_cpu_capability(c) == c) capabilities.push_back(c);
  }
  std::printf("%s, %d thread(s)\n", use_double ? "double" : "float", get_num_threads());
  use_double ? bench<double>(capabilities) : bench<float>(capabilities);
}
