// SPDX-License-Identifier: MIT
//
// Hooks: when they run, what they are given, what they may return. Each case makes the calls of the
// function of the same name in fixtures/engine_fixtures.py and must say what PyTorch says there.
#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "../../tensor/ops.h"
#include "case_log.h"

namespace cutaway {
namespace {

using autograd::Grads;
using autograd::RemovableHandle;
using Tensors = std::vector<Tensor>;

/// Hooks that say what they were given, and change nothing.
auto note(CaseLog& say, const std::string& what) {
  return [&say, what](const Tensor& gradient) {
    say(what, gradient);
    return Tensor();
  };
}
auto note_before(CaseLog& say, const std::string& what) {
  return [&say, what](const Grads& gradients) -> std::optional<Grads> {
    say(what, gradients);
    return {};
  };
}
auto note_after(CaseLog& say, const std::string& what) {
  return [&say, what](const Grads& inputs, const Grads& outputs) -> std::optional<Grads> {
    say(what, inputs, outputs);
    return {};
  };
}
auto note_accumulated(CaseLog& say) {
  return [&say](const Tensor& p) { say("accumulated", p.grad()); };
}
/// A hook that says what it was given, and multiplies it.
auto times(CaseLog& say, const std::string& what, double factor) {
  return [&say, what, factor](const Tensor& gradient) {
    say(what, gradient);
    return gradient * factor;
  };
}

void hook_order(CaseLog& say) {
  const Tensor x = leaf({1, 2}), y = x * 2, z = (y * y).sum();
  y.register_hook(note(say, "y 1"));
  y.retain_grad();
  y.grad_fn()->register_prehook(note_before(say, "before"));
  y.register_hook(times(say, "y 2", 10));
  y.register_hook(note(say, "y 3"));
  y.grad_fn()->register_hook(note_after(say, "after"));
  const autograd::Edge to_leaf = y.grad_fn()->next_edges()[0];
  to_leaf.node->register_hook(note_after(say, "after leaf"));
  to_leaf.node->register_prehook(note_before(say, "before leaf"));
  x.register_post_accumulate_grad_hook(note_accumulated(say));
  x.register_hook(times(say, "x", 3));
  z.backward();
  say("grads", y.grad(), x.grad());
}

void hook_on_leaf_stays(CaseLog& say) {
  const Tensor x = leaf({1, 2});
  const RemovableHandle handle = x.register_hook(times(say, "x", 2));
  const RemovableHandle count = x.register_post_accumulate_grad_hook(note_accumulated(say));
  for (int i = 0; i < 2; ++i) (x * 3).sum().backward();
  handle.remove();
  handle.remove();
  (x * 3).sum().backward();
  count.remove();
  (x * 3).sum().backward();
  say(x.grad());
}

void hook_removes_itself(CaseLog& say) {
  const Tensor x = leaf({1});
  RemovableHandle handle;
  handle = x.register_hook([&](const Tensor& gradient) {
    say("once", gradient);
    handle.remove();
    return Tensor();
  });
  x.register_hook(note(say, "always"));
  for (int i = 0; i < 2; ++i) (x * 3).backward();
}

void hook_on_several_outputs(CaseLog& say) {
  const Tensor x = leaf({1, 2, 3, 4});
  const Tensors parts = x.split(2);
  const Tensor a = parts[0], b = parts[1];
  a.register_hook(note(say, "a"));
  b.register_hook(note(say, "b"));
  a.retain_grad();
  b.retain_grad();
  a.grad_fn()->register_prehook(note_before(say, "before"));
  a.grad_fn()->register_hook(note_after(say, "after"));
  a.sum().backward();
  say("grads", a.grad(), b.grad(), x.grad());
}

void hook_replaces_nothing_by_something(CaseLog&) {
  const Tensors parts = leaf({1, 2, 3, 4}).split(2);
  parts[1].register_hook([](const Tensor&) { return numbers({1, 1}); });
  parts[0].sum().backward();
}

void hook_after_write_in_place(CaseLog& say) {
  const Tensor x = leaf({1, 2}), y = x * 2;
  y.register_hook(note(say, "old"));
  y.retain_grad();
  y.mul_(3);
  y.register_hook(note(say, "new"));
  say("retains", y.retains_grad());
  y.sum().backward();
  say("grads", y.grad(), x.grad());
}

void hook_on_view_after_write_to_base(CaseLog& say) {
  const Tensor x = leaf({1, 2}), base = x * 2, view = base.slice(0, 0, 1);
  view.register_hook(note(say, "old view"));
  view.retain_grad();
  base.register_hook(note(say, "old base"));
  base.retain_grad();
  base.mul_(3);
  say(view.grad_fn()->name());
  view.register_hook(note(say, "new view"));
  (view.sum() * 5).backward();
  say("grads", view.grad(), base.grad(), x.grad());
}

void hook_on_base_after_write_to_view(CaseLog& say) {
  const Tensor x = leaf({1, 2}), base = x * 2, view = base.slice(0, 0, 1);
  view.register_hook(note(say, "old view"));
  view.retain_grad();
  base.register_hook(note(say, "old base"));
  base.retain_grad();
  view.mul_(3);
  view.register_hook(note(say, "new view"));
  base.register_hook(note(say, "new base"));
  (base.sum() * 5).backward();
  say("grads", view.grad(), base.grad(), x.grad());
}

void hook_of_leaf_that_is_none_any_more(CaseLog& say) {
  const Tensor x = leaf({1, 2});
  x.register_hook(note(say, "x"));
  x.register_post_accumulate_grad_hook(note_accumulated(say));
  x.requires_grad_(false);
  x.mul_(leaf({3, 4}));
  x.sum().backward();
  say(x.is_leaf(), x.grad());
}

void hook_runs_without_recording(CaseLog& say) {
  const Tensor x = leaf({1, 2});
  x.register_hook([&](const Tensor&) {
    say(is_grad_enabled());
    return Tensor();
  });
  (x * x).sum().backward();
  (x * x).sum().backward({}, {}, true);
  x.set_grad({});
}

void hook_is_differentiated(CaseLog& say) {
  const Tensor x = leaf({1, 2}), y = x * x;
  const RemovableHandle handle =
      y.register_hook([y](const Tensor& gradient) { return gradient * y; });
  const Tensor g = autograd::grad(y.sum(), x, {}, {}, true)[0];
  say(g);
  say(autograd::grad(g.sum(), x));
  handle.remove();  // the hook holds y, which holds the node, which holds the hook
}

void hook_calls_backward(CaseLog& say) {
  const Tensor x = leaf({1, 2}), w = leaf({3, 4}), y = x * w;
  y.register_hook([&](const Tensor&) {
    const EnableGrad guard;
    (w * w).sum().backward();
    say("inside", w.grad());
    return Tensor();
  });
  y.sum().backward();
  say(x.grad(), w.grad());
}

void hook_after_accumulation_calls_backward(CaseLog& say) {
  const Tensor x = leaf({1, 2});
  int calls = 0;
  x.register_post_accumulate_grad_hook([&](const Tensor& p) {
    say("accumulated", p.grad());
    const EnableGrad guard;
    if (++calls < 3) (p * 2).sum().backward();
  });
  x.sum().backward();
  say(x.grad());
}

void hook_steps_the_optimizer(CaseLog& say) {
  const Tensor x = leaf({1, 2});
  x.register_post_accumulate_grad_hook([](const Tensor& p) {
    p.sub_(p.grad(), 0.5);
    p.set_grad({});
  });
  for (int i = 0; i < 2; ++i) {
    (x * x).sum().backward();
    say(x, x.grad());
  }
}

void hook_throws(CaseLog& say) {
  const Tensor x = leaf({1, 2}), y = x * x, z = (y * y).sum();
  const RemovableHandle handle =
      y.register_hook([](const Tensor&) -> Tensor { throw ValueError("no more"); });
  say.attempt([&] { z.backward({}, true); });
  say(x.grad());
  handle.remove();
  z.backward();
  say(x.grad());
  say.attempt([&] { z.backward(); });
}

void hook_refusals(CaseLog& say) {
  const Tensor floats = ones({2});
  const auto tensor_hook = [&](const Tensor& result) {
    say.attempt([&] {
      const Tensor x = leaf({1, 2});
      x.register_hook([&](const Tensor&) { return result; }, "hook");
      (x * 2).sum().backward();
    });
  };
  const auto pre_hook = [&](const Grads& result) {
    say.attempt([&] {
      const Tensor y = leaf({1, 2}) * 2;
      y.grad_fn()->register_prehook([&](const Grads&) { return result; }, "hook");
      y.sum().backward();
    });
  };
  const auto post_hook = [&](const Grads& result) {
    say.attempt([&] {
      const Tensor y = leaf({1, 2}) * leaf({3, 4});
      y.grad_fn()->register_hook([&](const Grads&, const Grads&) { return result; }, "hook");
      y.sum().backward();
    });
  };
  say.attempt([&] { ones({2}).register_hook(note(say, "")); });
  say.attempt([&] { ones({2}).register_post_accumulate_grad_hook(note_accumulated(say)); });
  say.attempt([&] { (leaf({1}) * 2).register_post_accumulate_grad_hook(note_accumulated(say)); });
  tensor_hook(numbers({1, 2, 3}));
  tensor_hook(numbers({1}));
  tensor_hook(floats);
  pre_hook({numbers({1, 2, 3})});
  pre_hook({numbers({1, 2}), numbers({1, 2})});
  pre_hook({});
  pre_hook({floats});
  post_hook({numbers({1, 2, 3}), numbers({1, 2})});
  post_hook({numbers({1, 2})});
  post_hook({floats, numbers({1, 2})});
}

void node_hooks_replace(CaseLog& say) {
  const Tensor x = leaf({1, 2}), w = leaf({3, 4}), y = x * w;
  y.grad_fn()->register_prehook([](const Grads& gradients) { return Grads{gradients[0] * 10}; });
  y.grad_fn()->register_hook([](const Grads& inputs, const Grads& outputs) {
    return Grads{Tensor(), inputs[1] + outputs[0]};
  });
  y.sum().backward();
  say(x.grad(), w.grad());
}

void node_hook_takes_gradient_away(CaseLog& say) {
  const Tensor x = leaf({1, 2}), y = x * 2;
  y.grad_fn()->register_prehook([](const Grads&) { return Grads{Tensor()}; });
  y.sum().backward();
  say(x.grad());
}

void hooks_of_roots_off_the_way(CaseLog& say) {
  const Tensor x = leaf({1, 2}), other = leaf({3}), y = x * 2, z = (y * y).sum();
  y.register_hook(times(say, "y", 10));
  y.retain_grad();
  y.grad_fn()->register_prehook(note_before(say, "before"));
  const Tensor one = numbers({1, 2});
  for (const Tensors& roots : {Tensors{y}, Tensors{y, y}}) {
    const Tensors given(roots.size(), one);
    const Tensors found = autograd::grad(roots, {other, z}, given, {}, false, true);
    say(found[0], found[1]);
    say(y.grad());
  }
  x.register_hook(note(say, "x"));
  say(autograd::grad(x, other, one, {}, false, true)[0]);
  say(x.grad());
}

void retained(CaseLog& say) {
  const Tensor x = leaf({1, 2});
  say(x.retains_grad());
  x.retain_grad();
  say(x.retains_grad());
  const Tensor y = x * 2, given = numbers({1, 3});
  y.retain_grad();
  y.retain_grad();
  say(y.retains_grad());
  y.backward(given, true);
  y.grad().mul_(10);
  say(y.grad(), given);
  y.backward(given);
  say(y.grad(), x.grad());
  say.attempt([] { numbers({1}).retain_grad(); });
}

const std::map<std::string, Case> cases = {
    {"hook_order", hook_order},
    {"hook_on_leaf_stays", hook_on_leaf_stays},
    {"hook_removes_itself", hook_removes_itself},
    {"hook_on_several_outputs", hook_on_several_outputs},
    {"hook_replaces_nothing_by_something", hook_replaces_nothing_by_something},
    {"hook_after_write_in_place", hook_after_write_in_place},
    {"hook_on_view_after_write_to_base", hook_on_view_after_write_to_base},
    {"hook_on_base_after_write_to_view", hook_on_base_after_write_to_view},
    {"hook_of_leaf_that_is_none_any_more", hook_of_leaf_that_is_none_any_more},
    {"hook_runs_without_recording", hook_runs_without_recording},
    {"hook_is_differentiated", hook_is_differentiated},
    {"hook_calls_backward", hook_calls_backward},
    {"hook_after_accumulation_calls_backward", hook_after_accumulation_calls_backward},
    {"hook_steps_the_optimizer", hook_steps_the_optimizer},
    {"hook_throws", hook_throws},
    {"hook_refusals", hook_refusals},
    {"node_hooks_replace", node_hooks_replace},
    {"node_hook_takes_gradient_away", node_hook_takes_gradient_away},
    {"hooks_of_roots_off_the_way", hooks_of_roots_off_the_way},
    {"retained", retained},
};

TEST(Hooks, AfterAccumulationRunOnALeafThatWantsNoGradientAnyMore) {
  const Tensor x = leaf({1});
  int calls = 0;
  x.register_post_accumulate_grad_hook([&](const Tensor&) { ++calls; });
  const Tensor y = x * 2;
  x.requires_grad_(false);
  y.backward();
  EXPECT_EQ(calls, 1);
  EXPECT_FALSE(x.grad().defined());
}

TEST(Hooks, DoWhatPyTorchsDo) {
  for (const auto& [name, run] : cases) run_case(name, run);
}

TEST(Hooks, GoWithWhatTheyHangOn) {
  const auto witness = std::make_shared<int>();
  const auto hook = [witness](const Tensor&) { return Tensor(); };
  RemovableHandle handle;
  {
    const Tensor x = leaf({1}), y = x * 2;
    handle = x.register_hook(hook);
    y.register_hook(hook);
    EXPECT_EQ(witness.use_count(), 4);
  }
  EXPECT_EQ(witness.use_count(), 2);
  handle.remove();  // nothing left to remove
}

TEST(Hooks, AreMadeOfWhateverCanBeCalled) {
  const Tensor x = leaf({1}), y = x * 3;
  const std::function<Tensor(const Tensor&)> half = [](const Tensor& grad) { return grad / 2; };
  int calls = 0;
  std::function<void(Tensor)> count = [&](const Tensor&) { ++calls; };
  autograd::TensorHook hook = half;
  y.register_hook(half);
  y.register_hook(hook);
  y.register_hook([](auto grad) { return grad * 2; });
  y.register_hook(&neg);
  x.register_post_accumulate_grad_hook(count);
  y.backward();
  EXPECT_EQ(x.grad().item<double>(), -1.5);
  EXPECT_EQ(calls, 1);
}

TEST(Hooks, AreCalledByTheirNumberWhereTheyHaveNoName) {
  const Tensor x = leaf({1, 2});
  x.register_hook([](const Tensor&) { return Tensor(); });
  x.register_hook([](const Tensor&) { return numbers({1}); });
  try {
    x.sum().backward();
    ADD_FAILURE() << "accepted";
  } catch (const Error& error) {
    EXPECT_EQ(error.message(), "hook '1' has changed the size of value");
  }
}

TEST(Hooks, ARetainedTensorIsNotKeptAlive) {
  std::weak_ptr<TensorImpl> watched;
  const Tensor x = leaf({1});
  Tensor z;
  {
    const Tensor y = x * 2;
    y.retain_grad();
    watched = y.impl_ptr();
    z = y + 1;
  }
  EXPECT_TRUE(watched.expired());
  z.backward();
  EXPECT_EQ(x.grad().item<double>(), 2);
}

}  // namespace
}  // namespace cutaway
