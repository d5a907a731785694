// SPDX-License-Identifier: MIT
//
// Rows of the catalogue: new tensors: sizes and a value, ranges.
#include "catalogue_create.h"

#include "boxed.h"
#include "cpu/kernels_create.h"
#include "factories.h"

namespace cutaway::inline v0_1 {

/// arange without a step, for callers by name.
static Tensor arange_from(const Scalar& start, const Scalar& end, std::optional<DType> dtype) {
  return arange(start, end, 1, dtype);
}

namespace op {

// clang-format off
constinit Op<Tensor(IntArrayRef, std::optional<DType>)> empty{"empty(int[] size, *, ScalarType? dtype=None) -> Tensor", cutaway::empty, cpu::empty, not_differentiable};
constinit Op<Tensor(IntArrayRef, IntArrayRef, std::optional<DType>)> empty_strided{"empty_strided(int[] size, int[] stride, *, ScalarType? dtype=None) -> Tensor", cutaway::empty_strided, cpu::empty_strided, not_differentiable};
constinit Op<Tensor(IntArrayRef, std::optional<DType>)> zeros{"zeros(int[] size, *, ScalarType? dtype=None) -> Tensor", composite(cutaway::zeros)};
constinit Op<Tensor(IntArrayRef, std::optional<DType>)> ones{"ones(int[] size, *, ScalarType? dtype=None) -> Tensor", composite(cutaway::ones)};
constinit Op<Tensor(IntArrayRef, const Scalar&, std::optional<DType>)> full{"full(int[] size, Scalar fill_value, *, ScalarType? dtype=None) -> Tensor", composite(cutaway::full)};
constinit Op<Tensor(const Scalar&, const Scalar&, const Scalar&, std::optional<DType>)> arange{"arange.start_step(Scalar start, Scalar end, Scalar step=1, *, ScalarType? dtype=None) -> Tensor", cutaway::arange, cpu::arange, not_differentiable};
constinit Op<Tensor(const Tensor&, std::optional<DType>)> empty_like{"empty_like(Tensor self, *, ScalarType? dtype=None) -> Tensor", composite(cutaway::empty_like)};
constinit Op<Tensor(const Tensor&, std::optional<DType>)> zeros_like{"zeros_like(Tensor self, *, ScalarType? dtype=None) -> Tensor", composite(cutaway::zeros_like)};
constinit Op<Tensor(const Tensor&, std::optional<DType>)> ones_like{"ones_like(Tensor self, *, ScalarType? dtype=None) -> Tensor", composite(cutaway::ones_like)};
constinit Op<Tensor(const Tensor&, const Scalar&, std::optional<DType>)> full_like{"full_like(Tensor self, Scalar fill_value, *, ScalarType? dtype=None) -> Tensor", composite(cutaway::full_like)};
constinit Op<Tensor(const Scalar&, std::optional<DType>)> arange_end{"arange(Scalar end, *, ScalarType? dtype=None) -> Tensor", composite<Tensor, const Scalar&, std::optional<DType>>(cutaway::arange)};
constinit Op<Tensor(const Scalar&, const Scalar&, std::optional<DType>)> arange_start{"arange.start(Scalar start, Scalar end, *, ScalarType? dtype=None) -> Tensor", composite(arange_from)};
constinit Op<Tensor(const Scalar&, const Scalar&, int64_t, std::optional<DType>)> linspace{"linspace(Scalar start, Scalar end, int steps, *, ScalarType? dtype=None) -> Tensor", cutaway::linspace, cpu::linspace, not_differentiable};
constinit Op<Tensor(const Scalar&, const Scalar&, int64_t, double, std::optional<DType>)> logspace{"logspace(Scalar start, Scalar end, int steps, float base=10.0, *, ScalarType? dtype=None) -> Tensor", cutaway::logspace, cpu::logspace, not_differentiable};
constinit Op<Tensor(int64_t, std::optional<DType>)> eye{"eye(int n, *, ScalarType? dtype=None) -> Tensor", composite<Tensor, int64_t, std::optional<DType>>(cutaway::eye)};
constinit Op<Tensor(int64_t, int64_t, std::optional<DType>)> eye_m{"eye.m(int n, int m, *, ScalarType? dtype=None) -> Tensor", composite<Tensor, int64_t, int64_t, std::optional<DType>>(cutaway::eye)};
constinit Op<Tensor(const Scalar&, std::optional<DType>)> scalar_tensor{"scalar_tensor(Scalar s, *, ScalarType? dtype=None) -> Tensor", composite(cutaway::scalar_tensor)};
constinit Op<Tensor(const Tensor&, IntArrayRef, std::optional<DType>)> new_empty{"new_empty(Tensor self, int[] size, *, ScalarType? dtype=None) -> Tensor", composite(cutaway::new_empty)};
constinit Op<Tensor(const Tensor&, IntArrayRef, std::optional<DType>)> new_zeros{"new_zeros(Tensor self, int[] size, *, ScalarType? dtype=None) -> Tensor", composite(cutaway::new_zeros)};
constinit Op<Tensor(const Tensor&, IntArrayRef, std::optional<DType>)> new_ones{"new_ones(Tensor self, int[] size, *, ScalarType? dtype=None) -> Tensor", composite(cutaway::new_ones)};
constinit Op<Tensor(const Tensor&, IntArrayRef, const Scalar&, std::optional<DType>)> new_full{"new_full(Tensor self, int[] size, Scalar fill_value, *, ScalarType? dtype=None) -> Tensor", composite(cutaway::new_full)};
// clang-format on

}  // namespace op

ArrayRef<OpBase*> create_rows() {
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
    &op::arange_end,
    &op::arange_start,
    &op::linspace,
    &op::logspace,
    &op::eye,
    &op::eye_m,
    &op::scalar_tensor,
    &op::new_empty,
    &op::new_zeros,
    &op::new_ones,
    &op::new_full,
      // clang-format on
  };
  return {rows, static_cast<int64_t>(std::size(rows))};
}

}  // namespace cutaway
