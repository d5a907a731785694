// SPDX-License-Identifier: MIT
//
// Initialisation and the weights that layers start with: bit for bit PyTorch's, for the same seed.
#include "../../nn/init.h"

#include <map>

#include "../../nn/linear.h"
#include "../../tensor/generator.h"
#include "nn_fixture.h"

namespace cutaway::nn {
namespace {

TEST(Init, LinearStartsWithTheBitsOfPyTorch) {
  for (const Fields& fields : fixture_cases("nn.txt", "linear")) {
    SCOPED_TRACE("seed " + fields[0] + ", in and out " + fields[1]);
    const DimVector sizes = fixture_dims(fields[1]);
    const Tensor weight = fixture_tensor(fields[2]);
    manual_seed(std::stoull(fields[0]));
    const Linear layer(sizes[0], sizes[1], {.dtype = weight.dtype()});
    expect_same_bits(layer.weight, weight);
    expect_same_bits(layer.bias, fixture_tensor(fields[3]));
    EXPECT_TRUE(layer.weight.requires_grad());
    EXPECT_TRUE(layer.weight.is_leaf());
  }
}

TEST(Init, LayersDrawInTheOrderInWhichTheyAreMade) {
  const Fields fields = fixture_cases("nn.txt", "net").at(0);
  manual_seed(std::stoull(fields[0]));
  const Linear fc1(3, 4);
  const Linear fc2(4, 2);
  expect_same_bits(fc1.weight, fixture_tensor(fields[1]));
  expect_same_bits(fc1.bias, fixture_tensor(fields[2]));
  expect_same_bits(fc2.weight, fixture_tensor(fields[3]));
  expect_same_bits(fc2.bias, fixture_tensor(fields[4]));
}

TEST(Init, FillsHaveTheBitsOfPyTorch) {
  const std::map<std::string, void (*)(const Tensor&)> fills = {
      {"uniform", [](const Tensor& t) { init::uniform_(t, -2, 3); }},
      {"normal", [](const Tensor& t) { init::normal_(t, 1, 0.5); }},
      {"xavier_uniform", [](const Tensor& t) { init::xavier_uniform_(t, 2); }},
      {"xavier_normal", [](const Tensor& t) { init::xavier_normal_(t); }},
      {"kaiming_uniform", [](const Tensor& t) { init::kaiming_uniform_(t); }},
      {"kaiming_normal",
       [](const Tensor& t) {
         init::kaiming_normal_(
             t, {.mode = init::FanMode::FanOut, .nonlinearity = init::Nonlinearity::ReLU});
       }},
      {"kaiming_tanh",
       [](const Tensor& t) {
         init::kaiming_uniform_(t, {.nonlinearity = init::Nonlinearity::Tanh});
       }},
  };
  for (const Fields& fields : fixture_cases("nn.txt", "fill")) {
    SCOPED_TRACE(fields[0]);
    const Tensor expected = fixture_tensor(fields[2]);
    const Tensor filled = empty(expected.sizes());
    manual_seed(std::stoull(fields[1]));
    fills.at(fields[0])(filled);
    if (fields[0].find("normal") == std::string::npos) {
      expect_same_bits(filled, expected);
    } else {
      expect_close(filled, expected, 1e-6);  // the last bit depends on the processor
    }
  }
}

TEST(Init, GainsArePyTorchs) {
  const std::map<std::string, init::Nonlinearity> names = {
      {"linear", init::Nonlinearity::Linear},
      {"sigmoid", init::Nonlinearity::Sigmoid},
      {"tanh", init::Nonlinearity::Tanh},
      {"relu", init::Nonlinearity::ReLU},
      {"leaky_relu", init::Nonlinearity::LeakyReLU},
      {"selu", init::Nonlinearity::SELU}};
  for (const Fields& fields : fixture_cases("nn.txt", "gain")) {
    const double param = std::stod(fields[1]);
    EXPECT_EQ(init::calculate_gain(names.at(fields[0]),
                                   std::isnan(param) ? std::nullopt : std::optional(param)),
              std::stod(fields[2]))
        << fields[0];
  }
}

TEST(Init, FansCountTheKernel) {
  const init::Fans fans = init::calculate_fan_in_and_fan_out(empty({6, 3, 5, 2}));
  EXPECT_EQ(fans.fan_in, 30);
  EXPECT_EQ(fans.fan_out, 60);
  EXPECT_EQ(message_of<ValueError>([] { init::kaiming_uniform_(empty(3)); }),
            "Fan in and fan out can not be computed for tensor with fewer than 2 dimensions");
}

TEST(Init, WritesParametersWithoutRecording) {
  const Tensor weight = empty({2, 2}).requires_grad_();
  EXPECT_TRUE(equal(init::ones_(weight), ones({2, 2})));
  EXPECT_TRUE(equal(init::zeros_(weight), zeros({2, 2})));
  EXPECT_TRUE(equal(init::constant_(weight, 0.5), full({2, 2}, 0.5)));
  EXPECT_TRUE(weight.is_leaf());
  Generator mine(3), same(3);
  EXPECT_TRUE(equal(init::xavier_uniform_(weight, 1, &mine).clone(),
                    init::xavier_uniform_(weight, 1, &same)));
}

}  // namespace
}  // namespace cutaway::nn
