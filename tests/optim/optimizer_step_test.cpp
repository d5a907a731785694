// SPDX-License-Identifier: MIT
//
// The fused steps (tensor/cpu/optimizer_step.cpp) against the same formulas in tensor ops, one line
// of PyTorch each. This is the version to read first.
#include "../../autograd/grad_mode.h"
#include "../../tensor/catalogue.h"
#include "../../tensor/cpu/simd.h"
#include "../../tensor/generator.h"
#include "../../tensor/parallel.h"
#include "../nn/nn_fixture.h"

namespace cutaway {
namespace {

struct SgdSettings {
  double lr = 0.1, momentum = 0.9, dampening = 0.25, weight_decay = 0.01;
  bool nesterov = false, maximize = false;
};

void plain_sgd(const Tensor& param, Tensor grad, const std::optional<Tensor>& buffer,
               const SgdSettings& o, bool is_first_step) {
  if (o.maximize) grad = -grad;
  grad = grad + param * o.weight_decay;
  if (buffer) {
    if (is_first_step) {
      buffer->copy_(grad);
    } else {
      buffer->mul_(o.momentum).add_(grad, 1 - o.dampening);
    }
    grad = o.nesterov ? grad + *buffer * o.momentum : *buffer;
  }
  param.add_(grad, -o.lr);
}

struct AdamSettings {
  double lr = 0.1, beta1 = 0.9, beta2 = 0.99, eps = 1e-4, weight_decay = 0.01;
  bool decoupled = false, maximize = false;
};

void plain_adam(const Tensor& param, Tensor grad, const Tensor& avg, const Tensor& avg_sq,
                const std::optional<Tensor>& max_sq, int64_t step, const AdamSettings& o) {
  if (o.maximize) grad = -grad;
  if (o.decoupled) {
    param.mul_(1 - o.lr * o.weight_decay);
  } else {
    grad = grad + param * o.weight_decay;
  }
  avg.add_(grad - avg, 1 - o.beta1);
  avg_sq.mul_(o.beta2).add_(grad * grad, 1 - o.beta2);
  if (max_sq) max_sq->copy_(where(avg_sq > *max_sq, avg_sq, *max_sq));

  const double correction1 = 1 - std::pow(o.beta1, static_cast<double>(step));
  const double correction2 = 1 - std::pow(o.beta2, static_cast<double>(step));
  const Tensor denominator = max_sq.value_or(avg_sq).sqrt() / std::sqrt(correction2) + o.eps;
  param.add_(avg / denominator, -o.lr / correction1);
}

/// A tensor of this shape with random elements, laid out in one of three ways.
Tensor laid_out(int layout, IntArrayRef sizes, DType dtype) {
  Tensor t = randn(sizes, dtype);
  if (layout == 1) t = t.transpose(0, 1).contiguous().transpose(0, 1);  // the other order
  if (layout == 2) t = cat({t, t}, 1).slice(1, 0, {}, 2);               // with gaps
  return t;
}

constexpr double kTolerance[] = {1e-6, 1e-14};  // of a step: a few units in the last place

TEST(OptimizerStep, SGDEqualsTheFormula) {
  manual_seed(0);
  for (const DType dtype : {kFloat32, kFloat64}) {
    for (int variant = 0; variant < 36; ++variant) {
      SCOPED_TRACE(variant);
      const SgdSettings o{.nesterov = variant % 2 == 1, .maximize = variant / 2 % 2 == 1};
      const int layout = variant / 4 % 3;
      const Tensor param = laid_out(layout, {4, 6}, dtype);
      const Tensor grad = laid_out(variant / 12 % 3, {4, 6}, dtype);
      const std::optional<Tensor> buffer = laid_out(layout, {4, 6}, dtype);
      const Tensor plain = param.clone();
      const std::optional<Tensor> plain_buffer = buffer->clone();
      for (int step = 0; step < 3; ++step) {
        op::fused_sgd_(param, grad, buffer, o.lr, o.momentum, o.dampening, o.weight_decay,
                       o.nesterov, o.maximize, step == 0);
        plain_sgd(plain, grad, plain_buffer, o, step == 0);
      }
      expect_close(param, plain, kTolerance[dtype == kFloat64]);
      expect_close(*buffer, *plain_buffer, kTolerance[dtype == kFloat64]);

      op::fused_sgd_(param, grad, {}, o.lr, 0, 0, o.weight_decay, false, o.maximize, false);
      plain_sgd(plain, grad, {}, o, false);
      expect_close(param, plain, kTolerance[dtype == kFloat64]);
    }
  }
}

TEST(OptimizerStep, AdamEqualsTheFormula) {
  manual_seed(0);
  for (const DType dtype : {kFloat32, kFloat64}) {
    for (int variant = 0; variant < 72; ++variant) {
      SCOPED_TRACE(variant);
      const AdamSettings o{.decoupled = variant % 2 == 1, .maximize = variant / 2 % 2 == 1};
      const bool amsgrad = variant / 4 % 2 == 1;
      const int layout = variant / 8 % 3;
      const Tensor param = laid_out(layout, {4, 6}, dtype);
      const Tensor avg = zeros_like(param), avg_sq = zeros_like(param);
      const auto max_sq = amsgrad ? std::optional(zeros_like(param)) : std::nullopt;
      const Tensor plain = param.clone(), plain_avg = zeros({4, 6}, dtype);
      const Tensor plain_sq = zeros({4, 6}, dtype);
      const auto plain_max = amsgrad ? std::optional(zeros({4, 6}, dtype)) : std::nullopt;
      for (int64_t step = 1; step <= 3; ++step) {
        const Tensor grad = laid_out(variant / 24 % 3, {4, 6}, dtype);
        op::fused_adam_(param, grad, avg, avg_sq, max_sq, step, o.lr, o.beta1, o.beta2, o.eps,
                        o.weight_decay, o.decoupled, o.maximize);
        plain_adam(plain, grad, plain_avg, plain_sq, plain_max, step, o);
      }
      expect_close(param, plain, kTolerance[dtype == kFloat64]);
      expect_close(avg, plain_avg, kTolerance[dtype == kFloat64]);
      expect_close(avg_sq, plain_sq, kTolerance[dtype == kFloat64]);
      if (amsgrad) expect_close(*max_sq, *plain_max, kTolerance[dtype == kFloat64]);
    }
  }
}

TEST(OptimizerStep, IsTheSameOnAnyProcessorAndNumberOfThreads) {
  const cpu::CpuCapability best = cpu::get_cpu_capability();
  const int threads = get_num_threads();
  const auto run = [](cpu::CpuCapability capability, int thread_count) {
    cpu::set_cpu_capability(capability);
    set_num_threads(thread_count);
    manual_seed(5);
    const Tensor param = randn(100003), grad = randn(100003);
    op::fused_adam_(param, grad, zeros_like(param), zeros_like(param), {}, 1, 0.1, 0.9, 0.999, 1e-8,
                    0.01, false, false);
    return param;
  };
  const Tensor one = run(best, 1), four = run(best, 4);
  const Tensor plain = run(cpu::CpuCapability::kDefault, 1);
  cpu::set_cpu_capability(best);
  set_num_threads(threads);
  expect_same_bits(one, four);
  expect_close(one, plain, 1e-6);
}

TEST(OptimizerStep, CountsAsAWriteAndTakesEmptyAndScalarParameters) {
  for (const DimVector& sizes : {DimVector(), DimVector{0}, DimVector{3, 0, 2}}) {
    const Tensor param = zeros(sizes);
    const uint32_t version = param.version();
    op::fused_sgd_(param, ones(sizes), {}, 0.5, 0, 0, 0, false, false, true);
    EXPECT_TRUE(equal(param, full(sizes, -0.5)));
    EXPECT_EQ(param.version(), version + 1);
  }
}

TEST(OptimizerStep, RefusesTensorsThatDoNotFit) {
  const Tensor param = zeros(3);
  EXPECT_EQ(
      message_of<Error>(
          [&] { op::fused_sgd_(param, zeros(2), {}, 1, 0, 0, 0, false, false, true); }),
      "optimizer step: grad is a Float tensor of shape [2], but the parameter is a Float tensor "
      "of shape [3]");
  EXPECT_EQ(
      message_of<Error>([&] {
        op::fused_adam_(param, param, param, zeros(3, kFloat64), {}, 1, 1, 0, 0, 0, 0, false,
                        false);
      }),
      "optimizer step: exp_avg_sq is a Double tensor of shape [3], but the parameter is a Float "
      "tensor of shape [3]");
  EXPECT_EQ(message_of<NotImplementedError>([] {
              const Tensor integers = zeros(3, kInt64);
              op::fused_sgd_(integers, integers, {}, 1, 0, 0, 0, false, false, true);
            }),
            "\"fused_sgd\" not implemented for 'Long'");
}

}  // namespace
}  // namespace cutaway
