// SPDX-License-Identifier: MIT
//
// The checkpoint format, version 1, and the translation between its two front parts and structs.
// Nothing here touches a file or a tensor; io/checkpoint.h does.
//
// All integers are little-endian and unsigned, "string" is a u32 length and then that many bytes.
//
//     header, 64 bytes
//        0   8 bytes   magic: 89 43 55 54 0D 0A 1A 0A. As in PNG, a byte that is no text, a name
//                      ("CUT") and line ends, which a transfer "as text" would damage
//        8   u32       version: 1
//       12   u32       0x01020304, which tells the byte order
//       16   u64       length of the whole file
//       24   u64       length of the contents
//       32   u32       CRC-32 of the contents
//       36   24 bytes  0
//       60   u32       CRC-32 of bytes 0 to 59
//     contents, from byte 64
//            u32       number of metadata entries
//            u32       number of tensors
//            for each metadata entry
//              string  key
//              string  value
//            for each tensor
//              string  name
//              u8      dtype: 1 uint8, 2 int32, 3 int64, 4 float32, 5 float64, 6 bool,
//                      7 int8, 8 int16, 9 float16, 10 bfloat16
//              u8      number of dimensions, at most 16
//              u64...  sizes
//              u64     offset of its data, counted from the start of the data section
//              u64     length of its data: the product of the sizes and of the dtype's bytes
//              u32     CRC-32 of its data
//     data section, from the first multiple of 64 at or after the end of the contents
//            the tensors' elements in row-major order, little-endian; a bool is one byte, 0 or 1
//
// Between the contents and the data, and between tensors, stand as few zero bytes as make each
// tensor begin at a multiple of 64 in the file; nothing follows the last one. So there is exactly
// one file for given tensors and metadata, and a reader refuses every other arrangement: gaps,
// overlaps, misaligned tensors, a name that occurs twice.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "../tensor/dtype.h"
#include "../tensor/shape.h"
#include "bytes.h"

namespace cutaway::inline v0_1::io {

struct CheckpointHeader {
  static constexpr uint64_t kBytes = 64;

  uint64_t file_bytes = 0;
  uint64_t contents_bytes = 0;
  uint32_t contents_crc = 0;

  /// Where the data section begins in the file.
  uint64_t data_start() const;
};

struct CheckpointContents {
  struct TensorEntry {
    std::string name;
    DType dtype = kFloat32;
    DimVector sizes;
    uint64_t offset = 0;
    uint64_t nbytes = 0;
    uint32_t crc = 0;
  };

  std::map<std::string, std::string> metadata;
  std::vector<TensorEntry> tensors;

  /// Length of the data section.
  uint64_t data_bytes() const;
};

/// The first multiple of 64 that is not below `position`.
uint64_t align_for_tensor(uint64_t position);

Bytes encode(const CheckpointHeader& header);
Bytes encode(const CheckpointContents& contents);

/// The header in the first 64 bytes of a file of `file_bytes` bytes; `front` is shorter where the
/// file is. The contents it announces lie inside the file. Errors begin with `path`, as below.
CheckpointHeader decode_header(std::span<const uint8_t> front, uint64_t file_bytes,
                               const std::string& path);
/// The contents that belong to `header`. The tensors they announce fill the rest of the file.
CheckpointContents decode_contents(std::span<const uint8_t> bytes, const CheckpointHeader& header,
                                   const std::string& path);

}  // namespace cutaway::io
