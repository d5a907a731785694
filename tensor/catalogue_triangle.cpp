// SPDX-License-Identifier: MIT
//
// Rows of the catalogue: triangles and diagonals of matrices.
#include "catalogue_triangle.h"

#include "boxed.h"
#include "cpu/kernels_triangle.h"
#include "ops_triangle.h"

namespace cutaway::inline v0_1 {
namespace op {

// clang-format off
constinit Op<Tensor(const Tensor&, int64_t)> tril{"tril(Tensor self, int diagonal=0) -> Tensor", cutaway::tril, cpu::tril};
constinit Op<const Tensor&(const Tensor&, int64_t)> tril_{"tril_(Tensor(a!) self, int diagonal=0) -> Tensor(a!)", cutaway::tril_, cpu::tril_};
constinit Op<Tensor(int64_t, int64_t, int64_t, std::optional<DType>)> tril_indices{"tril_indices(int row, int col, int offset=0, *, ScalarType? dtype=long) -> Tensor", cutaway::tril_indices, cpu::tril_indices, not_differentiable};
constinit Op<Tensor(const Tensor&, int64_t)> triu{"triu(Tensor self, int diagonal=0) -> Tensor", cutaway::triu, cpu::triu};
constinit Op<const Tensor&(const Tensor&, int64_t)> triu_{"triu_(Tensor(a!) self, int diagonal=0) -> Tensor(a!)", cutaway::triu_, cpu::triu_};
constinit Op<Tensor(int64_t, int64_t, int64_t, std::optional<DType>)> triu_indices{"triu_indices(int row, int col, int offset=0, *, ScalarType? dtype=long) -> Tensor", cutaway::triu_indices, cpu::triu_indices, not_differentiable};
constinit Op<Tensor(const Tensor&, int64_t)> diag{"diag(Tensor self, int diagonal=0) -> Tensor", composite(cutaway::diag)};
constinit Op<Tensor(const Tensor&, int64_t, int64_t, int64_t)> diag_embed{"diag_embed(Tensor self, int offset=0, int dim1=-2, int dim2=-1) -> Tensor", cutaway::diag_embed, cpu::diag_embed};
constinit Op<Tensor(const Tensor&, int64_t)> diagflat{"diagflat(Tensor self, int offset=0) -> Tensor", composite(cutaway::diagflat)};
constinit Op<Tensor(const Tensor&, std::optional<int64_t>, bool)> vander{"vander(Tensor x, int? N=None, bool increasing=False) -> Tensor", composite(cutaway::vander)};
// clang-format on

}  // namespace op

ArrayRef<OpBase*> triangle_rows() {
  static constinit OpBase* const rows[] = {
      // clang-format off
    &op::tril,
    &op::tril_,
    &op::tril_indices,
    &op::triu,
    &op::triu_,
    &op::triu_indices,
    &op::diag,
    &op::diag_embed,
    &op::diagflat,
    &op::vander,
      // clang-format on
  };
  return {rows, static_cast<int64_t>(std::size(rows))};
}

}  // namespace cutaway
