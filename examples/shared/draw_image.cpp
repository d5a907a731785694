// SPDX-License-Identifier: MIT
#include "draw_image.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "../../tensor/check.h"
#include "../../tensor/checked_math.h"

namespace cutaway::examples {
namespace {

constexpr std::string_view gap = "  ";  // between two pictures

/// The pixel, or paper below the last row of an image of odd height.
int pixel_at(const Picture& picture, int64_t y, int64_t x) {
  if (y >= picture.height) return 0;
  return picture.pixels[static_cast<size_t>(y * picture.width + x)];
}

// A character cell is about twice as high as wide, so it stands for two pixels.

void append_shade(std::string& line, int upper, int lower) {
  constexpr std::string_view ramp = " .:-=+*#%@";
  const size_t grey = static_cast<size_t>(upper + lower);  // 0..510
  line += ramp[grey * ramp.size() / 511];
}

void append_half_block(std::string& line, int upper, int lower) {
  // The 256-colour palette holds 24 greys, from 232 (nearly black) to 255 (nearly white).
  const auto palette = [](int grey) { return 232 + grey * 24 / 256; };
  line += join("\x1b[38;5;", palette(upper), ";48;5;", palette(lower), "m\u2580");
}

/// Row `y` of cells, that is pixel rows 2y and 2y + 1; blanks where the picture has ended.
void append_cells(std::string& line, const Picture& picture, int64_t y, Ink ink) {
  if (2 * y >= picture.height) {
    line.append(static_cast<size_t>(picture.width), ' ');
    return;
  }
  for (int64_t x = 0; x < picture.width; ++x) {
    const int upper = pixel_at(picture, 2 * y, x), lower = pixel_at(picture, 2 * y + 1, x);
    if (ink == Ink::shades) append_shade(line, upper, lower);
    if (ink == Ink::half_blocks) append_half_block(line, upper, lower);
  }
  if (ink == Ink::half_blocks) line += "\x1b[0m";  // back to the terminal's own colours
}

/// Shades leave blanks at the end of a line; text files are better without.
void end_line(std::string& text, std::string line) {
  line.resize(line.find_last_not_of(' ') + 1);
  text += line + "\n";
}

std::string pad_left(const std::string& text, size_t width) {
  return std::string(width - std::min(width, text.size()), ' ') + text;
}

/// "97.5%" of a whole, or "-" of nothing; rounded to a tenth, exactly, whatever the counts.
std::string percent(int64_t part, int64_t whole) {
  if (whole == 0) return "-";
  const double share = static_cast<double>(part) / static_cast<double>(whole);
  const int64_t tenths = static_cast<int64_t>(1000 * share + 0.5);
  return join(tenths / 10, ".", tenths % 10, "%");
}

}  // namespace

std::string draw_images(const std::vector<Picture>& pictures, Ink ink) {
  int64_t rows = 0;
  bool any_caption = false;
  for (const Picture& picture : pictures) {
    const std::optional<int64_t> area = checked_mul(picture.width, picture.height);
    check_value(picture.width > 0 && picture.height > 0 && area &&
                    static_cast<uint64_t>(*area) == picture.pixels.size(),
                "draw_images: a picture of ", picture.width, " x ", picture.height, " has ",
                picture.pixels.size(), " pixels");
    rows = std::max(rows, (picture.height + 1) / 2);
    any_caption = any_caption || !picture.caption.empty();
  }

  std::string text;
  if (any_caption) {
    std::string line;
    for (const Picture& picture : pictures) {
      std::string caption = picture.caption;
      caption.resize(static_cast<size_t>(picture.width), ' ');
      line += caption;
      line += gap;
    }
    end_line(text, line);
  }
  for (int64_t y = 0; y < rows; ++y) {
    std::string line;
    for (const Picture& picture : pictures) {
      append_cells(line, picture, y, ink);
      line += gap;
    }
    end_line(text, line);
  }
  return text;
}

std::string draw_confusion_matrix(std::span<const int64_t> counts, int64_t classes) {
  const std::optional<int64_t> cells = checked_mul(classes, classes);
  check_value(classes > 0 && cells && static_cast<uint64_t>(*cells) == counts.size(),
              "draw_confusion_matrix: expected ", classes, " x ", classes, " counts, got ",
              counts.size());
  const size_t n = static_cast<size_t>(classes);
  std::vector<int64_t> true_totals(n), predicted_totals(n);
  int64_t total = 0, right = 0;
  for (size_t i = 0; i < n; ++i) {
    for (size_t j = 0; j < n; ++j) {
      true_totals[i] += counts[i * n + j];
      predicted_totals[j] += counts[i * n + j];
      total += counts[i * n + j];
    }
    right += counts[i * n + i];
  }

  // One line: a heading, n columns, and the last column.
  const size_t heading = 9;  // "precision"
  size_t width = 6;          // "100.0%"
  for (const int64_t count : counts) width = std::max(width, join(count).size());
  std::string text;
  const auto add_line = [&](const std::string& first, const auto& column, const std::string& last) {
    text += pad_left(first, heading);
    for (size_t j = 0; j < n; ++j) text += join(" ", pad_left(column(j), width));
    text += join("  ", pad_left(last, 6), "\n");
  };
  add_line(
      "true\\pred", [](size_t j) { return join(j); }, "recall");
  for (size_t i = 0; i < n; ++i) {
    const auto count_or_dot = [&](size_t j) {
      const int64_t count = counts[i * n + j];
      return count == 0 ? "." : join(count);
    };
    add_line(join(i), count_or_dot, percent(counts[i * n + i], true_totals[i]));
  }
  const auto precision = [&](size_t j) { return percent(counts[j * n + j], predicted_totals[j]); };
  add_line("precision", precision, percent(right, total));
  return text;
}

}  // namespace cutaway::examples
