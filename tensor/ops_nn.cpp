// SPDX-License-Identifier: MIT
#include "ops_nn.h"

#include "catalogue.h"
#include "views.h"

namespace cutaway::inline v0_1 {
namespace {

void check_same_dtype(const Tensor& expected, const Tensor& found) {
  check(expected.dtype() == found.dtype(), "expected scalar type ", expected.dtype(), " but found ",
        found.dtype());
}

/// What forward and backward ask of their arguments; returns the target as int64.
Tensor check_nll_loss(const Tensor& self, const Tensor& target,
                      const std::optional<Tensor>& weight) {
  check(self.dim() == 1 || self.dim() == 2, "input tensor should be 1D or 2D");
  check(target.dim() <= 1, "0D or 1D target tensor expected, multi-target not supported");
  if (self.dim() == 1) {
    check_value(target.numel() == 1,
                "For 1D input, 1D target must have size 1, but got target size: ", target.numel());
  } else {
    check(target.dim() == 1 && target.size(0) == self.size(0),
          "size mismatch (got input: ", self.sizes(), ", target: ", target.sizes(), ")");
  }
  check(target.dtype() == kInt64 || target.dtype() == kUInt8,
        "expected target dtype to be Long or Byte, but got ", target.dtype());
  if (weight && weight->defined()) {
    const int64_t classes = self.size(-1);
    check(weight->dim() == 1 && weight->numel() == classes,
          "weight tensor should be defined either for all ", classes,
          " classes or no classes but got weight tensor of shape: ", weight->sizes());
    check_same_dtype(self, *weight);
  }
  return target.to(kInt64);
}

}  // namespace

Tensor softmax(const Tensor& self, int64_t dim, std::optional<DType> dtype) {
  const Tensor x = dtype ? self.to(*dtype) : self;
  return op::softmax(x, wrap_dim(dim, self.dim()), std::nullopt);
}

Tensor softmax_backward(const Tensor& grad_output, const Tensor& output, int64_t dim) {
  check_same_dtype(grad_output, output);
  check(grad_output.sizes() == output.sizes(),
        "softmax_backward: grad_output and output must have the same shape, but got ",
        grad_output.sizes(), " and ", output.sizes());
  return op::softmax_backward(grad_output, output, wrap_dim(dim, output.dim()));
}

Tensor log_softmax(const Tensor& self, int64_t dim, std::optional<DType> dtype) {
  const Tensor x = dtype ? self.to(*dtype) : self;
  return op::log_softmax(x, wrap_dim(dim, self.dim()), std::nullopt);
}

Tensor log_softmax_backward(const Tensor& grad_output, const Tensor& output, int64_t dim) {
  check_same_dtype(grad_output, output);
  check(grad_output.sizes() == output.sizes(),
        "log_softmax_backward: grad_output and output must have the same shape, but got ",
        grad_output.sizes(), " and ", output.sizes());
  return op::log_softmax_backward(grad_output, output, wrap_dim(dim, output.dim()));
}

std::tuple<Tensor, Tensor> nll_loss_forward(const Tensor& self, const Tensor& target,
                                            const std::optional<Tensor>& weight, int64_t reduction,
                                            int64_t ignore_index) {
  const Tensor classes = check_nll_loss(self, target, weight);
  return op::nll_loss_forward(self, classes, weight, reduction, ignore_index);
}

Tensor nll_loss_backward(const Tensor& grad_output, const Tensor& self, const Tensor& target,
                         const std::optional<Tensor>& weight, int64_t reduction,
                         int64_t ignore_index, const Tensor& total_weight) {
  const Tensor classes = check_nll_loss(self, target, weight);
  check(total_weight.numel() == 1,
        "expected total_weight to be a  single element tensor, got: ", total_weight.sizes(), " (",
        total_weight.numel(), " elements)");
  if (reduction == static_cast<int64_t>(Reduction::None) && self.dim() == 2) {
    check(grad_output.dim() == 1 && grad_output.size(0) == self.size(0),
          "Expected a tensor of dimension 1 and tensor.size[0] == ", self.size(0),
          " but got: dimension ", grad_output.dim(),
          " and tensor.size[0] = ", grad_output.dim() == 0 ? 0 : grad_output.size(0));
  } else {
    check(grad_output.dim() <= 1 && grad_output.numel() == 1,
          "Expected a single element grad_output tensor, but got: ", grad_output.sizes());
  }
  check_same_dtype(self, grad_output);
  check_same_dtype(self, total_weight);
  return op::nll_loss_backward(grad_output, self, classes, weight, reduction, ignore_index,
                               total_weight);
}

Tensor nll_loss(const Tensor& self, const Tensor& target, const std::optional<Tensor>& weight,
                Reduction how, int64_t ignore_index) {
  const int64_t reduction = static_cast<int64_t>(how);
  check_value(self.dim() >= 1, "Expected 1 or more dimensions (got 0)");
  if (self.dim() > 1) {
    const int64_t target_batch = target.dim() == 0 ? 0 : target.size(0);
    check_value(self.size(0) == target_batch, "Expected input batch_size (", self.size(0),
                ") to match target batch_size (", target_batch, ").");
  }
  if (self.dim() <= 2) {
    return std::get<0>(nll_loss_forward(self, target, weight, reduction, ignore_index));
  }

  // (N, C, d1, ...) with target (N, d1, ...): each place is a sample of its own. Classes go last,
  // everything else becomes one batch.
  DimVector expected(self.sizes());
  expected.erase(1);
  check(target.sizes() == expected, "Expected target size ", expected, ", got ", target.sizes());
  DimVector classes_last = {0};
  for (int64_t d = 2; d < self.dim(); ++d) classes_last.push_back(d);
  classes_last.push_back(1);
  const int64_t samples = target.numel();
  const Tensor rows = reshape(permute(self, classes_last), {samples, self.size(1)});
  const Tensor loss = std::get<0>(
      nll_loss_forward(rows, reshape(target, {samples}), weight, reduction, ignore_index));
  return how == Reduction::None ? reshape(loss, expected) : loss;
}

}  // namespace cutaway
