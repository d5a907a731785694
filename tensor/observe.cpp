// SPDX-License-Identifier: MIT
#include "observe.h"

#include <algorithm>
#include <chrono>
#include <mutex>
#include <utility>

#include "allocator.h"
#include "dispatch.h"
#include "trace.h"

namespace cutaway::inline v0_1 {

// ---- Operands ----

static void append(Operand& operand, const Tensor& tensor) {
  if (!tensor.defined()) {
    operand.text += "None";
    return;
  }
  operand.tensors.push_back({tensor.dtype(), tensor.sizes()});
  operand.text += join(name_of(tensor.dtype()), " ", tensor.sizes());
}

Operand operand_of(const Tensor& tensor) {
  Operand operand;
  append(operand, tensor);
  if (tensor.defined() && tensor.impl()->is_wrapped_number()) {
    operand.text = operand_of(tensor.item()).text;  // the 2 of `x * 2`
  }
  return operand;
}

Operand operand_of(TensorList tensors) {
  Operand operand{{}, "["};
  for (const Tensor& tensor : tensors) {
    if (operand.text.size() > 1) operand.text += ", ";
    append(operand, tensor);
  }
  operand.text += "]";
  return operand;
}

Operand operand_of(const std::vector<Tensor>& tensors) { return operand_of(TensorList(tensors)); }
Operand operand_of(IntArrayRef values) { return {{}, to_string(values)}; }
Operand operand_of(const std::vector<int64_t>& values) { return operand_of(IntArrayRef(values)); }
Operand operand_of(bool value) { return {{}, value ? "True" : "False"}; }
Operand operand_of(int64_t value) { return {{}, join(value)}; }
Operand operand_of(double value) { return {{}, join(value)}; }
Operand operand_of(DType dtype) { return {{}, name_of(dtype)}; }
Operand operand_of(std::string_view text) { return {{}, join("'", text, "'")}; }
Operand operand_of(std::nullopt_t) { return {{}, "None"}; }
Operand operand_of(Generator* generator) {
  return {{}, generator != nullptr ? "a generator" : "None"};
}
Operand operand_of(const Scalar& number) {
  return number.is_bool() ? operand_of(number.to<bool>()) : Operand{{}, to_string(number)};
}

// ---- The list of observers ----

namespace {

struct Listener {
  std::shared_ptr<Observer> observer;
  int thread;  // the only one it hears of; 0 for all
};

/// Never destroyed: ops may run in the destructors of the program's own static objects.
struct Listeners {
  std::mutex mutex;
  std::vector<Listener> all;
};
Listeners& listeners() {
  static Listeners* const only = new Listeners;
  return *only;
}

void add_listener(std::shared_ptr<Observer> observer, int thread) {
  Listeners& list = listeners();
  const std::lock_guard<std::mutex> lock(list.mutex);
  list.all.push_back({std::move(observer), thread});
  detail::observer_count.fetch_add(1, std::memory_order_relaxed);
}

/// Done by the first call that is observed, because observer_count begins at 1.
void look_at_environment_once() {
  static const bool done = [] {
    if (std::shared_ptr<Observer> tracer = tracer_from_environment()) {
      add_listener(std::move(tracer), 0);
    }
    detail::observer_count.fetch_sub(1, std::memory_order_relaxed);
    return true;
  }();
  static_cast<void>(done);
}

std::vector<std::shared_ptr<Observer>> observers_of_this_thread() {
  look_at_environment_once();
  std::vector<std::shared_ptr<Observer>> found;
  const int thread = thread_number();
  Listeners& list = listeners();
  const std::lock_guard<std::mutex> lock(list.mutex);
  for (const Listener& listener : list.all) {
    if (listener.thread == 0 || listener.thread == thread) found.push_back(listener.observer);
  }
  return found;
}

constinit std::atomic<int> threads_seen{0};
constinit thread_local int number_of_this_thread = 0;  // 0 until asked for
constinit thread_local ObservedCall* innermost = nullptr;

}  // namespace

int64_t steady_ns() {
  using std::chrono::nanoseconds, std::chrono::duration_cast;
  return duration_cast<nanoseconds>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

int thread_number() {
  if (number_of_this_thread == 0) number_of_this_thread = ++threads_seen;
  return number_of_this_thread;
}

Observation::Observation(std::shared_ptr<Observer> observer, Threads threads)
    : observer_(observer.get()) {
  add_listener(std::move(observer), threads == Threads::This ? thread_number() : 0);
}

Observation::~Observation() {
  Listeners& list = listeners();
  const std::lock_guard<std::mutex> lock(list.mutex);
  const auto mine = std::find_if(list.all.begin(), list.all.end(), [this](const Listener& each) {
    return each.observer.get() == observer_;
  });
  list.all.erase(mine);
  detail::observer_count.fetch_sub(1, std::memory_order_relaxed);
}

// ---- One call ----

ObservedCall::ObservedCall(const OpBase& op, Key key) : ObservedCall(CallKind::Op, op.name()) {
  call_.op = &op;
  call_.key = key;
}

ObservedCall::ObservedCall(CallKind kind, std::string_view name, uint64_t sequence_nr)
    : observers_(observers_of_this_thread()), outer_(innermost) {
  call_.kind = kind;
  call_.name = name;
  call_.sequence_nr = sequence_nr;
  call_.thread = thread_number();
  call_.depth = outer_ != nullptr ? outer_->call_.depth + 1 : 0;
  wants_operands_ = std::any_of(observers_.begin(), observers_.end(),
                                [](const auto& observer) { return observer->wants_operands(); });
}

void ObservedCall::add_argument(Operand&& argument) {
  call_.arguments.push_back(std::move(argument));
}
void ObservedCall::add_result(Operand&& result) { call_.results.push_back(std::move(result)); }

void ObservedCall::begin() {
  innermost = this;
  is_running_ = true;
  for (const auto& observer : observers_) observer->on_begin(call_);
  call_.bytes = -net_allocated_bytes();
  call_.begin_ns = steady_ns();
}

void ObservedCall::stop_clock() {
  call_.end_ns = steady_ns();
  call_.bytes += net_allocated_bytes();
}

void ObservedCall::report_end() {
  is_running_ = false;
  innermost = outer_;
  for (const auto& observer : observers_) observer->on_end(call_);
}

ObservedCall::~ObservedCall() {
  if (!is_running_) return;
  stop_clock();
  call_.failed = true;
  report_end();
}

void ObservedCall::start_list(TensorList arguments) {
  if (wants_operands_) {
    for (const Tensor& tensor : arguments) call_.arguments.push_back(operand_of(tensor));
  }
  begin();
}
void ObservedCall::finish_list(TensorList results) {
  stop_clock();
  if (wants_operands_) {
    for (const Tensor& tensor : results) call_.results.push_back(operand_of(tensor));
  }
  report_end();
}

void ObservedCall::note_node(const char* name, uint64_t sequence_nr) {
  if (innermost == nullptr) return;
  std::vector<MadeNode>& nodes = innermost->call_.nodes;
  if (!nodes.empty() && nodes.back().sequence_nr == sequence_nr) return;  // of several results
  nodes.push_back({name, sequence_nr});
}

RecordFunction::RecordFunction(std::string_view label) {
  if (!is_observed()) return;
  label_ = label;
  call_.emplace(CallKind::Range, label_);
  call_->start();
}

RecordFunction::~RecordFunction() {
  if (call_) call_->finish_list(TensorList());
}

}  // namespace cutaway
