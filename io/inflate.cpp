// SPDX-License-Identifier: MIT
#include "inflate.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "../tensor/check.h"
#include "../tensor/checked_math.h"
#include "checksum.h"
#include "huffman.h"

// Note [DEFLATE]
// ~~~~~~~~~~~~~~
// The output is made of symbols: a literal byte, or "copy `length` bytes from `distance` bytes
// back". Frequent symbols have short bit patterns (Huffman codes), rare ones long. The stream is a
// row of blocks; each is stored plainly, or uses the codes fixed by the RFC, or starts with its own
// codes, given by nothing but the length of each symbol's code. Those lengths are compressed in the
// same manner, by a third code.

namespace cutaway::inline v0_1::io {
namespace {

using cutaway::detail::fail;
using detail::BitReader;
using detail::HuffmanCode;

// ---- output: bytes, of which earlier ones are copied --------------------------------------------

class Output {
 public:
  /// `expected_bytes`: what to make room for at first; more is made as it is needed.
  Output(uint64_t max_bytes, size_t expected_bytes)
      : max_bytes_(static_cast<size_t>(std::min(max_bytes, uint64_t{1} << 48))) {
    grow(expected_bytes + kLongestCopy);
  }

  /// To be called before each literal or copy: refuses to pass the limit and makes room for the
  /// longest copy. The limit may be passed by that one symbol before this is noticed.
  void make_room() {
    if (size_ + kLongestCopy > room_) [[unlikely]] {
      check_limit(size_);
      grow(kLongestCopy);
    }
  }
  void put(uint8_t byte) { data_[size_++] = byte; }
  /// Repeats what stands `distance` bytes back. The two may overlap: distance 1 repeats one byte.
  void copy(size_t distance, size_t length) {
    uint8_t* to = data_ + size_;
    const uint8_t* from = to - distance;
    size_ += length;
    if (distance >= kStride) {
      for (size_t i = 0; i < length; i += kStride) std::memcpy(to + i, from + i, kStride);
    } else {
      for (size_t i = 0; i < length; ++i) to[i] = from[i];
    }
  }
  void append(std::span<const uint8_t> bytes) {
    check_limit(size_ + bytes.size());
    if (size_ + bytes.size() > room_) grow(bytes.size());
    std::copy(bytes.begin(), bytes.end(), data_ + size_);
    size_ += bytes.size();
  }
  size_t size() const { return size_; }
  std::span<const uint8_t> from(size_t start) const { return {data_ + start, size_ - start}; }

  Bytes finish() {
    check_limit(size_);
    buffer_.resize(size_);
    return std::move(buffer_);
  }

 private:
  static constexpr size_t kLongestCopy = 258;
  static constexpr size_t kStride = 8;  // copies go in eights and may write 7 bytes too many

  void check_limit(size_t size) const {
    check(size <= max_bytes_, "inflate: the data unpack to more than the ", max_bytes_,
          " bytes allowed; they are damaged, or the limit is too low");
  }
  [[gnu::noinline]] void grow(size_t bytes) {
    room_ = std::min(std::max(2 * room_, size_ + bytes), max_bytes_ + kLongestCopy);
    buffer_.resize(room_ + kStride);
    data_ = buffer_.data();
  }

