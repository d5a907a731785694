// SPDX-License-Identifier: MIT
#include "ops_product.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "catalogue.h"
#include "check.h"
#include "einsum.h"
#include "linalg_check.h"
#include "operands.h"
#include "ops.h"

namespace cutaway::inline v0_1 {

// ---- A product and a sum ----

static void check_batches(const Tensor& batch1, const Tensor& batch2) {
  check(batch1.dim() == 3, "batch1 must be a 3D tensor");
  check(batch2.dim() == 3, "batch2 must be a 3D tensor");
}

Tensor baddbmm(const Tensor& self, const Tensor& batch1, const Tensor& batch2, const Scalar& beta,
               const Scalar& alpha) {
  const DimVector sizes = {batch1.size(0), batch1.size(1), batch2.size(2)};
  if (self.sizes() != sizes) op::expand(self.detach(), sizes);  // only as a check
  check_batches(batch1, batch2);
  const DimVector expected = {batch1.size(0), batch1.size(2)};
  check(batch2.size(0) == expected[0] && batch2.size(1) == expected[1],
        "Expected size for first two dimensions of batch2 tensor to be: ", expected, " but got: [",
        batch2.size(0), ", ", batch2.size(1), "].");
  check(self.dtype() == batch1.dtype(), "Input dtypes must be the same, got: input ",
        cpp_name_of(self.dtype()), ", batch1: ", cpp_name_of(batch1.dtype()),
        ", batch2: ", cpp_name_of(batch2.dtype()));
  check(batch1.dtype() == batch2.dtype(), "expected scalar type ", batch1.dtype(), " but found ",
        batch2.dtype());
  check_not_bool(batch1, batch2, "baddbmm");
  if (lacks_product(self, batch1, batch2)) return without_product(self, sizes, beta);
  check_factors_fit(self.dtype(), beta, alpha);
  return op::baddbmm(self, batch1, batch2, beta, alpha);
}

// The sum over the batch is part of one product: (M, B * K) x (B * K, N).
Tensor addbmm(const Tensor& self, const Tensor& batch1, const Tensor& batch2, const Scalar& beta,
              const Scalar& alpha) {
  const int64_t m = batch1.size(1), n = batch2.size(2);
  const DimVector sizes = {m, n};
  if (self.sizes() != sizes) op::expand(self.detach(), sizes);  // only as a check
  check_batches(batch1, batch2);
  const int64_t b = batch1.size(0), k = batch1.size(2);
  check(batch2.size(0) == b, "batch1 and batch2 must have same number of batches, got ", b, " and ",
        batch2.size(0));
  check(batch2.size(1) == k, "Incompatible matrix sizes for bmm (", m, "x", k, " and ",
        batch2.size(1), "x", n, ")");
  check(batch1.dtype() == batch2.dtype(), "mat1 and mat2 must have the same dtype, but got ",
        batch1.dtype(), " and ", batch2.dtype());
  if (b == 0 && !self.is_floating_point() && !beta.equals(0)) {  // even where there is nothing
    return empty(sizes, self.dtype()).copy_(self).mul_(beta);
  }
  Tensor start = self;
  // PyTorch adds the products one by one; all but the first meet the number 1 as beta, which cannot
  // multiply bools.
  const bool meets_one = self.dtype() == kBool && b > 1 && m * n > 0 && k == 0;
  if (meets_one) start = without_product(self, sizes, beta);
  return addmm(start, batch1.transpose(0, 1).reshape({m, b * k}), batch2.reshape({b * k, n}),
               meets_one ? Scalar(1) : beta, alpha);
}

Tensor addmv(const Tensor& self, const Tensor& mat, const Tensor& vec, const Scalar& beta,
             const Scalar& alpha) {
  check(mat.dim() == 2 && vec.dim() == 1 && self.dim() <= 1,
        "vector + matrix @ vector expected, got ", self.dim(), ", ", mat.dim(), ", ", vec.dim());
  check(mat.size(1) == vec.size(0) && (self.numel() == mat.size(0) || self.numel() == 1),
        "size mismatch, got input (", self.dim() == 0 ? 1 : self.size(0), "), mat (", mat.size(0),
        "x", mat.size(1), "), vec (", vec.size(0), ")");
  check(self.dtype() == mat.dtype() && mat.dtype() == vec.dtype(),
        "addmv input tensors must have the same dtype, but got ", self.dtype(), ", ", mat.dtype(),
        ", and ", vec.dtype());
  check_not_bool(mat, vec, "addmv_impl_cpu");
  if (lacks_product(self, mat, vec)) {  // beta is rounded to self's dtype here, so that it fits
    if (self.dtype() != kBool) check_fits(beta, self.dtype());
    return without_product(self, mat.size(0), number(beta, self.dtype()).item());
  }
  check_factors_fit(self.dtype(), beta, alpha);
  return op::addmv(self, mat, vec, beta, alpha);
}

namespace {

void check_vectors(const Tensor& vec1, const Tensor& vec2) {
  check(vec1.dim() == 1, "addr: Expected 1-D argument vec1, but got ", vec1.dim(), "-D");
  check(vec2.dim() == 1, "addr: Expected 1-D argument vec2, but got ", vec2.dim(), "-D");
}

}  // namespace

Tensor addr(const Tensor& self, const Tensor& vec1, const Tensor& vec2, const Scalar& beta,
            const Scalar& alpha) {
  check_vectors(vec1, vec2);
  // Also a number as self has its say as a matrix.
  const Tensor start = self.detach().expand({vec1.size(0), vec2.size(0)});
  const DType dtype = promoted_dtype(start, vec1, vec2);
  check(dtype == kBool || !beta.is_bool(), "Boolean beta only supported for Boolean results.");
  check(is_floating_point(dtype) || !beta.is_floating_point(),
        "For integral input tensors, argument beta must not be a floating point number.");
  check(dtype == kBool || !alpha.is_bool(), "Boolean alpha only supported for Boolean results.");
  check(is_floating_point(dtype) || !alpha.is_floating_point(),
        "For integral input tensors, argument alpha must not be a floating point number.");
  check_factors_fit(dtype, beta, alpha);
  return op::addr(In(self, dtype), In(vec1, dtype), In(vec2, dtype), beta, alpha);
}

namespace {

/// self = result, if it fits.
const Tensor& assign(const Tensor& self, const Tensor& result) {
  check(self.sizes() == result.sizes(), "Bad in-place call: input tensor size ", self.sizes(),
        " and output tensor size ", result.sizes(), " should match");
  return store(self, result);
}

}  // namespace

const Tensor& addmm_(const Tensor& self, const Tensor& mat1, const Tensor& mat2, const Scalar& beta,
                     const Scalar& alpha) {
  check_may_write(self, mat1, mat2);
  return assign(self, addmm(before_write(self, mat1, mat2), mat1, mat2, beta, alpha));
}
const Tensor& baddbmm_(const Tensor& self, const Tensor& batch1, const Tensor& batch2,
                       const Scalar& beta, const Scalar& alpha) {
  check_may_write(self, batch1, batch2);
  return assign(self, baddbmm(before_write(self, batch1, batch2), batch1, batch2, beta, alpha));
}
const Tensor& addbmm_(const Tensor& self, const Tensor& batch1, const Tensor& batch2,
                      const Scalar& beta, const Scalar& alpha) {
  check_may_write(self, batch1, batch2);
  return assign(self, addbmm(before_write(self, batch1, batch2), batch1, batch2, beta, alpha));
}
const Tensor& addmv_(const Tensor& self, const Tensor& mat, const Tensor& vec, const Scalar& beta,
                     const Scalar& alpha) {
  check_may_write(self, mat, vec);
  return assign(self, addmv(before_write(self, mat, vec), mat, vec, beta, alpha));
}
const Tensor& addr_(const Tensor& self, const Tensor& vec1, const Tensor& vec2, const Scalar& beta,
                    const Scalar& alpha) {
  check_may_write(self, vec1, vec2);
  check_vectors(vec1, vec2);
  check(self.dim() == 2, "2D tensor expected, got ", self.dim(), "D tensor for input");
  check(self.size(0) == vec1.size(0) && self.size(1) == vec2.size(0),
        "size mismatch, input: ", self.sizes(), ", v1: ", vec1.sizes(), ", v2: ", vec2.sizes());
  check_in_place(self);
  const Tensor result = addr(before_write(self, vec1, vec2), vec1, vec2, beta, alpha);
  check_can_hold(self, result.dtype());
  return assign(self, result);
}

// ---- Vectors ----

Tensor outer(const Tensor& self, const Tensor& vec2) {
  check(self.dim() == 1, "outer: Expected 1-D argument self, but got ", self.dim(), "-D");
  check(vec2.dim() == 1, "outer: Expected 1-D argument vec2, but got ", vec2.dim(), "-D");
  return self.unsqueeze(1) * vec2;
}
Tensor ger(const Tensor& self, const Tensor& vec2) { return outer(self, vec2); }

Tensor inner(const Tensor& self, const Tensor& other) {
  if (self.dim() == 0 || other.dim() == 0) return self * other;
  check(self.size(-1) == other.size(-1),
        "inner() the last dimension must match on both input tensors but got shapes ", self.sizes(),
        " and ", other.sizes());
  return tensordot(self, other, IntArrayRef{-1}, IntArrayRef{-1});
}

Tensor vdot(const Tensor& self, const Tensor& other) { return dot(self, other); }

// c_i = a_(i+1) b_(i+2) - a_(i+2) b_(i+1), indices modulo 3.
Tensor linalg_cross(const Tensor& self, const Tensor& other, int64_t dim) {
  check(self.dim() == other.dim(), "linalg.cross: inputs must have the same number of dimensions.");
  const int64_t wrapped = wrap_dim(dim, self.dim());
  check(self.size(wrapped) == 3 && other.size(wrapped) == 3, "linalg.cross: inputs dimension ", dim,
        " must have length 3. Got ", self.size(wrapped), " and ", other.size(wrapped));
  const DimVector sizes = broadcast_shapes(self.sizes(), other.sizes());
  check(self.dtype() == other.dtype(), "expected scalar type ", self.dtype(), " but found ",
        other.dtype());
  check_implemented(self.dtype() != kBool, "\"cross\" not implemented for 'Bool'");
  const Tensor a = self.expand(sizes), b = other.expand(sizes);
  const auto part = [wrapped](const Tensor& x, int64_t i) { return x.select(wrapped, i % 3); };
  std::vector<Tensor> parts;
  for (int64_t i = 0; i < 3; ++i)
    parts.push_back(part(a, i + 1) * part(b, i + 2) - part(a, i + 2) * part(b, i + 1));
  return stack(parts, wrapped);
}

Tensor cross(const Tensor& self, const Tensor& other, std::optional<int64_t> dim) {
  if (dim) return linalg_cross(self, other, *dim);
  const auto found = std::find(self.sizes().begin(), self.sizes().end(), 3);
  check(found != self.sizes().end(), "no dimension of size 3 in input");
  return linalg_cross(self, other, found - self.sizes().begin());
}

// ---- Matrices ----

Tensor trace(const Tensor& self) {
  check(self.dim() == 2, "trace: expected a matrix, but got tensor with dim ", self.dim());
  check_implemented(self.dtype() != kBool, "\"trace\" not implemented for 'Bool'");
  const int64_t k = std::min(self.size(0), self.size(1));
  return einsum("ii->i", {self.narrow(0, 0, k).narrow(1, 0, k)}).sum();
}

Tensor linalg_matrix_power(const Tensor& self, int64_t n) {
  check_square("linalg.matrix_power", self);
  if (n == 0) return self.clone().copy_(eye(self.size(-1), self.size(-1), self.dtype()));
  if (n == 1) return self.clone();
  if (n == -1) return linalg_inv(self);
  if (n < 0) return linalg_matrix_power(linalg_inv(self), -n);
  if (n == 3) return matmul(matmul(self, self), self);
  // Squares, and of them those that the binary digits of n name.
  Tensor square, result;
  for (; n > 0; n /= 2) {
    square = square.defined() ? matmul(square, square) : self;
    if (n % 2 == 1) result = result.defined() ? matmul(result, square) : square;
  }
  return result;
}
Tensor matrix_power(const Tensor& self, int64_t n) { return linalg_matrix_power(self, n); }

namespace {

/// The cheapest order to multiply matrices of sizes[0] x sizes[1], sizes[1] x sizes[2], ... (Cormen
/// et al., "Introduction to Algorithms", 3rd ed., section 15.2), and the product in that order.
class MatrixChain {
 public:
  explicit MatrixChain(const std::vector<Tensor>& matrices) : matrices_(matrices) {
    const size_t n = matrices.size();
    std::vector<double> sizes;
    for (const Tensor& m : matrices) sizes.push_back(static_cast<double>(m.size(0)));
    sizes.push_back(static_cast<double>(matrices.back().size(1)));
    cost_.assign(n, std::vector<double>(n, 0));
    split_.assign(n, std::vector<size_t>(n, 0));
    for (size_t length = 1; length < n; ++length) {
      for (size_t i = 0; i + length < n; ++i) {
        const size_t j = i + length;
        cost_[i][j] = INFINITY;
        for (size_t k = i; k < j; ++k) {
          const double cost =
              cost_[i][k] + cost_[k + 1][j] + sizes[i] * sizes[k + 1] * sizes[j + 1];
          // Of equal costs the first, but of three matrices the last: as in PyTorch.
          if (cost < cost_[i][j] || (n == 3 && cost == cost_[i][j])) {
            cost_[i][j] = cost;
            split_[i][j] = k;
          }
        }
      }
    }
  }
  Tensor product() const { return product(0, matrices_.size() - 1); }

