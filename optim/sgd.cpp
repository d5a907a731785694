// SPDX-License-Identifier: MIT
#include "sgd.h"

#include <utility>

#include "../tensor/catalogue.h"
#include "../tensor/check.h"
#include "../tensor/ops.h"

namespace cutaway::inline v0_1::optim {

static Options checked(const SGDOptions& o) {
  check_value(o.lr >= 0, "Invalid learning rate: ", o.lr);
  check_value(o.momentum >= 0, "Invalid momentum value: ", o.momentum);
  check_value(o.weight_decay >= 0, "Invalid weight_decay value: ", o.weight_decay);
  check_value(!o.nesterov || (o.momentum > 0 && o.dampening == 0),
              "Nesterov momentum requires a momentum and zero dampening");
  return {{"lr", o.lr},
          {"momentum", o.momentum},
          {"dampening", o.dampening},
          {"weight_decay", o.weight_decay},
          {"nesterov", o.nesterov},
          {"maximize", o.maximize}};
}

SGD::SGD(std::vector<Tensor> params, const SGDOptions& options)
    : SGD(one_group(std::move(params)), options) {}
SGD::SGD(std::vector<ParamGroup> groups, const SGDOptions& options)
    : Optimizer(std::move(groups), checked(options)) {}

void SGD::update(const Tensor& param, const Tensor& grad, const ParamGroup& group,
                 StateDict& state) {
  std::optional<Tensor> momentum_buffer;
  const bool is_first_step = state.empty();
  if (group["momentum"] != 0) {
    if (is_first_step) state.insert("momentum_buffer", empty_like(param));
    momentum_buffer = state.at("momentum_buffer");
  }
  op::fused_sgd_(param, grad, momentum_buffer, group["lr"], group["momentum"], group["dampening"],
                 group["weight_decay"], group["nesterov"] != 0, group["maximize"] != 0,
                 is_first_step);
}

}  // namespace cutaway::optim
