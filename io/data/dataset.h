// SPDX-License-Identifier: MIT
//
// Dataset: examples by number. A DataLoader asks it for batches.
//
// To make one of your own, write size() and get(); where a whole batch can be had at less cost than
// its examples one by one, write get_batch() as well. Workers of a DataLoader call them from
// several threads at once, so they must change nothing.
//
// PyTorch counterpart: torch.utils.data.Dataset, TensorDataset and default_collate. Difference: an
// example is always a pair (data, target).
#pragma once

#include <cstdint>
#include <functional>

#include "../../tensor/tensor.h"

namespace cutaway::inline v0_1::io {

/// One example, or a batch of them: then both tensors have one more dimension in front.
struct Example {
  Tensor data;
  Tensor target;
};

/// Makes the data of a batch, (N, ...), what the model wants. Examples one by one come as N = 1.
using Transform = std::function<Tensor(const Tensor& data)>;

class Dataset {
 public:
  virtual ~Dataset() = default;

  /// How many examples there are.
  virtual int64_t size() const = 0;
  /// Example number `index`, from 0.
  virtual Example get(int64_t index) const = 0;
  /// These examples as one batch, in this order. Unless overridden: get() of each, stacked.
  virtual Example get_batch(IntArrayRef indices) const;
};

/// Rows of two tensors: example i is (data[i], target[i]).
class TensorDataset : public Dataset {
 public:
  TensorDataset(Tensor data, Tensor target, Transform transform = {});

  int64_t size() const override { return data_.size(0); }
  Example get(int64_t index) const override;
  Example get_batch(IntArrayRef indices) const override;

 private:
  Tensor data_;
  Tensor target_;
  Transform transform_;
};

}  // namespace cutaway::io
