// SPDX-License-Identifier: MIT
//
// Gradients of variances, norms and logsumexp. (Those of medians and their like, which choose an
// element, stand beside max: derivatives_reduce.cpp.)
#include <cmath>
#include <limits>

#include "../tensor/catalogue.h"
#include "../tensor/ops.h"
#include "derivatives.h"
#include "record.h"
#include "reduced.h"

namespace cutaway::inline v0_1::autograd::statistics_derivatives {
namespace {

using Correction = std::optional<Scalar>;

// var = sum (x - mean)^2 / (n - c):   d var / d x = 2 (x - mean) / (n - c)
Tensor var_backward(const Tensor& grad, const Tensor& x, const Reduced& reduced,
                    const Correction& correction) {
  const double freedom =
      static_cast<double>(reduced.count()) - correction.value_or(Scalar(1)).to<double>();
  const Tensor middle = reduced.with_dims(mean(x, reduced.dims, reduced.keepdim));
  // PyTorch names what has no degree of freedom only where all is reduced to one number.
  if (freedom > 0 || (!reduced.dims.empty() && x.dim() > 0)) {
    const double slope = freedom == 0 ? std::numeric_limits<double>::infinity() : 2.0 / freedom;
    return reduced.with_dims(grad) * slope * (x - middle);
  }
  const Tensor infinite = full_like(x, std::numeric_limits<double>::infinity());
  return reduced.with_dims(grad) * where(eq(x, middle), std::nan(""), infinite);
}

// std = sqrt(var):   d std / d var = 1 / (2 std), taken as 0 where std is 0
Tensor std_backward(const Tensor& grad, const Tensor& x, const Tensor& result,
                    const Reduced& reduced, const Correction& correction) {
  const Tensor grad_var = where(eq(result, 0), 0, grad / (result * 2));
  return var_backward(grad_var, x, reduced, correction);
}

Tensor var(const Tensor& x, IntArrayRef dims, const Correction& correction, bool keepdim) {
  return record({"VarBackward0", "self"}, {&x},
                below_autograd(op::var, x, dims, correction, keepdim),
                [x = save(x), reduced = Reduced(x, dims, keepdim), correction](
                    const Node& node, const Tensor& grad) -> Grads {
                  return {var_backward(grad, x.unpack(node), reduced, correction)};
                });
}

Tensor std(const Tensor& x, IntArrayRef dims, const Correction& correction, bool keepdim) {
  const Tensor result = below_autograd(op::std, x, dims, correction, keepdim);
  return record({"StdBackward0", "self, result"}, {&x}, result,
                [x = save(x), result = save_output(result), reduced = Reduced(x, dims, keepdim),
                 correction](const Node& node, const Tensor& grad) -> Grads {
                  const auto [in, deviation] = unpack_all(node, x, result);
                  return {std_backward(grad, in, deviation, reduced, correction)};
                });
}

Tensor mean_backward(const Tensor& grad, const Reduced& reduced) {
  return grad.defined() ? reduced.with_dims(grad).expand(reduced.sizes) / reduced.count()
                        : Tensor();
}

std::tuple<Tensor, Tensor> var_mean(const Tensor& x, IntArrayRef dims, const Correction& correction,
                                    bool keepdim) {
  return record_both({"VarMeanBackward0", "self"}, {&x},
                     below_autograd(op::var_mean, x, dims, correction, keepdim),
                     [x = save(x), reduced = Reduced(x, dims, keepdim), correction](
                         const Node& node, const Grads& grads) -> Grads {
                       const Tensor in = x.unpack(node);
                       const Tensor of_variance =
                           grads[0].defined() ? var_backward(grads[0], in, reduced, correction)
                                              : Tensor();
                       return {total(of_variance, mean_backward(grads[1], reduced))};
                     });
}

std::tuple<Tensor, Tensor> std_mean(const Tensor& x, IntArrayRef dims, const Correction& correction,
                                    bool keepdim) {
  const std::tuple<Tensor, Tensor> results =
      below_autograd(op::std_mean, x, dims, correction, keepdim);
  return record_both({"StdMeanBackward0", "self, result0"}, {&x}, results,
                     [x = save(x), deviation = save_output(std::get<0>(results)),
                      reduced = Reduced(x, dims, keepdim),
                      correction](const Node& node, const Grads& grads) -> Grads {
                       const auto [in, std] = unpack_all(node, x, deviation);
                       const Tensor of_deviation =
                           grads[0].defined() ? std_backward(grads[0], in, std, reduced, correction)
                                              : Tensor();
                       return {total(of_deviation, mean_backward(grads[1], reduced))};
                     });
}

// ---- Norms ----

// norm = (sum |x|^p)^(1/p):   d norm / d x = sign(x) (|x| / norm)^(p - 1), 0 where the norm is 0
Tensor norm_backward(Tensor grad, const Tensor& x, Tensor norm, double p, const Reduced& reduced) {
  grad = reduced.with_dims(grad);
  norm = reduced.with_dims(norm);
  if (p == 1) return sign(x) * grad;
  if (p == 2) return grad * where(eq(norm, 0), 0, x / norm);
  const Tensor size = abs(x);
  if (std::isinf(p)) {
    const Tensor found = norm.detach();
    const Tensor value = size.detach();
    const Tensor mask = where(ne(found, found), ne(value, value), eq(value, found));
    return sign(x) * share_by_count(grad, mask, reduced);
  }
  // 0 to a negative power is infinite, but the sign there is 0.
  const Tensor power = where(eq(x, 0), 0, sign(x) * size.pow(p - 1));
  return power * where(eq(norm, 0), 0, grad / norm.pow(p - 1));
}

Tensor linalg_vector_norm(const Tensor& x, const Scalar& ord, IntArrayRef dims, bool keepdim,
                          std::optional<DType> dtype) {
  const Tensor result = below_autograd(op::linalg_vector_norm, x, ord, dims, keepdim, dtype);
  return record(
      {"LinalgVectorNormBackward0", "self, result"}, {&x}, result,
      [x = save(x), result = save_output(result), p = ord.to<double>(),
       reduced = Reduced(x, dims, keepdim)](const Node& node, const Tensor& grad) -> Grads {
        const auto [in, norm] = unpack_all(node, x, result);
        if (p == 0) return {Tensor()};  // a count
        return {norm_backward(grad, in, norm, p, reduced).to(in.dtype())};
      });
}

// d log(sum exp(x)) / d x = exp(x - result). Where the result is infinite, so is an x: their
// difference, NaN, would be taken as the exponent.
Tensor logsumexp(const Tensor& x, IntArrayRef dims, bool keepdim) {
  const Tensor result = below_autograd(op::logsumexp, x, dims, keepdim);
  return record({"LogsumexpBackward0", "self, result"}, {&x}, result,
                [x = save(x), result = save_output(result), reduced = Reduced(x, dims, keepdim)](
                    const Node& node, const Tensor& grad) -> Grads {
                  const auto [in, log_sum] = unpack_all(node, x, result);
                  return {reduced.with_dims(grad) * (in - reduced.with_dims(log_sum)).exp()};
                });
}

}  // namespace

void install() {
  op::var.set_kernel(Key::Autograd, var);
  op::std.set_kernel(Key::Autograd, std);
  op::var_mean.set_kernel(Key::Autograd, var_mean);
  op::std_mean.set_kernel(Key::Autograd, std_mean);
  op::linalg_vector_norm.set_kernel(Key::Autograd, linalg_vector_norm);
  op::logsumexp.set_kernel(Key::Autograd, logsumexp);
}

}  // namespace cutaway::autograd::statistics_derivatives
