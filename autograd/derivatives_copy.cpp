// SPDX-License-Identifier: MIT
//
// Gradients of copying and filling. What is overwritten gets a gradient of zero: its old value no
// longer matters.
#include "../tensor/catalogue.h"
#include "../tensor/operands.h"
#include "../tensor/ops.h"
#include "derivatives.h"
#include "record.h"

namespace cutaway::inline v0_1::autograd::copy_derivatives {
namespace {

Tensor record_clone(const Tensor& x, const Tensor& result) {
  return record("CloneBackward0", {&x}, result,
                [](const Node&, const Tensor& grad) -> Grads { return {grad}; });
}

Tensor clone(const Tensor& x) { return record_clone(x, below_autograd(op::clone, x)); }

// PyTorch's x.contiguous() is a clone with another memory format.
Tensor contiguous_copy(const Tensor& x) {
  return record_clone(x, below_autograd(op::contiguous_copy, x));
}

// The engine converts a gradient to the dtype of its input.
Tensor to_copy(const Tensor& x, DType dtype) {
  return record("ToCopyBackward0", {&x}, below_autograd(op::to_copy, x, dtype),
                [](const Node&, const Tensor& grad) -> Grads { return {grad}; });
}

const Tensor& copy_(const Tensor& self, const Tensor& source) {
  InplaceRecord history({&self, &source});
  below_autograd(op::copy_, self, source);
  return history.record("CopyBackwards", [](const Node& node, const Tensor& grad) -> Grads {
    return {node.needs(0) ? zeros_like(grad) : Tensor(), grad};
  });
}

/// x in the dtype in which an op computes. It stands where x stands in the graph, and who saves it
/// saves x.
Tensor convert_operand(const Tensor& x, DType dtype) {
  const Edge edge = gradient_edge(x);
  Tensor converted = below_autograd(op::to_copy, x, dtype);
  meta_of(converted).converted_from = x;
  if (edge.is_valid() && converted.is_floating_point()) set_history(converted, edge);
  if (x.requires_grad()) converted.impl()->add_key(Key::Autograd);  // though no edge may lead to x
  return converted;
}

/// A copy that stands where x stands in the graph, so that an op's record leads past it.
Tensor before_write(const Tensor& x) {
  const Edge edge = gradient_edge(x);
  Tensor copy = below_autograd(op::before_write, x);
  if (edge.is_valid()) set_history(copy, edge);
  return copy;
}

/// Whether the node that computed `result` can be that of a write into self: it has this one
/// output, and, where self is a view, leads first to what self was (see CopySlices).
bool is_record_of_write(const Tensor& self, const Tensor& result) {
  const std::shared_ptr<Node> node = result.grad_fn();
  if (!node || node->outputs().size() != 1) return false;
  const Edges& inputs = node->next_edges();
  return !self.is_view() || (!inputs.empty() && inputs[0].node == gradient_edge(self).node);
}

const Tensor& become_(const Tensor& self, const Tensor& result) {
  if (!is_record_of_write(self, result)) return copy_derivatives::copy_(self, result);
  below_autograd(op::become_, self, result);
  const Edge edge = gradient_edge(result);
  edge.node->replace_output(self);  // the result was converted to self's dtype
  rebase_history(self, edge);
  return self;
}

/// The record of an op that replaces all of self by something that depends on no tensor.
const Tensor& record_overwrite(InplaceRecord& history, const char* name) {
  return history.record(
      name, [](const Node&, const Tensor& grad) -> Grads { return {zeros_like(grad)}; });
}

/// What a comparison writes, 1 or 0, is flat. A number is no input.
struct ComparisonRule {
  const char* node;
  const char* node_by_number;
  op::BinaryInplace& row;
};
constexpr ComparisonRule comparisons[] = {
    {"EqBackward1", "EqBackward0", op::eq_}, {"NeBackward1", "NeBackward0", op::ne_},
    {"LtBackward1", "LtBackward0", op::lt_}, {"LeBackward1", "LeBackward0", op::le_},
    {"GtBackward1", "GtBackward0", op::gt_}, {"GeBackward1", "GeBackward0", op::ge_},
};

template <size_t line>
const Tensor& compare_(const Tensor& self, const Tensor& other) {
  const ComparisonRule& rule = comparisons[line];
  const bool is_number = other.impl()->is_wrapped_number();
  InplaceRecord history = is_number ? InplaceRecord({&self}) : InplaceRecord({&self, &other});
  below_autograd(rule.row, self, other);
  return history.record(is_number ? rule.node_by_number : rule.node,
                        [is_number](const Node& node, const Tensor& grad) -> Grads {
                          Grads grads = {zeros_like(grad)};
                          if (!is_number) {
                            grads.push_back(node.needs(1) ? zeros_like(grad) : Tensor());
                          }
                          return grads;
                        });
}

const Tensor& fill_(const Tensor& self, const Scalar& value) {
  InplaceRecord history({&self});
  below_autograd(op::fill_, self, value);
  return record_overwrite(history, "FillBackward2");
}

const Tensor& fill_tensor_(const Tensor& self, const Tensor& value) {
  InplaceRecord history({&self, &value});
  below_autograd(op::fill_tensor_, self, value);
  return history.record("FillBackward3", [](const Node& node, const Tensor& grad) -> Grads {
    return {node.needs(0) ? zeros_like(grad) : Tensor(), grad};  // value's: the sum
  });
}

const Tensor& zero_(const Tensor& self) {
  InplaceRecord history({&self});
  below_autograd(op::zero_, self);
  return record_overwrite(history, "ZeroBackward0");
}

}  // namespace

void install() {
  op::clone.set_kernel(Key::Autograd, clone);
  op::contiguous_copy.set_kernel(Key::Autograd, contiguous_copy);
  op::to_copy.set_kernel(Key::Autograd, to_copy);
  op::copy_.set_kernel(Key::Autograd, copy_);
  recorded_conversion = convert_operand;
  recorded_write_check = check_inplace;
  op::before_write.set_kernel(Key::Autograd, before_write);
  op::become_.set_kernel(Key::Autograd, become_);
  [&]<size_t... line>(std::index_sequence<line...>) {
    (comparisons[line].row.set_kernel(Key::Autograd, compare_<line>), ...);
  }
  (std::make_index_sequence<std::size(comparisons)>());
  op::fill_.set_kernel(Key::Autograd, fill_);
  op::fill_tensor_.set_kernel(Key::Autograd, fill_tensor_);
  op::zero_.set_kernel(Key::Autograd, zero_);
}

}  // namespace cutaway::autograd::copy_derivatives
