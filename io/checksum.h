// SPDX-License-Identifier: MIT
//
// CRC-32, the checksum of gzip, zip, PNG and Ethernet (RFC 1952 section 8, IEEE 802.3). It finds
// every error burst of up to 32 bits and misses one in four billion others. It protects against
// accidents, not against an opponent.
//
// PyTorch counterpart: the CRC of its zip checkpoints (caffe2/serialize/crc.h).
#pragma once

#include <cstdint>
#include <span>

#include "../tensor/version.h"

namespace cutaway::inline v0_1::io {

/// The CRC-32 of `bytes`; of "123456789" it is 0xCBF43926. For data that come in pieces, pass what
/// the call for the pieces before returned: crc32(b, crc32(a)) is the CRC-32 of a followed by b.
uint32_t crc32(std::span<const uint8_t> bytes, uint32_t so_far = 0);

}  // namespace cutaway::io
