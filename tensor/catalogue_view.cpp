// SPDX-License-Identifier: MIT
//
// Rows of the catalogue: views.
#include "catalogue_view.h"

#include "boxed.h"
#include "cpu/kernels_view.h"
#include "views.h"
#include "views_inplace.h"

namespace cutaway::inline v0_1 {
namespace op {

// clang-format off
constinit Op<Tensor(const Tensor&, IntArrayRef)> view{"view(Tensor(a) self, int[] size) -> Tensor(a)", cutaway::view, cpu::view};
constinit Op<Tensor(const Tensor&, IntArrayRef)> unsafe_view{"_unsafe_view(Tensor self, int[] size) -> Tensor", called_directly, cpu::unsafe_view};
constinit Op<Tensor(const Tensor&, IntArrayRef)> reshape{"reshape(Tensor(a) self, int[] shape) -> Tensor(a)", composite(cutaway::reshape)};
constinit Op<Tensor(const Tensor&, IntArrayRef)> permute{"permute(Tensor(a) self, int[] dims) -> Tensor(a)", cutaway::permute, cpu::permute};
constinit Op<Tensor(const Tensor&, IntArrayRef)> expand{"expand(Tensor(a) self, int[] size) -> Tensor(a)", cutaway::expand, cpu::expand};
constinit Op<Tensor(const Tensor&, int64_t, int64_t)> transpose{"transpose(Tensor(a) self, int dim0, int dim1) -> Tensor(a)", cutaway::transpose, cpu::transpose};
constinit Op<Tensor(const Tensor&, int64_t, int64_t)> flatten{"flatten(Tensor(a) self, int start_dim=0, int end_dim=-1) -> Tensor(a)", composite(cutaway::flatten)};
constinit Op<Tensor(const Tensor&, int64_t, int64_t)> select{"select(Tensor(a) self, int dim, int index) -> Tensor(a)", cutaway::select, cpu::select};
constinit Unary alias{"alias(Tensor(a) self) -> Tensor(a)", cutaway::alias, cpu::alias};
constinit Unary t{"t(Tensor(a) self) -> Tensor(a)", cutaway::t, cpu::t};
constinit Unary squeeze{"squeeze(Tensor(a) self) -> Tensor(a)", cutaway::squeeze, cpu::squeeze};
constinit Op<Tensor(const Tensor&, int64_t)> squeeze_dim{"squeeze.dim(Tensor(a) self, int dim) -> Tensor(a)", cutaway::squeeze, cpu::squeeze_dim};
constinit Op<Tensor(const Tensor&, int64_t)> unsqueeze{"unsqueeze(Tensor(a) self, int dim) -> Tensor(a)", cutaway::unsqueeze, cpu::unsqueeze};
constinit Op<Tensor(const Tensor&, int64_t, std::optional<int64_t>, std::optional<int64_t>, int64_t)> slice{"slice(Tensor(a) self, int dim=0, int? start=None, int? end=None, int step=1) -> Tensor(a)", cutaway::slice, cpu::slice};
constinit Op<Tensor(const Tensor&, int64_t, int64_t, int64_t)> narrow{"narrow(Tensor(a) self, int dim, int start, int length) -> Tensor(a)", composite(cutaway::narrow)};
constinit Op<Tensor(const Tensor&, IntArrayRef, IntArrayRef, std::optional<int64_t>)> as_strided{"as_strided(Tensor(a) self, int[] size, int[] stride, int? storage_offset=None) -> Tensor(a)", cutaway::as_strided, cpu::as_strided};
constinit Op<Tensor(const Tensor&, DType)> view_dtype{"view.dtype(Tensor(a) self, ScalarType dtype) -> Tensor(a)", cutaway::view, cpu::view_dtype, not_differentiable};
constinit Op<Tensor(const Tensor&, IntArrayRef)> squeeze_dims{"squeeze.dims(Tensor(a) self, int[] dim) -> Tensor(a)", cutaway::squeeze, cpu::squeeze_dims};
constinit Op<Tensor(const Tensor&, int64_t, int64_t, int64_t)> diagonal{"diagonal(Tensor(a) self, int offset=0, int dim1=0, int dim2=1) -> Tensor(a)", cutaway::diagonal, cpu::diagonal};
constinit Op<Tensor(const Tensor&, int64_t, int64_t, int64_t)> unfold{"unfold(Tensor(a) self, int dimension, int size, int step) -> Tensor(a)", cutaway::unfold, cpu::unfold};
constinit Op<Tensor(const Tensor&, int64_t, IntArrayRef)> unflatten{"unflatten.int(Tensor(a) self, int dim, int[] sizes) -> Tensor(a)", composite(cutaway::unflatten)};
constinit Unary ravel{"ravel(Tensor(a) self) -> Tensor(a)", composite(cutaway::ravel)};
constinit Binary view_as{"view_as(Tensor(a) self, Tensor other) -> Tensor(a)", composite(cutaway::view_as)};
constinit Binary reshape_as{"reshape_as(Tensor(a) self, Tensor other) -> Tensor(a)", composite(cutaway::reshape_as)};
constinit Binary expand_as{"expand_as(Tensor(a) self, Tensor other) -> Tensor(a)", composite(cutaway::expand_as)};
constinit Op<Tensor(const Tensor&, IntArrayRef)> broadcast_to{"broadcast_to(Tensor(a) self, int[] size) -> Tensor(a)", composite(cutaway::broadcast_to)};
constinit Op<Tensor(const Tensor&, int64_t, int64_t)> swapaxes{"swapaxes(Tensor(a) self, int axis0, int axis1) -> Tensor(a)", composite(cutaway::swapaxes)};
constinit Op<Tensor(const Tensor&, int64_t, int64_t)> swapdims{"swapdims(Tensor(a) self, int dim0, int dim1) -> Tensor(a)", composite(cutaway::swapdims)};
constinit Op<Tensor(const Tensor&, IntArrayRef, IntArrayRef)> movedim{"movedim.intlist(Tensor(a) self, int[] source, int[] destination) -> Tensor(a)", composite<Tensor, const Tensor&, IntArrayRef, IntArrayRef>(cutaway::movedim)};
constinit Op<Tensor(const Tensor&, int64_t, int64_t)> movedim_int{"movedim.int(Tensor(a) self, int source, int destination) -> Tensor(a)", composite<Tensor, const Tensor&, int64_t, int64_t>(cutaway::movedim)};
constinit Op<Tensor(const Tensor&, IntArrayRef, IntArrayRef)> moveaxis{"moveaxis.intlist(Tensor(a) self, int[] source, int[] destination) -> Tensor(a)", composite<Tensor, const Tensor&, IntArrayRef, IntArrayRef>(cutaway::moveaxis)};
constinit Op<Tensor(const Tensor&, int64_t, int64_t)> moveaxis_int{"moveaxis.int(Tensor(a) self, int source, int destination) -> Tensor(a)", composite<Tensor, const Tensor&, int64_t, int64_t>(cutaway::moveaxis)};
constinit Unary mT{"mT(Tensor(a) self) -> Tensor(a)", composite(cutaway::mT)};
constinit Unary mH{"mH(Tensor(a) self) -> Tensor(a)", composite(cutaway::mH)};
constinit Unary adjoint{"adjoint(Tensor(a) self) -> Tensor(a)", composite(cutaway::adjoint)};
constinit Unary matrix_H{"matrix_H(Tensor(a) self) -> Tensor(a)", composite(cutaway::matrix_H)};
constinit Unary numpy_T{"numpy_T(Tensor(a) self) -> Tensor(a)", composite(cutaway::numpy_T)};
constinit Op<Tensor(const Tensor&, int64_t, int64_t, int64_t)> narrow_copy{"narrow_copy(Tensor self, int dim, int start, int length) -> Tensor", composite(cutaway::narrow_copy)};
constinit Op<bool(const Tensor&, const Tensor&)> is_same_size{"is_same_size(Tensor self, Tensor other) -> bool", composite(cutaway::is_same_size)};
constinit UnaryInplace squeeze_{"squeeze_(Tensor(a!) self) -> Tensor(a!)", cutaway::squeeze_, cpu::squeeze_};
constinit Op<const Tensor&(const Tensor&, int64_t)> squeeze_dim_{"squeeze_.dim(Tensor(a!) self, int dim) -> Tensor(a!)", cutaway::squeeze_, cpu::squeeze_dim_};
constinit Op<const Tensor&(const Tensor&, IntArrayRef)> squeeze_dims_{"squeeze_.dims(Tensor(a!) self, int[] dim) -> Tensor(a!)", cutaway::squeeze_, cpu::squeeze_dims_};
constinit Op<const Tensor&(const Tensor&, int64_t)> unsqueeze_{"unsqueeze_(Tensor(a!) self, int dim) -> Tensor(a!)", cutaway::unsqueeze_, cpu::unsqueeze_};
constinit Op<const Tensor&(const Tensor&, int64_t, int64_t)> transpose_{"transpose_(Tensor(a!) self, int dim0, int dim1) -> Tensor(a!)", cutaway::transpose_, cpu::transpose_};
constinit Op<const Tensor&(const Tensor&, int64_t, int64_t)> swapaxes_{"swapaxes_(Tensor(a!) self, int axis0, int axis1) -> Tensor(a!)", composite(cutaway::swapaxes_)};
constinit Op<const Tensor&(const Tensor&, int64_t, int64_t)> swapdims_{"swapdims_(Tensor(a!) self, int dim0, int dim1) -> Tensor(a!)", composite(cutaway::swapdims_)};
constinit UnaryInplace t_{"t_(Tensor(a!) self) -> Tensor(a!)", cutaway::t_, cpu::t_};
constinit Op<const Tensor&(const Tensor&, IntArrayRef)> resize_{"resize_(Tensor(a!) self, int[] size) -> Tensor(a!)", cutaway::resize_, cpu::resize_, not_differentiable};
// clang-format on

}  // namespace op

ArrayRef<OpBase*> view_rows() {
  static constinit OpBase* const rows[] = {
      // clang-format off
    &op::view,
    &op::unsafe_view,
    &op::reshape,
    &op::permute,
    &op::expand,
    &op::transpose,
    &op::flatten,
    &op::select,
    &op::alias,
    &op::t,
    &op::squeeze,
    &op::squeeze_dim,
    &op::unsqueeze,
    &op::slice,
    &op::narrow,
    &op::as_strided,
    &op::view_dtype,
    &op::squeeze_dims,
    &op::diagonal,
    &op::unfold,
    &op::unflatten,
    &op::ravel,
    &op::view_as,
    &op::reshape_as,
    &op::expand_as,
    &op::broadcast_to,
    &op::swapaxes,
    &op::swapdims,
    &op::movedim,
    &op::movedim_int,
    &op::moveaxis,
    &op::moveaxis_int,
    &op::mT,
    &op::mH,
    &op::adjoint,
    &op::matrix_H,
    &op::numpy_T,
    &op::narrow_copy,
    &op::is_same_size,
    &op::squeeze_,
    &op::squeeze_dim_,
    &op::squeeze_dims_,
    &op::unsqueeze_,
    &op::transpose_,
    &op::swapaxes_,
    &op::swapdims_,
    &op::t_,
    &op::resize_,
      // clang-format on
  };
  return {rows, static_cast<int64_t>(std::size(rows))};
}

}  // namespace cutaway
