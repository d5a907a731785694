// SPDX-License-Identifier: MIT
//
// backward() and grad() with all their arguments, what they refuse, and what a tensor tells of its
// history. Each case makes the calls of the function of the same name in
// fixtures/engine_fixtures.py and must say what PyTorch says there.
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "../../tensor/indexing.h"
#include "../../tensor/ops.h"
#include "case_log.h"

namespace cutaway {
namespace {

using autograd::Grads;
using autograd::Node;
using Tensors = std::vector<Tensor>;

// ---- What is captured and what is run ----

void capture(CaseLog& say, const std::string& names) {
  const Tensor x = leaf({1, 2}), y = x * 2, z = (y * y).sum();
  y.register_hook([&](const Tensor& gradient) {
    say("y", gradient);
    return gradient * 10;
  });
  y.grad_fn()->register_prehook([&](const Grads& grads) -> std::optional<Grads> {
    say("before", grads[0]);
    return {};
  });
  y.retain_grad();
  x.register_hook([&](const Tensor& gradient) {
    say("x", gradient);
    return gradient * 3;
  });
  Tensors inputs;
  for (const char name : names) inputs.push_back(name == 'x' ? x : y);
  say(autograd::grad(z, inputs), y.grad(), x.grad());
}

void captured_with_hooks(CaseLog& say) {
  for (const char* names : {"y", "x", "xy", "yx"}) capture(say, names);
}

void captured_twice(CaseLog& say) {
  const Tensor x = leaf({1, 2}), y = x * 2;
  say(autograd::grad(Tensors{y.sum(), y.sum()}, Tensors{x, y, x}));
  const Tensor z = (x * 2).sum();
  say(autograd::grad(Tensors{z, z}, x));
}

void backward_to(CaseLog& say, const std::string& names) {
  const Tensor x = leaf({1, 2}), w = leaf({3, 4}), y = x * w, z = (y * y).sum();
  const std::map<char, Tensor> tensors = {{'x', x}, {'w', w}, {'y', y}};
  for (const auto& [name, tensor] : tensors) {
    tensor.register_hook([&say, text = std::string(1, name)](const Tensor& gradient) {
      say(text, gradient);
      return Tensor();
    });
  }
  y.grad_fn()->register_hook([&](const Grads& inputs, const Grads&) -> std::optional<Grads> {
    say("after", inputs);
    return {};
  });
  x.register_post_accumulate_grad_hook([&](const Tensor&) { say("accumulated"); });
  Tensors inputs;
  for (const char name : names) inputs.push_back(tensors.at(name));
  z.backward({}, {}, false, inputs);
  say(names, x.grad(), w.grad(), y.grad(), y.retains_grad());
}

void backward_to_inputs(CaseLog& say) {
  for (const char* names : {"x", "y", "xy", "xx", "yy", "xw"}) backward_to(say, names);
}

void backward_to_unreachable_inputs(CaseLog& say) {
  const Tensor x = leaf({1, 2}), other = leaf({3, 4});
  x.sum().backward({}, {}, false, other);
  say(x.grad(), other.grad());
  x.sum().backward({}, {}, false, Tensors{other, x});
  say(x.grad(), other.grad());
}

void materialized(CaseLog& say) {
  const Tensor x = leaf({1, 2}), other = leaf({3, 4});
  say(autograd::grad(x.sum(), Tensors{x, other}, {}, {}, false, {}, true));
  const Tensor made = autograd::grad(x.sum(), Tensors{x, other}, {}, {}, true, {}, true)[1];
  say(made, made.requires_grad());
  say(autograd::grad(x.sum(), Tensors{x, other}, {}, {}, false, true));
  say.attempt([&] { autograd::grad(x.sum(), Tensors{x, other}, {}, {}, false, false, true); });
}

void gradients_of_other_dtypes(CaseLog& say) {
  const Tensor x = leaf({1, 2});
  for (const DType dtype : {kFloat32, kInt64}) {
    const Tensor result = autograd::grad(x * 3, x, numbers({1, 2}).to(dtype))[0];
    say(result, result.dtype() == kFloat64);
  }
}

void calls_refused(CaseLog& say) {
  using autograd::backward, autograd::grad;
  const Tensor x = leaf({1, 2});
  say.attempt([&] { backward(x.sum(), {}, {}, false, TensorList()); });
  say.attempt([&] { backward(x.sum(), {}, {}, false, numbers({1})); });
  say.attempt([&] { grad(x.sum(), {}); });
  say.attempt([&] { grad(x.sum(), numbers({1})); });
  say.attempt([&] { grad(x.sum(), Tensors{x, numbers({1})}); });
  say.attempt([&] { grad(x.sum(), leaf({1})); });
  say.attempt([&] { grad({}, x); });
  say.attempt([&] { backward(TensorList()); });
  say.attempt([&] { backward(Tensors{x.sum(), numbers({1})}); });
  say.attempt([&] { backward(numbers({1, 2})); });
  say.attempt([&] { backward(Tensors{x * 2, numbers({1})}); });
  say.attempt([&] { backward(x.sum(), numbers({1})); });
  say.attempt([&] { backward(x * 2, numbers({1, 2, 3})); });
  say.attempt([&] { backward(numbers({1, 2}), numbers({1, 2, 3})); });
  say.attempt([&] { backward(Tensors{x.sum(), x * 2}, Tensors{Tensor(), numbers({1, 2})}); });
  say.attempt([&] { backward(Tensors{x.sum(), x * 2}, Tensors{Tensor(), Tensor()}); });
  say.attempt([&] { grad(x * 2, numbers({1})); });
  say.attempt([&] { grad(numbers({1}), numbers({1})); });
  say(x.grad());
}

// ---- What a tensor knows ----

std::string name_of(const std::shared_ptr<Node>& node) { return node ? node->name() : "NoneType"; }

void detached_in_place(CaseLog& say) {
  const Tensor y = leaf({1, 2}) * 2, view = y.slice(0, 0, 1);
  y.detach_();
  say(y.requires_grad(), y.grad_fn() ? "a node" : "None", y.is_leaf(), y.version(), y.output_nr());
  say(view.requires_grad(), name_of(view.grad_fn()));
  const Tensor x = leaf({1});
  x.detach_();
  say(x.requires_grad());
  say.attempt([] { (leaf({1, 2}) * 2)[0].detach_(); });
  say.attempt([] { numbers({1, 2})[0].detach_(); });
}

void grads_refused(CaseLog& say) {
  const Tensor x = leaf({1, 2});
  say.attempt([&] { x.set_grad(x); });
  for (const DType dtype :
       {kFloat16, kBFloat16, kFloat32, kInt8, kUInt8, kInt16, kInt32, kInt64, kBool}) {
    say.attempt([&] { x.set_grad(ones({2}, dtype)); });
  }
  say.attempt([] { ones({2}, kInt64).set_grad(ones({2})); });
  say.attempt([&] { x.set_grad(ones({3}, kFloat64)); });
  say.attempt([&] { x.set_grad(ones({}, kFloat64)); });
  say.attempt([] { numbers({1, 2}).set_grad(numbers({3, 4})); });
  say.attempt([] { (leaf({1, 2}) * 2).set_grad(numbers({3, 4})); });
}

void flags_refused(CaseLog& say) {
  const Tensor x = leaf({1, 2});
  say.attempt([&] { (x * 2).requires_grad_(false); });
  say.attempt([&] { x.slice(0, 0, 1).requires_grad_(false); });
  say((x * 2).requires_grad_().requires_grad());
  say.attempt([] { ones({2}, kInt64).requires_grad_(); });
  say(ones({2}, kInt64).requires_grad_(false).requires_grad());
}

void next_functions(CaseLog& say) {
  const Tensor x = leaf({1, 2, 3, 4}), w = leaf({3, 4});
  const Tensors parts = (x * 2).split(2);
  const Tensor y = parts[1] * w + numbers({1, 1});
  std::shared_ptr<Node> node = y.grad_fn();
  while (node) {
    std::string edges;
    for (const autograd::Edge& edge : node->next_edges()) {
      edges += (edges.empty() ? "[" : ", [") + std::to_string(edge.input_nr);
      edges += ", " + name_of(edge.node) + "]";
    }
    say(node->name(), "[" + edges + "]");
    node = node->next_edges().empty() ? nullptr : node->next_edges()[0].node;
  }
  say(parts[0].output_nr(), parts[1].output_nr(), y.output_nr(), x.output_nr(),
      x.grad_fn() ? "a node" : "None");
}

void leaf_switched_off_before_backward(CaseLog& say) {
  const Tensor x = leaf({1, 2}), w = leaf({3, 4}), y = (x * w).sum();
  x.requires_grad_(false);
  y.backward();
  say(x.grad(), w.grad());
}

void leaf_written_after_it_was_switched_off(CaseLog& say) {
  const Tensor x = leaf({1, 2}), w = leaf({3, 4});
  const Tensor view = x.slice(0, 0, 1), y = x * 2;
  x.requires_grad_(false);
  x.add_(1);
  const autograd::Edge edge = view.grad_fn()->next_edges()[0];
  say(view.grad_fn()->name(), name_of(edge.node), view.requires_grad());
  (view * w).sum().backward();
  say(x.grad(), w.grad());
  y.sum().backward({}, true);
  x.mul_(w);
  say.attempt([&] { y.sum().backward(); });
}

void whole_slices(CaseLog& say) {
  using indexing::Ellipsis, indexing::None, indexing::Slice, indexing::TensorIndex;
  const Tensor x = leaf({1, 2});
  const std::vector<std::vector<TensorIndex>> all = {
      {Slice(0)}, {Slice(None, 2)}, {Slice(None, 7)}, {Slice(-2)}, {None, Slice()}};
  for (const std::vector<TensorIndex>& indices : all) {
    say.attempt([&] { x.index_put_(indices, 1); });
    const Tensor y = x * 2;
    y.index_put_(indices, 1);
    say(std::string(y.grad_fn()->name()) == "CopySlices");
  }
  say(x.index({Slice()}).grad_fn()->name(), x.index({Ellipsis, Slice()}).grad_fn()->name(),
      x.index({None, Slice()}).grad_fn()->name());
  say.attempt([] { ones({}).index_put_({Slice()}, 1); });
}

void layout_of_grads(CaseLog& say) {
  const Tensor x = ones({2, 3}, kFloat64).t().requires_grad_();
  say(IntArrayRef(x.strides()));
  for (const bool create_graph : {false, true}) {
    for (const Tensor& gradient :
         {ones({3, 2}, kFloat64), ones({2, 3}, kFloat64).t(), ones({1}, kFloat64).expand({3, 2})}) {
      x.set_grad({});
      autograd::backward(x, gradient.detach().requires_grad_(), {}, create_graph);
      say(IntArrayRef(x.grad().strides()), name_of(x.grad().grad_fn()));
    }
  }
  const Tensor gaps = ones({3, 4}, kFloat64).slice(1, {}, {}, 2).requires_grad_();
  (gaps * 2).sum().backward();
  say(IntArrayRef(gaps.strides()), IntArrayRef(gaps.grad().strides()));
}

const std::map<std::string, Case> cases = {
    {"captured_with_hooks", captured_with_hooks},
    {"captured_twice", captured_twice},
    {"backward_to_inputs", backward_to_inputs},
    {"backward_to_unreachable_inputs", backward_to_unreachable_inputs},
    {"materialized", materialized},
    {"gradients_of_other_dtypes", gradients_of_other_dtypes},
    {"calls_refused", calls_refused},
    {"detached_in_place", detached_in_place},
    {"grads_refused", grads_refused},
    {"flags_refused", flags_refused},
    {"next_functions", next_functions},
    {"leaf_switched_off_before_backward", leaf_switched_off_before_backward},
    {"leaf_written_after_it_was_switched_off", leaf_written_after_it_was_switched_off},
    {"whole_slices", whole_slices},
    {"layout_of_grads", layout_of_grads},
};

TEST(EngineCalls, DoWhatPyTorchsDo) {
  for (const auto& [name, run] : cases) run_case(name, run);
}

TEST(EngineCalls, CountsTensorsAndGradients) {
  const Tensor x = leaf({1, 2});
  try {
    autograd::backward(Tensors{x.sum(), x.sum()}, numbers({1})[0]);
    ADD_FAILURE() << "accepted";
  } catch (const Error& error) {
    EXPECT_EQ(error.message(), "got 2 tensors and 1 gradients");
  }
}

TEST(EngineCalls, AnErrorNamesTheNodesItPassed) {
  const Tensor x = leaf({1, 2}), y = x * x;
  y.register_hook([](const Tensor&) -> Tensor { throw ValueError("no more"); });
  try {
    y.sum().backward();
    ADD_FAILURE() << "accepted";
  } catch (const ValueError& error) {
    EXPECT_EQ(error.message(), "no more");
    EXPECT_TRUE(std::string(error.what()).ends_with("\n  while backward ran MulBackward0"))
        << error.what();
  }
}

}  // namespace
}  // namespace cutaway
