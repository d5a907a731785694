// SPDX-License-Identifier: MIT
//
// state_dict and load_state_dict: PyTorch's texts, and the promise that a failing load changes
// nothing. Also the StateDict itself.
#include "../../nn/nn.h"
#include "../../tensor/state_dict.h"
#include "nn_fixture.h"

namespace cutaway::nn {
namespace {

struct Net : Module {
  std::shared_ptr<Linear> fc1 = add_module("fc1", Linear(3, 4));
  std::shared_ptr<Linear> fc2 = add_module("fc2", Linear(4, 2));
};

StateDict without(const StateDict& state, const std::string& name) {
  StateDict rest;
  for (const auto& [key, tensor] : state) {
    if (key != name) rest.insert(key, tensor);
  }
  return rest;
}

TEST(StateDict, KeepsTheOrderOfInsertion) {
  StateDict state{{"b", zeros(1)}, {"a", zeros(2)}};
  state.insert("b", zeros(3));
  std::string names;
  for (const auto& [name, tensor] : state) names += name;
  EXPECT_EQ(names, "ba");
  EXPECT_EQ(state.at("b").numel(), 3);
  EXPECT_EQ(state.find("c"), nullptr);
  EXPECT_EQ(message_of<IndexError>([&] { state.at("c"); }),
            "state dict has no entry \"c\" among its 2 entries (the first is \"b\")");
  EXPECT_EQ(message_of<IndexError>([] { StateDict().at("c"); }),
            "state dict has no entry \"c\": it is empty");
}

TEST(LoadStateDict, CopiesFromOneModuleToAnother) {
  const Net from;
  Net to;
  const IncompatibleKeys keys = to.load_state_dict(from.state_dict());
  EXPECT_TRUE(keys.missing_keys.empty() && keys.unexpected_keys.empty());
  EXPECT_TRUE(equal(to.fc2->weight, from.fc2->weight));
  EXPECT_FALSE(to.fc2->weight.is_same(from.fc2->weight));
  EXPECT_TRUE(to.fc2->weight.is_leaf() && to.fc2->weight.requires_grad());
}

TEST(LoadStateDict, StateIsTheMemoryItselfWithoutHistory) {
  Net net;
  const StateDict state = net.state_dict();
  EXPECT_FALSE(state.at("fc1.weight").requires_grad());
  state.at("fc1.weight").zero_();
  EXPECT_TRUE(equal(net.fc1->weight, zeros({4, 3})));
}

TEST(LoadStateDict, ConvertsDtypes) {
  Net net;
  StateDict state;
  for (const auto& [name, tensor] : net.state_dict()) {
    state.insert(name, full(tensor.sizes(), 2, kFloat64));
  }
  net.load_state_dict(state);
  EXPECT_EQ(net.fc1->weight.dtype(), kFloat32);
  EXPECT_TRUE(equal(net.fc1->weight, full({4, 3}, 2.0)));
}

TEST(LoadStateDict, FailsWithPyTorchsTextAndChangesNothing) {
  Net net;
  StateDict full_state, unexpected, mismatch;
  for (const auto& [name, tensor] : net.state_dict())
    full_state.insert(name, zeros(tensor.sizes()));
  unexpected = mismatch = full_state;
  for (const char* name : {"fc3.weight", "fc1.extra", "fc1.weight.x", "stray"}) {
    unexpected.insert(name, zeros(1));
  }
  mismatch.insert("fc1.weight", zeros({2, 3}));
  mismatch.insert("fc2.bias", zeros({}));
  const StateDict all{{"fc1.weight", zeros({2, 3})}, {"stray", zeros(1)}, {"fc2.bias", zeros(2)}};

  const Tensor before = net.fc2->bias.detach().clone();
  const auto text = [&](const StateDict& state, bool strict = true) {
    return message_of<Error>([&] { net.load_state_dict(state, strict); });
  };
  const auto expected = [](const char* name) { return fixture_text("nn.txt", "load_error", name); };
  EXPECT_EQ(text(without(full_state, "fc1.bias")), expected("missing"));
  EXPECT_EQ(text(unexpected), expected("unexpected"));
  EXPECT_EQ(text(mismatch), expected("mismatch"));
  EXPECT_EQ(text(all), expected("all"));
  EXPECT_EQ(text(StateDict()), expected("empty"));
  EXPECT_EQ(text(all, false), expected("not_strict"));
  EXPECT_TRUE(equal(net.fc2->bias, before)) << "although its entry fits";
}

TEST(LoadStateDict, NotStrictReportsTheKeys) {
  Net net;
  StateDict state = without(net.state_dict(), "fc1.bias");
  state.insert("stray", zeros(1));
  const IncompatibleKeys keys = net.load_state_dict(state, /*strict=*/false);
  EXPECT_EQ(keys.missing_keys, std::vector<std::string>{"fc1.bias"});
  EXPECT_EQ(keys.unexpected_keys, std::vector<std::string>{"stray"});
}

TEST(LoadStateDict, TakesOldScalarsAndRefusesNothingness) {
  Module module;
  const Tensor scale = module.register_parameter("scale", zeros({}));
  module.load_state_dict({{"scale", full(1, 3.0)}});
  EXPECT_EQ(scale.item<double>(), 3);
  EXPECT_NE(message_of<Error>([&] {
              module.load_state_dict({{"scale", Tensor()}});
            }).find("While copying the parameter named \"scale\", expected torch.Tensor"),
            std::string::npos);
}

}  // namespace
}  // namespace cutaway::nn
