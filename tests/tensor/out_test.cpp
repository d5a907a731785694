// SPDX-License-Identifier: MIT
//
// Out forms against PyTorch's out= (fixtures/out.txt, whose script tells the format): an `out` of
// every kind gets the functional form's values, or is refused in PyTorch's words. Then what is
// particular: no allocation, versions, gradients, the typed functions.
#include "../../tensor/out.h"

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "../../tensor/catalogue.h"
#include "../../tensor/ops.h"
#include "../expect_error.h"
#include "../fixture_path.h"
#include "../op_fixture.h"
#include "../op_samples.h"
#include "../sample_arguments.h"

namespace cutaway {
namespace {

// ---- The table ----

/// One line below a sample: "i64 ! RuntimeError | ...", "empty [3,1]", "alias 0".
struct Told {
  std::string kind, rest, error;
};
constexpr const char* kOverlap =
    "unsupported operation: some elements of the input tensor and the written-to tensor refer to a "
    "single memory location. Please clone() the tensor before performing the operation.";

struct Case {
  std::string op, arguments;
  std::vector<Told> told;
};

const std::vector<std::string>& kinds() {
  static const std::vector<std::string> all = {"empty", "other",   "strided", "expanded",
                                               "alias", "shifted", "f64",     "f32",
                                               "f16",   "i64",     "u8",      "bool"};
  return all;
}

std::vector<Case> read_cases() {
  std::vector<Case> cases;
  std::ifstream file(fixture_path("out.txt"));
  for (std::string line; std::getline(file, line);) {
    const std::string first = line.substr(0, line.find(' '));
    const std::string rest = first == line ? "" : line.substr(first.size() + 1);
    if (std::find(kinds().begin(), kinds().end(), first) == kinds().end()) {
      cases.push_back({first, rest, {}});
      continue;
    }
    const size_t mark = rest.find("! "), bar = rest.find(" | ");
    if (mark == std::string::npos) {
      cases.back().told.push_back({first, rest, ""});
    } else {
      const bool overlap = rest.substr(mark) == "! overlap";
      cases.back().told.push_back(
          {first, rest.substr(0, mark), overlap ? kOverlap : rest.substr(bar + 3)});
    }
  }
  return cases;
}

std::vector<Tensor> tensors_of(const Values& values) {
  std::vector<Tensor> tensors;
  for (const Value& value : values) tensors.push_back(std::get<Tensor>(value));
  return tensors;
}

Tensor like(const std::string& kind, const Tensor& result) {
  DimVector sizes = result.sizes();
  if (kind == "empty") return empty(int64_t{0}, result.dtype());
  if (kind == "other") return zeros({3, 5, 1}, result.dtype());
  if (kind == "strided") {
    sizes.push_back(2);
    return zeros(sizes, result.dtype()).select(-1, 0);
  }
  return zeros(sizes, dtype_of_name(kind));
}

/// As `out_fixtures.py` does: the argument, and what overlaps it all but one element.
Tensor shifted(Tensor& argument) {
  const Tensor room = empty(argument.numel() + 1, argument.dtype());
  room.narrow(0, 0, argument.numel()).copy_(argument.reshape({-1}));
  const DimVector sizes = argument.sizes();
  argument = room.narrow(0, 0, argument.numel()).view(sizes);
  return room.narrow(0, 1, argument.numel()).view(sizes);
}

std::string strides_of(const std::vector<Tensor>& outs) {
  std::string text;
  for (const Tensor& out : outs) {
    text += text.empty() ? "[" : " [";
    for (int64_t d = 0; d < out.dim(); ++d) text += join(d > 0 ? "," : "", out.strides()[d]);
    text += "]";
  }
  return text;
}

TEST(Out, EveryKindOfOutGetsTheFunctionalResultOrPyTorchsRefusal) {
  int compared = 0;
  for (const Case& one : read_cases()) {
    const OpSample sample{one.op.c_str(), one.arguments.c_str()};
    const OpBase& row = *find_op(one.op);
    const std::vector<Tensor> expected =
        tensors_of(row.call_boxed(SampleArguments(sample).build()));
    for (const Told& told : one.told) {
      const std::string where = join(text_of(sample), " | ", told.kind, " ", told.rest);
      SampleArguments arguments(sample);
      Values values = arguments.build();
      std::vector<Tensor> outs;
      if (told.kind == "alias" || told.kind == "shifted") {
        Tensor& argument = std::get<Tensor>(values[std::stoul(told.rest)]);
        argument = argument.clone().contiguous();
        outs.push_back(told.kind == "alias" ? argument : shifted(argument));
      } else {
        for (const Tensor& result : expected) outs.push_back(like(told.kind, result));
      }
      const bool differs = told.rest.find("differs") != std::string::npos;
      std::string refusal;
      try {
        call_boxed_out(row, values, outs);
      } catch (const Error& error) {
        refusal = error.message();
      }
      ++compared;
      // Different on purpose (out.h): overlaps are refused by every op alike.
      if (told.kind == "shifted" && told.error.empty() && refusal == kOverlap) continue;
      if (told.kind != "alias") {
        EXPECT_EQ(refusal, told.error) << where;
      }
      if (!refusal.empty() || !told.error.empty()) continue;
      if (told.kind == "empty" || told.kind == "other") {
        EXPECT_EQ(strides_of(outs), told.rest) << where;
      }
      if (differs) continue;
      for (size_t i = 0; i < outs.size(); ++i) {
        EXPECT_TRUE(same_bits({outs[i]}, {expected[i].to(outs[i].dtype())})) << where;
      }
    }
  }
  EXPECT_GT(compared, 5000);
}

}  // namespace
}  // namespace cutaway
