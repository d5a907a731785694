// SPDX-License-Identifier: MIT
//
// What does it cost that ops can be observed? Nanoseconds for x + x of one element, in turn: with
// nobody observing (one load and one branch, which cannot be told from noise here), with an
// observer that does nothing, and profiled without and with shapes. Medians.
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <vector>

#include "../../autograd/profiler.h"
#include "../../tensor/all.h"

namespace {

using namespace cutaway;

constexpr int kCalls = 2000, kRounds = 25;

double nanoseconds_per_call(const Tensor& x) {
  const auto start = std::chrono::steady_clock::now();
  for (int i = 0; i < kCalls; ++i) x + x;
  const std::chrono::duration<double, std::nano> passed = std::chrono::steady_clock::now() - start;
  return passed.count() / kCalls;
}

struct Deaf final : Observer {
  bool wants_operands() const override { return false; }
};

double median(std::vector<double> values) {
  std::nth_element(values.begin(), values.begin() + kRounds / 2, values.end());
  return values[kRounds / 2];
}

}  // namespace

int main() {
  const Tensor x = ones({1});
  std::array<std::vector<double>, 4> times;
  for (int round = 0; round < kRounds; ++round) {
    times[0].push_back(nanoseconds_per_call(x));
    {
      const Observation observation(std::make_shared<Deaf>(), Threads::This);
      times[1].push_back(nanoseconds_per_call(x));
    }
    for (const bool record_shapes : {false, true}) {
      autograd::Profile profile({.record_shapes = record_shapes});
      times[record_shapes ? 3 : 2].push_back(nanoseconds_per_call(x));
    }
  }
  std::printf("x + x of one element, which is two ops (add and empty); ns\n");
  std::printf("unobserved=%.0f observer=%.0f profiled=%.0f profiled_with_shapes=%.0f\n",
              median(times[0]), median(times[1]), median(times[2]), median(times[3]));
  return 0;
}
