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

static int64_t int_of(const cutaway_value& item) {
  check_type(item.tag == CUTAWAY_INT, "a list of ints holds a value of tag ", item.tag);
  return item.as.integer;
}

/// An item of a list: none is the undefined tensor.
static Tensor maybe_tensor_of(const cutaway_value& item) {
  return item.tag == CUTAWAY_NONE ? Tensor() : tensor_or_number(item);
}

const cutaway_value& ValueReader::take() {
  check(!at_end(), "a list of values ends too early");
  return *next_++;
}

template <class T, class Convert>
std::vector<T> ValueReader::take_list(int32_t size, const Convert& convert) {
  check(size >= 0 && size <= end_ - next_, "a list of values ends too early");
  std::vector<T> items;
  items.reserve(static_cast<size_t>(size));
  for (int32_t i = 0; i < size; ++i) items.push_back(convert(take()));
  return items;
}

Value ValueReader::take_text(int32_t size) {
  constexpr int32_t kBytes = sizeof(cutaway_value);
  const int32_t slots = size / kBytes + (size % kBytes != 0 ? 1 : 0);
  check(size >= 0 && slots <= end_ - next_, "a text ends too early");
  std::string text(static_cast<size_t>(size), '\0');
  std::memcpy(text.data(), next_, text.size());
  next_ += slots;
  return text;
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
      return take_list<int64_t>(head.size, int_of);
    case CUTAWAY_TENSORS:
      return take_list<Tensor>(head.size, maybe_tensor_of);
    case CUTAWAY_TEXT:
      return take_text(head.size);
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
