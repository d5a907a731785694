// SPDX-License-Identifier: MIT
#include "op_fixture.h"

#include <bit>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <limits>

#include "../tensor/ops.h"
#include "fixture_path.h"
#include "sample_arguments.h"

namespace cutaway {
namespace {

std::vector<int64_t> list_of(const std::string& text) {
  std::vector<int64_t> values;
  for (const std::string& part : split(text.substr(1, text.size() - 2), ',')) {
    values.push_back(std::stoll(part));
  }
  return values;
}

/// "f64 [2,3] [3,1] 3ff0... ...", or one word.
ExpectedTensor read_tensor(const std::string& text) {
  const std::vector<std::string> words = split(text, ' ');
  ExpectedTensor tensor;
  if (words.size() < 3) {
    tensor.word = text;
    return tensor;
  }
  tensor.dtype = dtype_of_name(words[0]);
  tensor.sizes = list_of(words[1]);
  tensor.strides = list_of(words[2]);
  tensor.values.assign(words.begin() + 3, words.end());
  return tensor;
}

template <class T>
bool is_close(T expected, T found) {
  if constexpr (is_half_v<T>) {
    const float x = expected, y = found;
    if (std::isnan(x) || std::isnan(y)) return std::isnan(x) && std::isnan(y);
    return x == y || std::abs(expected.bits - found.bits) <= 1;  // neighbours have adjacent bits
  } else if constexpr (std::is_floating_point_v<T>) {
    if (std::isnan(expected) || std::isnan(found)) return std::isnan(expected) && std::isnan(found);
    if (expected == found) return true;
    if (std::isinf(expected)) return false;  // any number is within a fraction of infinity
    const bool wide = sizeof(T) == 8;
    const T relative = wide ? T(1e-12) : 8 * std::numeric_limits<T>::epsilon();
    const T absolute = wide ? T(1e-14) : T(1e-6);
    return std::abs(expected - found) <= absolute + relative * std::abs(expected);
  } else {
    return expected == found;
  }
}

template <class T>
T value_of(const std::string& text) {
  if constexpr (std::is_same_v<T, double>) {
    return std::bit_cast<double>(std::stoull(text, nullptr, 16));
  } else if constexpr (std::is_same_v<T, float>) {
    return std::bit_cast<float>(static_cast<uint32_t>(std::stoull(text, nullptr, 16)));
  } else if constexpr (is_half_v<T>) {
    return T::from_bits(static_cast<uint16_t>(std::stoul(text, nullptr, 16)));
  } else {
    return static_cast<T>(std::stoll(text));
  }
}

std::vector<std::byte> bytes_of(const Tensor& tensor) {
  const Tensor dense = tensor.detach().contiguous();
  const std::byte* begin = dense.raw_data();
  return {begin, begin + dense.numel() * dense.element_size()};
}

}  // namespace

std::map<std::string, Expected> read_expected(const std::string& fixture) {
  std::ifstream file(fixture_path(fixture));
  std::map<std::string, Expected> answers;
  Expected* current = nullptr;
  for (std::string line; std::getline(file, line);) {
    const auto rest = [&](size_t begin) { return line.substr(begin); };
    if (line[0] == '=') {
      current->results.push_back(read_tensor(rest(2)));
    } else if (line[0] == '!') {
      const size_t bar = line.find(" | ");
      current->error_type = line.substr(2, bar - 2);
      current->error_text = rest(bar + 3);
    } else if (line.rfind("node ", 0) == 0) {
      current->node = rest(5);
    } else if (line == "grad none") {
      current->grads.push_back(std::nullopt);
    } else if (line.rfind("grad ", 0) == 0) {
      current->grads.push_back(read_tensor(rest(5)));
    } else {
      current = &answers[line];
    }
  }
  return answers;
}

const std::map<std::string, Expected>& expected_answers() {
  static const std::map<std::string, Expected> answers = [] {
    std::map<std::string, Expected> joined;
    for (const auto& file : std::filesystem::directory_iterator(fixture_path(""))) {
      const std::string name = file.path().filename().string();
      if (name.rfind("ops_", 0) == 0) joined.merge(read_expected(name));
    }
    return joined;
  }();
  return answers;
}

const Expected& expected_answer(const std::string& sample) {
  const auto found = expected_answers().find(sample);
  check(found != expected_answers().end(), "tests/fixtures/ops_*.txt have no answer to '", sample,
        "'; run python3 tests/fixtures/op_fixtures.py (needs PyTorch)");
  return found->second;
}

std::string difference(const ExpectedTensor& expected, const Tensor& found, Strides strides) {
  if (!found.defined()) return "undefined tensor";
  if (found.dtype() != expected.dtype) {
    return join("dtype ", found.dtype(), ", expected ", expected.dtype);
  }
  if (found.sizes() != expected.sizes) {
    return join("sizes ", found.sizes(), ", expected ", IntArrayRef(expected.sizes));
  }
  if (strides == Strides::Compare && found.strides() != expected.strides) {
    return join("strides ", found.strides(), ", expected ", IntArrayRef(expected.strides));
  }
  const Tensor dense = found.detach().contiguous();
  std::string text;
  visit_dtype(found.dtype(), [&]<class T>(TypeTag<T>) {
    for (size_t i = 0; i < expected.values.size() && text.empty(); ++i) {
      const T wanted = value_of<T>(expected.values[i]);
      const T value = dense.data<T>()[i];
      if (!is_close(wanted, value))
        text = join("element ", i, " is ", value, ", expected ", wanted);
    }
  });
  return text;
}

Values flat(const Values& results) {
  Values all;
  for (const Value& result : results) {
    if (const auto* list = std::get_if<std::vector<Tensor>>(&result)) {
      all.insert(all.end(), list->begin(), list->end());
    } else {
      all.push_back(result);
    }
  }
  return all;
}

std::string difference(const std::vector<ExpectedTensor>& expected, const Values& results,
                       Strides strides) {
  const Values found = flat(results);
  if (expected.size() != found.size()) {
    return join(found.size(), " results, expected ", expected.size());
  }
  for (size_t i = 0; i < found.size(); ++i) {
    std::string text;
    if (const Tensor* tensor = std::get_if<Tensor>(&found[i])) {
      text = difference(expected[i], *tensor, strides);
    } else if (join(std::get<bool>(found[i])) != expected[i].word) {
      text = "not " + expected[i].word;
    }
    if (!text.empty()) return join("result ", i, ": ", text);
  }
  return "";
}

std::pair<std::string, std::string> describe(const Error& error) {
  const char* type = "RuntimeError";
  if (dynamic_cast<const IndexError*>(&error) != nullptr) type = "IndexError";
  if (dynamic_cast<const TypeError*>(&error) != nullptr) type = "TypeError";
  if (dynamic_cast<const ValueError*>(&error) != nullptr) type = "ValueError";
  if (dynamic_cast<const LinAlgError*>(&error) != nullptr) type = "_LinAlgError";
  if (dynamic_cast<const NotImplementedError*>(&error) != nullptr) type = "NotImplementedError";
  return {type, error.message()};
}

bool same_bits(const Values& first, const Values& second) {
  const Values a = flat(first);
  const Values b = flat(second);
  if (a.size() != b.size()) return false;
  for (size_t i = 0; i < a.size(); ++i) {
    const Tensor* x = std::get_if<Tensor>(&a[i]);
    if (x == nullptr) {
      if (std::get<bool>(a[i]) != std::get<bool>(b[i])) return false;
      continue;
    }
    const Tensor& y = std::get<Tensor>(b[i]);
    if (x->dtype() != y.dtype() || x->sizes() != y.sizes() || bytes_of(*x) != bytes_of(y)) {
      return false;
    }
  }
  return true;
}

}  // namespace cutaway
