// SPDX-License-Identifier: MIT
//
// Somebody's program that uses the library: fits y = 2x - 1, saves the line and reads it again.
// Exits with 0 if all went well. Each way of getting the library compiles this very file, after
// hostile.h, with the decoys on its include path and with warnings as errors.
#include <cutaway.h>

#include <cstdio>

int main() {
  using namespace cutaway;
  manual_seed(0);
  const cutaway::Tensor x = linspace(-1, 1, 32).unsqueeze(1);
  const cutaway::Tensor y = 2 * x - 1;
  nn::Linear line(1, 1);
  optim::SGD optimizer(line.parameters(), {.lr = 0.5});
  double last = 1;
  for (int step = 0; step < 60; ++step) {
    optimizer.zero_grad();
    const cutaway::Tensor loss = nn::functional::mse_loss(line(x), y);
    loss.backward();
    optimizer.step();
    last = loss.item<double>();
  }
  const bool is_recorded = [&] {
    const NoGrad guard;
    return line(x).requires_grad();
  }();
  const char* const file = "line.ckpt";
  io::save_checkpoint(file, {.tensors = line.state_dict(), .metadata = {{"loss", "small"}}});
  const io::Checkpoint read = io::load_checkpoint(file);
  const cutaway::Tensor weight = read.tensors.at("weight");
  std::remove(file);
  std::printf("loss %.1e, weight %.3f, %s\n", last, weight.item<double>(),
              read.text("loss").c_str());
  return last < 1e-6 && !is_recorded && equal(weight, line.state_dict().at("weight")) ? 0 : 1;
}
