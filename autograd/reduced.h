// SPDX-License-Identifier: MIT
//
// Reduced: what the gradient of a reduction remembers of its input, and how the gradient of one
// result goes back to the elements it came from.
#pragma once

#include <algorithm>

#include "../tensor/ops.h"
#include "record.h"

namespace cutaway::inline v0_1::autograd {

/// What was reduced (no dims: everything).
struct Reduced {
  Reduced(const Tensor& input, IntArrayRef reduced_dims, bool keeps)
      : sizes(input.sizes()), dims(reduced_dims), keepdim(keeps) {
    std::sort(dims.begin(), dims.end());
  }
  /// Of everything, to one number.
  explicit Reduced(const Tensor& input) : Reduced(input, {}, false) {}
  /// A reduced tensor with the reduced dimensions put back, with size 1.
  Tensor with_dims(Tensor reduced) const;
  /// How many elements became one.
  int64_t count() const;
  /// A sum over what was reduced, keeping the dimensions.
  Tensor sum(const Tensor& x) const { return dims.empty() ? x.sum() : x.sum(dims, true); }

  DimVector sizes;
  DimVector dims;
  bool keepdim;
};

/// The gradient of one element chosen along the one reduced dimension: at `indices`, else 0.
Tensor to_chosen(const Tensor& grad, const Tensor& indices, const Reduced& reduced);

/// The gradient of a value of x: shared evenly by all elements of `x` that equal it, 0 where none
/// does. NaN is the extreme where there is one, and equals NaN here.
Tensor share_evenly(const Tensor& grad, const Tensor& x, const Tensor& extreme,
                    const Reduced& reduced);

/// `grad`, which has the reduced dimensions, shared evenly by the elements that `mask` names: NaN
/// where it names none, as after a write to x that autograd did not see.
Tensor share_by_count(const Tensor& grad, const Tensor& mask, const Reduced& reduced);

/// record() for an op with two differentiable results; the lambda gets both gradients, either of
/// which may be undefined.
template <class Backward>
std::tuple<Tensor, Tensor> record_both(NodeName name, Inputs inputs,
                                       const std::tuple<Tensor, Tensor>& results,
                                       Backward backward) {
  const auto& [first, second] = results;
  if (any_requires_grad(inputs) && first.is_floating_point()) {
    const std::shared_ptr<Node> node = make_node(name, inputs, std::move(backward));
    set_history(first, node);
    set_history(second, node);
  }
  return results;
}

/// The sum of two gradients, either of which may be undefined.
inline Tensor total(const Tensor& a, const Tensor& b) {
  if (!a.defined()) return b;
  return b.defined() ? a + b : a;
}

}  // namespace cutaway::autograd
