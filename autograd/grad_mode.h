// SPDX-License-Identifier: MIT
//
// Grad mode: whether this thread records what it computes. Switching it off is nothing but
// excluding the Autograd key from dispatch; ops then go straight to their device kernel.
//
//     { const NoGrad guard;  weight -= grad * lr; }
//
// Inference mode (tensor/inference_mode.h) goes further, and nothing here switches recording on
// within it.
//
// PyTorch counterpart: torch.no_grad, torch.enable_grad, torch.set_grad_enabled;
// c10/core/GradMode.h.
#pragma once

#include "../tensor/inference_mode.h"

namespace cutaway::inline v0_1 {

inline bool is_grad_enabled() { return !excluded_keys().has(Key::Autograd); }

/// Switches it until somebody else does: for callers whose scopes are not C++'s.
inline void set_grad_enabled(bool enabled) {
  const KeySet autograd = Key::Autograd;
  const bool recording = enabled && !is_inference_mode_enabled();
  detail::excluded_keys = recording ? excluded_keys() - autograd : excluded_keys() | autograd;
}

/// On or off until the end of the scope.
class GradMode {
 public:
  explicit GradMode(bool enabled) : before_(detail::excluded_keys) { set_grad_enabled(enabled); }
  ~GradMode() { detail::excluded_keys = before_; }
  GradMode(const GradMode&) = delete;
  GradMode& operator=(const GradMode&) = delete;

 private:
  KeySet before_;
};

/// Records nothing until the end of the scope.
class NoGrad : GradMode {
 public:
  NoGrad() : GradMode(false) {}
};

/// Records again, inside a NoGrad, until the end of the scope.
class EnableGrad : GradMode {
 public:
  EnableGrad() : GradMode(true) {}
};

}  // namespace cutaway
