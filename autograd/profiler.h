// SPDX-License-Identifier: MIT
//
// The profiler: where the time of a training step goes, forward and backward.
//
//     autograd::Profile profile;
//     loss_of(batch).backward();
//     profile.stop();
//     out << profile.key_averages().table("self_cpu_time_total");
//     profile.write_chrome_trace(file);  // open it at https://ui.perfetto.dev
//
// While it runs, every op, every node of the graph and every RecordFunction range of all threads
// (observe.h) is noted with its times, shapes and bytes. An op that recorded a node and the run of
// that node in backward() are linked by the node's sequence number.
//
// Self time is the time of a call without the calls inside it. So self times add up, on one thread,
// to the time in which anything ran. The calls inside carry the profiler's own cost: a call of an
// op costs some hundred nanoseconds more while it is watched.
//
// PyTorch counterpart: torch.profiler.profile, torch.autograd.profiler.profile. Different on
// purpose: shapes and memory are noted unless switched off; the Autograd kernel of an op and the
// CPU kernel inside it are two events (in the table, one). Left out: schedules, stacks, modules,
// FLOPs, devices.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "../tensor/observe.h"

#include "../tensor/macros_off.h"  // what hosts have as macros is ours from here on

namespace cutaway::inline v0_1::autograd {

/// One call that has ended. Times are nanoseconds since the profile began.
struct ProfilerEvent {
  std::string name;
  CallKind kind = CallKind::Op;
  Key key = Key::CPU;   // of an op: who served it
  int thread = 0;       // Call::thread
  int depth = 0;        // Call::depth
  int64_t parent = -1;  // index of the event around it; -1 for none
  int64_t begin_ns = 0, end_ns = 0;
  int64_t self_ns = 0;                          // without the events inside it
  int64_t bytes = 0, self_bytes = 0;            // allocated, less freed
  std::vector<std::string> arguments, results;  // "float32 [2, 3]"
  std::vector<uint64_t> sequence_nrs;  // of a node: its number; of an op: of the nodes it recorded
  bool failed = false;

  int64_t duration_ns() const { return end_ns - begin_ns; }
};

/// One row of the table: all calls of one name.
struct AverageRow {
  std::string name;
  std::string input_shapes;  // where they were asked to part the rows
  int64_t count = 0;
  int64_t total_ns = 0, self_ns = 0;
  int64_t bytes = 0, self_bytes = 0;
};

class KeyAverages {
 public:
  KeyAverages(std::vector<AverageRow> rows, bool by_shape)
      : rows_(std::move(rows)), by_shape_(by_shape) {}
  /// In the order of their first calls.
  const std::vector<AverageRow>& rows() const& { return rows_; }
  std::vector<AverageRow> rows() && { return std::move(rows_); }
  int64_t self_total_ns() const;
  /// The text of PyTorch's table. sort_by, the largest first: "self_cpu_time_total",
  /// "cpu_time_total", "cpu_time", "cpu_memory_usage", "self_cpu_memory_usage" or "count"; ""
  /// leaves the order. Throws ValueError on another word. row_limit: -1 for all.
  std::string table(std::string_view sort_by = "", int64_t row_limit = 100) const;

 private:
  std::vector<AverageRow> rows_;
  bool by_shape_;
};

struct ProfileOptions {
  bool record_shapes = true;  // arguments and results, as text
  Threads threads = Threads::All;
};

class Profile {
 public:
  /// Begins at once.
  explicit Profile(ProfileOptions options = {});
  ~Profile();
  Profile(const Profile&) = delete;
  Profile& operator=(const Profile&) = delete;

  /// Ends it. A call that has begun but not ended is not noted. Does nothing the second time.
  void stop();

  // What follows throws unless the profile has been stopped.

  /// All calls, those of one thread together, in the order in which they began.
  const std::vector<ProfilerEvent>& events() const;
  /// The calls added up by name (and by the shapes of their arguments). An op called by its own
  /// Autograd kernel is one call with that.
  KeyAverages key_averages(bool group_by_input_shape = false) const;
  /// JSON in Chrome's trace event format, for Perfetto and chrome://tracing: one "X" event for each
  /// call, and an arrow ("s" to "f") from each op that recorded a node to the node's run.
  void write_chrome_trace(std::ostream& out) const;

 private:
  class Recorder;
  std::shared_ptr<Recorder> recorder_;
  std::optional<Observation> observation_;
  std::vector<ProfilerEvent> events_;
};

}  // namespace cutaway::autograd

#include "../tensor/macros_on.h"
