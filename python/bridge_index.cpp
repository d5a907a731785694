// SPDX-License-Identifier: MIT
//
// Indexing: tensor[items] and tensor[items] = value. What the items mean is told in
// tensor/indexing.h; here they are only taken out of the caller's array.
#include "../tensor/indexing.h"

#include "bridge.h"

using namespace cutaway;
using namespace cutaway::bridge;

namespace {

std::optional<int64_t> bound_of(const cutaway_value& value) {
  if (value.tag == CUTAWAY_NONE) return std::nullopt;
  check_type(value.tag == CUTAWAY_INT,
             "slice indices must be integers or None or have an __index__ method");
  return value.as.integer;
}

indexing::TensorIndex take_index(ValueReader& reader) {
  const cutaway_value& item = reader.take();
  switch (item.tag) {
    case CUTAWAY_NONE:
      return indexing::None;
    case CUTAWAY_ELLIPSIS:
      return indexing::Ellipsis;
    case CUTAWAY_BOOL:
      return item.as.integer != 0;
    case CUTAWAY_INT:
      return item.as.integer;
    case CUTAWAY_TENSOR:
      return tensor_of(item.as.tensor);
    case CUTAWAY_SLICE: {
      const std::optional<int64_t> start = bound_of(reader.take());
      const std::optional<int64_t> stop = bound_of(reader.take());
      return indexing::Slice(start, stop, bound_of(reader.take()));
    }
    default:
      throw TypeError(join("a value of tag ", item.tag, " is no index"));
  }
}

std::vector<indexing::TensorIndex> indices_of(const cutaway_value* items, int64_t count) {
  std::vector<indexing::TensorIndex> indices;
  indices.reserve(static_cast<size_t>(count));
  for (ValueReader reader(items, count); !reader.at_end();) indices.push_back(take_index(reader));
  return indices;
}

}  // namespace

cutaway_tensor* cutaway_index(const cutaway_tensor* tensor, const cutaway_value* items,
                              int64_t count) {
  return guarded<cutaway_tensor*>(nullptr, [&] {
    return give(indexing::get_item(tensor_of(tensor), indices_of(items, count)));
  });
}

int32_t cutaway_index_put(cutaway_tensor* tensor, const cutaway_value* items, int64_t count,
                          const cutaway_value* value) {
  return guarded(-1, [&] {
    const std::vector<indexing::TensorIndex> indices = indices_of(items, count);
    if (value->tag == CUTAWAY_TENSOR) {
      indexing::set_item(tensor_of(tensor), indices, tensor_of(value->as.tensor));
    } else {
      indexing::set_item(tensor_of(tensor), indices, number_of(*value));
    }
    return 0;
  });
}
