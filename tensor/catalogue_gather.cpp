// SPDX-License-Identifier: MIT
//
// Rows of the catalogue: reading and writing at given positions.
#include "catalogue_gather.h"

#include "boxed.h"
#include "cpu/kernels_gather.h"
#include "ops_advanced_index.h"

namespace cutaway {
namespace op {

// clang-format off
constinit Op<Tensor(const Tensor&, TensorList)> index{"index.Tensor(Tensor self, Tensor?[] indices) -> Tensor", cutaway::index, cpu::index};
constinit Op<const Tensor&(const Tensor&, TensorList, const Tensor&, bool)> index_put_{"index_put_(Tensor(a!) self, Tensor?[] indices, Tensor values, bool accumulate=False) -> Tensor(a!)", cutaway::index_put_, cpu::index_put_};
constinit Op<Tensor(const Tensor&, TensorList, const Tensor&, bool)> index_put{"index_put(Tensor self, Tensor?[] indices, Tensor values, bool accumulate=False) -> Tensor", composite(cutaway::index_put)};
// clang-format on

}  // namespace op

static constinit OpBase* const rows[] = {
    // clang-format off
    &op::index,
    &op::index_put_,
    &op::index_put,
    // clang-format on
};

ArrayRef<OpBase*> gather_rows() { return {rows, static_cast<int64_t>(std::size(rows))}; }

}  // namespace cutaway
