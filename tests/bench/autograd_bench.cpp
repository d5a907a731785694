// SPDX-License-Identifier: MIT
//
// What does a gradient cost beside the arithmetic? Forward and backward of ops on one float, where
// nearly all the time goes into recording and walking the graph; and chains of a million ops.
//
//     autograd_bench
//
// Each number is the best of several runs. autograd_bench.py sets them beside PyTorch's.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <functional>

#include "../../autograd/autograd.h"
#include "../../tensor/all.h"

namespace {

using namespace cutaway;

double seconds(const std::function<void()>& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

double best_microseconds(const std::function<void()>& step) {
  constexpr int kRuns = 25, kSteps = 10000;
  double best = 1e12;
  for (int run = 0; run < kRuns; ++run) {
    best = std::min(best, seconds([&] {
                      for (int i = 0; i < kSteps; ++i) step();
                    }));
  }
  return best / kSteps * 1e6;
}

struct Entry {
  const char* name;
  std::function<void()> step;
};

void time_small_ops() {
  const Tensor x = ones({1}).requires_grad_(), w = ones({1}).requires_grad_(), c = ones({1});
  const Entry entries[] = {
      {"mul, no grad",
       [&] {
         const NoGrad guard;
         x* c;
       }},
      {"mul, forward", [&] { x* c; }},
      {"mul", [&] { (x * c).backward(); }},
      {"neg", [&] { x.neg().backward(); }},
      {"exp", [&] { x.exp().backward(); }},
      {"x * x", [&] { (x * x).backward(); }},
      {"x * w", [&] { (x * w).backward(); }},
      {"grad(x * w)", [&] { autograd::grad(x * w, x); }},
      {"x * w + x", [&] { (x * w + x).backward(); }},
  };
  std::printf("%-14s %8s\n", "one float", "us");
  for (const Entry& entry : entries) {
    std::printf("%-14s %8.3f\n", entry.name, best_microseconds(entry.step));
  }
}

void time_chain() {
  constexpr int kLength = 1000000;
  double forward = 1e12, backward = 1e12, freed = 1e12;
  for (int run = 0; run < 3; ++run) {
    const Tensor x = ones({1}).requires_grad_();
    Tensor y = x;
    forward = std::min(forward, seconds([&] {
                         for (int i = 0; i < kLength; ++i) y = y + 1;
                       }));
    backward = std::min(backward, seconds([&] { y.backward(); }));
    freed = std::min(freed, seconds([&] { y = Tensor(); }));
  }
  std::printf("%-14s %8s\n", "1000000 x + 1", "s");
  std::printf("%-14s %8.3f\n%-14s %8.3f\n%-14s %8.3f\n", "forward", forward, "backward", backward,
              "freeing", freed);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc > 1) {
    std::printf("usage: autograd_bench\n");
    return std::strcmp(argv[1], "--help") == 0 ? 0 : 2;
  }
  time_small_ops();
  time_chain();
}
