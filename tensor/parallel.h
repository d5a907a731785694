// SPDX-License-Identifier: MIT
//
// Parallel loops. One pool of threads for the whole program, and one way to use it:
//
//     parallel_for(0, rows, 64, [&](int64_t begin, int64_t end) {
//       for (int64_t i = begin; i < end; ++i) y[i] = f(x[i]);
//     });
//
// The range is cut into contiguous chunks; the calling thread and the workers take one chunk after
// the other until none is left. Promises:
//   - Every index is visited once, and all of them have been when parallel_for returns.
//   - An exception thrown by the body reaches the caller: the first one, after all begun chunks
//     have ended. Chunks not yet begun are then skipped.
//   - Inline, as one call body(begin, end) on this thread: a range of at most `grain`, one thread,
//     a call from inside a body, and a call while another user thread has the pool.
//   - A worker the system has put aside delays the caller only if it holds a chunk; chunks not
//     yet begun go to whoever is free. So a second thread helps, or at worst hardly hurts.
//   - Workers start with the first loop that needs them, wait by spinning for some microseconds
//     and then asleep, and are joined when the program ends. A forked child starts workers of its
//     own (if its parent was inside a loop at that moment, the child's loops run inline).
// In return the caller promises that chunks do not depend on each other and that the result is the
// same however the range is cut: a reduction splits by its own fixed rule, never by chunk. The body
// works on raw pointers; it does not touch tensors.
//
// PyTorch counterpart: at::parallel_for in aten/src/ATen/Parallel.h. Left out: the pool for
// inter-op tasks, and thread numbers inside the body.
#pragma once

#include <cstdint>

#include "version.h"

namespace cutaway::inline v0_1 {

namespace detail {

/// A reference to a loop body: two pointers, no allocation. It must not outlive the body.
class LoopBody {
 public:
  template <class Function>
  explicit LoopBody(const Function& body)
      : object_(&body), call_([](const void* object, int64_t begin, int64_t end) {
          (*static_cast<const Function*>(object))(begin, end);
        }) {}
  void operator()(int64_t begin, int64_t end) const { call_(object_, begin, end); }

 private:
  const void* object_;
  void (*call_)(const void* object, int64_t begin, int64_t end);
};

void parallel_for_chunks(int64_t begin, int64_t end, int64_t grain, LoopBody body);

}  // namespace detail

/// Calls body(b, e) for chunks [b, e) that together make [begin, end), on several threads.
/// `grain` is the smallest number of indices worth handing to another thread: aim at 10 us of work.
template <class Function>
void parallel_for(int64_t begin, int64_t end, int64_t grain, const Function& body) {
  if (begin >= end) return;
  if (end - begin <= grain) return body(begin, end);
  detail::parallel_for_chunks(begin, end, grain, detail::LoopBody(body));
}

/// How many chunks of b make a; the last one may be smaller. Both positive.
constexpr int64_t divide_up(int64_t a, int64_t b) { return (a + b - 1) / b; }

/// How many threads a loop may use, the caller's included. At first $CUTAWAY_NUM_THREADS, or else
/// the number of processors. ValueError if that variable is not a positive integer.
int get_num_threads();

/// Sets that number for the whole program. ValueError if n < 1.
void set_num_threads(int n);

/// True inside a body that parallel_for has shared out, and while the thread has an InlineLoops;
/// loops started there run inline.
bool in_parallel_region();

/// While it lives, the loops of its thread run inline. For threads that work beside the main one
/// and must leave the pool to it, such as a data loader's workers.
class InlineLoops {
 public:
  InlineLoops();
  ~InlineLoops();
  InlineLoops(const InlineLoops&) = delete;
  InlineLoops& operator=(const InlineLoops&) = delete;

 private:
  bool outer_;
};

}  // namespace cutaway
