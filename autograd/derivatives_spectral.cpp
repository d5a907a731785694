// SPDX-License-Identifier: MIT
//
// Gradients of orthogonal factorizations: QR, singular values, eigenvalues, pseudoinverse. gX is
// the gradient of X. Formulas: Giles, "Collected matrix derivative results for forward and reverse
// mode algorithmic differentiation" (2008); for QR of wide matrices Roberts & Roberts, "QR and LQ
// decomposition matrix backpropagation algorithms for square, wide, and deep matrices" (2020).
#include <algorithm>

#include "../tensor/catalogue.h"
#include "../tensor/ops.h"
#include "derivatives.h"
#include "record.h"

namespace cutaway::inline v0_1::autograd::spectral_derivatives {
namespace {

/// a + b, where an undefined tensor counts as zero.
Tensor add_defined(const Tensor& a, const Tensor& b) {
  if (!a.defined()) return b;
  return b.defined() ? a + b : a;
}

// ---- QR ----

// Q: (m, n), m >= n:  gA = (gQ + Q S) R^-T, S symmetric with the lower part of R gR^T - gQ^T Q.
Tensor tall_qr_backward(const Tensor& q, const Tensor& r, const Tensor& grad_q,
                        const Tensor& grad_r) {
  Tensor m;
  if (grad_r.defined()) m = r.matmul(mT(grad_r));
  if (grad_q.defined()) m = add_defined(m, -mT(grad_q).matmul(q));
  const Tensor s = tril(m) + mT(tril(m, -1));
  const Tensor sum = add_defined(q.matmul(s), grad_q);
  return linalg_solve_triangular(mT(r), sum, false, false);
}

// A wide A = [X Y] has X = Q U and Y = Q V: the part of gY = Q gV is plain, and of gQ, Y gV^T.
Tensor qr_backward(const Tensor& q, const Tensor& r, const Tensor& grad_q, const Tensor& grad_r) {
  const int64_t k = r.size(-2), n = r.size(-1);
  if (k >= n) return tall_qr_backward(q, r, grad_q, grad_r);
  if (!grad_r.defined()) {
    const Tensor square = tall_qr_backward(q, r.narrow(-1, 0, k), grad_q, {});
    return cat({square, zeros_like(q.matmul(r.narrow(-1, k, n - k)))}, -1);
  }
  const Tensor v = r.narrow(-1, k, n - k), grad_v = grad_r.narrow(-1, k, n - k);
  const Tensor from_v = q.matmul(v).matmul(mT(grad_v));
  const Tensor square =
      tall_qr_backward(q, r.narrow(-1, 0, k), add_defined(from_v, grad_q), grad_r.narrow(-1, 0, k));
  return cat({square, q.matmul(grad_v)}, -1);
}

std::tuple<Tensor, Tensor> qr(const Tensor& a, std::string_view mode) {
  const auto [q, r] = below_autograd(op::linalg_qr, a, mode);
  enum class Mode { Fine, WithoutQ, TooManyColumns };
  const bool completes = mode == "complete" && a.size(-2) > a.size(-1);
  const Mode kind = mode == "r" ? Mode::WithoutQ : completes ? Mode::TooManyColumns : Mode::Fine;
  record_all({"LinalgQrBackward0", "Q, R"}, {&a}, {&q, &r},
             [q = save_output(q, 0), r = save_output(r, 1), kind](const Node& node,
                                                                  const Grads& grads) -> Grads {
               const auto [orthogonal, triangular] = unpack_all(node, q, r);
               check(kind != Mode::WithoutQ,
                     "The derivative of linalg.qr depends on Q, which is not computed when "
                     "mode='r'. Please use linalg.qr(A, mode='reduced') if you are going to "
                     "differentiate through linalg.qr.");
               check(kind != Mode::TooManyColumns,
                     "The QR decomposition is not differentiable when mode='complete' and nrows > "
                     "ncols.");
               return {qr_backward(orthogonal, triangular, grads[0], grads[1])};
             });
  return {q, r};
}

// ---- Eigenvalues and singular values ----

/// m_ij / (x_j - x_i), and zero on the diagonal. (*, n, n), (*, n)
Tensor over_differences(const Tensor& m, const Tensor& x) {
  const int64_t n = x.size(-1);
  const Tensor same = eye(n, n, kBool);
  const Tensor differences = x.unsqueeze(-2) - x.unsqueeze(-1);
  return where(same, 0, m / where(same, 1, differences));
}

// gA = V [diag(gL) + (V^T gV) / (l_j - l_i)] V^T. Both results are the node's even if the caller
// wants the values only: the gradient needs the vectors.
std::tuple<Tensor, Tensor> eigh(const Tensor& a, std::string_view uplo, bool compute_v) {
  const auto [values, vectors] = below_autograd(op::internal_linalg_eigh, a, uplo, true);
  record_all({"LinalgEighBackward0", "eigenvalues, eigenvectors"}, {&a}, {&values, &vectors},
             [values = save_output(values, 0), vectors = save_output(vectors, 1)](
                 const Node& node, const Grads& grads) -> Grads {
               const auto [lambda, v] = unpack_all(node, values, vectors);
               Tensor inner;
               if (grads[1].defined()) inner = over_differences(mT(v).matmul(grads[1]), lambda);
               if (grads[0].defined()) inner = add_defined(diag_embed(grads[0]), inner);
               return {v.matmul(inner).matmul(mT(v))};
             });
  return {values, compute_v ? vectors : empty(int64_t{0}, a.dtype())};
}

struct Svd {
  Tensor u, s, vh;  // (*, m, k), (*, k), (*, k, n)
};

// gA = U [(X(U^T gU) s + s X(V^T gV)) + diag(gs)] V^T, where X(M) = (M - M^T)_ij / (s_j^2 - s_i^2),
// plus, where U or V is not square, (I - U U^T) gU s^-1 V^T + U s^-1 gV^T (I - V V^T).
Tensor svd_backward(const Svd& x, const Svd& grad) {
  const int64_t m = x.u.size(-2), n = x.vh.size(-1), k = x.s.size(-1);
  const Tensor columns = x.s.unsqueeze(-2), rows = x.s.unsqueeze(-1);  // scale columns, rows
  const auto skew = [&](const Tensor& product) {
    return over_differences(product - mT(product), x.s * x.s);
  };
  Tensor inner = grad.s.defined() ? diag_embed(grad.s) : Tensor();
  Tensor outer;
  if (grad.u.defined()) {
    const Tensor product = mT(x.u).matmul(grad.u);
    inner = add_defined(inner, skew(product) * columns);
    if (m > k) outer = ((grad.u - x.u.matmul(product)) / columns).matmul(x.vh);
  }
  if (grad.vh.defined()) {
    const Tensor product = x.vh.matmul(mT(grad.vh));
    inner = add_defined(inner, skew(product) * rows);
    if (n > k) {
      const Tensor rest = (grad.vh - mT(product).matmul(x.vh)) / rows;
      outer = add_defined(outer, x.u.matmul(rest));
    }
  }
  return add_defined(x.u.matmul(inner).matmul(x.vh), outer);
}

// Of U and Vh the first k columns and rows count: what full_matrices adds is no smooth function of
// A.
std::tuple<Tensor, Tensor, Tensor> svd(const Tensor& a, bool full_matrices, bool compute_uv,
                                       std::optional<std::string_view> driver) {
  const auto [u, s, vh] =
      below_autograd(op::internal_linalg_svd, a, full_matrices && compute_uv, true, driver);
  record_all({"LinalgSvdBackward0", "S, U, Vh"}, {&a}, {&u, &s, &vh},
             [s = save_output(s, 1), u = save_output(u, 0), vh = save_output(vh, 2)](
                 const Node& node, const Grads& grads) -> Grads {
               const auto [values, left, right] = unpack_all(node, s, u, vh);
               const int64_t k = values.size(-1);
               const Svd x = {left.narrow(-1, 0, k), values, right.narrow(-2, 0, k)};
               const Svd grad = {grads[0].defined() ? grads[0].narrow(-1, 0, k) : Tensor(),
                                 grads[1],
                                 grads[2].defined() ? grads[2].narrow(-2, 0, k) : Tensor()};
               return {svd_backward(x, grad)};
             });
  if (compute_uv) return {u, s, vh};
  return {empty(int64_t{0}, a.dtype()), s, empty(int64_t{0}, a.dtype())};
}

// P = pinv(A):  gA = -P^T gP P^T + (I - A P) gP^T P P^T + P^T P gP^T (I - P A). (Golub & Pereyra,
// "The differentiation of pseudo-inverses and nonlinear least squares problems", 1973.)
Tensor pinv(const Tensor& a, std::optional<double> atol, std::optional<double> rtol,
            bool hermitian) {
  const Tensor result = below_autograd(op::linalg_pinv, a, atol, rtol, hermitian);
  return record(
      {"LinalgPinvBackward0", "self, result"}, {&a}, result,
      [a = save(a), result = save_output(result)](const Node& node, const Tensor& grad) -> Grads {
        const auto [matrix, p] = unpack_all(node, a, result);
        const Tensor pt = mT(p), gt = mT(grad);
        const Tensor left = gt.matmul(p).matmul(pt);
        const Tensor right = pt.matmul(p).matmul(gt);
        return {left - matrix.matmul(p.matmul(left)) + right - right.matmul(p).matmul(matrix) -
                pt.matmul(grad).matmul(pt)};
      });
}

}  // namespace

void install() {
  op::linalg_qr.set_kernel(Key::Autograd, qr);
  op::internal_linalg_eigh.set_kernel(Key::Autograd, eigh);
  op::internal_linalg_svd.set_kernel(Key::Autograd, svd);
  op::linalg_pinv.set_kernel(Key::Autograd, pinv);
}

}  // namespace cutaway::autograd::spectral_derivatives
