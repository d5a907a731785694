// SPDX-License-Identifier: MIT
//
// Rows of the catalogue: views.
#include "catalogue_view.h"

#include "boxed.h"
#include "cpu/kernels_view.h"
#include "views.h"

namespace cutaway {
namespace op {

// clang-format off
constinit Op<Tensor(const Tensor&, IntArrayRef)> view{"view(Tensor(a) self, int[] size) -> Tensor(a)", cutaway::view, cpu::view};
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
// clang-format on

}  // namespace op

static constinit OpBase* const rows[] = {
    // clang-format off
    &op::view,
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
    // clang-format on
};

ArrayRef<OpBase*> view_rows() { return {rows, static_cast<int64_t>(std::size(rows))}; }

}  // namespace cutaway
