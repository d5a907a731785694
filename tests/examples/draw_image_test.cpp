// SPDX-License-Identifier: MIT
#include "../../examples/shared/draw_image.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "../../tensor/check.h"

namespace cutaway::examples {
namespace {

using Bytes = std::vector<uint8_t>;

TEST(DrawImages, OneShadeStandsForTwoPixels) {
  const Bytes pixels = {0, 255, 255, 128, 52,  //
                        0, 255, 0,   128, 52};
  EXPECT_EQ(draw_images({{pixels, 5, 2}}), " @=+:\n");  // means 0, 255, 127.5, 128, 52
}

TEST(DrawImages, EveryShadeIsUsed) {
  Bytes pixels(512);
  for (size_t x = 0; x < 256; ++x) pixels[x] = pixels[256 + x] = static_cast<uint8_t>(x);
  std::string text = draw_images({{pixels, 256, 2}});
  text.erase(std::unique(text.begin(), text.end()), text.end());
  EXPECT_EQ(text, " .:-=+*#%@\n");
}

TEST(DrawImages, OddHeightsEndOnPaper) {
  EXPECT_EQ(draw_images({{Bytes{255, 255, 255}, 1, 3}}), "@\n=\n");
}

TEST(DrawImages, StandSideBySideWithCaptions) {
  const Bytes small(2 * 2, 255), large(3 * 4, 255);
  EXPECT_EQ(draw_images({{small, 2, 2, "a"}, {large, 3, 4, "bcde"}, {small, 2, 2}}),
            "a   bcd\n"
            "@@  @@@  @@\n"
            "    @@@\n");
  EXPECT_EQ(draw_images({}), "");
}

TEST(DrawImages, HalfBlocksColourUpperAndLowerPixel) {
  EXPECT_EQ(draw_images({{Bytes{0, 255, 128, 10}, 2, 2}}, Ink::half_blocks),
            "\x1b[38;5;232;48;5;244m\u2580\x1b[38;5;255;48;5;232m\u2580\x1b[0m\n");
}

TEST(DrawImages, RefuseASizeThatDoesNotFit) {
  const Bytes pixels(28 * 28 - 1);
  try {
    draw_images({{pixels}});
    FAIL();
  } catch (const ValueError& error) {
    EXPECT_EQ(error.message(), "draw_images: a picture of 28 x 28 has 783 pixels");
  }
  EXPECT_THROW(draw_images({{Bytes{}, 0, 0}}), ValueError);
  EXPECT_THROW(draw_images({{Bytes{1}, -1, -1}}), ValueError);
  EXPECT_THROW(draw_images({{Bytes{1}, INT64_MAX, 2}}), ValueError);
}

TEST(DrawConfusionMatrix, ShowsCountsAndRates) {
  const std::vector<int64_t> counts = {8, 2, 0,  //
                                       1, 5, 0,  //
                                       0, 0, 0};
  EXPECT_EQ(draw_confusion_matrix(counts, 3),
            "true\\pred      0      1      2  recall\n"
            "        0      8      2      .   80.0%\n"
            "        1      1      5      .   83.3%\n"
            "        2      .      .      .       -\n"
            "precision  88.9%  71.4%      -   81.3%\n");
}

TEST(DrawConfusionMatrix, WidensForLargeCounts) {
  EXPECT_EQ(draw_confusion_matrix(std::vector<int64_t>{123456789}, 1),
            "true\\pred         0  recall\n"
            "        0 123456789  100.0%\n"
            "precision    100.0%  100.0%\n");
}

TEST(DrawConfusionMatrix, RefusesASizeThatDoesNotFit) {
  const std::vector<int64_t> counts(99);
  try {
    draw_confusion_matrix(counts, 10);
    FAIL();
  } catch (const ValueError& error) {
    EXPECT_EQ(error.message(), "draw_confusion_matrix: expected 10 x 10 counts, got 99");
  }
  EXPECT_THROW(draw_confusion_matrix({}, 0), ValueError);
  EXPECT_THROW(draw_confusion_matrix(counts, -1), ValueError);
  EXPECT_THROW(draw_confusion_matrix(counts, INT64_MAX), ValueError);
}

}  // namespace
}  // namespace cutaway::examples
