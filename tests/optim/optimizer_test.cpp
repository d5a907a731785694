// SPDX-License-Identifier: MIT
//
// SGD and Adam against PyTorch: 20 steps on a least-squares problem, parameter groups, error texts,
// and that a saved optimizer goes on exactly where it stopped.
#include "../../optim/optimizer.h"

#include <functional>
#include <memory>

#include "../../autograd/grad_mode.h"
#include "../../nn/linear.h"
#include "../../optim/optim.h"
#include "../nn/nn_fixture.h"

namespace cutaway::optim {
namespace {

/// Fits a x + c = b.
struct LeastSquares {
  explicit LeastSquares(const Fields& fields)
      : a(fixture_tensor(fields[1])),
        b(fixture_tensor(fields[2])),
        x(fixture_tensor(fields[3]).requires_grad_()),
        c(zeros(3, a.dtype()).requires_grad_()),
        expected_x(fixture_tensor(fields[4])),
        expected_c(fixture_tensor(fields[5])) {}

  void run(Optimizer& optimizer, int steps) const {
    for (int i = 0; i < steps; ++i) {
      optimizer.zero_grad();
      const Tensor error = matmul(a, x) + c - b;
      (error * error).mean().backward();
      optimizer.step();
    }
  }
  void check() const {
    const double tolerance = a.dtype() == kFloat64 ? 1e-12 : 1e-6;
    expect_close(x, expected_x, tolerance);
    expect_close(c, expected_c, tolerance);
  }

