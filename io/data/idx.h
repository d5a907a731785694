// SPDX-License-Identifier: MIT
//
// IDX, the file format of MNIST: one array of numbers. All integers are big-endian.
//
//     offset   bytes
//     0        2       0
//     2        1       type of the elements: 08 uint8, 09 int8, 0B int16, 0C int32, 0D float32,
//                      0E float64
//     3        1       number of dimensions, n
//     4        4 * n   sizes
//     4 + 4n   the elements, the last dimension running fastest
//
// Promise: whatever the bytes, the result is a tensor or an Error that says what was expected and
// what was found. Nothing is allocated before it is known that the file holds that many elements.
// Difference: there are no tensors of int8 and int16 here; such files become int32.
// Format: http://yann.lecun.com/exdb/mnist/. PyTorch counterpart: read_sn3_pascalvincent_tensor in
// torchvision/datasets/mnist.py.
#pragma once

#include <cstdint>
#include <string>

#include "../../tensor/tensor.h"
#include "../file.h"

namespace cutaway::inline v0_1::io {

/// The tensor in the file, which may be compressed by gzip. Neither the file nor what it unpacks to
/// may have more than `max_bytes` bytes.
Tensor read_idx(const std::string& path, uint64_t max_bytes = kMaxFileBytes);

/// The tensor in these bytes, not compressed. Error messages begin with `name`. A tensor of bytes
/// takes them over where they are; pass them by std::move to copy nothing.
Tensor decode_idx(Bytes bytes, const std::string& name);

}  // namespace cutaway::io
