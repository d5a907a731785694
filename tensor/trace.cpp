// SPDX-License-Identifier: MIT
#include "trace.h"

#include <cstdio>
#include <cstdlib>
#include <functional>
#include <limits>
#include <mutex>
#include <ostream>
#include <utility>

#include "dispatch.h"

namespace cutaway::inline v0_1 {
namespace {

/// "mul(Tensor self, Scalar alpha=1) -> Tensor": self, alpha.
std::vector<std::string_view> parameter_names(std::string_view schema) {
  std::vector<std::string_view> names;
  size_t name = 0;  // where the current word began
  int brackets = 0;
  bool in_default = false, in_text = false;
  for (size_t i = schema.find('('); i < schema.size(); ++i) {
    const char letter = schema[i];
    if (letter == '\'') in_text = !in_text;
    if (in_text) continue;
    if (letter == '[' || letter == '(') ++brackets;
    if (letter == ']' || letter == ')') --brackets;
    const bool is_end = brackets == 0 || (brackets == 1 && letter == ',');
    if ((is_end || letter == '=') && !in_default && schema[name] != '*' && name < i) {
      names.push_back(schema.substr(name, i - name));
    }
    if (brackets == 0) break;
    if (letter == '=') in_default = true;
    if (is_end) in_default = false;
    if (is_end || letter == ' ' || letter == '(') name = i + 1;
  }
  return names;
}

std::string text_of(const std::vector<Operand>& operands) {
  std::string text;
  for (const Operand& operand : operands) text += (text.empty() ? "" : ", ") + operand.text;
  return text;
}

std::string heading_of_op(const Call& call) {
  std::string text = join(call.name, "(");
  const std::vector<std::string_view> names = parameter_names(call.op->schema());
  for (size_t i = 0; i < call.arguments.size(); ++i) {
    if (i > 0) text += ", ";
    if (i < names.size()) text += join(names[i], "=");
    text += call.arguments[i].text;
  }
  return text + (call.op->is_composite() ? "): made of other ops"
                                         : join("): ", name_of(call.key), " kernel"));
}

std::string heading_of(const Call& call) {
  if (call.kind == CallKind::Op) return heading_of_op(call);
  if (call.kind == CallKind::Range) return join("range '", call.name, "'");
  // An AccumulateGrad has no number of its own, but the largest there is.
  const bool has_number = call.sequence_nr != std::numeric_limits<uint64_t>::max();
  return join(call.name, has_number ? join(" #", call.sequence_nr) : "", " (",
              text_of(call.arguments), "): backward");
}

/// What stands after the arrow; empty where there is nothing to say.
std::string outcome_of(const Call& call) {
  if (call.failed) return "an error";
  std::string text = text_of(call.results);
  for (const MadeNode& node : call.nodes) {
    text += join(text.empty() ? "" : ", ", "grad_fn ", node.name, " #", node.sequence_nr);
  }
  return text;
}

class Tracer final : public Observer {
 public:
  using Write = std::function<void(std::string_view)>;
  explicit Tracer(Write write) : write_(std::move(write)) {}

  void on_begin(const Call& call) override {
    const std::string line = indentation(call) + heading_of(call);
    const std::lock_guard<std::mutex> lock(mutex_);
    write_(is_line_open_ ? "\n" + line : line);
    is_line_open_ = true;
    open_thread_ = call.thread;
    open_depth_ = call.depth;
  }

  // A call that called nothing gets its result on its own line.
  void on_end(const Call& call) override {
    const std::string outcome = outcome_of(call);
    const std::lock_guard<std::mutex> lock(mutex_);
    if (is_line_open_ && open_thread_ == call.thread && open_depth_ == call.depth) {
      write_(outcome.empty() ? "\n" : join(" -> ", outcome, "\n"));
      is_line_open_ = false;
    } else if (!outcome.empty()) {
      write_(join(is_line_open_ ? "\n" : "", indentation(call), "  -> ", outcome, "\n"));
      is_line_open_ = false;
    }
  }

 private:
  static std::string indentation(const Call& call) {
    const std::string spaces(2 * static_cast<size_t>(call.depth), ' ');
    return call.thread == 1 ? spaces : join("[thread ", call.thread, "] ", spaces);
  }

  Write write_;
  std::mutex mutex_;
  bool is_line_open_ = false;  // a heading stands there, without its line break
  int open_thread_ = 0, open_depth_ = 0;
};

}  // namespace

Trace::Trace(std::ostream& out, Threads threads)
    : observation_(std::make_shared<Tracer>([&out](std::string_view text) { out << text; }),
                   threads) {}

std::shared_ptr<Observer> tracer_from_environment() {
  const char* setting = std::getenv("CUTAWAY_TRACE");
  const std::string_view text = setting != nullptr ? setting : "";
  if (text.empty() || text == "0") return nullptr;
  check_value(text == "1", "CUTAWAY_TRACE must be 0 or 1, got \"", text, "\"");
  return std::make_shared<Tracer>(
      [](std::string_view line) { std::fwrite(line.data(), 1, line.size(), stderr); });
}

}  // namespace cutaway
