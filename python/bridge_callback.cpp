// SPDX-License-Identifier: MIT
//
// Functions of the caller's: how C++ calls what came over the C interface.
#include "bridge.h"

namespace cutaway::bridge {

std::vector<Tensor> tensors_of(cutaway_tensor* const* handles, int64_t count) {
  std::vector<Tensor> tensors;
  for (int64_t i = 0; handles != nullptr && i < count; ++i) {
    tensors.push_back(handles[i] != nullptr ? handles[i]->value : Tensor());
  }
  return tensors;
}

void give_all(const std::vector<Tensor>& tensors, cutaway_tensor** out) {
  std::vector<std::unique_ptr<cutaway_tensor>> owners;  // none is lost where memory runs out
  for (const Tensor& tensor : tensors) {
    owners.emplace_back(tensor.defined() ? give(tensor) : nullptr);
  }
  for (auto& owner : owners) *out++ = owner.release();
}

Callback::Callback(const cutaway_callback* callback) : callback_{} {
  check(callback != nullptr && callback->call != nullptr, "the callback is null");
  callback_ = *callback;
  owner_ = std::make_shared<CallersContext>(callback->release, callback->context);
}

/// A head and its items.
static void append_list(std::vector<cutaway_value>& values, TensorList tensors) {
  cutaway_value head{};
  head.tag = CUTAWAY_TENSORS;
  head.size = static_cast<int32_t>(tensors.size());
  values.push_back(head);
  for (const Tensor& tensor : tensors) {
    cutaway_value item{};
    if (tensor.defined()) {
      item.tag = CUTAWAY_TENSOR;
      item.as.tensor = give(tensor);
    }
    values.push_back(item);
  }
}

std::vector<Tensor> Callback::operator()(std::initializer_list<TensorList> argument_lists) const {
  std::vector<cutaway_value> arguments;
  for (const TensorList list : argument_lists) append_list(arguments, list);
  // Room for more than any caller should return, so that a wrong number can be told.
  std::vector<cutaway_value> results(arguments.size() + 64);
  const int64_t count =
      callback_.call(callback_.context, arguments.data(), static_cast<int64_t>(arguments.size()),
                     results.data(), static_cast<int64_t>(results.size()));
  if (count < 0) {
    if (passing_exception()) std::rethrow_exception(std::exchange(passing_exception(), nullptr));
    throw CallersError();
  }
  check(count <= static_cast<int64_t>(results.size()), "a callback returned too many results");
  std::vector<Tensor> tensors;
  for (int64_t i = 0; i < count; ++i) {
    const cutaway_value& result = results[static_cast<size_t>(i)];
    const std::unique_ptr<cutaway_tensor> owner(result.tag == CUTAWAY_TENSOR ? result.as.tensor
                                                                             : nullptr);
    tensors.push_back(owner ? owner->value : Tensor());
  }
  return tensors;
}

}  // namespace cutaway::bridge
