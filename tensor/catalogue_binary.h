// SPDX-License-Identifier: MIT
//
// Rows of the catalogue: functions of two tensors, and limits.
#pragma once

#include "catalogue_signatures.h"

namespace cutaway::inline v0_1 {

/// These rows, for all_ops().
ArrayRef<OpBase*> binary_rows();

namespace op {

extern Binary atan2, hypot, copysign, arctan2, nextafter, logaddexp, logaddexp2, xlogy, heaviside,
    ldexp, minimum, maximum, fmin, fmax;
extern BinaryInplace atan2_, hypot_, copysign_, arctan2_, nextafter_, xlogy_, heaviside_, ldexp_;
extern Op<Tensor(const Scalar&, const Tensor&)> xlogy_scalar;
extern Op<Tensor(const Tensor&, const ScalarLimit&, const ScalarLimit&)> clamp, clip;
extern Op<Tensor(const Tensor&, const TensorLimit&, const TensorLimit&)> clamp_tensor, clip_tensor;
extern Op<const Tensor&(const Tensor&, const ScalarLimit&, const ScalarLimit&)> clamp_, clip_;
extern Op<const Tensor&(const Tensor&, const TensorLimit&, const TensorLimit&)> clamp_tensor_,
    clip_tensor_;
extern Op<Tensor(const Tensor&, const Scalar&)> clamp_min, clamp_max;
extern Op<Tensor(const Tensor&, const Tensor&)> clamp_min_tensor, clamp_max_tensor;
extern Op<const Tensor&(const Tensor&, const Scalar&)> clamp_min_, clamp_max_;
extern Op<const Tensor&(const Tensor&, const Tensor&)> clamp_min_tensor_, clamp_max_tensor_;

}  // namespace op
}  // namespace cutaway
