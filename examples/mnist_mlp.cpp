// SPDX-License-Identifier: MIT
//
// MNIST, end to end: load handwritten digits, train a multi-layer perceptron on them, test it, save
// it, look at what it gets wrong.
//
//     make mnist                                   train for 5 epochs
//     make mnist ARGS='--epochs 10 --lr 0.002'     other settings; see ARGS=--help
//     make mnist ARGS='--epochs 0'                 only write the model as it is before training
//     make mnist ARGS='--resume build/out/mnist_mlp/mnist_mlp.ckpt --epochs 10'
//     make mnist ARGS='--predict build/out/mnist_mlp/digit.pgm'
//
// Read it from the bottom: main() names the program's flags, train() is the story, and the
// functions above it are its chapters. What it shares with other examples is in shared/.
//
// PyTorch counterpart: pytorch/examples/mnist/main.py.
#include <algorithm>
#include <cstdio>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "../autograd/autograd.h"
#include "../io/io.h"
#include "../nn/nn.h"
#include "../optim/optim.h"
#include "../tensor/all.h"
#include "shared/command_line.h"
#include "shared/draw_image.h"
#include "shared/progress_bar.h"
#include "shared/training_run.h"

using namespace cutaway;
using namespace cutaway::examples;

namespace {

// ---- The model ----

/// (N, 1, 28, 28) -> (N, 784) -> (N, 256) -> (N, 10): a score for each digit.
struct Net : nn::Module {
  std::shared_ptr<nn::Flatten> flatten = add_module("flatten", nn::Flatten());
  std::shared_ptr<nn::Linear> fc1 = add_module("fc1", nn::Linear(784, 256));
  std::shared_ptr<nn::ReLU> relu = add_module("relu", nn::ReLU());
  std::shared_ptr<nn::Linear> fc2 = add_module("fc2", nn::Linear(256, 10));

