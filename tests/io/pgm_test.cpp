// SPDX-License-Identifier: MIT
#include "../../io/data/pgm.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "../../tensor/check.h"

namespace cutaway::io {
namespace {

using Bytes = std::vector<uint8_t>;

Bytes bytes_of(std::string_view text) { return Bytes(text.begin(), text.end()); }

GreyImage decode(std::string_view text) { return decode_pgm(bytes_of(text)); }

std::string error_of(std::string_view text) {
  try {
    decode(text);
  } catch (const Error& error) {
    return error.message();
  }
  return "no error";
}

TEST(Pgm, ReadsPixelsAsBytes) {
  const GreyImage image = decode(std::string_view("P5\n3 2\n255\n\x00\x01\x7f\x80\xfe\xff", 17));
  EXPECT_EQ(image.width, 3);
  EXPECT_EQ(image.height, 2);
  EXPECT_EQ(image.pixels, (Bytes{0, 1, 127, 128, 254, 255}));
}

TEST(Pgm, TheFirstPixelMayLookLikeWhiteSpace) {
  EXPECT_EQ(decode("P5 2 1 255\n\n#").pixels, (Bytes{'\n', '#'}));
}

TEST(Pgm, ReadsPixelsAsText) {
  const GreyImage image = decode("P2\n2 3 255\n0 1\n  2 3\t4\n255");
  EXPECT_EQ(image.width, 2);
  EXPECT_EQ(image.height, 3);
  EXPECT_EQ(image.pixels, (Bytes{0, 1, 2, 3, 4, 255}));
}

TEST(Pgm, SkipsComments) {
  EXPECT_EQ(decode("P2# magic\n#\n2# width\r1 # height\n#white:\n9\n9# first\n0").pixels,
            (Bytes{255, 0}));
  EXPECT_EQ(decode("P5\n# made by 12 hands\n1 1\n255\nA").pixels, (Bytes{'A'}));
}

TEST(Pgm, ScalesGreysToBytesAndRounds) {
  EXPECT_EQ(decode("P2 4 1 3\n0 1 2 3").pixels, (Bytes{0, 85, 170, 255}));
  EXPECT_EQ(decode("P2 3 1 1000\n1 2 1000").pixels, (Bytes{0, 1, 255}));  // 0.255, 0.51, 255
  EXPECT_EQ(decode("P5 3 1 15\n\x05\x0a\x0f").pixels, (Bytes{85, 170, 255}));
}

TEST(Pgm, ReadsTwoBytePixelsHighByteFirst) {
  const std::string_view text("P5 3 1 65535\n\x00\xff\x80\x00\xff\xff", 19);
  EXPECT_EQ(decode(text).pixels, (Bytes{1, 128, 255}));
}

TEST(Pgm, IgnoresWhatFollowsTheFirstImage) {
  EXPECT_EQ(decode("P5 1 1 255\nAP5 1 1 255\nB").pixels, (Bytes{'A'}));
}

TEST(Pgm, SaysWhatIsWrong) {
  const std::string no_magic = "PGM image: expected the file to begin with P2 or P5";
  EXPECT_EQ(error_of(""), no_magic);
  EXPECT_EQ(error_of("P"), no_magic);
  EXPECT_EQ(error_of("P6 1 1 255\nabc"), no_magic);
  EXPECT_EQ(error_of("P5"), "PGM image: truncated, the file ends before the width");
  EXPECT_EQ(error_of("P5 # 3 3"), "PGM image: truncated, the file ends before the width");
  EXPECT_EQ(error_of("P5 3 "), "PGM image: truncated, the file ends before the height");
  EXPECT_EQ(error_of("P5 3 3 255"), "PGM image: truncated, the file ends before the pixels");
  EXPECT_EQ(error_of("P5 -3 3 255\n"), "PGM image: expected the width, found byte 45");
  EXPECT_EQ(error_of("P5 0 3 255\n"), "PGM image: the width must be at least 1");
  EXPECT_EQ(error_of("P5 3 0 255\n"), "PGM image: the height must be at least 1");
  EXPECT_EQ(error_of("P5 3 3 0\n"), "PGM image: the value of white must be at least 1");
  EXPECT_EQ(error_of("P5 3 3 65536\n"), "PGM image: the value of white must be at most 65535");
  EXPECT_EQ(error_of("P5 99999999999999999999 3 255\n"),
            "PGM image: the width must be at most 2147483647");
  EXPECT_EQ(error_of("P5 1 1 255x"), "PGM image: expected white space before the pixels");
  EXPECT_EQ(error_of("P5 1 1 9\nA"), "PGM image: a pixel is 65 where white is 9");
  EXPECT_EQ(error_of("P2 1 1 9\n10"), "PGM image: a pixel must be at most 9");
  EXPECT_EQ(error_of("P2 2 1 9\n1 x"), "PGM image: expected a pixel, found byte 120");
  EXPECT_EQ(error_of("P2 2 1 9\n1  "), "PGM image: truncated, the file ends before a pixel");
}

TEST(Pgm, BelievesTheLengthOfTheFileAndNotItsHeader) {
  EXPECT_EQ(error_of("P5 2147483647 2147483647 255\nabc"),
            "PGM image: truncated, 2147483647 x 2147483647 pixels do not fit in the 3 bytes after "
            "the header");
  EXPECT_EQ(error_of("P5 2 2 256\nabcdefg"),
            "PGM image: truncated, 2 x 2 pixels do not fit in the 7 bytes after the header");
  EXPECT_EQ(error_of("P2 2 2 9\n1 2 3"),
            "PGM image: truncated, 2 x 2 pixels do not fit in the 5 bytes after the header");
}

TEST(Pgm, EveryTruncationIsAnError) {
  for (const std::string_view whole :
       {"P5\n# c\n3 2\n255\nabcdef", "P5 3 1 999\n\1\1\2\2\3\3", "P2\n#\n3 2 255\n1 2 3 4 5 6"}) {
    EXPECT_EQ(error_of(whole), "no error");
    for (size_t length = 0; length < whole.size(); ++length) {
      EXPECT_NE(error_of(whole.substr(0, length)), "no error") << whole << " cut at " << length;
    }
  }
}

TEST(Pgm, MutatedFilesGiveAnImageOrAnError) {
  std::mt19937 random(0);
  const std::string_view alphabet = "0123456789 \n#P\xff";
  int images = 0, errors = 0;
  for (const std::string_view whole :
       {"P5\n4 3\n255\nabcdefghijkl", "P2 4 2 255 1 2 3 4 5 6 7 8"}) {
    for (int trial = 0; trial < 20'000; ++trial) {
      Bytes bytes = bytes_of(whole);
      for (unsigned edits = 1 + random() % 4; edits > 0; --edits) {
        bytes[random() % bytes.size()] = static_cast<uint8_t>(alphabet[random() % alphabet.size()]);
      }
      try {
        const GreyImage image = decode_pgm(bytes);
        ASSERT_EQ(image.pixels.size(), static_cast<size_t>(image.width * image.height));
        ASSERT_LE(image.pixels.size(), bytes.size());
        ++images;
      } catch (const Error&) {
        ++errors;
      }
    }
  }
  EXPECT_GT(images, 1000);
  EXPECT_GT(errors, 1000);
}

TEST(Pgm, WritesWhatItReads) {
  const GreyImage image{3, 2, {0, 10, 13, 32, 35, 255}};
  const Bytes bytes = encode_pgm(image);
  EXPECT_EQ(bytes, bytes_of(std::string_view("P5\n3 2\n255\n\x00\x0a\x0d\x20\x23\xff", 17)));
  const GreyImage again = decode_pgm(bytes);
  EXPECT_EQ(again.width, 3);
  EXPECT_EQ(again.height, 2);
  EXPECT_EQ(again.pixels, image.pixels);
}

TEST(Pgm, RefusesToWriteAnImageOfTheWrongSize) {
  EXPECT_THROW(encode_pgm({2, 2, {1, 2, 3}}), ValueError);
  EXPECT_THROW(encode_pgm({0, 0, {}}), ValueError);
  EXPECT_THROW(encode_pgm({-1, -1, {1}}), ValueError);
  EXPECT_THROW(encode_pgm({INT64_MAX, 4, {1}}), ValueError);
}

}  // namespace
}  // namespace cutaway::io
