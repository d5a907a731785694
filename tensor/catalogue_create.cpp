// SPDX-License-Identifier: MIT
//
// Rows of the catalogue: new tensors: sizes and a value, ranges.
#include "catalogue_create.h"

#include "boxed.h"
#include "cpu/kernels_create.h"
#include "factories.h"

namespace cutaway {
namespace op {

// clang-format off
constinit Op<Tensor(IntArrayRef, std::optional<DType>)> empty{"empty(int[] size, *, ScalarType? dtype=None) -> Tensor", cutaway::empty, cpu::empty, not_differentiable};
constinit Op<Tensor(IntArrayRef, IntArrayRef, std::optional<DType>)> empty_strided{"empty_strided(int[] size, int[] stride, *, ScalarType? dtype=None) -> Tensor", cutaway::empty_strided, cpu::empty_strided, not_differentiable};
constinit Op<Tensor(IntArrayRef, std::optional<DType>)> zeros{"zeros(int[] size, *, ScalarType? dtype=None) -> Tensor", composite(cutaway::zeros)};
constinit Op<Tensor(IntArrayRef, std::optional<DType>)> ones{"ones(int[] size, *, ScalarType? dtype=None) -> Tensor", composite(cutaway::ones)};
constinit Op<Tensor(IntArrayRef, const Scalar&, std::optional<DType>)> full{"full(int[] size, Scalar fill_value, *, ScalarType? dtype=None) -> Tensor", composite(cutaway::full)};
constinit Op<Tensor(const Scalar&, const Scalar&, const Scalar&, std::optional<DType>)> arange{"arange(Scalar start, Scalar end, Scalar step=1, *, ScalarType? dtype=None) -> Tensor", cutaway::arange, cpu::arange, not_differentiable};
constinit Op<Tensor(const Tensor&, std::optional<DType>)> empty_like{"empty_like(Tensor self, *, ScalarType? dtype=None) -> Tensor", composite(cutaway::empty_like)};
constinit Op<Tensor(const Tensor&, std::optional<DType>)> zeros_like{"zeros_like(Tensor self, *, ScalarType? dtype=None) -> Tensor", composite(cutaway::zeros_like)};
constinit Op<Tensor(const Tensor&, std::optional<DType>)> ones_like{"ones_like(Tensor self, *, ScalarType? dtype=None) -> Tensor", composite(cutaway::ones_like)};
constinit Op<Tensor(const Tensor&, const Scalar&, std::optional<DType>)> full_like{"full_like(Tensor self, Scalar fill_value, *, ScalarType? dtype=None) -> Tensor", composite(cutaway::full_like)};
// clang-format on

}  // namespace op

static constinit OpBase* const rows[] = {
    // clang-format off
    &op::empty,
    &op::empty_strided,
    &op::zeros,
    &op::ones,
    &op::full,
    &op::arange,
    &op::empty_like,
    &op::zeros_like,
    &op::ones_like,
    &op::full_like,
    // clang-format on
};

ArrayRef<OpBase*> create_rows() { return {rows, static_cast<int64_t>(std::size(rows))}; }

}  // namespace cutaway
