// SPDX-License-Identifier: MIT
//
// Linear: y = x A^T + b, the fully connected layer.
//
//     nn::Linear fc(784, 256);                     nn::Linear head(256, 10, {.bias = false});
//
// Weight and bias start uniform in +-1/sqrt(in_features), with PyTorch's numbers for the same seed.
// PyTorch counterpart: torch.nn.Linear.
#pragma once

#include <cstdint>
#include <optional>

#include "module.h"

namespace cutaway::inline v0_1::nn {

struct LinearOptions {
  bool bias = true;
  std::optional<DType> dtype = {};  // the default dtype unless given
};

class Linear : public Module {
 public:
  Linear(int64_t in_features, int64_t out_features, const LinearOptions& options = {});
  /// A layer with parameters that exist already, shared with whoever has them. bias may be
  /// undefined.
  explicit Linear(const Tensor& weight, const Tensor& bias = {});

  /// input: (..., in_features) -> (..., out_features)
  Tensor forward(const Tensor& input) override;
  std::string extra_repr() const override;
  /// Draws new parameters.
  void reset_parameters();

  int64_t in_features;
  int64_t out_features;
  Tensor weight;  // (out_features, in_features)
  Tensor bias;    // (out_features), or undefined
};

}  // namespace cutaway::nn
