// SPDX-License-Identifier: MIT
//
// How fast are the decompositions? Milliseconds of each function of torch.linalg on n x n matrices
// (float64, or float32 with --float), and of the plain version that stays beside a blocked one.
//
//     linalg_bench [--threads N] [--float]
//
// linalg_bench.py prints the same table of PyTorch's. Each number is the best of many runs.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <vector>

#include "../../tensor/check.h"
#include "../../tensor/cpu/cholesky.h"
#include "../../tensor/cpu/householder.h"
#include "../../tensor/cpu/lu.h"
#include "../../tensor/linalg.h"
#include "../../tensor/parallel.h"

namespace {

using namespace cutaway;

/// Milliseconds of the fastest of as many runs as fit into about a third of a second.
double milliseconds(const std::function<void()>& call) {
  using Clock = std::chrono::steady_clock;
  double best = 1e9, total = 0;
  for (int run = 0; run < 3 || (total < 300 && run < 1000); ++run) {
    const Clock::time_point start = Clock::now();
    call();
    const double taken = std::chrono::duration<double, std::milli>(Clock::now() - start).count();
    best = std::min(best, taken);
    total += taken;
  }
  return best;
}

template <class T>
cpu::ColumnMatrix<T> columns(const Tensor& x) {
  return {x.data<T>(), x.size(0), x.size(1), x.size(0)};
}

template <class T>
void bench(int64_t n) {
  Generator generator(1);
  const Tensor a = randn({n, n}, dtype_of<T>, &generator);
  const Tensor b = randn({n, 16}, dtype_of<T>, &generator);
  const Tensor definite = matmul(a, a.t()) + eye(n, n, a.dtype()) * n;
  std::vector<int32_t> pivots(static_cast<std::size_t>(n));
  std::vector<T> tau(static_cast<std::size_t>(n));

  struct Row {
    const char* name;
    std::function<void()> call, plain;
  };
  const Row rows[] = {
      {"lu_factor", [&] { linalg::lu_factor(a); },
       [&] { cpu::lu_factor_reference(columns<T>(a.clone()), pivots.data()); }},
      {"solve", [&] { linalg::solve(a, b); }, {}},
      {"inv", [&] { linalg::inv(a); }, {}},
      {"cholesky", [&] { linalg::cholesky(definite); },
       [&] { cpu::cholesky_factor_reference(n, columns<T>(definite.clone()).view()); }},
      {"qr", [&] { linalg::qr(a); },
       [&] { cpu::qr_factor_reference(columns<T>(a.clone()), tau.data()); }},
      {"eigvalsh", [&] { linalg::eigvalsh(definite); }, {}},
      {"eigh", [&] { linalg::eigh(definite); }, {}},
      {"svdvals", [&] { linalg::svdvals(a); }, {}},
      {"svd", [&] { linalg::svd(a); }, {}},
  };
  for (const Row& row : rows) {
    std::printf("%-10s %5d %10.3f", row.name, static_cast<int>(n), milliseconds(row.call));
    if (row.plain) std::printf(" %10.3f", milliseconds(row.plain));
    std::printf("\n");
  }
}

}  // namespace

int main(int argc, char** argv) {
  bool use_float = false;
  for (int i = 1; i < argc; ++i) {
    if (std::strcmp(argv[i], "--float") == 0) {
      use_float = true;
    } else if (std::strcmp(argv[i], "--threads") == 0 && i + 1 < argc) {
      set_num_threads(std::max(1, std::atoi(argv[++i])));
    } else {
      std::fprintf(stderr, "usage: linalg_bench [--threads N] [--float]\n");
      return 2;
    }
  }
  std::printf("%-10s %5s %10s %10s\n", "ms", "n", "cutaway", "plain");
  for (const int64_t n : {64, 256, 512}) use_float ? bench<float>(n) : bench<double>(n);
}
