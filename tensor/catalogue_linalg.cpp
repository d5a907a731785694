// SPDX-License-Identifier: MIT
//
// Rows of the catalogue: linear algebra.
#include "catalogue_linalg.h"

#include "boxed.h"
#include "cpu/kernels_linalg.h"
#include "cpu/through_float.h"
#include "ops_linalg.h"

namespace cutaway {
namespace op {

// clang-format off
constinit Binary mm{"mm(Tensor self, Tensor mat2) -> Tensor", cutaway::mm, cpu::through_float<cpu::mm>};
constinit Op<Tensor(const Tensor&, const Tensor&, const Tensor&, const Scalar&, const Scalar&)> addmm{"addmm(Tensor self, Tensor mat1, Tensor mat2, *, Scalar beta=1, Scalar alpha=1) -> Tensor", cutaway::addmm, cpu::through_float<cpu::addmm>};
constinit Binary bmm{"bmm(Tensor self, Tensor mat2) -> Tensor", cutaway::bmm, cpu::through_float<cpu::bmm>};
constinit Binary mv{"mv(Tensor self, Tensor vec) -> Tensor", cutaway::mv, cpu::through_float<cpu::mv>};
constinit Binary dot{"dot(Tensor self, Tensor tensor) -> Tensor", cutaway::dot, cpu::through_float<cpu::dot>};
constinit Binary matmul{"matmul(Tensor self, Tensor other) -> Tensor", composite(cutaway::matmul)};
// clang-format on

}  // namespace op

static constinit OpBase* const rows[] = {
    // clang-format off
    &op::mm,
    &op::addmm,
    &op::bmm,
    &op::mv,
    &op::dot,
    &op::matmul,
    // clang-format on
};

ArrayRef<OpBase*> linalg_rows() { return {rows, static_cast<int64_t>(std::size(rows))}; }

}  // namespace cutaway
