// SPDX-License-Identifier: MIT
//
// Rows of the catalogue: new tensors: sizes and a value, ranges.
#pragma once

#include "catalogue_signatures.h"

namespace cutaway {

/// These rows, for all_ops().
ArrayRef<OpBase*> create_rows();

namespace op {

extern Op<Tensor(IntArrayRef, std::optional<DType>)> empty, zeros, ones;
extern Op<Tensor(IntArrayRef, IntArrayRef, std::optional<DType>)> empty_strided;
extern Op<Tensor(IntArrayRef, const Scalar&, std::optional<DType>)> full;
extern Op<Tensor(const Scalar&, const Scalar&, const Scalar&, std::optional<DType>)> arange;
extern Op<Tensor(const Tensor&, std::optional<DType>)> empty_like, zeros_like, ones_like;
extern Op<Tensor(const Tensor&, const Scalar&, std::optional<DType>)> full_like;

}  // namespace op
}  // namespace cutaway
