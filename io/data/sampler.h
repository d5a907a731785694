// SPDX-License-Identifier: MIT
//
// Samplers: in which order the examples of a dataset are visited, and how the order is cut into
// batches.
//
// PyTorch counterpart: torch/utils/data/sampler.py. A PyTorch sampler is a generator of indices;
// here order() gives all of them at once, which for a million examples is 8 MB. Left out:
// replacement, WeightedRandomSampler, SubsetRandomSampler (derive from Sampler for those).
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "../../tensor/generator.h"

namespace cutaway::inline v0_1::io {

/// A number for seeding a generator, as PyTorch draws it: torch.empty((), dtype=int64).random_().
uint64_t draw_seed(Generator& generator);

class Sampler {
 public:
  virtual ~Sampler() = default;
  /// How many indices order() gives.
  virtual int64_t size() const = 0;
  /// The indices of one epoch.
  virtual std::vector<int64_t> order() const = 0;
  /// Called when a loop has gone through the whole order; not when it was left early.
  virtual void finish() const {}
};

/// 0, 1, ..., size - 1.
class SequentialSampler : public Sampler {
 public:
  explicit SequentialSampler(int64_t size) : size_(size) {}
  int64_t size() const override { return size_; }
  std::vector<int64_t> order() const override;

 private:
  int64_t size_;
};

/// A random order of 0 .. size - 1, anew at each call and equal to PyTorch's: see Note [The order
/// of shuffled examples] in sampler.cpp. The generator, if one is given, must outlive the sampler.
class RandomSampler : public Sampler {
 public:
  /// ValueError unless size > 0.
  explicit RandomSampler(int64_t size, Generator* generator = nullptr);
  int64_t size() const override { return size_; }
  std::vector<int64_t> order() const override;
  void finish() const override;

 private:
  int64_t size_;
  Generator* generator_;
};

/// Cuts the order of another sampler into batches.
class BatchSampler {
 public:
  /// drop_last: leave out the last batch if it is not full. ValueError unless batch_size > 0.
  BatchSampler(std::shared_ptr<const Sampler> sampler, int64_t batch_size, bool drop_last = false);
  /// How many batches there are.
  int64_t size() const;
  int64_t batch_size() const { return batch_size_; }
  /// The indices of each batch of one epoch.
  std::vector<std::vector<int64_t>> batches() const;
  void finish() const { sampler_->finish(); }

 private:
  std::shared_ptr<const Sampler> sampler_;
  int64_t batch_size_;
  bool drop_last_;
};

}  // namespace cutaway::io
