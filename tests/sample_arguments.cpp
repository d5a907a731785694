// SPDX-License-Identifier: MIT
#include "sample_arguments.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

#include "../tensor/catalogue.h"
#include "../tensor/ops.h"

namespace cutaway {
namespace {

/// FNV-1a.
uint32_t hash_of_text(const std::string& text) {
  uint32_t hash = 0x811c9dc5u;
  for (const char byte : text) hash = (hash ^ static_cast<uint8_t>(byte)) * 0x01000193u;
  return hash;
}

std::vector<int64_t> ints_of(const std::string& text) {
  std::vector<int64_t> values;
  for (const std::string& part : split(text, ',')) values.push_back(std::stoll(part));
  return values;
}

bool starts_with(const std::string& text, const char* prefix) { return text.rfind(prefix, 0) == 0; }
bool is_real(const std::string& number) {
  return number.find_first_of(".en") != std::string::npos;  // 1.5, 1e-8, inf, nan
}

/// "f64[2,3]t+0:5!", taken apart.
struct TensorText {
  DType dtype = kFloat32;
  bool is_literal = false;  // f64(1,2)
  std::string list;         // what stands in the brackets
  char layout = ' ';
  bool positive = false, constant = false;
  std::optional<std::pair<int64_t, int64_t>> range;

  DimVector sizes() const { return DimVector(ints_of(list)); }
};

std::optional<TensorText> parse_tensor(const std::string& token) {
  if (token[0] == '\'') return std::nullopt;  // a text
  const size_t open = token.find_first_of("[(");
  if (open == 0 || open == std::string::npos || token[0] == '{') return std::nullopt;
  TensorText text;
  text.dtype = dtype_of_name(token.substr(0, open));
  text.is_literal = token[open] == '(';
  const size_t close = token.find_first_of("])");
  text.list = token.substr(open + 1, close - open - 1);
  std::string rest = token.substr(close + 1);
  const auto take = [&rest](const char* letters) {
    if (rest.empty() || std::string_view(letters).find(rest[0]) == std::string_view::npos)
      return ' ';
    const char letter = rest[0];
    rest.erase(0, 1);
    return letter;
  };
  text.layout = take("tsoep");
  text.positive = take("+") == '+';
  if (!rest.empty() && rest.back() == '!') {
    text.constant = true;
    rest.pop_back();
  }
  if (const size_t colon = rest.find(':'); colon != std::string::npos) {
    text.range = {std::stoll(rest.substr(0, colon)), std::stoll(rest.substr(colon + 1))};
  } else {
    check(rest.empty(), "sample: cannot read the tensor ", token);
  }
  return text;
}

Tensor literal(const TensorText& text) {
  const std::vector<std::string> parts = split(text.list, ',');
  const Tensor result = empty(static_cast<int64_t>(parts.size()), text.dtype);
  for (size_t i = 0; i < parts.size(); ++i) {
    const Tensor element = result.select(0, static_cast<int64_t>(i));
    if (result.is_floating_point()) {
      element.fill_(std::stod(parts[i]));
    } else {
      element.fill_(std::stoll(parts[i]));
    }
  }
  return result;
}

Tensor draw(const TensorText& text, Generator& generator) {
  if (text.is_literal) return literal(text);
  DimVector sizes = text.sizes();
  if (text.layout == 't') std::reverse(sizes.begin(), sizes.end());
  if (text.layout == 's') sizes[sizes.size() - 1] *= 2;
  if (text.layout == 'o') sizes[0] += 1;
  if (text.layout == 'e') sizes[0] = 1;
  if (is_half(text.dtype)) {  // drawn in float32 and rounded
    const Tensor normal = randn(sizes, kFloat32, &generator);
    return (text.positive ? where(normal < 0, -normal, normal) + 0.5 : normal).to(text.dtype);
  }
  if (is_floating_point(text.dtype)) {
    const Tensor normal = randn(sizes, text.dtype, &generator);
    if (text.positive) {
      visit_floating(text.dtype, "draw", [&]<class T>(TypeTag<T>) {
        T* data = normal.data<T>();
        for (int64_t i = 0; i < normal.numel(); ++i) data[i] = std::abs(data[i]) + T(0.5);
      });
    }
    return normal;
  }
  const auto [low, high] =
      text.range.value_or(text.dtype == kBool    ? std::pair<int64_t, int64_t>(0, 2)
                          : text.dtype == kUInt8 ? std::pair<int64_t, int64_t>(0, 9)
                                                 : std::pair<int64_t, int64_t>(-5, 6));
  const Tensor whole = randint(low, high, sizes, text.dtype, &generator);
  return text.positive ? whole + 1 : whole;
}

Tensor lay_out(const Tensor& leaf, const TensorText& text) {
  switch (text.layout) {
    case 't': {
      DimVector reversed(leaf.dim(), 0);
      std::iota(reversed.begin(), reversed.end(), 0);
      std::reverse(reversed.begin(), reversed.end());
      return leaf.permute(reversed);
    }
    case 's':
      return leaf.slice(-1, {}, {}, 2);
    case 'o':
      return leaf.slice(0, 1);
    case 'e':
      return leaf.expand(text.sizes());
    case 'p':
      return leaf.matmul(mT(leaf)) +
             eye(leaf.size(-1), leaf.size(-1), leaf.dtype()) * leaf.size(-1);
    default:
      return leaf;
  }
}

/// The parameters of "add(Tensor self, *, Scalar alpha=1) -> Tensor": {"Tensor self", ...}.
std::vector<std::string> parameters_of(const OpBase& row) {
  std::string list(row.schema());
  list = list.substr(list.find('(') + 1, list.find(") ->") - list.find('(') - 1);
  for (size_t i = 0, depth = 0; i < list.size(); ++i) {  // dims=[0,1] is one parameter
    if (list[i] == '=' && list[i + 1] == '[') depth = 1;
    if (list[i] == ']') depth = 0;
    if (depth == 1 && list[i] == ',') list[i] = ';';
  }
  std::vector<std::string> parameters;
  for (std::string& part : split(list, ',')) {
    std::replace(part.begin(), part.end(), ';', ',');
    part.erase(0, part.find_first_not_of(' '));
    if (part != "*") parameters.push_back(part);
  }
  return parameters;
}

}  // namespace

std::string text_of(const OpSample& sample) { return join(sample.op, " ", sample.arguments); }

std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> parts;
  std::string part;
  for (const char c : text) {
    if (c != separator) {
      part += c;
      continue;
    }
    parts.push_back(part);
    part.clear();
  }
  if (!text.empty()) parts.push_back(part);
  return parts;
}

