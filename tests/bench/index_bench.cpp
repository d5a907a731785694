// SPDX-License-Identifier: MIT
//
// How fast are the operations that move elements? Microseconds per call at a million float32
// elements, one line per operation: "name microseconds". index_bench.py runs this program and asks
// PyTorch the same.
//
//     index_bench [--threads N]
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <utility>
#include <vector>

#include "../../tensor/all.h"

namespace {

using namespace cutaway;

/// The best of many calls: what disturbs a call only makes it slower.
double microseconds(const std::function<void()>& call) {
  using Clock = std::chrono::steady_clock;
  double best = 1e9;
  for (int i = 0; i < 30; ++i) {
    const Clock::time_point start = Clock::now();
    call();
    best = std::min(best, std::chrono::duration<double, std::micro>(Clock::now() - start).count());
  }
  return best;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc == 3 && std::strcmp(argv[1], "--threads") == 0) set_num_threads(std::atoi(argv[2]));
  manual_seed(0);
  const int64_t n = 1000000;
  const Tensor x = randn({n}), out = zeros({n});
  const Tensor matrix = x.view({1000, 1000});
  const Tensor index = randint(0, n, {n});
  const Tensor rows = randint(0, 1000, {1000});
  const Tensor columns = randint(0, 1000, {1000, 1000});
  const Tensor mask = x.gt(0);
  const std::pair<const char*, std::function<void()>> cases[] = {
      {"index", [&] { x.index({index}); }},
      {"index_rows", [&] { matrix.index({rows}); }},
      {"index_columns",
       [&] {
         matrix.index({indexing::Slice(), rows});
       }},
      {"index_mask", [&] { x.index({mask}); }},
      {"index_put", [&] { out.index_put_({index}, x); }},
      {"index_put_accumulate", [&] { out.index_put_({index}, x, true); }},
      {"gather", [&] { matrix.gather(1, columns); }},
      {"scatter", [&] { matrix.scatter_(1, columns, matrix.clone()); }},
      {"scatter_add", [&] { matrix.scatter_add_(1, columns, matrix.clone()); }},
      {"masked_select", [&] { x.masked_select(mask); }},
      {"masked_fill", [&] { x.masked_fill(mask, 0); }},
      {"nonzero", [&] { mask.nonzero(); }},
      {"cat",
       [&] {
         cat({matrix, matrix}, 1);
       }},
      {"flip_rows", [&] { matrix.flip(0); }},
      {"flip_columns", [&] { matrix.flip(1); }},
      {"roll",
       [&] {
         matrix.roll({7, 9}, {0, 1});
       }},
      {"repeat", [&] { rows.repeat({1000}); }},
      {"pad_reflect",
       [&] {
         pad(matrix, {3, 4}, "reflect");
       }},
  };
  for (const auto& [name, call] : cases) std::printf("%s %.1f\n", name, microseconds(call));
}
