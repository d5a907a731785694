// SPDX-License-Identifier: MIT
//
// Reads the files that tests/fixtures/nn_fixtures.py writes, and compares tensors with what is in
// them. The script explains the format.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <vector>

#include "../../tensor/ops.h"
#include "../fixture_path.h"

namespace cutaway {

using Fields = std::vector<std::string>;

inline Fields split_text(const std::string& text, const std::string& separator) {
  Fields parts;
  size_t begin = 0;
  for (size_t end; (end = text.find(separator, begin)) != std::string::npos;) {
    parts.push_back(text.substr(begin, end - begin));
    begin = end + separator.size();
  }
  parts.push_back(text.substr(begin));
  return parts;
}

/// "2,3" as a list; "-" is empty.
inline Fields split_list(const std::string& text) {
  return text == "-" ? Fields() : split_text(text, ",");
}

/// The cases of one kind. The kind itself is left out: field 0 is the one after it.
inline std::vector<Fields> fixture_cases(const std::string& file, const std::string& kind) {
  std::ifstream input(fixture_path(file));
  std::vector<Fields> cases;
  for (std::string line; std::getline(input, line);) {
    Fields fields = split_text(line, " | ");
    if (fields[0] != kind) continue;
    fields.erase(fields.begin());
    cases.push_back(fields);
  }
  if (cases.empty()) throw std::runtime_error(file + " has no case of kind " + kind);
  return cases;
}

/// The text of the case `name` of that kind, its line breaks restored.
inline std::string fixture_text(const std::string& file, const std::string& kind,
                                const std::string& name) {
  for (const Fields& fields : fixture_cases(file, kind)) {
    if (fields[0] != name) continue;
    std::string text;
    for (size_t i = 0; i < fields[1].size(); ++i) {
      const bool escaped = fields[1][i] == '\\' && i + 1 < fields[1].size();
      if (escaped) ++i;
      text += !escaped ? fields[1][i] : fields[1][i] == 'n' ? '\n' : '\t';
    }
    return text;
  }
  throw std::runtime_error(file + " has no " + kind + " called " + name);
}

inline DimVector fixture_dims(const std::string& text) {
  DimVector dims;
  for (const std::string& value : split_list(text)) dims.push_back(std::stoll(value));
  return dims;
}

/// "float32 2,3 1,2,3,4,5,6"; "none" is undefined.
inline Tensor fixture_tensor(const std::string& text) {
  if (text == "none") return Tensor();
  const Fields parts = split_text(text, " ");
  const DType dtype = parts[0] == "float32" ? kFloat32 : parts[0] == "float64" ? kFloat64 : kInt64;
  const Tensor result = empty(fixture_dims(parts[1]), dtype);
  const Fields values = split_list(parts[2]);
  if (static_cast<int64_t>(values.size()) != result.numel()) throw std::runtime_error(text);
  visit_dtype(dtype, [&]<class T>(TypeTag<T>) {
    for (size_t i = 0; i < values.size(); ++i) {
      if constexpr (std::is_floating_point_v<T>) {
        result.data<T>()[i] = static_cast<T>(std::strtod(values[i].c_str(), nullptr));
      } else {
        result.data<T>()[i] = static_cast<T>(std::stoll(values[i]));
      }
    }
  });
  return result;
}

/// Same shape, dtype and bits.
inline void expect_same_bits(const Tensor& found, const Tensor& expected) {
  ASSERT_EQ(to_string(found.sizes()), to_string(expected.sizes()));
  ASSERT_EQ(found.dtype(), expected.dtype());
  const Tensor a = found.detach().contiguous(), b = expected.detach().contiguous();
  for (int64_t i = 0; i < a.numel(); ++i) {
    const int64_t at = i * a.element_size();
    ASSERT_EQ(
        std::memcmp(a.raw_data() + at, b.raw_data() + at, static_cast<size_t>(a.element_size())), 0)
        << "element " << i;
  }
}

/// Same shape and dtype, and every element within `tolerance` times the larger of 1 and itself.
inline void expect_close(const Tensor& found, const Tensor& expected, double tolerance) {
  ASSERT_EQ(to_string(found.sizes()), to_string(expected.sizes()));
  ASSERT_EQ(found.dtype(), expected.dtype());
  const Tensor a = found.detach().to(kFloat64).contiguous();
  const Tensor b = expected.detach().to(kFloat64).contiguous();
  for (int64_t i = 0; i < a.numel(); ++i) {
    const double x = a.data<double>()[i], y = b.data<double>()[i];
    if (std::isnan(y)) {
      EXPECT_TRUE(std::isnan(x)) << "element " << i << " is " << x;
    } else {
      EXPECT_NEAR(x, y, tolerance * std::max(1.0, std::abs(y))) << "element " << i;
    }
  }
}

/// The message of the E that `call` throws.
template <class E, class Call>
std::string message_of(const Call& call) {
  try {
    call();
  } catch (const E& error) {
    return error.message();
  }
  return "nothing was thrown";
}

}  // namespace cutaway
