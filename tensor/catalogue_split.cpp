// SPDX-License-Identifier: MIT
//
// Rows of the catalogue: views that come several at a time.
#include "catalogue_split.h"

#include "boxed.h"
#include "cpu/kernels_view.h"
#include "views.h"
#include "views_split.h"

namespace cutaway::inline v0_1 {
namespace op {

// clang-format off
constinit Op<std::vector<Tensor>(const Tensor&, int64_t, int64_t)> split{"split.Tensor(Tensor(a) self, int split_size, int dim=0) -> Tensor(a)[]", cutaway::split, cpu::split};
constinit Op<std::vector<Tensor>(const Tensor&, IntArrayRef, int64_t)> split_sizes{"split.sizes(Tensor(a) self, int[] split_size, int dim=0) -> Tensor(a)[]", composite<std::vector<Tensor>, const Tensor&, IntArrayRef, int64_t>(cutaway::split)};
constinit Op<std::vector<Tensor>(const Tensor&, IntArrayRef, int64_t)> split_with_sizes{"split_with_sizes(Tensor(a) self, int[] split_sizes, int dim=0) -> Tensor(a)[]", cutaway::split_with_sizes, cpu::split_with_sizes};
constinit Op<std::vector<Tensor>(const Tensor&, int64_t, int64_t)> chunk{"chunk(Tensor(a) self, int chunks, int dim=0) -> Tensor(a)[]", composite(cutaway::chunk)};
constinit Op<std::vector<Tensor>(const Tensor&, int64_t, int64_t)> tensor_split_sections{"tensor_split.sections(Tensor(a) self, int sections, int dim=0) -> Tensor(a)[]", composite<std::vector<Tensor>, const Tensor&, int64_t, int64_t>(cutaway::tensor_split)};
constinit Op<std::vector<Tensor>(const Tensor&, IntArrayRef, int64_t)> tensor_split_indices{"tensor_split.indices(Tensor(a) self, int[] indices, int dim=0) -> Tensor(a)[]", composite<std::vector<Tensor>, const Tensor&, IntArrayRef, int64_t>(cutaway::tensor_split)};
constinit Op<std::vector<Tensor>(const Tensor&, int64_t)> hsplit{"hsplit.int(Tensor(a) self, int sections) -> Tensor(a)[]", composite<std::vector<Tensor>, const Tensor&, int64_t>(cutaway::hsplit)};
constinit Op<std::vector<Tensor>(const Tensor&, IntArrayRef)> hsplit_indices{"hsplit.array(Tensor(a) self, int[] indices) -> Tensor(a)[]", composite<std::vector<Tensor>, const Tensor&, IntArrayRef>(cutaway::hsplit)};
constinit Op<std::vector<Tensor>(const Tensor&, int64_t)> vsplit{"vsplit.int(Tensor(a) self, int sections) -> Tensor(a)[]", composite<std::vector<Tensor>, const Tensor&, int64_t>(cutaway::vsplit)};
constinit Op<std::vector<Tensor>(const Tensor&, IntArrayRef)> vsplit_indices{"vsplit.array(Tensor(a) self, int[] indices) -> Tensor(a)[]", composite<std::vector<Tensor>, const Tensor&, IntArrayRef>(cutaway::vsplit)};
constinit Op<std::vector<Tensor>(const Tensor&, int64_t)> dsplit{"dsplit.int(Tensor(a) self, int sections) -> Tensor(a)[]", composite<std::vector<Tensor>, const Tensor&, int64_t>(cutaway::dsplit)};
constinit Op<std::vector<Tensor>(const Tensor&, IntArrayRef)> dsplit_indices{"dsplit.array(Tensor(a) self, int[] indices) -> Tensor(a)[]", composite<std::vector<Tensor>, const Tensor&, IntArrayRef>(cutaway::dsplit)};
constinit Op<std::vector<Tensor>(const Tensor&, int64_t)> unbind{"unbind.int(Tensor(a) self, int dim=0) -> Tensor(a)[]", cutaway::unbind, cpu::unbind};
constinit Op<std::vector<Tensor>(TensorList)> broadcast_tensors{"broadcast_tensors(Tensor[] tensors) -> Tensor[]", composite(cutaway::broadcast_tensors)};
constinit Op<std::vector<Tensor>(TensorList, std::string_view)> meshgrid{"meshgrid.indexing(Tensor[] tensors, *, str indexing) -> Tensor[]", composite(cutaway::meshgrid)};
constinit Unary atleast_1d{"atleast_1d(Tensor self) -> Tensor", composite<Tensor, const Tensor&>(cutaway::atleast_1d)};
constinit Op<std::vector<Tensor>(TensorList)> atleast_1d_list{"atleast_1d.Sequence(Tensor[] tensors) -> Tensor[]", composite<std::vector<Tensor>, TensorList>(cutaway::atleast_1d)};
constinit Unary atleast_2d{"atleast_2d(Tensor self) -> Tensor", composite<Tensor, const Tensor&>(cutaway::atleast_2d)};
constinit Op<std::vector<Tensor>(TensorList)> atleast_2d_list{"atleast_2d.Sequence(Tensor[] tensors) -> Tensor[]", composite<std::vector<Tensor>, TensorList>(cutaway::atleast_2d)};
constinit Unary atleast_3d{"atleast_3d(Tensor self) -> Tensor", composite<Tensor, const Tensor&>(cutaway::atleast_3d)};
constinit Op<std::vector<Tensor>(TensorList)> atleast_3d_list{"atleast_3d.Sequence(Tensor[] tensors) -> Tensor[]", composite<std::vector<Tensor>, TensorList>(cutaway::atleast_3d)};
// clang-format on

}  // namespace op

ArrayRef<OpBase*> split_rows() {
  static constinit OpBase* const rows[] = {
      // clang-format off
    &op::split,
    &op::split_sizes,
    &op::split_with_sizes,
    &op::chunk,
    &op::tensor_split_sections,
    &op::tensor_split_indices,
    &op::hsplit,
    &op::hsplit_indices,
    &op::vsplit,
    &op::vsplit_indices,
    &op::dsplit,
    &op::dsplit_indices,
    &op::unbind,
    &op::broadcast_tensors,
    &op::meshgrid,
    &op::atleast_1d,
    &op::atleast_1d_list,
    &op::atleast_2d,
    &op::atleast_2d_list,
    &op::atleast_3d,
    &op::atleast_3d_list,
      // clang-format on
  };
  return {rows, static_cast<int64_t>(std::size(rows))};
}

}  // namespace cutaway
