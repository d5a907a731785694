// SPDX-License-Identifier: MIT
#include "ops_decompose.h"

#include <algorithm>
#include <limits>

#include "catalogue.h"
#include "check.h"
#include "cpu/kernels_decompose.h"
#include "factories.h"
#include "linalg_check.h"
#include "ops.h"

namespace cutaway::inline v0_1 {
namespace {

/// Both matrices with the batch dimensions of both.
std::pair<Tensor, Tensor> broadcast_batches(const Tensor& a, const Tensor& b) {
  const auto leading = [](const Tensor& x) { return IntArrayRef(x.sizes().begin(), x.dim() - 2); };
  if (leading(a) == leading(b)) return {a, b};
  const DimVector batch = broadcast_shapes(leading(b), leading(a));
  const auto expand = [&](const Tensor& x) {
    DimVector sizes = batch;
    sizes.push_back(x.size(-2));
    sizes.push_back(x.size(-1));
    return x.expand(sizes);
  };
  return {expand(a), expand(b)};
}

void check_system(const char* name, const Tensor& a, const Tensor& b, bool left) {
  check(left ? a.size(-2) == b.size(-2) : a.size(-1) == b.size(-1), name,
        ": Incompatible shapes of A and B for the equation ", left ? "AX = B" : "XA = B", " (",
        a.size(-2), "x", a.size(-1), " and ", b.size(-2), "x", b.size(-1), ")");
}

}  // namespace

// ---- Systems of equations ----

std::tuple<Tensor, Tensor> linalg_solve_ex(const Tensor& a, const Tensor& b, bool left,
                                           bool check_errors) {
  check_float("linalg.solve", a);
  check(a.dtype() == b.dtype(),
        "linalg.solve: Expected A and B to have the same dtype, but found A of type ", a.dtype(),
        " and B of type ", b.dtype(), " instead");
  check_square("linalg.solve", a);
  const bool is_vector = b.dim() == 1 || (a.dim() - 1 == b.dim() &&
                                          b.sizes() == IntArrayRef(a.sizes().begin(), a.dim() - 1));
  check(is_vector || b.dim() >= 2,
        "linalg.solve: The input tensor B must have at least 2 dimensions.");
  check_system("linalg.solve", a, is_vector ? b.unsqueeze(-1) : b, left);
  check(left || !is_vector,
        "linalg.solve: Vector broadcasting of the left hand side is not supported for left=False. "
        "In this case linalg.solve is equivalent to B / A.squeeze(-1)");
  Tensor matrices = a, right = b;
  if (is_vector) {
    right = b.expand(IntArrayRef(a.sizes().begin(), a.dim() - 1));
  } else {
    std::tie(matrices, right) = broadcast_batches(a, b);
  }
  auto [x, info] = op::linalg_solve_ex(matrices, right, left, check_errors);
  if (check_errors) check_solved("torch.linalg.solve_ex", info);
  return {std::move(x), std::move(info)};
}

Tensor linalg_solve(const Tensor& a, const Tensor& b, bool left) {
  auto [x, info] = linalg_solve_ex(a, b, left, false);
  check_solved("torch.linalg.solve", info);
  return std::move(x);
}

Tensor linalg_solve_triangular(const Tensor& self, const Tensor& b, bool upper, bool left,
                               bool unitriangular) {
  const char* name = "linalg.solve_triangular";
  check_square(name, self);
  check(b.dim() >= 2, name, ": The input tensor B must have at least 2 dimensions.");
  check_system(name, self, b, left);
  check(self.dtype() == b.dtype(), name,
        ": Expected A and B to have the same dtype, but found A of type ", self.dtype(),
        " and B of type ", b.dtype(), " instead");
  const auto [a, right] = broadcast_batches(self, b);
  return op::linalg_solve_triangular(a, right, upper, left, unitriangular);
}

std::tuple<Tensor, Tensor> triangular_solve(const Tensor& self, const Tensor& a, bool upper,
                                            bool transpose, bool unitriangular) {
  check(self.dim() >= 2,
        "torch.triangular_solve: Expected b to have at least 2 dimensions, but it has ", self.dim(),
        " dimensions instead");
  check(a.dim() >= 2,
        "torch.triangular_solve: Expected A to have at least 2 dimensions, but it has ", a.dim(),
        " dimensions instead");
  check_old_system("triangular_solve", self, a);
  const auto [matrices, right] = broadcast_batches(a, self);
  return {linalg_solve_triangular(transpose ? mT(matrices) : matrices, right, upper != transpose,
                                  true, unitriangular),
          mT(mT(matrices).contiguous()).clone()};
}

std::tuple<Tensor, Tensor> linalg_inv_ex(const Tensor& a, bool check_errors) {
  check_square("linalg.inv", a);
  check_full_precision("linalg.inv", a);
  auto [x, info] = op::linalg_inv_ex(a, check_errors);
  if (check_errors) check_inverted("linalg.inv_ex", info);
  return {std::move(x), std::move(info)};
}

Tensor linalg_inv(const Tensor& a) {
  auto [x, info] = linalg_inv_ex(a, false);
  check_inverted("linalg.inv", info);
  return std::move(x);
}
Tensor inverse(const Tensor& self) { return linalg_inv(self); }

// ---- LU ----

namespace {

void check_nonzero_diagonal(const char* name, const Tensor& info) {
  check_info<Error>(name, info, [](int64_t where) {
    return join("U[", where, ",", where,
                "] is zero and using it on lu_solve would result in a division by zero. If you "
                "still want to perform the factorization, consider calling linalg.lu(A, pivot) "
                "or linalg.lu_factor_ex(A, pivot)");
  });
}

}  // namespace

std::tuple<Tensor, Tensor, Tensor> linalg_lu_factor_ex(const Tensor& a, bool pivot,
                                                       bool check_errors) {
  check(a.dim() >= 2,
        "torch.lu_factor: Expected tensor with 2 or more dimensions. Got size: ", a.sizes(),
        " instead");
  if (a.numel() > 0) {  // without numbers any dtype will do
    check_implemented(a.is_floating_point() && !is_half(a.dtype()),
                      "\"lu_cpu\" not implemented for '", a.dtype(), "'");
    check(pivot, "linalg.lu_factor: LU without pivoting is not implemented on the CPU");
  }
  auto result = op::linalg_lu_factor_ex(a, pivot, check_errors);
  if (check_errors) check_nonzero_diagonal("torch.linalg.lu_factor_ex", std::get<2>(result));
  return result;
}

std::tuple<Tensor, Tensor> linalg_lu_factor(const Tensor& a, bool pivot) {
  auto [lu, pivots, info] = linalg_lu_factor_ex(a, pivot, false);
  check_nonzero_diagonal("torch.linalg.lu_factor", info);
  return {std::move(lu), std::move(pivots)};
}

std::tuple<Tensor, Tensor, Tensor> lu_unpack(const Tensor& lu, const Tensor& pivots,
                                             bool unpack_data, bool unpack_pivots) {
  check(lu.dim() >= 2,
        "torch.lu_unpack: Expected tensor with 2 or more dimensions. Got size: ", lu.sizes(),
        " instead");
  check(!unpack_pivots || pivots.dtype() == kInt32,
        "torch.lu_unpack: LU_pivots is expected to be a contiguous tensor of torch.int32 dtype.");
  const int64_t m = lu.size(-2), n = lu.size(-1), k = std::min(m, n);
  const Tensor none = empty(int64_t{0}, lu.dtype());
  Tensor l = none, u = none;
  if (unpack_data) {
    l = (tril(lu.narrow(-1, 0, k), -1) + eye(m, k, lu.dtype())).to(lu.dtype());
    u = triu(lu.narrow(-2, 0, k)).to(lu.dtype());
  }
  return {unpack_pivots ? cpu::permutation_matrix(pivots, m, lu.dtype()) : none, l, u};
}

std::tuple<Tensor, Tensor, Tensor> linalg_lu(const Tensor& a, bool pivot) {
  check(a.dim() >= 2, "linalg.lu: Expected tensor with 2 or more dimensions. Got size: ", a.sizes(),
        " instead");
  const auto [lu, pivots, info] = linalg_lu_factor_ex(a, pivot, false);
  return lu_unpack(lu, pivots, true, pivot);
}

// A = P L U;  A X = B: X = U^-1 L^-1 P^T B;  A^T X = B: X = P L^-T U^-T B.  X A = B is A^T X^T =
// B^T.
Tensor linalg_lu_solve(const Tensor& lu, const Tensor& pivots, const Tensor& b, bool left,
                       bool adjoint) {
  check_float("torch.linalg.lu_solve", lu);
  check(lu.dtype() == b.dtype(),
        "linalg.lu_solve: Expected LU and B to have the same dtype, but found LU of type ",
        lu.dtype(), " and B of type ", b.dtype(), " instead");
  check(pivots.dtype() == kInt32,
        "linalg.lu_solve: pivots should be a Tensor of scalar type torch.int32");
  check_square("torch.linalg.lu_solve", lu);
  check(b.dim() >= 2, "linalg.lu_solve: The input tensor B must have at least 2 dimensions.");
  check_system("linalg.lu_solve", lu, b, left);
  check(pivots.dim() > 0 && lu.size(-1) == pivots.size(-1),
        "linalg.lu_solve: Number of pivots per batch should be same as the dimension of the "
        "matrix");
  check(pivots.sizes() == IntArrayRef(lu.sizes().begin(), lu.dim() - 1),
        "linalg.lu_solve: Expected LU.shape[:-1] and pivots.shape to be the same, but got pivots "
        "with shape ",
        pivots.sizes(), " instead");
  check_implemented(!is_half(lu.dtype()), "\"linalg.lu_solve_cpu\" not implemented for '",
                    lu.dtype(), "'");
  check(pivots.numel() == 0 || pivots.max().item<int64_t>() <= lu.size(-2),
        "Pivots given to lu_solve must all be smaller or equal to LU.size(-2). Did you properly "
        "pass the result of lu_factor?");
  if (!left) return mT(linalg_lu_solve(lu, pivots, mT(b), true, !adjoint)).clone();
  const Tensor p = std::get<0>(lu_unpack(lu, pivots, false, true));
  if (adjoint) {
    const Tensor inner = linalg_solve_triangular(mT(lu), b, false);
    const Tensor outer = linalg_solve_triangular(mT(lu), inner, true, true, true);
    return mT(matmul(mT(outer), mT(p))).clone();
  }
  const Tensor inner = linalg_solve_triangular(lu, matmul(mT(p), b), false, true, true);
  return linalg_solve_triangular(lu, inner, true);
}

Tensor lu_solve(const Tensor& self, const Tensor& lu, const Tensor& pivots) {
  return linalg_lu_solve(lu, pivots, self);
}

Tensor linalg_det(const Tensor& a) {
  check_square("linalg.det", a);
  check_float("linalg.det", a);
  return op::linalg_det(a);
}
Tensor det(const Tensor& self) { return linalg_det(self); }

std::tuple<Tensor, Tensor> linalg_slogdet(const Tensor& a) {
  check_square("linalg.slogdet", a);
  check_full_precision("linalg.slogdet", a);
  return op::linalg_slogdet(a);
}
std::tuple<Tensor, Tensor> slogdet(const Tensor& self) { return linalg_slogdet(self); }

Tensor logdet(const Tensor& self) {
  check_square("logdet", self);
  check_full_precision("logdet", self);
  const auto [sign, log] = op::linalg_slogdet(self);
  return where(sign == -1, std::numeric_limits<double>::quiet_NaN(), log);
}

// ---- Cholesky ----

std::tuple<Tensor, Tensor> linalg_cholesky_ex(const Tensor& self, bool upper, bool check_errors) {
  check_square("linalg.cholesky", self);
  check_float("linalg.cholesky", self);
  auto [factor, info] = op::linalg_cholesky_ex(self, upper, check_errors);
  if (check_errors) check_definite("linalg.cholesky_ex", info);
  return {std::move(factor), std::move(info)};
}

Tensor linalg_cholesky(const Tensor& self, bool upper) {
  auto [factor, info] = linalg_cholesky_ex(self, upper, false);
  check_definite("linalg.cholesky", info);
  return std::move(factor);
}

Tensor cholesky(const Tensor& self, bool upper) {
  check_square("cholesky", self);
  auto [factor, info] = op::linalg_cholesky_ex(self, upper, false);
  check_definite("cholesky", info);
  return std::move(factor);
}

Tensor cholesky_solve(const Tensor& self, const Tensor& factor, bool upper) {
  check(self.dim() >= 2, "b should have at least 2 dimensions, but has ", self.dim(),
        " dimensions instead");
  check(factor.dim() >= 2, "u should have at least 2 dimensions, but has ", factor.dim(),
        " dimensions instead");
  check_old_system("cholesky_solve", self, factor);
  check_implemented(self.is_floating_point() && !is_half(self.dtype()),
                    "\"cholesky_solve_cpu\" not implemented for '", self.dtype(), "'");
  const auto [triangle, right] = broadcast_batches(factor, self);
  // A = L L^T with L = factor, or its transpose.
  const Tensor lower = upper ? mT(triangle) : triangle;
  return linalg_solve_triangular(mT(lower), linalg_solve_triangular(lower, right, false), true);
}

Tensor cholesky_inverse(const Tensor& self, bool upper) {
  check_square("cholesky_inverse", self);
  check_implemented(self.is_floating_point() && !is_half(self.dtype()),
                    "\"cholesky_inverse_out_cpu\" not implemented for '", self.dtype(), "'");
  if (self.numel() > 0) {
    const Tensor is_zero = diagonal(self.detach(), 0, -2, -1) == 0;
    const Tensor first = is_zero.to(kInt32).argmax(-1) + 1;
    check_inverted("cholesky_inverse", (first * is_zero.any(-1)).to(kInt32));
  }
  return cholesky_solve(eye(self.size(-1), self.size(-1), self.dtype()).expand(self.sizes()), self,
                        upper);
}

// ---- QR ----

std::tuple<Tensor, Tensor> linalg_qr(const Tensor& a, std::string_view mode) {
  check_matrix("linalg.qr", a);
  check_float("linalg.qr", a);
  check(mode == "reduced" || mode == "complete" || mode == "r", "qr received unrecognized mode '",
        mode, "' but expected one of 'reduced' (default), 'r', or 'complete'");
  return op::linalg_qr(a, mode);
}

std::tuple<Tensor, Tensor> qr(const Tensor& self, bool some) {
  return linalg_qr(self, some ? "reduced" : "complete");
}

}  // namespace cutaway
