// SPDX-License-Identifier: MIT
//
// How fast are reductions and scans? Microseconds for a million floats: (1000, 1000) over all of
// it, along the last dimension and along the first. Scans and softmax of "all" are of a vector.
//
//     reduce_bench [--threads N]
//
// Each number is the best of several runs. reduce_bench.py sets them beside PyTorch's.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <optional>

#include "../../tensor/all.h"

namespace {

using namespace cutaway;

/// dim: none for the whole tensor.
using Call = std::function<void(const Tensor& x, std::optional<int64_t> dim)>;

IntArrayRef dims_of(const std::optional<int64_t>& dim) {
  return dim ? IntArrayRef(*dim) : IntArrayRef();
}

struct Entry {
  const char* name;
  bool is_scan;  // it keeps the shape, and needs a dimension
  Call call;
};

const Entry kEntries[] = {
    {"sum", false, [](const Tensor& x, auto dim) { x.sum(dims_of(dim)); }},
    {"mean", false, [](const Tensor& x, auto dim) { x.mean(dims_of(dim)); }},
    {"prod", false, [](const Tensor& x, auto dim) { dim ? x.prod(*dim) : x.prod(); }},
    {"amax", false, [](const Tensor& x, auto dim) { x.amax(dims_of(dim)); }},
    {"max", false,
     [](const Tensor& x, auto dim) {
       if (dim) {
         x.max(*dim);
       } else {
         x.max();
       }
     }},
    {"argmax", false, [](const Tensor& x, auto dim) { x.argmax(dim); }},
    {"any", false, [](const Tensor& x, auto dim) { x.any(dims_of(dim)); }},
    {"var", false, [](const Tensor& x, auto dim) { x.var(dims_of(dim)); }},
    {"norm", false, [](const Tensor& x, auto dim) { x.norm(2, dims_of(dim)); }},
    {"logsumexp", false, [](const Tensor& x, auto dim) { x.logsumexp(dims_of(dim)); }},
    {"softmax", true, [](const Tensor& x, auto dim) { x.softmax(*dim); }},
    {"cumsum", true, [](const Tensor& x, auto dim) { x.cumsum(*dim); }},
    {"cumprod", true, [](const Tensor& x, auto dim) { x.cumprod(*dim); }},
    {"cummax", true, [](const Tensor& x, auto dim) { x.cummax(*dim); }},
    {"logcumsumexp", true, [](const Tensor& x, auto dim) { x.logcumsumexp(*dim); }},
    {"median", true, [](const Tensor& x, auto dim) { x.median(*dim); }},
};

double best_microseconds(const Call& call, const Tensor& x, std::optional<int64_t> dim) {
  using Clock = std::chrono::steady_clock;
  double best = 1e12;
  for (int run = 0; run < 15; ++run) {
    const Clock::time_point start = Clock::now();
    call(x, dim);
    best = std::min(best, std::chrono::duration<double, std::micro>(Clock::now() - start).count());
  }
  return best;
}

}  // namespace

int main(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    if (std::strcmp(argv[i], "--threads") == 0 && i + 1 < argc) {
      set_num_threads(std::max(1, std::atoi(argv[++i])));
    } else {
      std::printf("usage: reduce_bench [--threads N]\n");
      return std::strcmp(argv[i], "--help") == 0 ? 0 : 2;
    }
  }
  Generator generator(0);
  const Tensor matrix = randn({1000, 1000}, kFloat32, &generator);
  const Tensor vector = matrix.flatten();
  std::printf("%-14s %8s %8s %8s   us, %d thread(s)\n", "op", "all", "last", "first",
              get_num_threads());
  for (const Entry& entry : kEntries) {
    const double all = entry.is_scan ? best_microseconds(entry.call, vector, 0)
                                     : best_microseconds(entry.call, matrix, std::nullopt);
    std::printf("%-14s %8.0f %8.0f %8.0f\n", entry.name, all,
                best_microseconds(entry.call, matrix, 1), best_microseconds(entry.call, matrix, 0));
  }
}
