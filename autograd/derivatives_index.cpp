// SPDX-License-Identifier: MIT
//
// Gradients of picking by index and of joining.
#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include "../tensor/catalogue.h"
#include "../tensor/ops.h"
#include "derivatives.h"
#include "record.h"

namespace cutaway::inline v0_1::autograd::index_derivatives {
namespace {

Tensor index_select(const Tensor& x, int64_t dim, const Tensor& index) {
  return record(
      {"IndexSelectBackward0", "index"}, {&x}, below_autograd(op::index_select, x, dim, index),
      [sizes = x.sizes(), dim, index = save(index)](const Node& node, const Tensor& grad) -> Grads {
        return {index_add(zeros(sizes, grad.dtype()), dim, index.unpack(node), grad)};
      });
}

Tensor index_add(const Tensor& x, int64_t dim, const Tensor& index, const Tensor& source,
                 const Scalar& alpha) {
  return record({"IndexAddBackward0", "index, source"}, {&x, &source},
                below_autograd(op::index_add, x, dim, index, source, alpha),
                [dim, index = save_for(source, index), source = save_for(source, source), alpha](
                    const Node& node, const Tensor& grad) -> Grads {
                  const Tensor places = unpack_all(node, index, source)[0];
                  if (!node.needs(1)) return {grad, Tensor()};
                  const Tensor picked = grad.index_select(dim, places);
                  return {grad, alpha.equals(1) ? picked : picked * alpha};
                });
}

/// The node of an op that joins a list of tensors, of which it saves none. As in PyTorch, whose
/// node has one slot for the list, all of them get gradients where one is to: hooks see that.
class JoinBackward final : public Node {
 public:
  /// The part of the result's gradient that is for one of the tensors.
  using Part = std::function<Tensor(const Tensor& grad, size_t i)>;
  JoinBackward(const char* name, Edges&& edges, Part part)
      : Node(name, std::move(edges)), part_(std::move(part)) {}

  Grads apply(Grads grad_outputs) override {
    Grads grads(next_edges().size());
    if (!grad_outputs[0].defined() || !is_any_needed()) return grads;
    for (size_t i = 0; i < grads.size(); ++i) {
      if (next_edges()[i].is_valid()) grads[i] = part_(grad_outputs[0], i);
    }
    return grads;
  }
  bool shows_unneeded() const override { return true; }

 private:
  bool is_any_needed() const {
    for (size_t i = 0; i < next_edges().size(); ++i) {
      if (needs(i)) return true;
    }
    return false;
  }

  Part part_;
};

Tensor record_join(const char* name, TensorList tensors, Tensor result, JoinBackward::Part part) {
  Edges edges = collect_edges(tensors);
  if (result.is_floating_point() && is_recorded(edges, tensors)) {
    set_history(result, std::make_shared<JoinBackward>(name, std::move(edges), std::move(part)));
  }
  return result;
}

Tensor cat(TensorList tensors, int64_t dim) {
  constexpr int64_t kSkipped = -1;
  std::vector<int64_t> starts, lengths;  // of each tensor along dim
  int64_t start = 0;
  for (const Tensor& tensor : tensors) {
    const bool is_skipped = tensor.dim() == 1 && tensor.numel() == 0;
    starts.push_back(start);
    lengths.push_back(is_skipped ? kSkipped : tensor.size(dim));
    if (!is_skipped) start += lengths.back();
  }
  return record_join("CatBackward0", tensors, below_autograd(op::cat, tensors, dim),
                     [starts, lengths, dim](const Tensor& grad, size_t i) {
                       return lengths[i] == kSkipped ? zeros(0, grad.dtype())
                                                     : grad.narrow(dim, starts[i], lengths[i]);
                     });
}

Tensor stack(TensorList tensors, int64_t dim) {
  // Not unbind: each gradient shall be a view that can be written in place.
  return record_join(
      "StackBackward0", tensors, below_autograd(op::stack, tensors, dim),
      [dim](const Tensor& grad, size_t i) { return grad.select(dim, static_cast<int64_t>(i)); });
}

}  // namespace

void install() {
  op::index_select.set_kernel(Key::Autograd, index_select);
  op::index_add.set_kernel(Key::Autograd, index_add);
  op::cat.set_kernel(Key::Autograd, cat);
  op::stack.set_kernel(Key::Autograd, stack);
}

}  // namespace cutaway::autograd::index_derivatives
