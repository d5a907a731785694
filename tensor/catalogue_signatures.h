// SPDX-License-Identifier: MIT
//
// Signatures that many rows of the catalogue share.
#pragma once

#include <string_view>
#include <tuple>

#include "dispatch.h"

namespace cutaway::inline v0_1::op {

/// The limits of clamp.
using ScalarLimit = std::optional<Scalar>;
using TensorLimit = std::optional<Tensor>;

using Unary = Op<Tensor(const Tensor&)>;
using Binary = Op<Tensor(const Tensor&, const Tensor&)>;
using BinaryAlpha = Op<Tensor(const Tensor&, const Tensor&, const Scalar&)>;
using UnaryInplace = Op<const Tensor&(const Tensor&)>;
using BinaryInplace = Op<const Tensor&(const Tensor&, const Tensor&)>;
using BinaryAlphaInplace = Op<const Tensor&(const Tensor&, const Tensor&, const Scalar&)>;

}  // namespace cutaway::op
