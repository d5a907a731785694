// SPDX-License-Identifier: MIT
//
// DEFLATE and gzip: streams made by Python's zlib, streams built bit by bit to be wrong in one way
// each, truncations, flipped bits, random damage, and the real MNIST files where they are at hand.
#include "../../io/inflate.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "../../io/checksum.h"
#include "../../io/file.h"

namespace cutaway::io {
namespace {

// ---- samples ------------------------------------------------------------------------------------
// All made by Python:
//
//   def deflate(data, level=9, strategy=zlib.Z_DEFAULT_STRATEGY):
//       c = zlib.compressobj(level, zlib.DEFLATED, -15, 9, strategy)
//       return (c.compress(data) + c.flush()).hex()

const std::string kText =
    "How much wood would a woodchuck chuck if a woodchuck could chuck wood? He would chuck, he "
    "would, as much as he could, and chuck as much wood as a woodchuck would if a woodchuck could "
    "chuck wood.";

// deflate(b"hello", level=0)
constexpr std::string_view kStored = "010500faff68656c6c6f";

// deflate(b"hello hello hello hello", strategy=zlib.Z_FIXED)
constexpr std::string_view kFixed = "cb48cdc9c957c8402701";

// deflate(text)
constexpr std::string_view kDynamic =
    "f3c82f57c82d4dce5028cfcf4f0112a539290a89604e72466972b60284cc4c4315042b83b041a2f60a1ea950bd60"
    "411d850c285f4721b118623e90060a264305f360da61d260eb811c646b202612b05b0f00";

// A gzip member with every optional field (FHCRC, FEXTRA, FNAME, FCOMMENT):
//   h = struct.pack("<BBBBIBB", 31, 139, 8, 2 + 4 + 8 + 16, 1700000000, 2, 3)
//   h += b"\x05\x00extra" + b"wood.txt\0" + b"a comment\0"
//   h += struct.pack("<H", zlib.crc32(h) & 0xffff)
//   h + deflate(text) + struct.pack("<II", zlib.crc32(text), len(text))
constexpr std::string_view kFullMember =
    "1f8b081e00f15365020305006578747261776f6f642e747874006120636f6d6d656e740027a4"
    "f3c82f57c82d4dce5028cfcf4f0112a539290a89604e72466972b60284cc4c4315042b83b041a2f60a1ea950bd60"
    "411d850c285f4721b118623e90060a264305f360da61d260eb811c646b202612b05b0f00"
    "cb62cc12c2000000";

Bytes from_hex(std::string_view hex) {
  const auto digit = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
  Bytes bytes;
  for (size_t i = 0; i < hex.size(); i += 2)
    bytes.push_back(static_cast<uint8_t>(digit(hex[i]) * 16 + digit(hex[i + 1])));
  return bytes;
}

std::string to_text(const Bytes& bytes) { return {bytes.begin(), bytes.end()}; }

Bytes operator+(Bytes a, const Bytes& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

/// The message of the Error that the call throws; empty where it throws none.
template <class Call>
std::string error_of(Call call) {
  try {
    call();
  } catch (const Error& error) {
    return error.message();
  }
  return "";
}

constexpr uint64_t kLimit = 1 << 20;

// ---- streams built bit by bit -------------------------------------------------------------------

class BitWriter {
 public:
  BitWriter& number(uint32_t value, int count) {
    for (int bit = 0; bit < count; ++bit) push((value >> bit) & 1);
    return *this;
  }
  BitWriter& code(uint32_t value, int count) {
    for (int bit = count; bit-- > 0;) push((value >> bit) & 1);
    return *this;
  }
  /// Symbols of the fixed literal code, RFC 1951, 3.2.6.
  BitWriter& fixed(uint32_t symbol) {
    if (symbol < 144) return code(0x30 + symbol, 8);
    if (symbol < 256) return code(0x190 + symbol - 144, 9);
    if (symbol < 280) return code(symbol - 256, 7);
    return code(0xC0 + symbol - 280, 8);
  }
  const Bytes& bytes() const { return bytes_; }

 private:
  void push(uint32_t bit) {
    if (count_ % 8 == 0) bytes_.push_back(0);
    bytes_.back() |= static_cast<uint8_t>(bit << (count_++ % 8));
  }
  Bytes bytes_;
  size_t count_ = 0;
};

BitWriter fixed_block() { return BitWriter().number(1, 1).number(1, 2); }
BitWriter dynamic_block(uint32_t literals, uint32_t distances, uint32_t code_lengths) {
  return BitWriter()
      .number(1, 1)
      .number(2, 2)
      .number(literals - 257, 5)
      .number(distances - 1, 5)
      .number(code_lengths - 4, 4);
}

/// Codes of all lengths from 1 to 15, which go far beyond the table for short ones: a has 1 bit, b
/// has 2, ... n has 14, o and the end of the block have 15. Unpacks to "abcdefghijklmno".
Bytes long_codes() {
  BitWriter stream = dynamic_block(257, 1, 19);
  // The code length code: 4 bits for the lengths 0 to 14, 5 bits for 15 and for 18, many zeros.
  for (const int symbol : {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15})
    stream.number(symbol < 15 ? 4 : symbol == 15 || symbol == 18 ? 5 : 0, 3);
  const auto zeros = [&](uint32_t times) { stream.code(31, 5).number(times - 11, 7); };
  zeros('a');
  for (uint32_t length = 1; length <= 14; ++length) stream.code(length, 4);
  stream.code(30, 5);  // o
  zeros(100);
  zeros(256 - 'p' - 100);
  stream.code(30, 5);  // the end of the block
  stream.code(0, 4);   // no distances
  for (int length = 1; length <= 15; ++length) stream.code((1u << length) - 2, length);
  return stream.code(0x7FFF, 15).bytes();
}

std::vector<Bytes> samples() {
  return {from_hex(kStored), from_hex(kFixed), from_hex(kDynamic), long_codes()};
}

// ---- good streams -------------------------------------------------------------------------------

TEST(Inflate, ThreeKindsOfBlock) {
  EXPECT_EQ(to_text(inflate(from_hex(kStored), kLimit)), "hello");
  EXPECT_EQ(to_text(inflate(from_hex(kFixed), kLimit)), "hello hello hello hello");
  EXPECT_EQ(to_text(inflate(from_hex(kDynamic), kLimit)), kText);
}

TEST(Inflate, CodesLongerThanTheTable) {
  EXPECT_EQ(to_text(inflate(long_codes(), kLimit)), "abcdefghijklmno");
}

TEST(Inflate, LimitIsExact) {
  for (const Bytes& deflated : samples()) {
    const Bytes whole = inflate(deflated, kLimit);
    EXPECT_EQ(inflate(deflated, whole.size()), whole);
    EXPECT_NE(error_of([&] {
                inflate(deflated, whole.size() - 1);
              }).find("unpack to more than the " + std::to_string(whole.size() - 1) + " bytes"),
              std::string::npos);
    EXPECT_NE(error_of([&] { inflate(deflated, 0); }), "");
  }
}

TEST(Gunzip, HeaderWithAllFields) {
  EXPECT_EQ(to_text(gunzip(from_hex(kFullMember), kLimit)), kText);
  EXPECT_TRUE(is_gzip(from_hex(kFullMember)));
  EXPECT_FALSE(is_gzip(from_hex(kDynamic)));
  EXPECT_FALSE(is_gzip({}));
}

TEST(Gunzip, MembersAreJoinedAndPaddingIsSkipped) {
  const Bytes member = from_hex(kFullMember);
  EXPECT_EQ(to_text(gunzip(member + member + Bytes(512, 0), kLimit)), kText + kText);
  EXPECT_EQ(to_text(gunzip(member + Bytes(3, 0) + member, 2 * kText.size())), kText + kText);
  EXPECT_NE(error_of([&] { gunzip(member + member, 2 * kText.size() - 1); }), "");
  EXPECT_EQ(error_of([&] { gunzip(member + Bytes{'x'}, kLimit); }),
            "gunzip: byte 128 is neither the start of a member (1f 8b) nor zero padding");
}

// ---- wrong streams and rare ones ----------------------------------------------------------------

std::string inflate_error(const BitWriter& stream) {
  return error_of([&] { inflate(stream.bytes() + Bytes(16, 0), kLimit); });
}

TEST(Inflate, CopiesThatOverlap) {
  for (uint32_t distance = 1; distance <= 4; ++distance) {  // distance codes 0 to 3 say 1 to 4
    for (uint32_t length = 3; length <= 10; ++length) {     // symbols 257 to 264 say 3 to 10
      BitWriter stream = fixed_block();
      std::string expected;
      for (uint32_t i = 0; i < distance; ++i) {
        stream.fixed('a' + i);
        expected += static_cast<char>('a' + i);
      }
      stream.fixed(257 + length - 3).code(distance - 1, 5).fixed('!').fixed(256);
      for (uint32_t i = 0; i < length; ++i) expected += expected[expected.size() - distance];
      EXPECT_EQ(to_text(inflate(stream.bytes(), kLimit)), expected + '!');
    }
  }
}

TEST(Inflate, FarthestCopy) {
  // A stored block of 32768 bytes, then a copy from its very beginning (code 29: 24577 + 13 bits).
  Bytes window(32768);
  for (size_t i = 0; i < window.size(); ++i) window[i] = static_cast<uint8_t>(i * i >> 7);
  const Bytes header = from_hex("000080ff7f");
  const auto copy_from = [](uint32_t distance) {
    return fixed_block().fixed(285).code(29, 5).number(distance - 24577, 13).fixed(256).bytes();
  };
  EXPECT_EQ(inflate(header + window + copy_from(32768), kLimit),
            window + Bytes(window.begin(), window.begin() + 258));
  window.pop_back();
  EXPECT_EQ(
      error_of([&] {
        inflate(from_hex("00ff7f0080") + window + copy_from(32768), kLimit);
      }).substr(0, 87),
      "inflate: distance too far back: 32768 bytes, but only 32767 were unpacked, at byte 3277");
}

TEST(Inflate, BombStopsAtTheLimit) {
  BitWriter bomb = fixed_block().fixed(0);
  for (int i = 0; i < 100000; ++i) bomb.fixed(285).code(0, 5);  // 258 zeros each
  bomb.fixed(256);
  EXPECT_EQ(inflate(bomb.bytes(), uint64_t{1} << 62).size(), 25800001u);
  const std::string error = error_of([&] { inflate(bomb.bytes(), 1000000); });
  EXPECT_EQ(error,
            "inflate: the data unpack to more than the 1000000 bytes allowed; they are damaged, or "
            "the limit is too low");
}

TEST(Inflate, ErrorsSayWhatIsWrong) {
  EXPECT_EQ(inflate_error(BitWriter().number(7, 3)),
            "inflate: block type 3 is reserved, at byte 0");
  EXPECT_EQ(error_of([] { inflate(from_hex("010500faf068656c6c6f"), kLimit); }),
            "inflate: the length of a stored block, 5, contradicts its complement, at byte 1");
  EXPECT_EQ(error_of([] { inflate(from_hex(kStored) + Bytes(3, 9), kLimit); }),
            "inflate: 3 bytes follow the end of the stream at byte 10");
  EXPECT_EQ(inflate_error(fixed_block().fixed('a').fixed(257).code(1, 5)),
            "inflate: distance too far back: 2 bytes, but only 1 were unpacked, at byte 2");
  EXPECT_EQ(inflate_error(fixed_block().fixed('a').fixed(286)),
            "inflate: length code 286 is reserved, at byte 2");
  EXPECT_EQ(inflate_error(fixed_block().fixed('a').fixed(257).code(30, 5)),
            "inflate: distance code 30 is reserved, at byte 2");
}

TEST(Inflate, ErrorsInTheCodesOfABlock) {
  // The lengths of the code length code come in the order 16 17 18 0 8 7 9 ...
  const auto lengths = [](BitWriter stream, std::initializer_list<uint32_t> values) {
    for (const uint32_t value : values) stream.number(value, 3);
    return stream;
  };
  EXPECT_EQ(inflate_error(dynamic_block(287, 1, 4)),
            "inflate: too many codes, 287 for literals and lengths, 1 for distances, at byte 2");
  EXPECT_EQ(inflate_error(dynamic_block(257, 31, 4)),
            "inflate: too many codes, 257 for literals and lengths, 31 for distances, at byte 2");
  EXPECT_EQ(inflate_error(lengths(dynamic_block(257, 1, 4), {1, 1, 1, 0})),
            "inflate: over-subscribed code length code: too many codes of length 1");
  EXPECT_EQ(inflate_error(lengths(dynamic_block(257, 1, 4), {1, 2, 0, 0})),
            "inflate: incomplete code length code: some bit patterns stand for nothing");
  EXPECT_EQ(inflate_error(lengths(dynamic_block(257, 1, 4), {0, 0, 0, 1})),
            "inflate: incomplete code length code: some bit patterns stand for nothing");
  EXPECT_EQ(inflate_error(lengths(dynamic_block(257, 1, 4), {0, 0, 0, 0})),
            "inflate: bits that are no code length code, at byte 3");
  // Now symbol 16 has the code 0 and symbol 18 the code 1.
  const BitWriter repeats = lengths(dynamic_block(257, 1, 4), {1, 0, 1, 0});
  const auto zeros = [](BitWriter stream, uint32_t times) {
    return stream.code(1, 1).number(times - 11, 7);
  };
  EXPECT_EQ(inflate_error(BitWriter(repeats).code(0, 1)),
            "inflate: nothing to repeat before the first code length, at byte 3");
  EXPECT_EQ(inflate_error(zeros(zeros(repeats, 138), 121)),
            "inflate: a repeated code length runs past the last code, at byte 5");
  EXPECT_EQ(inflate_error(zeros(zeros(repeats, 138), 120)),
            "inflate: no code for the end of the block, at byte 5");
}

/// A block in which only the end has a code, of `length` bits; and a distance code of 1 bit.
BitWriter block_with_one_code(uint32_t length) {
  BitWriter stream = dynamic_block(257, 1, 18);
  // Code lengths: 18 (many zeros) has the code 0, 1 the code 10, 2 the code 11.
  for (const int symbol : {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1})
    stream.number(symbol == 18 ? 1 : symbol == 1 || symbol == 2 ? 2 : 0, 3);
  stream.code(0, 1).number(138 - 11, 7).code(0, 1).number(256 - 138 - 11, 7);
  return stream.code(length == 1 ? 2 : 3, 2).code(2, 2);
}

TEST(Inflate, OneCodeMayStandAloneIfItIsShort) {
  EXPECT_EQ(inflate(block_with_one_code(1).code(0, 1).bytes(), kLimit), Bytes());
  EXPECT_EQ(inflate_error(block_with_one_code(1).code(1, 1)),
            "inflate: bits that are no literal or length code, at byte 11");
  EXPECT_EQ(inflate_error(block_with_one_code(2)),
            "inflate: incomplete literal and length code: some bit patterns stand for nothing");
}

TEST(Gunzip, CopiesStayInTheirMember) {
  const Bytes member = from_hex(kFullMember);
  const Bytes header = from_hex("1f8b0800000000000003");
  const Bytes copy = fixed_block().fixed(257).code(0, 5).fixed(256).bytes();
  EXPECT_EQ(error_of([&] { gunzip(member + header + copy + Bytes(8, 0), kLimit); }),
            "inflate: distance too far back: 1 bytes, but only 0 were unpacked, at byte 139");
}

TEST(Gunzip, ErrorsSayWhatIsWrong) {
  const Bytes good = from_hex(kFullMember);
  const auto error_with = [&](size_t at, uint8_t byte) {
    Bytes bad = good;
    bad[at] = byte;
    return error_of([&] { gunzip(bad, kLimit); });
  };
  EXPECT_EQ(error_with(0, 0), "gunzip: not a gzip file: it does not begin with the bytes 1f 8b");
  EXPECT_EQ(error_with(2, 7), "gunzip: unknown compression method 7, expected 8 (DEFLATE)");
  EXPECT_EQ(error_with(3, 0x20), "gunzip: reserved flags are set in the header at byte 0");
  EXPECT_EQ(error_with(5, 0), "gunzip: CRC mismatch in the header at byte 0: the file is damaged");
  EXPECT_EQ(error_with(120, 0),
            "gunzip: CRC mismatch at byte 120: the file is damaged; get it again");
  EXPECT_EQ(
      error_with(124, 0),
      "gunzip: the file says that it unpacks to 0 bytes (modulo 2^32), but it unpacks to 194");
  EXPECT_EQ(error_of([] { gunzip({}, kLimit); }),
            "gunzip: not a gzip file: it does not begin with the bytes 1f 8b");
}

// ---- damage -------------------------------------------------------------------------------------

TEST(Inflate, EveryTruncationIsAnError) {
  for (const Bytes& whole : samples()) {
    for (size_t size = 0; size < whole.size(); ++size) {
      const Bytes part(whole.begin(), whole.begin() + static_cast<ptrdiff_t>(size));
      EXPECT_EQ(error_of([&] { inflate(part, kLimit); }),
                "inflate: the data are truncated: they end at byte " + std::to_string(size) +
                    " in the middle of a block");
    }
  }
  const Bytes whole = from_hex(kFullMember);
  for (size_t size = 2; size < whole.size(); ++size) {
    const Bytes part(whole.begin(), whole.begin() + static_cast<ptrdiff_t>(size));
    EXPECT_NE(error_of([&] { gunzip(part, kLimit); }).find("truncated"), std::string::npos) << size;
  }
}

/// How many single flipped bits leave the content as it was; every other one must be an Error.
int count_unnoticed_flips(const Bytes& good) {
  const Bytes content = gunzip(good, kLimit);
  int unnoticed = 0;
  for (size_t bit = 0; bit < 8 * good.size(); ++bit) {
    Bytes bad = good;
    bad[bit / 8] ^= static_cast<uint8_t>(1u << (bit % 8));
    try {
      EXPECT_EQ(gunzip(bad, kLimit), content) << "wrong content after flipping bit " << bit;
      ++unnoticed;
    } catch (const Error&) {
      continue;  // noticed, as it should be
    }
  }
  return unnoticed;
}

TEST(Gunzip, EveryFlippedBitIsNoticed) {
  // The stream ends in the middle of a byte, whose last bits stand for nothing.
  const int padding = 4;
  EXPECT_EQ(count_unnoticed_flips(from_hex(kFullMember)), padding);
  // Without FHCRC nothing protects the time, the extra flags, the system and the flag FTEXT.
  const Bytes plain = from_hex("1f8b080000f153650203") + from_hex(kDynamic) +
                      from_hex(kFullMember.substr(kFullMember.size() - 16));
  EXPECT_EQ(count_unnoticed_flips(plain), padding + 32 + 8 + 8 + 1);
}

TEST(Inflate, RandomDamageNeverDoesHarm) {
  std::mt19937 random(20240229);
  int accepted = 0, refused = 0;
  std::vector<Bytes> all = samples();
  all.push_back(from_hex(kFullMember));
  for (const Bytes& good : all) {
    for (int round = 0; round < 3000; ++round) {
      Bytes bad = good;
      for (uint32_t changes = 1 + random() % 4; changes > 0 && !bad.empty(); --changes) {
        const auto at = bad.begin() + static_cast<ptrdiff_t>(random() % bad.size());
        switch (random() % 4) {
          case 0:
            *at ^= static_cast<uint8_t>(1u << (random() % 8));
            break;
          case 1:
            *at = static_cast<uint8_t>(random());
            break;
          case 2:
            bad.insert(at, static_cast<uint8_t>(random()));
            break;
          default:
            bad.erase(at);
        }
      }
      try {
        const Bytes out = is_gzip(bad) ? gunzip(bad, 5000) : inflate(bad, 5000);
        ASSERT_LE(out.size(), 5000u);
        ++accepted;
      } catch (const Error&) {
        ++refused;
      }
    }
  }
  EXPECT_GT(accepted, 100);  // the loop does reach the far end
  EXPECT_GT(refused, 1000);
}

// ---- real files ---------------------------------------------------------------------------------

TEST(Gunzip, Mnist) {
  const char* data = std::getenv("CUTAWAY_DATA");
  if (data == nullptr || !is_folder(std::string(data) + "/mnist")) {
    GTEST_SKIP() << "CUTAWAY_DATA does not name a folder that holds mnist/";
  }
  const std::string folder = std::string(data) + "/mnist/";
  // Sizes: a header of 16 or 8 bytes and 28 x 28 or 1 bytes for each of 60000 or 10000 examples.
  EXPECT_EQ(gunzip(read_file(folder + "train-images-idx3-ubyte.gz"), 47040016).size(), 47040016u);
  EXPECT_EQ(gunzip(read_file(folder + "train-labels-idx1-ubyte.gz"), 60008).size(), 60008u);
  EXPECT_EQ(gunzip(read_file(folder + "t10k-images-idx3-ubyte.gz"), 7840016).size(), 7840016u);
  const Bytes labels = gunzip(read_file(folder + "t10k-labels-idx1-ubyte.gz"), 10008);
  EXPECT_EQ(labels.size(), 10008u);
  EXPECT_EQ(Bytes(labels.begin(), labels.begin() + 4), (Bytes{0, 0, 8, 1}));
  // python3 -c 'import gzip, zlib; print(hex(zlib.crc32(gzip.open(path).read())))'
  EXPECT_EQ(crc32(labels), 0x4AB9EFF9u);
}

}  // namespace
}  // namespace cutaway::io
