// SPDX-License-Identifier: MIT
//
// Values that cross: from the caller's flat array to what call_boxed takes.
#include <cstring>

#include "../tensor/factories.h"
#include "bridge.h"

namespace cutaway::bridge {

const Tensor& tensor_of(const cutaway_tensor* handle) {
  check(handle != nullptr, "the handle of a tensor is null");
  return handle->value;
}

DType dtype_of_number(int64_t number) {
  check_type(number >= 0 && number < static_cast<int64_t>(std::size(kAllDTypes)),
             "there is no dtype of number ", number);
  return static_cast<DType>(number);
}

Tensor tensor_or_number(const cutaway_value& value) {
  switch (value.tag) {
    case CUTAWAY_TENSOR:
      return tensor_of(value.as.tensor);
    case CUTAWAY_BOOL_TENSOR:
      return wrapped_number(value.as.integer != 0);
    case CUTAWAY_INT_TENSOR:
      return wrapped_number(value.as.integer);
    case CUTAWAY_FLOAT_TENSOR:
      return wrapped_number(value.as.real);
    default:
      throw TypeError(join("a value of tag ", value.tag, " is no tensor"));
  }
}

const cutaway_value& ValueReader::take() {
  check(!at_end(), "a list of values ends too early");
  return *next_++;
}

const void* ValueReader::take_bytes(int64_t bytes) {
  check(bytes >= 0 && values_for(bytes) <= end_ - next_, "a list of values ends too early");
  const cutaway_value* const start = next_;
  next_ += values_for(bytes);
  return start;
}

template <class List>
Value ValueReader::take_list(int32_t size) {
  using Item = typename List::value_type;
  const void* const bytes = take_bytes(int64_t{size} * static_cast<int64_t>(sizeof(Item)));
  List items(static_cast<size_t>(size), Item());
  if (size > 0) std::memcpy(items.data(), bytes, items.size() * sizeof(Item));
  return items;
}

Value ValueReader::take_tensors(int32_t size) {
  const void* const bytes = take_bytes(int64_t{size} * kHandleBytes);
  std::vector<cutaway_tensor*> handles(static_cast<size_t>(size));
  if (size > 0) std::memcpy(handles.data(), bytes, handles.size() * kHandleBytes);
  std::vector<Tensor> tensors;
  tensors.reserve(handles.size());
  for (const cutaway_tensor* handle : handles) {
    tensors.push_back(handle != nullptr ? handle->value : Tensor());
  }
  return tensors;
}

Value ValueReader::take_argument() {
  const cutaway_value& head = take();
  switch (head.tag) {
    case CUTAWAY_NONE:
      return {};
    case CUTAWAY_BOOL:
      return head.as.integer != 0;
    case CUTAWAY_INT:
      return head.as.integer;
    case CUTAWAY_FLOAT:
      return head.as.real;
    case CUTAWAY_DTYPE:
      return dtype_of_number(head.as.integer);
    case CUTAWAY_GENERATOR:
      return reinterpret_cast<Generator*>(head.as.generator);
    case CUTAWAY_INTS:
      return take_list<std::vector<int64_t>>(head.size);
    case CUTAWAY_TENSORS:
      return take_tensors(head.size);
    case CUTAWAY_TEXT:
      return take_list<std::string>(head.size);
    default:
      return tensor_or_number(head);
  }
}

void append_values(Values& values, const cutaway_value* arguments, int64_t count) {
  for (ValueReader reader(arguments, count); !reader.at_end();) {
    values.push_back(reader.take_argument());
  }
}

Values values_of(const cutaway_value* arguments, int64_t count) {
  Values values;
  values.reserve(static_cast<size_t>(count));
  append_values(values, arguments, count);
  return values;
}

Scalar number_of(const cutaway_value& value) {
  switch (value.tag) {
    case CUTAWAY_BOOL:
      return value.as.integer != 0;
    case CUTAWAY_INT:
      return value.as.integer;
    case CUTAWAY_FLOAT:
      return value.as.real;
    default:
      throw TypeError(join("a value of tag ", value.tag, " is no number"));
  }
}

cutaway_value value_of(const Scalar& number) {
  cutaway_value value{};
  if (number.is_floating_point()) {
    value.tag = CUTAWAY_FLOAT;
    value.as.real = number.to<double>();
  } else {
    value.tag = number.is_bool() ? CUTAWAY_BOOL : CUTAWAY_INT;
    value.as.integer = number.to<int64_t>();
  }
  return value;
}

}  // namespace cutaway::bridge
