// SPDX-License-Identifier: MIT
#include "indexing.h"

#include "check.h"
#include "factories.h"
#include "ops_advanced_index.h"
#include "ops_copy.h"
#include "views.h"

namespace cutaway::inline v0_1::indexing {

TensorIndex::TensorIndex(std::nullopt_t none) : kind_(none) {}
TensorIndex::TensorIndex(EllipsisType ellipsis) : kind_(ellipsis) {}
TensorIndex::TensorIndex(int64_t integer) : kind_(integer) {}
TensorIndex::TensorIndex(bool boolean) : kind_(boolean) {}
TensorIndex::TensorIndex(const Slice& slice) : kind_(slice) {}
TensorIndex::TensorIndex(const Tensor& tensor) : kind_(tensor) {}

namespace {

/// How many dimensions the indices consume.
int64_t count_specified(ArrayRef<TensorIndex> indices) {
  int64_t count = 0;
  for (const TensorIndex& index : indices) {
    if (const Tensor* tensor = std::get_if<Tensor>(&index.kind())) {
      count += is_mask(*tensor) ? tensor->dim() : 1;
    } else if (std::holds_alternative<int64_t>(index.kind()) ||
               std::holds_alternative<Slice>(index.kind())) {
      ++count;
    }
  }
  return count;
}

/// A bool as an index into a dimension of size 1: its one element, or none of them.
Tensor index_of_bool(bool value) { return zeros({value ? 1 : 0}, kInt64); }

/// What becomes of x[:], which takes all there is: a view, or nothing. Skipped, x[:] = 1 writes to
/// x itself, which then has one node and not that of a view of it.
enum class WholeSlice { IsView, Skipped };

/// Walks along the indices. Basic ones are applied to `view` on the way; tensors are noted, each at
/// the dimension of the view that it will index.
class Walk {
 public:
  Walk(const Tensor& self, ArrayRef<TensorIndex> indices, WholeSlice whole)
      : view(self), whole_(whole), dims_of_ellipsis_(self.dim() - count_specified(indices)) {
    check_index(dims_of_ellipsis_ >= 0 || takes_scalars(indices),
                "too many indices for tensor of dimension ", self.dim());
    for (const TensorIndex& index : indices) {
      std::visit([this](const auto& kind) { apply(kind); }, index.kind());
      ++position_;
    }
  }

  Tensor view;
  /// As op index.Tensor takes them: undefined for a dimension that is not indexed.
  std::vector<Tensor> tensors;

 private:
  /// A single integer or slice names its dimension in its own message.
  static bool takes_scalars(ArrayRef<TensorIndex> indices) {
    return indices.size() == 1 && !std::holds_alternative<Tensor>(indices[0].kind());
  }

  void apply(std::nullopt_t) { view = unsqueeze(view, dim_++); }
  void apply(EllipsisType) { dim_ += dims_of_ellipsis_; }

  void apply(int64_t index) {
    check_index(index != 0 || dim_ != 0 || view.dim() != 0,
                "invalid index of a 0-dim tensor. Use `tensor.item()` in Python or "
                "`tensor.item<T>()` in C++ to convert a 0-dim tensor to a number");
    const int64_t size = dim_ < view.dim() ? view.sizes()[dim_] : 0;
    check_index(-size <= index && index < size, "index ", index, " is out of bounds for dimension ",
                position_, " with size ", size);
    view = select(view, dim_, index);
  }

  void apply(const Slice& by) {
    check_value(by.step > 0, "step must be greater than zero");
    if (whole_ == WholeSlice::Skipped && is_whole(by)) {
      ++dim_;
    } else {
      view = slice(view, dim_++, by.start, by.stop, by.step);
    }
  }

  /// Whether the slice takes all of its dimension, as it is written: x[0:], but not x[-3:].
  bool is_whole(const Slice& by) const {
    return dim_ < view.dim() && by.start.value_or(0) == 0 && by.step == 1 &&
           (!by.stop || *by.stop >= view.sizes()[dim_]);
  }

  void apply(bool value) {
    view = unsqueeze(view, dim_);
    note(index_of_bool(value), 1);
  }

  void apply(const Tensor& index) {
    if (index.dim() > 0 || index.is_floating_point()) {
      note(index, is_mask(index) ? index.dim() : 1);
    } else if (is_mask(index)) {
      apply(index.item<bool>());
    } else {
      apply(index.item<int64_t>());
    }
  }

  void note(const Tensor& index, int64_t dims) {
    for (; next_tensor_dim_ < dim_; ++next_tensor_dim_) tensors.emplace_back();
    tensors.push_back(index);
    dim_ += dims;
    next_tensor_dim_ = dim_;
  }

  WholeSlice whole_;
  int64_t dims_of_ellipsis_;
  int64_t position_ = 0;         // among the indices
  int64_t dim_ = 0;              // of the view: where the next index applies
  int64_t next_tensor_dim_ = 0;  // up to which `tensors` speaks of the view
};

/// The sizes without the leading ones.
DimVector without_leading_ones(IntArrayRef sizes) {
  const int64_t* first = sizes.begin();
  while (first != sizes.end() && *first == 1) ++first;
  return DimVector(IntArrayRef(first, sizes.end() - first));
}

/// view = value, broadcast.
void copy_to(const Tensor& target, const Tensor& value) {
  if (target.sizes() == value.sizes()) {
    copy_(target, value);
    return;
  }
  if (value.dim() == 0) {
    fill_(target, value);
    return;
  }
  const Tensor fitted = reshape(value, without_leading_ones(value.sizes()));
  copy_(target, expand(fitted, target.sizes()));
}

}  // namespace

Tensor get_item(const Tensor& self, ArrayRef<TensorIndex> indices) {
  const Walk walk(self, indices, indices.size() == 1 ? WholeSlice::IsView : WholeSlice::Skipped);
  if (!walk.tensors.empty()) return cutaway::index(walk.view, walk.tensors);
  // Always a tensor of its own, as every other view is.
  return walk.view.is_same(self) ? alias(self) : walk.view;
}

void set_item(const Tensor& self, ArrayRef<TensorIndex> indices, const Tensor& value) {
  if (indices.size() == 1) {
    if (const bool* all = std::get_if<bool>(&indices[0].kind())) {
      if (*all) copy_to(unsqueeze(self, 0), value);
      return;
    }
  }
  const Walk walk(self, indices, WholeSlice::Skipped);
  if (walk.tensors.empty()) return copy_to(walk.view, value);
  const DimVector sizes = without_leading_ones(value.sizes());
  index_put_(walk.view, walk.tensors, sizes == value.sizes() ? value : view(value, sizes));
}

void set_item(const Tensor& self, ArrayRef<TensorIndex> indices, const Scalar& value) {
  set_item(self, indices, scalar_tensor(value, self.dtype()));
}

}  // namespace cutaway::indexing
