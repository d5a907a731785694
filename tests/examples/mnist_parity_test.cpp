// SPDX-License-Identifier: MIT
//
// The network of examples/mnist_mlp.cpp, trained by library calls, has PyTorch's numbers: the
// initial weights bit for bit, a hundred losses of SGD within 1e-5 and of Adam on shuffled images
// within 1e-4. tests/parity/mnist_against_pytorch.py wrote the fixture and explains it; it also
// compares the program itself with PyTorch where that is installed.
#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "../../autograd/autograd.h"
#include "../../io/checksum.h"
#include "../../io/io.h"
#include "../../nn/nn.h"
#include "../../optim/optim.h"
#include "../../tensor/all.h"
#include "../fixture_path.h"

namespace cutaway {
namespace {

constexpr int64_t kBatch = 64;

struct Net : nn::Module {
  std::shared_ptr<nn::Flatten> flatten = add_module("flatten", nn::Flatten());
  std::shared_ptr<nn::Linear> fc1 = add_module("fc1", nn::Linear(784, 256));
  std::shared_ptr<nn::ReLU> relu = add_module("relu", nn::ReLU());
  std::shared_ptr<nn::Linear> fc2 = add_module("fc2", nn::Linear(256, 10));

  Tensor forward(const Tensor& x) override { return (*fc2)((*relu)((*fc1)((*flatten)(x)))); }
};

/// The words after "KIND NAME" in the fixture.
std::vector<std::string> words_of(const std::string& kind, const std::string& name) {
  std::ifstream file(fixture_path("mnist_parity.txt"));
  for (std::string line; std::getline(file, line);) {
    std::istringstream words(line);
    std::string first, second, word;
    words >> first >> second;
    if (first != kind || second != name) continue;
    std::vector<std::string> rest;
    while (words >> word) rest.push_back(word);
    return rest;
  }
  ADD_FAILURE() << "mnist_parity.txt has no line '" << kind << " " << name << "'";
  return {};
}

/// The losses of the first steps of one epoch, as many as the fixture has.
std::vector<float> train(const std::shared_ptr<const io::Dataset>& digits, bool with_adam,
                         size_t steps) {
  manual_seed(0);
  Net net;
  std::unique_ptr<optim::Optimizer> optimizer;
  if (with_adam) {
    optimizer = std::make_unique<optim::Adam>(net.parameters(), optim::AdamOptions{.lr = 1e-3});
  } else {
    optimizer = std::make_unique<optim::SGD>(net.parameters(), optim::SGDOptions{.lr = 0.1});
  }
  const io::DataLoader loader(digits, {.batch_size = kBatch, .shuffle = with_adam});
  nn::CrossEntropyLoss loss_function;
  std::vector<float> losses;
  for (const io::Example& batch : loader) {
    optimizer->zero_grad();
    const Tensor loss = loss_function(net(batch.data), batch.target);
    loss.backward();
    optimizer->step();
    losses.push_back(loss.item<float>());
    if (losses.size() == steps) break;
  }
  return losses;
}

void expect_the_losses_of_pytorch(const std::shared_ptr<const io::Dataset>& digits,
                                  const std::string& name, bool with_adam, double bound) {
  const std::vector<std::string> expected = words_of("losses", name);
  ASSERT_EQ(expected.size(), 100u);
  const std::vector<float> losses = train(digits, with_adam, expected.size());
  ASSERT_EQ(losses.size(), expected.size());
  for (size_t step = 0; step < losses.size(); ++step) {
    const double difference =
        std::abs(static_cast<double>(losses[step]) - std::strtod(expected[step].c_str(), nullptr));
    ASSERT_LE(difference, bound) << "at step " << step + 1 << " PyTorch's loss is "
                                 << expected[step] << ", ours " << losses[step];
  }
}

/// What the script makes of torch.manual_seed(1): images that mean nothing, and their labels.
std::shared_ptr<io::Dataset> noise() {
  manual_seed(1);
  const int64_t count = 100 * kBatch;
  const Tensor images = rand({count, 1, 28, 28}) - 0.5;
  return std::make_shared<io::TensorDataset>(images, randint(10, {count}));
}

/// MNIST where it is on disk, else null.
std::shared_ptr<io::Dataset> mnist() {
  const char* const folder = std::getenv("CUTAWAY_DATA");
  if (folder == nullptr || !io::MNIST::is_in(folder)) return nullptr;
  return std::make_shared<io::MNIST>(folder);
}
constexpr const char* kNoMnist = "set CUTAWAY_DATA to a folder that holds mnist/ to run this test";

TEST(MnistParity, InitialWeightsAreThoseOfPyTorchBitForBit) {
  manual_seed(0);
  const Net net;
  uint32_t crc = 0;
  for (const auto& [name, parameter] : net.named_parameters()) {
    const std::vector<std::string> expected = words_of("bits", name);
    ASSERT_EQ(expected.size(), static_cast<size_t>(std::min<int64_t>(parameter.numel(), 128)));
    const float* values = parameter.data<float>();
    for (size_t i = 0; i < expected.size(); ++i) {
      uint32_t bits = 0;
      std::from_chars(expected[i].data(), expected[i].data() + expected[i].size(), bits, 16);
      ASSERT_EQ(std::bit_cast<uint32_t>(values[i]), bits) << name << ", element " << i;
    }
    crc = io::crc32({reinterpret_cast<const uint8_t*>(values),
                     static_cast<size_t>(parameter.numel()) * sizeof(float)},
                    crc);
  }
  const std::vector<std::string> expected = words_of("crc", "initial");
  ASSERT_EQ(expected.size(), 1u);
  EXPECT_EQ(std::to_string(crc), expected[0]);
}

TEST(MnistParity, SgdOnNoiseHasTheLossesOfPyTorch) {
  expect_the_losses_of_pytorch(noise(), "noise.sgd", /*with_adam=*/false, 1e-5);
}

TEST(MnistParity, AdamOnShuffledNoiseHasTheLossesOfPyTorch) {
  expect_the_losses_of_pytorch(noise(), "noise.adam", /*with_adam=*/true, 1e-4);
}

TEST(MnistParity, SgdOnMnistHasTheLossesOfPyTorch) {
  const std::shared_ptr<io::Dataset> digits = mnist();
  if (digits == nullptr) GTEST_SKIP() << kNoMnist;
  expect_the_losses_of_pytorch(digits, "mnist.sgd", /*with_adam=*/false, 1e-5);
}

TEST(MnistParity, AdamOnShuffledMnistHasTheLossesOfPyTorch) {
  const std::shared_ptr<io::Dataset> digits = mnist();
  if (digits == nullptr) GTEST_SKIP() << kNoMnist;
  expect_the_losses_of_pytorch(digits, "mnist.adam", /*with_adam=*/true, 1e-4);
}

}  // namespace
}  // namespace cutaway
