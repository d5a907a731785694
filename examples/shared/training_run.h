// SPDX-License-Identifier: MIT
//
// What a training run must remember to be interrupted and continued: how it is done (Recipe), what
// came out so far (History), and one checkpoint with the model, the optimizer and the state of the
// random numbers. A resumed run gives the numbers of one that was never interrupted.
//
// PyTorch counterpart: the dict that tutorials pass to torch.save (epoch, model_state_dict,
// optimizer_state_dict, loss).
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "../../nn/module.h"
#include "../../optim/optimizer.h"
#include "command_line.h"

namespace cutaway::examples {

/// The settings that decide a run's numbers. A resumed run must have the same.
struct Recipe {
  int64_t seed = 0;
  int64_t batch_size = 64;
  std::string optimizer = "adam";  // or "sgd"
  double lr = 1e-3;
  bool shuffle = true;
  int64_t train_images = 0;  // train on the first so many; 0: on all

  std::unique_ptr<optim::Optimizer> make_optimizer(const std::vector<Tensor>& parameters) const;
  /// Takes the settings of the run that wrote `checkpoint`. Throws UsageError where a flag that was
  /// given says otherwise.
  void take_over(const std::string& checkpoint, const CommandLine& flags);
};

/// Means over a data set.
struct EpochResult {
  double loss = 0;
  double accuracy = 0;  // 0 to 1
};

/// "train_accuracy 0.9712  test_loss 0.0912  test_accuracy 0.9701"
std::string describe(const EpochResult& training, const EpochResult& testing);

/// The results of all epochs so far.
class History {
 public:
  void add(const EpochResult& training, const EpochResult& testing);
  int64_t epochs() const { return static_cast<int64_t>(rows_.size()); }
  /// A line of names, then a line per epoch.
  std::string csv() const;
  /// Training and test loss over the epochs, as a picture.
  std::string svg() const;

  /// (epochs, 4), float64: train_loss, train_accuracy, test_loss, test_accuracy.
  Tensor to_tensor() const;
  static History from_tensor(const Tensor& tensor);

 private:
  struct Row {
    EpochResult training, testing;
  };
  std::vector<Row> rows_;
};

/// Writes everything to one file, atomically.
void save_run(const std::string& path, const Recipe& recipe, const nn::Module& model,
              const optim::Optimizer& optimizer, const History& history);
/// Puts everything back, the default generator's state included, and returns the history. Throws
/// where the file is no such checkpoint, or of another model.
History resume_run(const std::string& path, const Recipe& recipe, nn::Module& model,
                   optim::Optimizer& optimizer);
/// Puts back the model alone.
void load_model_of_run(const std::string& path, nn::Module& model);

/// The losses with all their digits (9 significant), one per line.
std::string one_per_line(const std::vector<float>& losses);

}  // namespace cutaway::examples
