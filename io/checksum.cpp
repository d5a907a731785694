// SPDX-License-Identifier: MIT
#include "checksum.h"

#include <array>
#include <cstddef>

#include "bytes.h"

namespace cutaway::inline v0_1::io {

// Note [CRC-32]
// ~~~~~~~~~~~~~
// Take the message as one long polynomial over the two numbers 0 and 1; its CRC is the remainder
// when it is divided by x^32 + x^26 + ... + 1. Long division does that a bit at a time: shift the
// register, and where a one fell out, subtract (that is xor) the divisor. Bits are taken lowest
// first, so the divisor is written mirrored and the register shifts to the right.
//
// Xor is linear, so the effect of a whole byte can be looked up: table[0][b] is what 8 such steps
// make of the byte b. And table[k][b] is what becomes of b when k zero bytes follow it. Hence 8
// bytes at once ("slicing by 8"): look up each with as many zeros as bytes follow it in the group,
// xor all eight. The eight look-ups do not wait for one another, which is where the speed is.
// Paper: Kounavis, Berry, "A Systematic Approach to Building High Performance Software-based CRC
// Generators", 2005.

namespace {

constexpr uint32_t kDivisor = 0xEDB88320;  // mirrored; x^32 is implied

using Tables = std::array<std::array<uint32_t, 256>, 8>;

constexpr Tables make_tables() {
  Tables table{};
  for (uint32_t byte = 0; byte < 256; ++byte) {
    uint32_t crc = byte;
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1) ? kDivisor : 0);
    table[0][byte] = crc;
  }
  for (size_t zeros = 1; zeros < 8; ++zeros) {
    for (size_t byte = 0; byte < 256; ++byte) {
      const uint32_t crc = table[zeros - 1][byte];
      table[zeros][byte] = (crc >> 8) ^ table[0][crc & 0xFF];
    }
  }
  return table;
}

constexpr Tables kTable = make_tables();

}  // namespace

uint32_t crc32(std::span<const uint8_t> bytes, uint32_t so_far) {
  uint32_t crc = ~so_far;  // the standard starts and ends with an inversion
  const uint8_t* at = bytes.data();
  size_t left = bytes.size();
  for (; left >= 8; left -= 8, at += 8) {
    const uint32_t low = crc ^ load_little_endian<uint32_t>(at);
    const uint32_t high = load_little_endian<uint32_t>(at + 4);
    crc = kTable[7][low & 0xFF] ^ kTable[6][(low >> 8) & 0xFF] ^ kTable[5][(low >> 16) & 0xFF] ^
          kTable[4][low >> 24] ^ kTable[3][high & 0xFF] ^ kTable[2][(high >> 8) & 0xFF] ^
          kTable[1][(high >> 16) & 0xFF] ^ kTable[0][high >> 24];
  }
  for (; left > 0; --left, ++at) crc = (crc >> 8) ^ kTable[0][(crc ^ *at) & 0xFF];
  return ~crc;
}

}  // namespace cutaway::io
