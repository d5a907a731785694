// SPDX-License-Identifier: MIT
//
// The op table against PyTorch's answers: every row of the catalogue, through its public function
// and boxed, in all layouts and on several threads. What is compared how closely: op_fixture.h.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <map>
#include <set>
#include <string>

#include "../../tensor/catalogue.h"
#include "../../tensor/cpu/simd.h"
#include "../../tensor/ops.h"
#include "../../tensor/parallel.h"
#include "../op_fixture.h"
#include "../op_samples.h"
#include "../sample_arguments.h"

namespace cutaway {
namespace {

/// Calls for as long as it lives with another number of threads.
class Threads {
 public:
  explicit Threads(int count) : before_(get_num_threads()) { set_num_threads(count); }
  ~Threads() { set_num_threads(before_); }
  Threads(const Threads&) = delete;
  Threads& operator=(const Threads&) = delete;

 private:
  int before_;
};

bool is_uninitialised(const std::string& op) {
  return op.rfind("empty", 0) == 0 || op == "new_empty";
}
/// Whether the row is one of `rows`.
bool is_among(const std::string& op, ArrayRef<OpBase*> rows) {
  return std::any_of(rows.begin(), rows.end(),
                     [&op](const OpBase* row) { return row->name() == op; });
}

bool is_random(const std::string& op) { return is_among(op, random_rows()); }
/// Whether the values of the result hang on how the arguments lie in memory.
bool depends_on_layout(const std::string& op) {
  return op == "as_strided" || op.rfind("view", 0) == 0 || op == "resize_" || is_random(op) ||
         is_uninitialised(op);
}

/// What is compared of the results of a sample besides their elements.
Strides strides_of(const OpSample& sample) {
  return sample.has("values") ? Strides::Ignore : Strides::Compare;
}

/// Calls the public function; an exception becomes the failure of the test.
Values call(const OpSample& sample) {
  SampleArguments arguments(sample);
  try {
    return find_op(sample.op)->call_boxed(arguments.build());
  } catch (const std::exception& error) {
    ADD_FAILURE() << text_of(sample) << ": " << error.what();
    return {};
  }
}

/// The same elements, each with a stranger behind it in memory.
Tensor spread(const Tensor& tensor) {
  DimVector sizes = tensor.sizes();
  sizes.push_back(2);
  const Tensor wide = full(sizes, 1, tensor.dtype());
  const Tensor copy = wide.select(-1, 0);
  copy.copy_(tensor);
  return copy;
}

TEST(OpTable, HasSamplesOfEveryRow) {
  std::map<std::string, int> valid, refused;
  std::set<std::string> texts;
  for (const OpSample& sample : op_samples()) {
    ++(sample.has("error") ? refused : valid)[sample.op];
    EXPECT_TRUE(texts.insert(text_of(sample)).second) << "twice: " << text_of(sample);
    EXPECT_NE(find_op(sample.op), nullptr) << sample.op;
  }
  for (const OpBase* row : all_ops()) {
    EXPECT_GE(valid[std::string(row->name())], 2)
        << row->name() << " lacks samples: tests/op_samples_*.cpp";
  }
}

TEST(OpTable, FixtureAnswersTheTableAndNothingElse) {
  std::set<std::string> texts;
  for (const OpSample& sample : op_samples()) {
    if (!sample.has("large") && !sample.has("ours")) texts.insert(text_of(sample));
  }
  for (const auto& [text, answer] : expected_answers()) {
    EXPECT_EQ(texts.erase(text), 1U) << "stale: " << text;
  }
  for (const std::string& text : texts) ADD_FAILURE() << "no answer to " << text;
}

TEST(OpTable, PublicFunctionsGiveWhatPyTorchGives) {
  for (const OpSample& sample : op_samples()) {
    if (sample.has("error") || sample.has("large")) continue;
    const Values results = call(sample);
    EXPECT_EQ(difference(expected_answer(text_of(sample)).results, results, strides_of(sample)), "")
        << text_of(sample);
  }
}

TEST(OpTable, RefusesWhatPyTorchRefusesInItsWords) {
  for (const OpSample& sample : op_samples()) {
    if (!sample.has("error")) continue;
    SampleArguments arguments(sample);
    const Values values = arguments.build();
    try {
      find_op(sample.op)->call_boxed(values);
      ADD_FAILURE() << text_of(sample) << " was accepted";
    } catch (const Error& error) {
      if (sample.has("ours")) continue;
      const Expected& expected = expected_answer(text_of(sample));
      const auto [type, text] = describe(error);
      EXPECT_EQ(type, expected.error_type) << text_of(sample) << ": " << error.what();
      EXPECT_EQ(text, expected.error_text) << text_of(sample);
    }
  }
}

TEST(OpTable, InPlaceOpsReturnTheirFirstArgumentAndCountTheWriteOnce) {
  for (const OpSample& sample : op_samples()) {
    if (!sample.writes_in_place() || sample.has("error")) continue;
    SampleArguments arguments(sample);
    const Values values = arguments.build();
    const Tensor& self = std::get<Tensor>(values[0]);
    const uint32_t version = self.version();
    const OpBase& row = *find_op(sample.op);
    const Values results = row.call_boxed(values);
    EXPECT_TRUE(std::get<Tensor>(results[0]).is_same(self)) << text_of(sample);
    if (row.is_composite()) continue;  // counts as often as the ops it is made of write
    EXPECT_EQ(self.version(), version + 1) << text_of(sample);
  }
}

TEST(OpTable, OtherArgumentsAreNotWritten) {
  for (const OpSample& sample : op_samples()) {
    if (sample.has("error") || sample.has("large") || sample.op[0] == '_') continue;
    SampleArguments arguments(sample);
    const Values before = SampleArguments(sample).build();
    const Values values = arguments.build();
    find_op(sample.op)->call_boxed(values);
    for (size_t i = sample.writes_in_place() ? 1 : 0; i < values.size(); ++i) {
      if (!std::holds_alternative<Tensor>(values[i])) continue;
      EXPECT_TRUE(same_bits({values[i]}, {before[i]})) << text_of(sample) << ", argument " << i;
    }
  }
}

/// What is written to one element of such a tensor, others have as well.
bool overlaps_itself(const Tensor& tensor) {
  for (int64_t d = 0; d < tensor.dim(); ++d) {
    if (tensor.stride(d) == 0 && tensor.size(d) > 1) return true;
  }
  return false;
}

TEST(OpTable, LayoutOfTheArgumentsDoesNotMatter) {
  for (const OpSample& sample : op_samples()) {
    if (sample.has("error") || sample.has("large") || depends_on_layout(sample.op)) continue;
    SampleArguments arguments(sample);
    Values values = arguments.build();
    if (sample.writes_in_place() && overlaps_itself(std::get<Tensor>(values[0]))) continue;
    for (Value& value : values) {
      if (Tensor* tensor = std::get_if<Tensor>(&value)) *tensor = spread(*tensor);
      if (auto* list = std::get_if<std::vector<Tensor>>(&value)) {
        for (Tensor& tensor : *list) {
          if (tensor.defined()) tensor = spread(tensor);
        }
      }
    }
    try {
      const Values results = find_op(sample.op)->call_boxed(values);
      EXPECT_EQ(difference(expected_answer(text_of(sample)).results, results, Strides::Ignore), "")
          << text_of(sample);
    } catch (const std::exception& error) {
      ADD_FAILURE() << text_of(sample) << ": " << error.what();
    }
  }
}

TEST(OpTable, NumberOfThreadsDoesNotMatter) {
  for (const OpSample& sample : op_samples()) {
    if (sample.has("error") || is_uninitialised(sample.op)) continue;
    Values alone, together;
    {
      const Threads one(1);
      alone = call(sample);
    }
    {
      const Threads three(3);
      together = call(sample);
    }
    EXPECT_TRUE(same_bits(alone, together)) << text_of(sample);
  }
}

// Wider vectors must not fuse a multiplication and an addition, nor add in another order.
TEST(OpTable, CapabilityOfTheProcessorDoesNotMatterToPointwiseOps) {
  for (const OpSample& sample : op_samples()) {
    const bool is_pointwise =
        is_among(sample.op, pointwise_rows()) || is_among(sample.op, unary_rows()) ||
        is_among(sample.op, binary_rows()) || is_among(sample.op, compare_rows()) ||
        is_among(sample.op, activation_rows());
    if (sample.has("error") || !is_pointwise) continue;
    const cpu::CpuCapability best = cpu::get_cpu_capability();
    const Values wide = call(sample);
    cpu::set_cpu_capability(cpu::CpuCapability::kDefault);
    const Values narrow = call(sample);
    cpu::set_cpu_capability(best);
    EXPECT_TRUE(same_bits(wide, narrow)) << text_of(sample);
  }
}

}  // namespace
}  // namespace cutaway
