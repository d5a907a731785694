// SPDX-License-Identifier: MIT
//
// Activations on disk: what a network's forward saves for its backward is written to files, and
// read again when backward asks. Two hooks do it (autograd/saved_tensor_hooks.h); the network does
// not know. The gradients are the same, bit for bit, and the files are gone afterwards.
//
// Weights are saved for backward, too, but are in memory anyway: pack leaves them there.
//
// PyTorch counterpart: the tutorial "Hooks for autograd saved tensors", save_on_disk.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "../autograd/autograd.h"
#include "../io/file.h"
#include "../tensor/all.h"
#include "shared/command_line.h"

using namespace cutaway;
using namespace cutaway::examples;

namespace {

/// How much is on disk, now and at most.
struct Usage {
  int64_t files = 0, bytes = 0;
  int64_t most_files = 0, most_bytes = 0;

  void change(int64_t more_files, int64_t more_bytes) {
    files += more_files;
    bytes += more_bytes;
    most_files = std::max(most_files, files);
    most_bytes = std::max(most_bytes, bytes);
  }
};

int64_t bytes_of(const Tensor& tensor) { return tensor.numel() * tensor.element_size(); }

/// One tensor in a file, which is removed together with this object.
class TensorFile {
 public:
  TensorFile(const Tensor& tensor, std::string path, Usage& usage)
      : path_(std::move(path)), usage_(usage), sizes_(tensor.sizes()), dtype_(tensor.dtype()) {
    const Tensor dense = contiguous(tensor);
    bytes_ = bytes_of(dense);
    io::write_file_atomically(
        path_, {reinterpret_cast<const uint8_t*>(dense.raw_data()), static_cast<size_t>(bytes_)});
    usage_.change(1, bytes_);
  }
  ~TensorFile() {
    try {
      io::remove_file(path_);
    } catch (const Error& error) {
      std::fprintf(stderr, "%s\n", error.what());
    }
    usage_.change(-1, -bytes_);
  }
  TensorFile(const TensorFile&) = delete;
  TensorFile& operator=(const TensorFile&) = delete;

  Tensor read() const {
    const Tensor tensor = empty(sizes_, dtype_);
    const io::InputFile file(path_);
    file.read_exactly(0,
                      {reinterpret_cast<uint8_t*>(tensor.raw_data()), static_cast<size_t>(bytes_)});
    return tensor;
  }

 private:
  std::string path_;
  Usage& usage_;
  DimVector sizes_;
  DType dtype_;
  int64_t bytes_ = 0;
};

/// Hooks that keep what is computed in files of this folder.
autograd::SavedTensorHooks on_disk(const std::string& folder, Usage& usage) {
  const auto pack = [folder, &usage, number = 0](const Tensor& tensor) mutable -> std::any {
    if (tensor.requires_grad() && tensor.is_leaf()) return tensor;  // a weight
    const std::string path = join(folder, "/saved_", number++, ".bin");
    return std::make_shared<const TensorFile>(tensor, path, usage);
  };
  const auto unpack = [](const std::any& packed) {
    if (const auto* weight = std::any_cast<Tensor>(&packed)) return *weight;
    return std::any_cast<std::shared_ptr<const TensorFile>>(packed)->read();
  };
  return {pack, unpack};
}

/// A network of `depth` square layers, its input, and the loss: the sum of squares.
struct Network {
  Network(int64_t depth, int64_t width, int64_t batch) : input(randn({batch, width})) {
    const double scale = 1.0 / std::sqrt(static_cast<double>(width));
    for (int64_t layer = 0; layer < depth; ++layer) {
      weights.push_back((randn({width, width}) * scale).requires_grad_());
    }
  }
  Tensor loss() const {
    Tensor x = input;
    for (const Tensor& weight : weights) x = tanh(mm(x, weight));
    return (x * x).sum();
  }

  Tensor input;
  std::vector<Tensor> weights;
};

void save_on_disk(CommandLine& flags) {
  const int64_t depth = flags.integer("depth", 8, "layers", {.min = 1});
  const int64_t width = flags.integer("width", 256, "units of a layer", {.min = 1});
  const int64_t batch = flags.integer("batch", 512, "rows of the input", {.min = 1});
  const int64_t seed = flags.seed();
  const std::string folder = flags.out_directory();
  flags.finish();
  manual_seed(static_cast<uint64_t>(seed));
  io::create_folder(folder);

  const Network network(depth, width, batch);
  const std::vector<Tensor> in_memory = autograd::grad(network.loss(), network.weights);

  Usage usage;
  const Tensor loss = [&] {
    const autograd::SavedTensorsHooks guard(on_disk(folder, usage));
    return network.loss();
  }();
  std::printf("after forward:  %lld files in %s, %.1f MiB\n", static_cast<long long>(usage.files),
              folder.c_str(), static_cast<double>(usage.bytes) / (1 << 20));
  const std::vector<Tensor> from_disk = autograd::grad(loss, network.weights);
  std::printf("after backward: %lld files\n", static_cast<long long>(usage.files));

  bool same = true;
  for (size_t i = 0; i < in_memory.size(); ++i) same = same && equal(in_memory[i], from_disk[i]);
  check(same, "the gradients differ from those without hooks");
  std::printf("gradients_equal=1 most_files=%lld most_bytes=%lld files_left=%lld seed=%lld\n",
              static_cast<long long>(usage.most_files), static_cast<long long>(usage.most_bytes),
              static_cast<long long>(usage.files), static_cast<long long>(seed));
}

}  // namespace

int main(int argc, char** argv) {
  return run_program(argc, argv, "Keeps what backward needs on disk, by saved-tensor hooks.",
                     save_on_disk);
}