 private:
  Tensor product(size_t i, size_t j) const {
    if (i == j) return matrices_[i];
    return mm(product(i, split_[i][j]), product(split_[i][j] + 1, j));
  }

  const std::vector<Tensor>& matrices_;
  std::vector<std::vector<double>> cost_;   // of the product of matrices i ... j
  std::vector<std::vector<size_t>> split_;  // where it is cut in two
};

}  // namespace

Tensor linalg_multi_dot(TensorList tensors) {
  const int64_t n = tensors.size();
  check(n >= 2, "multi_dot(): expected at least 2 tensors but got ", n);
  const auto is_end = [n](int64_t i) { return i == 0 || i == n - 1; };
  std::vector<Tensor> matrices;
  for (int64_t i = 0; i < n; ++i) {
    const Tensor& x = tensors[i];
    check(!is_end(i) || x.dim() == 1 || x.dim() == 2, "multi_dot(): the ",
          i == 0 ? "first" : "last", " tensor must be 1D or 2D but got ", x.dim(), "D");
    check(is_end(i) || x.dim() == 2, "multi_dot(): tensor ", i, " must be 2D but got ", x.dim(),
          "D");
    check(x.dtype() == tensors[0].dtype(),
          "multi_dot(): all tensors must have be the same dtype but tensor 0 is ",
          cpp_name_of(tensors[0].dtype()), " and tensor ", i, " ", cpp_name_of(x.dtype()));
    const bool is_row = i == 0 && x.dim() == 1;
    matrices.push_back(x.dim() == 2 ? x : x.unsqueeze(is_row ? 0 : 1));
    check(i == 0 || matrices[static_cast<size_t>(i) - 1].size(1) == matrices.back().size(0),
          "multi_dot(): tensors ", i - 1, " and ", i, " with shapes ",
          i == 0 ? x.sizes() : tensors[i - 1].sizes(), " and ", x.sizes(), " cannot be multiplied");
  }
  DimVector sizes;
  if (tensors[0].dim() == 2) sizes.push_back(matrices.front().size(0));
  if (tensors[n - 1].dim() == 2) sizes.push_back(matrices.back().size(1));
  return MatrixChain(matrices).product().view(sizes);
}

Tensor chain_matmul(TensorList matrices) {
  check(matrices.size() > 0, "chain_matmul(): Expected one or more matrices");
  for (const Tensor& matrix : matrices)
    check(matrix.dim() == 2, "Tensor dimension is ", matrix.dim(), ", expected 2 instead.");
  return matrices.size() == 1 ? matrices[0].clone() : linalg_multi_dot(matrices);
}

// ---- Tensors ----

Tensor tensordot(const Tensor& self, const Tensor& other, IntArrayRef dims_self,
                 IntArrayRef dims_other) {
  check(dims_self.size() == dims_other.size(), "both dimension lists should have same length");
  check(self.dtype() == other.dtype(), "both inputs should have same dtype");
  Tensor a = self, b = other;
  int64_t summed = 1;
  for (int64_t i = 0; i < dims_self.size(); ++i) {
    const int64_t size_a = self.size(dims_self[i]), size_b = other.size(dims_other[i]);
    if (size_b == 1) {  // broadcast: what the other side holds is summed first
      a = a.sum(dims_self[i], true, a.dtype());
    } else if (size_a == 1) {
      b = b.sum(dims_other[i], true, b.dtype());
    } else {
      check(size_a == size_b, "contracted dimensions need to match, but first has size ", size_a,
            " in dim ", dims_self[i], " and second has size ", size_b, " in dim ", dims_other[i]);
      summed *= size_a;
    }
  }
  const DimVector gone_a = wrap_dims(dims_self, a.dim()), gone_b = wrap_dims(dims_other, b.dim());
  DimVector order_a, order_b = gone_b, sizes;
  int64_t rows = 1, columns = 1;
  for (int64_t dim = 0; dim < a.dim(); ++dim) {
    if (std::count(gone_a.begin(), gone_a.end(), dim) > 0) continue;
    order_a.push_back(dim);
    sizes.push_back(a.size(dim));
    rows *= a.size(dim);
  }
  for (const int64_t dim : gone_a) order_a.push_back(dim);
  for (int64_t dim = 0; dim < b.dim(); ++dim) {
    if (std::count(gone_b.begin(), gone_b.end(), dim) > 0) continue;
    order_b.push_back(dim);
    sizes.push_back(b.size(dim));
    columns *= b.size(dim);
  }
  const Tensor left = a.permute(order_a), right = b.permute(order_b);
  if (sizes.empty()) {  // a sum over everything
    const bool in_order = left.is_contiguous() && right.is_contiguous();
    const Tensor total =
        in_order ? dot(left.reshape({-1}), right.reshape({-1})) : sum(left * right, left.dtype());
    return total.reshape(sizes);
  }
  return mm(left.reshape({rows, summed}), right.reshape({summed, columns})).reshape(sizes);
}

Tensor tensordot(const Tensor& self, const Tensor& other, int64_t dims) {
  check(dims >= 0, "tensordot expects dims >= 0, but got dims=", dims);
  DimVector last, first;
  for (int64_t i = 0; i < dims; ++i) {
    last.push_back(i - dims);
    first.push_back(i);
  }
  return tensordot(self, other, last, first);
}

// Both get the sizes (a0, 1, a1, 1, ...) and (1, b0, 1, b1, ...); pairs of dimensions are joined.
Tensor kron(const Tensor& self, const Tensor& other) {
  const int64_t rank = std::max(self.dim(), other.dim());
  DimVector left, right, sizes;
  for (int64_t i = 0; i < rank; ++i) {
    const int64_t skip_a = rank - self.dim(), skip_b = rank - other.dim();
    const int64_t a = i < skip_a ? 1 : self.size(i - skip_a);
    const int64_t b = i < skip_b ? 1 : other.size(i - skip_b);
    for (const int64_t size : {a, int64_t{1}}) left.push_back(size);
    for (const int64_t size : {int64_t{1}, b}) right.push_back(size);
    sizes.push_back(a * b);
  }
  return op::unsafe_view(self.reshape(left) * other.reshape(right), sizes);
}

Tensor cdist(const Tensor& x1, const Tensor& x2, double p, std::optional<int64_t> compute_mode) {
  check(x1.dim() >= 2, "cdist only supports at least 2D tensors, X1 got: ", x1.dim(), "D");
  check(x2.dim() >= 2, "cdist only supports at least 2D tensors, X2 got: ", x2.dim(), "D");
  check(x1.size(-1) == x2.size(-1),
        "X1 and X2 must have the same number of columns. X1: ", x1.size(-1), " X2: ", x2.size(-1));
  check(x1.is_floating_point(), "cdist only supports floating-point dtypes, X1 got: ", x1.dtype());
  check(x2.is_floating_point(), "cdist only supports floating-point dtypes, X2 got: ", x2.dtype());
  check(p >= 0, "cdist only supports non-negative p values");
  const int64_t mode = compute_mode.value_or(0);
  check(mode >= 0 && mode <= 2, "possible modes: 0, 1, 2, but was: ", mode);
  check(x1.dtype() == x2.dtype(), "expected scalar type ", x1.dtype(), " but found ", x2.dtype());
  const auto leading = [](const Tensor& x) { return IntArrayRef(x.sizes().begin(), x.dim() - 2); };
  if (x1.dim() == 3 && x2.dim() == 3 && x1.size(0) == x2.size(0)) {
    return op::cdist_forward(x1, x2, p, compute_mode);
  }
  const DimVector batch = broadcast_shapes(leading(x1), leading(x2));
  const auto as_batch = [&](const Tensor& x) {
    DimVector sizes = batch;
    sizes.push_back(x.size(-2));
    sizes.push_back(x.size(-1));
    return x.expand(sizes).reshape({numel_of(batch), x.size(-2), x.size(-1)});
  };
  DimVector sizes = batch;
  sizes.push_back(x1.size(-2));
  sizes.push_back(x2.size(-2));
  return op::unsafe_view(op::cdist_forward(as_batch(x1), as_batch(x2), p, compute_mode), sizes);
}

}  // namespace cutaway
