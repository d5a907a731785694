// SPDX-License-Identifier: MIT
//
// Rows of the catalogue: reading and writing at given positions.
#include "catalogue_gather.h"

#include "boxed.h"
#include "cpu/kernels_gather.h"
#include "ops_advanced_index.h"
#include "ops_gather.h"
#include "ops_index.h"

namespace cutaway::inline v0_1 {
namespace op {

// clang-format off
constinit Op<Tensor(const Tensor&, TensorList)> index{"index.Tensor(Tensor self, Tensor?[] indices) -> Tensor", cutaway::index, cpu::index};
constinit IndexPutInplace index_put_{"index_put_(Tensor(a!) self, Tensor?[] indices, Tensor values, bool accumulate=False) -> Tensor(a!)", cutaway::index_put_, cpu::index_put_};
constinit IndexPut index_put{"index_put(Tensor self, Tensor?[] indices, Tensor values, bool accumulate=False) -> Tensor", composite(cutaway::index_put)};
constinit Scatter<bool> gather{"gather(Tensor self, int dim, Tensor index, *, bool sparse_grad=False) -> Tensor", cutaway::gather, cpu::gather};
constinit ScatterInplace<const Tensor&> scatter_{"scatter_.src(Tensor(a!) self, int dim, Tensor index, Tensor src) -> Tensor(a!)", cutaway::scatter_, cpu::scatter_};
constinit Scatter<const Tensor&> scatter{"scatter.src(Tensor self, int dim, Tensor index, Tensor src) -> Tensor", composite(static_cast<Scatter<const Tensor&>::Kernel>(cutaway::scatter))};
constinit ScatterInplace<const Scalar&> scatter_value_{"scatter_.value(Tensor(a!) self, int dim, Tensor index, Scalar value) -> Tensor(a!)", composite(static_cast<ScatterInplace<const Scalar&>::Kernel>(cutaway::scatter_))};
constinit Scatter<const Scalar&> scatter_value{"scatter.value(Tensor self, int dim, Tensor index, Scalar value) -> Tensor", composite(static_cast<Scatter<const Scalar&>::Kernel>(cutaway::scatter))};
constinit ScatterInplace<const Tensor&, std::string_view> scatter_with_{"scatter_.reduce(Tensor(a!) self, int dim, Tensor index, Tensor src, *, str reduce) -> Tensor(a!)", composite(static_cast<ScatterInplace<const Tensor&, std::string_view>::Kernel>(cutaway::scatter_))};
constinit Scatter<const Tensor&, std::string_view> scatter_with{"scatter.reduce(Tensor self, int dim, Tensor index, Tensor src, *, str reduce) -> Tensor", composite(static_cast<Scatter<const Tensor&, std::string_view>::Kernel>(cutaway::scatter))};
constinit ScatterInplace<const Scalar&, std::string_view> scatter_value_with_{"scatter_.value_reduce(Tensor(a!) self, int dim, Tensor index, Scalar value, *, str reduce) -> Tensor(a!)", composite(static_cast<ScatterInplace<const Scalar&, std::string_view>::Kernel>(cutaway::scatter_))};
constinit Scatter<const Scalar&, std::string_view> scatter_value_with{"scatter.value_reduce(Tensor self, int dim, Tensor index, Scalar value, *, str reduce) -> Tensor", composite(static_cast<Scatter<const Scalar&, std::string_view>::Kernel>(cutaway::scatter))};
constinit ScatterInplace<const Tensor&> scatter_add_{"scatter_add_(Tensor(a!) self, int dim, Tensor index, Tensor src) -> Tensor(a!)", cutaway::scatter_add_, cpu::scatter_add_};
constinit Scatter<const Tensor&> scatter_add{"scatter_add(Tensor self, int dim, Tensor index, Tensor src) -> Tensor", composite(cutaway::scatter_add)};
constinit ScatterInplace<const Tensor&, std::string_view, bool> scatter_reduce_{"scatter_reduce_.two(Tensor(a!) self, int dim, Tensor index, Tensor src, str reduce, *, bool include_self=True) -> Tensor(a!)", cutaway::scatter_reduce_, cpu::scatter_reduce_};
constinit Scatter<const Tensor&, std::string_view, bool> scatter_reduce{"scatter_reduce.two(Tensor self, int dim, Tensor index, Tensor src, str reduce, *, bool include_self=True) -> Tensor", composite(cutaway::scatter_reduce)};
constinit ScatterInplace<const Tensor&, const Scalar&> index_add_{"index_add_(Tensor(a!) self, int dim, Tensor index, Tensor source, *, Scalar alpha=1) -> Tensor(a!)", composite(cutaway::index_add_)};
constinit ScatterInplace<const Tensor&> index_copy_{"index_copy_(Tensor(a!) self, int dim, Tensor index, Tensor source) -> Tensor(a!)", composite(cutaway::index_copy_)};
constinit Scatter<const Tensor&> index_copy{"index_copy(Tensor self, int dim, Tensor index, Tensor source) -> Tensor", composite(cutaway::index_copy)};
constinit ScatterInplace<const Scalar&> index_fill_{"index_fill_.int_Scalar(Tensor(a!) self, int dim, Tensor index, Scalar value) -> Tensor(a!)", composite(static_cast<ScatterInplace<const Scalar&>::Kernel>(cutaway::index_fill_))};
constinit Scatter<const Scalar&> index_fill{"index_fill.int_Scalar(Tensor self, int dim, Tensor index, Scalar value) -> Tensor", composite(static_cast<Scatter<const Scalar&>::Kernel>(cutaway::index_fill))};
constinit ScatterInplace<const Tensor&> index_fill_tensor_{"index_fill_.int_Tensor(Tensor(a!) self, int dim, Tensor index, Tensor value) -> Tensor(a!)", composite(static_cast<ScatterInplace<const Tensor&>::Kernel>(cutaway::index_fill_))};
constinit Scatter<const Tensor&> index_fill_tensor{"index_fill.int_Tensor(Tensor self, int dim, Tensor index, Tensor value) -> Tensor", composite(static_cast<Scatter<const Tensor&>::Kernel>(cutaway::index_fill))};
constinit ScatterInplace<const Tensor&, std::string_view, bool> index_reduce_{"index_reduce_(Tensor(a!) self, int dim, Tensor index, Tensor source, str reduce, *, bool include_self=True) -> Tensor(a!)", composite(cutaway::index_reduce_)};
constinit Scatter<const Tensor&, std::string_view, bool> index_reduce{"index_reduce(Tensor self, int dim, Tensor index, Tensor source, str reduce, *, bool include_self=True) -> Tensor", composite(cutaway::index_reduce)};
constinit Binary take{"take(Tensor self, Tensor index) -> Tensor", composite(cutaway::take)};
constinit Op<const Tensor&(const Tensor&, const Tensor&, const Tensor&, bool)> put_{"put_(Tensor(a!) self, Tensor index, Tensor source, bool accumulate=False) -> Tensor(a!)", composite(cutaway::put_)};
constinit Op<Tensor(const Tensor&, const Tensor&, const Tensor&, bool)> put{"put(Tensor self, Tensor index, Tensor source, bool accumulate=False) -> Tensor", composite(cutaway::put)};
constinit Op<Tensor(const Tensor&, const Tensor&, std::optional<int64_t>)> take_along_dim{"take_along_dim(Tensor self, Tensor indices, int? dim=None) -> Tensor", composite(cutaway::take_along_dim)};
// clang-format on

}  // namespace op

ArrayRef<OpBase*> gather_rows() {
  static constinit OpBase* const rows[] = {
      // clang-format off
    &op::index,
    &op::index_put_,
    &op::index_put,
    &op::gather,
    &op::scatter_,
    &op::scatter,
    &op::scatter_value_,
    &op::scatter_value,
    &op::scatter_with_,
    &op::scatter_with,
    &op::scatter_value_with_,
    &op::scatter_value_with,
    &op::scatter_add_,
    &op::scatter_add,
    &op::scatter_reduce_,
    &op::scatter_reduce,
    &op::index_add_,
    &op::index_copy_,
    &op::index_copy,
    &op::index_fill_,
    &op::index_fill,
    &op::index_fill_tensor_,
    &op::index_fill_tensor,
    &op::index_reduce_,
    &op::index_reduce,
    &op::take,
    &op::put_,
    &op::put,
    &op::take_along_dim,
      // clang-format on
  };
  return {rows, static_cast<int64_t>(std::size(rows))};
}

}  // namespace cutaway
