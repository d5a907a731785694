// SPDX-License-Identifier: MIT
//
// The observation point: how a tracer or a profiler comes to see every op.
//
// Op::operator() asks is_observed(): one load, one branch, and in nearly every program that is all.
// Where somebody observes, the call takes a detour on which it is described in a Call and reported
// twice, when it begins and when it has ended. The same goes for the nodes that the engine runs
// (autograd/engine.cpp), for composite ops called by name, and for ranges that the user names:
//
//     { const RecordFunction range("data loading");  ... }
//
// An Observer hears of the calls of one thread or of all; what it hears of one thread is properly
// nested. The op trace (trace.h) and the profiler (autograd/profiler.h) are observers.
//
// What cannot be seen: a composite function that C++ calls directly (`cutaway::chain_matmul(...)`)
// is a plain function call; the ops it is made of are seen.
//
// PyTorch counterpart: ATen/record_function.h; torch.profiler.record_function. Left out: sampling.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "dispatch_key.h"
#include "scalar.h"
#include "tensor.h"

#include "macros_off.h"  // what hosts have as macros is ours from here on

namespace cutaway::inline v0_1 {

class OpBase;

// ---- What is reported ----

enum class CallKind : uint8_t { Op, Node, Range };

/// One argument or result. Of a tensor it has the dtype and the sizes, but no handle: owning it
/// would change what is observed (whether a gradient may be stolen, when memory is freed).
struct Operand {
  struct TensorInfo {
    DType dtype;
    DimVector sizes;
  };
  std::vector<TensorInfo> tensors;  // itself, or those of a list; empty for all else
  std::string text;                 // "float32 [2, 3]", "[int64 [4], int64 [4]]", "0.5", "None"
};

/// A node that was made while a call ran, and became the history of a tensor.
struct MadeNode {
  std::string name;
  uint64_t sequence_nr;
};

/// A call that has begun, or has ended. Views and pointers are good only for as long as an observer
/// is being told.
struct Call {
  CallKind kind = CallKind::Op;
  std::string_view name;  // "mul", "MulBackward0", or the user's label
  const OpBase* op = nullptr;
  Key key = Key::CPU;        // of an op: whose kernel serves it
  uint64_t sequence_nr = 0;  // of a node: its number
  int thread = 0;            // 1 for the first thread that anybody observed, then 2, ...
  int depth = 0;             // how many reported calls of this thread are around it
  std::vector<Operand> arguments, results;  // where somebody wants them: Observer::wants_operands

  int64_t begin_ns = 0, end_ns = 0;  // by steady_ns()
  int64_t bytes = 0;  // tensor memory that this thread took from the allocator, less what it freed
  std::vector<MadeNode> nodes;
  bool failed = false;  // it threw
};

// ---- Who hears of it ----

class Observer {
 public:
  virtual ~Observer() = default;
  /// Whether arguments and results are to be described, which costs more than the rest.
  virtual bool wants_operands() const { return true; }
  /// Called on the thread of the call, so at the same time from many. on_end must not throw.
  virtual void on_begin(const Call&) {}
  virtual void on_end(const Call&) {}
};

enum class Threads : uint8_t { This, All };

/// While it lives, `observer` hears of the calls that begin on this thread, or on all.
class Observation {
 public:
  Observation(std::shared_ptr<Observer> observer, Threads threads);
  ~Observation();
  Observation(const Observation&) = delete;
  Observation& operator=(const Observation&) = delete;

 private:
  const Observer* observer_;
};

// ---- The point itself ----

namespace detail {
/// How many Observations there are, and 1 more until CUTAWAY_TRACE has been looked up: the first
/// op takes the detour and does it, so that nothing need run before main().
inline constinit std::atomic<int> observer_count{1};
}  // namespace detail

inline bool is_observed() { return detail::observer_count.load(std::memory_order_relaxed) != 0; }

/// The steady clock, in nanoseconds. (Not std::chrono's types, here: their header costs every file
/// that knows an op a twentieth of a second of compilation.)
int64_t steady_ns();
/// The thread's number in reports.
int thread_number();

Operand operand_of(const Tensor& tensor);
Operand operand_of(TensorList tensors);
Operand operand_of(const std::vector<Tensor>& tensors);
Operand operand_of(IntArrayRef values);
Operand operand_of(const std::vector<int64_t>& values);
Operand operand_of(const Scalar& number);
Operand operand_of(bool value);
Operand operand_of(int64_t value);
Operand operand_of(double value);
Operand operand_of(DType dtype);
Operand operand_of(std::string_view text);
Operand operand_of(Generator* generator);
Operand operand_of(std::nullopt_t);
template <class T>
Operand operand_of(const std::optional<T>& value) {
  return value ? operand_of(*value) : operand_of(std::nullopt);
}

/// One call on its way: begun by start(), ended by finish() or, where it throws, by the destructor.
class ObservedCall {
 public:
  ObservedCall(const OpBase& op, Key key);
  ObservedCall(CallKind kind, std::string_view name, uint64_t sequence_nr = 0);
  ~ObservedCall();
  ObservedCall(const ObservedCall&) = delete;
  ObservedCall& operator=(const ObservedCall&) = delete;

  template <class... Arguments>
  void start(const Arguments&... arguments) {
    if (wants_operands_) (add_argument(operand_of(arguments)), ...);
    begin();
  }
  template <class Result>
  void finish(const Result& result) {
    stop_clock();
    if (wants_operands_) add_result(operand_of(result));
    report_end();
  }
  template <class... Results>
  void finish(const std::tuple<Results...>& results) {
    stop_clock();
    if (wants_operands_) {
      std::apply([&](const auto&... each) { (add_result(operand_of(each)), ...); }, results);
    }
    report_end();
  }
  // The same for lists whose length is known only at run time.
  void start_list(TensorList arguments);
  void finish_list(TensorList results);

  /// Notes that a node became the history of a tensor during the innermost call of this thread.
  static void note_node(const char* name, uint64_t sequence_nr);

 private:
  // Out of line: every row of the catalogue has code that calls them.
  void add_argument(Operand&& argument);
  void add_result(Operand&& result);
  void begin();
  void stop_clock();
  void report_end();

  Call call_;
  std::vector<std::shared_ptr<Observer>> observers_;
  ObservedCall* outer_;
  bool wants_operands_ = false;
  bool is_running_ = false;  // begun, and its end not yet reported
};

/// A range with a name of the user's, in the traces and profiles of the calls inside it.
class RecordFunction {
 public:
  explicit RecordFunction(std::string_view label);
  ~RecordFunction();
  RecordFunction(const RecordFunction&) = delete;
  RecordFunction& operator=(const RecordFunction&) = delete;

 private:
  std::string label_;
  std::optional<ObservedCall> call_;
};

}  // namespace cutaway

#include "macros_on.h"
