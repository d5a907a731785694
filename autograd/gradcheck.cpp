// SPDX-License-Identifier: MIT
#include "gradcheck.h"

#include <cmath>

#include "../tensor/generator.h"
#include "../tensor/ops.h"
#include "engine.h"
#include "grad_mode.h"

namespace cutaway::inline v0_1::autograd {
namespace {

/// (elements of an input) x (elements of an output), in row-major order.
using Jacobian = std::vector<std::vector<double>>;

std::vector<double> elements_of(const Tensor& tensor) {
  const Tensor dense = tensor.detach().to(kFloat64).contiguous();
  return {dense.data<double>(), dense.data<double>() + dense.numel()};
}

/// Element i of `tensor` in row-major order, as a 0-d view.
Tensor element(const Tensor& tensor, int64_t i) {
  DimVector index(tensor.dim(), 0);
  for (int64_t d = tensor.dim() - 1; d >= 0; --d) {
    index[d] = i % tensor.sizes()[d];
    i /= tensor.sizes()[d];
  }
  Tensor view = tensor.detach();
  for (int64_t position : index) view = view.select(0, position);
  return view;
}

/// Writes behind autograd's back: no version is bumped, so graphs already recorded stay valid.
void write(const Tensor& element, double value) {
  visit_floating(element.dtype(), "gradcheck",
                 [&]<class T>(TypeTag<T>) { *element.data<T>() = static_cast<T>(value); });
}

Jacobian numerical_jacobian(const GradcheckFunction& function, const std::vector<Tensor>& inputs,
                            size_t input, size_t output, double eps) {
  const NoGrad guard;
  Jacobian jacobian;
  for (int64_t i = 0; i < inputs[input].numel(); ++i) {
    const Tensor nudged = element(inputs[input], i);
    const double value = nudged.item<double>();
    write(nudged, value + eps);
    const std::vector<double> above = elements_of(function(inputs)[output]);
    write(nudged, value - eps);
    const std::vector<double> below = elements_of(function(inputs)[output]);
    write(nudged, value);
    std::vector<double>& row = jacobian.emplace_back(above.size());
    for (size_t j = 0; j < row.size(); ++j) row[j] = (above[j] - below[j]) / (2 * eps);
  }
  return jacobian;
}

/// One backward pass per output element, each with a gradient of 1 there and 0 elsewhere.
Jacobian analytical_jacobian(const Tensor& output, const Tensor& input) {
  const size_t rows = static_cast<size_t>(input.numel());
  Jacobian jacobian(rows, std::vector<double>(static_cast<size_t>(output.numel()), 0.0));
  if (!output.requires_grad()) return jacobian;
  for (int64_t j = 0; j < output.numel(); ++j) {
    const Tensor unit = zeros(output.sizes(), output.dtype());
    element(unit, j).fill_(1);
    const Tensor gradient = grad(output, input, unit, true, false, true)[0];
    if (!gradient.defined()) continue;
    const std::vector<double> column = elements_of(gradient);
    for (size_t i = 0; i < rows; ++i) jacobian[i][static_cast<size_t>(j)] = column[i];
  }
  return jacobian;
}

std::string to_string(const Jacobian& jacobian) {
  std::string text;
  for (const std::vector<double>& row : jacobian) {
    text += "\n  [";
    for (size_t j = 0; j < row.size(); ++j) text += join(j == 0 ? "" : ", ", row[j]);
    text += "]";
  }
  return text;
}

bool is_close(const Jacobian& a, const Jacobian& b, const GradcheckOptions& options) {
  for (size_t i = 0; i < a.size(); ++i) {
    for (size_t j = 0; j < a[i].size(); ++j) {
      const double difference = std::abs(a[i][j] - b[i][j]);
      if (!(difference <= options.atol + options.rtol * std::abs(b[i][j]))) return false;
    }
  }
  return true;
}

}  // namespace

bool gradcheck(const GradcheckFunction& function, const std::vector<Tensor>& inputs,
               const GradcheckOptions& options) {
  bool any_requires_grad = false;
  for (const Tensor& input : inputs) {
    if (!input.defined() || !input.requires_grad()) continue;
    any_requires_grad = true;
    check_value(input.is_leaf(), "gradcheck: inputs must be leaves");
    for (int64_t d = 0; d < input.dim(); ++d) {
      check(input.strides()[d] != 0 || input.sizes()[d] <= 1,
            "The input has a dimension with stride 0. gradcheck only supports inputs that are "
            "non-overlapping to be able to compute the numerical gradients correctly. You should "
            "call "
            ".contiguous on the input before passing it to gradcheck.");
    }
  }
  check_value(any_requires_grad,
              "gradcheck expects at least one input tensor to require gradient, but "
              "none of the them have requires_grad=True.");

  const EnableGrad guard;
  const std::vector<Tensor> outputs = function(inputs);
  for (size_t o = 0; o < outputs.size(); ++o) {
    if (!outputs[o].is_floating_point()) continue;
    for (size_t i = 0; i < inputs.size(); ++i) {
      if (!inputs[i].defined() || !inputs[i].requires_grad()) continue;
      const Jacobian numerical = numerical_jacobian(function, inputs, i, o, options.eps);
      const Jacobian analytical = analytical_jacobian(outputs[o], inputs[i]);
      if (is_close(analytical, numerical, options)) continue;
      throw Error(join("Jacobian mismatch for output ", o, " with respect to input ", i,
                       ",\nnumerical:", to_string(numerical),
                       "\nanalytical:", to_string(analytical)));
    }
  }
  return true;
}

bool gradgradcheck(const GradcheckFunction& function, const std::vector<Tensor>& inputs,
                   const GradcheckOptions& options) {
  const EnableGrad guard;
  // The outputs that depend on the inputs, and a random gradient for each.
  std::vector<size_t> differentiable;
  std::vector<Tensor> all_inputs = inputs;
  Generator generator(0);
  const std::vector<Tensor> outputs = function(inputs);
  for (size_t o = 0; o < outputs.size(); ++o) {
    if (!outputs[o].is_floating_point() || !outputs[o].requires_grad()) continue;
    differentiable.push_back(o);
    all_inputs.push_back(
        randn(outputs[o].sizes(), outputs[o].dtype(), &generator).requires_grad_());
  }
  const size_t input_count = inputs.size();
  const GradcheckFunction gradients = [&](const std::vector<Tensor>& all) {
    const std::vector<Tensor> own(all.begin(),
                                  all.begin() + static_cast<std::ptrdiff_t>(input_count));
    const std::vector<Tensor> grad_outputs(all.begin() + static_cast<std::ptrdiff_t>(input_count),
                                           all.end());
    const EnableGrad recording;  // the numerical side differentiates as well
    const std::vector<Tensor> all_outputs = function(own);
    std::vector<Tensor> chosen;
    for (size_t o : differentiable) chosen.push_back(all_outputs[o]);
    std::vector<Tensor> wanted;
    for (const Tensor& input : own) {
      if (input.defined() && input.requires_grad()) wanted.push_back(input);
    }
    std::vector<Tensor> results = grad(chosen, wanted, grad_outputs, true, true, true);
    for (size_t i = 0; i < results.size(); ++i) {
      if (!results[i].defined()) results[i] = zeros_like(wanted[i]);
    }
    return results;
  };
  return gradcheck(gradients, all_inputs, options);
}

}  // namespace cutaway::autograd
