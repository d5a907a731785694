// SPDX-License-Identifier: MIT
#include "adam.h"

#include <utility>

#include "../tensor/catalogue.h"
#include "../tensor/check.h"
#include "../tensor/ops.h"

namespace cutaway::inline v0_1::optim {

static Options checked(const AdamOptions& o) {
  check_value(0 <= o.lr, "Invalid learning rate: ", o.lr);
  check_value(0 <= o.eps, "Invalid epsilon value: ", o.eps);
  check_value(0 <= o.betas[0] && o.betas[0] < 1, "Invalid beta parameter at index 0: ", o.betas[0]);
  check_value(0 <= o.betas[1] && o.betas[1] < 1, "Invalid beta parameter at index 1: ", o.betas[1]);
  check_value(0 <= o.weight_decay, "Invalid weight_decay value: ", o.weight_decay);
  return {{"lr", o.lr},
          {"beta1", o.betas[0]},
          {"beta2", o.betas[1]},
          {"eps", o.eps},
          {"weight_decay", o.weight_decay},
          {"amsgrad", o.amsgrad},
          {"maximize", o.maximize},
          {"decoupled_weight_decay", o.decoupled_weight_decay}};
}

static AdamOptions decoupled(const AdamWOptions& o) {
  return {.lr = o.lr,
          .betas = o.betas,
          .eps = o.eps,
          .weight_decay = o.weight_decay,
          .amsgrad = o.amsgrad,
          .maximize = o.maximize,
          .decoupled_weight_decay = true};
}

Adam::Adam(std::vector<Tensor> params, const AdamOptions& options)
    : Adam(one_group(std::move(params)), options) {}
Adam::Adam(std::vector<ParamGroup> groups, const AdamOptions& options)
    : Optimizer(std::move(groups), checked(options)) {}

AdamW::AdamW(std::vector<Tensor> params, const AdamWOptions& options)
    : Adam(std::move(params), decoupled(options)) {}
AdamW::AdamW(std::vector<ParamGroup> groups, const AdamWOptions& options)
    : Adam(std::move(groups), decoupled(options)) {}

void Adam::update(const Tensor& param, const Tensor& grad, const ParamGroup& group,
                  StateDict& state) {
  if (state.empty()) {
    state.insert("step", zeros({}, kInt64));
    state.insert("exp_avg", zeros_like(param));
    state.insert("exp_avg_sq", zeros_like(param));
  }
  const bool amsgrad = group["amsgrad"] != 0;
  if (amsgrad && !state.contains("max_exp_avg_sq")) {
    state.insert("max_exp_avg_sq", zeros_like(param));
  }
  const Tensor& step = state.at("step");
  step.add_(1);
  op::fused_adam_(param, grad, state.at("exp_avg"), state.at("exp_avg_sq"),
                  amsgrad ? std::optional(state.at("max_exp_avg_sq")) : std::nullopt,
                  step.item<int64_t>(), group["lr"], group["beta1"], group["beta2"], group["eps"],
                  group["weight_decay"], group["decoupled_weight_decay"] != 0,
                  group["maximize"] != 0);
}

}  // namespace cutaway::optim
