// SPDX-License-Identifier: MIT
//
// The program examples/mnist_mlp.cpp and bad files: damaged and foreign data sets and checkpoints,
// places that cannot be written to. Each ends it with one line and status 1, and leaves no trace.
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "../../io/checkpoint.h"
#include "../../io/checksum.h"
#include "../../io/data/stroke_digits.h"
#include "../../tensor/all.h"
#include "program_run.h"

namespace cutaway::examples {
namespace {

using io::Bytes;
using io::TemporaryFolder;
namespace fs = std::filesystem;

void expect_refusal(const std::string& fragment, const Arguments& arguments,
                    const std::string& out) {
  examples::expect_refusal(1, fragment, "mnist_mlp", arguments, out);
}

// ---- A data set ----

/// The bytes of an IDX file of bytes.
Bytes idx(const std::vector<uint8_t>& sizes, const Bytes& elements) {
  Bytes bytes = {0, 0, 8, static_cast<uint8_t>(sizes.size())};
  for (const uint8_t size : sizes) bytes.insert(bytes.end(), {0, 0, 0, size});
  bytes.insert(bytes.end(), elements.begin(), elements.end());
  return bytes;
}

/// The same as a .gz file, of one block that is not compressed (RFC 1951, section 3.2.4).
Bytes gzip(const Bytes& bytes) {
  const auto append = [](Bytes& to, uint64_t value, int count) {
    for (int i = 0; i < count; ++i) to.push_back(static_cast<uint8_t>(value >> (8 * i)));
  };
  Bytes file = {0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255, 1};
  append(file, bytes.size(), 2);
  append(file, ~bytes.size(), 2);
  file.insert(file.end(), bytes.begin(), bytes.end());
  append(file, io::crc32(bytes), 4);
  append(file, bytes.size(), 4);
  return file;
}

Bytes first_bytes(Bytes bytes, size_t count) {
  bytes.resize(count);
  return bytes;
}

class MnistMlpRefusal : public testing::Test {
 protected:
  static constexpr uint8_t kTrain = 40, kTest = 20;

  MnistMlpRefusal() {
    put_half("train", kTrain, 1);
    put_half("t10k", kTest, 2);
  }
  void put_half(const std::string& half, uint8_t count, uint64_t seed) {
    const io::DigitImages digits = io::draw_stroke_digits(count, seed);
    data_.put(half + "-images-idx3-ubyte.gz", gzip(idx({count, 28, 28}, digits.pixels)));
    data_.put(half + "-labels-idx1-ubyte", idx({count}, digits.labels));
  }
  /// Puts bad bytes in the place of a file, holds the program to its refusal, and heals the set.
  void expect_refused(const std::string& name, const Bytes& bad, const std::string& fragment) {
    const Bytes good = io::read_file(data_.file(name));
    data_.put(name, bad);
    expect_refusal(data_.file(name) + ": " + fragment, {"--data", data_.path()},
                   folder_.file("out"));
    data_.put(name, good);
  }
  Bytes file(const std::string& name) const { return io::read_file(data_.file(name)); }

