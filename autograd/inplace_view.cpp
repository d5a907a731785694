// SPDX-License-Identifier: MIT
#include "inplace_view.h"

#include <algorithm>
#include <string>
#include <utility>

#include "../tensor/ops.h"
#include "engine.h"
#include "grad_mode.h"
#include "record.h"
#include "variable.h"

namespace cutaway::inline v0_1::autograd {

ViewOfBase::ViewOfBase(IntArrayRef sizes, IntArrayRef strides, int64_t storage_offset,
                       const Tensor& base)
    : sizes_(sizes),
      strides_(strides),
      offset_(storage_offset - base.storage_offset()),
      base_sizes_(base.sizes()),
      base_strides_(base.strides()) {}

Tensor ViewOfBase::of(const Tensor& base) const {
  return as_strided(base, sizes_, strides_, base.storage_offset() + offset_);
}

/// How many elements of memory lie from a tensor's first element to its last.
static int64_t extent(IntArrayRef sizes, IntArrayRef strides) {
  int64_t last = 0;
  for (int64_t d = 0; d < sizes.size(); ++d) {
    if (sizes[d] == 0) return 0;
    last += (sizes[d] - 1) * strides[d];
  }
  return last + 1;
}

/// How many elements of its memory show each place of a base that overlaps itself; 1 where none.
static Tensor count_of_places(int64_t room, IntArrayRef sizes, IntArrayRef strides, int64_t first,
                              DType dtype) {
  const NoGrad guard;
  return as_strided_backward(ones(sizes, dtype), room, sizes, strides, first).clamp_min(1);
}

Tensor ViewOfBase::backward(const Tensor& grad) const {
  // Added up in the order of memory, which reaches over base and view, then seen as the base is.
  const int64_t before = std::max<int64_t>(-offset_, 0);  // how far the view begins before the base
  const int64_t room =
      before + std::max(extent(base_sizes_, base_strides_), offset_ + extent(sizes_, strides_));
  Tensor memory = as_strided_backward(grad, room, sizes_, strides_, before + offset_);
  // A place that the base shows more than once is one number that shares its gradient among them.
  if (!is_non_overlapping_and_dense(base_sizes_, base_strides_)) {
    memory = memory / count_of_places(room, base_sizes_, base_strides_, before, memory.dtype());
  }
  return memory.as_strided(base_sizes_, base_strides_, before);
}

Tensor ViewOfBase::empty_base(DType dtype) const {
  if (is_non_overlapping_and_dense(base_sizes_, base_strides_)) {
    return empty_strided(base_sizes_, base_strides_, dtype);
  }
  return empty(extent(base_sizes_, base_strides_), dtype).as_strided(base_sizes_, base_strides_);
}

namespace {

/// See Note [In-place writes through views].
class CopySlices final : public Node {
 public:
  CopySlices(const Tensor& base, const Tensor& view, std::shared_ptr<Node> node, Edge base_edge)
      : Node("CopySlices", edges(std::move(base_edge), *node)),
        view_(view, base),
        node_(std::move(node)) {}
  ~CopySlices() override { release(std::move(node_)); }

  Grads apply(Grads grad_outputs) override {
    check(node_ != nullptr, released_message());
    if (!grad_outputs[0].defined()) return Grads(next_edges().size());
    // A copy of the gradient, laid out as the base is, so that the view's strides fit it.
    Tensor grad = view_.empty_base(grad_outputs[0].dtype());
    grad.copy_(grad_outputs[0]);
    Tensor slice = view_.of(grad);
    Grads grads = [&] {
      const LimitToNodes all(nullptr);  // its first edge is not one of the graph's: see edges()
      return node_->apply({clone(slice)});
    }();
    grads[0] = needs(0) ? merged(grad, slice, grads[0]) : Tensor();
    return grads;
  }
  void release_saved() override { release(std::move(node_)); }
  void for_each_saved(const std::function<void(const SavedTensor&)>& visit) const override {
    if (node_) node_->for_each_saved(visit);
  }

 private:
  /// The op's first input was the view itself: its gradient goes where the view is in the base.
  /// Where it gives none, nothing flows back from there.
  static Tensor merged(const Tensor& grad, const Tensor& slice, const Tensor& of_view) {
    if (of_view.defined()) {
      slice.copy_(sum_to_size(of_view, slice.sizes()));
    } else {
      slice.zero_();
    }
    return grad;
  }
  /// The base's old history first, then the op's other inputs.
  static Edges edges(Edge base_edge, const Node& node) {
    Edges all = node.next_edges();
    all[0] = std::move(base_edge);
    return all;
  }

