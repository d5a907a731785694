// SPDX-License-Identifier: MIT
//
// What each op saves for its backward, as what, in which order it is packed and unpacked, and
// whether its node can run twice: as PyTorch (see Note [The order of what is saved]). The expected
// lines are in fixtures/saved_tensors.txt and saved_names.txt, whose format
// fixtures/saved_fixtures.py tells.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <memory>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "../../autograd/autograd.h"
#include "../../tensor/catalogue.h"
#include "../../tensor/ops.h"
#include "../expect_error.h"
#include "../fixture_path.h"
#include "../op_fixture.h"
#include "../op_samples.h"
#include "../sample_arguments.h"

namespace cutaway {
namespace {

std::map<std::string, std::vector<std::string>> read_lines() {
  std::ifstream file(fixture_path("saved_tensors.txt"));
  std::map<std::string, std::vector<std::string>> lines;
  std::string line;
  std::vector<std::string>* sample = nullptr;
  while (std::getline(file, line)) {
    if (line[0] == '0' || line[0] == '1') {
      sample->push_back(line);
    } else {
      sample = &lines[line];
    }
  }
  return lines;
}

std::vector<Tensor> tensors_of(const Values& values) {
  std::vector<Tensor> tensors;
  for (const Value& value : flat(values)) {
    if (const Tensor* tensor = std::get_if<Tensor>(&value)) {
      if (tensor->defined()) tensors.push_back(*tensor);
    }
  }
  return tensors;
}

/// "argument 0 [2,3]": which tensor it is, by its memory.
std::string described(const Tensor& tensor, const std::vector<Tensor>& arguments,
                      const std::vector<Tensor>& results) {
  const auto place = [&](const std::vector<Tensor>& list) {
    const auto same = [&](const Tensor& x) { return x.raw_data() == tensor.raw_data(); };
    const auto found = std::find_if(list.begin(), list.end(), same);
    return found == list.end() ? std::string() : std::to_string(found - list.begin());
  };
  std::string text = "other";
  if (tensor.numel() == 0) {
    text = "empty";
  } else if (!place(arguments).empty()) {
    text = "argument " + place(arguments);
  } else if (!place(results).empty()) {
    text = "result " + place(results);
  }
  std::string sizes;
  for (const int64_t size : tensor.sizes()) sizes += join(sizes.empty() ? "" : ",", size);
  return join(text, " [", sizes, "]");
}

/// What is saved where the leaves that `wanted` marks with 1 require a gradient, as the fixture
/// tells it.
std::string saved(const OpSample& sample, const std::string& wanted) {
  SampleArguments drawn(sample);
  for (size_t i = 0; i < wanted.size(); ++i) drawn.leaves()[i].requires_grad_(wanted[i] == '1');
  Values values = drawn.build(drawn.leaves());
  if (sample.writes_in_place()) values[0] = std::get<Tensor>(values[0]).clone();
  std::vector<Tensor> packed, results;
  std::string order;
  {
    const autograd::SavedTensorsHooks hooks({[&](const Tensor& tensor) -> std::any {
                                               packed.push_back(tensor);
                                               return packed.size() - 1;
                                             },
                                             [&](const std::any& number) {
                                               const size_t i = std::any_cast<size_t>(number);
                                               order += join(order.empty() ? "" : " ", i);
                                               return packed[i];
                                             }});
    results = tensors_of(find_op(sample.op)->call_boxed(values));
  }
  std::string text;
  for (const Tensor& tensor : packed) {
    text += join(text.empty() ? "" : ", ", described(tensor, tensors_of(values), results));
  }
  std::vector<Tensor> outputs, directions;
  for (const Tensor& result : results) {
    if (!result.requires_grad()) continue;
    outputs.push_back(result);
    directions.push_back(ones_like(result));
  }
  autograd::backward(outputs, directions);
  std::string again = "again";
  const std::string first_order = order;
  try {
    autograd::backward(outputs, directions);
  } catch (const Error&) {
    again = "once";
  }
  return join(wanted, " ", text, " : ", first_order, " : ", again);
}

TEST(SavedOrder, EqualsPyTorchs) {
  const std::map<std::string, std::vector<std::string>> expected = read_lines();
  int count = 0;
  for (const OpSample& sample : op_samples()) {
    const auto lines = expected.find(text_of(sample));
    if (!sample.has("grad") || lines == expected.end()) continue;
    for (const std::string& line : lines->second) {
      try {
        EXPECT_EQ(saved(sample, line.substr(0, line.find(' '))), line) << text_of(sample);
      } catch (const std::exception& error) {
        ADD_FAILURE() << text_of(sample) << ": " << error.what();
      }
      ++count;
    }
  }
  EXPECT_GT(count, 300);
}

// ---- Names ----

std::set<std::string> words_of(std::string text) {
  std::replace(text.begin(), text.end(), ',', ' ');
  std::istringstream stream(text);
  std::set<std::string> words;
  for (std::string word; stream >> word;) {
    if (word.ends_with("...")) word.erase(word.size() - 3);
    if (word != "-") words.insert(word);
  }
  return words;
}

std::map<std::string, std::set<std::string>> read_names() {
  std::ifstream file(fixture_path("saved_names.txt"));
  std::map<std::string, std::set<std::string>> names;
  std::string node, line;
  while (file >> node && std::getline(file, line)) names[node] = words_of(line);
  // The kernels here keep no factors of the matrix, nor a buffer, as on PyTorch's CPU.
  for (const char* other : {"LinalgDetBackward0", "LinalgSolveExBackward0"}) {
    names[other] = {"A", "result"};
  }
  names["LinalgSlogdetBackward0"] = {"A"};
  names["LogSigmoidBackward0"] = {"self"};
  return names;
}

/// Every node that a call records, with those of the ops that it is made of.
void add_nodes(const autograd::Node& node, std::map<std::string, const autograd::Node*>& nodes) {
  if (!nodes.emplace(node.name(), &node).second) return;
  for (const autograd::Edge& edge : node.next_edges()) {
    if (edge.is_valid()) add_nodes(*edge.node, nodes);
  }
}

/// The names that a node gives are PyTorch's, and each place has one, or is empty.
void check_names(const autograd::Node& node, const std::set<std::string>& expected) {
  EXPECT_EQ(words_of(node.saved_names()), expected) << node.name();
  for (const autograd::SavedInfo& saved : node.saved_tensors()) {
    ASSERT_TRUE(expected.contains(std::string(saved.name))) << node.name() << " " << saved.name;
    const std::vector<Tensor> found = node.saved(saved.name);
    EXPECT_TRUE(
        std::any_of(found.begin(), found.end(),
                    [&](const Tensor& each) { return each.raw_data() == saved.tensor.raw_data(); }))
        << node.name() << " " << saved.name;
  }
}

TEST(SavedNames, ArePyTorchs) {
  const std::map<std::string, std::set<std::string>> expected = read_names();
  std::set<std::string> seen;
  for (const OpSample& sample : op_samples()) {
    if (!sample.has("grad")) continue;
    SampleArguments drawn(sample);
    for (size_t i = 0; i < drawn.leaves().size(); ++i) {
      if (drawn.is_differentiable(i)) drawn.leaves()[i].requires_grad_();
    }
    Values values = drawn.build(drawn.leaves());
    if (sample.writes_in_place()) values[0] = std::get<Tensor>(values[0]).clone();
    std::map<std::string, const autograd::Node*> nodes;
    const std::vector<Tensor> results = tensors_of(find_op(sample.op)->call_boxed(values));
    for (const Tensor& result : results) {
      if (result.grad_fn()) add_nodes(*result.grad_fn(), nodes);
    }
    for (const auto& [name, node] : nodes) {
      const auto names = expected.find(name);
      if (names == expected.end()) {
        EXPECT_STREQ(node->saved_names(), "") << name << " is no node of PyTorch's";
      } else if (seen.insert(name).second) {
        check_names(*node, names->second);
      }
    }
  }
  EXPECT_GT(seen.size(), 150);
}

TEST(SavedNames, GiveTheTensorWithItsHistory) {
  const Tensor x = ones({2}, kFloat64).requires_grad_();
  const Tensor y = (x * 2).exp();
  const Tensor result = y.grad_fn()->saved("result")[0];
  EXPECT_FALSE(result.is_same(y));
  EXPECT_EQ(result.raw_data(), y.raw_data());
  EXPECT_EQ(result.grad_fn(), y.grad_fn());
  const Tensor product = x * ones({2}, kFloat64);
  {
    const NoGrad guard;  // who looks is shown the same
    EXPECT_TRUE(y.grad_fn()->saved("result")[0].requires_grad());
    EXPECT_FALSE(product.grad_fn()->saved("self")[0].defined());  // not needed
  }
  EXPECT_TRUE((x * x).grad_fn()->saved("self")[0].is_same(x));
  const Tensor picked = index(x, std::vector<Tensor>{tensor_from<int64_t>({1})});
  EXPECT_EQ(picked.grad_fn()->saved("indices").size(), 1U);
}

TEST(SavedNames, AreRefusedAsBackwardIs) {
  const Tensor x = ones({2}, kFloat64).requires_grad_() * 1;
  const Tensor y = x.sin();
  expect_error<Error>([&] { y.grad_fn()->saved("other"); },
                      "SinBackward0 saves nothing that is called 'other'; it saves: self");
  x.add_(1);
  EXPECT_THROW(y.grad_fn()->saved("self"), Error);  // modified
  const Tensor z = x.sin();
  z.sum().backward();
  expect_error<Error>([&] { z.grad_fn()->saved("self"); }, autograd::released_message());
}

TEST(SavedNames, OfWhatWasNeverKeptStayEmptyWhenAllIsReleased) {
  const Tensor x = ones({2}, kFloat64).requires_grad_();
  const Tensor y = x * ones({2}, kFloat64);
  const std::weak_ptr<TensorImpl> kept = y.grad_fn()->saved("other")[0].impl_ptr();
  y.sum().backward();
  EXPECT_FALSE(y.grad_fn()->saved("self")[0].defined());
  expect_error<Error>([&] { y.grad_fn()->saved("other"); }, autograd::released_message());
  EXPECT_TRUE(y.grad_fn()->saved_tensors().empty());
  EXPECT_TRUE(kept.expired());
  expect_error<Error>([&] { y.sum().backward(); }, autograd::released_message());
  const Tensor picked = index(x, std::vector<Tensor>{tensor_from<int64_t>({1})});
  picked.sum().backward();
  expect_error<Error>([&] { picked.grad_fn()->saved("indices"); }, autograd::released_message());
}

TEST(SavedNames, OneLimitAndAddrHaveNodesOfTheirOwnAndNoDifferenceIsACopy) {
  const Tensor x = ones({2, 2}, kFloat64).requires_grad_() * 1, limit = ones({2}, kFloat64);
  const auto expect_node = [](const Tensor& y, const char* name, const char* saved) {
    EXPECT_STREQ(y.grad_fn()->name(), name);
    EXPECT_EQ(y.grad_fn()->saved_names(), std::string(saved));
  };
  expect_node(x.clamp_min(1), "ClampMinBackward0", "self");
  expect_node(x.clamp_min(limit), "ClampMinBackward1", "min, self");
  expect_node(x.clamp_max(1), "ClampMaxBackward0", "self");
  expect_node(x.clamp_max(limit), "ClampMaxBackward1", "max, self");
  expect_node(x.clamp(limit), "ClampBackward0", "max, min, self");
  expect_node((x * 1).clamp_min_(1), "ClampMinBackward0", "self");
  expect_node((x * 1).clamp_max_(limit), "ClampMaxBackward1", "max, self");
  expect_node(addr(x, limit, limit), "AddrBackward0", "vec1, vec2");
  expect_node(addr_(x * 1, limit, limit), "AddrBackward0", "vec1, vec2");
  expect_node(diff(x, 0), "CopyBackwards", "");
}

// ---- What the table does not show ----

Tensor leaf(IntArrayRef sizes, DType dtype = kFloat64) {
  return ones(sizes, dtype).requires_grad_();
}

/// Backward must be refused, and the error begin with this name of the tensor that was modified.
void expect_modified(const Tensor& result, const std::string& tensor) {
  const std::string expected =
      "one of the variables needed for gradient computation has been modified by an inplace "
      "operation: [torch." +
      tensor + " is at version 1; expected version 0 instead.";
  try {
    result.sum().backward();
    ADD_FAILURE() << "accepted, though refused with: " << expected;
  } catch (const Error& error) {
    EXPECT_EQ(error.message().substr(0, expected.size()), expected);
  }
}

TEST(SavedOrder, AnOperandOfAnotherDtypeIsSavedAsItWasGiven) {
  const Tensor x = ones({2}, kFloat32), w = leaf({2});
  const Tensor y = x * w;
  x.add_(1);
  expect_modified(y, "FloatTensor [2]]");

  const Tensor narrow = leaf({2}, kFloat32);
  const Tensor product = narrow * w;
  const autograd::Edges& edges = product.grad_fn()->next_edges();
  EXPECT_EQ(edges[0].node, autograd::gradient_edge(narrow).node);  // no node of a conversion
  product.sum().backward();
  EXPECT_EQ(narrow.grad().dtype(), kFloat32);
  EXPECT_TRUE(equal(narrow.grad(), ones({2}, kFloat32)));

  const Tensor square = (narrow * w * narrow).sum();
  const Tensor first = autograd::grad({square}, {narrow}, {}, true, true)[0];
  EXPECT_TRUE(equal(autograd::grad({first.sum()}, {narrow})[0], full({2}, 2.0, kFloat32)));
}

TEST(SavedOrder, ANodeThatSavedNothingRunsTwice) {
  const Tensor x = leaf({2}), a = ones({2}, kFloat64);
  const Tensor y = addcmul(x, a, a).sum();
  y.backward();
  y.backward();
  EXPECT_TRUE(equal(x.grad(), full({2}, 2.0, kFloat64)));
  const Tensor z = addcmul(x, x, a).sum();
  z.backward();
  EXPECT_THROW(z.backward(), Error);
}

TEST(SavedOrder, IsUnpackedThoughNoGradientCame) {
  struct Nothing : autograd::Function<Nothing> {
    static Tensor forward(autograd::FunctionContext&, const Tensor& x) { return x.clone(); }
    static autograd::Grads backward(autograd::FunctionContext&, const autograd::Grads&) {
      return {Tensor()};
    }
  };
  const Tensor a = leaf({3}) * 1;
  const Tensor y = Nothing::apply(a.sin());
  {
    const NoGrad guard;
    a.add_(1);
  }
  expect_modified(y, "DoubleTensor [3]], which is output 0 of Mul,");
}

TEST(SavedOrder, TheErrorTellsTheShapeThatTheWriteLeft) {
  const Tensor x = (leaf({3}) * 2).reshape({3, 1});
  const Tensor y = x.sin();
  x.squeeze_();
  expect_modified(y, "DoubleTensor [3]], which is output 0 of Squeeze3,");
}

TEST(SavedOrder, TheErrorTellsTheShapeThatTheWriteLeftOfAViewWithoutHistory) {
  const Tensor view = ones({2}, kFloat64).unsqueeze(0);
  const Tensor y = leaf({}) * view;
  view.unsqueeze_(0);
  expect_modified(y, "DoubleTensor [1, 1, 2]]");
}

TEST(SavedOrder, AVectorTimesABatchIsSavedItself) {
  const Tensor batch = ones({2, 2, 3}, kFloat64);
  const Tensor vector = leaf({2}) * 1;
  const Tensor y = matmul(vector, batch.requires_grad_());
  vector.unsqueeze_(0);
  expect_modified(y, "DoubleTensor [1, 2]], which is output 0 of Unsqueeze1,");
}

TEST(SavedOrder, WhatAsksForAGradientSinceIsPartOfTheGraphOfGradients) {
  const Tensor x = leaf({2}), weight = full({2}, 3.0, kFloat64);
  const Tensor y = x * weight;
  weight.requires_grad_();
  const Tensor g = autograd::grad(y.sum(), x, {}, {}, true)[0];
  EXPECT_EQ(autograd::grad(g.sum(), weight)[0][0].item<double>(), 1);
}

TEST(SavedOrder, AViewThatIsGoneIsNamedAfterItsBase) {
  const Tensor x = ones({2, 2}, kFloat64), w = leaf({2, 2});
  const Tensor y = x.t() * w;
  x.add_(w);
  expect_modified(y, "DoubleTensor [2, 2]], which is output 0 of AsStrided,");
}

TEST(SavedOrder, AViewThatIsGoneIsNamedThoughItsBaseBecameALeaf) {
  const Tensor x = ones({2, 2}, kFloat64), w = leaf({2, 2});
  const Tensor y = x.t() * w;
  x.add_(1);
  expect_modified(y, "DoubleTensor [2, 2]]");
  x.requires_grad_();
  expect_modified(y, "DoubleTensor [2, 2]], which is output 0 of AsStrided,");
}

TEST(SavedOrder, NothingIsSavedForAViewMadeInNoGradMode) {
  const Tensor x = leaf({4});
  const Tensor view = [&] {
    const NoGrad guard;
    return x.view({2, 2});
  }();
  int count = 0;
  const autograd::SavedTensorsHooks hooks(
      {[&](const Tensor& tensor) -> std::any {
         ++count;
         return tensor;
       },
       [](const std::any& tensor) { return std::any_cast<Tensor>(tensor); }});
  EXPECT_TRUE((view * view).requires_grad());
  EXPECT_EQ(count, 0);
  EXPECT_TRUE(view.exp().requires_grad());
  EXPECT_EQ(count, 1);
}

TEST(SavedOrder, ACheckpointRunsAgainWithAViewMadeInNoGradMode) {
  const Tensor x = leaf({4});
  const Tensor view = [&] {
    const NoGrad guard;
    return x.view({2, 2});
  }();
  const Tensor y =
      autograd::checkpoint([](const Tensor& t) { return (t * t).sin() + t.exp(); }, view, {});
  y.sum().backward();  // saves as many tensors as the first time
  EXPECT_FALSE(x.grad().defined());
}

}  // namespace
}  // namespace cutaway
