// SPDX-License-Identifier: MIT
//
// CRC-32 against its published check value, Python's zlib and the definition a bit at a time.
#include "../../io/checksum.h"

#include <gtest/gtest.h>

#include <random>
#include <string_view>

#include "../../io/bytes.h"

namespace cutaway::io {
namespace {

/// The definition: long division, one bit after another.
uint32_t crc32_reference(std::span<const uint8_t> bytes) {
  uint32_t crc = 0xFFFFFFFF;
  for (const uint8_t byte : bytes) {
    crc ^= byte;
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1) ? 0xEDB88320 : 0);
  }
  return ~crc;
}

uint32_t crc32_of(std::string_view text) { return crc32(Bytes(text.begin(), text.end())); }

Bytes random_bytes(size_t count) {
  std::mt19937 random(7);
  Bytes bytes(count);
  for (uint8_t& byte : bytes) byte = static_cast<uint8_t>(random());
  return bytes;
}

TEST(Checksum, PublishedValues) {
  EXPECT_EQ(crc32_of("123456789"), 0xCBF43926u);
  EXPECT_EQ(crc32_of(""), 0u);
  // python3 -c 'import zlib; print(hex(zlib.crc32(bytes(32))), hex(zlib.crc32(b"\xff" * 32)))'
  EXPECT_EQ(crc32(Bytes(32, 0x00)), 0x190A55ADu);
  EXPECT_EQ(crc32(Bytes(32, 0xFF)), 0xFF6CAB0Bu);
}

TEST(Checksum, EqualsTheDefinitionAtEveryLengthAndAlignment) {
  const Bytes bytes = random_bytes(80);
  const std::span<const uint8_t> all(bytes);
  for (size_t start = 0; start < 9; ++start) {
    for (size_t length = 0; start + length <= all.size(); ++length) {
      const auto part = all.subspan(start, length);
      ASSERT_EQ(crc32(part), crc32_reference(part)) << "start " << start << ", length " << length;
    }
  }
}

TEST(Checksum, GoesOnFromAnEarlierPiece) {
  const Bytes bytes = random_bytes(200);
  const std::span<const uint8_t> all(bytes);
  for (size_t cut = 0; cut <= all.size(); ++cut) {
    ASSERT_EQ(crc32(all.subspan(cut), crc32(all.first(cut))), crc32(all)) << "cut at " << cut;
  }
}

TEST(Checksum, NoticesEveryFlippedBit) {
  Bytes bytes = random_bytes(64);
  const uint32_t expected = crc32(bytes);
  for (size_t bit = 0; bit < 8 * bytes.size(); ++bit) {
    bytes[bit / 8] ^= static_cast<uint8_t>(1u << (bit % 8));
    ASSERT_NE(crc32(bytes), expected) << "bit " << bit;
    bytes[bit / 8] ^= static_cast<uint8_t>(1u << (bit % 8));
  }
}

}  // namespace
}  // namespace cutaway::io
