// SPDX-License-Identifier: MIT
//
// Gradients of triangles and diagonals of matrices: what was set to zero gets none.
#include "../tensor/catalogue.h"
#include "../tensor/ops.h"
#include "derivatives.h"
#include "record.h"

namespace cutaway::inline v0_1::autograd::triangle_derivatives {
namespace {

Tensor tril(const Tensor& x, int64_t diagonal) {
  return record(
      "TrilBackward0", {&x}, below_autograd(op::tril, x, diagonal),
      [diagonal](const Node&, const Tensor& grad) -> Grads { return {grad.tril(diagonal)}; });
}

Tensor triu(const Tensor& x, int64_t diagonal) {
  return record(
      "TriuBackward0", {&x}, below_autograd(op::triu, x, diagonal),
      [diagonal](const Node&, const Tensor& grad) -> Grads { return {grad.triu(diagonal)}; });
}

const Tensor& tril_(const Tensor& self, int64_t diagonal) {
  InplaceRecord history({&self});
  below_autograd(op::tril_, self, diagonal);
  return history.record("TrilBackward0", [diagonal](const Node&, const Tensor& grad) -> Grads {
    return {grad.tril(diagonal)};
  });
}

const Tensor& triu_(const Tensor& self, int64_t diagonal) {
  InplaceRecord history({&self});
  below_autograd(op::triu_, self, diagonal);
  return history.record("TriuBackward0", [diagonal](const Node&, const Tensor& grad) -> Grads {
    return {grad.triu(diagonal)};
  });
}

Tensor diag_embed(const Tensor& x, int64_t offset, int64_t dim1, int64_t dim2) {
  return record("DiagEmbedBackward0", {&x}, below_autograd(op::diag_embed, x, offset, dim1, dim2),
                [offset, dim1, dim2](const Node&, const Tensor& grad) -> Grads {
                  return {grad.diagonal(offset, dim1, dim2)};
                });
}

}  // namespace

void install() {
  op::tril.set_kernel(Key::Autograd, tril);
  op::triu.set_kernel(Key::Autograd, triu);
  op::tril_.set_kernel(Key::Autograd, tril_);
  op::triu_.set_kernel(Key::Autograd, triu_);
  op::diag_embed.set_kernel(Key::Autograd, diag_embed);
}

}  // namespace cutaway::autograd::triangle_derivatives
