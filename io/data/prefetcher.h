// SPDX-License-Identifier: MIT
//
// Prefetcher: makes batch 0, batch 1, ... on threads of its own, a few ahead of the one who takes
// them. Whatever the threads do, next() gives the batches in order.
//
// Thread safety: next() is for one thread at a time. `make` is called by several threads at once.
// The destructor waits until each thread has finished the batch it is at.
// PyTorch counterpart: _MultiProcessingDataLoaderIter in torch/utils/data/dataloader.py, whose
// workers are processes.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>

#include "dataset.h"

namespace cutaway::inline v0_1::io {

class Prefetcher {
 public:
  using Make = std::function<Example(int64_t number)>;

  /// For batches 0 .. count - 1, of which at most `capacity` are begun and not yet taken. Without
  /// workers, or where the system grants no thread, next() makes them itself.
  Prefetcher(int64_t count, Make make, int64_t workers, int64_t capacity);
  ~Prefetcher();
  Prefetcher(const Prefetcher&) = delete;
  Prefetcher& operator=(const Prefetcher&) = delete;

  /// The next batch; at most `count` calls. An exception from make(number) comes out of the call
  /// that would have returned that batch.
  Example next();

 private:
  class Workers;  // in the source file, so that who includes this pays for no header of threads

  const Make make_;
  int64_t taken_ = 0;                 // batches that next() has made itself
  std::unique_ptr<Workers> workers_;  // null where there are none
};

}  // namespace cutaway::io
