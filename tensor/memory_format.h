// SPDX-License-Identifier: MIT
//
// Memory format: whether images lie in memory with their channels last. A shape (N, C, H, W) in
// row-major order holds one plane after the other; channels last, all channels of a pixel stand
// next to each other, as in a picture file. Nothing but the strides says so: most ops follow the
// strides of their operands anyway (empty_for in loops.h); cat, stack and pad make room for more
// than they were given, and keep the format by asking here.
//
// PyTorch counterpart: c10/core/MemoryFormat.h, TensorBase::suggest_memory_format. Left out:
// memory_format as an argument.
#pragma once

#include "shape.h"

namespace cutaway::inline v0_1 {

/// Whether a shape of 4 or 5 dimensions, (N, C, H, W) or (N, C, D, H, W), has channels last.
bool is_channels_last(IntArrayRef sizes, IntArrayRef strides);
/// The strides of such a shape without gaps.
DimVector channels_last_strides(IntArrayRef sizes);

}  // namespace cutaway
