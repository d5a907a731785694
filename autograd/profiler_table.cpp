// SPDX-License-Identifier: MIT
//
// The profile as a table, in PyTorch's columns.
#include <algorithm>
#include <array>
#include <cstdio>

#include "../tensor/check.h"
#include "profiler.h"

namespace cutaway::inline v0_1::autograd {
namespace {

/// "1.50": printf's %.*f, as a string.
std::string fixed(double value, int digits) {
  std::array<char, 64> text;
  std::snprintf(text.data(), text.size(), "%.*f", digits, value);
  return text.data();
}

/// "12.340us", "1.234ms", "1.234s"
std::string time_text(int64_t ns) {
  const double us = static_cast<double>(ns) / 1e3;
  if (us >= 1e6) return fixed(us / 1e6, 3) + "s";
  if (us >= 1e3) return fixed(us / 1e3, 3) + "ms";
  return fixed(us, 3) + "us";
}

/// "12 B", "1.50 KB", "-3.00 MB"
std::string memory_text(int64_t bytes) {
  const double value = static_cast<double>(bytes);
  const double size = std::max(value, -value);
  if (size >= 1024.0 * 1024 * 1024) return fixed(value / (1024.0 * 1024 * 1024), 2) + " GB";
  if (size >= 1024.0 * 1024) return fixed(value / (1024.0 * 1024), 2) + " MB";
  if (size >= 1024) return fixed(value / 1024, 2) + " KB";
  return join(bytes, " B");
}

std::string percent_text(int64_t part, int64_t whole) {
  return whole == 0 ? "NaN"
                    : fixed(100 * static_cast<double>(part) / static_cast<double>(whole), 2) + "%";
}

int64_t average_ns(const AverageRow& row) { return row.count == 0 ? 0 : row.total_ns / row.count; }

struct Sorting {
  std::string_view word;
  int64_t (*value)(const AverageRow&);
};
constexpr Sorting sortings[] = {
    {"self_cpu_time_total", [](const AverageRow& row) { return row.self_ns; }},
    {"cpu_time_total", [](const AverageRow& row) { return row.total_ns; }},
    {"cpu_time", average_ns},
    {"cpu_memory_usage", [](const AverageRow& row) { return row.bytes; }},
    {"self_cpu_memory_usage", [](const AverageRow& row) { return row.self_bytes; }},
    {"count", [](const AverageRow& row) { return row.count; }},
};

void sort_rows(std::vector<AverageRow>& rows, std::string_view sort_by) {
  if (sort_by.empty()) return;
  const Sorting* chosen = std::find_if(std::begin(sortings), std::end(sortings),
                                       [&](const Sorting& each) { return each.word == sort_by; });
  std::string words;
  for (const Sorting& each : sortings) words += join(words.empty() ? "" : ", ", each.word);
  check_value(chosen != std::end(sortings), "sort_by must be one of ", words, "; got '", sort_by,
              "'");
  std::stable_sort(rows.begin(), rows.end(), [&](const AverageRow& a, const AverageRow& b) {
    return chosen->value(a) > chosen->value(b);
  });
}

using Line = std::vector<std::string>;

Line line_of(const AverageRow& row, int64_t whole_ns, bool by_shape) {
  Line line = {row.name,
               percent_text(row.self_ns, whole_ns),
               time_text(row.self_ns),
               percent_text(row.total_ns, whole_ns),
               time_text(row.total_ns),
               time_text(average_ns(row)),
               memory_text(row.bytes),
               memory_text(row.self_bytes),
               join(row.count)};
  if (by_shape) line.push_back(row.input_shapes);
  return line;
}

/// Each cell flush right, as wide as the widest of its column (and at least as PyTorch's).
std::string layout(const std::vector<Line>& lines) {
  std::vector<size_t> widths(lines[0].size(), 12);
  for (const Line& line : lines) {
    for (size_t i = 0; i < line.size(); ++i) widths[i] = std::max(widths[i], line[i].size());
  }
  std::string rule;
  for (const size_t width : widths) rule += std::string(width, '-') + "  ";
  std::string text = rule + "\n";
  for (size_t row = 0; row < lines.size(); ++row) {
    for (size_t i = 0; i < widths.size(); ++i) {
      text += std::string(widths[i] - lines[row][i].size(), ' ') + lines[row][i] + "  ";
    }
    text += "\n";
    if (row == 0) text += rule + "\n";
  }
  return text + rule + "\n";
}

}  // namespace

int64_t KeyAverages::self_total_ns() const {
  int64_t total = 0;
  for (const AverageRow& row : rows_) total += row.self_ns;
  return total;
}

std::string KeyAverages::table(std::string_view sort_by, int64_t row_limit) const {
  std::vector<AverageRow> rows = rows_;
  sort_rows(rows, sort_by);
  if (row_limit >= 0 && static_cast<size_t>(row_limit) < rows.size()) {
    rows.resize(static_cast<size_t>(row_limit));
  }
  std::vector<Line> lines = {{"Name", "Self CPU %", "Self CPU", "CPU total %", "CPU total",
                              "CPU time avg", "CPU Mem", "Self CPU Mem", "# of Calls"}};
  if (by_shape_) lines[0].push_back("Input Shapes");
  for (const AverageRow& row : rows) lines.push_back(line_of(row, self_total_ns(), by_shape_));
  return layout(lines) + "Self CPU time total: " + time_text(self_total_ns()) + "\n";
}

}  // namespace cutaway::autograd