  Tensor forward(const Tensor& x) override { return (*fc2)((*relu)((*fc1)((*flatten)(x)))); }
};

// ---- The data ----

struct Digits {
  std::shared_ptr<io::MNIST> train, test;
};

/// The first `count` digits of a set.
io::MNIST first_of(const io::MNIST& all, int64_t count) {
  const uint8_t* pixels = all.data().data<uint8_t>();
  const int64_t* labels = all.targets().data<int64_t>();
  return io::MNIST::from_images({pixels, pixels + count * io::digit_pixels},
                                {labels, labels + count});
}

/// MNIST from the folder, or, where nobody asked for a folder and none is found, drawn digits. Of
/// the training set only the first `train_images`; 0 means all.
Digits load_digits(const std::string& folder, bool folder_was_asked_for, int64_t train_images) {
  const auto limited = [&](int64_t count) {
    return train_images == 0 ? count : std::min(count, train_images);
  };
  if (folder_was_asked_for || io::MNIST::is_in(folder)) {
    std::cout << "Data: MNIST in " << folder << "\n";
    auto train = std::make_shared<io::MNIST>(folder, true);
    auto test = std::make_shared<io::MNIST>(folder, false);
    check(train->size() > 0 && test->size() > 0, folder,
          ": expected images to train on and to test with, found ", train->size(), " and ",
          test->size());
    if (limited(train->size()) < train->size()) *train = first_of(*train, train_images);
    return {train, test};
  }
  std::cout
      << "Data: no MNIST in '" << folder
      << "', so this run uses digits drawn by code (easier than MNIST: not comparable).\n"
         "      For the real data put the four files of https://ossci-datasets.s3.amazonaws.com/"
         "mnist/\n      (train-images-idx3-ubyte.gz, ...) into data/mnist, or say --data DIR.\n";
  const auto draw = [](int64_t count, uint64_t seed) {
    const io::DigitImages digits = io::draw_stroke_digits(count, seed);
    return std::make_shared<io::MNIST>(io::MNIST::from_images(digits.pixels, digits.labels));
  };
  return {draw(limited(12000), 1), draw(2000, 2)};
}

/// The pixels of one image, as they are drawn in the terminal.
Picture picture_of(const io::MNIST& digits, int64_t i, const std::string& caption) {
  const Tensor image = digits.data().select(0, i);
  return {.pixels = {image.data<uint8_t>(), static_cast<size_t>(image.numel())},
          .caption = caption};
}

// ---- Training and testing ----

/// One pass over the training data. Returns the mean loss and the share of right answers, both as
/// they were while the model was learning.
EpochResult train_epoch(Net& net, optim::Optimizer& optimizer, const io::DataLoader& loader,
                        ProgressBar& bar, std::vector<float>* losses) {
  nn::CrossEntropyLoss loss_function;
  net.train();
  int64_t right = 0, seen = 0;
  for (const io::Example& batch : loader) {
    optimizer.zero_grad();
    const Tensor scores = net(batch.data);                    // (N, 10)
    const Tensor loss = loss_function(scores, batch.target);  // 0-d
    loss.backward();
    optimizer.step();

    const int64_t count = batch.target.numel();
    right += scores.argmax(1).eq(batch.target).sum().item<int64_t>();
    seen += count;
    bar.advance(count, loss.item<double>());
    if (losses != nullptr) losses->push_back(loss.item<float>());
  }
  return {bar.mean_loss(), static_cast<double>(right) / static_cast<double>(seen)};
}

struct TestResult {
  EpochResult mean;
  std::vector<int64_t> confusion;  // (10, 10): row true digit, column answer
  std::vector<int64_t> wrong;      // numbers of the images answered wrongly
  std::vector<int64_t> answers;    // one per image
};

TestResult test(Net& net, const std::shared_ptr<io::MNIST>& digits) {
  const NoGrad guard;
  net.eval();
  TestResult result;
  result.confusion.resize(100, 0);
  double loss_sum = 0;
  const io::DataLoader loader(digits, {.batch_size = 1000});
  for (const io::Example& batch : loader) {
    const Tensor scores = net(batch.data);
    loss_sum += nn::functional::cross_entropy(scores, batch.target, {.reduction = Reduction::Sum})
                    .item<double>();
    const Tensor answers = scores.argmax(1);
    for (int64_t i = 0; i < answers.numel(); ++i) {
      const int64_t answer = answers.data<int64_t>()[i], truth = batch.target.data<int64_t>()[i];
      ++result.confusion[static_cast<size_t>(truth * 10 + answer)];
      if (answer != truth) result.wrong.push_back(static_cast<int64_t>(result.answers.size()));
      result.answers.push_back(answer);
    }
  }
  const double count = static_cast<double>(digits->size());
  result.mean = {loss_sum / count, 1 - static_cast<double>(result.wrong.size()) / count};
  return result;
}

// ---- Looking at it ----

void show_data(const Digits& digits) {
  std::cout << "      " << digits.train->size() << " images to train on, " << digits.test->size()
            << " to test with\n";
  std::vector<Picture> first;
  for (int64_t i = 0; i < std::min<int64_t>(4, digits.train->size()); ++i) {
    first.push_back(
        picture_of(*digits.train, i, join("label ", digits.train->targets()[i].item<int64_t>())));
  }
  std::cout << draw_images(first) << "\n";
}

void show_model(Net& net) {
  std::cout << "Model: " << net.repr() << "\n";
  int64_t total = 0;
  for (const auto& [name, parameter] : net.named_parameters()) {
    std::printf("  %-12s %-12s %8lld\n", name.c_str(), to_string(parameter.sizes()).c_str(),
                static_cast<long long>(parameter.numel()));
    total += parameter.numel();
  }
  std::printf("  %-12s %-12s %8lld parameters\n\n", "total", "", static_cast<long long>(total));
  std::fflush(stdout);
}

void show_mistakes(const TestResult& result, const io::MNIST& digits) {
  std::cout << "\nConfusion matrix of the test images:\n"
            << draw_confusion_matrix(result.confusion, 10);
  std::vector<Picture> pictures;
  for (size_t i = 0; i < result.wrong.size() && i < 4; ++i) {
    const int64_t image = result.wrong[i];
    pictures.push_back(picture_of(digits, image,
                                  join("is ", digits.targets()[image].item<int64_t>(),
                                       ", answered ", result.answers[static_cast<size_t>(image)])));
  }
  if (!pictures.empty()) std::cout << "\nSome wrong answers:\n" << draw_images(pictures);
}

/// The first test image as a file, so that --predict has something to try.
void write_example_image(const io::MNIST& digits, const std::string& path) {
  const Tensor image = digits.data().select(0, 0);
  const uint8_t* pixels = image.data<uint8_t>();
  io::write_file_atomically(
      path, io::encode_pgm({.width = 28, .height = 28, .pixels = {pixels, pixels + 784}}));
}

// ---- The programs ----

struct Settings {
  Recipe recipe;
  int64_t epochs, workers;
  std::string data, out, resume, losses;
  bool data_was_given;
};

void train(Settings settings) {
  Recipe& recipe = settings.recipe;
  const std::string checkpoint = settings.out + "/mnist_mlp.ckpt";
  const Digits digits = load_digits(settings.data, settings.data_was_given, recipe.train_images);
  show_data(digits);

  manual_seed(static_cast<uint64_t>(recipe.seed));
  Net net;
  const std::unique_ptr<optim::Optimizer> optimizer = recipe.make_optimizer(net.parameters());
  History history;
  if (!settings.resume.empty()) {
    history = resume_run(settings.resume, recipe, net, *optimizer);
    std::cout << "Resuming after epoch " << history.epochs() << " of " << settings.resume << "\n";
  }
  show_model(net);

  std::vector<float> losses;
  const auto save = [&] {
    save_run(checkpoint, recipe, net, *optimizer, history);
    io::write_file_atomically(settings.out + "/history.csv", history.csv());
    io::write_file_atomically(settings.out + "/loss.svg", history.svg());
    if (!settings.losses.empty()) io::write_file_atomically(settings.losses, one_per_line(losses));
  };
  io::create_folder(settings.out);
  write_example_image(*digits.test, settings.out + "/digit.pgm");
  save();  // so that there is always something to resume, and an error of the disk comes early

  const io::DataLoader loader(digits.train, {.batch_size = recipe.batch_size,
                                             .shuffle = recipe.shuffle,
                                             .num_workers = settings.workers});
  const double start = seconds_now();
  for (int64_t epoch = history.epochs() + 1; epoch <= settings.epochs; ++epoch) {
    ProgressBar bar(std::cout, join("epoch ", epoch, "/", settings.epochs), digits.train->size(),
                    style_for(stdout));
    const EpochResult training =
        train_epoch(net, *optimizer, loader, bar, settings.losses.empty() ? nullptr : &losses);
    const EpochResult testing = test(net, digits.test).mean;
    bar.finish(describe(training, testing));
    history.add(training, testing);
    save();
  }
  const double seconds = seconds_now() - start;

  const TestResult result = test(net, digits.test);
  show_mistakes(result, *digits.test);
  std::cout << "\nWrote " << checkpoint << ", history.csv, loss.svg and digit.pgm beside it.\n"
            << "Try --predict " << settings.out << "/digit.pgm\n";
  std::printf("test_accuracy=%.4f test_loss=%.6f train_seconds=%.1f seed=%lld\n",
              result.mean.accuracy, result.mean.loss, seconds, static_cast<long long>(recipe.seed));
}

io::GreyImage read_image(const std::string& path) {
  const std::vector<uint8_t> bytes = io::read_file(path);
  io::GreyImage image;
  try {
    image = io::decode_pgm(bytes);
  } catch (const Error& error) {  // it does not know the path
    throw Error(path + ": " + error.message());
  }
  check_value(image.width == 28 && image.height == 28, path,
              ": expected an image of 28 x 28 pixels, light on dark, got ", image.width, " x ",
              image.height, ". Scale it first, for example with: convert IN -resize 28x28! ", path);
  return image;
}

void predict(const std::string& image_path, const std::string& checkpoint) {
  Net net;
  load_model_of_run(checkpoint, net);
  const io::GreyImage image = read_image(image_path);
  std::cout << draw_images({{.pixels = image.pixels, .caption = ""}});

  const NoGrad guard;
  net.eval();
  const Tensor pixels = tensor_from(image.pixels, {1, 1, 28, 28}).to(kFloat32) / 255;
  const Tensor probabilities = net(pixels).log_softmax(1).exp()[0];  // (10)
  for (int64_t digit = 0; digit < 10; ++digit) {
    const double p = probabilities[digit].item<double>();
    std::cout << digit << "  " << std::string(static_cast<size_t>(p * 50 + 0.5), '#') << "\n";
  }
  const int64_t answer = probabilities.argmax().item<int64_t>();
  std::printf("digit=%lld probability=%.4f\n", static_cast<long long>(answer),
              probabilities[answer].item<double>());
}

void run(CommandLine& flags) {
  Settings settings;
  Recipe& recipe = settings.recipe;
  settings.epochs = flags.epochs(5);
  recipe.seed = flags.seed();
  recipe.batch_size = flags.integer("batch-size", 64, "images per step", {.min = 1});
  recipe.optimizer = flags.text("optimizer", "adam", "adam or sgd");
  recipe.lr = flags.real("lr", 1e-3, "learning rate", {.min = 0});
  recipe.train_images =
      flags.integer("train-images", 0, "train on the first N images only, 0 for all", {.min = 0});
  recipe.shuffle = !flags.on("no-shuffle", "take the images in their order, every epoch");
  settings.workers = flags.integer("workers", 0, "threads that prepare batches", {.min = 0});
  const int64_t threads = flags.threads();
  settings.data = flags.data_directory();
  settings.data_was_given = flags.given("data");
  settings.out = flags.out_directory();
  settings.resume = flags.text("resume", "", "go on from this checkpoint");
  settings.losses = flags.text("losses", "", "write the loss of every step to this file");
  const std::string image = flags.text("predict", "", "classify this PGM image, and stop");
  flags.finish();
  if (recipe.optimizer != "adam" && recipe.optimizer != "sgd") {
    throw UsageError("--optimizer must be adam or sgd, not '" + recipe.optimizer + "'");
  }
  if (!settings.resume.empty() && image.empty()) recipe.take_over(settings.resume, flags);
  if (threads > 0) set_num_threads(static_cast<int>(threads));

  if (image.empty()) {
    train(settings);
  } else {
    predict(image, settings.resume.empty() ? settings.out + "/mnist_mlp.ckpt" : settings.resume);
  }
}

}  // namespace

int main(int argc, char** argv) {
  return run_program(argc, argv,
                     "Trains a multi-layer perceptron on MNIST, or classifies an image.", run);
}
