// SPDX-License-Identifier: MIT
//
// Flatten: joins dimensions, by default all but the first: a batch of images becomes a batch of
// rows.
//
// PyTorch counterpart: torch.nn.Flatten. Left out: Unflatten.
#pragma once

#include <cstdint>

#include "module.h"

namespace cutaway::inline v0_1::nn {

class Flatten : public Module {
 public:
  explicit Flatten(int64_t first = 1, int64_t last = -1) : start_dim(first), end_dim(last) {}
  Tensor forward(const Tensor& input) override;
  std::string extra_repr() const override;

  int64_t start_dim;
  int64_t end_dim;
};

}  // namespace cutaway::nn
