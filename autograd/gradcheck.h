// SPDX-License-Identifier: MIT
//
// gradcheck: is a gradient right? Compares what backward computes with what the function does when
// each input element is nudged:
//
//     numerical  J[i][j] = (f_j(x + eps e_i) - f_j(x - eps e_i)) / (2 eps)
//
// for every input element i and output element j. Use float64 inputs; float32 has too few digits.
// gradgradcheck does the same for the gradient itself, with random gradients of the outputs, since
// ones would hide errors that cancel.
//
// PyTorch counterpart: torch.autograd.gradcheck, torch.autograd.gradgradcheck (same defaults).
// Left out: complex numbers, forward mode, sparse layouts, fast mode.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "../tensor/tensor.h"

namespace cutaway::inline v0_1::autograd {

struct GradcheckOptions {
  double eps = 1e-6;
  double atol = 1e-5;
  double rtol = 1e-3;
};

/// The function under test: from inputs to outputs.
using GradcheckFunction = std::function<std::vector<Tensor>(const std::vector<Tensor>&)>;

/// Returns true, or throws Error with the two Jacobians side by side:
/// "Jacobian mismatch for output 0 with respect to input 1, ...". Inputs that require no gradient,
/// and outputs that are not floating point, take no part.
bool gradcheck(const GradcheckFunction& function, const std::vector<Tensor>& inputs,
               const GradcheckOptions& options = {});

/// gradcheck of the map from (inputs, gradients of the outputs) to the gradients of the inputs.
bool gradgradcheck(const GradcheckFunction& function, const std::vector<Tensor>& inputs,
                   const GradcheckOptions& options = {});

}  // namespace cutaway::autograd
