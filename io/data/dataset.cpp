// SPDX-License-Identifier: MIT
#include "dataset.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "../../tensor/check.h"
#include "../../tensor/factories.h"
#include "../../tensor/ops_index.h"

namespace cutaway::inline v0_1::io {

Example Dataset::get_batch(IntArrayRef indices) const {
  std::vector<Tensor> data;
  std::vector<Tensor> targets;
  for (int64_t index : indices) {
    Example example = get(index);
    data.push_back(std::move(example.data));
    targets.push_back(std::move(example.target));
  }
  return {stack(data), stack(targets)};
}

TensorDataset::TensorDataset(Tensor data, Tensor target, Transform transform)
    : data_(std::move(data)), target_(std::move(target)), transform_(std::move(transform)) {
  check_value(data_.dim() > 0 && target_.dim() > 0,
              "TensorDataset: a 0-d tensor has no rows to be examples");
  check_value(data_.size(0) == target_.size(0), "Size mismatch between tensors: ", data_.size(0),
              " rows of data and ", target_.size(0), " of targets");
}

Example TensorDataset::get(int64_t index) const {
  const Example batch = get_batch(index);
  return {batch.data.select(0, 0), batch.target.select(0, 0)};
}

Example TensorDataset::get_batch(IntArrayRef indices) const {
  Tensor index = empty(indices.size(), kInt64);
  std::copy(indices.begin(), indices.end(), index.data<int64_t>());
  Tensor data = index_select(data_, 0, index);
  return {transform_ ? transform_(data) : data, index_select(target_, 0, index)};
}

}  // namespace cutaway::io
