// SPDX-License-Identifier: MIT
#include "record.h"

#include <algorithm>

namespace cutaway::inline v0_1::autograd {

bool any_defined(const Grads& grads) {
  return std::any_of(grads.begin(), grads.end(), [](const Tensor& grad) { return grad.defined(); });
}

/// A converted operand (In) asks for what the original would.
static bool asks_for_gradient(const Tensor& input) {
  if (!input.defined()) return false;
  const AutogradMeta* meta = find_meta(input);
  return input.requires_grad() || (meta != nullptr && meta->converted_from.defined() &&
                                   meta->converted_from.requires_grad());
}

bool any_requires_grad(Inputs inputs) {
  return std::any_of(inputs.begin(), inputs.end(),
                     [](const Tensor* input) { return asks_for_gradient(*input); });
}

bool any_requires_grad(TensorList inputs) {
  return std::any_of(inputs.begin(), inputs.end(), asks_for_gradient);
}

Edges collect_edges(Inputs inputs) {
  Edges edges;
  edges.reserve(inputs.size());
  for (const Tensor* input : inputs) edges.push_back(gradient_edge(*input));
  return edges;
}

Edges collect_edges(TensorList inputs) {
  Edges edges;
  for (const Tensor& input : inputs) edges.push_back(gradient_edge(input));
  return edges;
}

bool any_valid(const Edges& edges) {
  return std::any_of(edges.begin(), edges.end(), [](const Edge& edge) { return edge.is_valid(); });
}

}  // namespace cutaway::autograd
