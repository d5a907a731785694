// SPDX-License-Identifier: MIT
//
// Gradients of linear systems, determinants and triangular factorizations. In the formulas gX is
// the gradient of X. How they are found: Giles, "Collected matrix derivative results for forward
// and reverse mode algorithmic differentiation" (2008); where another paper is needed, it is named.
#include <algorithm>

#include "../tensor/catalogue.h"
#include "../tensor/ops.h"
#include "derivatives.h"
#include "record.h"

namespace cutaway::inline v0_1::autograd::decompose_derivatives {
namespace {

// ---- Systems of equations ----

// A X = B:  gB = A^-T gX,  gA = -gB X^T.   X A = B:  gB = gX A^-T,  gA = -X^T gB.
Grads solve_backward(const Tensor& a, const Tensor& x, const Tensor& grad, bool left,
                     bool needs_a) {
  const Tensor grad_b = std::get<0>(linalg_solve_ex(mT(a), grad, left));
  if (!needs_a) return {Tensor(), grad_b};
  const bool is_vector = x.dim() < a.dim();
  const Tensor g = is_vector ? grad_b.unsqueeze(-1) : grad_b;
  const Tensor xx = is_vector ? x.unsqueeze(-1) : x;
  return {-(left ? g.matmul(mT(xx)) : mT(xx).matmul(g)), grad_b};
}

std::tuple<Tensor, Tensor> solve_ex(const Tensor& a, const Tensor& b, bool left, bool check) {
  const auto [x, info] = below_autograd(op::linalg_solve_ex, a, b, left, check);
  Tensor result = record(
      {"LinalgSolveExBackward0", "A, result"}, {&a, &b}, x,
      [a = save(a), x = save_output(x), left](const Node& node, const Tensor& grad) -> Grads {
        const auto [matrix, solution] = unpack_all(node, a, x);
        return solve_backward(matrix, solution, grad, left, node.needs(0));
      });
  return {std::move(result), info};
}

// The same; of gA only the triangle that was read.
Tensor solve_triangular(const Tensor& a, const Tensor& b, bool upper, bool left, bool unit) {
  const Tensor result = below_autograd(op::linalg_solve_triangular, a, b, upper, left, unit);
  return record({"LinalgSolveTriangularBackward0", "self, result"}, {&a, &b}, result,
                [a = save(a), result = save_output(result), upper, left, unit](
                    const Node& node, const Tensor& grad) -> Grads {
                  const auto [matrix, x] = unpack_all(node, a, result);
                  const Tensor grad_b =
                      linalg_solve_triangular(mT(matrix), grad, !upper, left, unit);
                  if (!node.needs(0)) return {Tensor(), grad_b};
                  const Tensor grad_a = -(left ? grad_b.matmul(mT(x)) : mT(x).matmul(grad_b));
                  const int64_t diagonal = unit ? 1 : 0;
                  return {upper ? triu(grad_a, diagonal) : tril(grad_a, -diagonal), grad_b};
                });
}

// gA = -X^T gX X^T
std::tuple<Tensor, Tensor> inv_ex(const Tensor& a, bool check) {
  const auto [x, info] = below_autograd(op::linalg_inv_ex, a, check);
  Tensor result = record({"LinalgInvExBackward0", "inverse"}, {&a}, x,
                         [x = save_output(x)](const Node& node, const Tensor& grad) -> Grads {
                           const Tensor xt = mT(x.unpack(node));
                           return {-xt.matmul(grad).matmul(xt)};
                         });
  return {std::move(result), info};
}

// ---- Determinants ----

/// The transposed adjugate: det A times A^-T, and what that tends to where A is singular. With
/// A = U diag(s) V^T it is det(U) det(V) U diag(p) V^T, where p_i is the product of all s but s_i.
Tensor cofactors(const Tensor& a) {
  const int64_t n = a.size(-1);
  const auto [u, s, vh] = linalg_svd(a);
  const Tensor others = where(eye(n, n, kBool), 1, s.unsqueeze(-2));  // (*, n, n)
  Tensor products = ones_like(s);
  for (int64_t j = 0; j < n; ++j) products = products * others.select(-1, j);
  const Tensor orientation = linalg_det(u.detach()) * linalg_det(vh.detach());  // 1 or -1
  return (u * (products * orientation.unsqueeze(-1)).unsqueeze(-2)).matmul(vh);
}

// gA = g det(A) A^-T (Jacobi's formula)
Tensor det(const Tensor& a) {
  const Tensor result = below_autograd(op::linalg_det, a);
  return record(
      {"LinalgDetBackward0", "A, result"}, {&a}, result,
      [a = save(a), result = save_output(result)](const Node& node, const Tensor& grad) -> Grads {
        const auto [matrix, det] = unpack_all(node, a, result);
        if ((det.detach() == 0).sum().item<int64_t>() > 0) {
          return {grad.unsqueeze(-1).unsqueeze(-1) * cofactors(matrix)};
        }
        return {(grad * det).unsqueeze(-1).unsqueeze(-1) * mT(std::get<0>(linalg_inv_ex(matrix)))};
      });
}

// gA = g A^-T for log |det|; the sign is constant.
std::tuple<Tensor, Tensor> slogdet(const Tensor& a) {
  const auto [sign, log] = below_autograd(op::linalg_slogdet, a);
  record_all({"LinalgSlogdetBackward0", "A"}, {&a}, {&sign, &log},
             [a = save(a)](const Node& node, const Grads& grads) -> Grads {
               const Tensor matrix = a.unpack(node);
               if (!grads[1].defined()) return {Tensor()};
               const Tensor inverse = std::get<0>(linalg_inv_ex(matrix));
               return {grads[1].unsqueeze(-1).unsqueeze(-1) * mT(inverse)};
             });
  return {sign, log};
}

// ---- LU ----

/// gA of A = P L U from gL and gU (of which only the triangles count), for square L and U:
/// P L^-T [strictly lower part of L^T gL + upper part of gU U^T] U^-T.
Tensor square_lu_backward(const Tensor& l, const Tensor& u, const Tensor& grad_l,
                          const Tensor& grad_u) {
  const Tensor middle = tril(mT(l).matmul(grad_l), -1) + triu(grad_u.matmul(mT(u)));
  const Tensor half = linalg_solve_triangular(mT(l), middle, true);
  return linalg_solve_triangular(mT(u), half, false, false);
}

// Of the rows or columns beyond the square, L2 = B2 U^-1 and U2 = L^-1 B2 (where P^T A = B): their
// gradients go to B2 as those of systems do, and to the square factor.
std::tuple<Tensor, Tensor, Tensor> lu_factor_ex(const Tensor& a, bool pivot, bool check) {
  const auto [lu, pivots, info] = below_autograd(op::linalg_lu_factor_ex, a, pivot, check);
  Tensor result = record(
      {"LinalgLuFactorExBackward0", "LU, pivots"}, {&a}, lu,
      [lu = save_output(lu), pivots = save(pivots)](const Node& node, const Tensor& grad) -> Grads {
        const auto [factors, order] = unpack_all(node, lu, pivots);
        const auto [p, l, u] = lu_unpack(factors, order);
        const int64_t m = l.size(-2), n = u.size(-1), k = std::min(m, n);
        const Tensor square_l = l.narrow(-2, 0, k), square_u = u.narrow(-1, 0, k);
        const Tensor corner = grad.narrow(-2, 0, k).narrow(-1, 0, k);  // both, in one square
        if (m > n) {
          const Tensor l2 = l.narrow(-2, k, m - k), grad_l2 = grad.narrow(-2, k, m - k);
          const Tensor grad_b2 = linalg_solve_triangular(mT(square_u), grad_l2, false, false);
          const Tensor grad_u = corner - mT(l2).matmul(grad_b2);
          const Tensor square = square_lu_backward(square_l, square_u, corner, grad_u);
          return {p.matmul(cat({square, grad_b2}, -2))};
        }
        if (m < n) {
          const Tensor u2 = u.narrow(-1, k, n - k), grad_u2 = grad.narrow(-1, k, n - k);
          const Tensor grad_b2 = linalg_solve_triangular(mT(square_l), grad_u2, true);
          const Tensor grad_l = corner - grad_b2.matmul(mT(u2));
          const Tensor square = square_lu_backward(square_l, square_u, grad_l, corner);
          return {p.matmul(cat({square, grad_b2}, -1))};
        }
        return {p.matmul(square_lu_backward(square_l, square_u, corner, corner))};
      });
  return {std::move(result), pivots, info};
}

// ---- Cholesky ----

// A = L L^T:  gA = L^-T S L^-1 / 2 with S symmetric, its lower part that of L^T gL. (Murray,
// "Differentiation of the Cholesky decomposition", 2016.)
std::tuple<Tensor, Tensor> cholesky_ex(const Tensor& a, bool upper, bool check) {
  const auto [factor, info] = below_autograd(op::linalg_cholesky_ex, a, upper, check);
  Tensor result =
      record({"LinalgCholeskyExBackward0", "L"}, {&a}, factor,
             [factor = save_output(factor), upper](const Node& node, const Tensor& grad) -> Grads {
               const Tensor f = factor.unpack(node);
               const Tensor l = upper ? mT(f) : f, grad_l = upper ? mT(grad) : grad;
               const Tensor m = mT(l).matmul(grad_l);
               const Tensor s = tril(m) + mT(tril(m, -1));
               const Tensor left = linalg_solve_triangular(mT(l), s, true);
               return {linalg_solve_triangular(l, left, false, false) * 0.5};
             });
  return {std::move(result), info};
}

}  // namespace

void install() {
  op::linalg_solve_ex.set_kernel(Key::Autograd, solve_ex);
  op::linalg_solve_triangular.set_kernel(Key::Autograd, solve_triangular);
  op::linalg_inv_ex.set_kernel(Key::Autograd, inv_ex);
  op::linalg_det.set_kernel(Key::Autograd, det);
  op::linalg_slogdet.set_kernel(Key::Autograd, slogdet);
  op::linalg_lu_factor_ex.set_kernel(Key::Autograd, lu_factor_ex);
  op::linalg_cholesky_ex.set_kernel(Key::Autograd, cholesky_ex);
}

}  // namespace cutaway::autograd::decompose_derivatives
