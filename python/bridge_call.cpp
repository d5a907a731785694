// SPDX-License-Identifier: MIT
//
// Calling ops of the catalogue by name.
#include <chrono>
#include <cstring>
#include <memory>
#include <vector>

#include "../tensor/catalogue.h"
#include "../tensor/out.h"
#include "bridge.h"

using namespace cutaway;
using namespace cutaway::bridge;

// ---- The catalogue ----

static const OpBase& op_of(const cutaway_op* op) {
  check(op != nullptr, "the op is null");
  return *reinterpret_cast<const OpBase*>(op);
}
static const cutaway_op* handle_of(const OpBase* op) {
  return reinterpret_cast<const cutaway_op*>(op);
}

int64_t cutaway_op_count() { return all_ops().size(); }
const cutaway_op* cutaway_op_at(int64_t row) {
  return row >= 0 && row < all_ops().size() ? handle_of(all_ops()[row]) : nullptr;
}
const cutaway_op* cutaway_op_find(const char* name) {
  return name != nullptr ? handle_of(find_op(name)) : nullptr;
}
const char* cutaway_op_schema(const cutaway_op* op) {
  return op != nullptr ? reinterpret_cast<const OpBase*>(op)->schema() : "";
}

// ---- Results ----

namespace {

using HandleOwner = std::unique_ptr<cutaway_tensor>;

HandleOwner maybe_give(Tensor tensor) {
  return HandleOwner(tensor.defined() ? give(std::move(tensor)) : nullptr);
}

/// Results as they go out. Owns the handles until they are written out, so that none is lost where
/// memory runs out in between.
class ResultList {
 public:
  explicit ResultList(const Values& results) {
    for (const Value& result : results) add(result);
  }
  int64_t size() const { return static_cast<int64_t>(values_.size()); }
  void give_to(cutaway_value* out) {
    for (const cutaway_value& value : values_) *out++ = value;
    for (HandleOwner& owner : owners_) static_cast<void>(owner.release());
  }

 private:
  void add(const Value& result) {
    if (const Tensor* tensor = std::get_if<Tensor>(&result)) return add_tensor(*tensor);
    if (const auto* tensors = std::get_if<std::vector<Tensor>>(&result)) {
      return add_tensors(*tensors);
    }
    if (const bool* flag = std::get_if<bool>(&result)) values_.push_back(value_of(*flag));
    if (const int64_t* whole = std::get_if<int64_t>(&result)) values_.push_back(value_of(*whole));
    if (const double* real = std::get_if<double>(&result)) values_.push_back(value_of(*real));
  }
  void add_tensor(const Tensor& tensor) {
    cutaway_value value{};
    value.as.tensor = new_handle(tensor);
    value.tag = tensor.defined() ? CUTAWAY_TENSOR : CUTAWAY_NONE;
    values_.push_back(value);
  }
  void add_tensors(const std::vector<Tensor>& tensors) {
    cutaway_value head{};
    head.tag = CUTAWAY_TENSORS;
    head.size = static_cast<int32_t>(tensors.size());
    values_.push_back(head);
    std::vector<cutaway_tensor*> handles;
    for (const Tensor& tensor : tensors) handles.push_back(new_handle(tensor));
    const size_t bytes = handles.size() * sizeof(cutaway_tensor*), start = values_.size();
    values_.resize(start + static_cast<size_t>(values_for(static_cast<int64_t>(bytes))));
    if (bytes > 0) std::memcpy(&values_[start], handles.data(), bytes);
  }
  cutaway_tensor* new_handle(const Tensor& tensor) {
    owners_.push_back(maybe_give(tensor));
    return owners_.back().get();
  }

  std::vector<cutaway_value> values_;
  std::vector<HandleOwner> owners_;
};

/// A tensor, then the values.
Values values_from(const cutaway_tensor* a, const cutaway_value* rest, int64_t count) {
  Values values;
  values.reserve(static_cast<size_t>(count) + 1);
  values.emplace_back(tensor_of(a));
  append_values(values, rest, count);
  return values;
}

/// The only result: a new handle, or the one that came in if it is the same tensor.
cutaway_tensor* only_tensor(const OpBase& op, const Values& results, cutaway_tensor* first) {
  const Tensor* tensor = results.size() == 1 ? std::get_if<Tensor>(&results[0]) : nullptr;
  check_type(tensor != nullptr, "", op.name(), " does not return one tensor: ", op.schema());
  return first != nullptr && tensor->is_same(first->value) ? first : give(*tensor);
}

}  // namespace

