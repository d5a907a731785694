// SPDX-License-Identifier: MIT
//
// The two tools of inflate.cpp: BitReader takes bits from the compressed bytes and refuses to pass
// their end, HuffmanCode finds the symbol for which the next bits stand. What runs for every symbol
// is defined here, to be inlined: a call per symbol would cost a quarter of the speed.
//
// Bits are taken from each byte lowest first. Numbers have their lowest bit first, Huffman codes
// their highest: that is why a code is reversed before it indexes a table of upcoming bits.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "bytes.h"

namespace cutaway::inline v0_1::io::detail {

/// No code of DEFLATE is longer.
inline constexpr unsigned kMaxCodeLength = 15;

[[noreturn]] void fail_truncated(size_t size);

/// A sequence of bytes as a sequence of bits.
class BitReader {
 public:
  BitReader(std::span<const uint8_t> bytes, size_t position)
      : bytes_(bytes.data()), size_(bytes.size()), next_(position) {}

  /// Loads at least 56 bits, or all that are left.
  void refill() {
    if (size_ - next_ >= 8) [[likely]] {
      // The bits above count_ are or-ed with themselves when they come again.
      bits_ |= load_little_endian<uint64_t>(bytes_ + next_) << count_;
      next_ += (63 - count_) / 8;
      count_ |= 56;
    } else {
      for (; count_ < 56 && next_ < size_; count_ += 8)
        bits_ |= uint64_t{bytes_[next_++]} << count_;
    }
  }
  /// The next bits, zeros after the end; of these, drop() accepts only what is there.
  uint32_t peek(unsigned count) const {
    return static_cast<uint32_t>(bits_ & ((uint64_t{1} << count) - 1));
  }
  void drop(unsigned count) {
    if (count > count_) [[unlikely]]
      fail_truncated(size_);
    bits_ >>= count;
    count_ -= count;
  }
  /// A number of `count` bits. The caller has refilled: count bits are there if the input has them.
  uint32_t take(unsigned count) {
    const uint32_t value = peek(count);
    drop(count);
    return value;
  }
  /// Leaves the rest of the current byte and returns the position of the next one.
  size_t skip_to_byte() {
    move_to(next_ - count_ / 8);  // whole bytes that were loaded but not used
    return next_;
  }
  void move_to(size_t position) {
    next_ = position;
    bits_ = 0;
    count_ = 0;
  }

  const uint8_t* data() const { return bytes_; }
  size_t size() const { return size_; }
  /// For messages: the byte that holds the next bit.
  size_t position() const { return next_ - (count_ + 7) / 8; }
  /// Fewer bits are left than a code may have.
  bool at_end() const { return count_ < kMaxCodeLength; }

 private:
  const uint8_t* bytes_;
  size_t size_;
  size_t next_;        // first byte not yet in bits_
  uint64_t bits_ = 0;  // the next bit is the lowest
  unsigned count_ = 0;
};

/// A canonical Huffman code (RFC 1951, 3.2.2): the lengths of the codes determine the codes, which
/// count upwards within a length and from a length to the next. Short codes, nearly all that occur,
/// are decoded by one look-up of the next bits; long ones a bit at a time.
class HuffmanCode {
 public:
  struct Entry {
    uint16_t symbol;
    uint16_t length;  // 0: no such code
  };

  /// lengths[s] is the length of the code of symbol s, at most 15; 0 where s does not occur. The
  /// codes must use up all bit patterns, except that one code of length 1 may stand alone where
  /// `may_be_single` says so, and that no code at all is fine until one is needed.
  HuffmanCode(std::span<const uint8_t> lengths, const char* name, bool may_be_single);

  /// The symbol for which the next bits stand. The caller has refilled, and drops `length` bits.
  Entry find(const BitReader& bits) const {
    const Entry entry = short_[bits.peek(kShortBits)];
    return entry.length != 0 ? entry : find_long(bits.peek(kMaxCodeLength));
  }

 private:
  static constexpr unsigned kShortBits = 10;
  static constexpr unsigned kMaxSymbols = 288;

  Entry find_long(uint32_t next_bits) const {
    uint32_t code = 0;   // the bits so far
    uint32_t first = 0;  // the first code of this length
    uint32_t place = 0;  // and where its symbol stands
    for (unsigned length = 1; length <= kMaxCodeLength; ++length) {
      code |= (next_bits >> (length - 1)) & 1;
      if (code < first + count_[length]) {
        return {symbols_by_code_[place + code - first], static_cast<uint16_t>(length)};
      }
      place += count_[length];
      first = (first + count_[length]) << 1;
      code <<= 1;
    }
    return {0, 0};
  }

  std::array<Entry, 1 << kShortBits> short_{};        // by the next bits
  std::array<uint16_t, kMaxCodeLength + 1> count_{};  // codes of each length
  std::array<uint16_t, kMaxSymbols> symbols_by_code_{};
};

}  // namespace cutaway::io::detail
