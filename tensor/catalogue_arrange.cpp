// SPDX-License-Identifier: MIT
//
// Rows of the catalogue: putting elements in another order, repeating, padding and joining them.
#include "catalogue_arrange.h"

#include "boxed.h"
#include "cpu/kernels_arrange.h"
#include "ops_arrange.h"
#include "ops_index.h"
#include "ops_join.h"
#include "ops_pad.h"

namespace cutaway::inline v0_1 {
namespace op {

// clang-format off
constinit Op<Tensor(const Tensor&, IntArrayRef)> flip{"flip(Tensor self, int[] dims) -> Tensor", cutaway::flip, cpu::flip};
constinit Unary fliplr{"fliplr(Tensor self) -> Tensor", composite(cutaway::fliplr)};
constinit Unary flipud{"flipud(Tensor self) -> Tensor", composite(cutaway::flipud)};
constinit Op<Tensor(const Tensor&, int64_t, IntArrayRef)> rot90{"rot90(Tensor self, int k=1, int[] dims=[0,1]) -> Tensor", composite(cutaway::rot90)};
constinit Op<Tensor(const Tensor&, IntArrayRef, IntArrayRef)> roll{"roll(Tensor self, int[1] shifts, int[1] dims=[]) -> Tensor", cutaway::roll, cpu::roll};
constinit Op<Tensor(const Tensor&, IntArrayRef)> repeat{"repeat(Tensor self, int[] repeats) -> Tensor", cutaway::repeat, cpu::repeat};
constinit Op<Tensor(const Tensor&, IntArrayRef)> tile{"tile(Tensor self, int[] dims) -> Tensor", composite(cutaway::tile)};
constinit Op<Tensor(const Tensor&, std::optional<int64_t>)> repeat_interleave{"repeat_interleave.Tensor(Tensor repeats, *, int? output_size=None) -> Tensor", composite(static_cast<Op<Tensor(const Tensor&, std::optional<int64_t>)>::Kernel>(cutaway::repeat_interleave))};
constinit Op<Tensor(const Tensor&, const Tensor&, std::optional<int64_t>, std::optional<int64_t>)> repeat_interleave_by{"repeat_interleave.self_Tensor(Tensor self, Tensor repeats, int? dim=None, *, int? output_size=None) -> Tensor", composite(static_cast<Op<Tensor(const Tensor&, const Tensor&, std::optional<int64_t>, std::optional<int64_t>)>::Kernel>(cutaway::repeat_interleave))};
constinit Op<Tensor(const Tensor&, int64_t, std::optional<int64_t>, std::optional<int64_t>)> repeat_interleave_times{"repeat_interleave.self_int(Tensor self, int repeats, int? dim=None, *, int? output_size=None) -> Tensor", composite(static_cast<Op<Tensor(const Tensor&, int64_t, std::optional<int64_t>, std::optional<int64_t>)>::Kernel>(cutaway::repeat_interleave))};
constinit Op<Tensor(const Tensor&, int64_t)> one_hot{"one_hot(Tensor self, int num_classes=-1) -> Tensor", composite(cutaway::one_hot)};
constinit Op<Tensor(const Tensor&, IntArrayRef, const Scalar&)> constant_pad_nd{"constant_pad_nd(Tensor self, int[] pad, Scalar value=0) -> Tensor", cutaway::constant_pad_nd, cpu::constant_pad_nd};
constinit Op<Tensor(const Tensor&, IntArrayRef, std::string_view, std::optional<double>)> pad{"pad(Tensor self, int[] pad, str mode='constant', float? value=None) -> Tensor", composite(cutaway::pad)};
constinit Op<Tensor(TensorList)> hstack{"hstack(Tensor[] tensors) -> Tensor", composite(cutaway::hstack)};
constinit Op<Tensor(TensorList)> vstack{"vstack(Tensor[] tensors) -> Tensor", composite(cutaway::vstack)};
constinit Op<Tensor(TensorList)> dstack{"dstack(Tensor[] tensors) -> Tensor", composite(cutaway::dstack)};
constinit Op<Tensor(TensorList)> column_stack{"column_stack(Tensor[] tensors) -> Tensor", composite(cutaway::column_stack)};
constinit Op<Tensor(TensorList)> row_stack{"row_stack(Tensor[] tensors) -> Tensor", composite(cutaway::row_stack)};
constinit Op<Tensor(TensorList)> block_diag{"block_diag(Tensor[] tensors) -> Tensor", composite(cutaway::block_diag)};
constinit Op<Tensor(TensorList)> cartesian_prod{"cartesian_prod(Tensor[] tensors) -> Tensor", composite(cutaway::cartesian_prod)};
constinit Op<Tensor(TensorList, int64_t)> concat{"concat(Tensor[] tensors, int dim=0) -> Tensor", composite(cutaway::cat)};
constinit Op<Tensor(TensorList, int64_t)> concatenate{"concatenate(Tensor[] tensors, int dim=0) -> Tensor", composite(cutaway::cat)};
constinit Op<Tensor(const Tensor&, int64_t, bool)> combinations{"combinations(Tensor self, int r=2, bool with_replacement=False) -> Tensor", composite(cutaway::combinations)};
// clang-format on

}  // namespace op

ArrayRef<OpBase*> arrange_rows() {
  static constinit OpBase* const rows[] = {
      // clang-format off
    &op::flip,
    &op::fliplr,
    &op::flipud,
    &op::rot90,
    &op::roll,
    &op::repeat,
    &op::tile,
    &op::repeat_interleave,
    &op::repeat_interleave_by,
    &op::repeat_interleave_times,
    &op::one_hot,
    &op::constant_pad_nd,
    &op::pad,
    &op::hstack,
    &op::vstack,
    &op::dstack,
    &op::column_stack,
    &op::row_stack,
    &op::block_diag,
    &op::cartesian_prod,
    &op::concat,
    &op::concatenate,
    &op::combinations,
      // clang-format on
  };
  return {rows, static_cast<int64_t>(std::size(rows))};
}

}  // namespace cutaway
