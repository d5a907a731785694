// SPDX-License-Identifier: MIT
#include "factories.h"

#include <cmath>

#include "catalogue.h"
#include "check.h"
#include "checked_math.h"
#include "loops.h"
#include "ops_copy.h"
#include "views.h"

namespace cutaway::inline v0_1 {

/// The dtype that a number alone asks for.
static DType dtype_for(const Scalar& value) {
  return value.is_floating_point() ? get_default_dtype() : value.dtype();
}

Tensor fresh(const Tensor& filled) {
  filled.impl()->version_counter()->reset();
  return filled;
}

Tensor empty(IntArrayRef size, std::optional<DType> dtype) { return op::empty(size, dtype); }
Tensor empty_strided(IntArrayRef size, IntArrayRef stride, std::optional<DType> dtype) {
  check(size.size() == stride.size(), "dimensionality of sizes (", size.size(),
        ") must match dimensionality of strides (", stride.size(), ")");
  return op::empty_strided(size, stride, dtype);
}

Tensor empty_like(const Tensor& self, std::optional<DType> dtype) {
  const DType type = dtype.value_or(self.dtype());
  if (self.is_contiguous() || is_non_overlapping_and_dense(self.sizes(), self.strides())) {
    return empty_strided(self.sizes(), self.strides(), type);
  }
  return empty_for(self.sizes(), type, {&self});
}

Tensor full(IntArrayRef size, const Scalar& value, std::optional<DType> dtype) {
  return fresh(fill_(empty(size, dtype.value_or(dtype_for(value))), value));
}
Tensor zeros(IntArrayRef size, std::optional<DType> dtype) {
  for (int64_t length : size) check(length >= 0, "zeros: Dimension size must be non-negative.");
  return fresh(zero_(empty(size, dtype)));
}
Tensor ones(IntArrayRef size, std::optional<DType> dtype) {
  return fresh(fill_(empty(size, dtype), 1));
}

Tensor full_like(const Tensor& self, const Scalar& value, std::optional<DType> dtype) {
  return fresh(fill_(empty_like(self, dtype), value));
}
Tensor zeros_like(const Tensor& self, std::optional<DType> dtype) {
  return fresh(zero_(empty_like(self, dtype)));
}
Tensor ones_like(const Tensor& self, std::optional<DType> dtype) {
  return fresh(fill_(empty_like(self, dtype), 1));
}

Tensor new_empty(const Tensor& self, IntArrayRef size, std::optional<DType> dtype) {
  return empty(size, dtype.value_or(self.dtype()));
}
Tensor new_zeros(const Tensor& self, IntArrayRef size, std::optional<DType> dtype) {
  return fresh(zero_(new_empty(self, size, dtype)));
}
Tensor new_ones(const Tensor& self, IntArrayRef size, std::optional<DType> dtype) {
  return fresh(fill_(new_empty(self, size, dtype), 1));
}
Tensor new_full(const Tensor& self, IntArrayRef size, const Scalar& value,
                std::optional<DType> dtype) {
  return fresh(fill_(new_empty(self, size, dtype), value));
}

/// The number as an integer: a real is cut off. Throws where it does not fit.
static int64_t whole_part(const Scalar& number) {
  check(!number.is_floating_point() || std::abs(number.to<double>()) < 0x1p63,
        "value cannot be converted to type int64_t without overflow");
  return number.to<int64_t>();
}

Tensor arange(const Scalar& start, const Scalar& end, const Scalar& step,
              std::optional<DType> dtype) {
  if (!dtype) {
    const bool any_real =
        start.is_floating_point() || end.is_floating_point() || step.is_floating_point();
    dtype = any_real ? get_default_dtype() : kInt64;
  }
  check(!step.equals(0), "step must be nonzero");
  const double first = start.to<double>();
  const double last = end.to<double>();
  check(first - first == 0 && last - last == 0, "unsupported range: ", start, " -> ", end);
  const auto check_range = [](auto from, auto to, auto by) {
    check_value(by != 0, "step must be nonzero");
    check(by > 0 ? to >= from : to <= from,
          "upper bound and lower bound inconsistent with step sign");
  };
  if (is_integral(*dtype, false)) {
    const int64_t by = whole_part(step);
    const int64_t from = whole_part(start);
    // Only int64 cuts off first; the other integers count in reals, and cut off the elements.
    if (dtype == kInt64) check_range(from, whole_part(end), by);
  }
  if (dtype != kInt64) check_range(first, last, step.to<double>());
  return op::arange(start, end, step, dtype);
}

Tensor linspace(const Scalar& start, const Scalar& end, int64_t steps, std::optional<DType> dtype) {
  check(steps >= 0, "number of steps must be non-negative");
  return op::linspace(start, end, steps, dtype);
}

Tensor logspace(const Scalar& start, const Scalar& end, int64_t steps, double base,
                std::optional<DType> dtype) {
  check(steps >= 0, "number of steps must be non-negative");
  return op::logspace(start, end, steps, base, dtype);
}

Tensor eye(int64_t n, std::optional<DType> dtype) { return eye(n, n, dtype); }
Tensor eye(int64_t n, int64_t m, std::optional<DType> dtype) {
  check(n >= 0, "n must be greater or equal to 0, got ", n);
  check(m >= 0, "m must be greater or equal to 0, got ", m);
  const Tensor result = zeros({n, m}, dtype);
  fill_(diagonal(result), 1);
  return fresh(result);
}

Tensor scalar_tensor(const Scalar& value, std::optional<DType> dtype) {
  return full(IntArrayRef(), value, dtype.value_or(get_default_dtype()));
}

Tensor wrapped_number(const Scalar& value) {
  Tensor number = full(IntArrayRef(), value, value.dtype());
  number.impl()->set_wrapped_number();
  return number;
}

template <class T>
Tensor tensor_from(const std::vector<T>& values, IntArrayRef size) {
  check(numel_of(size) == static_cast<int64_t>(values.size()), "shape '", size,
        "' is invalid for input of size ", values.size());
  Tensor result = empty(size, dtype_of<T>);
  T* out = result.data<T>();
  for (const T value : values) *out++ = value;
  return result;
}
template Tensor tensor_from(const std::vector<uint8_t>&, IntArrayRef);
template Tensor tensor_from(const std::vector<int32_t>&, IntArrayRef);
template Tensor tensor_from(const std::vector<int64_t>&, IntArrayRef);
template Tensor tensor_from(const std::vector<float>&, IntArrayRef);
template Tensor tensor_from(const std::vector<double>&, IntArrayRef);
template Tensor tensor_from(const std::vector<bool>&, IntArrayRef);

Tensor tensor(const NestedList& values, std::optional<DType> dtype) {
  // The shape is that of the first element at each depth; all others must match it.
  DimVector size;
  for (const NestedList* list = &values; list->is_list_; list = &list->items_.front()) {
    size.push_back(static_cast<int64_t>(list->items_.size()));
    if (list->items_.empty()) break;
  }
  std::vector<Scalar> numbers;
  const auto gather = [&](const auto& self, const NestedList& list, int64_t depth) -> void {
    if (!list.is_list_) {
      check_value(depth == size.size(), "expected sequence of length ", size[depth], " at dim ",
                  depth, " (got a number)");
      return numbers.push_back(list.value_);
    }
    const int64_t length = static_cast<int64_t>(list.items_.size());
    check_value(depth < size.size(), "expected a number at dim ", depth, " (got a list of length ",
                length, ")");
    check_value(length == size[depth], "expected sequence of length ", size[depth], " at dim ",
                depth, " (got ", length, ")");
    for (const NestedList& item : list.items_) self(self, item, depth + 1);
  };
  gather(gather, values, 0);

  if (!dtype) {
    dtype = numbers.empty() ? get_default_dtype() : dtype_for(numbers.front());
    for (const Scalar& number : numbers) dtype = promote_types(*dtype, dtype_for(number));
  }
  Tensor result = empty(size, dtype);
  visit_dtype(*dtype, [&]<class T>(TypeTag<T>) {
    T* out = result.data<T>();
    for (const Scalar& number : numbers) *out++ = number.to<T>();
  });
  return result;
}

size_t detail::bytes_of_blob(IntArrayRef size, DType dtype) {
  const std::optional<int64_t> bytes = checked_mul(numel_of(size), size_of(dtype));
  check(bytes.has_value(), "Storage size calculation overflowed with sizes=", size);
  return static_cast<size_t>(*bytes);
}

Tensor from_blob(void* data, IntArrayRef size, DType dtype, std::shared_ptr<const void> owner) {
  const size_t bytes = detail::bytes_of_blob(size, dtype);
  auto storage = make_pooled<StorageImpl>(data, bytes, std::move(owner));
  return Tensor(make_pooled<TensorImpl>(std::move(storage), dtype, size));
}

}  // namespace cutaway
