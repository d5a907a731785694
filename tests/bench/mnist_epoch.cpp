// SPDX-License-Identifier: MIT
//
// Our side of the MNIST benchmark: one epoch of a 784-256-10 MLP with Adam, batch 64. The time
// counts from the first byte read to the end of the epoch. mnist_epoch.py is PyTorch's side;
// bench.py runs the two in turn.
//
//     build/bin/mnist_epoch --data DIR --threads 1
#include <sys/resource.h>

#include <cstdio>

#include "../../autograd/autograd.h"
#include "../../examples/shared/command_line.h"
#include "../../examples/shared/progress_bar.h"
#include "../../io/io.h"
#include "../../nn/nn.h"
#include "../../optim/optim.h"
#include "../../tensor/all.h"

using namespace cutaway;

static void run(examples::CommandLine& flags) {
  const std::string folder = flags.data_directory();
  const int64_t threads = flags.threads();
  const int64_t workers = flags.integer("workers", 0, "threads that prepare batches", {.min = 0});
  flags.finish();
  if (threads > 0) set_num_threads(static_cast<int>(threads));
  manual_seed(0);

  const double start = examples::seconds_now();
  const io::MNIST digits(folder);
  nn::Sequential model{nn::Flatten(), nn::Linear(784, 256), nn::ReLU(), nn::Linear(256, 10)};
  nn::CrossEntropyLoss loss_function;
  optim::Adam optimizer(model.parameters(), {.lr = 1e-3});
  double total = 0;
  const io::DataLoader loader(digits, {.batch_size = 64, .shuffle = true, .num_workers = workers});
  for (const io::Example& batch : loader) {
    optimizer.zero_grad();
    const Tensor loss = loss_function(model(batch.data), batch.target);
    loss.backward();
    optimizer.step();
    total += loss.item<double>() * static_cast<double>(batch.target.numel());
  }
  const double seconds = examples::seconds_now() - start;

  rusage usage = {};
  getrusage(RUSAGE_SELF, &usage);
  std::printf("seconds=%.3f peak_mb=%.1f loss=%.4f threads=%d\n", seconds,
              static_cast<double>(usage.ru_maxrss) / 1024,
              total / static_cast<double>(digits.size()), get_num_threads());
}

int main(int argc, char** argv) {
  return examples::run_program(argc, argv, "Times one epoch of training on MNIST.", run);
}
