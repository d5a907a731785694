// SPDX-License-Identifier: MIT
//
// Gradients of the matrix products. For C = A B:  dA = dC B^T,  dB = A^T dC.
#include <cmath>

#include "../tensor/catalogue.h"
#include "../tensor/ops.h"
#include "derivatives.h"
#include "record.h"

namespace cutaway::inline v0_1::autograd::linalg_derivatives {
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
  return record({"MmBackward0", "mat2, self"}, {&a, &b}, below_autograd(op::mm, a, b),
                [mat2 = save_for(a, b), self = save_for(b, a), a_columns = is_column_major(a),
                 b_columns = is_column_major(b)](const Node& node, const Tensor& grad) -> Grads {
                  const auto [y, x] = unpack_all(node, mat2, self);
                  return {node.needs(0) ? grad_mat1(grad, y, a_columns) : Tensor(),
                          node.needs(1) ? grad_mat2(grad, x, b_columns) : Tensor()};
                });
}

Tensor scaled(const Tensor& tensor, const Scalar& factor) {
  return factor.equals(1) ? tensor : tensor * factor;
}

Tensor addmm(const Tensor& bias, const Tensor& a, const Tensor& b, const Scalar& beta,
             const Scalar& alpha) {
  return record(
      {"AddmmBackward0", "mat1, mat2"}, {&bias, &a, &b},
      below_autograd(op::addmm, bias, a, b, beta, alpha),
      [mat1 = save_for(b, a), mat2 = save_for(a, b), a_columns = is_column_major(a),
       b_columns = is_column_major(b), beta, alpha](const Node& node, const Tensor& grad) -> Grads {
        const auto [x, y] = unpack_all(node, mat1, mat2);
        return {node.needs(0) ? scaled(grad, beta) : Tensor(),
                node.needs(1) ? scaled(grad_mat1(grad, y, a_columns), alpha) : Tensor(),
                node.needs(2) ? scaled(grad_mat2(grad, x, b_columns), alpha) : Tensor()};
      });
}

Tensor bmm(const Tensor& a, const Tensor& b) {
  return record({"BmmBackward0", "mat2, self"}, {&a, &b}, below_autograd(op::bmm, a, b),
                [mat2 = save_for(a, b), self = save_for(b, a)](const Node& node,
                                                               const Tensor& grad) -> Grads {
                  const auto [y, x] = unpack_all(node, mat2, self);
                  return {node.needs(0) ? cutaway::bmm(grad, y.transpose(1, 2)) : Tensor(),
                          node.needs(1) ? cutaway::bmm(x.transpose(1, 2), grad) : Tensor()};
                });
}

Tensor baddbmm(const Tensor& start, const Tensor& a, const Tensor& b, const Scalar& beta,
               const Scalar& alpha) {
  return record({"BaddbmmBackward0", "batch1, batch2"}, {&start, &a, &b},
                below_autograd(op::baddbmm, start, a, b, beta, alpha),
                [batch1 = save_for(b, a), batch2 = save_for(a, b), beta, alpha](
                    const Node& node, const Tensor& grad) -> Grads {
                  const auto [x, y] = unpack_all(node, batch1, batch2);
                  const Tensor g = scaled(grad, alpha);
                  return {node.needs(0) ? scaled(grad, beta) : Tensor(),
                          node.needs(1) ? cutaway::bmm(g, y.transpose(1, 2)) : Tensor(),
                          node.needs(2) ? cutaway::bmm(x.transpose(1, 2), g) : Tensor()};
                });
}

Tensor addmv(const Tensor& start, const Tensor& a, const Tensor& x, const Scalar& beta,
             const Scalar& alpha) {
  return record({"AddmvBackward0", "mat, vec"}, {&start, &a, &x},
                below_autograd(op::addmv, start, a, x, beta, alpha),
                [mat = save_for(x, a), vec = save_for(a, x), beta, alpha](
                    const Node& node, const Tensor& grad) -> Grads {
                  const auto [matrix, vector] = unpack_all(node, mat, vec);
                  const Tensor g = scaled(grad, alpha);
                  return {node.needs(0) ? scaled(grad, beta) : Tensor(),
                          node.needs(1) ? g.unsqueeze(1) * vector.unsqueeze(0) : Tensor(),
                          node.needs(2) ? cutaway::mv(matrix.t(), g) : Tensor()};
                });
}

