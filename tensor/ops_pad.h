// SPDX-License-Identifier: MIT
//
// Padding. `pad` lists how many elements to add before and after each dimension, the last dimension
// first: {left, right, top, bottom, front, back}. A negative number cuts off.
//
// PyTorch counterpart: torch.nn.functional.pad; ATen/native/PadNd.cpp, ReflectionPad.cpp,
// ReplicationPadding.cpp.
#pragma once

#include <string_view>

#include "tensor.h"

namespace cutaway::inline v0_1 {

/// mode "constant": with `value` (default 0), in any of the dimensions. "reflect" (mirrored, the
/// border not repeated), "replicate" (the border repeated) and "circular" (from the other end): the
/// last 1, 2 or 3 dimensions of an input with one or two more. Throws NotImplementedError "Padding
/// size 2 is not supported for 4D input tensor.".
Tensor pad(const Tensor& self, IntArrayRef pad, std::string_view mode = "constant",
           std::optional<double> value = {});
Tensor constant_pad_nd(const Tensor& self, IntArrayRef pad, const Scalar& value = 0);

}  // namespace cutaway
