// SPDX-License-Identifier: MIT
//
// Cases that say what happens, a line at a time: fixtures/engine_fixtures.py has a function of the
// same name that makes the same calls of PyTorch, and fixtures/engine.txt is what it said there.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "../../autograd/autograd.h"
#include "../../tensor/check.h"

namespace cutaway {

/// "None", "3", "[1, 2]": as Python prints them.
std::string text_of(const Tensor& tensor);
std::string text_of(TensorList tensors);
std::string text_of(IntArrayRef values);

class CaseLog {
 public:
  /// Says its arguments.
  template <class... Parts>
  void operator()(const Parts&... parts) {
    std::string line;
    (append(line, parts), ...);
    lines_.push_back(line);
  }
  /// Says what a call that must fail fails with.
  void attempt(const std::function<void()>& call);
  const std::vector<std::string>& lines() const { return lines_; }

 private:
  template <class Part>
  void append(std::string& line, const Part& part) {
    if (!line.empty()) line += ' ';
    if constexpr (std::is_same_v<Part, bool>) {
      line += part ? "True" : "False";
    } else if constexpr (std::is_arithmetic_v<Part> || std::is_convertible_v<Part, std::string>) {
      line += join(part);
    } else {
      line += text_of(part);
    }
  }
  std::vector<std::string> lines_;
};

using Case = std::function<void(CaseLog& say)>;

/// Runs a case and holds what it says against the fixture.
void run_case(const std::string& name, const Case& run);

/// float64: a leaf, and one without a gradient.
Tensor leaf(const std::vector<double>& values);
Tensor numbers(const std::vector<double>& values);

}  // namespace cutaway
