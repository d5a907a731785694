// SPDX-License-Identifier: MIT
#include "random_calls.h"

#include <algorithm>
#include <cstring>
#include <numeric>

#include "../nn/init.h"
#include "../tensor/catalogue.h"
#include "../tensor/check.h"
#include "../tensor/ops.h"
#include "sample_arguments.h"

namespace cutaway {
namespace {

std::vector<int64_t> ints_of(const std::string& text) {
  std::vector<int64_t> values;
  for (const std::string& part : split(text, ',')) values.push_back(std::stoll(part));
  return values;
}

/// An uninitialised tensor of these sizes, laid out as the letters say, the last one first.
Tensor laid_out(DimVector sizes, DType dtype, std::string letters) {
  if (letters.empty()) return empty(sizes, dtype);
  const char letter = letters.back();
  letters.pop_back();
  if (letter == 't') {
    DimVector reversed(sizes.size(), 0);
    std::iota(reversed.begin(), reversed.end(), 0);
    std::reverse(reversed.begin(), reversed.end());
    std::reverse(sizes.begin(), sizes.end());
    return laid_out(sizes, dtype, letters).permute(reversed);
  }
  if (letter == 's') {
    sizes[sizes.size() - 1] *= 2;
    return laid_out(sizes, dtype, letters).slice(-1, {}, {}, 2);
  }
  check(letter == 'o', "random call: no layout is called ", letter);
  sizes[0] += 1;
  return laid_out(sizes, dtype, letters).slice(0, 1);
}

Tensor pattern(IntArrayRef sizes, double scale) {
  const Tensor values = empty(sizes, kFloat64);
  for (int64_t i = 0; i < values.numel(); ++i)
    values.data<double>()[i] = static_cast<double>((37 * i + 11) % 101) / 101 * scale;
  return values;
}

/// "f32[4,3]st*2.5"
Tensor tensor_of(const std::string& token) {
  const size_t open = token.find('['), close = token.find(']');
  const size_t star = std::min(token.find('*'), token.size());
  const DimVector sizes(ints_of(token.substr(open + 1, close - open - 1)));
  const Tensor result = laid_out(sizes, dtype_of_name(token.substr(0, open)),
                                 token.substr(close + 1, star - close - 1));
  if (star == token.size()) return result.zero_();
  return result.copy_(pattern(sizes, std::stod(token.substr(star + 1))));
}

/// Functions that have no row of their own.
Values call_init(const std::string& name, const Values& v) {
  const auto real = [&](size_t i) {
    const int64_t* whole = std::get_if<int64_t>(&v[i]);
    return whole != nullptr ? static_cast<double>(*whole) : std::get<double>(v[i]);
  };
  const Tensor& tensor = std::get<Tensor>(v[0]);
  Generator* const* named = std::get_if<Generator*>(&v[5]);
  Generator* generator = named != nullptr ? *named : nullptr;
  check(name == "init.trunc_normal_", "random call: there is no ", name);
  return {nn::init::trunc_normal_(tensor, real(1), real(2), real(3), real(4), generator)};
}

}  // namespace

Generator& RandomSession::generator(const std::string& name) {
  if (name == "default") return default_generator();
  std::unique_ptr<Generator>& found = generators_[name];
  if (!found) found = std::make_unique<Generator>();
  return *found;
}

Value RandomSession::value_of(const std::string& token) {
  const size_t open = token.find('[');
  if (open == 0) return ints_of(token.substr(1, token.size() - 2));
  if (open != std::string::npos) return tensor_of(token);
  if (token == "None") return std::monostate();
  if (token == "True" || token == "False") return token == "True";
  if (token[0] == 'g' || token == "default") return &generator(token);
  if (std::string_view("ufb").find(token[0]) != std::string_view::npos ||
      (token[0] == 'i' && token != "inf"))
    return dtype_of_name(token);
  if (token.find_first_of(".en") != std::string::npos) return std::stod(token);
  return int64_t{std::stoll(token)};
}

Values RandomSession::run(const std::string& line) {
  const std::vector<std::string> words = split(line, ' ');
  const std::string& name = words.at(0);
  if (name == "seed") {
    generator(words.at(1)).manual_seed(std::stoull(words.at(2)));
  } else if (name == "state") {
    generator(words.at(2)).set_state(generator(words.at(1)).get_state());
  } else if (name == "clone") {
    const Generator copy = generator(words.at(1)).clone();
    generator(words.at(2)).set_state(copy.get_state());
  } else if (name == "fork") {
    forks_.push_back(std::make_unique<ForkRng>());
  } else if (name == "join") {
    forks_.pop_back();
  } else {
    Values arguments;
    for (size_t i = 1; i < words.size(); ++i) arguments.push_back(value_of(words[i]));
    if (name.rfind("init.", 0) == 0) return call_init(name, arguments);
    const OpBase* row = find_op(name);
    check(row != nullptr, "random call: the catalogue has no row ", name);
    return row->call_boxed(arguments);
  }
  return {};
}

std::string hex_of(const std::vector<uint8_t>& bytes) {
  constexpr char digits[] = "0123456789abcdef";
  std::string text;
  for (const uint8_t byte : bytes) {
    text += digits[byte >> 4];
    text += digits[byte & 15];
  }
  return text;
}

std::string hex_of(const Tensor& tensor) {
  const Tensor dense = tensor.contiguous();
  return visit_dtype(dense.dtype(), [&]<class T>(TypeTag<T>) {
    std::vector<uint8_t> bytes(static_cast<size_t>(dense.numel()) * sizeof(T));
    if (!bytes.empty()) std::memcpy(bytes.data(), dense.data<T>(), bytes.size());
    return hex_of(bytes);
  });
}

}  // namespace cutaway
