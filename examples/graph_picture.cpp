// SPDX-License-Identifier: MIT
//
// A training step with the side panels off. It computes the loss of a small network and writes
//
//     graph.svg     the graph that loss.backward() walks, for any browser
//     graph.dot     the same for Graphviz
//     trace.json    one forward and backward, op by op, for https://ui.perfetto.dev
//
// and prints where the time went and how one op went through the dispatcher.
//
//     make graph_picture
//     make graph_picture ARGS='--hidden 32 --layers 4'
//
// PyTorch counterpart: torchviz.make_dot, torch.profiler.profile.
#include <iostream>
#include <memory>
#include <sstream>
#include <string>

#include "../autograd/autograd.h"
#include "../io/file.h"
#include "../nn/nn.h"
#include "../tensor/all.h"
#include "shared/command_line.h"

using namespace cutaway;
using namespace cutaway::examples;

namespace {

constexpr int64_t kInputs = 20, kClasses = 5;

struct Net : nn::Module {
  Net(int64_t hidden, int64_t layers) {
    int64_t inputs = kInputs;
    for (int64_t i = 1; i < layers; ++i) {
      body.push_back(add_module(join("fc", i), nn::Linear(inputs, hidden)));
      inputs = hidden;
    }
    head = add_module("head", nn::Linear(inputs, kClasses));
  }
  Tensor forward(const Tensor& x) override {
    Tensor y = x;
    for (const std::shared_ptr<nn::Linear>& layer : body) y = relu((*layer)(y));
    return (*head)(y);
  }
  std::vector<std::shared_ptr<nn::Linear>> body;
  std::shared_ptr<nn::Linear> head;
};

void draw(const Net& net, const Tensor& x, const Tensor& loss, const std::string& folder) {
  autograd::GraphNames names = net.named_parameters();
  names.emplace_back("x", x);
  names.emplace_back("loss", loss);
  const autograd::GraphPictureOptions options = {.names = names, .title = "Loss of an MLP"};
  io::write_file_atomically(folder + "/graph.svg", autograd::make_svg(loss, options));
  io::write_file_atomically(folder + "/graph.dot", autograd::make_dot(loss, options));
}

void run(CommandLine& flags) {
  const int64_t seed = flags.seed();
  const int64_t threads = flags.threads();
  const int64_t hidden = flags.integer("hidden", 16, "width of the hidden layers", {.min = 1});
  const int64_t layers = flags.integer("layers", 2, "linear layers", {.min = 1, .max = 1000});
  const int64_t batch = flags.integer("batch-size", 8, "rows of x", {.min = 1});
  const std::string out = flags.out_directory();
  flags.finish();
  if (threads > 0) set_num_threads(static_cast<int>(threads));

  manual_seed(static_cast<uint64_t>(seed));
  Net net(hidden, layers);
  const Tensor x = randn({batch, kInputs});
  const Tensor labels = randint(kClasses, batch);
  const auto loss_now = [&] { return nn::functional::cross_entropy(net(x), labels); };

  io::create_folder(out);
  draw(net, x, loss_now(), out);

  loss_now().backward();  // the first time is slow, and not what we want to see
  net.zero_grad();
  autograd::Profile profile;
  for (int step = 0; step < 10; ++step) {
    const RecordFunction range("step");
    loss_now().backward();
  }
  profile.stop();
  std::cout << "Where 10 steps spent their time:\n\n"
            << profile.key_averages().table("self_cpu_time_total", 12) << "\n";
  std::ostringstream trace;
  profile.write_chrome_trace(trace);
  io::write_file_atomically(out + "/trace.json", trace.str());

  std::cout
      << "How relu goes through the dispatcher (CUTAWAY_TRACE=1 shows it for any program):\n\n";
  {
    const Trace shown(std::cout);
    relu(net.head->weight);
  }
  std::cout << "\nWrote " << out << "/graph.svg and graph.dot, and trace.json, which "
            << "https://ui.perfetto.dev opens.\n"
            << "events=" << profile.events().size() << " seed=" << seed << "\n";
}

}  // namespace

int main(int argc, char** argv) {
  return run_program(argc, argv, "Draws the graph of a loss, and profiles its backward.", run);
}
