// SPDX-License-Identifier: MIT
//
// Kernels: one step of SGD and of Adam, in one pass over the memory. Written with tensor ops, a
// step of Adam reads and writes its arrays fourteen times (tests/optim/optimizer_step_test.cpp has
// that version, and holds the two equal); here each array is read once and written once, and memory
// is what such a step waits for. Besides `param` these kernels write the moving averages.
//
// All tensors have param's shape and dtype; their strides may differ.
// PyTorch counterpart: ATen/native/cpu/FusedSGDKernel.cpp, FusedAdamKernel.cpp. Different on
// purpose: PyTorch 2.13 leaves float16 and bfloat16 parameters of 16 elements and more as they are
// in SGD.
#include <math.h>

#include <array>
#include <cmath>
#include <utility>

#include "../check.h"
#include "../loops.h"
#include "capability_call.h"
#include "kernels.h"

#if defined(__GLIBC__)
// Note [Vectorised square root]
// A square root is one instruction, for a vector as for a number. Yet compilers leave a call in
// the loop, in case it must report a negative argument in errno, and then do not vectorise the
// loop. Declaring the functions once more as `const` (the result is all they do) takes that duty
// away.
extern "C" {
[[gnu::const]] float sqrtf(float x) noexcept;
[[gnu::const]] double sqrt(double x) noexcept;
}
#endif

namespace cutaway::inline v0_1::cpu {
namespace {

[[gnu::always_inline]] inline float square_root(float x) { return ::sqrtf(x); }
[[gnu::always_inline]] inline double square_root(double x) { return ::sqrt(x); }

/// The numbers of one step of SGD, as the element type has them.
template <class T>
struct SgdStep {
  T lr, momentum, one_minus_dampening, weight_decay;
  bool nesterov, maximize, is_first_step;

  [[gnu::always_inline]] T gradient(T param, T grad) const {
    const T g = maximize ? -grad : grad;
    return weight_decay == T(0) ? g : g + weight_decay * param;
  }
  [[gnu::always_inline]] void operator()(T& param, T grad) const {
    param -= lr * gradient(param, grad);
  }
  [[gnu::always_inline]] void operator()(T& param, T grad, T& buffer) const {
    const T g = gradient(param, grad);
    buffer = is_first_step ? g : momentum * buffer + one_minus_dampening * g;
    param -= lr * (nesterov ? g + momentum * buffer : buffer);
  }
};

/// The numbers of one step of Adam. Formulas: optim/adam.h.
template <class T>
struct AdamStep {
  T step_size, one_minus_beta1, beta2, one_minus_beta2, bias_correction2_sqrt, eps;
  T shrink;        // decoupled weight decay: param is multiplied by it
  T weight_decay;  // the other kind: added to the gradient
  bool maximize;

  /// Updates the averages; what is left of the update depends on the second one.
  [[gnu::always_inline]] void update_averages(T& param, T grad, T& avg, T& avg_sq) const {
    T g = maximize ? -grad : grad;
    param *= shrink;
    g = weight_decay == T(0) ? g : g + weight_decay * param;
    avg += one_minus_beta1 * (g - avg);
    avg_sq = avg_sq * beta2 + one_minus_beta2 * g * g;
  }
  [[gnu::always_inline]] void move(T& param, T avg, T avg_sq) const {
    param -= step_size * avg / (square_root(avg_sq) / bias_correction2_sqrt + eps);
  }
  [[gnu::always_inline]] void operator()(T& param, T grad, T& avg, T& avg_sq) const {
    update_averages(param, grad, avg, avg_sq);
    move(param, avg, avg_sq);
  }
  [[gnu::always_inline]] void operator()(T& param, T grad, T& avg, T& avg_sq, T& max_sq) const {
    update_averages(param, grad, avg, avg_sq);
    max_sq = max_sq < avg_sq ? avg_sq : max_sq;
    move(param, avg, max_sq);
  }
};

/// step(a[i], b[i], ...) for i < n, where a, b, ... are the arrays. They do not overlap.
template <class T, class Step, size_t... Index>
[[gnu::always_inline]] inline void dense_loop(Step step, std::array<T*, sizeof...(Index)> arrays,
                                              int64_t n) {
#ifndef __clang__
#pragma GCC ivdep
#endif
  for (int64_t i = 0; i < n; ++i) step(arrays[Index][i]...);
}

template <class T, class Step, size_t... Index>
void run_step(const Step& step, const LoopPlan& plan, std::index_sequence<Index...>) {
  run_rows(
      plan, RowFunction([&step](std::byte* const* data, const int64_t* strides, int64_t n) {
        if ((cutaway::detail::is_dense<T>(strides[Index]) && ...)) {
          const std::array<T*, sizeof...(Index)> arrays = {reinterpret_cast<T*>(data[Index])...};
          call_for_capability<dense_loop<T, Step, Index...>>(step, arrays, n);
          return;
        }
        for (int64_t i = 0; i < n; ++i)
          step(cutaway::detail::element<T>(data[Index], i * strides[Index])...);
      }));
}

/// step(x, y, ...) for the elements x, y, ... that stand at the same place in the operands.
template <class T, class Step, class... Tensors>
void run_step(const Step& step, const Tensors&... operands) {
  run_step<T>(step, LoopPlan({&operands...}), std::index_sequence_for<Tensors...>());
}

bool is_given(const std::optional<Tensor>& tensor) { return tensor && tensor->defined(); }

/// A float16 or bfloat16 operand as a float32 copy; round_back writes what became of it. (As
/// through_float.h, which serves kernels that write to their first argument alone.)
class Widened {
 public:
  explicit Widened(const Tensor& tensor)
      : original_(tensor), wide_(cpu::to_copy(tensor, kFloat32)) {}
  explicit Widened(const std::optional<Tensor>& tensor) {
    if (!is_given(tensor)) return;
    original_ = *tensor;
    wide_ = cpu::to_copy(*tensor, kFloat32);
  }
  // Implicit: it stands for the tensor
  operator const Tensor&() const { return wide_; }
  operator std::optional<Tensor>() const { return wide_; }
  void round_back() const {
    if (wide_.defined()) cpu::copy_(original_, wide_);
  }

