// SPDX-License-Identifier: MIT
//
// Gradients of softmax and the losses, and the gradients of those.
#include "../tensor/catalogue.h"
#include "../tensor/ops.h"
#include "derivatives.h"
#include "record.h"

namespace cutaway::inline v0_1::autograd::nn_derivatives {
namespace {

Tensor softmax(const Tensor& x, int64_t dim, std::optional<DType> dtype) {
  const Tensor result = below_autograd(op::softmax, x, dim, dtype);
  return record({"SoftmaxBackward0", "result"}, {&x}, result,
                [result = save_output(result), dim](const Node& node, const Tensor& grad) -> Grads {
                  return {cutaway::softmax_backward(grad, result.unpack(node), dim)};
                });
}

// f(g, y) = y (g - sum(g y)), sums along dim:
//   df/dg . v = y (v - sum(v y)) = f(v, y),   df/dy . v = v (g - sum(g y)) - g sum(v y)
Tensor softmax_backward(const Tensor& g, const Tensor& y, int64_t dim) {
  return record(
      {"SoftmaxBackwardDataBackward0", "grad_output, output"}, {&g, &y},
      below_autograd(op::softmax_backward, g, y, dim),
      [g = save(g), y = save(y), dim](const Node& node, const Tensor& v) -> Grads {
        const auto [grad, output] = unpack_all(node, g, y);
        if (!node.needs(1)) return {cutaway::softmax_backward(v, output, dim), Tensor()};
        const Tensor by_output =
            v * (grad - (grad * output).sum(dim, true)) - grad * (v * output).sum(dim, true);
        return {node.needs(0) ? cutaway::softmax_backward(v, output, dim) : Tensor(), by_output};
      });
}

Tensor log_softmax(const Tensor& x, int64_t dim, std::optional<DType> dtype) {
  const Tensor result = below_autograd(op::log_softmax, x, dim, dtype);
  return record({"LogSoftmaxBackward0", "result"}, {&x}, result,
                [result = save_output(result), dim](const Node& node, const Tensor& grad) -> Grads {
                  return {log_softmax_backward(grad, result.unpack(node), dim)};
                });
}

// f(g, y) = g - exp(y) sum(g):
//   df/dg . v = v - sum(v exp(y)),   df/dy . v = -v exp(y) sum(g),   sums along dim
Tensor log_softmax_backward(const Tensor& g, const Tensor& y, int64_t dim) {
  return record({"LogSoftmaxBackwardDataBackward0", "grad_output, output"}, {&g, &y},
                below_autograd(op::log_softmax_backward, g, y, dim),
                [g = save(g), y = save(y), dim](const Node& node, const Tensor& v) -> Grads {
                  const auto [grad, output] = unpack_all(node, g, y);
                  const Tensor weighted = v * output.exp();
                  return {node.needs(0) ? v - weighted.sum(dim, true) : Tensor(),
                          node.needs(1) ? -weighted * grad.sum(dim, true) : Tensor()};
                });
}

std::optional<Tensor> if_defined(const Tensor& tensor) {
  return tensor.defined() ? std::optional<Tensor>(tensor) : std::nullopt;
}

std::tuple<Tensor, Tensor> nll_loss_forward(const Tensor& x, const Tensor& target,
                                            const std::optional<Tensor>& weight, int64_t reduction,
                                            int64_t ignore_index) {
  auto [loss, total_weight] =
      below_autograd(op::nll_loss_forward, x, target, weight, reduction, ignore_index);
  Tensor recorded =
      record({"NllLossBackward0", "self, target, weight, total_weight"}, {&x}, loss,
             [x = save(x), target = save(target), weight = save(weight.value_or(Tensor())),
              total_weight = save(total_weight), reduction,
              ignore_index](const Node& node, const Tensor& grad) -> Grads {
               const auto [in, classes, weights, total] =
                   unpack_all(node, x, target, weight, total_weight);
               return {nll_loss_backward(grad, in, classes, if_defined(weights), reduction,
                                         ignore_index, total)};
             });
  return {std::move(recorded), std::move(total_weight)};
}

// The loss is linear in x, so its gradient does not depend on x, and is linear in g.
Tensor nll_loss_backward(const Tensor& g, const Tensor& x, const Tensor& target,
                         const std::optional<Tensor>& weight, int64_t reduction,
                         int64_t ignore_index, const Tensor& total_weight) {
  return record({"NllLossBackwardBackward0", "target, weight"}, {&g, &x},
                below_autograd(op::nll_loss_backward, g, x, target, weight, reduction, ignore_index,
                               total_weight),
                [target = save(target), weight = save(weight.value_or(Tensor())), reduction,
                 ignore_index](const Node& node, const Tensor& grad) -> Grads {
                  const auto [classes, weights] = unpack_all(node, target, weight);
                  return {node.needs(0) ? nll_loss(grad, classes, if_defined(weights),
                                                   static_cast<Reduction>(reduction), ignore_index)
                                        : Tensor(),
                          node.needs(1) ? zeros_like(grad) : Tensor()};
                });
}

}  // namespace

void install() {
  op::softmax.set_kernel(Key::Autograd, softmax);
  op::softmax_backward.set_kernel(Key::Autograd, softmax_backward);
  op::log_softmax.set_kernel(Key::Autograd, log_softmax);
  op::log_softmax_backward.set_kernel(Key::Autograd, log_softmax_backward);
  op::nll_loss_forward.set_kernel(Key::Autograd, nll_loss_forward);
  op::nll_loss_backward.set_kernel(Key::Autograd, nll_loss_backward);
}

}  // namespace cutaway::autograd::nn_derivatives
