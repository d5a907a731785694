// SPDX-License-Identifier: MIT
//
// The profiler: that what it noted nests, adds up and is linked; the table's text; the JSON's
// grammar and structure.
#include "../../autograd/profiler.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "../../autograd/autograd.h"
#include "../../tensor/catalogue.h"
#include "../../tensor/ops.h"
#include "../expect_error.h"

namespace cutaway {
namespace {

using autograd::AverageRow;
using autograd::KeyAverages;
using autograd::Profile;
using autograd::ProfilerEvent;

/// A step of something, with loops large enough to take time.
void step() {
  const RecordFunction range("step");
  const Tensor a = ones({64, 64}).requires_grad_(), b = ones({64, 64}).requires_grad_();
  (a.matmul(b) * a).relu().sum().backward();
}

std::vector<ProfilerEvent> events_of_steps(int steps) {
  Profile profile;
  for (int i = 0; i < steps; ++i) step();
  profile.stop();
  return profile.events();
}

const ProfilerEvent& find(const std::vector<ProfilerEvent>& events, const std::string& name) {
  const auto found = std::find_if(events.begin(), events.end(),
                                  [&](const ProfilerEvent& event) { return event.name == name; });
  check(found != events.end(), "no event ", name);
  return *found;
}

TEST(Profiler, EventsNest) {
  const std::vector<ProfilerEvent> events = events_of_steps(3);
  ASSERT_GT(events.size(), 50U);
  for (size_t i = 0; i < events.size(); ++i) {
    const ProfilerEvent& event = events[i];
    EXPECT_LE(event.begin_ns, event.end_ns);
    EXPECT_GE(event.self_ns, 0) << event.name;
    if (event.depth == 0) {
      EXPECT_EQ(event.parent, -1);
      continue;
    }
    ASSERT_GE(event.parent, 0) << event.name;
    const ProfilerEvent& parent = events[static_cast<size_t>(event.parent)];
    EXPECT_EQ(parent.depth + 1, event.depth);
    EXPECT_EQ(parent.thread, event.thread);
    EXPECT_LE(parent.begin_ns, event.begin_ns);
    EXPECT_LE(event.end_ns, parent.end_ns);
  }
}

TEST(Profiler, SelfTimesAddUpToTheTimeThatPassed) {
  const auto start = std::chrono::steady_clock::now();
  Profile profile;
  for (int i = 0; i < 5; ++i) step();
  profile.stop();
  const int64_t wall =
      std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now() - start)
          .count();
  int64_t self = 0, outermost = 0;
  for (const ProfilerEvent& event : profile.events()) {
    self += event.self_ns;
    if (event.parent < 0) outermost += event.duration_ns();
  }
  EXPECT_EQ(self, outermost);
  EXPECT_EQ(profile.key_averages().self_total_ns(), self);
  EXPECT_LE(self, wall);
  EXPECT_GT(self, wall / 2) << "everything ran inside a range";
}

TEST(Profiler, LinksEachNodeToTheOpThatRecordedIt) {
  const std::vector<ProfilerEvent> events = events_of_steps(1);
  const std::map<std::string, std::string> recorded = {{"mul", "MulBackward0"},
                                                       {"mm", "MmBackward0"},
                                                       {"relu", "ReluBackward0"},
                                                       {"sum", "SumBackward0"}};
  for (const auto& [op, node] : recorded) {
    const ProfilerEvent& forward = find(events, op);
    const ProfilerEvent& backward = find(events, node);
    EXPECT_EQ(forward.key, Key::Autograd);
    EXPECT_EQ(forward.sequence_nrs, backward.sequence_nrs) << op;
    EXPECT_LE(forward.end_ns, backward.begin_ns);
  }
}

TEST(Profiler, NotesShapesBytesAndErrors) {
  Profile profile;
  const Tensor kept = ones({100, 10}).neg();
  {
    const RecordFunction range("wrong");
    EXPECT_THROW(op::mm(ones({1}), ones({1})), Error);
  }
  profile.stop();
  const ProfilerEvent& neg = find(profile.events(), "neg");
  EXPECT_EQ(neg.arguments, std::vector<std::string>{"float32 [100, 10]"});
  EXPECT_EQ(neg.results, std::vector<std::string>{"float32 [100, 10]"});
  EXPECT_EQ(neg.bytes, 4000);
  EXPECT_FALSE(neg.failed);
  EXPECT_TRUE(find(profile.events(), "mm").failed);
}

TEST(Profiler, CanLeaveShapesAway) {
  Profile profile({.record_shapes = false});
  ones({2}).neg();
  profile.stop();
  EXPECT_TRUE(find(profile.events(), "neg").arguments.empty());
}

TEST(Profiler, HearsOfAllThreadsOrOne) {
  for (const Threads threads : {Threads::All, Threads::This}) {
    Profile profile({.threads = threads});
    std::thread(step).join();
    step();
    profile.stop();
    std::map<int, int> steps;
    for (const ProfilerEvent& event : profile.events()) {
      if (event.name == "step") ++steps[event.thread];
    }
    EXPECT_EQ(steps.size(), threads == Threads::All ? 2U : 1U);
    EXPECT_EQ(steps[thread_number()], 1);
  }
}

TEST(Profiler, ManyThreadsAtOnceAndAnEndInTheMiddle) {
  std::vector<std::thread> workers;
  Profile profile;
  for (int i = 0; i < 4; ++i) {
    workers.emplace_back([] {
      for (int repeat = 0; repeat < 20; ++repeat) step();
    });
  }
  step();
  profile.stop();
  const size_t count = profile.events().size();
  for (std::thread& worker : workers) worker.join();
  EXPECT_EQ(profile.events().size(), count) << "nothing is added afterwards";
  for (const ProfilerEvent& event : profile.events()) EXPECT_GE(event.self_ns, 0);
}

TEST(Profiler, IsAskedOnlyAfterItsEnd) {
  Profile profile;
  expect_error<Error>([&] { profile.events(); }, "the profile is still running: call stop() first");
  profile.stop();
  profile.stop();
  EXPECT_TRUE(profile.events().empty());
  EXPECT_EQ(profile.key_averages().rows().size(), 0U);
}

// ---- The table ----

TEST(ProfilerTable, CountsAnOpAndItsKernelOnce) {
  const Tensor a = ones({2}).requires_grad_();
  Profile profile;
  for (int i = 0; i < 3; ++i) a* a;
  profile.stop();
  const std::vector<AverageRow> rows = profile.key_averages().rows();
  EXPECT_EQ(rows[0].name, "mul");
  EXPECT_EQ(rows[0].count, 3);
  EXPECT_EQ(profile.key_averages().self_total_ns(), rows[0].total_ns);
}

TEST(ProfilerTable, PartsRowsByShape) {
  Profile profile;
  ones({2}).neg();
  ones({3}).neg();
  ones({3}).neg();
  profile.stop();
  std::map<std::string, int64_t> counts;
  for (const AverageRow& row : profile.key_averages(true).rows()) {
    if (row.name == "neg") counts[row.input_shapes] = row.count;
  }
  EXPECT_EQ(counts, (std::map<std::string, int64_t>{{"float32 [2]", 1}, {"float32 [3]", 2}}));
}

TEST(ProfilerTable, ReadsAsPyTorchs) {
  const KeyAverages averages({{"mul", "", 2, 4'000'000, 1'500'000, 2048, 0},
                              {"empty", "", 2, 2'500'000, 2'500'000, 2048, -3 << 20}},
                             false);
  const std::string rule =
      "------------  ------------  ------------  ------------  ------------  ------------  "
      "------------  ------------  ------------  \n";
  EXPECT_EQ(averages.table("self_cpu_time_total"),
            rule +
                "        Name    Self CPU %      Self CPU   CPU total %     CPU total  CPU time "
                "avg       CPU Mem  Self CPU Mem    # of Calls  \n" +
                rule +
                "       empty        62.50%       2.500ms        62.50%       2.500ms       "
                "1.250ms       2.00 KB      -3.00 MB             2  \n"
                "         mul        37.50%       1.500ms       100.00%       4.000ms       "
                "2.000ms       2.00 KB           0 B             2  \n" +
                rule + "Self CPU time total: 4.000ms\n");
  const auto lines = [](const std::string& text) {
    return std::count(text.begin(), text.end(), '\n');
  };
  EXPECT_EQ(lines(averages.table("", 1)), lines(averages.table()) - 1);
}

TEST(ProfilerTable, SortsByEachColumn) {
  const KeyAverages averages({{"a", "", 1, 10, 9, 5, 5}, {"b", "", 9, 27, 1, 1, 7}}, false);
  const auto first = [&](const char* sort_by) {
    const std::string table = averages.table(sort_by);
    return table.find(" a ") < table.find(" b ") ? 'a' : 'b';
  };
  EXPECT_EQ(first(""), 'a');
  EXPECT_EQ(first("self_cpu_time_total"), 'a');
  EXPECT_EQ(first("cpu_time_total"), 'b');
  EXPECT_EQ(first("cpu_time"), 'a');
  EXPECT_EQ(first("cpu_memory_usage"), 'a');
  EXPECT_EQ(first("self_cpu_memory_usage"), 'b');
  EXPECT_EQ(first("count"), 'b');
  expect_error<ValueError>([&] { averages.table("speed"); },
                           "sort_by must be one of self_cpu_time_total, cpu_time_total, cpu_time, "
                           "cpu_memory_usage, self_cpu_memory_usage, count; got 'speed'");
}

// ---- Chrome's format ----

size_t count_of(const std::string& text, const std::string& part) {
  size_t count = 0;
  for (size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

/// Reads JSON strictly and says where it is wrong.
class JsonChecker {
 public:
  explicit JsonChecker(std::string_view text) : rest_(text) {}
  /// The text from the first mistake on; empty where there is none.
  std::string mistake() {
    const bool good = value() && (space(), rest_.empty());
    return good ? "" : "at: " + std::string(rest_.substr(0, 60));
  }

 private:
  void space() {
    while (!rest_.empty() && (rest_[0] == ' ' || rest_[0] == '\n')) rest_.remove_prefix(1);
  }
  bool take(char letter) {
    space();
    if (rest_.empty() || rest_[0] != letter) return false;
    rest_.remove_prefix(1);
    return true;
  }
  bool take_word(std::string_view word) {
    if (!rest_.starts_with(word)) return false;
    rest_.remove_prefix(word.size());
    return true;
  }
  bool string() {
    if (!take('"')) return false;
    while (!rest_.empty() && rest_[0] != '"') {
      if (static_cast<unsigned char>(rest_[0]) < 0x20) return false;
      const bool is_escape = rest_[0] == '\\';
      if (is_escape && rest_.find_first_of("\"\\/bfnrtu", 1) != 1) return false;
      rest_.remove_prefix(is_escape ? 2 : 1);
    }
    return take('"');
  }
  bool number() {
    const size_t end = std::min(rest_.find_first_not_of("-0123456789."), rest_.size());
    const size_t digits = rest_.starts_with('-') ? 1 : 0;
    if (end <= digits) return false;
    if (rest_[digits] == '0' && end > digits + 1 && rest_[digits + 1] != '.') return false;
    rest_.remove_prefix(end);
    return true;
  }
  template <class Entry>
  bool sequence(char close, const Entry& entry) {
    if (take(close)) return true;
    do {
      if (!entry()) return false;
    } while (take(','));
    return take(close);
  }
  bool value() {
    space();
    if (rest_.starts_with('"')) return string();
    if (take('{')) return sequence('}', [&] { return string() && take(':') && value(); });
    if (take('[')) return sequence(']', [&] { return value(); });
    return take_word("true") || take_word("false") || take_word("null") || number();
  }
  std::string_view rest_;
};

TEST(ChromeTrace, HasASliceForEachEventAndAnArrowForEachRecordedNode) {
  Profile profile;
  std::thread(step).join();
  {
    const RecordFunction range("a \"quoted\"\nlabel\\");
    step();
  }
  profile.stop();
  std::ostringstream out;
  profile.write_chrome_trace(out);
  const std::string json = out.str();
  EXPECT_EQ(count_of(json, "\"ph\": \"X\""), profile.events().size());
  // Of the four nodes of each step; AccumulateGrad is recorded by nobody.
  EXPECT_EQ(count_of(json, "\"ph\": \"s\""), 8U);
  EXPECT_EQ(count_of(json, "\"ph\": \"f\""), 8U);
  EXPECT_EQ(count_of(json, "\"thread_name\""), 2U);
  EXPECT_NE(json.find(R"("name": "a \"quoted\"\u000alabel\\")"), std::string::npos);
  EXPECT_EQ(JsonChecker(json).mistake(), "");
}

}  // namespace
}  // namespace cutaway