 private:
  Tensor original_, wide_;
};

void round_back(std::initializer_list<const Widened*> written) {
  for (const Widened* operand : written) operand->round_back();
}

/// These ops have no public function that checks before them, so this is done here.
void check_fits(const char* name, const Tensor& tensor, const Tensor& param) {
  check(tensor.dtype() == param.dtype() && tensor.sizes() == param.sizes(),
        "optimizer step: ", name, " is a ", tensor.dtype(), " tensor of shape ", tensor.sizes(),
        ", but the parameter is a ", param.dtype(), " tensor of shape ", param.sizes());
}

}  // namespace

const Tensor& fused_sgd_(const Tensor& param, const Tensor& grad,
                         const std::optional<Tensor>& momentum_buffer, double lr, double momentum,
                         double dampening, double weight_decay, bool nesterov, bool maximize,
                         bool is_first_step) {
  check_no_internal_overlap(param);
  check_fits("grad", grad, param);
  if (is_given(momentum_buffer)) check_fits("momentum_buffer", *momentum_buffer, param);
  if (is_half(param.dtype())) {
    const Widened wide_param(param), wide_grad(grad), wide_buffer(momentum_buffer);
    fused_sgd_(wide_param, wide_grad, wide_buffer, lr, momentum, dampening, weight_decay, nesterov,
               maximize, is_first_step);
    round_back({&wide_param, &wide_buffer});
    return param;
  }
  visit_floating(param.dtype(), "fused_sgd", [&]<class T>(TypeTag<T>) {
    const SgdStep<T> step{static_cast<T>(lr),
                          static_cast<T>(momentum),
                          static_cast<T>(1 - dampening),
                          static_cast<T>(weight_decay),
                          nesterov,
                          maximize,
                          is_first_step};
    if (is_given(momentum_buffer)) {
      run_step<T>(step, param, grad, *momentum_buffer);
    } else {
      run_step<T>(step, param, grad);
    }
  });
  return param;
}

const Tensor& fused_adam_(const Tensor& param, const Tensor& grad, const Tensor& exp_avg,
                          const Tensor& exp_avg_sq, const std::optional<Tensor>& max_exp_avg_sq,
                          int64_t step_number, double lr, double beta1, double beta2, double eps,
                          double weight_decay, bool decoupled_weight_decay, bool maximize) {
  check_no_internal_overlap(param);
  check_fits("grad", grad, param);
  check_fits("exp_avg", exp_avg, param);
  check_fits("exp_avg_sq", exp_avg_sq, param);
  if (is_given(max_exp_avg_sq)) check_fits("max_exp_avg_sq", *max_exp_avg_sq, param);
  if (is_half(param.dtype())) {
    const Widened wide_param(param), wide_grad(grad), wide_avg(exp_avg), wide_sq(exp_avg_sq),
        wide_max(max_exp_avg_sq);
    fused_adam_(wide_param, wide_grad, wide_avg, wide_sq, wide_max, step_number, lr, beta1, beta2,
                eps, weight_decay, decoupled_weight_decay, maximize);
    round_back({&wide_param, &wide_avg, &wide_sq, &wide_max});
    return param;
  }
  const double t = static_cast<double>(step_number);
  const double bias_correction1 = 1 - std::pow(beta1, t);
  const double bias_correction2 = 1 - std::pow(beta2, t);
  visit_floating(param.dtype(), "fused_adam", [&]<class T>(TypeTag<T>) {
    AdamStep<T> step{};
    step.step_size = static_cast<T>(lr / bias_correction1);
    step.one_minus_beta1 = static_cast<T>(1 - beta1);
    step.beta2 = static_cast<T>(beta2);
    step.one_minus_beta2 = static_cast<T>(1 - beta2);
    step.bias_correction2_sqrt = static_cast<T>(std::sqrt(bias_correction2));
    step.eps = static_cast<T>(eps);
    step.shrink = static_cast<T>(decoupled_weight_decay ? 1 - lr * weight_decay : 1);
    step.weight_decay = static_cast<T>(decoupled_weight_decay ? 0 : weight_decay);
    step.maximize = maximize;
    if (is_given(max_exp_avg_sq)) {
      run_step<T>(step, param, grad, exp_avg, exp_avg_sq, *max_exp_avg_sq);
    } else {
      run_step<T>(step, param, grad, exp_avg, exp_avg_sq);
    }
  });
  return param;
}

}  // namespace cutaway::cpu
