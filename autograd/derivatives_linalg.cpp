// SPDX-License-Identifier: MIT
//
// Gradients of the matrix products. For C = A B:  dA = dC B^T,  dB = A^T dC.
#include "../tensor/catalogue.h"
#include "../tensor/ops.h"
#include "derivatives.h"
#include "record.h"

namespace cutaway::autograd {
namespace {

/// Whether a matrix lies in memory column by column, as the transpose of a row-major one does.
bool is_column_major(const Tensor& m) { return m.stride(0) == 1 && m.stride(1) == m.size(0); }

// A gradient is computed in the layout of the matrix it belongs to. The weight of nn::Linear comes
// here transposed; its gradient, transposed back, is then contiguous and can be used as it is.

/// dA = dC B^T, or as (B dC^T)^T.
Tensor grad_mat1(const Tensor& grad, const Tensor& mat2, bool column_major) {
  return column_major ? mat2.mm(grad.t()).t() : grad.mm(mat2.t());
}
/// dB = A^T dC, or as (dC^T A)^T.
Tensor grad_mat2(const Tensor& grad, const Tensor& mat1, bool column_major) {
  return column_major ? grad.t().mm(mat1).t() : mat1.t().mm(grad);
}

Tensor mm(const Tensor& a, const Tensor& b) {
  return record("MmBackward0", {&a, &b}, below_autograd(op::mm, a, b),
                [a = save(a), b = save(b), a_columns = is_column_major(a),
                 b_columns = is_column_major(b)](const Node& node, const Tensor& grad) -> Grads {
                  return {node.needs(0) ? grad_mat1(grad, b.unpack(node), a_columns) : Tensor(),
                          node.needs(1) ? grad_mat2(grad, a.unpack(node), b_columns) : Tensor()};
                });
}

Tensor scaled(const Tensor& tensor, const Scalar& factor) {
  return factor.equals(1) ? tensor : tensor * factor;
}

Tensor addmm(const Tensor& bias, const Tensor& a, const Tensor& b, const Scalar& beta,
             const Scalar& alpha) {
  return record(
      "AddmmBackward0", {&bias, &a, &b}, below_autograd(op::addmm, bias, a, b, beta, alpha),
      [a = save(a), b = save(b), a_columns = is_column_major(a), b_columns = is_column_major(b),
       beta, alpha](const Node& node, const Tensor& grad) -> Grads {
        return {
            node.needs(0) ? scaled(grad, beta) : Tensor(),
            node.needs(1) ? scaled(grad_mat1(grad, b.unpack(node), a_columns), alpha) : Tensor(),
            node.needs(2) ? scaled(grad_mat2(grad, a.unpack(node), b_columns), alpha) : Tensor()};
      });
}

Tensor bmm(const Tensor& a, const Tensor& b) {
  return record(
      "BmmBackward0", {&a, &b}, below_autograd(op::bmm, a, b),
      [a = save(a), b = save(b)](const Node& node, const Tensor& grad) -> Grads {
        return {node.needs(0) ? cutaway::bmm(grad, b.unpack(node).transpose(1, 2)) : Tensor(),
                node.needs(1) ? cutaway::bmm(a.unpack(node).transpose(1, 2), grad) : Tensor()};
      });
}

// y = A x:  dA = dy x^T,  dx = A^T dy
Tensor mv(const Tensor& a, const Tensor& x) {
  return record("MvBackward0", {&a, &x}, below_autograd(op::mv, a, x),
                [a = save(a), x = save(x)](const Node& node, const Tensor& grad) -> Grads {
                  return {
                      node.needs(0) ? grad.unsqueeze(1) * x.unpack(node).unsqueeze(0) : Tensor(),
                      node.needs(1) ? cutaway::mv(a.unpack(node).t(), grad) : Tensor()};
                });
}

Tensor dot(const Tensor& a, const Tensor& b) {
  return record("DotBackward0", {&a, &b}, below_autograd(op::dot, a, b),
                [a = save(a), b = save(b)](const Node& node, const Tensor& grad) -> Grads {
                  return {node.needs(0) ? grad * b.unpack(node) : Tensor(),
                          node.needs(1) ? grad * a.unpack(node) : Tensor()};
                });
}

}  // namespace

void install_linalg_derivatives() {
  op::mm.set_kernel(Key::Autograd, mm);
  op::addmm.set_kernel(Key::Autograd, addmm);
  op::bmm.set_kernel(Key::Autograd, bmm);
  op::mv.set_kernel(Key::Autograd, mv);
  op::dot.set_kernel(Key::Autograd, dot);
}

}  // namespace cutaway::autograd
