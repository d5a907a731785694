// SPDX-License-Identifier: MIT
//
// Adam and AdamW: steps of about the same length for every parameter, whatever the size of its
// gradients. For each parameter p with gradient g, in step t = 1, 2, ...:
//
//     g = g + weight_decay * p              Adam        (g = -g first, to maximize)
//     p = p - lr * weight_decay * p         AdamW       ("decoupled": not divided by sqrt(v))
//     m = beta1 * m + (1 - beta1) * g                   average of the gradient
//     v = beta2 * v + (1 - beta2) * g^2                 average of its square
//     p = p - lr * m' / (sqrt(v') + eps)
//
// where m' = m / (1 - beta1^t) and v' = v / (1 - beta2^t) make up for the averages' start at 0.
// With amsgrad, v' uses the largest v so far. State: "step", "exp_avg" (m), "exp_avg_sq" (v) and
// "max_exp_avg_sq".
//
// The step runs in one pass over the memory (tensor/cpu/optimizer_step.cpp); the same in tensor ops
// stands in tests/optim/optimizer_step_test.cpp, which holds the two equal.
// Papers: D. Kingma, J. Ba: Adam (2015); I. Loshchilov, F. Hutter: Decoupled weight decay
// regularization (2019); S. Reddi et al.: On the convergence of Adam and beyond (2018).
// PyTorch counterpart: torch.optim.Adam, torch.optim.AdamW. Different on purpose: "step" is an
// int64 (there a float32, which stops counting at 2^24).
#pragma once

#include <array>

#include "optimizer.h"

namespace cutaway::inline v0_1::optim {

struct AdamOptions {
  double lr = 1e-3;
  std::array<double, 2> betas = {0.9, 0.999};
  double eps = 1e-8;
  double weight_decay = 0;
  bool amsgrad = false;
  bool maximize = false;
  bool decoupled_weight_decay = false;
};

class Adam : public Optimizer {
 public:
  explicit Adam(std::vector<Tensor> params, const AdamOptions& options = {});
  explicit Adam(std::vector<ParamGroup> groups, const AdamOptions& options = {});

 protected:
  void update(const Tensor& param, const Tensor& grad, const ParamGroup& group,
              StateDict& state) override;
};

struct AdamWOptions {
  double lr = 1e-3;
  std::array<double, 2> betas = {0.9, 0.999};
  double eps = 1e-8;
  double weight_decay = 0.01;
  bool amsgrad = false;
  bool maximize = false;
};

/// Adam with decoupled weight decay.
class AdamW : public Adam {
 public:
  explicit AdamW(std::vector<Tensor> params, const AdamWOptions& options = {});
  explicit AdamW(std::vector<ParamGroup> groups, const AdamWOptions& options = {});
};

}  // namespace cutaway::optim
