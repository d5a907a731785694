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

#include <condition_variable>
#include <cstdint>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

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
  struct Result {
    Example example;
    std::exception_ptr error;
  };
  void work();
  void stop();
  std::optional<Result>& place_of(int64_t number) {
    return ring_[static_cast<size_t>(number) % ring_.size()];
  }

  const int64_t count_;
  const Make make_;

  // Invariant: taken_ <= claimed_ <= min(count_, taken_ + ring_.size()). So a batch that is claimed
  // and not taken has its place in the ring for itself.
  std::mutex mutex_;               // guards what follows, but for workers_
  std::condition_variable room_;   // a batch was taken, or stopping_
  std::condition_variable ready_;  // a batch was made
  std::vector<std::optional<Result>> ring_;
  int64_t claimed_ = 0;  // batches that some worker makes or has made
  int64_t taken_ = 0;    // batches that next() has returned
  bool stopping_ = false;

  std::vector<std::thread> workers_;
};

}  // namespace cutaway::io
