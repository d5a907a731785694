// SPDX-License-Identifier: MIT
//
// Tensors as handles: made, asked, printed, freed; and the dtypes.
#include <algorithm>
#include <cstring>
#include <memory>

#include "../autograd/variable.h"
#include "../tensor/checked_math.h"
#include "../tensor/describe.h"
#include "../tensor/factories.h"
#include "../tensor/ops.h"
#include "../tensor/printing.h"
#include "bridge.h"

using namespace cutaway;
using namespace cutaway::bridge;

// ---- dtypes ----

int32_t cutaway_dtype_count() { return static_cast<int32_t>(std::size(kAllDTypes)); }
const char* cutaway_dtype_name(int32_t dtype) { return name_of(static_cast<DType>(dtype)); }
int32_t cutaway_dtype_size(int32_t dtype) {
  return static_cast<int32_t>(size_of(static_cast<DType>(dtype)));
}
int32_t cutaway_dtype_is_floating_point(int32_t dtype) {
  return is_floating_point(static_cast<DType>(dtype));
}
int32_t cutaway_promote_types(int32_t a, int32_t b) {
  return static_cast<int32_t>(promote_types(static_cast<DType>(a), static_cast<DType>(b)));
}
int32_t cutaway_can_cast(int32_t from, int32_t to) {
  return can_cast(static_cast<DType>(from), static_cast<DType>(to));
}
int32_t cutaway_result_type(const cutaway_value* operands, int64_t count) {
  return guarded(-1, [&] {
    std::vector<Tensor> tensors;
    for (int64_t i = 0; i < count; ++i) tensors.push_back(tensor_or_number(operands[i]));
    return static_cast<int32_t>(result_type(tensors));
  });
}
int32_t cutaway_get_default_dtype() { return static_cast<int32_t>(get_default_dtype()); }
int32_t cutaway_set_default_dtype(int32_t dtype) {
  return guarded(-1, [&] {
    set_default_dtype(dtype_of_number(dtype));
    return 0;
  });
}

// ---- Making ----

namespace {

/// How many elements lie between the first one and the last one, both included.
int64_t extent_of(IntArrayRef sizes, IntArrayRef strides) {
  if (numel_of(sizes) == 0) return 0;
  std::optional<int64_t> extent = 1;
  for (int64_t i = 0; i < sizes.size(); ++i) {
    check_value(strides[i] >= 0, "a tensor cannot have negative strides, got ", strides);
    const std::optional<int64_t> reach = checked_mul(sizes[i] - 1, strides[i]);
    extent = reach ? checked_add(*extent, *reach) : std::nullopt;
    check(extent.has_value(), "Storage size calculation overflowed with sizes=", sizes,
          " and strides=", strides);
  }
  return *extent;
}

}  // namespace

Tensor cutaway::bridge::over_memory(void* data, IntArrayRef sizes, IntArrayRef strides, DType dtype,
                                    std::shared_ptr<void> owner) {
  const Tensor tensor = from_blob(data, {extent_of(sizes, strides)}, dtype, std::move(owner));
  tensor.impl()->set_geometry(sizes, strides, 0);
  return tensor;
}

cutaway_tensor* cutaway_tensor_from_memory(void* data, const int64_t* sizes, const int64_t* strides,
                                           int64_t rank, int32_t dtype,
                                           void (*release)(void* context), void* context) {
  return guarded<cutaway_tensor*>(nullptr, [&] {
    const auto owner = std::make_shared<CallersContext>(release, context);
    const IntArrayRef shape(sizes, rank);
    const DimVector steps =
        strides != nullptr ? DimVector(IntArrayRef(strides, rank)) : contiguous_strides(shape);
    return give(over_memory(data, shape, steps, dtype_of_number(dtype), owner));
  });
}

