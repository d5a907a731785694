// SPDX-License-Identifier: MIT
//
// The format: https://netpbm.sourceforge.net/doc/pgm.html
//
//     P5            magic: P2 = pixels as text, P5 = as bytes
//     # a comment
//     28 28         width and height
//     255           the value of white, at most 65535
//     <pixels>      P5: after one single white space; two bytes each, high first, if white > 255
#include "pgm.h"

#include <optional>
#include <string>

#include "../../tensor/check.h"
#include "../../tensor/checked_math.h"

namespace cutaway::inline v0_1::io {
namespace {

constexpr int64_t most_white = 65535;

bool is_space(uint8_t c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
bool is_digit(uint8_t c) { return c >= '0' && c <= '9'; }

/// Reads from the front of a span and never beyond its end.
class PgmReader {
 public:
  explicit PgmReader(std::span<const uint8_t> bytes) : rest_(bytes) {}

  size_t remaining() const { return rest_.size(); }

  uint8_t byte(const char* what) {
    check(!rest_.empty(), "PGM image: truncated, the file ends before ", what);
    const uint8_t first = rest_[0];
    rest_ = rest_.subspan(1);
    return first;
  }

  /// A decimal number in [least, most], after any white space and comments.
  int64_t number(const char* what, int64_t least, int64_t most) {
    skip_blanks();
    check(!rest_.empty(), "PGM image: truncated, the file ends before ", what);
    check(is_digit(rest_[0]), "PGM image: expected ", what, ", found byte ", rest_[0]);
    int64_t value = 0;
    while (!rest_.empty() && is_digit(rest_[0])) {
      value = 10 * value + (rest_[0] - '0');
      check(value <= most, "PGM image: ", what, " must be at most ", most);
      rest_ = rest_.subspan(1);
    }
    check(value >= least, "PGM image: ", what, " must be at least ", least);
    return value;
  }

 private:
  void skip_blanks() {
    bool in_comment = false;
    while (!rest_.empty() && (in_comment || rest_[0] == '#' || is_space(rest_[0]))) {
      if (rest_[0] == '#') in_comment = true;
      if (rest_[0] == '\n' || rest_[0] == '\r') in_comment = false;
      rest_ = rest_.subspan(1);
    }
  }

  std::span<const uint8_t> rest_;
};

}  // namespace

GreyImage decode_pgm(std::span<const uint8_t> bytes) {
  check(bytes.size() >= 2 && bytes[0] == 'P' && (bytes[1] == '2' || bytes[1] == '5'),
        "PGM image: expected the file to begin with P2 or P5");
  const bool as_text = bytes[1] == '2';
  PgmReader reader(bytes.subspan(2));

  constexpr int64_t most_side = INT32_MAX;
  GreyImage image;
  image.width = reader.number("the width", 1, most_side);
  image.height = reader.number("the height", 1, most_side);
  const int64_t white = reader.number("the value of white", 1, most_white);
  check(is_space(reader.byte("the pixels")), "PGM image: expected white space before the pixels");

  // The file must be long enough for its own header before anything is allocated. A pixel as text
  // takes a digit and a space; the last may lack the space.
  const std::optional<int64_t> count = checked_mul(image.width, image.height);
  const uint64_t bytes_each = as_text || white > 255 ? 2 : 1;
  const uint64_t room = (uint64_t{reader.remaining()} + (as_text ? 1 : 0)) / bytes_each;
  check(count && static_cast<uint64_t>(*count) <= room, "PGM image: truncated, ", image.width,
        " x ", image.height, " pixels do not fit in the ", reader.remaining(),
        " bytes after the header");

  image.pixels.resize(static_cast<size_t>(*count));
  for (uint8_t& pixel : image.pixels) {
    int64_t value;
    if (as_text) {
      value = reader.number("a pixel", 0, white);
    } else {
      value = reader.byte("a pixel");
      if (white > 255) value = 256 * value + reader.byte("a pixel");
      check(value <= white, "PGM image: a pixel is ", value, " where white is ", white);
    }
    pixel = static_cast<uint8_t>((255 * value + white / 2) / white);  // rounded
  }
  return image;
}

std::vector<uint8_t> encode_pgm(const GreyImage& image) {
  check_value(image.width > 0 && image.height > 0,
              "encode_pgm: width and height must be positive, ", "got ", image.width, " x ",
              image.height);
  const std::optional<int64_t> count = checked_mul(image.width, image.height);
  check_value(count && static_cast<uint64_t>(*count) == image.pixels.size(),
              "encode_pgm: ", image.width, " x ", image.height, " image with ", image.pixels.size(),
              " pixels");
  const std::string header = join("P5\n", image.width, " ", image.height, "\n255\n");
  std::vector<uint8_t> bytes(header.begin(), header.end());
  bytes.insert(bytes.end(), image.pixels.begin(), image.pixels.end());
  return bytes;
}

}  // namespace cutaway::io
