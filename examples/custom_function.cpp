// SPDX-License-Identifier: MIT
//
// Two ops of our own, each with a backward written by hand.
//
// 1. FusedSwish, y = x sigmoid(x), as one node instead of two. It saves x alone and computes
//        dy/dx = s + x s (1 - s),  s = sigmoid(x)
//    in backward. gradcheck compares that with what the function does when x is nudged, and
//    gradgradcheck does the same for the gradient itself.
//
// 2. StraightThroughSign, y = sign(x) with a gradient that pretends y = x (Bengio et al. 2013,
//    arXiv:1308.3432). The true gradient of sign is zero, and nothing would ever learn; gradcheck
//    rightly calls this one wrong. With it, weights that are only ever used as -1 or +1 find the
//    signs that made the data.
//
// PyTorch counterpart: "Extending PyTorch" in its notes, torch.autograd.Function.
#include <cstdio>
#include <vector>

#include "../autograd/autograd.h"
#include "../tensor/all.h"
#include "shared/command_line.h"

using namespace cutaway;
using namespace cutaway::examples;
using autograd::FunctionContext;
using autograd::Grads;

namespace {

struct FusedSwish : autograd::Function<FusedSwish> {
  static Tensor forward(FunctionContext& ctx, const Tensor& x) {
    ctx.save_for_backward({x});
    return x * sigmoid(x);
  }
  static Grads backward(FunctionContext& ctx, const Grads& grads) {
    const Tensor x = ctx.get_saved_variables()[0];
    const Tensor s = sigmoid(x);
    return {grads[0] * (s + x * s * (1 - s))};
  }
};

struct StraightThroughSign : autograd::Function<StraightThroughSign> {
  static Tensor forward(FunctionContext& ctx, const Tensor& x, double clip) {
    ctx.save_for_backward({x});
    ctx.saved_data["clip"] = clip;
    return sign(x);
  }
  static Grads backward(FunctionContext& ctx, const Grads& grads) {
    const Tensor x = ctx.get_saved_variables()[0];
    // Beyond the clip a weight would wander off without changing its sign.
    const Tensor inside = abs(x) <= ctx.data<double>("clip");
    return {grads[0] * inside, Tensor()};  // the number has no gradient
  }
};

using Tensors = std::vector<Tensor>;

/// What gradcheck says, in one word.
const char* verdict(bool (*check)(const autograd::GradcheckFunction&, const Tensors&,
                                  const autograd::GradcheckOptions&),
                    const autograd::GradcheckFunction& function, const Tensor& x) {
  try {
    return check(function, {x}, {}) ? "ok" : "wrong";
  } catch (const Error&) {
    return "wrong";
  }
}

/// Learns the signs behind y = data @ signs. Returns how many it has right in the end.
int64_t learn_signs(int64_t count, int64_t steps, double lr) {
  const Tensor data = randn({4 * count, count});
  const Tensor signs = sign(randn(count));
  const Tensor y = mv(data, signs);
  const Tensor weight = (randn(count) * 0.1).requires_grad_();
  for (int64_t step = 0; step < steps; ++step) {
    const Tensor error = mv(data, StraightThroughSign::apply(weight, 1.0)) - y;
    const Tensor loss = (error * error).mean();
    if (step % 20 == 0) {
      std::printf("step %3lld  loss %.4f\n", static_cast<long long>(step), loss.item<double>());
    }
    weight.set_grad({});
    loss.backward();
    const NoGrad guard;
    weight.sub_(weight.grad() * lr);
  }
  return sign(weight.detach()).eq(signs).sum().item<int64_t>();
}

void show_custom_functions(CommandLine& flags) {
  const int64_t count = flags.integer("weights", 32, "how many signs to learn", {.min = 1});
  const int64_t steps = flags.integer("steps", 100, "steps of gradient descent", {.min = 0});
  const double lr = flags.real("lr", 0.01, "learning rate", {.min = 0});
  const int64_t seed = flags.seed();
  flags.finish();
  manual_seed(static_cast<uint64_t>(seed));

  const Tensor x = randn({3, 4}, kFloat64).requires_grad_();
  const autograd::GradcheckFunction swish = [](const Tensors& in) {
    return Tensors{FusedSwish::apply(in[0])};
  };
  const autograd::GradcheckFunction straight = [](const Tensors& in) {
    return Tensors{StraightThroughSign::apply(in[0], 1e9)};
  };
  const char* first = verdict(autograd::gradcheck, swish, x);
  const char* second = verdict(autograd::gradgradcheck, swish, x);
  std::printf("FusedSwish: node %s, gradcheck %s, gradgradcheck %s\n",
              FusedSwish::apply(x).grad_fn()->name(), first, second);
  std::printf("StraightThroughSign: gradcheck %s, as it should be\n",
              verdict(autograd::gradcheck, straight, x));

  const int64_t right = learn_signs(count, steps, lr);
  std::printf("signs_right=%lld of=%lld gradcheck=%s gradgradcheck=%s seed=%lld\n",
              static_cast<long long>(right), static_cast<long long>(count), first, second,
              static_cast<long long>(seed));
}

}  // namespace

int main(int argc, char** argv) {
  return run_program(argc, argv, "Ops with a backward of our own, and what gradcheck says of them.",
                     show_custom_functions);
}
