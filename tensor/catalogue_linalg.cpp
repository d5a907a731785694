// SPDX-License-Identifier: MIT
//
// Rows of the catalogue: linear algebra.
#include "catalogue_linalg.h"

#include "boxed.h"
#include "cpu/kernels_linalg.h"
#include "cpu/through_float.h"
#include "einsum.h"
#include "ops_linalg.h"
#include "ops_product.h"

namespace cutaway::inline v0_1 {
namespace op {

// clang-format off
constinit Binary mm{"mm(Tensor self, Tensor mat2) -> Tensor", cutaway::mm, cpu::through_float<cpu::mm>};
constinit Op<Tensor(const Tensor&, const Tensor&, const Tensor&, const Scalar&, const Scalar&)> addmm{"addmm(Tensor self, Tensor mat1, Tensor mat2, *, Scalar beta=1, Scalar alpha=1) -> Tensor", cutaway::addmm, cpu::through_float<cpu::addmm>};
constinit Binary bmm{"bmm(Tensor self, Tensor mat2) -> Tensor", cutaway::bmm, cpu::through_float<cpu::bmm>};
constinit Binary mv{"mv(Tensor self, Tensor vec) -> Tensor", cutaway::mv, cpu::through_float<cpu::mv>};
constinit Binary dot{"dot(Tensor self, Tensor tensor) -> Tensor", cutaway::dot, cpu::through_float<cpu::dot>};
constinit Binary matmul{"matmul(Tensor self, Tensor other) -> Tensor", composite(cutaway::matmul)};
constinit ProductAndSum baddbmm{"baddbmm(Tensor self, Tensor batch1, Tensor batch2, *, Scalar beta=1, Scalar alpha=1) -> Tensor", cutaway::baddbmm, cpu::through_float<cpu::baddbmm>};
constinit ProductAndSum addmv{"addmv(Tensor self, Tensor mat, Tensor vec, *, Scalar beta=1, Scalar alpha=1) -> Tensor", cutaway::addmv, cpu::through_float<cpu::addmv>};
constinit ProductAndSum addbmm{"addbmm(Tensor self, Tensor batch1, Tensor batch2, *, Scalar beta=1, Scalar alpha=1) -> Tensor", composite(cutaway::addbmm)};
constinit ProductAndSum addr{"addr(Tensor self, Tensor vec1, Tensor vec2, *, Scalar beta=1, Scalar alpha=1) -> Tensor", cutaway::addr, cpu::addr};
constinit ProductAndSumInplace addmm_{"addmm_(Tensor(a!) self, Tensor mat1, Tensor mat2, *, Scalar beta=1, Scalar alpha=1) -> Tensor(a!)", composite(cutaway::addmm_)};
constinit ProductAndSumInplace baddbmm_{"baddbmm_(Tensor(a!) self, Tensor batch1, Tensor batch2, *, Scalar beta=1, Scalar alpha=1) -> Tensor(a!)", composite(cutaway::baddbmm_)};
constinit ProductAndSumInplace addbmm_{"addbmm_(Tensor(a!) self, Tensor batch1, Tensor batch2, *, Scalar beta=1, Scalar alpha=1) -> Tensor(a!)", composite(cutaway::addbmm_)};
constinit ProductAndSumInplace addmv_{"addmv_(Tensor(a!) self, Tensor mat, Tensor vec, *, Scalar beta=1, Scalar alpha=1) -> Tensor(a!)", composite(cutaway::addmv_)};
constinit ProductAndSumInplace addr_{"addr_(Tensor(a!) self, Tensor vec1, Tensor vec2, *, Scalar beta=1, Scalar alpha=1) -> Tensor(a!)", composite(cutaway::addr_)};
constinit Binary outer{"outer(Tensor self, Tensor vec2) -> Tensor", composite(cutaway::outer)};
constinit Binary ger{"ger(Tensor self, Tensor vec2) -> Tensor", composite(cutaway::ger)};
constinit Binary inner{"inner(Tensor self, Tensor other) -> Tensor", composite(cutaway::inner)};
constinit Binary vdot{"vdot(Tensor self, Tensor other) -> Tensor", composite(cutaway::vdot)};
constinit Binary kron{"kron(Tensor self, Tensor other) -> Tensor", composite(cutaway::kron)};
constinit Op<Tensor(const Tensor&, const Tensor&, IntArrayRef, IntArrayRef)> tensordot{"tensordot(Tensor self, Tensor other, int[] dims_self, int[] dims_other) -> Tensor", composite<Tensor, const Tensor&, const Tensor&, IntArrayRef, IntArrayRef>(cutaway::tensordot)};
constinit Op<Tensor(TensorList)> linalg_multi_dot{"linalg_multi_dot(Tensor[] tensors) -> Tensor", composite(cutaway::linalg_multi_dot)};
constinit Op<Tensor(TensorList)> chain_matmul{"chain_matmul(Tensor[] matrices) -> Tensor", composite(cutaway::chain_matmul)};
constinit Op<Tensor(std::string_view, TensorList, std::optional<IntArrayRef>)> einsum{"einsum(str equation, Tensor[] tensors, *, int[]? path=None) -> Tensor", composite(cutaway::einsum)};
constinit Unary trace{"trace(Tensor self) -> Tensor", composite(cutaway::trace)};
constinit Op<Tensor(const Tensor&, const Tensor&, int64_t)> linalg_cross{"linalg_cross(Tensor self, Tensor other, *, int dim=-1) -> Tensor", composite(cutaway::linalg_cross)};
constinit Op<Tensor(const Tensor&, const Tensor&, std::optional<int64_t>)> cross{"cross(Tensor self, Tensor other, int? dim=None) -> Tensor", composite(cutaway::cross)};
constinit Op<Tensor(const Tensor&, const Tensor&, double, std::optional<int64_t>)> cdist{"cdist(Tensor x1, Tensor x2, float p=2., int? compute_mode=None) -> Tensor", composite(cutaway::cdist)};
constinit Op<Tensor(const Tensor&, const Tensor&, double, std::optional<int64_t>)> cdist_forward{"_cdist_forward(Tensor x1, Tensor x2, float p, int? compute_mode) -> Tensor", cutaway::cdist, cpu::cdist_forward};
constinit Op<Tensor(const Tensor&, int64_t)> matrix_power{"matrix_power(Tensor self, int n) -> Tensor", composite(cutaway::matrix_power)};
constinit Op<Tensor(const Tensor&, int64_t)> linalg_matrix_power{"linalg_matrix_power(Tensor self, int n) -> Tensor", composite(cutaway::linalg_matrix_power)};
// clang-format on

}  // namespace op

ArrayRef<OpBase*> linalg_rows() {
  static constinit OpBase* const rows[] = {
      // clang-format off
    &op::mm,
    &op::addmm,
    &op::bmm,
    &op::mv,
    &op::dot,
    &op::matmul,
    &op::baddbmm,
    &op::addmv,
    &op::addbmm,
    &op::addr,
    &op::addmm_,
    &op::baddbmm_,
    &op::addbmm_,
    &op::addmv_,
    &op::addr_,
    &op::outer,
    &op::ger,
    &op::inner,
    &op::vdot,
    &op::kron,
    &op::tensordot,
    &op::linalg_multi_dot,
    &op::chain_matmul,
    &op::einsum,
    &op::trace,
    &op::linalg_cross,
    &op::cross,
    &op::cdist,
    &op::cdist_forward,
    &op::matrix_power,
    &op::linalg_matrix_power,
      // clang-format on
  };
  return {rows, static_cast<int64_t>(std::size(rows))};
}

}  // namespace cutaway