  Tensor a, b, x, c, expected_x, expected_c;
};

/// "lr=0.1,momentum=0.9" as a group's options.
Options options_of(const std::string& text) {
  Options options;
  for (const std::string& item : split_list(text)) {
    const Fields pair = split_text(item, "=");
    options[pair[0]] = std::stod(pair[1]);
  }
  return options;
}

using Make = std::function<std::unique_ptr<Optimizer>(std::vector<ParamGroup>)>;

void expect_the_same_descent(const std::string& kind, const Make& make) {
  for (const Fields& fields : fixture_cases("optim.txt", kind)) {
    SCOPED_TRACE(kind + " " + fields[0] + " " + fields[1].substr(0, 7));
    const LeastSquares problem(fields);
    const auto optimizer = make({{{problem.x, problem.c}, options_of(fields[0])}});
    problem.run(*optimizer, 20);
    problem.check();
  }
}

TEST(Optimizer, SGDDescendsAsPyTorchDoes) {
  expect_the_same_descent("sgd", [](auto groups) { return std::make_unique<SGD>(groups); });
}
TEST(Optimizer, AdamDescendsAsPyTorchDoes) {
  expect_the_same_descent("adam", [](auto groups) { return std::make_unique<Adam>(groups); });
}
TEST(Optimizer, AdamWDescendsAsPyTorchDoes) {
  expect_the_same_descent("adamw", [](auto groups) { return std::make_unique<AdamW>(groups); });
}

TEST(Optimizer, GroupsHaveOptionsOfTheirOwn) {
  for (const Fields& fields : fixture_cases("optim.txt", "groups")) {
    const LeastSquares problem(fields);
    SGD optimizer({{.params = {problem.x}},
                   {.params = {problem.c}, .options = {{"lr", 0.05}, {"momentum", 0}}}},
                  {.lr = 0.1, .momentum = 0.9});
    EXPECT_EQ(optimizer.param_groups()[0]["lr"], 0.1);
    EXPECT_EQ(optimizer.param_groups()[1]["lr"], 0.05);
    problem.run(optimizer, 20);
    problem.check();
  }
}

TEST(Optimizer, OptionsGivenAtConstructionAreUsed) {
  const Tensor w = ones(1).requires_grad_();
  const auto step = [&](Optimizer& optimizer) {
    const NoGrad guard;
    w.fill_(1);
    w.set_grad(full(1, 0.5));
    optimizer.step();
    return w.item<double>();
  };
  SGD sgd({w}, {.lr = 0.5, .weight_decay = 1, .maximize = true});
  EXPECT_NEAR(step(sgd), 1 - 0.5 * (-0.5 + 1), 1e-6);
  Adam adam({w}, {.lr = 0.25});
  EXPECT_NEAR(step(adam), 0.75, 1e-6) << "the first step of Adam has length lr";
  AdamW adamw({w}, {.lr = 0.25, .weight_decay = 0.4});
  EXPECT_NEAR(step(adamw), 0.9 - 0.25, 1e-6);
  adamw.param_groups()[0]["lr"] = 0;
  EXPECT_EQ(step(adamw), 1);
}

TEST(Optimizer, SkipsParametersWithoutGradient) {
  const Tensor used = ones(1).requires_grad_(), unused = ones(1).requires_grad_();
  Adam optimizer({used, unused});
  (used * 2).sum().backward();
  optimizer.step();
  EXPECT_NE(used.item<double>(), 1);
  EXPECT_EQ(unused.item<double>(), 1);
  EXPECT_EQ(optimizer.state_dict().find("state.1.step"), nullptr);
  const Tensor grad = used.grad();
  optimizer.zero_grad(false);
  EXPECT_EQ(grad.item<double>(), 0);
  optimizer.zero_grad();
  EXPECT_FALSE(used.grad().defined());
}

TEST(Optimizer, StepIsSeenByAutograd) {
  const Tensor w = ones(1).requires_grad_();
  SGD optimizer({w}, {.lr = 1});
  const Tensor loss = (w * w).sum();
  w.set_grad(ones(1));
  optimizer.step();
  EXPECT_NE(message_of<Error>([&] { loss.backward(); }).find("modified by an inplace operation"),
            std::string::npos);
  EXPECT_TRUE(w.is_leaf());
}

TEST(Optimizer, RefusesWhatPyTorchRefuses) {
  const auto expected = [](const char* name) {
    return fixture_text("optim.txt", "optimizer_error", name);
  };
  const auto message = [](const std::function<void()>& call) {
    return message_of<ValueError>(call);
  };
  const Tensor w = zeros(2).requires_grad_(), other = zeros(2).requires_grad_();
  EXPECT_EQ(message([] { SGD(std::vector<Tensor>()); }), expected("empty"));
  EXPECT_EQ(message([&] { SGD({w}, {.lr = -1}); }), expected("lr"));
  EXPECT_EQ(message([&] { SGD({w}, {.momentum = -0.5}); }), expected("momentum"));
  EXPECT_EQ(message([&] { SGD({w}, {.weight_decay = -0.5}); }), expected("weight_decay"));
  EXPECT_EQ(message([&] { SGD({w}, {.nesterov = true}); }), expected("nesterov"));
  EXPECT_EQ(message([&] { Adam({w}, {.eps = -0.5}); }), expected("eps"));
  EXPECT_EQ(message([&] { Adam({w}, {.betas = {1.25, 0.9}}); }), expected("beta1"));
  EXPECT_EQ(message([&] { Adam({w}, {.betas = {0.9, 1.5}}); }), expected("beta2"));
  EXPECT_EQ(message([&] { SGD({w * 2}); }), expected("non_leaf"));
  EXPECT_EQ(message([&] {
              SGD({{.params = {w}}, {.params = {other, w}}});
            }),
            expected("two_groups"));

  const StateDict of_one = SGD({w}).state_dict();
  EXPECT_EQ(message([&] {
              SGD({{.params = {w}}, {.params = {other}}}).load_state_dict(of_one);
            }),
            expected("group_count"));
  EXPECT_EQ(message([&] { SGD({w, other}).load_state_dict(of_one); }), expected("group_size"));

  EXPECT_EQ(message([&] {
              SGD({w, w});
            }),
            "optimizer contains a parameter group with duplicate parameters");
  EXPECT_EQ(message([&] {
              SGD({{.params = {w}, .options = {{"betas", 1}}}});
            }),
            "the parameter group has an option 'betas' that this optimizer does not know");
}

// ---- Saving and loading ----

StateDict copy_of(const StateDict& state) {
  StateDict copy;
  for (const auto& [name, tensor] : state) copy.insert(name, tensor.detach().clone());
  return copy;
}

void expect_exact_resume(const std::string& kind, const Make& make) {
  for (const Fields& fields : fixture_cases("optim.txt", kind)) {
    SCOPED_TRACE(kind + " " + fields[0]);
    const LeastSquares straight(fields), resumed(fields);
    const auto groups = [&](const LeastSquares& problem) {
      return std::vector<ParamGroup>{{{problem.x, problem.c}, options_of(fields[0])}};
    };
    const auto optimizer = make(groups(straight));
    straight.run(*optimizer, 20);

    const auto first = make(groups(resumed));
    resumed.run(*first, 7);
    const StateDict saved = copy_of(first->state_dict());
    resumed.run(*first, 1);  // state_dict shares memory, the copy does not change
    const LeastSquares again(fields);
    const auto replay = make(groups(again));
    again.run(*replay, 7);

    const auto second = make({{{again.x, again.c}}});  // other options, soon replaced
    second->load_state_dict(saved);
    again.run(*second, 13);
    expect_same_bits(again.x, straight.x);
    expect_same_bits(again.c, straight.c);
  }
}

TEST(OptimizerState, ResumesBitForBit) {
  expect_exact_resume("sgd", [](auto groups) { return std::make_unique<SGD>(groups); });
  expect_exact_resume("adam", [](auto groups) { return std::make_unique<Adam>(groups); });
  expect_exact_resume("adamw", [](auto groups) { return std::make_unique<AdamW>(groups); });
}

TEST(OptimizerState, HasFlatNames) {
  const Tensor w = ones(2).requires_grad_();
  Adam optimizer({w}, {.lr = 0.25});
  w.set_grad(ones(2));
  optimizer.step();
  const StateDict state = optimizer.state_dict();
  EXPECT_EQ(state.at("state.0.step").item<int64_t>(), 1);
  EXPECT_EQ(state.at("state.0.exp_avg").numel(), 2);
  EXPECT_EQ(state.at("param_groups.0.lr").item<double>(), 0.25);
  EXPECT_EQ(state.at("param_groups.0.params").numel(), 1);
}

TEST(OptimizerState, RefusesWhatDoesNotFitAndKeepsItsOwn) {
  const Tensor w = ones(2).requires_grad_();
  Adam optimizer({w});
  w.set_grad(ones(2));
  optimizer.step();
  const auto message = [&](const char* name, const Tensor& tensor) {
    StateDict state = copy_of(optimizer.state_dict());
    state.insert("param_groups.0.lr", scalar_tensor(7.0));
    state.insert(name, tensor);
    return message_of<ValueError>([&] { optimizer.load_state_dict(state); });
  };
  EXPECT_EQ(message("state.0.exp_avg", ones(3)),
            "loaded state dict: state.0.exp_avg has shape [3], but the parameter needs shape [2]");
  EXPECT_EQ(message("state.0.step", Tensor()),
            "loaded state dict: state.0.step is undefined, but the parameter needs shape []");
  for (const char* name :
       {"state.1.exp_avg", "state.x.exp_avg", "state.0", "statement.0.x", "state..x",
        "param_groups.0.momentum", "state.99999999999999999999.exp_avg"}) {
    EXPECT_EQ(message(name, ones(2)),
              join("loaded state dict has an entry that this optimizer does "
                   "not know: \"",
                   name, "\""));
  }
  EXPECT_EQ(optimizer.param_groups()[0]["lr"], 1e-3);

  StateDict bare = SGD({w}, {.momentum = 0.9}).state_dict();
  EXPECT_NE(
      message_of<IndexError>([&] { optimizer.load_state_dict(bare); }).find("param_groups.0."),
      std::string::npos);
}

TEST(OptimizerState, RefusesParametersThatChangedTheirKind) {
  nn::Linear layer(2, 2);
  SGD optimizer(layer.parameters(), {.momentum = 0.9});
  layer(ones({1, 2})).sum().backward();
  optimizer.step();
  layer.to(kFloat64);
  EXPECT_EQ(
      message_of<Error>([&] { optimizer.step(); }),
      "optimizer step: momentum_buffer is a Float tensor of shape [2, 2], but the parameter is a "
      "Double tensor of shape [2, 2]");
}

}  // namespace
}  // namespace cutaway::optim
