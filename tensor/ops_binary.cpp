// SPDX-License-Identifier: MIT
#include "ops_binary.h"

#include <cmath>

#include "catalogue.h"
#include "check.h"
#include "operands.h"
#include "ops_pointwise.h"
#include "ops_unary.h"

namespace cutaway::inline v0_1 {

// ---- Functions of real numbers ----

static Tensor floating(const op::Binary& op, const Tensor& self, const Tensor& other) {
  const DType dtype = floating_dtype(meet(self, other));
  return op(In(self, dtype), In(other, dtype));
}
/// The check of an in-place form whose result is floating point.
static void check_floating_in_place(const Tensor& self, const Tensor& other) {
  check_in_place(self, other);
  check_can_hold(self, floating_dtype(promoted_dtype(self, other)));
}

Tensor atan2(const Tensor& self, const Tensor& other) { return floating(op::atan2, self, other); }
const Tensor& atan2_(const Tensor& self, const Tensor& other) {
  check_floating_in_place(self, other);
  return store(self, atan2(before_write(self, other), other));
}
Tensor hypot(const Tensor& self, const Tensor& other) { return promoted(op::hypot, self, other); }
const Tensor& hypot_(const Tensor& self, const Tensor& other) {
  meet_in_place(self, other);
  return store(self, hypot(before_write(self, other), other));
}
Tensor copysign(const Tensor& self, const Tensor& other) {
  return floating(op::copysign, self, other);
}
const Tensor& copysign_(const Tensor& self, const Tensor& other) {
  check_floating_in_place(self, other);
  return store(self, copysign(before_write(self, other), other));
}
Tensor nextafter(const Tensor& self, const Tensor& other) {
  return promoted(op::nextafter, self, other);
}
const Tensor& nextafter_(const Tensor& self, const Tensor& other) {
  meet_in_place(self, other);
  return store(self, nextafter(before_write(self, other), other));
}
Tensor logaddexp(const Tensor& self, const Tensor& other) {
  return promoted(op::logaddexp, self, other);
}
Tensor logaddexp2(const Tensor& self, const Tensor& other) {
  return promoted(op::logaddexp2, self, other);
}
Tensor xlogy(const Tensor& self, const Tensor& other) { return floating(op::xlogy, self, other); }
const Tensor& xlogy_(const Tensor& self, const Tensor& other) {
  check_floating_in_place(self, other);
  return store(self, xlogy(before_write(self, other), other));
}

Tensor ldexp(const Tensor& self, const Tensor& other) {
  check_defined(self, 0, "self");
  check_defined(other, 1, "other");
  broadcast_shapes(self.sizes(), other.sizes());  // may throw
  check_implemented(!self.is_floating_point() || other.dtype() != kBool,
                    "\"ldexp_cpu_exp\" not implemented for 'Bool'");
  return op::ldexp(self, other);
}
const Tensor& ldexp_(const Tensor& self, const Tensor& other) {
  check_may_write(self, other);
  check_defined(self, 0, "self");
  check(self.is_floating_point(), "ldexp can't be cast to the desired output type ", self.dtype());
  check_in_place(self, other);
  return store(self, ldexp(before_write(self, other), other));
}

static void check_heaviside(const Tensor& self, const Tensor& values) {
  check_defined(self, 0, "self");
  check_defined(values, 1, "values");
  check(self.dtype() == values.dtype(),
        "heaviside is not yet implemented for tensors with different dtypes.");
}
Tensor heaviside(const Tensor& self, const Tensor& values) {
  check_heaviside(self, values);
  return promoted(op::heaviside, self, values);
}
const Tensor& heaviside_(const Tensor& self, const Tensor& values) {
  check_may_write(self, values);
  check_heaviside(self, values);
  check_in_place(self, values);
  return op::heaviside_(self, values);
}

// ---- The smaller and the larger ----

Tensor minimum(const Tensor& self, const Tensor& other) {
  return promoted(op::minimum, self, other);
}
Tensor maximum(const Tensor& self, const Tensor& other) {
  return promoted(op::maximum, self, other);
}
Tensor fmin(const Tensor& self, const Tensor& other) { return promoted(op::fmin, self, other); }
Tensor fmax(const Tensor& self, const Tensor& other) { return promoted(op::fmax, self, other); }

// ---- Limits ----

template <class Limit>
static DType meet_limits(const Tensor& self, const Limit& min, const Limit& max) {
  check_defined(self, 0, "self");
  check(min || max, "torch.clamp: At least one of 'min' or 'max' must not be None");
  return promoted_dtype(self, min, max);
}

/// Where one of them is NaN all results are, whatever the other is.
static void check_limits_fit(const ScalarLimit& min, const ScalarLimit& max, DType dtype) {
  const auto is_nan = [](const ScalarLimit& limit) {
    return limit && std::isnan(limit->to<double>());
  };
  if (dtype == kBool || is_nan(min) || is_nan(max)) return;
  if (min) check_fits(*min, dtype);
  if (max) check_fits(*max, dtype);
}

Tensor clamp(const Tensor& self, const ScalarLimit& min, const ScalarLimit& max) {
  const DType dtype = meet_limits(self, min, max);
  check_limits_fit(min, max, dtype);
  return op::clamp(In(self, dtype), min, max);
}

Tensor clamp(const Tensor& self, const TensorLimit& min, const TensorLimit& max) {
  const DType dtype = meet_limits(self, min, max);
  const auto converted = [dtype](const TensorLimit& limit) {
    return limit ? TensorLimit(In(*limit, dtype)) : limit;
  };
  check_implemented(dtype != kBool || !min || !max, "\"clamp_cpu\" not implemented for 'Bool'");
  return op::clamp_tensor(In(self, dtype), converted(min), converted(max));
}

/// What clamp_ and those with one limit look at before they write.
static void check_clamp_in_place(const Tensor& self, const ScalarLimit& min,
                                 const ScalarLimit& max) {
  check_may_write(self);
  const DType dtype = meet_limits(self, min, max);
  check(can_cast(dtype, self.dtype()), "result type ", dtype,
        " can't be cast to the desired output type ", cpp_name_of(self.dtype()));
  check_in_place(self);
}
static void check_clamp_in_place(const Tensor& self, const TensorLimit& min,
                                 const TensorLimit& max) {
  check_may_write(self, min, max);
  meet_limits(self, min, max);  // may throw
  check_in_place(self, min, max);
}

const Tensor& clamp_(const Tensor& self, const ScalarLimit& min, const ScalarLimit& max) {
  check_clamp_in_place(self, min, max);
  return store(self, clamp(before_write(self, min, max), min, max));
}
const Tensor& clamp_(const Tensor& self, const TensorLimit& min, const TensorLimit& max) {
  check_clamp_in_place(self, min, max);
  return store(self, clamp(before_write(self, min, max), min, max));
}

// ---- One limit ----

Tensor clamp_min(const Tensor& self, const Scalar& min) {
  const DType dtype = meet_limits(self, ScalarLimit(min), ScalarLimit());
  check_limits_fit(min, {}, dtype);
  return op::clamp_min(In(self, dtype), min);
}
Tensor clamp_max(const Tensor& self, const Scalar& max) {
  const DType dtype = meet_limits(self, ScalarLimit(), ScalarLimit(max));
  check_limits_fit({}, max, dtype);
  return op::clamp_max(In(self, dtype), max);
}
Tensor clamp_min(const Tensor& self, const Tensor& min) {
  const DType dtype = meet_limits(self, TensorLimit(min), TensorLimit());
  return op::clamp_min_tensor(In(self, dtype), In(min, dtype));
}
Tensor clamp_max(const Tensor& self, const Tensor& max) {
  const DType dtype = meet_limits(self, TensorLimit(), TensorLimit(max));
  return op::clamp_max_tensor(In(self, dtype), In(max, dtype));
}

const Tensor& clamp_min_(const Tensor& self, const Scalar& min) {
  check_clamp_in_place(self, ScalarLimit(min), ScalarLimit());
  return store(self, clamp_min(before_write(self, min), min));
}
const Tensor& clamp_max_(const Tensor& self, const Scalar& max) {
  check_clamp_in_place(self, ScalarLimit(), ScalarLimit(max));
  return store(self, clamp_max(before_write(self, max), max));
}
const Tensor& clamp_min_(const Tensor& self, const Tensor& min) {
  check_clamp_in_place(self, TensorLimit(min), TensorLimit());
  return store(self, clamp_min(before_write(self, min), min));
}
const Tensor& clamp_max_(const Tensor& self, const Tensor& max) {
  check_clamp_in_place(self, TensorLimit(), TensorLimit(max));
  return store(self, clamp_max(before_write(self, max), max));
}

}  // namespace cutaway