  size_t max_bytes_;
  Bytes buffer_;
  uint8_t* data_ = nullptr;
  size_t size_ = 0;
  size_t room_ = 0;  // how many bytes `data_` takes; the buffer has a few more
};

// ---- blocks -------------------------------------------------------------------------------------

constexpr unsigned kEndOfBlock = 256;

struct Range {
  uint16_t base;
  uint16_t extra_bits;
};
// RFC 1951, 3.2.5. Symbols 257 to 285 of the literal code: lengths of copies.
constexpr std::array<Range, 29> kLengths = {{
    {3, 0},  {4, 0},  {5, 0},  {6, 0},   {7, 0},   {8, 0},   {9, 0},   {10, 0},  {11, 1},  {13, 1},
    {15, 1}, {17, 1}, {19, 2}, {23, 2},  {27, 2},  {31, 2},  {35, 3},  {43, 3},  {51, 3},  {59, 3},
    {67, 4}, {83, 4}, {99, 4}, {115, 4}, {131, 5}, {163, 5}, {195, 5}, {227, 5}, {258, 0},
}};
constexpr std::array<Range, 30> kDistances = {{
    {1, 0},     {2, 0},     {3, 0},     {4, 0},      {5, 1},      {7, 1},
    {9, 2},     {13, 2},    {17, 3},    {25, 3},     {33, 4},     {49, 4},
    {65, 5},    {97, 5},    {129, 6},   {193, 6},    {257, 7},    {385, 7},
    {513, 8},   {769, 8},   {1025, 9},  {1537, 9},   {2049, 10},  {3073, 10},
    {4097, 11}, {6145, 11}, {8193, 12}, {12289, 12}, {16385, 13}, {24577, 13},
}};

[[noreturn]] void fail_no_code(const BitReader& bits, const char* name) {
  if (bits.at_end()) detail::fail_truncated(bits.size());
  fail<Error>("inflate: bits that are no ", name, " code, at byte ", bits.position());
}

/// Decodes symbols up to the end of the block. Copies may reach back to `start` of the output.
void inflate_symbols(BitReader& input, Output& output, size_t start, const HuffmanCode& literals,
                     const HuffmanCode& distances) {
  BitReader bits = input;  // a local object whose address stays here: it lives in registers
  for (;;) {
    bits.refill();  // 56 bits: enough for the longest copy, 15 + 5 + 15 + 13
    output.make_room();
    const HuffmanCode::Entry symbol = literals.find(bits);
    if (symbol.length == 0) fail_no_code(bits, "literal or length");
    bits.drop(symbol.length);
    if (symbol.symbol < kEndOfBlock) {
      output.put(static_cast<uint8_t>(symbol.symbol));
      continue;
    }
    if (symbol.symbol == kEndOfBlock) break;

    const size_t length_class = symbol.symbol - kEndOfBlock - 1u;
    check(length_class < kLengths.size(), "inflate: length code ", symbol.symbol,
          " is reserved, at byte ", bits.position());
    const size_t length =
        kLengths[length_class].base + bits.take(kLengths[length_class].extra_bits);

    const HuffmanCode::Entry reach = distances.find(bits);
    if (reach.length == 0) fail_no_code(bits, "distance");
    bits.drop(reach.length);
    check(reach.symbol < kDistances.size(), "inflate: distance code ", reach.symbol,
          " is reserved, at byte ", bits.position());
    const size_t distance =
        kDistances[reach.symbol].base + bits.take(kDistances[reach.symbol].extra_bits);
    check(distance <= output.size() - start, "inflate: distance too far back: ", distance,
          " bytes, but only ", output.size() - start, " were unpacked, at byte ", bits.position());
    output.copy(distance, length);
  }
  input = bits;
}

/// A stored block: its length, the complement of its length, its bytes.
void inflate_stored(BitReader& bits, Output& output) {
  size_t position = bits.skip_to_byte();
  if (!range_fits(position, 4, bits.size())) detail::fail_truncated(bits.size());
  const uint16_t length = load_little_endian<uint16_t>(bits.data() + position);
  const uint16_t complement = load_little_endian<uint16_t>(bits.data() + position + 2);
  check((length ^ complement) == 0xFFFF, "inflate: the length of a stored block, ", length,
        ", contradicts its complement, at byte ", position);
  position += 4;
  if (!range_fits(position, length, bits.size())) detail::fail_truncated(bits.size());
  output.append({bits.data() + position, length});
  bits.move_to(position + length);
}

/// A block with codes of its own (RFC 1951, 3.2.7).
void inflate_dynamic(BitReader& bits, Output& output, size_t start) {
  constexpr unsigned kLengthSymbols = 19;
  static constexpr std::array<uint8_t, kLengthSymbols> kOrder = {16, 17, 18, 0, 8,  7, 9,  6, 10, 5,
                                                                 11, 4,  12, 3, 13, 2, 14, 1, 15};

  bits.refill();
  const unsigned literals = bits.take(5) + 257;
  const unsigned distances = bits.take(5) + 1;
  const unsigned given = bits.take(4) + 4;
  check(literals <= kEndOfBlock + 1 + kLengths.size() && distances <= kDistances.size(),
        "inflate: too many codes, ", literals, " for literals and lengths, ", distances,
        " for distances, at byte ", bits.position());

  std::array<uint8_t, kLengthSymbols> length_lengths{};
  for (unsigned i = 0; i < given; ++i) {
    bits.refill();
    length_lengths[kOrder[i]] = static_cast<uint8_t>(bits.take(3));
  }
  const HuffmanCode length_code(length_lengths, "code length", false);

  // One row of lengths for both codes: a length, or a repetition that may run from one into the
  // other.
  std::array<uint8_t, 286 + 30> lengths{};
  for (unsigned filled = 0; filled < literals + distances;) {
    bits.refill();
    const HuffmanCode::Entry entry = length_code.find(bits);
    if (entry.length == 0) fail_no_code(bits, "code length");
    bits.drop(entry.length);
    uint8_t value = 0;
    unsigned times = 1;
    if (entry.symbol < 16) {
      value = static_cast<uint8_t>(entry.symbol);
    } else if (entry.symbol == 16) {
      check(filled > 0, "inflate: nothing to repeat before the first code length, at byte ",
            bits.position());
      value = lengths[filled - 1];
      times = 3 + bits.take(2);
    } else {
      times = entry.symbol == 17 ? 3 + bits.take(3) : 11 + bits.take(7);
    }
    check(times <= literals + distances - filled,
          "inflate: a repeated code length runs past the last code, at byte ", bits.position());
    for (; times > 0; --times) lengths[filled++] = value;
  }
  check(lengths[kEndOfBlock] != 0, "inflate: no code for the end of the block, at byte ",
        bits.position());

  const std::span<const uint8_t> all(lengths);
  const HuffmanCode literal_code(all.first(literals), "literal and length", true);
  const HuffmanCode distance_code(all.subspan(literals, distances), "distance", true);
  inflate_symbols(bits, output, start, literal_code, distance_code);
}

/// A block with the codes that the RFC gives (3.2.6).
void inflate_fixed(BitReader& bits, Output& output, size_t start) {
  static const HuffmanCode literal_code = [] {
    std::array<uint8_t, 288> lengths;
    for (size_t i = 0; i < lengths.size(); ++i)
      lengths[i] = i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8;
    return HuffmanCode(lengths, "fixed literal", false);
  }();
  static const HuffmanCode distance_code = [] {
    std::array<uint8_t, 32> lengths;
    lengths.fill(5);
    return HuffmanCode(lengths, "fixed distance", false);
  }();
  inflate_symbols(bits, output, start, literal_code, distance_code);
}

/// Decompresses the stream that starts at `position` of the input; returns where it ends.
size_t inflate_stream(std::span<const uint8_t> input, size_t position, Output& output) {
  BitReader bits(input, position);
  const size_t start = output.size();
  for (bool last = false; !last;) {
    bits.refill();
    last = bits.take(1) != 0;
    switch (bits.take(2)) {
      case 0:
        inflate_stored(bits, output);
        break;
      case 1:
        inflate_fixed(bits, output, start);
        break;
      case 2:
        inflate_dynamic(bits, output, start);
        break;
      default:
        fail<Error>("inflate: block type 3 is reserved, at byte ", bits.position());
    }
  }
  return bits.skip_to_byte();
}

// ---- gzip ---------------------------------------------------------------------------------------

/// Checks the header that starts at `start` (RFC 1952, 2.3); returns where it ends.
size_t skip_gzip_header(std::span<const uint8_t> file, size_t start) {
  enum Flag : uint8_t { kHeaderCrc = 2, kExtra = 4, kName = 8, kComment = 16, kReserved = 0xE0 };
  size_t position = start;
  const auto need = [&](size_t count) {
    check(range_fits(position, count, file.size()),
          "gunzip: the file is truncated: it ends at byte ", file.size(),
          " in the middle of a header");
    position += count;
    return file.data() + position - count;
  };
  const auto skip_text = [&] {
    while (*need(1) != 0) continue;
  };

  const uint8_t* fixed = need(10);  // magic (2), method, flags, time (4), extra flags, system
  check(fixed[2] == 8, "gunzip: unknown compression method ", fixed[2], ", expected 8 (DEFLATE)");
  const uint8_t flags = fixed[3];
  check((flags & kReserved) == 0, "gunzip: reserved flags are set in the header at byte ", start);
  if (flags & kExtra) need(load_little_endian<uint16_t>(need(2)));
  if (flags & kName) skip_text();
  if (flags & kComment) skip_text();
  if (flags & kHeaderCrc) {
    const uint32_t actual = crc32(file.subspan(start, position - start)) & 0xFFFF;
    check(load_little_endian<uint16_t>(need(2)) == actual,
          "gunzip: CRC mismatch in the header at byte ", start, ": the file is damaged");
  }
  return position;
}

}  // namespace

Bytes inflate(std::span<const uint8_t> deflated, uint64_t max_bytes) {
  Output output(max_bytes, 4 * deflated.size());
  const size_t end = inflate_stream(deflated, 0, output);
  check(end == deflated.size(), "inflate: ", deflated.size() - end,
        " bytes follow the end of the stream at byte ", end);
  return output.finish();
}

bool is_gzip(std::span<const uint8_t> bytes) {
  return bytes.size() >= 2 && bytes[0] == 0x1F && bytes[1] == 0x8B;
}

Bytes gunzip(std::span<const uint8_t> file, uint64_t max_bytes) {
  check(is_gzip(file), "gunzip: not a gzip file: it does not begin with the bytes 1f 8b");
  // The last four bytes say how long the content is (modulo 2^32, of the last member): a hint that
  // saves growing the output, taken as far as it is likely.
  const size_t hint = file.size() < 4 ? 0 : load_little_endian<uint32_t>(&file[file.size() - 4]);
  Output output(max_bytes, std::min(hint, 16 * file.size()));
  size_t position = 0;
  while (position < file.size()) {
    if (position > 0 && file[position] == 0) {  // padding, as on tapes
      ++position;
      continue;
    }
    check(is_gzip(file.subspan(position)), "gunzip: byte ", position,
          " is neither the start of a member (1f 8b) nor zero padding");
    const size_t start = output.size();
    position = inflate_stream(file, skip_gzip_header(file, position), output);

    check(range_fits(position, 8, file.size()), "gunzip: the file is truncated: it ends at byte ",
          file.size(), " before the checksum");
    const uint32_t crc = load_little_endian<uint32_t>(file.data() + position);
    const uint32_t length = load_little_endian<uint32_t>(file.data() + position + 4);
    const std::span<const uint8_t> content = output.from(start);
    check(crc32(content) == crc, "gunzip: CRC mismatch at byte ", position,
          ": the file is damaged; get it again");
    check(static_cast<uint32_t>(content.size()) == length,
          "gunzip: the file says that it unpacks to ", length,
          " bytes (modulo 2^32), but it unpacks to ", content.size());
    position += 8;
  }
  return output.finish();
}

}  // namespace cutaway::io
