// SPDX-License-Identifier: MIT
//
// Gradients of the views: the view undone. `sizes` is the shape of the input.
#include "../tensor/catalogue.h"
#include "../tensor/ops.h"
#include "../tensor/view_geometry.h"
#include "derivatives.h"
#include "record.h"

namespace cutaway::inline v0_1::autograd::view_derivatives {
namespace {

Tensor view(const Tensor& x, IntArrayRef size) {
  return record("ViewBackward0", {&x}, below_autograd(op::view, x, size),
                [sizes = x.sizes()](const Node&, const Tensor& grad) -> Grads {
                  return {grad.reshape(sizes)};
                });
}

Tensor unsafe_view(const Tensor& x, IntArrayRef size) {
  return record("UnsafeViewBackward0", {&x}, below_autograd(op::unsafe_view, x, size),
                [sizes = x.sizes()](const Node&, const Tensor& grad) -> Grads {
                  return {grad.reshape(sizes)};
                });
}

Tensor permute(const Tensor& x, IntArrayRef dims) {
  DimVector inverse(dims);  // all of which is overwritten
  for (int64_t i = 0; i < dims.size(); ++i) inverse[dims[i]] = i;
  return record(
      "PermuteBackward0", {&x}, below_autograd(op::permute, x, dims),
      [inverse](const Node&, const Tensor& grad) -> Grads { return {grad.permute(inverse)}; });
}

Tensor transpose(const Tensor& x, int64_t dim0, int64_t dim1) {
  return record("TransposeBackward0", {&x}, below_autograd(op::transpose, x, dim0, dim1),
                [dim0, dim1](const Node&, const Tensor& grad) -> Grads {
                  return {grad.transpose(dim0, dim1)};
                });
}

Tensor alias(const Tensor& x) {
  return record("AliasBackward0", {&x}, below_autograd(op::alias, x),
                [](const Node&, const Tensor& grad) -> Grads { return {grad}; });
}

Tensor t(const Tensor& x) {
  return record("TBackward0", {&x}, below_autograd(op::t, x),
                [](const Node&, const Tensor& grad) -> Grads { return {grad.t()}; });
}

// Repeating is undone by summing, which the engine does.
Tensor expand(const Tensor& x, IntArrayRef size) {
  return record("ExpandBackward0", {&x}, below_autograd(op::expand, x, size),
                [](const Node&, const Tensor& grad) -> Grads { return {grad}; });
}

Tensor squeeze(const Tensor& x) {
  return record("SqueezeBackward0", {&x}, below_autograd(op::squeeze, x),
                [sizes = x.sizes()](const Node&, const Tensor& grad) -> Grads {
                  return {grad.reshape(sizes)};
                });
}

Tensor squeeze_dim(const Tensor& x, int64_t dim) {
  return record("SqueezeBackward1", {&x}, below_autograd(op::squeeze_dim, x, dim),
                [sizes = x.sizes()](const Node&, const Tensor& grad) -> Grads {
                  return {grad.reshape(sizes)};
                });
}

Tensor squeeze_dims(const Tensor& x, IntArrayRef dims) {
  return record("SqueezeBackward2", {&x}, below_autograd(op::squeeze_dims, x, dims),
                [sizes = x.sizes()](const Node&, const Tensor& grad) -> Grads {
                  return {grad.reshape(sizes)};
                });
}

Tensor unsqueeze(const Tensor& x, int64_t dim) {
  return record("UnsqueezeBackward0", {&x}, below_autograd(op::unsqueeze, x, dim),
                [dim](const Node&, const Tensor& grad) -> Grads { return {grad.squeeze(dim)}; });
}

Tensor select(const Tensor& x, int64_t dim, int64_t index) {
  return record("SelectBackward0", {&x}, below_autograd(op::select, x, dim, index),
                [sizes = x.sizes(), dim, index](const Node&, const Tensor& grad) -> Grads {
                  return {select_backward(grad, sizes, dim, index)};
                });
}

Tensor slice(const Tensor& x, int64_t dim, std::optional<int64_t> start, std::optional<int64_t> end,
             int64_t step) {
  return record(
      "SliceBackward0", {&x}, below_autograd(op::slice, x, dim, start, end, step),
      [sizes = x.sizes(), dim, start, end, step](const Node&, const Tensor& grad) -> Grads {
        return {slice_backward(grad, sizes, dim, *start, *end, step)};
      });
}

/// The gradient of a dense tensor of shape `sizes`, of which a view at `view` had `grad`: elements
/// that the view shows more than once get the sum.
Tensor put_back(const Tensor& grad, IntArrayRef sizes, const ViewGeometry& view) {
  return as_strided_backward(grad, sizes, view.sizes, view.strides, view.offset);
}

Tensor diagonal(const Tensor& x, int64_t offset, int64_t dim1, int64_t dim2) {
  return record("DiagonalBackward0", {&x}, below_autograd(op::diagonal, x, offset, dim1, dim2),
                [sizes = x.sizes(), offset, dim1, dim2](const Node&, const Tensor& grad) -> Grads {
                  return {put_back(
                      grad, sizes,
                      diagonal_geometry(sizes, contiguous_strides(sizes), 0, offset, dim1, dim2))};
                });
}

Tensor unfold(const Tensor& x, int64_t dim, int64_t size, int64_t step) {
  return record(
      "UnfoldBackward0", {&x}, below_autograd(op::unfold, x, dim, size, step),
      [sizes = x.sizes(), dim, size, step](const Node&, const Tensor& grad) -> Grads {
        return {put_back(grad, sizes,
                         unfold_geometry(sizes, contiguous_strides(sizes), 0, dim, size, step))};
      });
}

Tensor as_strided(const Tensor& x, IntArrayRef size, IntArrayRef stride,
                  std::optional<int64_t> storage_offset) {
  const ViewOfBase geometry(size, stride, *storage_offset, x);
  return record(
      "AsStridedBackward0", {&x}, below_autograd(op::as_strided, x, size, stride, storage_offset),
      [geometry](const Node&, const Tensor& grad) -> Grads { return {geometry.backward(grad)}; });
}

// ---- Gradients of gradients ----

Tensor select_backward(const Tensor& g, IntArrayRef input_sizes, int64_t dim, int64_t index) {
  return record(
      "SelectBackwardBackward0", {&g},
      below_autograd(op::select_backward, g, input_sizes, dim, index),
      [dim, index](const Node&, const Tensor& grad) -> Grads { return {grad.select(dim, index)}; });
}

Tensor slice_backward(const Tensor& g, IntArrayRef input_sizes, int64_t dim, int64_t start,
                      int64_t end, int64_t step) {
  return record("SliceBackwardBackward0", {&g},
                below_autograd(op::slice_backward, g, input_sizes, dim, start, end, step),
                [dim, start, end, step](const Node&, const Tensor& grad) -> Grads {
                  return {grad.slice(dim, start, end, step)};
                });
}

Tensor as_strided_backward(const Tensor& g, IntArrayRef input_sizes, IntArrayRef sizes,
                           IntArrayRef strides, int64_t offset) {
  return record("AsStridedBackwardBackward0", {&g},
                below_autograd(op::as_strided_backward, g, input_sizes, sizes, strides, offset),
                [sizes = DimVector(sizes), strides = DimVector(strides), offset](
                    const Node&, const Tensor& grad) -> Grads {
                  const Tensor dense = grad.contiguous();
                  return {dense.as_strided(sizes, strides, dense.storage_offset() + offset)};
                });
}

}  // namespace

void install() {
  op::view.set_kernel(Key::Autograd, view);
  op::unsafe_view.set_kernel(Key::Autograd, unsafe_view);
  op::permute.set_kernel(Key::Autograd, permute);
  op::transpose.set_kernel(Key::Autograd, transpose);
  op::alias.set_kernel(Key::Autograd, alias);
  op::t.set_kernel(Key::Autograd, t);
  op::expand.set_kernel(Key::Autograd, expand);
  op::squeeze.set_kernel(Key::Autograd, squeeze);
  op::squeeze_dim.set_kernel(Key::Autograd, squeeze_dim);
  op::squeeze_dims.set_kernel(Key::Autograd, squeeze_dims);
  op::unsqueeze.set_kernel(Key::Autograd, unsqueeze);
  op::diagonal.set_kernel(Key::Autograd, diagonal);
  op::unfold.set_kernel(Key::Autograd, unfold);
  op::select.set_kernel(Key::Autograd, select);
  op::slice.set_kernel(Key::Autograd, slice);
  op::as_strided.set_kernel(Key::Autograd, as_strided);
  op::select_backward.set_kernel(Key::Autograd, select_backward);
  op::slice_backward.set_kernel(Key::Autograd, slice_backward);
  op::as_strided_backward.set_kernel(Key::Autograd, as_strided_backward);
}

}  // namespace cutaway::autograd::view_derivatives
