// SPDX-License-Identifier: MIT
#include "jacobian.h"

#include "../tensor/check.h"
#include "../tensor/ops.h"
#include "engine.h"
#include "grad_mode.h"

namespace cutaway::inline v0_1::autograd {
namespace {

using Tensors = std::vector<Tensor>;

/// Inputs that require a gradient. With create_graph they stay joined to where they come from.
Tensors prepared(const Tensors& inputs, bool create_graph) {
  Tensors result;
  for (const Tensor& input : inputs) {
    if (create_graph && input.requires_grad()) {
      result.push_back(view_as(input, input));
    } else {
      result.push_back(detach(input).requires_grad_());
    }
  }
  return result;
}

/// What the caller gets: without create_graph, no part of a graph.
Tensors finished(Tensors tensors, bool create_graph) {
  if (!create_graph) {
    for (Tensor& tensor : tensors) tensor = detach(tensor);
  }
  return tensors;
}

/// v, of the shapes of `others`; 1 where it may be left out. `whose` says what they are.
Tensors checked_vector(const Tensors& v, const Tensors& others, const char* whose) {
  if (v.empty()) {
    check(others.size() == 1 && others[0].numel() == 1, "The vector v can only be None if the ",
          whose);
    return {ones_like(others[0])};
  }
  check(v.size() == others.size(), "v is a tuple of invalid length: should be ", others.size(),
        " but got ", v.size(), ".");
  Tensors result;
  for (size_t i = 0; i < v.size(); ++i) {
    check(v[i].sizes() == others[i].sizes(), others.size() > 1 ? join("Entry ", i, " in ") : "",
          "v has invalid size: should be torch.Size(", others[i].sizes(), ") but got torch.Size(",
          v[i].sizes(), ").");
    result.push_back(v[i]);
  }
  return result;
}

constexpr const char* kOutputOfOneElement =
    "user-provided function returns a single Tensor with a single element.";
constexpr const char* kInputOfOneElement =
    "input to the user-provided function is a single Tensor with a single element.";

/// grad() of those outputs that require one; undefined by input where nothing depends on it.
Tensors gradients(const Tensors& outputs, const Tensors& inputs, const Tensors& grad_outputs,
                  bool create_graph) {
  Tensors roots, weights;
  for (size_t i = 0; i < outputs.size(); ++i) {
    if (!outputs[i].defined() || !outputs[i].requires_grad()) continue;
    roots.push_back(outputs[i]);
    weights.push_back(grad_outputs.empty() ? Tensor() : grad_outputs[i]);
  }
  if (roots.empty()) return Tensors(inputs.size());
  return grad(roots, inputs, weights, {}, create_graph, true);
}

/// What strict mode says of the derivatives that are missing, or do not depend on the input.
struct StrictTexts {
  const char *missing, *missing_end;
  const char *constant, *constant_end;
};
constexpr StrictTexts of_backward = {
    "The output of the user-provided function is independent of input ",
    ". This is not allowed in strict mode.",
    "The jacobian of the user-provided function is independent of input ",
    ". This is not allowed in strict mode when create_graph=True."};
constexpr StrictTexts of_backward_trick = {
    "The gradient with respect to the input is independent of entry ",
    " in the grad_outputs when using the double backward trick to compute forward mode gradients. "
    "This is not allowed in strict mode.",
    of_backward.constant, of_backward.constant_end};
constexpr StrictTexts of_second_backward = {
    "The jacobian of the user-provided function is independent of input ",
    ". This is not allowed in strict mode.",
    "The hessian of the user-provided function is independent of input ",
    ". This is not allowed in strict mode when create_graph=True."};
constexpr StrictTexts of_second_backward_trick = {
    "The hessian of the user-provided function is independent of entry ",
    " in the grad_jacobian. This is not allowed in strict mode as it prevents from using the "
    "double backward trick to replace forward mode AD.",
    of_second_backward.constant, of_second_backward.constant_end};

/// Zeros for derivatives that are missing; in strict mode, an error.
Tensors filled(Tensors grads, const Tensors& like, const DerivativeOptions& options,
               const StrictTexts& texts) {
  for (size_t i = 0; i < grads.size(); ++i) {
    if (!grads[i].defined()) {
      check(!options.strict, texts.missing, i, texts.missing_end);
      grads[i] = zeros_like(like[i]);
    } else {
      check(!options.strict || !options.create_graph || grads[i].requires_grad(), texts.constant, i,
            texts.constant_end);
    }
  }
  return grads;
}

void check_outputs(const Tensors& outputs, bool strict) {
  for (size_t i = 0; strict && i < outputs.size(); ++i) {
    check(outputs[i].requires_grad(), "Output ", i,
          " of the user-provided function does not require gradients. The outputs must be computed "
          "in a differentiable manner from the input when running in strict mode.");
  }
}

/// The gradient of which second derivatives are taken must depend on the inputs.
void check_gradient(const Tensors& gradient, bool strict) {
  for (size_t i = 0; strict && i < gradient.size(); ++i) {
    check(gradient[i].defined(),
          "The output of the user-provided function is independent of input ", i,
          ". This is not allowed in strict mode.");
    check(
        gradient[i].requires_grad(),
        "While computing the hessian, found that the jacobian of the user-provided function with "
        "respect to input ",
        i,
        " is independent of the input. This is not allowed in strict mode. You should ensure that "
        "your function is twice differentiable and that the jacobian depends on the inputs (this "
        "would be violated by a linear function for example).");
  }
}

void check_single_value(const Tensors& outputs, const char* name) {
  check(outputs.size() == 1, "The function given to ", name, " should return a single Tensor");
  check(outputs[0].numel() == 1, "The Tensor returned by the function given to ", name,
        " should contain a single element");
}

/// The variables u of the double-backward trick; their value does not matter.
Tensors trick_variables(const Tensors& like) {
  Tensors result;
  for (const Tensor& tensor : like) result.push_back(zeros_like(tensor).requires_grad_());
  return result;
}

/// Outputs that the function made with the inputs prepared, and, of second derivatives, the
/// gradient.
struct Run {
  Tensors inputs, outputs, gradient;
};

/// For vhp and hvp.
Run run_to_gradient(const TensorFunction& function, const Tensors& inputs, const char* name,
                    const DerivativeOptions& options) {
  Run run;
  run.inputs = prepared(inputs, options.create_graph);
  run.outputs = function(run.inputs);
  check_outputs(run.outputs, options.strict);
  check_single_value(run.outputs, name);
  run.gradient = gradients(run.outputs, run.inputs, {}, true);
  check_gradient(run.gradient, options.strict);
  return run;
}

}  // namespace

ValueAndDerivative vjp(const TensorFunction& function, const Tensors& inputs, const Tensors& v,
                       const DerivativeOptions& options) {
  const bool recording = options.create_graph || is_grad_enabled();
  const EnableGrad enabled;
  const Tensors x = prepared(inputs, options.create_graph);
  const Tensors outputs = function(x);
  check_outputs(outputs, options.strict);
  const Tensors weights = checked_vector(v, outputs, kOutputOfOneElement);
  const GradMode mode(recording);
  Tensors result =
      filled(gradients(outputs, x, weights, options.create_graph), x, options, of_backward);
  return {finished(outputs, options.create_graph), finished(result, options.create_graph)};
}

ValueAndDerivative jvp(const TensorFunction& function, const Tensors& inputs, const Tensors& v,
                       const DerivativeOptions& options) {
  const EnableGrad enabled;
  const Tensors x = prepared(inputs, options.create_graph);
  const Tensors direction = checked_vector(v, x, kInputOfOneElement);
  const Tensors outputs = function(x);
  check_outputs(outputs, options.strict);
  const Tensors u = trick_variables(outputs);
  const Tensors g = gradients(outputs, x, u, true);
  for (size_t i = 0; options.strict && i < g.size(); ++i) {
    check(g[i].defined(), "The output of the user-provided function is independent of input ", i,
          ". This is not allowed in strict mode.");
    check(g[i].requires_grad(), "The gradient with respect to input ", i,
          " is independent of the inputs of the user-provided function. This is not allowed in "
          "strict mode.");
  }
  Tensors result =
      filled(gradients(g, u, direction, options.create_graph), outputs, options, of_backward_trick);
  return {finished(outputs, options.create_graph), finished(result, options.create_graph)};
}

std::vector<Tensors> jacobian(const TensorFunction& function, const Tensors& inputs,
                              const DerivativeOptions& options) {
  const EnableGrad enabled;
  const Tensors x = prepared(inputs, options.create_graph);
  const Tensors outputs = function(x);
  check_outputs(outputs, options.strict);
  std::vector<Tensors> result;
  for (size_t i = 0; i < outputs.size(); ++i) {
    std::vector<Tensors> rows(x.size());  // by input, one row for each element of the output
    const Tensor flat = outputs[i].reshape(-1);
    for (int64_t j = 0; j < flat.numel(); ++j) {
      const bool is_last = i + 1 == outputs.size() && j + 1 == flat.numel();
      Tensors row(x.size());
      if (outputs[i].requires_grad()) {
        row = grad(flat[j], x, {}, !is_last || options.create_graph, options.create_graph, true);
      }
      for (size_t k = 0; k < x.size(); ++k) {
        check(!options.strict || row[k].defined(), "Output ", i,
              " of the user-provided function is independent of input ", k,
              ". This is not allowed in strict mode.");
        check(!options.strict || !options.create_graph || row[k].requires_grad(),
              "The jacobian of the user-provided function is independent of input ", k,
              ". This is not allowed in strict mode when create_graph=True.");
        rows[k].push_back(row[k].defined() ? row[k] : zeros_like(x[k]));
      }
    }
    Tensors by_input;
    for (size_t k = 0; k < x.size(); ++k) {
      DimVector shape = outputs[i].sizes();
      for (int64_t size : x[k].sizes()) shape.push_back(size);
      by_input.push_back(rows[k].empty() ? zeros(shape, outputs[i].dtype())
                                         : stack(rows[k]).view(shape));
    }
    result.push_back(finished(by_input, options.create_graph));
  }
  return result;
}

std::vector<Tensors> hessian(const TensorFunction& function, const Tensors& inputs,
                             const DerivativeOptions& options) {
  const EnableGrad enabled;
  const Tensors x = prepared(inputs, options.create_graph);
  const TensorFunction gradient = [&](const Tensors& at) {
    const TensorFunction value = [&](const Tensors& in) {
      const Tensors outputs = function(in);
      check_outputs(outputs, options.strict);
      check_single_value(outputs, "hessian");
      return Tensors{outputs[0].squeeze()};
    };
    Tensors row = jacobian(value, at, {.create_graph = true})[0];
    check_gradient(row, options.strict);
    return row;
  };
  std::vector<Tensors> result = jacobian(gradient, x, options);
  for (Tensors& row : result) row = finished(row, options.create_graph);
  return result;
}

ValueAndDerivative vhp(const TensorFunction& function, const Tensors& inputs, const Tensors& v,
                       const DerivativeOptions& options) {
  const EnableGrad enabled;
  const Tensors weights = checked_vector(v, inputs, kInputOfOneElement);
  const Run run = run_to_gradient(function, inputs, "vhp", options);
  Tensors result = filled(gradients(run.gradient, run.inputs, weights, options.create_graph),
                          run.inputs, options, of_second_backward);
  return {finished(run.outputs, options.create_graph), finished(result, options.create_graph)};
}

ValueAndDerivative hvp(const TensorFunction& function, const Tensors& inputs, const Tensors& v,
                       const DerivativeOptions& options) {
  const EnableGrad enabled;
  const Tensors direction = checked_vector(v, inputs, kInputOfOneElement);
  const Run run = run_to_gradient(function, inputs, "hvp", options);
  const Tensors u = trick_variables(run.inputs);
  const Tensors second = gradients(run.gradient, run.inputs, u, true);
  Tensors result = filled(gradients(second, u, direction, options.create_graph), run.inputs,
                          options, of_second_backward_trick);
  return {finished(run.outputs, options.create_graph), finished(result, options.create_graph)};
}

/// As a function of lists.
static TensorFunction of_lists(const std::function<Tensor(const Tensor&)>& function) {
  return [&function](const Tensors& inputs) { return Tensors{function(inputs[0])}; };
}

Tensor jacobian(const std::function<Tensor(const Tensor&)>& function, const Tensor& input,
                const DerivativeOptions& options) {
  return jacobian(of_lists(function), Tensors{input}, options)[0][0];
}
Tensor hessian(const std::function<Tensor(const Tensor&)>& function, const Tensor& input,
               const DerivativeOptions& options) {
  return hessian(of_lists(function), Tensors{input}, options)[0][0];
}

}  // namespace cutaway::autograd
