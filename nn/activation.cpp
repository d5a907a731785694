// SPDX-License-Identifier: MIT
#include "activation.h"

#include "../tensor/check.h"
#include "functional.h"

namespace cutaway::inline v0_1::nn {

Tensor ReLU::forward(const Tensor& input) { return functional::relu(input, options.inplace); }
std::string ReLU::extra_repr() const { return options.inplace ? "inplace=True" : ""; }

Tensor LogSoftmax::forward(const Tensor& input) { return functional::log_softmax(input, dim); }
std::string LogSoftmax::extra_repr() const { return join("dim=", dim); }

}  // namespace cutaway::nn