DType dtype_of_name(const std::string& name) {
  constexpr std::pair<const char*, DType> names[] = {
      {"u8", kUInt8},    {"i8", kInt8},     {"i16", kInt16},     {"i32", kInt32},
      {"i64", kInt64},   {"f16", kFloat16}, {"bf16", kBFloat16}, {"f32", kFloat32},
      {"f64", kFloat64}, {"long", kInt64},  {"bool", kBool}};
  for (const auto& [known, dtype] : names) {
    if (name == known) return dtype;
  }
  throw Error(join("sample: no dtype is called ", name));
}

SampleArguments::SampleArguments(const OpSample& sample)
    : generator_(hash_of_text(text_of(sample))), tokens_(split(sample.arguments, ' ')) {
  for (const std::string& token : tokens_) {
    const bool is_list = token[0] == '{';
    const std::string inside = is_list ? token.substr(1, token.size() - 2) : token;
    for (const std::string& part : split(inside, ';')) {
      if (const std::optional<TensorText> text = parse_tensor(part)) {
        leaves_.push_back(draw(*text, generator_));
        differentiable_.push_back(text->dtype == kFloat64 && !text->constant);
      }
    }
  }
  const OpBase* row = find_op(sample.op);
  check(row != nullptr, "sample: the catalogue has no row ", sample.op);
  const std::vector<std::string> parameters = parameters_of(*row);
  for (size_t i = tokens_.size(); i < parameters.size(); ++i) {
    const size_t equals = parameters[i].find('=');
    check(equals != std::string::npos, text_of(sample), ": '", parameters[i], "' has no default");
    tokens_.push_back(parameters[i].substr(equals + 1));
  }
}

Values SampleArguments::build(const std::vector<Tensor>& leaves) {
  Values values;
  size_t next_leaf = 0;
  generators_.clear();
  manual_seed(0);
  for (const std::string& token : tokens_) values.push_back(value_of(token, leaves, next_leaf));
  return values;
}

Value SampleArguments::value_of(const std::string& token, const std::vector<Tensor>& leaves,
                                size_t& next_leaf) {
  if (token[0] == '{') {
    std::vector<Tensor> tensors;
    for (const std::string& part : split(token.substr(1, token.size() - 2), ';')) {
      const bool is_none = part == "None";
      tensors.push_back(is_none ? Tensor() : lay_out(leaves[next_leaf++], *parse_tensor(part)));
    }
    return tensors;
  }
  if (token[0] == '[') return ints_of(token.substr(1, token.size() - 2));
  if (const std::optional<TensorText> text = parse_tensor(token)) {
    return lay_out(leaves[next_leaf++], *text);
  }
  if (starts_with(token, "gen")) {
    generators_.push_back(std::make_unique<Generator>(std::stoull(token.substr(3))));
    return generators_.back().get();
  }
  if (token[0] == '\'') return token.substr(1, token.size() - 2);
  if (token == "None") return std::monostate();
  if (token == "True" || token == "False") return token == "True";
  if (token == "long" || token.find_first_of("ufb") == 0 || (token[0] == 'i' && token != "inf")) {
    return dtype_of_name(token);
  }
  if (is_real(token)) return std::stod(token);
  return int64_t{std::stoll(token)};
}

}  // namespace cutaway
