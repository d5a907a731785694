// SPDX-License-Identifier: MIT
#include "ops_advanced_index.h"

#include <algorithm>

#include "catalogue.h"
#include "loops.h"
#include "operands.h"
#include "ops_copy.h"
#include "ops_mask.h"
#include "views.h"

namespace cutaway::inline v0_1 {

bool is_mask(const Tensor& index) { return index.dtype() == kBool || index.dtype() == kUInt8; }

namespace {

/// A mask at dimension `dim` must have the sizes of the dimensions from there on.
void check_mask(const Tensor& self, const Tensor& mask, int64_t dim) {
  for (int64_t d = 0; d < mask.dim(); ++d) {
    check_index(dim + d < self.dim() && mask.sizes()[d] == self.sizes()[dim + d],
                "The shape of the mask ", mask.sizes(), " at index ", d,
                " does not match the shape of the indexed tensor ", self.sizes(), " at index ",
                dim + d);
  }
}

/// Index tensors only: each mask becomes the columns of its nonzero().
std::vector<Tensor> expand_masks(const Tensor& self, TensorList indices) {
  std::vector<Tensor> expanded;
  for (const Tensor& index : indices) {
    if (!index.defined() || !is_mask(index)) {
      expanded.push_back(index.defined() ? index.to(kInt64) : index);
      continue;
    }
    check_mask(self, index, static_cast<int64_t>(expanded.size()));
    const Tensor positions = nonzero(index);
    for (int64_t d = 0; d < index.dim(); ++d) expanded.push_back(positions.select(1, d));
  }
  return expanded;
}

/// "[2], [3]"
std::string shapes_of(TensorList indices) {
  std::string text;
  for (const Tensor& index : indices) {
    if (index.defined()) text += join(text.empty() ? "" : ", ", index.sizes());
  }
  return text;
}

/// The shape that two sizes broadcast to, or nothing.
std::optional<DimVector> try_broadcast(IntArrayRef a, IntArrayRef b) {
  if (a.size() < b.size()) std::swap(a, b);
  DimVector sizes(a);
  for (int64_t d = 0; d < b.size(); ++d) {
    int64_t& size = sizes[d + a.size() - b.size()];
    if (size != b[d] && size != 1 && b[d] != 1) return std::nullopt;
    if (size == 1) size = b[d];
  }
  return sizes;
}

/// Expands the index tensors to their common shape.
void broadcast_together(std::vector<Tensor>& indices) {
  DimVector shape;
  for (const Tensor& index : indices) {
    if (!index.defined()) continue;
    const std::optional<DimVector> both = try_broadcast(shape, index.sizes());
    check_index(both.has_value(),
                "shape mismatch: indexing tensors could not be broadcast together with shapes ",
                shapes_of(indices));
    shape = *both;
  }
  for (Tensor& index : indices) {
    if (index.defined() && index.sizes() != shape) index = expand(index, shape);
  }
}

/// What the kernels take: int64 tensors of one shape, at least one of them, one entry for every
/// dimension of self (undefined where it is not indexed).
std::vector<Tensor> prepare(const Tensor& self, TensorList indices) {
  const auto check_count = [&](int64_t count) {
    check_index(count <= self.dim(), "too many indices for tensor of dimension ", self.dim(),
                " (got ", count, ")");
  };
  check_count(indices.size());
  bool any = false;
  for (const Tensor& index : indices) {
    if (!index.defined()) continue;
    any = true;
    check_index(index.dtype() == kInt64 || index.dtype() == kInt32 || is_mask(index),
                "tensors used as indices must be long, int, byte or bool tensors");
  }
  check_index(any, "at least one index must be provided");
  std::vector<Tensor> prepared = expand_masks(self, indices);
  check_count(static_cast<int64_t>(prepared.size()));
  broadcast_together(prepared);
  for (size_t d = 0; d < prepared.size(); ++d) {
    check_index(!prepared[d].defined() || prepared[d].numel() == 0 ||
                    self.sizes()[static_cast<int64_t>(d)] > 0,
                "index is out of bounds for dimension with size 0");
  }
  prepared.resize(static_cast<size_t>(self.dim()));
  return prepared;
}

/// Where the dimensions that replace the indexed ones begin: at the first of these if they are
/// adjacent, else in front.
int64_t place_of_index(TensorList prepared) {
  const auto is_defined = [](const Tensor& index) { return index.defined(); };
  const Tensor* first = std::find_if(prepared.begin(), prepared.end(), is_defined);
  const Tensor* gap = std::find_if_not(first, prepared.end(), is_defined);
  return std::any_of(gap, prepared.end(), is_defined) ? 0 : first - prepared.begin();
}

DimVector result_sizes(const Tensor& self, TensorList prepared) {
  DimVector sizes;
  DimVector shape;
  for (int64_t d = 0; d < self.dim(); ++d) {
    if (prepared[d].defined()) {
      shape = prepared[d].sizes();
    } else {
      sizes.push_back(self.sizes()[d]);
    }
  }
  int64_t place = place_of_index(prepared);
  for (const int64_t size : shape) sizes.insert(place++, size);
  return sizes;
}

/// The only index tensor, if it is a mask. PyTorch's index_put_ of a single value there becomes
/// masked_fill_, which converts the value.
const Tensor* only_mask(TensorList indices) {
  const Tensor* mask = nullptr;
  for (const Tensor& index : indices) {
    if (!index.defined()) continue;
    if (mask != nullptr || !is_mask(index)) return nullptr;
    mask = &index;
  }
  return mask;
}

}  // namespace

Tensor index(const Tensor& self, TensorList indices) {
  const std::vector<Tensor> prepared = prepare(self, indices);
  return op::index(self, prepared);
}

const Tensor& index_put_(const Tensor& self, TensorList indices, const Tensor& values,
                         bool accumulate) {
  check_may_write(self, values);
  check_no_overlap(self, values);
  for (const Tensor& index : indices) {
    if (index.defined()) check_no_overlap(self, index);
  }
  const Tensor* mask = accumulate || values.numel() != 1 ? nullptr : only_mask(indices);
  const std::vector<Tensor> prepared = prepare(self, indices);
  const DimVector sizes = result_sizes(self, prepared);
  check(mask == nullptr || mask->dtype() == kBool,
        "masked_fill_ only supports boolean masks, but got mask with dtype unsigned char");
  check(mask != nullptr || is_expandable_to(values.sizes(), sizes),
        "shape mismatch: value tensor of shape ", values.sizes(),
        " cannot be broadcast to indexing result of shape ", sizes);
  const Tensor fitted = mask != nullptr ? values.to(self.dtype()) : values;
  return op::index_put_(self, prepared, fitted, accumulate);
}

Tensor index_put(const Tensor& self, TensorList indices, const Tensor& values, bool accumulate) {
  return index_put_(clone(self), indices, values, accumulate);
}

}  // namespace cutaway
