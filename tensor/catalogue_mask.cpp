// SPDX-License-Identifier: MIT
//
// Rows of the catalogue: masks.
#include "catalogue_mask.h"

#include "boxed.h"
#include "cpu/kernels_mask.h"
#include "ops_mask.h"

namespace cutaway {
namespace op {

// clang-format off
constinit Unary nonzero{"nonzero(Tensor self) -> Tensor", cutaway::nonzero, cpu::nonzero, not_differentiable};
// clang-format on

}  // namespace op

static constinit OpBase* const rows[] = {
    // clang-format off
    &op::nonzero,
    // clang-format on
};

ArrayRef<OpBase*> mask_rows() { return {rows, static_cast<int64_t>(std::size(rows))}; }

}  // namespace cutaway