// ---- Calls ----

int64_t cutaway_call(const cutaway_op* op, const cutaway_value* arguments, int64_t count,
                     cutaway_value* results, int64_t capacity) {
  return guarded(int64_t{-1}, [&] {
    ResultList list(op_of(op).call_boxed(values_of(arguments, count)));
    if (list.size() <= capacity) {
      list.give_to(results);
      return list.size();
    }
    check(capacity >= 1, "there is no room for the results of ", op_of(op).name());
    auto elsewhere = std::make_unique<cutaway_value[]>(static_cast<size_t>(list.size()));
    list.give_to(elsewhere.get());
    results[0].tag = CUTAWAY_ELSEWHERE;
    results[0].size = static_cast<int32_t>(list.size());
    results[0].as.values = elsewhere.release();
    return int64_t{1};
  });
}

void cutaway_values_free(cutaway_value* values) { delete[] values; }

cutaway_tensor* cutaway_call_1(const cutaway_op* op, const cutaway_value* arguments,
                               int64_t count) {
  return guarded<cutaway_tensor*>(nullptr, [&] {
    const bool starts_with_tensor = count > 0 && arguments[0].tag == CUTAWAY_TENSOR;
    return only_tensor(op_of(op), op_of(op).call_boxed(values_of(arguments, count)),
                       starts_with_tensor ? arguments[0].as.tensor : nullptr);
  });
}

cutaway_tensor* cutaway_call_t(const cutaway_op* op, cutaway_tensor* a, const cutaway_value* rest,
                               int64_t count) {
  return guarded<cutaway_tensor*>(nullptr, [&] {
    return only_tensor(op_of(op), op_of(op).call_boxed(values_from(a, rest, count)), a);
  });
}

cutaway_tensor* cutaway_call_tt(const cutaway_op* op, cutaway_tensor* a, cutaway_tensor* b,
                                const cutaway_value* rest, int64_t count) {
  return guarded<cutaway_tensor*>(nullptr, [&] {
    Values values;
    values.reserve(static_cast<size_t>(count) + 2);
    values.emplace_back(tensor_of(a));
    values.emplace_back(tensor_of(b));
    append_values(values, rest, count);
    return only_tensor(op_of(op), op_of(op).call_boxed(values), a);
  });
}

int32_t cutaway_call_pair(const cutaway_op* op, cutaway_tensor* a, const cutaway_value* rest,
                          int64_t count, cutaway_tensor** results) {
  return guarded(-1, [&] {
    Values found = op_of(op).call_boxed(values_from(a, rest, count));
    const bool are_two = found.size() == 2 && std::holds_alternative<Tensor>(found[0]) &&
                         std::holds_alternative<Tensor>(found[1]);
    check_type(are_two, "", op_of(op).name(), " does not return two tensors: ", op_of(op).schema());
    HandleOwner first = maybe_give(std::get<Tensor>(std::move(found[0])));
    HandleOwner second = maybe_give(std::get<Tensor>(std::move(found[1])));
    results[0] = first.release();
    results[1] = second.release();
    return 0;
  });
}

int32_t cutaway_call_out(const cutaway_op* op, const cutaway_value* arguments, int64_t count,
                         cutaway_tensor* const* outs, int64_t out_count) {
  return guarded(int32_t{-1}, [&] {
    std::vector<Tensor> targets;
    for (int64_t i = 0; i < out_count; ++i) targets.push_back(tensor_of(outs[i]));
    call_boxed_out(op_of(op), values_of(arguments, count), targets);
    return int32_t{0};
  });
}

double cutaway_time_call(const cutaway_op* op, const cutaway_value* arguments, int64_t count,
                         int64_t times) {
  return guarded(-1.0, [&] {
    const Values values = values_of(arguments, count);
    const auto start = std::chrono::steady_clock::now();
    for (int64_t i = 0; i < times; ++i) op_of(op).call_boxed(values);
    const std::chrono::duration<double, std::nano> elapsed =
        std::chrono::steady_clock::now() - start;
    return elapsed.count() / static_cast<double>(times);
  });
}
