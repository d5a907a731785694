// SPDX-License-Identifier: MIT
//
// Module: what it lists, in which order, what sharing and moving do, and how it changes what is
// below it.
#include "../../nn/module.h"

#include "../../autograd/node.h"
#include "../../nn/nn.h"
#include "nn_fixture.h"

namespace cutaway::nn {
namespace {

struct Net : Module {
  std::shared_ptr<Linear> fc1 = add_module("fc1", Linear(3, 4));
  std::shared_ptr<Linear> fc2 = add_module("fc2", Linear(4, 2));
  Tensor forward(const Tensor& x) override { return (*fc2)(relu((*fc1)(x))); }
};

template <class T>
std::string names_of(const Module::Named<T>& entries) {
  std::string names;
  for (const auto& [name, entry] : entries) names += (&name == &entries[0].first ? "" : " ") + name;
  return names;
}

TEST(Module, ListsItsParametersByName) {
  const Net net;
  EXPECT_EQ(names_of(net.named_parameters()), "fc1.weight fc1.bias fc2.weight fc2.bias");
  EXPECT_TRUE(net.parameters()[3].is_same(net.fc2->bias));
  EXPECT_EQ(names_of(net.named_children()), "fc1 fc2");
}

TEST(Module, ComputesAndCollectsGradients) {
  Net net;
  const Tensor out = net(ones({5, 3}));
  EXPECT_TRUE(out.sizes() == IntArrayRef({5, 2}));
  EXPECT_STREQ(out.grad_fn()->name(), "AddmmBackward0");
  out.sum().backward();
  for (const Tensor& parameter : net.parameters()) EXPECT_TRUE(parameter.grad().defined());

  const Tensor grad = net.fc1->weight.grad();
  net.zero_grad(false);
  EXPECT_TRUE(equal(grad, zeros({4, 3}))) << "set to zero where it was";
  net.zero_grad();
  EXPECT_FALSE(net.fc1->weight.grad().defined());
}

TEST(Module, WithoutForwardSaysSo) {
  struct Idle : Module {};
  Idle idle;
  EXPECT_EQ(message_of<NotImplementedError>([&] { idle(ones(1)); }),
            "Module [Idle] is missing the required \"forward\" function");
  EXPECT_EQ(message_of<NotImplementedError>([] { Module()(ones(1)); }),
            "Module [Module] is missing the required \"forward\" function");
  EXPECT_EQ(message_of<NotImplementedError>([] { ModuleList()(ones(1)); }),
            "Module [ModuleList] is missing the required \"forward\" function");
}

TEST(Module, ListsWhatIsSharedOnce) {
  struct Twice : Module {
    std::shared_ptr<Linear> first = add_module("first", Linear(2, 2));
    std::shared_ptr<Linear> again = add_module("again", first);
    std::shared_ptr<Linear> tied = add_module("tied", Linear(first->weight));
  } net;
  EXPECT_EQ(net.first, net.again);
  EXPECT_EQ(names_of(net.named_modules()), " first tied");
  EXPECT_EQ(names_of(net.named_children()), "first tied");
  EXPECT_EQ(names_of(net.named_parameters()), "first.weight first.bias");
  EXPECT_TRUE(net.tied->weight.is_same(net.first->weight));
  EXPECT_EQ(net.state_dict().size(), 5u) << "each name of what is shared";
}

TEST(Module, StaysValidWhenMovedAndSharesWhenCopied) {
  Net net;
  const Net copy = net;
  EXPECT_TRUE(copy.fc1->weight.is_same(net.fc1->weight));
  const Tensor weight = net.fc1->weight;
  const auto moved = std::make_shared<Net>(std::move(net));
  EXPECT_TRUE(moved->parameters()[0].is_same(weight));
  EXPECT_TRUE(moved->fc1->weight.is_same(weight));
  EXPECT_EQ(moved->parameters().size(), 4u);
}

TEST(Module, ChangesEverythingBelow) {
  Net net;
  const auto inner = std::make_shared<Sequential>(ReLU(), Flatten());
  net.add_module("inner", inner);
  EXPECT_TRUE((*inner)[1]->is_training());
  net.eval();
  EXPECT_FALSE(net.is_training() || (*inner)[1]->is_training());
  EXPECT_TRUE(net.train().is_training());

  std::string order;
  net.apply([&](Module& module) { order += module.name() + " "; });
  EXPECT_EQ(order, "Linear Linear ReLU Flatten Sequential Net ");

  net.requires_grad_(false);
  EXPECT_FALSE(net.fc1->weight.requires_grad());
}

TEST(Module, ConvertsItsTensorsWhereTheyAre) {
  Net net;
  const Tensor counter = net.register_buffer("counter", zeros({}, kInt64));
  const Tensor scale = net.register_buffer("scale", ones(2));
  const Tensor weight = net.fc1->weight;
  const Tensor before = weight.detach().clone();
  net(ones({1, 3})).sum().backward();

  net.to(kFloat64);
  EXPECT_EQ(weight.dtype(), kFloat64);
  EXPECT_TRUE(weight.is_same(net.parameters()[0]));
  EXPECT_TRUE(equal(weight.detach(), before.to(kFloat64)));
  EXPECT_EQ(weight.grad().dtype(), kFloat64);
  EXPECT_TRUE(weight.requires_grad() && weight.is_leaf());
  EXPECT_EQ(scale.dtype(), kFloat64);
  EXPECT_EQ(counter.dtype(), kInt64);
  net(ones({1, 3}, kFloat64)).sum().backward();
  EXPECT_EQ(message_of<TypeError>([&] { net.to(kInt64); }),
            "nn.Module.to only accepts floating point or complex dtypes, but got desired "
            "dtype=torch.int64");
}

TEST(Module, BuffersAreStateButNotParameters) {
  Module module;
  module.register_buffer("kept", ones(2));
  module.register_buffer("scratch", ones(2), /*persistent=*/false);
  module.register_buffer("absent", Tensor());
  EXPECT_TRUE(module.parameters().empty());
  EXPECT_EQ(names_of(module.named_buffers()), "kept scratch");
  EXPECT_EQ(module.state_dict().size(), 1u);
}

TEST(Module, RefusesBadNames) {
  Net net;
  const auto parameter = [&](const char* name) {
    return message_of<ValueError>([&] { net.register_parameter(name, ones(1)); });
  };
  EXPECT_EQ(parameter(""), "parameter name can't be empty string \"\"");
  EXPECT_EQ(parameter("a.b"), "parameter name can't contain \".\", got: a.b");
  EXPECT_EQ(parameter("fc1"), "attribute 'fc1' already exists");
  EXPECT_EQ(message_of<ValueError>([&] { net.fc1->register_buffer("bias", ones(1)); }),
            "attribute 'bias' already exists");
  EXPECT_EQ(message_of<ValueError>([&] { net.fc1->add_module("bias", ReLU()); }),
            "attribute 'bias' already exists");
  EXPECT_EQ(message_of<TypeError>([&] { net.add_module("x", std::shared_ptr<Linear>()); }),
            "the module to be added as 'x' is null");
  const Tensor computed = ones(1).requires_grad_() * 2;
  EXPECT_EQ(message_of<Error>([&] { net.register_parameter("p", computed); }),
            "Cannot assign non-leaf Tensor to parameter 'p'. Model parameters must be created "
            "explicitly. To express 'p' as a function of another Tensor, compute the value in the "
            "forward() method.");
  net.add_module("fc2", ReLU());
  EXPECT_EQ(names_of(net.named_children()), "fc1 fc2") << "the same kind may be replaced";
}

// ---- Text ----

struct Described : Module {
  std::shared_ptr<Sequential> body = add_module("body", Sequential(Linear(3, 4), ReLU()));
  std::string extra_repr() const override { return "depth=2\nwidth=4"; }
};

TEST(Module, PrintsAsPyTorchDoes) {
  const auto expected = [](const char* name) { return fixture_text("nn.txt", "repr", name); };
  const auto block = std::make_shared<Sequential>(Linear(784, 256), ReLU({.inplace = true}));
  EXPECT_EQ(to_string(ReLU()), expected("relu"));
  EXPECT_EQ(to_string(Linear(784, 256)), expected("linear"));
  EXPECT_EQ(to_string(Sequential()), expected("empty_sequential"));
  EXPECT_EQ(to_string(ModuleList()), expected("empty_list"));
  EXPECT_EQ(to_string(CrossEntropyLoss()), expected("loss"));
  EXPECT_EQ(to_string(Net()), expected("net"));
  EXPECT_EQ(to_string(Sequential(Flatten(), block, Sequential(block, Linear(256, 10)))),
            expected("nested"));
  Sequential named;
  named.push_back("first", Linear(2, 3, {.bias = false}));
  named.push_back("last", LogSoftmax(1));
  EXPECT_EQ(to_string(named), expected("named"));
  EXPECT_EQ(to_string(Described()), expected("described"));
  EXPECT_EQ(to_string(ModuleList(ReLU(), ReLU(), ReLU(), Linear(2, 2), block, block)),
            expected("list"));
  Sequential outer;
  outer.push_back(ModuleList(Linear(2, 2), Linear(2, 2)));
  EXPECT_EQ(to_string(outer), expected("list_in_net"));
}

template <class T>
struct Templated : Module {};

TEST(Module, NameIsTheClassWithoutNamespaces) {
  struct Local : Module {};
  EXPECT_EQ(Local().name(), "Local");
  EXPECT_EQ(Templated<Net>().name().substr(0, 10), "Templated<");
}

}  // namespace
}  // namespace cutaway::nn
