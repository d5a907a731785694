// SPDX-License-Identifier: MIT
//
// Inference mode: for code that is certain to need no gradients, ever. As in no-grad mode nothing
// is recorded; besides, what is made is an inference tensor, which autograd refuses from then on:
// it counts no versions, knows no base, and cannot be saved for a backward. In return nothing has
// to be kept for it.
//
//     { const InferenceMode guard;  y = model(x); }   // y.is_inference()
//     y.clone();                                      // a normal tensor again
//
// Tensors made before the scope stay what they are: they may be read and written in it (versions
// are counted), and a view of one is a normal tensor, which only must not be written by a recorded
// op later.
//
// InferenceMode(false) inside the scope is normal mode again, with gradients. EnableGrad is not: it
// records nothing there, but is_grad_enabled() stays false, where PyTorch's becomes true.
//
// PyTorch counterpart: c10/core/InferenceMode.h, torch.inference_mode. Left out: an inference
// tensor that was made to require a gradient is recorded by PyTorch in calls with a number, here by
// none.
#pragma once

#include "dispatch_key.h"

namespace cutaway::inline v0_1 {

namespace detail {
[[gnu::visibility("default")]] inline constinit thread_local bool inference_mode = false;
}

inline bool is_inference_mode_enabled() { return detail::inference_mode; }

/// Until the end of the scope, on this thread.
class InferenceMode {
 public:
  explicit InferenceMode(bool enabled = true)
      : before_(detail::inference_mode), keys_before_(detail::excluded_keys) {
    detail::inference_mode = enabled;
    const KeySet autograd = Key::Autograd;
    detail::excluded_keys = enabled ? keys_before_ | autograd : keys_before_ - autograd;
  }
  ~InferenceMode() {
    detail::inference_mode = before_;
    detail::excluded_keys = keys_before_;
  }
  InferenceMode(const InferenceMode&) = delete;
  InferenceMode& operator=(const InferenceMode&) = delete;

 private:
  bool before_;
  KeySet keys_before_;
};

}  // namespace cutaway
