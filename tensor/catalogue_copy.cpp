// SPDX-License-Identifier: MIT
//
// Rows of the catalogue: copying, converting, filling.
#include "catalogue_copy.h"

#include "boxed.h"
#include "cpu/kernels_copy.h"
#include "cpu/kernels_view.h"
#include "ops_copy.h"

namespace cutaway {
namespace op {

// clang-format off
constinit BinaryInplace copy_{"copy_(Tensor(a!) self, Tensor src) -> Tensor(a!)", cutaway::copy_, cpu::copy_};
constinit Op<const Tensor&(const Tensor&, const Scalar&)> fill_{"fill_(Tensor(a!) self, Scalar value) -> Tensor(a!)", cutaway::fill_, cpu::fill_};
constinit UnaryInplace zero_{"zero_(Tensor(a!) self) -> Tensor(a!)", cutaway::zero_, cpu::zero_};
constinit Unary clone{"clone(Tensor self) -> Tensor", cutaway::clone, cpu::clone};
constinit Unary contiguous{"contiguous(Tensor(a) self) -> Tensor(a)", composite(cutaway::contiguous)};
constinit Unary detach{"detach(Tensor(a) self) -> Tensor(a)", cutaway::detach, cpu::detach, not_differentiable};
constinit Op<Tensor(const Tensor&, DType)> to_copy{"_to_copy(Tensor self, ScalarType dtype) -> Tensor", called_directly, cpu::to_copy};
// clang-format on

}  // namespace op

static constinit OpBase* const rows[] = {
    // clang-format off
    &op::copy_,
    &op::fill_,
    &op::zero_,
    &op::clone,
    &op::contiguous,
    &op::detach,
    &op::to_copy,
    // clang-format on
};

ArrayRef<OpBase*> copy_rows() { return {rows, static_cast<int64_t>(std::size(rows))}; }

}  // namespace cutaway
