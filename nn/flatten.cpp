// SPDX-License-Identifier: MIT
#include "flatten.h"

#include "../tensor/check.h"

namespace cutaway::inline v0_1::nn {

Tensor Flatten::forward(const Tensor& input) { return input.flatten(start_dim, end_dim); }

std::string Flatten::extra_repr() const {
  return join("start_dim=", start_dim, ", end_dim=", end_dim);
}

}  // namespace cutaway::nn
