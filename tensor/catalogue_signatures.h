// SPDX-License-Identifier: MIT
//
// Signatures that many rows of the catalogue share.
#pragma once

#include <tuple>

#include "dispatch.h"

namespace cutaway::op {

using Unary = Op<Tensor(const Tensor&)>;
using Binary = Op<Tensor(const Tensor&, const Tensor&)>;
using BinaryAlpha = Op<Tensor(const Tensor&, const Tensor&, const Scalar&)>;
using UnaryInplace = Op<const Tensor&(const Tensor&)>;
using BinaryInplace = Op<const Tensor&(const Tensor&, const Tensor&)>;
using BinaryAlphaInplace = Op<const Tensor&(const Tensor&, const Tensor&, const Scalar&)>;

}  // namespace cutaway::op
