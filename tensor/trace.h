// SPDX-License-Identifier: MIT
//
// The op trace: every call of an op as it goes through the dispatcher, indented by who called whom.
//
//     CUTAWAY_TRACE=1 build/bin/NAME         the whole program, to stderr
//     { const Trace trace(std::cout);  ... } the calls of this scope
//
// `loss = (a * b).sum(); loss.backward()` begins with
//
//     mul(self=float32 [2], other=float32 [2]): Autograd kernel
//       mul(self=float32 [2], other=float32 [2]): CPU kernel
//         empty(size=[2], dtype=float32): CPU kernel -> float32 [2]
//         -> float32 [2]
//       -> float32 [2], grad_fn MulBackward0 #2
//
// A line says the op, its arguments by the names of the schema, and the key whose kernel was
// chosen: the entry of that column in the op's row (tensor/catalogue_*.cpp). What stands below it
// with more indentation is what that kernel called. `->` brings the result, and the node that the
// Autograd kernel recorded; in backward() the line of a node begins with its name and number. Calls
// of other threads than the first begin with `[thread 2]`. Names of kernel functions are not known
// at run time; the row has them.
//
// PyTorch counterpart: TORCH_SHOW_DISPATCH_TRACE=1, which exists in debug builds only.
#pragma once

#include <iosfwd>
#include <memory>

#include "observe.h"

namespace cutaway::inline v0_1 {

/// Writes the calls that begin on this thread (or on all) to `out` until the end of the scope.
class Trace {
 public:
  explicit Trace(std::ostream& out, Threads threads = Threads::This);

 private:
  Observation observation_;
};

/// One that writes to stderr if CUTAWAY_TRACE=1, else null. Asked by the first observed call.
/// Throws ValueError where the variable is anything but 0, 1 or empty.
std::shared_ptr<Observer> tracer_from_environment();

}  // namespace cutaway
