// SPDX-License-Identifier: MIT
//
// What PyTorch answered to the samples: fixtures/ops_*.txt, written by fixtures/op_fixtures.py,
// whose docstring tells the format.
//
// How close is close: integers, bools and dtypes exactly; float64 to 1e-12 relative (and 1e-14
// absolute, for what cancels); float32 to 8 units in the last place (and 1e-6 absolute: sums are
// rounded in another order); float16 and bfloat16 to one unit in the last place.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "../tensor/boxed.h"

namespace cutaway {

struct ExpectedTensor {
  DType dtype = kFloat32;
  std::vector<int64_t> sizes, strides;
  std::vector<std::string> values;  // row-major; floats as their bits in hexadecimal
  std::string word;                 // instead of all that: a result that is no tensor, "True"
};

struct Expected {
  std::vector<ExpectedTensor> results;
  std::string error_type, error_text;                // "IndexError", "Dimension out of range ..."
  std::string node;                                  // "AddBackward0"
  std::vector<std::optional<ExpectedTensor>> grads;  // empty where the gradient does not flow
};

/// The answers in a file of this format, by the line that stands above each.
std::map<std::string, Expected> read_expected(const std::string& fixture);
/// Those to the samples, by "add f64[2,3] f64[3]".
const std::map<std::string, Expected>& expected_answers();
/// The answer to one sample. Throws, with the command that makes it, where there is none.
const Expected& expected_answer(const std::string& sample);

/// What of a result is compared besides dtype, sizes and values.
enum class Strides { Compare, Ignore };

/// What is wrong with `found`, in words; empty where nothing is.
std::string difference(const ExpectedTensor& expected, const Tensor& found, Strides strides);
std::string difference(const std::vector<ExpectedTensor>& expected, const Values& found,
                       Strides strides);

/// The same results with each list of tensors replaced by its tensors.
Values flat(const Values& results);

/// "IndexError", and so on: the name of an error in PyTorch, and its text.
std::pair<std::string, std::string> describe(const Error& error);

/// Whether two results have the same dtypes, sizes and bits.
bool same_bits(const Values& a, const Values& b);

}  // namespace cutaway
