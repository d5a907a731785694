// SPDX-License-Identifier: MIT
//
// How fast are sorting and searching? Milliseconds for each case, the best of several runs.
// sort_bench.py prints PyTorch's beside them.
//
//     sort_bench [--threads N]
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <utility>
#include <vector>

#include "../../tensor/ops.h"
#include "../../tensor/parallel.h"

using namespace cutaway;

static double milliseconds(const std::function<void()>& call) {
  using Clock = std::chrono::steady_clock;
  double best = 1e9;
  for (int round = 0; round < 7; ++round) {
    const Clock::time_point start = Clock::now();
    call();
    best = std::min(best, std::chrono::duration<double, std::milli>(Clock::now() - start).count());
  }
  return best;
}

int main(int argc, char** argv) {
  for (int i = 1; i + 1 < argc; ++i) {
    if (std::strcmp(argv[i], "--threads") == 0) set_num_threads(std::atoi(argv[i + 1]));
  }
  constexpr int64_t kMillion = 1000000;
  const Tensor f32 = randn({kMillion}, kFloat32);
  const Tensor f64 = randn({kMillion}, kFloat64);
  const Tensor i64 = randint(0, 1 << 30, {kMillion});
  const Tensor u8 = randint(0, 100, {kMillion}, kUInt8);
  const Tensor small = randint(0, 1000, {kMillion});
  const Tensor rows = f32.view({1000, 1000});
  const Tensor edges = std::get<0>(sort(randn({1000})));
  const Tensor tests = small.slice(0, 0, 1000);
  const std::vector<std::pair<const char*, std::function<void()>>> cases = {
      {"sort_f32", [&] { sort(f32); }},
      {"sort_f64", [&] { sort(f64); }},
      {"sort_i64", [&] { sort(i64); }},
      {"sort_u8", [&] { sort(u8); }},
      {"sort_rows", [&] { sort(rows, 1); }},
      {"sort_columns", [&] { sort(rows, 0); }},
      {"topk_10", [&] { topk(f32, 10); }},
      {"topk_100000", [&] { topk(f32, 100000); }},
      {"topk_rows", [&] { topk(rows, 10); }},
      {"unique_f32", [&] { unique(f32, true, true, true); }},
      {"unique_i64", [&] { unique(small, true, true, true); }},
      {"searchsorted", [&] { searchsorted(edges, f32); }},
      {"bincount", [&] { bincount(small); }},
      {"histc", [&] { histc(f32); }},
      {"isin", [&] { isin(small, tests); }},
  };
  for (const auto& [name, call] : cases) std::printf("%-14s %9.3f ms\n", name, milliseconds(call));
}