  TemporaryFolder data_, folder_;
  const std::string train_images_ = "train-images-idx3-ubyte.gz";
  const std::string train_labels_ = "train-labels-idx1-ubyte";
  const std::string test_labels_ = "t10k-labels-idx1-ubyte";
};

TEST_F(MnistMlpRefusal, TrainsOnWhatIsInTheFolder) {
  const Arguments arguments = {"--data", data_.path(), "--epochs",
                               "1",      "--out",      folder_.file("out")};
  const Ended all = run("mnist_mlp", arguments);
  EXPECT_NE(result_of(all), "");
  EXPECT_NE(all.out.find("40 images to train on, 20 to test with"), std::string::npos) << all.out;
  const Ended some = run("mnist_mlp", arguments + Arguments{"--train-images", "30"});
  EXPECT_NE(some.out.find("30 images to train on, 20 to test with"), std::string::npos) << some.out;
  EXPECT_NE(result_of(some), result_of(all));
}

// ---- Bad data sets ----

TEST_F(MnistMlpRefusal, OfDamagedFiles) {
  const Bytes images = file(train_images_), labels = file(train_labels_);
  for (const size_t length : {size_t{5}, size_t{400}, images.size() - 1}) {
    expect_refused(train_images_, first_bytes(images, length), "");
  }
  Bytes flipped = images;
  flipped[images.size() / 2] ^= 0x40;
  expect_refused(train_images_, flipped, "gunzip: CRC mismatch");
  for (const size_t length : {size_t{0}, size_t{3}, size_t{6}, labels.size() - 1}) {
    expect_refused(train_labels_, first_bytes(labels, length), "");
  }
  Bytes not_idx = labels;
  not_idx[0] = 1;
  expect_refused(train_labels_, not_idx, "not an IDX file");
  Bytes other_rank = labels;
  other_rank[3] = 17;
  expect_refused(train_labels_, other_rank, "expected 1 to ");
  expect_refused(train_labels_, idx({40, 1}, Bytes(40)), "expected uint8 labels of shape [N]");
  expect_refused(train_images_, gzip(idx({40, 2, 2}, Bytes(160))),
                 "expected uint8 images of shape [N, 28, 28]");
}

TEST_F(MnistMlpRefusal, OfSetsThatDoNotFitTogether) {
  expect_refused(train_labels_, idx({39}, Bytes(39)), "expected 40 labels, one for each image in");
  expect_refused(test_labels_, idx({21}, Bytes(21)), "expected 20 labels, one for each image in");
  Bytes wrong = file(test_labels_);
  wrong[8 + 7] = 10;
  expect_refused(test_labels_, wrong, "expected labels 0 to 9, found 10 at index 7");
  // Files that are each in order, but there are no images in them.
  data_.put(train_images_, gzip(idx({0, 28, 28}, {})));
  data_.put(train_labels_, idx({0}, {}));
  expect_refusal(data_.path() + ": expected images to train on and to test with",
                 {"--data", data_.path()}, folder_.file("out"));
}

TEST_F(MnistMlpRefusal, OfMissingFiles) {
  const std::string out = folder_.file("out");
  expect_refusal(folder_.file("none"), {"--data", folder_.file("none")}, out);
  expect_refusal("train-images-idx3-ubyte", {"--data", folder_.path()}, out);
  fs::remove(data_.file(test_labels_));
  expect_refusal(data_.file(test_labels_), {"--data", data_.path()}, out);
}

// ---- Bad checkpoints ----

TEST_F(MnistMlpRefusal, OfDamagedAndForeignCheckpoints) {
  const Ended trained =
      run("mnist_mlp", {"--data", data_.path(), "--epochs", "1", "--out", folder_.file("trained")});
  ASSERT_NE(result_of(trained), "");
  const std::string checkpoint = folder_.file("trained/mnist_mlp.ckpt");
  const auto refused = [&](const std::string& path, const std::string& fragment) {
    expect_refusal(fragment, {"--resume", path, "--data", data_.path()}, folder_.file("out"));
  };
  refused(folder_.file("missing.ckpt"), folder_.file("missing.ckpt"));
  const Bytes whole = io::read_file(checkpoint);
  for (const size_t length : {size_t{0}, size_t{63}, size_t{64}, whole.size() - 1}) {
    const auto end = whole.begin() + static_cast<std::ptrdiff_t>(length);
    refused(folder_.put("short.ckpt", Bytes(whole.begin(), end)), "short.ckpt");
  }
  for (const size_t place :
       {size_t{0}, size_t{20}, size_t{100}, whole.size() / 2, whole.size() - 1}) {
    Bytes altered = whole;
    altered[place] ^= 0x10;
    refused(folder_.put("altered.ckpt", altered), "altered.ckpt");
  }
  refused(folder_.file("trained/digit.pgm"), "digit.pgm");

  const std::string foreign = folder_.file("foreign.ckpt");
  const auto refused_changed = [&](const std::function<void(io::Checkpoint&)>& change,
                                   const std::string& fragment) {
    io::Checkpoint file = io::load_checkpoint(checkpoint);
    change(file);
    io::save_checkpoint(foreign, file);
    refused(foreign, fragment);
  };
  const std::string start = "foreign.ckpt: not a checkpoint of this program: ";
  refused_changed([](auto& file) { file.metadata.clear(); },
                  start + "the checkpoint has no metadata 'seed'");
  refused_changed([](auto& file) { file.metadata["lr"] = "fast"; }, start);
  refused_changed([](auto& file) { file.metadata["optimizer"] = "lion"; }, start);
  refused_changed([](auto& file) { file.metadata["batch_size"] = "0"; }, start);
  refused_changed([](auto& file) { file.metadata["optimizer"] = "sgd"; }, start);
  refused_changed([](auto& file) { file.tensors = StateDict(); }, start);
  refused_changed(
      [](auto& file) {
        file.tensors.insert("history", zeros({2, 3}, kFloat64));
      },
      start);
  refused_changed([](auto& file) { file.tensors.insert("rng_state", zeros({9}, kUInt8)); }, start);
  refused_changed([](auto& file) { file.tensors.insert("rng_state", zeros({5056})); }, start);
  refused_changed(
      [](auto& file) {
        file.tensors.insert("model.fc1.weight", zeros({2, 2}));
      },
      start + "Error(s) in loading state_dict for Net: size mismatch for fc1.weight");
  refused_changed([](auto& file) { file.tensors.insert("model.fc3.bias", zeros({2})); },
                  start + "Error(s) in loading state_dict for Net: Unexpected key(s)");
}

// ---- Bad places to write to ----

TEST_F(MnistMlpRefusal, OfPlacesItCannotWriteTo) {
  const Arguments arguments = {"--data", data_.path()};
  const std::string file = folder_.put("file", Bytes{1});
  expect_refusal("cannot create the folder '" + file + "'", arguments, file);
  expect_refusal("cannot create the folder '" + file, arguments, file + "/below");
  EXPECT_EQ(fs::file_size(file), 1u);
  // The losses are written after training too, but a bad path is noticed before.
  const Ended ended =
      run("mnist_mlp", arguments + Arguments{"--out", folder_.file("out"), "--losses",
                                             folder_.file("none/losses.txt")});
  EXPECT_EQ(ended.status, 1);
  EXPECT_EQ(std::ranges::count(ended.err, '\n'), 1) << ended.err;
  EXPECT_EQ(ended.out.find("epoch 1"), std::string::npos) << ended.out;
}

TEST_F(MnistMlpRefusal, OfAFolderWithoutPermission) {
  if (::geteuid() == 0) GTEST_SKIP() << "root may write everywhere; run this as another user";
  const std::string out = folder_.file("read_only");
  fs::create_directory(out);
  fs::permissions(out, fs::perms::owner_read | fs::perms::owner_exec);
  expect_refusal(out, {"--data", data_.path()}, out);
  fs::permissions(out, fs::perms::owner_all);
}

}  // namespace
}  // namespace cutaway::examples
