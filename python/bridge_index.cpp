// SPDX-License-Identifier: MIT
//
// Indexing: tensor[items] and tensor[items] = value, for items that make views (integers, slices,
// None, Ellipsis).
#include "../tensor/ops.h"
#include "bridge.h"

using namespace cutaway;
using namespace cutaway::bridge;

namespace {

std::optional<int64_t> bound_of(const cutaway_value& value) {
  if (value.tag == CUTAWAY_NONE) return std::nullopt;
  return value.as.integer;
}

/// How many dimensions of the tensor the items name.
int64_t count_indexed(const cutaway_value* items, int64_t count) {
  int64_t indexed = 0;
  for (ValueReader reader(items, count); !reader.at_end();) {
    const int32_t tag = reader.take().tag;
    if (tag == CUTAWAY_SLICE) {
      for (int i = 0; i < 3; ++i) reader.take();
    }
    indexed += tag == CUTAWAY_NONE || tag == CUTAWAY_ELLIPSIS ? 0 : 1;
  }
  return indexed;
}

/// One item after the other makes a view of the view before; `dim` is the one that comes next.
Tensor index_view(const Tensor& self, const cutaway_value* items, int64_t count) {
  const int64_t indexed = count_indexed(items, count);
  check_index(indexed <= self.dim(), "too many indices for tensor of dimension ", self.dim());
  Tensor view = self;
  int64_t dim = 0;
  for (ValueReader reader(items, count); !reader.at_end();) {
    const cutaway_value& item = reader.take();
    switch (item.tag) {
      case CUTAWAY_INT:
        view = select(view, dim, item.as.integer);
        break;
      case CUTAWAY_SLICE: {
        const std::optional<int64_t> start = bound_of(reader.take());
        const std::optional<int64_t> stop = bound_of(reader.take());
        const int64_t step = bound_of(reader.take()).value_or(1);
        check_value(step > 0, "step must be greater than zero");
        view = slice(view, dim++, start, stop, step);
        break;
      }
      case CUTAWAY_NONE:
        view = unsqueeze(view, dim++);
        break;
      case CUTAWAY_ELLIPSIS:
        dim += self.dim() - indexed;
        break;
      default:
        throw NotImplementedError("indexing by tensors, masks and bools is not implemented");
    }
  }
  // PyTorch gives a tensor of its own, never self.
  return view.is_same(self) ? slice(self, 0) : view;
}

}  // namespace

cutaway_tensor* cutaway_index(const cutaway_tensor* tensor, const cutaway_value* items,
                              int64_t count) {
  return guarded<cutaway_tensor*>(
      nullptr, [&] { return give(index_view(tensor_of(tensor), items, count)); });
}

int32_t cutaway_index_put(cutaway_tensor* tensor, const cutaway_value* items, int64_t count,
                          const cutaway_value* value) {
  return guarded(-1, [&] {
    const Tensor view = index_view(tensor_of(tensor), items, count);
    if (value->tag == CUTAWAY_TENSOR) {
      copy_(view, tensor_of(value->as.tensor));
    } else {
      fill_(view, number_of(*value));
    }
    return 0;
  });
}
