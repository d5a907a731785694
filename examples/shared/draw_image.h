// SPDX-License-Identifier: MIT
//
// Pictures in the terminal, as text to print: grey images side by side, and a confusion matrix.
//
//     std::cout << draw_images({{pixels, 28, 28, "label 7"}, {other, 28, 28, "label 2"}},
//                              Ink::shades);
//
// Shades are plain ASCII, fit for logs and README files; half blocks are finer, in 24 greys, and
// need a terminal with UTF-8 and 256 colours.
// PyTorch counterpart: none in torch itself; the examples use matplotlib.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace cutaway::examples {

struct Picture {
  std::span<const uint8_t> pixels;  // (height, width), 0 = dark, 255 = bright
  int64_t width = 28;
  int64_t height = 28;
  std::string caption = "";  // ASCII; cut where it is wider than the image
};

enum class Ink {
  shades,      // one character of " .:-=+*#%@" for two pixels, one above the other
  half_blocks  // one "▀" for two pixels, coloured as the upper before the lower
};

/// The pictures in one row, captions on top. Throws ValueError where a size does not fit its
/// pixels.
std::string draw_images(const std::vector<Picture>& pictures, Ink ink = Ink::shades);

/// counts: (C, C), rows are true classes and columns predictions. Adds the recall of each class,
/// the precision of each prediction and the accuracy.
std::string draw_confusion_matrix(std::span<const int64_t> counts, int64_t classes);

}  // namespace cutaway::examples
