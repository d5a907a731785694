// SPDX-License-Identifier: MIT
#include "mnist.h"

#include <utility>

#include "../../tensor/check.h"
#include "../../tensor/factories.h"
#include "../../tensor/parallel.h"
#include "../file.h"
#include "idx.h"

namespace cutaway::inline v0_1::io {
namespace {

constexpr int64_t kPixels = MNIST::kSide * MNIST::kSide;
constexpr int64_t kClasses = 10;
/// Enough for two million images, and not enough for a file made to fill the memory.
constexpr uint64_t kMaxIdxBytes = uint64_t{3} << 29;

/// The path of images ("images", "idx3") or labels ("labels", "idx1") in or below `folder`; empty
/// where there is none.
std::string find(const std::string& folder, bool train, const char* what, const char* form) {
  for (const char* below : {"", "/MNIST/raw", "/mnist"}) {
    for (const char* separator : {"-", "."}) {
      for (const char* compressed : {"", ".gz"}) {
        std::string path = join(folder, below, "/", train ? "train" : "t10k", "-", what, separator,
                                form, "-ubyte", compressed);
        if (exists(path)) return path;
      }
    }
  }
  return "";
}

std::string find_images(const std::string& folder, bool train) {
  return find(folder, train, "images", "idx3");
}
std::string find_labels(const std::string& folder, bool train) {
  return find(folder, train, "labels", "idx1");
}

void check_found(const std::string& path, const std::string& folder, const std::string& name) {
  if (!path.empty()) return;
  cutaway::detail::fail<IoError>(
      "cannot find '", folder, "/", name, ".gz', which is part of MNIST (expected that file, or ",
      name, "). Get the four files from https://ossci-datasets.s3.amazonaws.com/mnist/ and put ",
      "them into '", folder, "'.");
}

}  // namespace

MNIST::MNIST(const std::string& folder, bool train, Transform transform)
    : MNIST(from_files(folder, train, std::move(transform))) {}

MNIST MNIST::from_files(const std::string& folder, bool train, Transform transform) {
  const std::string half = train ? "train" : "t10k";
  const std::string images = find_images(folder, train);
  check_found(images, folder, half + "-images-idx3-ubyte");
  const std::string labels = find_labels(folder, train);
  check_found(labels, folder, half + "-labels-idx1-ubyte");
  return MNIST(read_idx(images, kMaxIdxBytes), images, read_idx(labels, kMaxIdxBytes), labels,
               std::move(transform));
}

MNIST MNIST::from_images(const std::vector<uint8_t>& pixels, const std::vector<uint8_t>& labels,
                         Transform transform) {
  const auto count = static_cast<int64_t>(labels.size());
  const auto found = static_cast<int64_t>(pixels.size());
  check_value(found % kPixels == 0 && found / kPixels == count, "MNIST::from_images: expected ",
              count, " x 28 x 28 pixels for ", count, " labels, found ", found, " pixels");
  return MNIST(tensor_from(pixels, {count, kSide, kSide}), "pixels", tensor_from(labels), "labels",
               std::move(transform));
}

MNIST::MNIST(const Tensor& pixels, const std::string& pixels_name, const Tensor& labels,
             const std::string& labels_name, Transform transform)
    : data_(pixels), transform_(std::move(transform)) {
  check(pixels.dtype() == kUInt8 && pixels.dim() == 3 && pixels.size(1) == kSide &&
            pixels.size(2) == kSide,
        pixels_name, ": expected uint8 images of shape [N, 28, 28], found ",
        name_of(pixels.dtype()), " of shape ", pixels.sizes());
  check(labels.dtype() == kUInt8 && labels.dim() == 1, labels_name,
        ": expected uint8 labels of shape [N], found ", name_of(labels.dtype()), " of shape ",
        labels.sizes());
  check(pixels.size(0) == labels.size(0), labels_name, ": expected ", pixels.size(0),
        " labels, one for each image in ", pixels_name, ", found ", labels.size(0));
  const uint8_t* label = labels.data<uint8_t>();
  for (int64_t i = 0; i < labels.numel(); ++i) {
    check(label[i] < kClasses, labels_name, ": expected labels 0 to 9, found ", label[i],
          " at index ", i);
  }
  targets_ = labels.to(kInt64);
}

bool MNIST::is_in(const std::string& folder, bool train) {
  return !find_images(folder, train).empty() || !find_labels(folder, train).empty();
}

Example MNIST::get(int64_t index) const {
  const Example batch = get_batch(index);
  return {batch.data.select(0, 0), batch.target.select(0, 0)};
}

Example MNIST::get_batch(IntArrayRef indices) const {
  for (int64_t index : indices) {
    check_index(index >= 0 && index < size(), "index ", index, " is out of range for ", size(),
                " images");
  }
  Tensor data = empty({indices.size(), 1, kSide, kSide}, kFloat32);
  Tensor target = empty(indices.size(), kInt64);
  float* to = data.data<float>();
  int64_t* to_target = target.data<int64_t>();
  const uint8_t* from = data_.data<uint8_t>();
  const int64_t* from_target = targets_.data<int64_t>();

  constexpr int64_t kGrain = 64;  // images, about 10 us of work
  parallel_for(0, indices.size(), kGrain, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; ++i) {
      const uint8_t* image = from + indices[i] * kPixels;
      float* image_to = to + i * kPixels;
      // Divided, not multiplied by 1 / 255, which would round some values differently.
      for (int64_t p = 0; p < kPixels; ++p) image_to[p] = static_cast<float>(image[p]) / 255.0f;
      to_target[i] = from_target[indices[i]];
    }
  });
  return {transform_ ? transform_(data) : data, target};
}

}  // namespace cutaway::io
