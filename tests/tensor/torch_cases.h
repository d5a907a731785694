// SPDX-License-Identifier: MIT
//
// Runs the cases of a fixture file written by tests/fixtures/reduce_fixtures.py, which explains the
// format: reads the arguments, calls the op, and compares results (dtype, shape, values) or the
// error (type and text) with PyTorch's.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <map>
#include <string>
#include <typeinfo>
#include <vector>

#include "../../tensor/ops.h"
#include "../fixture_path.h"

namespace cutaway::torch_cases {

inline std::vector<std::string> split(const std::string& text, const std::string& separator) {
  std::vector<std::string> parts;
  size_t begin = 0;
  for (size_t end; (end = text.find(separator, begin)) != std::string::npos;) {
    parts.push_back(text.substr(begin, end - begin));
    begin = end + separator.size();
  }
  parts.push_back(text.substr(begin));
  return parts;
}

inline std::vector<std::string> items(const std::string& list) {
  return list == "-" ? std::vector<std::string>() : split(list, ",");
}

inline std::vector<int64_t> integers(const std::string& list) {
  std::vector<int64_t> result;
  for (const std::string& item : items(list)) result.push_back(std::stoll(item));
  return result;
}

inline DType dtype_named(const std::string& name) {
  for (DType dtype : kAllDTypes) {
    if (name == name_of(dtype)) return dtype;
  }
  throw std::runtime_error("no dtype is called " + name);
}

/// "1,2,3" as a tensor of that shape, or of one dimension.
inline Tensor values(DType dtype, const std::string& list, std::optional<IntArrayRef> sizes = {}) {
  const std::vector<std::string> numbers = items(list);
  const int64_t count = static_cast<int64_t>(numbers.size());
  const Tensor result = empty(sizes.value_or(IntArrayRef(count)), dtype);
  if (result.numel() != count) throw std::runtime_error("wrong number of values");
  visit_dtype(dtype, [&]<class T>(TypeTag<T>) {
    T* out = result.data<T>();
    for (const std::string& number : numbers) {
      if constexpr (std::is_floating_point_v<T>) {
        *out++ = static_cast<T>(std::strtod(number.c_str(), nullptr));
      } else {
        *out++ = static_cast<T>(std::stoll(number));
      }
    }
  });
  return result;
}

/// The arguments of one case, by position.
class Arguments {
 public:
  explicit Arguments(std::vector<std::string> texts) : texts_(std::move(texts)) {}

  bool is_none(size_t i) const { return texts_.at(i) == "none"; }
  Tensor tensor(size_t i) const {
    const std::vector<std::string> words = words_of(i, "tensor");
    const Tensor storage = values(dtype_named(words.at(1)), words.at(4));
    return storage.as_strided(integers(words.at(2)), integers(words.at(3)), 0);
  }
  std::optional<Tensor> optional_tensor(size_t i) const {
    return is_none(i) ? std::nullopt : std::optional<Tensor>(tensor(i));
  }
  /// All arguments from i on.
  std::vector<Tensor> tensors_from(size_t i) const {
    std::vector<Tensor> result;
    for (; i < texts_.size() && !is_none(i); ++i) result.push_back(tensor(i));
    return result;
  }
  std::vector<int64_t> ints(size_t i) const { return integers(words_of(i, "ints").at(1)); }
  int64_t integer(size_t i) const { return std::stoll(words_of(i, "int").at(1)); }
  bool boolean(size_t i) const { return integer(i) != 0; }
  std::optional<DType> dtype(size_t i) const {
    if (is_none(i)) return std::nullopt;
    return dtype_named(words_of(i, "dtype").at(1));
  }
  Scalar number(size_t i) const {
    if (texts_.at(i).starts_with("real ")) return std::strtod(texts_[i].c_str() + 5, nullptr);
    return integer(i);
  }

 private:
  std::vector<std::string> words_of(size_t i, const std::string& kind) const {
    std::vector<std::string> words = split(texts_.at(i), " ");
    if (words[0] != kind) throw std::runtime_error("not a " + kind + ": " + texts_[i]);
    return words;
  }
  std::vector<std::string> texts_;
};

using Call = std::function<std::vector<Tensor>(const Arguments&)>;

/// Empty if `found` is the tensor written in `expected`, else what is wrong. Floats may differ by a
/// few units in the last place of the larger of 1 and the value.
inline std::string difference(const Tensor& found, const std::string& expected) {
  const std::vector<std::string> words = split(expected, " ");
  if (words[0] != "tensor") return "PyTorch answers " + expected;
  if (words[1] != name_of(found.dtype())) return std::string("dtype ") + name_of(found.dtype());
  const std::vector<int64_t> sizes = integers(words[2]);
  if (found.sizes() != IntArrayRef(sizes)) return "shape " + to_string(found.sizes());
  const Tensor right = values(found.dtype(), words[3], IntArrayRef(sizes));
  const Tensor dense = found.contiguous();
  return visit_dtype(found.dtype(), [&]<class T>(TypeTag<T>) -> std::string {
    for (int64_t i = 0; i < dense.numel(); ++i) {
      const T a = dense.data<T>()[i];
      const T b = right.data<T>()[i];
      bool close = a == b;
      if constexpr (std::is_floating_point_v<T>) {
        const T tolerance = sizeof(T) == 4 ? T(4e-7) : T(4e-15);
        close = close || (std::isnan(a) && std::isnan(b)) ||
                std::abs(a - b) <= tolerance * std::max(T(1), std::abs(b));
      }
      if (!close) return join("element ", i, " is ", a, ", not ", b);
    }
    return "";
  });
}

/// "IndexError", ... as Python calls the type.
inline std::string type_of(const Error& error) {
  if (typeid(error) == typeid(IndexError)) return "IndexError";
  if (typeid(error) == typeid(TypeError)) return "TypeError";
  if (typeid(error) == typeid(ValueError)) return "ValueError";
  if (typeid(error) == typeid(NotImplementedError)) return "NotImplementedError";
  return "Error";
}

inline void run_case(const std::string& line, const std::map<std::string, Call>& ops) {
  const std::vector<std::string> sides = split(line, " => ");
  std::vector<std::string> texts = split(sides.at(0), " | ");
  const std::vector<std::string> answers = split(sides.at(1), " | ");
  const Call& call = ops.at(texts[0]);
  texts.erase(texts.begin());
  std::vector<Tensor> results;
  try {
    results = call(Arguments(texts));
  } catch (const Error& error) {
    EXPECT_EQ("error " + type_of(error) + " " + error.message(), sides[1]) << line;
    return;
  }
  ASSERT_EQ(results.size(), answers.size()) << line;
  for (size_t i = 0; i < results.size(); ++i) {
    EXPECT_EQ(difference(results[i], answers[i]), "") << "result " << i << " of " << line;
  }
}

inline void run_file(const std::string& file, const std::map<std::string, Call>& ops) {
  std::ifstream in(fixture_path(file));
  int count = 0;
  for (std::string line; std::getline(in, line); ++count) run_case(line, ops);
  EXPECT_GT(count, 100);  // the file was there and was read
}

}  // namespace cutaway::torch_cases
