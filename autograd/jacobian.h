// SPDX-License-Identifier: MIT
//
// Derivatives of functions rather than of graphs. With f: R^n -> R^m, J its Jacobian (m, n), and
// for m = 1 its Hessian H (n, n):
//
//     vjp(f, x, v)   v^T J   one backward
//     jvp(f, x, v)   J v     two backwards: the double-backward trick, see below
//     jacobian       J       one backward per element of the outputs
//     vhp(f, x, v)   v^T H   a backward of a backward
//     hvp(f, x, v)   H v     the same trick on the gradient; vhp is cheaper, and H is symmetric
//     hessian        H       the Jacobian of the gradient
//
// f takes a list of tensors and returns a list. Shapes: the Jacobian of output i by input j is
// output.shape + input.shape; v has the shapes of the inputs (jvp, vhp, hvp) or outputs (vjp), and
// may be left out where that is a single tensor of one element.
//
// The trick: g(u) = u^T J is linear in u, so its own vjp with v is J v, whatever u is. It
// costs no forward-mode rule for any op, and a second backward at run time.
//
// create_graph: the results can be differentiated (with respect to the inputs given, and anything
// that f captures); else they are cut off from any graph. strict: an output or derivative that does
// not depend on an input is an error; else its derivative is zeros.
//
// PyTorch counterpart: torch.autograd.functional. Left out: vectorize, forward-mode strategies.
#pragma once

#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "../tensor/tensor.h"

namespace cutaway::inline v0_1::autograd {

using TensorFunction = std::function<std::vector<Tensor>(const std::vector<Tensor>&)>;

struct DerivativeOptions {
  bool create_graph = false;
  bool strict = false;
};

/// The value of the function, and the derivative.
using ValueAndDerivative = std::pair<std::vector<Tensor>, std::vector<Tensor>>;

/// By input: sum over outputs of v^T J.
ValueAndDerivative vjp(const TensorFunction& function, const std::vector<Tensor>& inputs,
                       const std::vector<Tensor>& v = {}, const DerivativeOptions& options = {});
/// By output: sum over inputs of J v.
ValueAndDerivative jvp(const TensorFunction& function, const std::vector<Tensor>& inputs,
                       const std::vector<Tensor>& v = {}, const DerivativeOptions& options = {});
/// result[i][j]: of output i by input j.
std::vector<std::vector<Tensor>> jacobian(const TensorFunction& function,
                                          const std::vector<Tensor>& inputs,
                                          const DerivativeOptions& options = {});

// The function of these must return one tensor of one element.

/// result[i][j]: second derivatives by input i and input j.
std::vector<std::vector<Tensor>> hessian(const TensorFunction& function,
                                         const std::vector<Tensor>& inputs,
                                         const DerivativeOptions& options = {});
ValueAndDerivative vhp(const TensorFunction& function, const std::vector<Tensor>& inputs,
                       const std::vector<Tensor>& v = {}, const DerivativeOptions& options = {});
ValueAndDerivative hvp(const TensorFunction& function, const std::vector<Tensor>& inputs,
                       const std::vector<Tensor>& v = {}, const DerivativeOptions& options = {});

// ---- For functions of one tensor that return one ----

Tensor jacobian(const std::function<Tensor(const Tensor&)>& function, const Tensor& input,
                const DerivativeOptions& options = {});
Tensor hessian(const std::function<Tensor(const Tensor&)>& function, const Tensor& input,
               const DerivativeOptions& options = {});

}  // namespace cutaway::autograd
