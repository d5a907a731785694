// SPDX-License-Identifier: MIT
#include "ops_index.h"

#include <algorithm>

#include "catalogue.h"
#include "checked_math.h"
#include "operands.h"
#include "ops_gather.h"
#include "views.h"

namespace cutaway::inline v0_1 {
namespace {

/// Whether the shapes are the same but for the size along `dim`.
bool same_but_for(int64_t dim, IntArrayRef a, IntArrayRef b) {
  if (a.size() != b.size()) return false;
  for (int64_t d = 0; d < a.size(); ++d) {
    if (d != dim && a[d] != b[d]) return false;
  }
  return true;
}

bool is_index_dtype(DType dtype) { return dtype == kInt64 || dtype == kInt32; }

/// What index_add_ and index_reduce_ ask of their arguments.
void check_source(const char* name, const Tensor& self, int64_t dim, const Tensor& index,
                  const Tensor& source) {
  check_index(index.dim() <= 1, name,
              "(): Index is supposed to be a vector, but got dim: ", index.dim(),
              " with type: ", index.dtype(), " and size: ", index.sizes());
  check(is_index_dtype(index.dtype()), name,
        "(): Expected dtype int32/int64 for index but got: ", index.dtype());
  check(self.dtype() == source.dtype(), name, "(): self (", self.dtype(), ") and source (",
        source.dtype(), ") must have the same scalar type");
  check(same_but_for(dim, self.sizes(), source.sizes()),
        "source tensor shape must match self tensor shape, excluding the specified dimension. Got "
        "self.shape = ",
        self.sizes(), " source.shape = ", source.sizes());
  const int64_t slices = source.dim() == 0 ? 1 : source.sizes()[dim];
  check(index.numel() == slices, name, "(): Number of indices (", index.numel(),
        ") should be equal to source.size(dim): (", slices, "), for dim: ", dim);
}

/// Of cat: a 1-d tensor without elements goes with every shape.
bool is_skipped(const Tensor& tensor) { return tensor.dim() == 1 && tensor.numel() == 0; }

/// Gradients of views: grad must have the view's shape.
void check_grad_sizes(const char* name, const Tensor& grad, IntArrayRef view_sizes) {
  check(grad.sizes() == view_sizes, name, ": expected a gradient of shape ", view_sizes,
        ", the view's, but got ", grad.sizes());
}

}  // namespace

Tensor index_select(const Tensor& self, int64_t dim, const Tensor& index) {
  dim = wrap_dim(dim, self.dim());
  check_index(index.dim() <= 1, "index_select(): Index is supposed to be a vector");
  check(is_index_dtype(index.dtype()), "index_select(): Expected dtype int32 or int64 for index");
  check(self.dim() > 0 || index.numel() == 1,
        "index_select(): Index to scalar can have only 1 value, got ", index.numel(), " value(s)");
  return op::index_select(self, dim, index);
}

Tensor index_add(const Tensor& self, int64_t dim, const Tensor& index, const Tensor& source,
                 const Scalar& alpha) {
  dim = wrap_dim(dim, self.dim());
  check_source("index_add_", self, dim, index, source);
  const bool uses_alpha = index.numel() > 0 || self.dim() <= 1;  // else PyTorch does not look at it
  if (uses_alpha) check_fits(alpha, is_half(self.dtype()) ? kFloat32 : self.dtype());
  return op::index_add(self, dim, index, source, alpha);
}

const Tensor& index_reduce_(const Tensor& self, int64_t dim, const Tensor& index,
                            const Tensor& source, std::string_view reduce, bool include_self) {
  check_may_write(self, source);
  check(reduce == "prod" || reduce == "mean" || reduce == "amax" || reduce == "amin",
        "index_reduce(): Expected reduce to be one of prod, mean, amax or amin but got ", reduce,
        ".");
  dim = wrap_dim(dim, self.dim());
  check_source("index_reduce_", self, dim, index, source);
  const Tensor places = index.to(kInt64).contiguous();
  const IntArrayRef values(places.data<int64_t>(), places.numel());
  const int64_t size = self.dim() == 0 ? 1 : self.sizes()[dim];
  for (const int64_t value :
       values) {  // without self, its elements are first filled by index_fill_
    check_index(include_self || (-size <= value && value < size), "index ", value,
                " is out of bounds for dimension ", dim, " with size ", size);
  }
  for (const int64_t value : values)
    check_index(0 <= value && value < size, "index out of range in self");
  // One index per element: the same for the whole slice
  DimVector sizes(source.dim(), 1);
  if (source.dim() > 0) sizes[dim] = -1;
  return scatter_reduce_(self, dim, expand(reshape(places, sizes), source.sizes()), source, reduce,
                         include_self);
}

Tensor cat(TensorList tensors, int64_t dim) {
  check_value(!tensors.empty(), "torch.cat(): expected a non-empty list of Tensors");
  const Tensor* first = nullptr;  // the first that is not skipped sets the shape
  for (int64_t i = 0; i < tensors.size(); ++i) {
    check(tensors[i].dim() > 0, "zero-dimensional tensor (at position ", i,
          ") cannot be concatenated");
    if (first == nullptr && !is_skipped(tensors[i])) first = &tensors[i];
  }
  if (first == nullptr) return op::cat(tensors, 0);  // nothing to join: any dim will do
  dim = wrap_dim(dim, first->dim());
  for (int64_t i = 0; i < tensors.size(); ++i) {
    const Tensor& tensor = tensors[i];
    if (is_skipped(tensor)) continue;
    check(tensor.dim() == first->dim(), "Tensors must have same number of dimensions: got ",
          first->dim(), " and ", tensor.dim());
    for (int64_t d = 0; d < tensor.dim(); ++d) {
      check(d == dim || tensor.sizes()[d] == first->sizes()[d],
            "Sizes of tensors must match except in dimension ", dim, ". Expected size ",
            first->sizes()[d], " but got size ", tensor.sizes()[d], " for tensor number ", i,
            " in the list.");
    }
  }
  return op::cat(tensors, dim);
}

Tensor stack(TensorList tensors, int64_t dim) {
  check(!tensors.empty(), "stack expects a non-empty TensorList");
  const DimVector& sizes = tensors[0].sizes();
  dim = wrap_dim(dim, sizes.size() + 1);
  for (int64_t i = 1; i < tensors.size(); ++i) {
    check(tensors[i].sizes() == sizes, "stack expects each tensor to be equal size, but got ",
          sizes, " at entry 0 and ", tensors[i].sizes(), " at entry ", i);
  }
  return op::stack(tensors, dim);
}

Tensor select_backward(const Tensor& grad, IntArrayRef input_sizes, int64_t dim, int64_t index) {
  check_index(!input_sizes.empty(), "select() cannot be applied to a 0-dim tensor.");
  dim = wrap_dim(dim, input_sizes.size());
  const int64_t size = input_sizes[dim];
  check_index(-size <= index && index < size, "select(): index ", index,
              " out of range for tensor of size ", input_sizes, " at dimension ", dim);
  DimVector view_sizes(input_sizes);
  view_sizes.erase(dim);
  check_grad_sizes("select_backward", grad, view_sizes);
  return op::select_backward(grad, input_sizes, dim, index < 0 ? index + size : index);
}

Tensor slice_backward(const Tensor& grad, IntArrayRef input_sizes, int64_t dim, int64_t start,
                      int64_t end, int64_t step) {
  check(!input_sizes.empty(), "slice() cannot be applied to a 0-dim tensor.");
  check(step > 0, "slice step must be positive");
  dim = wrap_dim(dim, input_sizes.size());
  const int64_t size = input_sizes[dim];
  const auto inside = [size](int64_t bound) {  // Python's rule for bounds
    return std::clamp<int64_t>(bound < 0 ? bound + size : bound, 0, size);
  };
  start = inside(start);
  end = std::max(inside(end), start);
  DimVector view_sizes(input_sizes);
  view_sizes[dim] = (end - start) / step + ((end - start) % step != 0 ? 1 : 0);
  check_grad_sizes("slice_backward", grad, view_sizes);
  return op::slice_backward(grad, input_sizes, dim, start, end, step);
}

Tensor as_strided_backward(const Tensor& grad, IntArrayRef input_sizes, IntArrayRef sizes,
                           IntArrayRef strides, int64_t offset) {
  check(sizes.size() == strides.size(), "mismatch in length of strides and shape");
  check_grad_sizes("as_strided_backward", grad, sizes);
  std::optional<int64_t> last = offset;  // where the view's last element lies, unless far outside
  for (int64_t d = 0; d < sizes.size(); ++d) {
    check(strides[d] >= 0,
          "as_strided: Negative strides are not supported at the moment, got "
          "strides: ",
          strides);
    const std::optional<int64_t> reach = checked_mul(sizes[d] - 1, strides[d]);
    last = last && reach ? checked_add(*last, *reach) : std::nullopt;
  }
  check(grad.numel() == 0 || (offset >= 0 && last && *last < numel_of(input_sizes)),
        "as_strided_backward: a view of sizes ", sizes, ", strides ", strides, " and offset ",
        offset, " does not fit into an input of shape ", input_sizes);
  return op::as_strided_backward(grad, input_sizes, sizes, strides, offset);
}

}  // namespace cutaway