  ViewOfBase view_;
  std::shared_ptr<Node> node_;
};

/// Why a write that concerns a view of this origin cannot be recorded, and what to do.
const char* advice(ViewOrigin origin) {
  switch (origin) {
    case ViewOrigin::OneOfMany:
      return " This view is the output of a function that returns multiple views. Such functions "
             "do not allow the output views to be modified inplace. You should replace the inplace "
             "operation by an out-of-place one.";
    case ViewOrigin::CustomFunction:
      return " This view was created inside a custom Function (or because an input was returned "
             "as-is) and the autograd logic to handle view+inplace would override the custom "
             "backward associated with the custom Function, leading to incorrect gradients. This "
             "behavior is forbidden. You can fix this by cloning the output of the custom "
             "Function.";
    case ViewOrigin::InferenceMode:
      return " Given that this use case is ambiguous and error-prone, it is forbidden. You can "
             "clarify your code by moving both the view and the inplace either both inside the "
             "inference_mode block (if you don't want the inplace to be tracked) or both outside "
             "(if you want the inplace to be tracked).";
    case ViewOrigin::NoGradMode:
    case ViewOrigin::OneView:
      break;
  }
  return " Given that this use case is ambiguous and error-prone, it is forbidden. You can clarify "
         "your code by moving both the view and the inplace either both inside the no_grad block "
         "(if you don't want the inplace to be tracked) or both outside (if you want the inplace "
         "to be tracked).";
}

/// Throws where a recorded write through a view of this origin, or to what it views, has no right
/// history. `written`: "is being", or who else has been.
void check_view(ViewOrigin origin, const Node* node, int64_t output_nr, const char* written) {
  if (origin == ViewOrigin::OneView) return;
  std::string output;
  if (node != nullptr) output = join("Output ", output_nr, " of ", op_name(*node));
  const bool in_inference_mode = origin == ViewOrigin::InferenceMode;
  if (node != nullptr && !in_inference_mode && origin != ViewOrigin::NoGradMode) {
    throw Error(join(output, " is a view and ", written, " modified inplace.", advice(origin)));
  }
  // A view with a node that was yet made unrecorded: what it is a view of was.
  throw Error(join(node != nullptr ? output + " is a view of a view which" : "A view",
                   " was created in ", in_inference_mode ? "inference mode" : "no_grad mode",
                   " and ", written,
                   in_inference_mode ? " modified inplace in normal mode."
                                     : " modified inplace with grad mode enabled.",
                   advice(origin)));
}

}  // namespace

ViewOrigin origin_of(const Tensor& view) {
  const ViewOrigin origin = view.impl()->view_origin();
  const bool made_unrecorded = view.impl()->is_unrecorded_view();
  return made_unrecorded && origin != ViewOrigin::InferenceMode ? ViewOrigin::NoGradMode : origin;
}

void check_stale_view(ViewOrigin origin, const Node* node, int64_t output_nr) {
  check_view(origin, node, output_nr, "its base or another view of its base has been");
}

/// Makes the history of a view anew from that of its base.
static std::shared_ptr<Node> derive_history(const Tensor& view, const Tensor& base) {
  const auto node =
      make_node("AsStridedBackward0", {&base},
                [geometry = ViewOfBase(view, base)](const Node&, const Tensor& grad) -> Grads {
                  return {geometry.backward(grad)};
                });
  set_history(view, node);
  return node;
}

std::shared_ptr<Node> grad_fn_of_view(const Tensor& view) {
  const Tensor base(view.impl()->base());
  AutogradMeta* meta = find_meta(view);
  const bool is_current = view.impl()->history_version() == view.impl()->version();
  const bool has_node = meta != nullptr && meta->grad_fn;
  if (is_current || (!has_node && !base.requires_grad())) return has_node ? meta->grad_fn : nullptr;
  // From a base that has ceased to require a gradient, the new node leads nowhere.
  check_stale_view(origin_of(view), has_node ? meta->grad_fn.get() : nullptr, view.output_nr());
  return derive_history(view, base);
}

void check_inplace(const Tensor& self) {
  const bool requires_grad = self.requires_grad();
  if (self.is_view()) {
    const AutogradMeta* meta = find_meta(self);
    const Node* node = meta != nullptr ? meta->grad_fn.get() : nullptr;
    check_view(origin_of(self), node, self.output_nr(), "is being");
    check(!requires_grad || !Tensor(self.impl()->base()).is_leaf(),
          "a view of a leaf Variable that requires grad is being used in an in-place operation.");
  }
  check(!requires_grad || !self.is_leaf(),
        "a leaf Variable that requires grad is being used in an in-place operation.");
}

void rebase_history(const Tensor& self, const std::shared_ptr<Node>& node) {
  rebase_history(self, Edge{node, node->add_output(self)});
}

void rebase_history(const Tensor& self, const Edge& edge) {
  if (!self.is_view()) {
    set_history(self, edge);
    return;
  }
  const Tensor base(self.impl()->base());
  Edge base_edge = gradient_edge(base);
  set_history(base, std::make_shared<CopySlices>(base, self, edge.node, std::move(base_edge)));
  self.impl()->add_key(Key::Autograd);
  derive_history(self, base);  // though its version may have been noted after the write already
}

}  // namespace cutaway::autograd
