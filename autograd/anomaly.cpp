// SPDX-License-Identifier: MIT
#include "anomaly.h"

#include <utility>
#include <vector>

#include "../tensor/ops.h"
#include "grad_mode.h"
#include "node.h"

namespace cutaway::inline v0_1::autograd {

void set_anomaly_enabled(bool enabled, bool check_nan) {
  detail::anomaly_enabled.store(enabled, std::memory_order_relaxed);
  detail::anomaly_checks_nan.store(check_nan, std::memory_order_relaxed);
}

static std::vector<std::string>& labels() {
  static thread_local std::vector<std::string> all;
  return all;
}

AnomalyLabel::AnomalyLabel(std::string text) { labels().push_back(std::move(text)); }
AnomalyLabel::~AnomalyLabel() { labels().pop_back(); }

/// "  in "encoder", in "second layer"\n"
static std::string describe_labels() {
  std::string text;
  for (const std::string& label : labels())
    text += (text.empty() ? "  in \"" : ", in \"") + label + '"';
  return text.empty() ? text : text + '\n';
}

static constinit std::atomic<std::string (*)()> call_site{&describe_labels};
static constinit std::atomic<void (*)(const std::string&)> listener{nullptr};

void set_call_site(std::string (*describe)()) {
  call_site = describe != nullptr ? describe : &describe_labels;
}
void on_anomaly(void (*hears)(const std::string&)) { listener = hears; }

std::shared_ptr<const ForwardSite> note_forward_site(const char* name) {
  const Node* maker = detail::running_node;
  auto site = std::make_shared<ForwardSite>();
  site->name = name;
  site->where = call_site.load()();
  if (maker != nullptr) {
    site->maker = maker->forward_site();
    if (!site->maker)
      site->maker = std::make_shared<ForwardSite>(ForwardSite{maker->name(), {}, {}});
  }
  return site;
}

void check_nan(const Node& node, const Grads& grads) {
  if (!is_anomaly_check_nan_enabled()) return;
  const NoGrad guard;
  for (size_t i = 0; i < grads.size(); ++i) {
    check(!grads[i].defined() || !grads[i].isnan().any().item<bool>(), "Function '", node.name(),
          "' returned nan values in its ", i, "th output.");
  }
}

/// How the inputs of a node's op were computed: its forward ops, nearest first, one per line.
static void describe_inputs(const Node& node, int depth, int& lines, std::string& text) {
  constexpr int kMostLines = 8, kDeepest = 4;
  for (const Edge& edge : node.next_edges()) {
    if (!edge.is_valid() || ++lines > kMostLines) continue;
    const OutputInfo& output = edge.node->outputs()[static_cast<size_t>(edge.input_nr)];
    text += std::string(static_cast<size_t>(2 * depth + 2), ' ');
    text += join("from output ", edge.input_nr, " of ", edge.node->name(), ": ",
                 name_of(output.dtype), ' ', output.sizes, '\n');
    if (depth < kDeepest) describe_inputs(*edge.node, depth + 1, lines, text);
  }
}

std::string report_anomaly(const Node& node) {
  std::string text = join("Error detected in ", node.name(), ". ");
  const ForwardSite* site = node.forward_site().get();
  if (site == nullptr) {
    text +=
        "No forward pass information available. Enable detect anomaly during forward pass for more "
        "information.";
  } else {
    text += "Traceback of forward call that caused the error:\n" + site->where;
    int lines = 0;
    describe_inputs(node, 0, lines, text);
    for (site = site->maker.get(); site != nullptr; site = site->maker.get()) {
      text +=
          join("\n\nPrevious calculation was induced by ", site->name,
               ". Traceback of forward call that induced the previous calculation:\n", site->where);
    }
  }
  if (const auto hears = listener.load()) hears(text);
  return text;
}

}  // namespace cutaway::autograd
