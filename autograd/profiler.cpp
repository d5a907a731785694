// SPDX-License-Identifier: MIT
#include "profiler.h"

#include <algorithm>
#include <mutex>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "../tensor/check.h"

namespace cutaway::inline v0_1::autograd {

/// Notes calls as they end, from all threads.
class Profile::Recorder final : public Observer {
 public:
  explicit Recorder(bool record_shapes) : record_shapes_(record_shapes) {}

  bool wants_operands() const override { return record_shapes_; }

  void on_end(const Call& call) override {
    ProfilerEvent event;
    event.name = call.name;
    event.kind = call.kind;
    event.key = call.key;
    event.thread = call.thread;
    event.depth = call.depth;
    event.begin_ns = call.begin_ns - start_ns_;
    event.end_ns = call.end_ns - start_ns_;
    event.bytes = call.bytes;
    event.failed = call.failed;
    if (record_shapes_) {
      for (const Operand& operand : call.arguments) event.arguments.push_back(operand.text);
      for (const Operand& operand : call.results) event.results.push_back(operand.text);
    }
    if (call.kind == CallKind::Node) event.sequence_nrs.push_back(call.sequence_nr);
    for (const MadeNode& node : call.nodes) event.sequence_nrs.push_back(node.sequence_nr);
    const std::lock_guard<std::mutex> lock(mutex_);
    if (!is_closed_) events_.push_back(std::move(event));
  }

  /// Calls of other threads that are still running come to nothing from now on.
  std::vector<ProfilerEvent> close() {
    const std::lock_guard<std::mutex> lock(mutex_);
    is_closed_ = true;
    return std::move(events_);
  }

 private:
  bool record_shapes_;
  int64_t start_ns_ = steady_ns();
  std::mutex mutex_;
  bool is_closed_ = false;
  std::vector<ProfilerEvent> events_;
};

/// Finds what is around what. Calls are in the order of their begin, thread by thread, so the call
/// around an event is the last one that began before it and is less deep.
static void link_parents(std::vector<ProfilerEvent>& events) {
  std::vector<size_t> around;  // the calls that the current one is inside of, outermost first
  for (size_t i = 0; i < events.size(); ++i) {
    ProfilerEvent& event = events[i];
    event.self_ns = event.duration_ns();
    event.self_bytes = event.bytes;
    while (!around.empty() && (events[around.back()].thread != event.thread ||
                               events[around.back()].depth >= event.depth ||
                               events[around.back()].end_ns < event.end_ns)) {
      around.pop_back();
    }
    if (!around.empty()) {
      ProfilerEvent& parent = events[around.back()];
      event.parent = static_cast<int64_t>(around.back());
      parent.self_ns -= event.duration_ns();
      parent.self_bytes -= event.bytes;
    }
    around.push_back(i);
  }
}

Profile::Profile(ProfileOptions options)
    : recorder_(std::make_shared<Recorder>(options.record_shapes)) {
  observation_.emplace(recorder_, options.threads);
}

Profile::~Profile() = default;

void Profile::stop() {
  if (!observation_) return;
  observation_.reset();
  events_ = recorder_->close();
  std::sort(events_.begin(), events_.end(), [](const ProfilerEvent& a, const ProfilerEvent& b) {
    return std::tie(a.thread, a.begin_ns, a.depth) < std::tie(b.thread, b.begin_ns, b.depth);
  });
  link_parents(events_);
}

const std::vector<ProfilerEvent>& Profile::events() const {
  check(!observation_, "the profile is still running: call stop() first");
  return events_;
}

/// Whether an event is the kernel below another event's Autograd kernel, of the same op.
static bool continues(const ProfilerEvent& event, const std::vector<ProfilerEvent>& events) {
  if (event.parent < 0 || event.kind != CallKind::Op) return false;
  const ProfilerEvent& parent = events[static_cast<size_t>(event.parent)];
  return parent.kind == CallKind::Op && parent.key == Key::Autograd && event.key != Key::Autograd &&
         parent.name == event.name;
}

KeyAverages Profile::key_averages(bool group_by_input_shape) const {
  std::vector<AverageRow> rows;
  std::unordered_map<std::string, size_t> places;
  for (const ProfilerEvent& event : events()) {
    std::string shapes;
    if (group_by_input_shape) {
      for (const std::string& text : event.arguments) shapes += (shapes.empty() ? "" : ", ") + text;
    }
    const auto [place, is_new] = places.try_emplace(join(event.name, "(", shapes), rows.size());
    if (is_new) rows.push_back({.name = event.name, .input_shapes = shapes});
    AverageRow& row = rows[place->second];
    row.self_ns += event.self_ns;
    row.self_bytes += event.self_bytes;
    if (continues(event, events_)) continue;
    ++row.count;
    row.total_ns += event.duration_ns();
    row.bytes += event.bytes;
  }
  return {std::move(rows), group_by_input_shape};
}

}  // namespace cutaway::autograd
