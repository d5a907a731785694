// SPDX-License-Identifier: MIT
#include "../../io/data/stroke_digits.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <thread>
#include <vector>

#include "../../tensor/check.h"

namespace cutaway::io {
namespace {

/// FNV-1a, 64 bits.
uint64_t checksum(const std::vector<uint8_t>& bytes) {
  uint64_t hash = 0xCBF29CE484222325u;
  for (const uint8_t byte : bytes) hash = (hash ^ byte) * 0x100000001B3u;
  return hash;
}

std::span<uint8_t, digit_pixels> image_at(std::vector<uint8_t>& pixels, int64_t i) {
  return std::span<uint8_t, digit_pixels>(pixels.data() + i * digit_pixels,
                                          static_cast<size_t>(digit_pixels));
}

// The same bytes on every compiler, processor and optimisation level, forever: trained models and
// documented accuracies depend on them.
TEST(StrokeDigits, AreTheCommittedBytes) {
  const DigitImages digits = draw_stroke_digits(500, 0);
  const std::vector<uint8_t> first(digits.labels.begin(), digits.labels.begin() + 10);
  EXPECT_EQ(first, (std::vector<uint8_t>{5, 0, 4, 8, 2, 1, 6, 5, 4, 6}));
  EXPECT_EQ(checksum(digits.labels), 1051430883978835633u);
  EXPECT_EQ(checksum(digits.pixels), 18200333317782627841u);
}

TEST(StrokeDigits, FewerImagesAreThePrefixOfMore) {
  const DigitImages few = draw_stroke_digits(20, 3), more = draw_stroke_digits(50, 3);
  ASSERT_EQ(few.pixels.size(), static_cast<size_t>(20 * digit_pixels));
  ASSERT_EQ(more.labels.size(), 50u);
  EXPECT_TRUE(std::equal(few.pixels.begin(), few.pixels.end(), more.pixels.begin()));
  EXPECT_TRUE(std::equal(few.labels.begin(), few.labels.end(), more.labels.begin()));
}

TEST(StrokeDigits, SeedsGiveDifferentImages) {
  DigitImages a = draw_stroke_digits(200, 0), b = draw_stroke_digits(200, 1);
  for (int64_t i = 0; i < 200; ++i) {
    for (int64_t j = 0; j < 200; ++j) {
      EXPECT_FALSE(std::ranges::equal(image_at(a.pixels, i), image_at(b.pixels, j)))
          << "image " << i << " of seed 0 is image " << j << " of seed 1";
    }
  }
}

TEST(StrokeDigits, DoNotDependOnTheThreadThatDrawsThem) {
  constexpr int64_t count = 200, threads = 4;
  const DigitImages alone = draw_stroke_digits(count, 7);
  DigitImages together{std::vector<uint8_t>(count * digit_pixels), std::vector<uint8_t>(count)};
  std::vector<std::thread> team;
  for (int64_t t = 0; t < threads; ++t) {
    team.emplace_back([&together, t] {
      for (int64_t i = t; i < count; i += threads) {
        together.labels[static_cast<size_t>(i)] =
            draw_stroke_digit(7, i, image_at(together.pixels, i));
      }
    });
  }
  for (std::thread& member : team) member.join();
  EXPECT_EQ(together.labels, alone.labels);
  EXPECT_EQ(together.pixels, alone.pixels);
}

TEST(StrokeDigits, ClassesAreBalanced) {
  std::array<int, 10> counts{};
  for (const uint8_t label : draw_stroke_digits(5000, 11).labels) {
    ASSERT_LT(label, 10);
    ++counts[label];
  }
  for (const int count : counts) EXPECT_NEAR(count, 500, 100);  // over 4 standard deviations
}

TEST(StrokeDigits, LookLikeMnist) {
  constexpr int64_t count = 1000;
  DigitImages digits = draw_stroke_digits(count, 5);
  double total = 0;
  for (int64_t i = 0; i < count; ++i) {
    const auto image = image_at(digits.pixels, i);
    double mass = 0, x_moment = 0, y_moment = 0;
    for (int64_t p = 0; p < digit_pixels; ++p) {
      const double ink = image[static_cast<size_t>(p)];
      mass += ink;
      x_moment += ink * static_cast<double>(p % digit_side);
      y_moment += ink * static_cast<double>(p / digit_side);
    }
    EXPECT_NEAR(x_moment / mass, 13.5, 4) << "image " << i;
    EXPECT_NEAR(y_moment / mass, 13.5, 4) << "image " << i;
    EXPECT_GT(std::ranges::max(image), 180) << "image " << i;
    EXPECT_GT(std::ranges::count(image, 0), digit_pixels / 3) << "image " << i;
    total += mass;
  }
  EXPECT_NEAR(total / (count * digit_pixels), 32, 3);  // MNIST: 33.3
}

/// The share of test images whose nearest training image shows the same digit.
double nearest_neighbour_accuracy(const DigitImages& train, const DigitImages& test) {
  const size_t side = static_cast<size_t>(digit_pixels);
  size_t right = 0;
  for (size_t i = 0; i < test.labels.size(); ++i) {
    int64_t nearest = INT64_MAX;
    uint8_t guess = 0;
    for (size_t j = 0; j < train.labels.size(); ++j) {
      int64_t distance = 0;
      for (size_t p = 0; p < side; ++p) {
        const int gap = test.pixels[i * side + p] - train.pixels[j * side + p];
        distance += gap * gap;
      }
      if (distance < nearest) nearest = distance, guess = train.labels[j];
    }
    right += guess == test.labels[i];
  }
  return static_cast<double>(right) / static_cast<double>(test.labels.size());
}

TEST(StrokeDigits, CanBeLearntFromExamples) {
  const double accuracy =
      nearest_neighbour_accuracy(draw_stroke_digits(1000, 0), draw_stroke_digits(200, 1));
  EXPECT_GT(accuracy, 0.8);
  EXPECT_LT(accuracy, 1.0);  // else there is nothing left to learn
}

TEST(StrokeDigits, RefuseNonsense) {
  EXPECT_TRUE(draw_stroke_digits(0, 0).pixels.empty());
  std::array<uint8_t, static_cast<size_t>(digit_pixels)> image;
  EXPECT_THROW(draw_stroke_digit(0, -1, image), ValueError);
  try {
    draw_stroke_digits(-1, 0);
    FAIL();
  } catch (const ValueError& error) {
    EXPECT_EQ(error.message(), "draw_stroke_digits: count must lie in [0, 10000000], got -1");
  }
  EXPECT_THROW(draw_stroke_digits(INT64_MAX, 0), ValueError);
}

}  // namespace
}  // namespace cutaway::io
