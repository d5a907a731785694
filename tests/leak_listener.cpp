// SPDX-License-Identifier: MIT
//
// After each test there must be no more tensors, storages and nodes than before it; a test that
// leaves some behind fails. A tensor that a test program means to keep (in a static table) must
// therefore be made outside of tests, or be counted here; so far there is none.
#include <gtest/gtest.h>

#include <array>

#include "../tensor/live_count.h"

namespace cutaway {
namespace {

using Counts = std::array<int64_t, kCountedKinds>;

Counts count_all() {
  return {live_count(Counted::Tensor), live_count(Counted::Storage), live_count(Counted::Node)};
}

class LeakListener : public testing::EmptyTestEventListener {
  void OnTestStart(const testing::TestInfo&) override { before_ = count_all(); }
  void OnTestEnd(const testing::TestInfo& test) override {
    constexpr const char* names[] = {"tensors", "storages", "nodes"};
    const Counts after = count_all();
    for (size_t i = 0; i < after.size(); ++i) {
      EXPECT_LE(after[i], before_[i]) << test.test_suite_name() << '.' << test.name() << " leaves "
                                      << after[i] - before_[i] << ' ' << names[i] << " behind";
    }
  }
  Counts before_{};
};

/// Joins the program before main() of the test library runs.
const bool installed = [] {
  testing::UnitTest::GetInstance()->listeners().Append(new LeakListener);
  return true;
}();

}  // namespace
}  // namespace cutaway
