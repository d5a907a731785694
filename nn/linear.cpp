// SPDX-License-Identifier: MIT
#include "linear.h"

#include <cmath>

#include "../tensor/check.h"
#include "../tensor/ops.h"
#include "functional.h"
#include "init.h"

namespace cutaway::inline v0_1::nn {

Linear::Linear(int64_t in, int64_t out, const LinearOptions& options)
    : Linear(empty({out, in}, options.dtype), options.bias ? empty(out, options.dtype) : Tensor()) {
  reset_parameters();
}

Linear::Linear(const Tensor& given_weight, const Tensor& given_bias)
    : in_features(given_weight.size(1)),
      out_features(given_weight.size(0)),
      weight(register_parameter("weight", given_weight)),
      bias(register_parameter("bias", given_bias)) {}

void Linear::reset_parameters() {
  // For a = sqrt(5) the bound of kaiming_uniform_ is 1 / sqrt(in_features), as the bias's is.
  init::kaiming_uniform_(weight, {.a = std::sqrt(5.0)});
  if (!bias.defined()) return;
  const double bound = in_features > 0 ? 1 / std::sqrt(static_cast<double>(in_features)) : 0;
  init::uniform_(bias, 0 - bound, bound);  // not -0, where bound is 0
}

Tensor Linear::forward(const Tensor& input) { return functional::linear(input, weight, bias); }

std::string Linear::extra_repr() const {
  return join("in_features=", in_features, ", out_features=", out_features,
              ", bias=", bias.defined() ? "True" : "False");
}

}  // namespace cutaway::nn