cutaway_tensor* cutaway_tensor_copy_of(const void* data, const int64_t* sizes, int64_t rank,
                                       int32_t dtype) {
  return guarded<cutaway_tensor*>(nullptr, [&] {
    const Tensor copy = empty(IntArrayRef(sizes, rank), dtype_of_number(dtype));
    const int64_t bytes = copy.numel() * copy.element_size();
    if (bytes > 0) std::memcpy(copy.raw_data(), data, static_cast<size_t>(bytes));
    return give(copy);
  });
}

cutaway_tensor* cutaway_tensor_share(const cutaway_tensor* tensor) {
  return guarded<cutaway_tensor*>(nullptr, [&] { return give(tensor_of(tensor)); });
}
void cutaway_tensor_free(cutaway_tensor* tensor) { delete tensor; }
int64_t cutaway_live_tensors() { return cutaway_tensor::live; }

// ---- Asking ----

int64_t cutaway_tensor_rank(const cutaway_tensor* tensor) { return tensor->value.dim(); }
int64_t cutaway_tensor_numel(const cutaway_tensor* tensor) { return tensor->value.numel(); }
static_assert(CUTAWAY_MAX_RANK == kMaxDims);
static int64_t write_out(const DimVector& numbers, int64_t* out) {
  std::copy(numbers.begin(), numbers.end(), out);
  return numbers.size();
}
int64_t cutaway_tensor_sizes(const cutaway_tensor* tensor, int64_t* sizes) {
  return write_out(tensor->value.sizes(), sizes);
}
int64_t cutaway_tensor_strides(const cutaway_tensor* tensor, int64_t* strides) {
  return write_out(tensor->value.strides(), strides);
}
int64_t cutaway_tensor_storage_offset(const cutaway_tensor* tensor) {
  return tensor->value.storage_offset();
}
int64_t cutaway_tensor_storage_bytes(const cutaway_tensor* tensor) {
  return static_cast<int64_t>(tensor->value.storage()->nbytes());
}
void* cutaway_tensor_storage_data(const cutaway_tensor* tensor) {
  return tensor->value.storage()->data();
}
int32_t cutaway_tensor_dtype(const cutaway_tensor* tensor) {
  return static_cast<int32_t>(tensor->value.dtype());
}
void* cutaway_tensor_data(const cutaway_tensor* tensor) { return tensor->value.raw_data(); }
void cutaway_tensor_forbid_resize(const cutaway_tensor* tensor) {
  tensor->value.storage()->forbid_resize();
}
int32_t cutaway_tensor_is_contiguous(const cutaway_tensor* tensor) {
  return tensor->value.is_contiguous();
}
int32_t cutaway_tensor_is_view(const cutaway_tensor* tensor) { return tensor->value.is_view(); }
int64_t cutaway_tensor_version(const cutaway_tensor* tensor) {
  return guarded(int64_t{-1}, [&] { return int64_t{tensor_of(tensor).version()}; });
}
int32_t cutaway_tensor_is_same(const cutaway_tensor* a, const cutaway_tensor* b) {
  return a->value.is_same(b->value);
}

int32_t cutaway_tensor_item(const cutaway_tensor* tensor, cutaway_value* result) {
  return guarded(-1, [&] {
    *result = value_of(tensor_of(tensor).item());
    return 0;
  });
}

const char* cutaway_tensor_text(const cutaway_tensor* tensor) {
  return guarded<const char*>(nullptr, [&] {
    thread_local std::string text;
    text = to_string(tensor_of(tensor));
    return text.c_str();
  });
}

const char* cutaway_tensor_description(const cutaway_tensor* tensor) {
  return guarded<const char*>(nullptr, [&] {
    thread_local std::string text;
    text = describe(tensor_of(tensor));
    return text.c_str();
  });
}

cutaway_tensor* cutaway_tensor_variable_data(const cutaway_tensor* tensor) {
  return guarded<cutaway_tensor*>(nullptr,
                                  [&] { return give(autograd::variable_data(tensor_of(tensor))); });
}
int32_t cutaway_tensor_set_data(cutaway_tensor* tensor, const cutaway_tensor* data) {
  return guarded(-1, [&] {
    tensor_of(tensor).set_data(tensor_of(data));
    return 0;
  });
}
