// SPDX-License-Identifier: MIT
//
// What each op saves for its backward, in which order it is packed and unpacked, and whether its
// node can run twice: as PyTorch (see Note [The order of what is saved]). The expected lines are in
// fixtures/saved_tensors.txt, whose format fixtures/saved_fixtures.py tells.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "../../autograd/autograd.h"
#include "../../tensor/catalogue.h"
#include "../../tensor/ops.h"
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

}  // namespace
}  // namespace cutaway
