// SPDX-License-Identifier: MIT
//
// Grad mode: whether this thread records what it computes. Switching it off is nothing but
// excluding the Autograd key from dispatch; ops then go straight to their device kernel.
//
//     { const NoGrad guard;  weight -= grad * lr; }
//
// PyTorch counterpart: torch.no_grad, torch.enable_grad; c10/core/GradMode.h.
#pragma once

#include "../tensor/dispatch_key.h"

namespace cutaway {

inline bool is_grad_enabled() { return !excluded_keys().has(Key::Autograd); }

/// Records nothing until the end of the scope.
class NoGrad : ExcludeKeys {
 public:
  NoGrad() : ExcludeKeys(Key::Autograd) {}
};

/// Records again, inside a NoGrad, until the end of the scope.
class EnableGrad : IncludeKeys {
 public:
  EnableGrad() : IncludeKeys(Key::Autograd) {}
};

}  // namespace cutaway
