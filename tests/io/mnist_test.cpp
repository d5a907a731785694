// SPDX-License-Identifier: MIT
//
// MNIST and TensorDataset: values as PyTorch's ToTensor gives them, damaged sets are refused with
// the name of the file, and the real files, where they are on disk, hold what is known of them.
#include "../../io/data/mnist.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <numeric>
#include <vector>

#include "../../io/data/stroke_digits.h"
#include "../../io/file.h"
#include "../../tensor/factories.h"
#include "../../tensor/parallel.h"
#include "temporary_folder.h"

namespace cutaway::io {
namespace {

constexpr int64_t kPixels = 28 * 28;

/// Images whose pixel p of image i is (i + p) mod 256, with label i mod 10.
MNIST counting_images(int64_t count, Transform transform = {}) {
  std::vector<uint8_t> pixels;
  std::vector<uint8_t> labels;
  for (int64_t i = 0; i < count; ++i) {
    for (int64_t p = 0; p < kPixels; ++p) pixels.push_back(static_cast<uint8_t>(i + p));
    labels.push_back(static_cast<uint8_t>(i % 10));
  }
  return MNIST::from_images(pixels, labels, std::move(transform));
}

/// The bytes of an IDX file of type uint8.
Bytes idx_file(std::vector<uint8_t> sizes, const Bytes& data) {
  Bytes bytes = {0, 0, 8, static_cast<uint8_t>(sizes.size())};
  for (uint8_t size : sizes) bytes.insert(bytes.end(), {0, 0, 0, size});
  bytes.insert(bytes.end(), data.begin(), data.end());
  return bytes;
}

TEST(Mnist, BatchesAreThoseOfToTensor) {
  const MNIST images = counting_images(300);
  EXPECT_EQ(images.size(), 300);
  const Example batch = images.get_batch({299, 0, 17, 0});
  EXPECT_EQ(batch.data.dtype(), kFloat32);
  EXPECT_EQ(to_string(batch.data.sizes()), "[4, 1, 28, 28]");
  EXPECT_EQ(batch.target.dtype(), kInt64);
  EXPECT_EQ(to_string(batch.target.sizes()), "[4]");
  const int64_t order[] = {299, 0, 17, 0};
  for (int64_t n = 0; n < 4; ++n) {
    EXPECT_EQ(batch.target.data<int64_t>()[n], order[n] % 10);
    for (int64_t p = 0; p < kPixels; ++p) {
      // All 256 greys occur; x * (1 / 255) would differ from x / 255 in some of them.
      const auto grey = static_cast<float>((order[n] + p) % 256);
      ASSERT_EQ(batch.data.data<float>()[n * kPixels + p], grey / 255.0f);
    }
  }
}

TEST(Mnist, OneExampleIsAnImage) {
  const Example example = counting_images(20).get(13);
  EXPECT_EQ(to_string(example.data.sizes()), "[1, 28, 28]");
  EXPECT_EQ(example.target.dim(), 0);
  EXPECT_EQ(example.target.item<int64_t>(), 3);
  EXPECT_EQ(example.data.data<float>()[2], 15.0f / 255.0f);
}

TEST(Mnist, ManyThreadsMakeTheSameBatch) {
  const MNIST images = counting_images(500);
  std::vector<int64_t> indices(500);
  std::iota(indices.rbegin(), indices.rend(), 0);
  const int threads = get_num_threads();
  set_num_threads(1);
  const Example one = images.get_batch(indices);
  set_num_threads(4);
  const Example four = images.get_batch(indices);
  set_num_threads(threads);
  const float* data = one.data.data<float>();
  EXPECT_TRUE(std::equal(data, data + one.data.numel(), four.data.data<float>()));
  EXPECT_EQ(four.target.data<int64_t>()[0], 9);
}

TEST(Mnist, TransformSeesBatches) {
  std::vector<int64_t> batch_sizes;
  const MNIST images = counting_images(5, [&](const Tensor& data) {
    EXPECT_EQ(data.dim(), 4);
    batch_sizes.push_back(data.size(0));
    return data.flatten(1);
  });
  EXPECT_EQ(to_string(images.get_batch({1, 2, 3}).data.sizes()), "[3, 784]");
  EXPECT_EQ(to_string(images.get(4).data.sizes()), "[784]");
  EXPECT_EQ(batch_sizes, (std::vector<int64_t>{3, 1}));
}

TEST(Mnist, TakesGeneratedDigits) {
  const DigitImages digits = draw_stroke_digits(50, 3);
  const MNIST images = MNIST::from_images(digits.pixels, digits.labels);
  EXPECT_EQ(images.size(), 50);
  EXPECT_EQ(images.data().data<uint8_t>()[12345], digits.pixels[12345]);
  EXPECT_EQ(images.targets().data<int64_t>()[49], digits.labels[49]);
}

TEST(Mnist, RefusesWrongIndicesAndImages) {
  const MNIST images = counting_images(5);
  EXPECT_THROW(images.get(5), IndexError);
  EXPECT_THROW(images.get_batch({0, -1}), IndexError);
  EXPECT_EQ(error_of([&] { images.get(5); }), "index 5 is out of range for 5 images");
  EXPECT_EQ(error_of([] { MNIST::from_images(Bytes(kPixels), Bytes(2)); }),
            "MNIST::from_images: expected 2 x 28 x 28 pixels for 2 labels, found 784 pixels");
  EXPECT_EQ(error_of([] { MNIST::from_images(Bytes(kPixels), Bytes{10}); }),
            "labels: expected labels 0 to 9, found 10 at index 0");
}

TEST(Mnist, FindsItsFiles) {
  const Bytes images = idx_file({2, 28, 28}, Bytes(2 * kPixels, 51));
  const Bytes labels = idx_file({2}, {7, 9});
  for (const char* below : {"", "mnist/", "MNIST/raw/"}) {
    for (const char* separator : {"-", "."}) {
      const TemporaryFolder folder;
      create_folder(folder.file(below));
      EXPECT_FALSE(MNIST::is_in(folder.path()));
      folder.put(join(below, "train-images", separator, "idx3-ubyte"), images);
      EXPECT_TRUE(MNIST::is_in(folder.path()));
      folder.put(join(below, "train-labels", separator, "idx1-ubyte"), labels);
      EXPECT_FALSE(MNIST::is_in(folder.path(), /*train=*/false));
      const MNIST set(folder.path());
      EXPECT_EQ(set.size(), 2);
      EXPECT_EQ(set.get(1).target.item<int64_t>(), 9);
      EXPECT_EQ(set.get(1).data.data<float>()[0], 0.2f);
    }
  }
}

TEST(Mnist, NamesTheFileThatIsWrong) {
  const TemporaryFolder folder;
  const std::string& path = folder.path();
  const auto message = [&] { return error_of([&] { MNIST set(path, /*train=*/false); }); };
  EXPECT_EQ(message(), "cannot find '" + path +
                           "/t10k-images-idx3-ubyte.gz', which is part of MNIST (expected that "
                           "file, or t10k-images-idx3-ubyte). Get the four files from "
                           "https://ossci-datasets.s3.amazonaws.com/mnist/ and put them into '" +
                           path + "'.");
  const std::string images = folder.put("t10k-images-idx3-ubyte", idx_file({2, 28, 28}, Bytes(5)));
  EXPECT_EQ(message().find("cannot find '" + path + "/t10k-labels-idx1-ubyte.gz'"), 0u);
  const std::string labels = folder.put("t10k-labels-idx1-ubyte", idx_file({2}, {1, 2}));
  EXPECT_EQ(message(), images +
                           ": expected 2 x 28 x 28 = 1568 bytes of data, found 5; the file is "
                           "truncated, get it again");
  folder.put("t10k-images-idx3-ubyte", idx_file({2, 3, 4}, Bytes(24)));
  EXPECT_EQ(message(), images +
                           ": expected uint8 images of shape [N, 28, 28], found uint8 of shape "
                           "[2, 3, 4]");
  folder.put("t10k-images-idx3-ubyte", idx_file({2, 28, 28}, Bytes(2 * kPixels)));
  folder.put("t10k-labels-idx1-ubyte", idx_file({3}, {1, 2, 3}));
  EXPECT_EQ(message(),
            labels + ": expected 2 labels, one for each image in " + images + ", found 3");
  folder.put("t10k-labels-idx1-ubyte", idx_file({2}, {9, 10}));
  EXPECT_EQ(message(), labels + ": expected labels 0 to 9, found 10 at index 1");
  folder.put("t10k-labels-idx1-ubyte", idx_file({2, 1}, {9, 1}));
  EXPECT_EQ(message(),
            labels + ": expected uint8 labels of shape [N], found uint8 of shape [2, 1]");
}

TEST(Mnist, RealFiles) {
  const char* folder = std::getenv("CUTAWAY_DATA");
  if (folder == nullptr || !MNIST::is_in(folder)) {
    GTEST_SKIP() << "no MNIST in $CUTAWAY_DATA (the folder that holds mnist/)";
  }
  const MNIST train(folder);
  const MNIST test(folder, /*train=*/false);
  EXPECT_EQ(train.size(), 60000);
  EXPECT_EQ(test.size(), 10000);
  EXPECT_EQ(train.get(0).target.item<int64_t>(), 5);
  EXPECT_EQ(test.get(0).target.item<int64_t>(), 7);

  // The numbers every MNIST script normalises with.
  double sum = 0;
  double sum_of_squares = 0;
  const uint8_t* pixels = train.data().data<uint8_t>();
  for (int64_t i = 0; i < train.data().numel(); ++i) {
    sum += pixels[i];
    sum_of_squares += pixels[i] * pixels[i];
  }
  const auto count = static_cast<double>(train.data().numel());
  const double mean = sum / count;
  EXPECT_NEAR(mean / 255, 0.1307, 5e-5);
  EXPECT_NEAR(std::sqrt(sum_of_squares / count - mean * mean) / 255, 0.3081, 5e-5);

  std::vector<int64_t> per_digit(10, 0);
  for (int64_t i = 0; i < 60000; ++i) {
    ++per_digit[static_cast<size_t>(train.targets().data<int64_t>()[i])];
  }
  EXPECT_EQ(per_digit,
            (std::vector<int64_t>{5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949}));
}

TEST(TensorDataset, GivesRows) {
  const Tensor data = tensor({{1.0, 2.0}, {3.0, 4.0}, {5.0, 6.0}});
  const Tensor target = tensor({10, 20, 30});
  const TensorDataset set(data, target, [](const Tensor& x) { return x.mul(2); });
  EXPECT_EQ(set.size(), 3);
  const Example batch = set.get_batch({2, 0});
  EXPECT_EQ(to_string(batch.data.sizes()), "[2, 2]");
  EXPECT_EQ(batch.data[0][1].item<float>(), 12);
  EXPECT_EQ(batch.data[1][0].item<float>(), 2);
  EXPECT_EQ(batch.target[0].item<int64_t>(), 30);
  EXPECT_EQ(set.get(1).data[1].item<float>(), 8);
  EXPECT_EQ(set.get(1).target.item<int64_t>(), 20);
  EXPECT_THROW(set.get(3), IndexError);
  EXPECT_EQ(error_of([&] {
              TensorDataset(data, tensor({1, 2}));
            }),
            "Size mismatch between tensors: 3 rows of data and 2 of targets");
  EXPECT_THROW(TensorDataset(scalar_tensor(1), scalar_tensor(1)), ValueError);
}

TEST(Dataset, StacksExamplesByDefault) {
  struct Squares : Dataset {
    int64_t size() const override { return 10; }
    Example get(int64_t index) const override {
      return {tensor({index, index * index}), scalar_tensor(index, kInt64)};
    }
  };
  const Example batch = Squares().get_batch({3, 9});
  EXPECT_EQ(to_string(batch.data.sizes()), "[2, 2]");
  EXPECT_EQ(batch.data[1][1].item<int64_t>(), 81);
  EXPECT_EQ(to_string(batch.target.sizes()), "[2]");
  EXPECT_EQ(batch.target[0].item<int64_t>(), 3);
}

}  // namespace
}  // namespace cutaway::io
