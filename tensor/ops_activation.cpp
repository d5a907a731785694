// SPDX-License-Identifier: MIT
#include "ops_activation.h"

#include <cmath>
#include <initializer_list>

#include "catalogue.h"
#include "check.h"
#include "operands.h"
#include "ops_pointwise.h"
#include "ops_unary.h"

namespace cutaway::inline v0_1 {

// ---- Made of straight lines ----

static void check_relu(const Tensor& self) {
  check_defined(self, 0, "self");
  check(self.dtype() != kBool, "Boolean inputs not supported for relu");
}
Tensor relu(const Tensor& self) {
  check_relu(self);
  return op::relu(self);
}
const Tensor& relu_(const Tensor& self) {
  check_relu(self);
  check_in_place(self);
  return op::relu_(self);
}

/// That they fit into the dtype in which a function of self computes.
static void check_factors(const Tensor& self, std::initializer_list<Scalar> factors) {
  if (!self.is_floating_point()) return;  // the kernel refuses it
  const DType dtype = is_half(self.dtype()) ? kFloat32 : self.dtype();
  for (const Scalar& factor : factors) check_fits(factor, dtype);
}

static void check_hardtanh(const Tensor& self, const Scalar& min_val, const Scalar& max_val) {
  check_defined(self, 0, "self");
  check(self.dtype() != kBool, "Bool inputs not supported for hardtanh");
  if (!self.is_floating_point()) {
    check_fits(min_val, kInt64);
    check_fits(max_val, kInt64);
  }
  // Limits of integers are cut to integers first: -0.5 is 0.
  const bool negative = min_val.to<double>() <= -1 || max_val.to<double>() <= -1;
  check(self.dtype() != kUInt8 || !negative,
        "cannot do hardtanh on an unsigned type with negative limits");
  if (std::isnan(min_val.to<double>()) || std::isnan(max_val.to<double>())) return;
  for (const Scalar& limit : {min_val, max_val}) {
    check_fits(self.is_floating_point() ? limit : Scalar(limit.to<int64_t>()), self.dtype());
  }
}
Tensor hardtanh(const Tensor& self, const Scalar& min_val, const Scalar& max_val) {
  check_hardtanh(self, min_val, max_val);
  return op::hardtanh(self, min_val, max_val);
}
const Tensor& hardtanh_(const Tensor& self, const Scalar& min_val, const Scalar& max_val) {
  check_hardtanh(self, min_val, max_val);
  check_in_place(self);
  return store(self, hardtanh(before_write(self, min_val, max_val), min_val, max_val));
}
Tensor relu6(const Tensor& self) { return hardtanh(self, 0, 6); }
const Tensor& relu6_(const Tensor& self) { return hardtanh_(self, 0, 6); }

Tensor threshold(const Tensor& self, const Scalar& threshold, const Scalar& value) {
  check_defined(self, 0, "self");
  const DType dtype = is_half(self.dtype()) ? kFloat32 : self.dtype();
  check_fits(threshold, dtype);
  check_fits(value, dtype);
  return op::threshold(self, threshold, value);
}
const Tensor& threshold_(const Tensor& self, const Scalar& threshold, const Scalar& value) {
  check_in_place(self);
  return store(self, cutaway::threshold(before_write(self, threshold, value), threshold, value));
}
Tensor threshold_backward(const Tensor& grad, const Tensor& self, const Scalar& threshold) {
  check_defined(grad, 0, "grad_output");
  const DType dtype = meet(self, grad);
  check_fits(threshold, is_half(dtype) ? kFloat32 : dtype);
  return op::threshold_backward(In(grad, dtype), In(self, dtype), threshold);
}

Tensor leaky_relu(const Tensor& self, const Scalar& negative_slope) {
  check_defined(self, 0, "self");
  check_factors(self, {negative_slope});
  return op::leaky_relu(self, negative_slope);
}
const Tensor& leaky_relu_(const Tensor& self, const Scalar& negative_slope) {
  check_in_place(self);
  return store(self, leaky_relu(before_write(self, negative_slope), negative_slope));
}

// ---- The family of elu ----

Tensor elu(const Tensor& self, const Scalar& alpha, const Scalar& scale,
           const Scalar& input_scale) {
  check_defined(self, 0, "self");
  check_factors(self, {alpha, scale, input_scale});
  return op::elu(self, alpha, scale, input_scale);
}
const Tensor& elu_(const Tensor& self, const Scalar& alpha, const Scalar& scale,
                   const Scalar& input_scale) {
  check_in_place(self);
  return store(self, elu(before_write(self, alpha, scale, input_scale), alpha, scale, input_scale));
}

static constexpr double kSeluAlpha = 1.6732632423543772848170429916717;
static constexpr double kSeluScale = 1.0507009873554804934193349852946;

Tensor selu(const Tensor& self) { return elu(self, kSeluAlpha, kSeluScale); }
const Tensor& selu_(const Tensor& self) { return elu_(self, kSeluAlpha, kSeluScale); }

static void check_celu_alpha(const Scalar& alpha) {
  check(!alpha.equals(0), "ZeroDivisionError: alpha cannot be 0 for CELU");
}
Tensor celu(const Tensor& self, const Scalar& alpha) {
  check_celu_alpha(alpha);
  return elu(self, alpha, 1, 1 / alpha.to<double>());
}
const Tensor& celu_(const Tensor& self, const Scalar& alpha) {
  check_may_write(self);
  check_celu_alpha(alpha);  // PyTorch: before it calls elu_
  check_in_place(self);
  return store(self, celu(before_write(self, alpha), alpha));
}

// ---- Smooth ----

Tensor gelu(const Tensor& self, std::string_view approximate) {
  check_defined(self, 0, "self");
  check(approximate == "none" || approximate == "tanh",
        "approximate argument must be either none or tanh.");
  return op::gelu(self, approximate);
}
const Tensor& gelu_(const Tensor& self, std::string_view approximate) {
  check_in_place(self);
  return store(self, gelu(before_write(self, approximate), approximate));
}

static Tensor call(const op::Unary& op, const Tensor& self) {
  check_defined(self, 0, "self");
  return op(self);
}
static const Tensor& call_(const op::UnaryInplace& op, const Tensor& self) {
  check_in_place(self);
  return op(self);
}

Tensor silu(const Tensor& self) { return call(op::silu, self); }
const Tensor& silu_(const Tensor& self) { return call_(op::silu_, self); }
Tensor mish(const Tensor& self) { return call(op::mish, self); }
const Tensor& mish_(const Tensor& self) { return call_(op::mish_, self); }
Tensor hardsigmoid(const Tensor& self) { return call(op::hardsigmoid, self); }
const Tensor& hardsigmoid_(const Tensor& self) { return call_(op::hardsigmoid_, self); }
Tensor hardswish(const Tensor& self) { return call(op::hardswish, self); }
const Tensor& hardswish_(const Tensor& self) { return call_(op::hardswish_, self); }
Tensor log_sigmoid(const Tensor& self) { return call(op::log_sigmoid, self); }

Tensor softplus(const Tensor& self, const Scalar& beta, const Scalar& threshold) {
  check_defined(self, 0, "self");
  check_factors(self, {beta, threshold});
  return op::softplus(self, beta, threshold);
}

Tensor softsign(const Tensor& self) { return self / (abs(self) + 1); }
Tensor tanhshrink(const Tensor& self) { return self - tanh(self); }

}  // namespace cutaway
