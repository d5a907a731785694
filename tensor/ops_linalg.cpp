// SPDX-License-Identifier: MIT
#include "ops_linalg.h"

#include <algorithm>

#include "catalogue.h"
#include "check.h"
#include "linalg_check.h"
#include "operands.h"
#include "views.h"
#include "views_inplace.h"

namespace cutaway::inline v0_1 {
namespace {

void check_product(const Tensor& mat1, const Tensor& mat2) {
  check(mat1.sizes()[1] == mat2.sizes()[0], "mat1 and mat2 shapes cannot be multiplied (",
        mat1.sizes()[0], "x", mat1.sizes()[1], " and ", mat2.sizes()[0], "x", mat2.sizes()[1], ")");
  check(mat1.dtype() == mat2.dtype(),
        "expected m1 and m2 to have the same dtype, but got: ", cpp_name_of(mat1.dtype()),
        " != ", cpp_name_of(mat2.dtype()));
}

}  // namespace

Tensor mm(const Tensor& self, const Tensor& mat2) {
  check(self.dim() == 2, "self must be a matrix");
  check(mat2.dim() == 2, "mat2 must be a matrix");
  check_product(self, mat2);
  check_not_bool(self, mat2, "addmm_impl_cpu_");
  if (self.dtype() == kBool) return zeros({self.size(0), mat2.size(1)}, kBool);
  return op::mm(self, mat2);
}

Tensor addmm(const Tensor& self, const Tensor& mat1, const Tensor& mat2, const Scalar& beta,
             const Scalar& alpha) {
  check(self.dtype() == mat2.dtype(), "self and mat2 must have the same dtype, but got ",
        self.dtype(), " and ", mat2.dtype());
  check(mat1.dtype() == mat2.dtype(), "mat1 and mat2 must have the same dtype, but got ",
        mat1.dtype(), " and ", mat2.dtype());
  check(mat1.dim() == 2, "mat1 must be a matrix, got ", mat1.dim(), "-D tensor");
  check(mat2.dim() == 2, "mat2 must be a matrix, got ", mat2.dim(), "-D tensor");
  check_product(mat1, mat2);
  const DimVector sizes = {mat1.sizes()[0], mat2.sizes()[1]};
  // Broadcasting self is part of the op; expand only serves as its check, and costs nothing.
  if (self.sizes() != sizes) op::expand(self.detach(), sizes);
  check_not_bool(mat1, mat2, "addmm_impl_cpu_");
  if (lacks_product(self, mat1, mat2)) return without_product(self, sizes, beta);
  check_factors_fit(self.dtype(), beta, alpha);
  return op::addmm(self, mat1, mat2, beta, alpha);
}

Tensor bmm(const Tensor& self, const Tensor& mat2) {
  check(self.dim() == 3, "batch1 must be a 3D tensor");
  check(mat2.dim() == 3, "batch2 must be a 3D tensor");
  const DimVector expected = {self.sizes()[0], self.sizes()[2]};
  check(mat2.sizes()[0] == expected[0] && mat2.sizes()[1] == expected[1],
        "Expected size for first two dimensions of batch2 tensor to be: ", expected, " but got: [",
        mat2.sizes()[0], ", ", mat2.sizes()[1], "].");
  check(self.dtype() == mat2.dtype(), "expected scalar type ", self.dtype(), " but found ",
        mat2.dtype());
  check_not_bool(self, mat2, "bmm");
  if (self.dtype() == kBool) return zeros({self.size(0), self.size(1), mat2.size(2)}, kBool);
  return op::bmm(self, mat2);
}

Tensor mv(const Tensor& self, const Tensor& vec) {
  check(self.dim() == 2 && vec.dim() == 1, "vector + matrix @ vector expected, got 1, ", self.dim(),
        ", ", vec.dim());
  check(self.sizes()[1] == vec.sizes()[0], "size mismatch, got input (", self.sizes()[0],
        "), mat (", self.sizes()[0], "x", self.sizes()[1], "), vec (", vec.sizes()[0], ")");
  check(self.dtype() == vec.dtype(), "addmv input tensors must have the same dtype, but got ",
        vec.dtype(), ", ", self.dtype(), ", and ", vec.dtype());
  check_not_bool(self, vec, "addmv_impl_cpu");
  if (self.dtype() == kBool) return zeros({self.size(0)}, kBool);
  return op::mv(self, vec);
}

Tensor dot(const Tensor& self, const Tensor& other) {
  check(self.dim() == 1 && other.dim() == 1, "1D tensors expected, but got ", self.dim(), "D and ",
        other.dim(), "D tensors");
  check(self.dtype() == other.dtype(), "dot : expected both vectors to have same dtype, but found ",
        self.dtype(), " and ", other.dtype());
  check(self.numel() == other.numel(), "inconsistent tensor size, expected tensor ", self.sizes(),
        " and src ", other.sizes(), " to have the same number of elements, but got ", self.numel(),
        " and ", other.numel(), " elements respectively");
  check_implemented(self.dtype() != kBool, "\"dot\" not implemented for 'Bool'");
  return op::dot(self, other);
}

namespace {

IntArrayRef leading(const Tensor& x) {
  return {x.sizes().begin(), std::max<int64_t>(x.dim() - 2, 0)};
}

/// Whether a batch times one matrix or vector shall be one product, of all rows of the batch. It
/// then need not be expanded, which its gradient would have to sum up again. Where it has none, the
/// batch decides: it must not have to be copied.
bool can_fold(const Tensor& self, const Tensor& other) {
  const bool is_first = self.dim() >= other.dim();
  const Tensor& batch = is_first ? self : other;
  const Tensor& factor = is_first ? other : self;
  if (batch.dim() < 3 || factor.dim() > 2) return false;
  if (factor.requires_grad()) return true;
  if (self.dim() == 2) return false;
  const Tensor rows = is_first ? batch : mT(batch);
  if (rows.numel() == 0) return true;
  for (int64_t d = 0; d + 2 < rows.dim(); ++d) {
    if (rows.stride(d) != rows.stride(d + 1) * rows.size(d + 1)) return false;
  }
  return true;
}

/// (..., M, K) x (K, N) as (... * M, K) x (K, N); with the batch second, the same of the
/// transposes.
Tensor folded(const Tensor& self, const Tensor& other) {
  const bool is_first = self.dim() >= other.dim();
  const Tensor batch = is_first ? self : mT(other);
  const Tensor factor = is_first ? other : self.dim() == 2 ? t(self) : self;
  DimVector sizes(IntArrayRef(batch.sizes().begin(), batch.dim() - 1));
  const Tensor rows = batch.reshape({numel_of(sizes), batch.size(-1)});
  if (factor.dim() == 1) return op::unsafe_view(mv(rows, factor), sizes);
  sizes.push_back(factor.size(1));
  const Tensor product = op::unsafe_view(mm(rows, factor), sizes);
  return is_first ? product : mT(product).contiguous();
}

/// Products of matrices over broadcast leading dimensions.
Tensor batched(const Tensor& self, const Tensor& other) {
  const DimVector batch = broadcast_shapes(leading(self), leading(other));
  const auto as_batch = [&](const Tensor& x) {
    const int64_t rows = x.size(-2), columns = x.size(-1);
    DimVector sizes = batch;
    sizes.push_back(rows);
    sizes.push_back(columns);
    return x.expand(sizes).reshape({numel_of(batch), rows, columns});
  };
  const Tensor a = self.dim() == 1 ? self.unsqueeze(0) : self;
  const Tensor b = other.dim() == 1 ? other.unsqueeze(1) : other;
  DimVector sizes = batch;
  if (self.dim() > 1) sizes.push_back(self.size(-2));
  if (other.dim() > 1) sizes.push_back(other.size(-1));
  const Tensor first = as_batch(a), second = as_batch(b);  // in this order, which backward shows
  return op::unsafe_view(bmm(first, second), sizes);
}

}  // namespace

Tensor matmul(const Tensor& self, const Tensor& other) {
  const int64_t rank1 = self.dim(), rank2 = other.dim();
  check(rank1 > 0 && rank2 > 0, "both arguments to matmul need to be at least 1D, but they are ",
        rank1, "D and ", rank2, "D");
  if (rank1 == 1 && rank2 == 1) return dot(self, other);
  if (rank1 == 2 && rank2 == 1) return mv(self, other);
  if (rank1 == 1 && rank2 == 2) return squeeze_(mm(self.unsqueeze(0), other), 0);
  if (rank1 == 2 && rank2 == 2) return mm(self, other);
  if (can_fold(self, other)) return folded(self, other);
  if (rank1 == 3 && rank2 == 3 && self.size(0) != other.size(0)) {  // a batch of one is none
    if (self.size(0) == 1 && self.requires_grad()) return matmul(self.squeeze(0), other);
    if (other.size(0) == 1 && other.requires_grad()) return matmul(self, other.squeeze(0));
  }
  return batched(self, other);
}

}  // namespace cutaway
