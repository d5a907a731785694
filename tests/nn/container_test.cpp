// SPDX-License-Identifier: MIT
#include "../../nn/container.h"

#include "../../nn/nn.h"
#include "nn_fixture.h"

namespace cutaway::nn {
namespace {

TEST(Sequential, CallsItsModulesInOrder) {
  Sequential net{Flatten(), Linear(6, 4), ReLU(), Linear(4, 2)};
  const Tensor x = arange(12, kFloat32).reshape({2, 3, 2});
  const Tensor expected = (*net[3])(relu((*net[1])(x.flatten(1))));
  EXPECT_TRUE(equal(net(x), expected));
  EXPECT_EQ(net.named_parameters()[0].first, "1.weight");
  EXPECT_TRUE(net[-1] == net[3]);
  EXPECT_EQ(net.size(), 4);
  EXPECT_EQ(message_of<IndexError>([&] { net[4]; }), "index 4 is out of range");
  EXPECT_TRUE(equal(Sequential()(x), x)) << "nothing to do is the identity";
}

TEST(Sequential, CopyIsNotNesting) {
  Sequential one{ReLU(), Flatten()};
  const Sequential copy(one);
  EXPECT_EQ(copy.size(), 2);
  Sequential outer;
  outer.push_back(one);
  EXPECT_EQ(outer.size(), 1);
}

TEST(Sequential, ReturnsWhatWasAdded) {
  Sequential net;
  const std::shared_ptr<Linear> layer = net.push_back("body", Linear(2, 3));
  EXPECT_EQ(layer->out_features, 3);
  EXPECT_EQ(net.named_parameters()[0].first, "body.weight");
}

TEST(ModuleList, ListsButDoesNotCompute) {
  ModuleList list{Linear(2, 2), Linear(2, 2, {.bias = false})};
  EXPECT_EQ(list.parameters().size(), 3u);
  int64_t count = 0;
  for (const std::shared_ptr<Module>& module : list) count += module->name() == "Linear";
  EXPECT_EQ(count, 2);
}

}  // namespace
}  // namespace cutaway::nn
