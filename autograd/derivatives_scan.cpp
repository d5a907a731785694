// SPDX-License-Identifier: MIT
//
// Gradients of the scans. Element k of the input has a part in the results from k on, so most of
// these are scans from the other end.
#include <limits>

#include "../tensor/catalogue.h"
#include "../tensor/ops.h"
#include "derivatives.h"
#include "grad_mode.h"
#include "record.h"

namespace cutaway::inline v0_1::autograd::scan_derivatives {
namespace {

Tensor reversed(const Tensor& x, int64_t dim) {
  const int64_t n = x.size(dim);
  return x.index_select(dim, arange(n - 1, -1, -1));
}

/// sum of g[k], g[k + 1], ...
Tensor sum_from_here(const Tensor& g, int64_t dim) {
  return g.dim() == 0 ? g : reversed(reversed(g, dim).cumsum(dim), dim);
}

/// 0, 1, 2, ... along dim, shaped to broadcast.
Tensor positions(const Tensor& x, int64_t dim) {
  DimVector shape(x.dim(), 1);
  shape[dim] = x.size(dim);
  return arange(x.size(dim)).view(shape);
}

Tensor cumsum(const Tensor& x, int64_t dim, std::optional<DType> dtype) {
  return record("CumsumBackward0", {&x}, below_autograd(op::cumsum, x, dim, dtype),
                [dim, to = x.dtype()](const Node&, const Tensor& grad) -> Grads {
                  return {sum_from_here(grad.to(to), dim)};
                });
}

// d out[j] / d x[k] = out[j] / x[k] for k <= j, which will not do where x[k] is 0. So, one k at a
// time: the product of the first j elements without the k-th, summed up over j >= k.
Tensor cumprod_backward_by_element(const Tensor& grad, const Tensor& x, int64_t dim) {
  const Tensor places = positions(x, dim);
  std::vector<Tensor> columns;
  for (int64_t k = 0; k < x.size(dim); ++k) {
    const Tensor others = where(eq(places, k), 1, x).cumprod(dim);
    columns.push_back(where(lt(places, k), 0, grad * others).sum(dim, true));
  }
  return cat(columns, dim);
}

// The same in time n, for when nobody wants the gradient of this gradient. Only the first zero of a
// line and what stands before it have a part in results that are not 0.
Tensor cumprod_backward_around_zero(const Tensor& grad, const Tensor& x, const Tensor& out,
                                    int64_t dim) {
  const Tensor zeros_so_far = eq(x, 0).to(kInt64).cumsum(dim);
  const Tensor is_before = eq(zeros_so_far, 0);
  const Tensor is_first = where(eq(x, 0), eq(zeros_so_far, 1), zeros_like(is_before));
  const Tensor before = sum_from_here(grad * out, dim) / x;
  const Tensor others = where(is_first, 1, x).cumprod(dim);
  const Tensor at_first = where(is_before, 0, grad * others).sum(dim, true);
  return where(is_before, before, where(is_first, at_first, zeros_like(x)));
}

Tensor cumprod_backward(const Tensor& grad, const Tensor& x, const Tensor& out, int64_t dim) {
  if (x.numel() <= 1 || x.size(dim) == 1) return grad;
  if (all(x.detach()).item<bool>()) return sum_from_here(grad * out, dim) / x;
  return is_grad_enabled() ? cumprod_backward_by_element(grad, x, dim)
                           : cumprod_backward_around_zero(grad, x, out, dim);
}

Tensor cumprod(const Tensor& x, int64_t dim, std::optional<DType> dtype) {
  const Tensor result = below_autograd(op::cumprod, x, dim, dtype);
  return record({"CumprodBackward0", "self, result"}, {&x}, result,
                [x = save(x), result = save_output(result), dim](const Node& node,
                                                                 const Tensor& grad) -> Grads {
                  const auto [in, out] = unpack_all(node, x, result);
                  return {cumprod_backward(grad, in.to(out.dtype()), out, dim).to(in.dtype())};
                });
}

// d out[j] / d x[k] = exp(x[k] - out[j]) for k <= j. The sum over j of g[j] exp(-out[j]) is again
// taken as log-sum-exp, positive and negative g apart.
Tensor logcumsumexp_backward(const Tensor& grad, const Tensor& x, const Tensor& out, int64_t dim) {
  if (x.dim() == 0) return grad;
  const auto part = [&](const Tensor& magnitude) {
    // What is not positive counts as a tiny power of e: its logarithm would have no gradient.
    const Tensor is_there = gt(magnitude, 0);
    const Tensor log =
        where(is_there, where(is_there, magnitude, 1).log(), -std::numeric_limits<float>::max());
    const Tensor terms = log - out;
    return (reversed(reversed(terms, dim).logcumsumexp(dim), dim) + x).exp();
  };
  return part(grad) - part(-grad);
}

Tensor logcumsumexp(const Tensor& x, int64_t dim) {
  const Tensor result = below_autograd(op::logcumsumexp, x, dim);
  return record({"LogcumsumexpBackward0", "self, result"}, {&x}, result,
                [x = save(x), result = save_output(result), dim](const Node& node,
                                                                 const Tensor& grad) -> Grads {
                  const auto [in, out] = unpack_all(node, x, result);
                  return {logcumsumexp_backward(grad, in, out, dim)};
                });
}

/// Every element of `grad` goes to the place along `dim` that `indices` names; an element that
/// several results show gets the sum of their gradients.
Tensor to_places(const Tensor& grad, const Tensor& indices, int64_t dim) {
  return scatter_add(zeros_like(grad), dim, indices, grad);
}

template <auto& row>
std::tuple<Tensor, Tensor> running_extreme(const char* name, const Tensor& x, int64_t dim) {
  const auto [values, indices] = below_autograd(row, x, dim);
  Tensor recorded = record(
      {name, "self, indices"}, {&x}, values,
      [x = save(x), indices = save(indices), dim](const Node& node, const Tensor& grad) -> Grads {
        return {to_places(grad, unpack_all(node, x, indices)[1], dim)};
      });
  return {std::move(recorded), indices};
}

std::tuple<Tensor, Tensor> cummax(const Tensor& x, int64_t dim) {
  return running_extreme<op::cummax>("CummaxBackward0", x, dim);
}
std::tuple<Tensor, Tensor> cummin(const Tensor& x, int64_t dim) {
  return running_extreme<op::cummin>("CumminBackward0", x, dim);
}

}  // namespace

void install() {
  op::cumsum.set_kernel(Key::Autograd, cumsum);
  op::cumprod.set_kernel(Key::Autograd, cumprod);
  op::logcumsumexp.set_kernel(Key::Autograd, logcumsumexp);
  op::cummax.set_kernel(Key::Autograd, cummax);
  op::cummin.set_kernel(Key::Autograd, cummin);
}

}  // namespace cutaway::autograd::scan_derivatives
