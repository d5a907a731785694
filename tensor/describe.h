// SPDX-License-Identifier: MIT
//
// A tensor with its side panels off: describe(x) writes what the handle, the impl and the storage
// hold, and draws how the strides walk the storage.
//
//     std::cout << describe(arange(6).view({2, 3}).t());
//
//     int64 [3, 2], strides [1, 3], offset 0: 6 elements, a view, not contiguous
//     storage   48 bytes = 6 elements at 0x5583a36fc300, shared by 2 tensors, version 0
//     keys      CPU
//     dim 0     3 steps of 1 element (8 bytes)
//     dim 1     2 steps of 3 elements (24 bytes)
//     position  0      1      2      3      4      5
//     element   [0,0]  [1,0]  [2,0]  [0,1]  [1,1]  [2,1]
//
// PyTorch counterpart: none; x.storage(), x.stride(), x._version and friends, put together.
#pragma once

#include <string>

#include "tensor.h"

namespace cutaway::inline v0_1 {

/// The text above, several lines, for people. The map shows the first 32 positions of the storage
/// from the tensor's first element on: `.` where this tensor does not look, `[0,0]x3` where an
/// expanded dimension looks three times. Costs the same for a tensor of any size.
std::string describe(const Tensor& tensor);

}  // namespace cutaway
