// SPDX-License-Identifier: MIT
//
// Anomaly mode: which op of the forward pass is to blame for an error in backward, or for a NaN?
//
//     const DetectAnomaly guard;
//     const AnomalyLabel label("second layer");      // as many as help
//     ... forward and backward ...
//
// While the mode is on, each node that is made notes where that is, and backward stops with
// "Function 'LogBackward0' returned nan values in its 0th output." when a node computes a NaN. The
// note on an error in backward (Error::what()) then tells where the node was made, how its op's
// inputs were computed, and, for a gradient of a gradient, the same of the node that made this one.
//
// "Where" is what the thread's labels say: a C++ program cannot read its own call stack. Python
// can, and puts its traceback there through set_call_site.
//
// The mode is the program's, not the thread's, as in PyTorch. Off, it costs one branch for each
// node made and each node run.
//
// PyTorch counterpart: torch/csrc/autograd/anomaly_mode.h; torch.autograd.detect_anomaly,
// set_detect_anomaly. Different on purpose: the report is part of the error, where PyTorch prints a
// warning; on_anomaly brings the warning back.
#pragma once

#include <atomic>
#include <memory>
#include <string>

#include "../tensor/tensor.h"
#include "hooks.h"

namespace cutaway::inline v0_1::autograd {

class Node;

namespace detail {
[[gnu::visibility("default")]] inline constinit std::atomic<bool> anomaly_enabled{false};
[[gnu::visibility("default")]] inline constinit std::atomic<bool> anomaly_checks_nan{true};
[[gnu::visibility("default")]] inline constinit thread_local const Node* running_node = nullptr;
}  // namespace detail

inline bool is_anomaly_enabled() { return detail::anomaly_enabled.load(std::memory_order_relaxed); }
inline bool is_anomaly_check_nan_enabled() {
  return detail::anomaly_checks_nan.load(std::memory_order_relaxed);
}
void set_anomaly_enabled(bool enabled, bool check_nan = true);

/// Switches the mode on (or off) until the end of the scope.
class DetectAnomaly {
 public:
  explicit DetectAnomaly(bool mode = true, bool check_nan = true)
      : was_enabled_(is_anomaly_enabled()), checked_nan_(is_anomaly_check_nan_enabled()) {
    set_anomaly_enabled(mode, check_nan);
  }
  ~DetectAnomaly() { set_anomaly_enabled(was_enabled_, checked_nan_); }
  DetectAnomaly(const DetectAnomaly&) = delete;
  DetectAnomaly& operator=(const DetectAnomaly&) = delete;

 private:
  bool was_enabled_, checked_nan_;
};

/// A name for what this thread does until the end of the scope.
class AnomalyLabel {
 public:
  explicit AnomalyLabel(std::string text);
  ~AnomalyLabel();
  AnomalyLabel(const AnomalyLabel&) = delete;
  AnomalyLabel& operator=(const AnomalyLabel&) = delete;
};

/// Where a node was made. Any number of lines, each ended.
struct ForwardSite {
  std::string name;                          // of the node
  std::string where;                         // what call_site said, or the labels; may be empty
  std::shared_ptr<const ForwardSite> maker;  // of the node that ran when this one was made
};

/// Who says where the program is; null: the labels.
void set_call_site(std::string (*describe)());
/// Who hears of each report as well; null: nobody.
void on_anomaly(void (*listener)(const std::string& report));

// ---- For Node and the engine ----

/// The node that backward runs on this thread, for the time of the scope.
class RunningNode {
 public:
  explicit RunningNode(const Node& node) : before_(detail::running_node) {
    detail::running_node = &node;
  }
  ~RunningNode() { detail::running_node = before_; }
  RunningNode(const RunningNode&) = delete;
  RunningNode& operator=(const RunningNode&) = delete;

 private:
  const Node* before_;
};

/// What a node that is being made notes.
std::shared_ptr<const ForwardSite> note_forward_site(const char* name);
/// Throws where there is a NaN among the gradients that `node` computed.
void check_nan(const Node& node, const Grads& grads);
/// "Error detected in LogBackward0. ...": tells the listener, and returns the text.
std::string report_anomaly(const Node& node);

}  // namespace cutaway::autograd
