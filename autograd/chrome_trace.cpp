// SPDX-License-Identifier: MIT
//
// The profile as JSON in the trace event format that Perfetto and chrome://tracing read. Times are
// microseconds. An arrow is a pair of flow events with one id: "s" where the op begins that
// recorded a node, "f" where the node runs.
//
// Format: "Trace Event Format",
// https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU
#include <array>
#include <cstdio>
#include <ostream>
#include <set>
#include <unordered_map>

#include "../tensor/check.h"
#include "profiler.h"

namespace cutaway::inline v0_1::autograd {
namespace {

std::string quoted(std::string_view text) {
  std::string result = "\"";
  for (const char letter : text) {
    if (letter == '"' || letter == '\\') {
      result += '\\';
      result += letter;
    } else if (static_cast<unsigned char>(letter) < 0x20) {
      std::array<char, 8> code;
      std::snprintf(code.data(), code.size(), "\\u%04x", static_cast<unsigned>(letter));
      result += code.data();
    } else {
      result += letter;
    }
  }
  return result + "\"";
}

template <class Part, class Text>
std::string list_of(const std::vector<Part>& parts, const Text& text) {
  std::string result = "[";
  for (const Part& part : parts) result += (result.size() > 1 ? ", " : "") + text(part);
  return result + "]";
}

/// 12345 ns: "12.345"
std::string microseconds(int64_t ns) {
  std::array<char, 32> text;
  std::snprintf(text.data(), text.size(), "%lld.%03lld", static_cast<long long>(ns / 1000),
                static_cast<long long>(ns % 1000));
  return text.data();
}

/// What all events begin with, up to the time.
std::string heading(const char* phase, std::string_view category, std::string_view name, int thread,
                    int64_t at_ns) {
  return join("{\"ph\": \"", phase, "\", \"cat\": \"", category, "\", \"name\": ", quoted(name),
              ", \"pid\": 1, \"tid\": ", thread, ", \"ts\": ", microseconds(at_ns));
}

const char* category_of(CallKind kind) {
  return kind == CallKind::Op     ? "cpu_op"
         : kind == CallKind::Node ? "backward_node"
                                  : "user_annotation";
}

std::string slice(const ProfilerEvent& event) {
  std::string text =
      heading("X", category_of(event.kind), event.name, event.thread, event.begin_ns) +
      join(", \"dur\": ", microseconds(event.duration_ns()), ", \"args\": {");
  if (event.kind == CallKind::Op) text += join("\"Key\": \"", name_of(event.key), "\", ");
  if (!event.sequence_nrs.empty()) {
    text += "\"Sequence numbers\": " +
            list_of(event.sequence_nrs, [](uint64_t number) { return join(number); }) + ", ";
  }
  if (event.failed) text += "\"Failed\": true, ";
  return text + "\"Inputs\": " + list_of(event.arguments, quoted) +
         ", \"Outputs\": " + list_of(event.results, quoted) +
         join(", \"Bytes\": ", event.bytes, "}}");
}

std::string thread_name(int thread) {
  return join("{\"ph\": \"M\", \"name\": \"thread_name\", \"pid\": 1, \"tid\": ", thread,
              ", \"args\": {\"name\": \"thread ", thread, "\"}}");
}

}  // namespace

void Profile::write_chrome_trace(std::ostream& out) const {
  std::set<int> threads;
  std::unordered_map<uint64_t, const ProfilerEvent*> recorded_by;
  for (const ProfilerEvent& event : events()) {
    threads.insert(event.thread);
    if (event.kind != CallKind::Op) continue;
    for (const uint64_t number : event.sequence_nrs) recorded_by.emplace(number, &event);
  }

  out << "{\"displayTimeUnit\": \"ns\", \"traceEvents\": [\n"
      << R"({"ph": "M", "name": "process_name", "pid": 1, "args": {"name": "cutaway"}})";
  for (const int thread : threads) out << ",\n" << thread_name(thread);
  int64_t arrows = 0;
  for (const ProfilerEvent& event : events_) {
    out << ",\n" << slice(event);
    if (event.kind != CallKind::Node) continue;
    const auto forward = recorded_by.find(event.sequence_nrs[0]);
    if (forward == recorded_by.end()) continue;
    const std::string id = join(", \"id\": ", ++arrows);
    const ProfilerEvent& op = *forward->second;
    out << ",\n" << heading("s", "fwdbwd", "fwdbwd", op.thread, op.begin_ns) << id << "}";
    out << ",\n"
        << heading("f", "fwdbwd", "fwdbwd", event.thread, event.begin_ns) << id
        << ", \"bp\": \"e\"}";
  }
  out << "\n]}\n";
}

}  // namespace cutaway::autograd
