// SPDX-License-Identifier: MIT
//
// Rows of the catalogue: indexing and joining.
#include "catalogue_index.h"

#include "boxed.h"
#include "cpu/kernels_index.h"
#include "ops_index.h"

namespace cutaway::inline v0_1 {
namespace op {

// clang-format off
constinit Op<Tensor(const Tensor&, int64_t, const Tensor&)> index_select{"index_select(Tensor self, int dim, Tensor index) -> Tensor", cutaway::index_select, cpu::index_select};
constinit Op<Tensor(const Tensor&, int64_t, const Tensor&, const Tensor&, const Scalar&)> index_add{"index_add(Tensor self, int dim, Tensor index, Tensor source, *, Scalar alpha=1) -> Tensor", cutaway::index_add, cpu::index_add};
constinit Op<Tensor(TensorList, int64_t)> cat{"cat(Tensor[] tensors, int dim=0) -> Tensor", cutaway::cat, cpu::cat};
constinit Op<Tensor(TensorList, int64_t)> stack{"stack(Tensor[] tensors, int dim=0) -> Tensor", cutaway::stack, cpu::stack};
constinit Op<Tensor(const Tensor&, IntArrayRef, int64_t, int64_t)> select_backward{"select_backward(Tensor grad_output, int[] input_sizes, int dim, int index) -> Tensor", cutaway::select_backward, cpu::select_backward};
constinit Op<Tensor(const Tensor&, IntArrayRef, int64_t, int64_t, int64_t, int64_t)> slice_backward{"slice_backward(Tensor grad_output, int[] input_sizes, int dim, int start, int end, int step) -> Tensor", cutaway::slice_backward, cpu::slice_backward};
constinit Op<Tensor(const Tensor&, IntArrayRef, IntArrayRef, IntArrayRef, int64_t)> as_strided_backward{"as_strided_backward(Tensor grad_output, int[] input_sizes, int[] size, int[] stride, int offset) -> Tensor", cutaway::as_strided_backward, cpu::as_strided_backward};
// clang-format on

}  // namespace op

ArrayRef<OpBase*> index_rows() {
  static constinit OpBase* const rows[] = {
      // clang-format off
    &op::index_select,
    &op::index_add,
    &op::cat,
    &op::stack,
    &op::select_backward,
    &op::slice_backward,
    &op::as_strided_backward,
      // clang-format on
  };
  return {rows, static_cast<int64_t>(std::size(rows))};
}

}  // namespace cutaway
