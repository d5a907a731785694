// SPDX-License-Identifier: MIT
#include "training_run.h"

#include <cstdio>

#include "../../io/checkpoint.h"
#include "../../io/plot/line_plot.h"
#include "../../optim/adam.h"
#include "../../optim/sgd.h"
#include "../../tensor/check.h"
#include "../../tensor/factories.h"
#include "../../tensor/generator.h"

namespace cutaway::examples {
namespace {

std::string formatted(const char* format, double value) {
  char text[64];
  std::snprintf(text, sizeof text, format, value);
  return text;
}

/// The entries of `all` whose names begin with `prefix`, without it.
StateDict part_of(const StateDict& all, const std::string& prefix) {
  StateDict part;
  for (const auto& [name, tensor] : all) {
    if (name.starts_with(prefix)) part.insert(name.substr(prefix.size()), tensor);
  }
  return part;
}

/// Runs `read`, which takes a checkpoint apart; its errors get to know which file they are about.
template <class Read>
auto reading(const std::string& path, Read read) {
  try {
    return read();
  } catch (const Error& error) {
    cutaway::detail::fail<Error>(path, ": not a checkpoint of this program: ", error.message());
  }
}

void insert_all(StateDict& all, const std::string& prefix, const StateDict& part) {
  for (const auto& [name, tensor] : part) all.insert(prefix + name, tensor);
}

}  // namespace

std::unique_ptr<optim::Optimizer> Recipe::make_optimizer(
    const std::vector<Tensor>& parameters) const {
  if (optimizer == "adam")
    return std::make_unique<optim::Adam>(parameters, optim::AdamOptions{.lr = lr});
  return std::make_unique<optim::SGD>(parameters, optim::SGDOptions{.lr = lr});
}

void Recipe::take_over(const std::string& checkpoint, const CommandLine& flags) {
  const io::Checkpoint file = io::load_checkpoint(checkpoint, {.map = true});
  const Recipe saved = reading(checkpoint, [&] {
    Recipe recipe = {.seed = file.integer("seed"),
                     .batch_size = file.integer("batch_size"),
                     .optimizer = file.text("optimizer"),
                     .lr = file.number("lr"),
                     .shuffle = file.integer("shuffle") != 0,
                     .train_images = file.integer("train_images")};
    check((recipe.optimizer == "adam" || recipe.optimizer == "sgd") && recipe.seed >= 0 &&
              recipe.batch_size > 0 && recipe.lr >= 0 && recipe.train_images >= 0,
          "its settings make no sense");
    return recipe;
  });
  const auto refuse = [&](const char* flag, bool differs) {
    if (!flags.given(flag) || !differs) return;
    throw UsageError(join("--", flag, " cannot be changed when resuming: ", checkpoint,
                          " was trained with another value"));
  };
  refuse("seed", seed != saved.seed);
  refuse("batch-size", batch_size != saved.batch_size);
  refuse("optimizer", optimizer != saved.optimizer);
  refuse("lr", lr != saved.lr);
  refuse("no-shuffle", shuffle != saved.shuffle);
  refuse("train-images", train_images != saved.train_images);
  *this = saved;
}

std::string describe(const EpochResult& training, const EpochResult& testing) {
  return formatted("train_accuracy %.4f", training.accuracy) +
         formatted("  test_loss %.4f", testing.loss) +
         formatted("  test_accuracy %.4f", testing.accuracy);
}

void History::add(const EpochResult& training, const EpochResult& testing) {
  rows_.push_back({training, testing});
}

std::string History::csv() const {
  std::string text = "epoch,train_loss,train_accuracy,test_loss,test_accuracy\n";
  for (size_t i = 0; i < rows_.size(); ++i) {
    text += join(i + 1) + formatted(",%.6f", rows_[i].training.loss) +
            formatted(",%.4f", rows_[i].training.accuracy) +
            formatted(",%.6f", rows_[i].testing.loss) +
            formatted(",%.4f\n", rows_[i].testing.accuracy);
  }
  return text;
}

std::string History::svg() const {
  io::Series training{.name = "training"}, testing{.name = "test"};
  for (size_t i = 0; i < rows_.size(); ++i) {
    for (io::Series* series : {&training, &testing}) {
      series->x.push_back(static_cast<double>(i + 1));
    }
    training.y.push_back(rows_[i].training.loss);
    testing.y.push_back(rows_[i].testing.loss);
  }
  return io::line_plot({.title = "Loss", .x_label = "epoch", .y_label = "cross entropy"},
                       {training, testing});
}

Tensor History::to_tensor() const {
  std::vector<double> values;
  for (const Row& row : rows_) {
    for (const EpochResult& result : {row.training, row.testing}) {
      values.push_back(result.loss);
      values.push_back(result.accuracy);
    }
  }
  return tensor_from(values, {epochs(), 4});
}

History History::from_tensor(const Tensor& tensor) {
  check(tensor.dim() == 2 && tensor.size(1) == 4 && tensor.dtype() == kFloat64,
        "a history must be a float64 tensor of shape [epochs, 4], not ", tensor.sizes());
  History history;
  const double* values = tensor.data<double>();
  for (int64_t i = 0; i < tensor.size(0); ++i, values += 4) {
    history.add({values[0], values[1]}, {values[2], values[3]});
  }
  return history;
}

void save_run(const std::string& path, const Recipe& recipe, const nn::Module& model,
              const optim::Optimizer& optimizer, const History& history) {
  io::Checkpoint file;
  insert_all(file.tensors, "model.", model.state_dict());
  insert_all(file.tensors, "optimizer.", optimizer.state_dict());
  file.tensors.insert("rng_state", tensor_from(default_generator().get_state()));
  file.tensors.insert("history", history.to_tensor());
  file.metadata = {{"seed", join(recipe.seed)},
                   {"batch_size", join(recipe.batch_size)},
                   {"optimizer", recipe.optimizer},
                   {"lr", join(recipe.lr)},
                   {"shuffle", recipe.shuffle ? "1" : "0"},
                   {"train_images", join(recipe.train_images)}};
  io::save_checkpoint(path, file);
}

History resume_run(const std::string& path, const Recipe& recipe, nn::Module& model,
                   optim::Optimizer& optimizer) {
  const io::Checkpoint file = io::load_checkpoint(path);
  return reading(path, [&] {
    check(file.text("optimizer") == recipe.optimizer, "it was written by another optimizer");
    History history = History::from_tensor(file.tensors.at("history"));
    const Tensor& state = file.tensors.at("rng_state");
    const std::vector<uint8_t> rng_state(state.data<uint8_t>(),
                                         state.data<uint8_t>() + state.numel());
    model.load_state_dict(part_of(file.tensors, "model."));
    optimizer.load_state_dict(part_of(file.tensors, "optimizer."));
    default_generator().set_state(rng_state);
    return history;
  });
}

void load_model_of_run(const std::string& path, nn::Module& model) {
  const io::Checkpoint file = io::load_checkpoint(path);
  reading(path, [&] { model.load_state_dict(part_of(file.tensors, "model.")); });
}

std::string one_per_line(const std::vector<float>& losses) {
  std::string text;
  for (const float loss : losses) text += formatted("%.9g\n", static_cast<double>(loss));
  return text;
}

}  // namespace cutaway::examples
