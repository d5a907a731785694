// SPDX-License-Identifier: MIT
//
// Handwritten-looking digits drawn by code: the stand-in for MNIST where the real files are not on
// disk. 28x28 grey images, 0 = paper, 255 = ink, the digit about 20 pixels high and centred by its
// mass, as MNIST's are.
//
//     io::DigitImages train = io::draw_stroke_digits(10'000, /*seed=*/0);
//     io::DigitImages test = io::draw_stroke_digits(2'000, /*seed=*/1);  // another seed!
//
// Promise: image i depends on (seed, i) alone, so the bytes are the same on every platform, with
// any number of threads, and the first n images are the same whatever the count.
//
// How hard they are: from 10,000 of them an MLP (784-256-10, Adam, five epochs) learns about 97 %,
// a linear classifier about 88 %. A score here is not a score on MNIST; say so where you print one.
// PyTorch counterpart: torchvision.datasets.FakeData, except that there is something to learn.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "../../tensor/version.h"

namespace cutaway::inline v0_1::io {

constexpr int64_t digit_side = 28;
constexpr int64_t digit_pixels = digit_side * digit_side;

struct DigitImages {
  std::vector<uint8_t> pixels;  // (N, 28, 28)
  std::vector<uint8_t> labels;  // (N), each 0..9
};

/// The first `count` images of the endless sequence named by `seed`; at most ten million.
DigitImages draw_stroke_digits(int64_t count, uint64_t seed);

/// Draws image `index` of that sequence into `pixels` and returns its label. Safe to call from
/// several threads at once.
uint8_t draw_stroke_digit(uint64_t seed, int64_t index, std::span<uint8_t, digit_pixels> pixels);

}  // namespace cutaway::io
