// SPDX-License-Identifier: MIT
#include "case_log.h"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <map>

#include "../../tensor/ops.h"
#include "../fixture_path.h"
#include "../op_fixture.h"

namespace cutaway {

std::string text_of(const Tensor& tensor) {
  if (!tensor.defined()) return "None";
  const Tensor values = tensor.detach().to(kFloat64);
  if (values.dim() == 0) {
    const double value = values.item<double>();
    return std::isnan(value) ? "nan" : join(value);
  }
  std::string text;
  for (int64_t i = 0; i < values.size(0); ++i) text += (i == 0 ? "" : ", ") + text_of(values[i]);
  return "[" + text + "]";
}

std::string text_of(TensorList tensors) {
  std::string text;
  for (const Tensor& tensor : tensors) text += (text.empty() ? "" : ", ") + text_of(tensor);
  return "[" + text + "]";
}

std::string text_of(IntArrayRef values) {
  std::string text;
  for (const int64_t value : values) text += (text.empty() ? "" : ", ") + std::to_string(value);
  return "[" + text + "]";
}

Tensor numbers(const std::vector<double>& values) { return tensor_from(values); }
Tensor leaf(const std::vector<double>& values) { return numbers(values).requires_grad_(); }

void CaseLog::attempt(const std::function<void()>& call) {
  try {
    call();
    (*this)("accepted");
  } catch (const Error& error) {
    (*this)("! " + describe(error).first + " | " + error.message());
  }
}

static std::map<std::string, std::vector<std::string>> read_cases() {
  std::map<std::string, std::vector<std::string>> cases;
  std::ifstream file(fixture_path("engine.txt"));
  std::string name, line;
  while (std::getline(file, line)) {
    if (line.starts_with("  ")) {
      cases[name].push_back(line.substr(2));
    } else {
      name = line;
    }
  }
  return cases;
}

void run_case(const std::string& name, const Case& run) {
  static const auto cases = read_cases();
  const auto expected = cases.find(name);
  ASSERT_NE(expected, cases.end()) << "engine.txt has no case " << name;
  CaseLog log;
  try {
    run(log);
  } catch (const Error& error) {
    log("! " + describe(error).first + " | " + error.message());
  }
  EXPECT_EQ(log.lines(), expected->second) << name;
}

}  // namespace cutaway
