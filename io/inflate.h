// SPDX-License-Identifier: MIT
//
// Decompression: DEFLATE (RFC 1951), the method inside gzip, zip and PNG, and gzip files (RFC
// 1952). The MNIST and CIFAR files come as gzip, npz and compressed zip files hold DEFLATE.
//
// The input is not trusted. Every bit read is checked against the end of the input and every byte
// written against `max_bytes`; memory grows with what was really decompressed, so a small file that
// claims or unpacks to terabytes ends with an error. Errors (Error) say what is wrong and at which
// byte of the input.
//
// PyTorch counterpart: Python's zlib and gzip modules. Left out: compression, zlib's own wrapper
// (RFC 1950), streaming.
#pragma once

#include <cstdint>
#include <span>

#include "bytes.h"

namespace cutaway::inline v0_1::io {

/// Decompresses one DEFLATE stream that fills `deflated` exactly, to at most `max_bytes` bytes.
Bytes inflate(std::span<const uint8_t> deflated, uint64_t max_bytes);

/// Decompresses a gzip file: one member or several, which are joined; zero bytes may follow the
/// last. Length and CRC-32 of each member are verified. At most `max_bytes` bytes in all.
Bytes gunzip(std::span<const uint8_t> file, uint64_t max_bytes);

/// Whether the bytes begin as every gzip file does.
bool is_gzip(std::span<const uint8_t> bytes);

}  // namespace cutaway::io
