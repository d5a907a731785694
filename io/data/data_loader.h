// SPDX-License-Identifier: MIT
//
// DataLoader: goes through a dataset in batches, in a new random order each time if asked to.
//
//     io::DataLoader loader(train, {.batch_size = 64, .shuffle = true, .num_workers = 2});
//     for (int epoch = 0; epoch < 5; ++epoch) {
//       for (const io::Example& batch : loader) step(batch.data, batch.target);
//     }
//
// Promises: the batches and their order do not depend on num_workers. With the same manual_seed
// they are those of PyTorch (Note [The order of shuffled examples] in sampler.cpp), and the
// generator is left as PyTorch leaves it; since the loader itself remembers nothing from one epoch
// to the next, a program continues where it stopped if the generator's state is put back. A loop
// may be left early. An exception of the dataset reaches the loop. Several loops over one loader
// may run.
//
// PyTorch counterpart: torch.utils.data.DataLoader. Differences: workers are threads, which start
// at little cost and pass batches on without copying them, and they draw no random numbers. Left
// out: collate_fn (see Dataset::get_batch), pin_memory, timeout, iterable datasets and
// batch_size=None.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>

#include "dataset.h"
#include "sampler.h"

namespace cutaway::inline v0_1::io {

struct DataLoaderOptions {
  int64_t batch_size = 1;
  bool shuffle = false;
  /// Leave out the last batch if it is not full.
  bool drop_last = false;
  /// Threads that make batches ahead; 0: the loop makes each when it needs it.
  int64_t num_workers = 0;
  /// How many batches each worker may be ahead.
  int64_t prefetch_factor = 2;
  /// Where random numbers come from; null: the default generator. It must outlive the loader.
  Generator* generator = nullptr;
  /// An order of your own, instead of shuffle.
  std::shared_ptr<const Sampler> sampler = nullptr;
};

class DataLoader {
 public:
  class Iterator;

  explicit DataLoader(std::shared_ptr<const Dataset> dataset, DataLoaderOptions options = {});
  /// The dataset must outlive the loader and its loops.
  explicit DataLoader(const Dataset& dataset, DataLoaderOptions options = {});
  explicit DataLoader(const Dataset&& dataset, DataLoaderOptions options = {}) = delete;

  /// Number of batches: Python's len(loader).
  int64_t size() const { return batch_sampler_.size(); }
  const Dataset& dataset() const { return *dataset_; }

  /// Starts an epoch: draws its random numbers and makes the first batch.
  Iterator begin() const;
  std::default_sentinel_t end() const { return {}; }

 private:
  std::shared_ptr<const Dataset> dataset_;
  DataLoaderOptions options_;
  BatchSampler batch_sampler_;
};

/// An epoch under way. Copies of an iterator share it, as with every input iterator.
class DataLoader::Iterator {
 public:
  using value_type = Example;
  using difference_type = std::ptrdiff_t;

  const Example& operator*() const { return batch_; }
  const Example* operator->() const { return &batch_; }
  Iterator& operator++();
  void operator++(int) { ++*this; }
  bool operator==(std::default_sentinel_t) const { return epoch_ == nullptr; }

 private:
  friend class DataLoader;
  class Epoch;
  explicit Iterator(std::shared_ptr<Epoch> epoch) : epoch_(std::move(epoch)) { ++*this; }

  std::shared_ptr<Epoch> epoch_;  // null at the end
  Example batch_;
};

}  // namespace cutaway::io