// C = b S + a x y^T:  dx = a dC y,  dy = a dC^T x
Tensor addr(const Tensor& start, const Tensor& x, const Tensor& y, const Scalar& beta,
            const Scalar& alpha) {
  return record({"AddrBackward0", "vec1, vec2"}, {&start, &x, &y},
                below_autograd(op::addr, start, x, y, beta, alpha),
                [vec1 = save_for(y, x), vec2 = save_for(x, y), beta, alpha](
                    const Node& node, const Tensor& grad) -> Grads {
                  const auto [left, right] = unpack_all(node, vec1, vec2);
                  return {node.needs(0) ? scaled(grad, beta) : Tensor(),
                          node.needs(1) ? scaled(cutaway::mv(grad, right), alpha) : Tensor(),
                          node.needs(2) ? scaled(cutaway::mv(grad.t(), left), alpha) : Tensor()};
                });
}

// d = |x - y|_p:  dx_k = sign(x_k - y_k) |x_k - y_k|^(p-1) / d^(p-1). Where that is 0 / 0, zero.
Tensor cdist_grad(const Tensor& grad, const Tensor& x, const Tensor& y, const Tensor& d, double p) {
  const Tensor is_zero = d.detach() == 0;
  const Tensor safe = where(is_zero, 1, d);
  if (p == 2) {  // sum over j of w_ij (x_i - y_j), w = grad / d: no difference need be stored
    const Tensor w = where(is_zero, 0, grad / safe);
    return w.sum(-1, true) * x - cutaway::bmm(w, y);
  }
  const Tensor difference = x.unsqueeze(2) - y.unsqueeze(1);  // (B, P, R, M)
  const Tensor raw = difference.detach();
  const Tensor sign = (raw > 0).to(x.dtype()) - (raw < 0).to(x.dtype());
  if (p == 0) return zeros_like(x);
  if (p == 1) return (grad.unsqueeze(-1) * sign).sum(2);
  const Tensor size = difference * sign;
  if (std::isinf(p)) {
    return (grad.unsqueeze(-1) * where(size.detach() == d.detach().unsqueeze(-1), sign, 0)).sum(2);
  }
  const Tensor power = where(sign == 0, 1, size).pow(p - 1);  // any number: the sign is 0 there
  const Tensor w = grad / safe.pow(p - 1);
  return (w.unsqueeze(-1) * sign * power).sum(2);
}

Tensor cdist_forward(const Tensor& x1, const Tensor& x2, double p, std::optional<int64_t> mode) {
  const Tensor result = below_autograd(op::cdist_forward, x1, x2, p, mode);
  return record({"CdistBackward0", "x1, x2, result"}, {&x1, &x2}, result,
                [x1 = save(x1), x2 = save(x2), result = save_output(result), p](
                    const Node& node, const Tensor& grad) -> Grads {
                  const auto [a, b, d] = unpack_all(node, x1, x2, result);
                  return {node.needs(0) ? cdist_grad(grad, a, b, d, p) : Tensor(),
                          node.needs(1)
                              ? cdist_grad(grad.transpose(1, 2), b, a, d.transpose(1, 2), p)
                              : Tensor()};
                });
}

// y = A x:  dA = dy x^T,  dx = A^T dy
Tensor mv(const Tensor& a, const Tensor& x) {
  return record(
      {"MvBackward0", "self, vec"}, {&a, &x}, below_autograd(op::mv, a, x),
      [self = save_for(x, a), vec = save_for(a, x)](const Node& node, const Tensor& grad) -> Grads {
        const auto [matrix, vector] = unpack_all(node, self, vec);
        return {node.needs(0) ? grad.unsqueeze(1) * vector.unsqueeze(0) : Tensor(),
                node.needs(1) ? cutaway::mv(matrix.t(), grad) : Tensor()};
      });
}

Tensor dot(const Tensor& a, const Tensor& b) {
  return record({"DotBackward0", "self, tensor"}, {&a, &b}, below_autograd(op::dot, a, b),
                [self = save_for(b, a), tensor = save_for(a, b)](const Node& node,
                                                                 const Tensor& grad) -> Grads {
                  const auto [x, y] = unpack_all(node, self, tensor);
                  return {node.needs(0) ? grad * y : Tensor(), node.needs(1) ? grad * x : Tensor()};
                });
}

}  // namespace

void install() {
  op::mm.set_kernel(Key::Autograd, mm);
  op::addmm.set_kernel(Key::Autograd, addmm);
  op::bmm.set_kernel(Key::Autograd, bmm);
  op::baddbmm.set_kernel(Key::Autograd, baddbmm);
  op::addmv.set_kernel(Key::Autograd, addmv);
  op::addr.set_kernel(Key::Autograd, addr);
  op::cdist_forward.set_kernel(Key::Autograd, cdist_forward);
  op::mv.set_kernel(Key::Autograd, mv);
  op::dot.set_kernel(Key::Autograd, dot);
}

}  // namespace cutaway::autograd::linalg_derivatives
