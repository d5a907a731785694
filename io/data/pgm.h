// SPDX-License-Identifier: MIT
//
// Portable grey maps, the simplest image file there is: a short text header, then the pixels as
// text ("P2") or as bytes ("P5"). Any image program writes them (`convert digit.png digit.pgm`).
//
// Promise: whatever the bytes, decode_pgm returns an image or throws Error saying what is wrong;
// it allocates nothing that the length of the input does not justify.
// PyTorch counterpart: torchvision.io.decode_image.
// Left out: colour (P3, P6), bitmaps (P1, P4), and all but the first image of a file.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "../../tensor/version.h"

namespace cutaway::inline v0_1::io {

struct GreyImage {
  int64_t width = 0;
  int64_t height = 0;
  std::vector<uint8_t> pixels;  // (height, width), 0 = black, 255 = white
};

/// Reads a P2 or P5 image; its greys, of up to 16 bits, are scaled to 0..255.
GreyImage decode_pgm(std::span<const uint8_t> bytes);

/// The image as the bytes of a P5 file.
std::vector<uint8_t> encode_pgm(const GreyImage& image);

}  // namespace cutaway::io
