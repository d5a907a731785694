// SPDX-License-Identifier: MIT
//
// MNIST: 60,000 handwritten digits to train on and 10,000 to test with, 28x28 grey pixels each
// (LeCun, Cortes and Burges, 1998). Fashion-MNIST and KMNIST come in files of the same form.
//
//     auto train = std::make_shared<io::MNIST>("data/mnist");
//     io::DataLoader loader(train, {.batch_size = 64, .shuffle = true});
//
// Data are float32 (N, 1, 28, 28) in [0, 1], targets int64 (N). Pixels are kept as the bytes of the
// file, 47 MB for the training set, and become floats batch by batch.
//
// PyTorch counterpart: torchvision.datasets.MNIST with transforms.ToTensor(), whose values these
// are bit for bit. Left out: downloading. Where there are no files, stroke_digits.h draws a
// stand-in.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "dataset.h"

namespace cutaway::inline v0_1::io {

class MNIST : public Dataset {
 public:
  static constexpr int64_t kSide = 28;

  /// Reads the images and labels of one half of MNIST: train-images-idx3-ubyte and
  /// train-labels-idx1-ubyte, or t10k-...; also with a dot, train-images.idx3-ubyte; compressed
  /// (.gz) or not. They lie in `folder`, in folder/mnist or, as with torchvision, in
  /// folder/MNIST/raw.
  explicit MNIST(const std::string& folder, bool train = true, Transform transform = {});

  /// Images that are already in memory: pixels (N, 28, 28), labels (N) in 0..9.
  static MNIST from_images(const std::vector<uint8_t>& pixels, const std::vector<uint8_t>& labels,
                           Transform transform = {});

  /// Whether the constructor would find a file of that half there, damaged or alone as it may be.
  static bool is_in(const std::string& folder, bool train = true);

  int64_t size() const override { return data_.size(0); }
  Example get(int64_t index) const override;
  Example get_batch(IntArrayRef indices) const override;

  /// All pixels, uint8 (N, 28, 28), and all labels, int64 (N).
  const Tensor& data() const { return data_; }
  const Tensor& targets() const { return targets_; }

 private:
  /// The names stand in error messages.
  MNIST(const Tensor& pixels, const std::string& pixels_name, const Tensor& labels,
        const std::string& labels_name, Transform transform);
  static MNIST from_files(const std::string& folder, bool train, Transform transform);

  Tensor data_;
  Tensor targets_;
  Transform transform_;
};

}  // namespace cutaway::io
