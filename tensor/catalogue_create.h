// SPDX-License-Identifier: MIT
//
// Rows of the catalogue: new tensors: sizes and a value, ranges.
#pragma once

#include "catalogue_signatures.h"

namespace cutaway::inline v0_1 {

/// These rows, for all_ops().
ArrayRef<OpBase*> create_rows();

namespace op {

extern Op<Tensor(IntArrayRef, std::optional<DType>)> empty, zeros, ones;
extern Op<Tensor(IntArrayRef, IntArrayRef, std::optional<DType>)> empty_strided;
extern Op<Tensor(IntArrayRef, const Scalar&, std::optional<DType>)> full;
extern Op<Tensor(const Scalar&, const Scalar&, const Scalar&, std::optional<DType>)> arange;
extern Op<Tensor(const Tensor&, std::optional<DType>)> empty_like, zeros_like, ones_like;
extern Op<Tensor(const Tensor&, const Scalar&, std::optional<DType>)> full_like;
extern Op<Tensor(const Scalar&, std::optional<DType>)> arange_end, scalar_tensor;
extern Op<Tensor(const Scalar&, const Scalar&, std::optional<DType>)> arange_start;
extern Op<Tensor(const Scalar&, const Scalar&, int64_t, std::optional<DType>)> linspace;
extern Op<Tensor(const Scalar&, const Scalar&, int64_t, double, std::optional<DType>)> logspace;
extern Op<Tensor(int64_t, std::optional<DType>)> eye;
extern Op<Tensor(int64_t, int64_t, std::optional<DType>)> eye_m;
extern Op<Tensor(const Tensor&, IntArrayRef, std::optional<DType>)> new_empty, new_zeros, new_ones;
extern Op<Tensor(const Tensor&, IntArrayRef, const Scalar&, std::optional<DType>)> new_full;

}  // namespace op
}  // namespace cutaway
