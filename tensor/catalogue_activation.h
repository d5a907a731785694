// SPDX-License-Identifier: MIT
//
// Rows of the catalogue: activation functions.
#pragma once

#include "catalogue_signatures.h"

namespace cutaway::inline v0_1 {

/// These rows, for all_ops().
ArrayRef<OpBase*> activation_rows();

namespace op {

extern Unary relu, silu, mish, hardsigmoid, hardswish, log_sigmoid, selu, relu6, softsign,
    tanhshrink;
extern UnaryInplace relu_, silu_, mish_, hardsigmoid_, hardswish_, selu_, relu6_;
extern Op<Tensor(const Tensor&, std::string_view)> gelu;
extern Op<const Tensor&(const Tensor&, std::string_view)> gelu_;
extern Op<Tensor(const Tensor&, const Scalar&, const Scalar&, const Scalar&)> elu;
extern Op<const Tensor&(const Tensor&, const Scalar&, const Scalar&, const Scalar&)> elu_;
extern Op<Tensor(const Tensor&, const Scalar&)> celu, leaky_relu;
extern Op<const Tensor&(const Tensor&, const Scalar&)> celu_, leaky_relu_;
extern Op<Tensor(const Tensor&, const Scalar&, const Scalar&)> softplus, hardtanh, threshold;
extern Op<const Tensor&(const Tensor&, const Scalar&, const Scalar&)> hardtanh_, threshold_;
extern Op<Tensor(const Tensor&, const Tensor&, const Scalar&)> threshold_backward;

}  // namespace op
}  // namespace cutaway
