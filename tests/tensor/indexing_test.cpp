// SPDX-License-Identifier: MIT
//
// The square brackets against PyTorch's: 1,600 random expressions, reads and writes, accepted and
// refused (format and drawing: fixtures/indexing_fixtures.py), and the notation itself.
#include "../../tensor/indexing.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <numeric>
#include <sstream>

#include "../../tensor/ops.h"
#include "../../tensor/parallel.h"
#include "../fixture_path.h"
#include "../op_fixture.h"
#include "../sample_arguments.h"

namespace cutaway {
namespace {

using namespace indexing;

// ---- Reading the expressions ----

std::vector<int64_t> ints_of(const std::string& list) {
  std::vector<int64_t> values;
  for (const std::string& part : split(list, ',')) values.push_back(std::stoll(part));
  return values;
}

/// What stands between the brackets: ints_of("2,3") of "f32[2,3]t".
std::vector<int64_t> ints_between(const std::string& text, char open, char close) {
  const size_t begin = text.find(open) + 1;
  return ints_of(text.substr(begin, text.find(close) - begin));
}

DType dtype_before_bracket(const std::string& text) {
  return dtype_of_name(text.substr(0, text.find('[')));
}

/// start, start + 1, ... modulo 251 (bool: modulo 2).
Tensor counted(const std::string& text, int64_t start = 0) {
  const DType dtype = dtype_before_bracket(text);
  const std::vector<int64_t> sizes = ints_between(text, '[', ']');
  const Tensor values = empty(sizes, kInt64);
  for (int64_t i = 0; i < values.numel(); ++i) {
    values.data<int64_t>()[i] = (start + i) % (dtype == kBool ? 2 : 251);
  }
  return values.to(dtype);
}

Tensor lay_out(const Tensor& dense, char layout) {
  DimVector sizes = dense.sizes();
  Tensor view = dense;
  if (layout == 't') {
    std::reverse(sizes.begin(), sizes.end());
    DimVector reversed(sizes.size(), 0);
    std::iota(reversed.begin(), reversed.end(), 0);
    std::reverse(reversed.begin(), reversed.end());
    view = zeros(sizes, dense.dtype()).permute(reversed);
  } else if (layout == 's') {
    sizes[sizes.size() - 1] *= 2;
    view = zeros(sizes, dense.dtype()).slice(-1, {}, {}, 2);
  } else if (layout == 'o') {
    sizes[0] += 1;
    view = zeros(sizes, dense.dtype()).slice(0, 1);
  }
  return view.is_same(dense) ? dense : view.copy_(dense);
}

/// "i64[2](0,-1)"
Tensor literal(const std::string& text) {
  const Tensor values = tensor_from(ints_between(text, '(', ')'));
  return values.view(ints_between(text, '[', ']')).to(dtype_before_bracket(text));
}

TensorIndex index_of(const std::string& text) {
  if (text == "None") return None;
  if (text == "...") return Ellipsis;
  if (text == "True" || text == "False") return text == "True";
  if (text.find('[') != std::string::npos) return literal(text);
  if (text.find(':') == std::string::npos) return std::stoll(text);
  std::vector<std::optional<int64_t>> parts;
  std::stringstream stream(text + ":");
  for (std::string part; std::getline(stream, part, ':');) {
    parts.push_back(part.empty() ? std::nullopt : std::optional<int64_t>(std::stoll(part)));
  }
  parts.resize(3);
  return Slice(parts[0], parts[1], parts[2]);
}

std::string values_text(const Tensor& tensor) {
  const Tensor values = tensor.contiguous().to(kInt64);
  std::string list;
  uint32_t hash = 0x811c9dc5u;
  for (int64_t i = 0; i < values.numel(); ++i) {
    const int64_t value = values.data<int64_t>()[i];
    hash = (hash ^ static_cast<uint32_t>(value)) * 0x01000193u;
    list += join(i == 0 ? "" : ",", value);
  }
  if (values.numel() <= 8) return list;
  std::stringstream stream;
  stream << '#' << std::hex << hash;
  return stream.str();
}

std::string list_of(IntArrayRef values) {
  std::string text = to_string(values);
  text.erase(std::remove(text.begin(), text.end(), ' '), text.end());
  return text;
}

/// The line cut at " | " into `count` parts; the last one may contain more of them.
std::vector<std::string> parts_of(std::string line, size_t count) {
  std::vector<std::string> parts;
  while (parts.size() + 1 < count) {
    const size_t bar = line.find(" | ");
    parts.push_back(line.substr(0, bar));
    line.erase(0, bar + 3);
  }
  parts.push_back(line);
  return parts;
}

// ---- Evaluating them ----

struct Expression {
  std::string line, kind, answer;
  Tensor x;
  std::vector<TensorIndex> indices;
  std::string value;  // of a write
};

std::vector<Expression> read_expressions() {
  std::ifstream file(fixture_path("indexing.txt"));
  std::vector<Expression> expressions;
  for (std::string line; std::getline(file, line);) {
    const bool reads = line.rfind("read", 0) == 0;
    const std::vector<std::string> parts = parts_of(line, reads ? 3 : 4);
    Expression expression;
    expression.line = line;
    const size_t space = parts[0].find(' ');
    expression.kind = parts[0].substr(0, space);
    const std::string tensor = parts[0].substr(space + 1);
    const char last = tensor.back();
    expression.x = lay_out(counted(tensor), last == ']' ? ' ' : last);
    for (const std::string& text : split(parts[1], ' ')) {
      expression.indices.push_back(index_of(text));
    }
    if (!reads) expression.value = parts[2];
    expression.answer = parts.back();
    expressions.push_back(std::move(expression));
  }
  return expressions;
}

std::string read(const Expression& e) {
  const Tensor found = e.x.index(e.indices);
  if (found.numel() == 0) return list_of(found.sizes());
  const bool is_view = found.storage() == e.x.storage();
  std::string text = list_of(found.sizes()) + " " + list_of(found.strides());
  if (is_view) text = join("v ", text, " ", found.storage_offset());
  return text + " | " + values_text(found);
}

std::string write(const Expression& e) {
  if (e.value.find('[') != std::string::npos) {
    e.x.index_put_(e.indices, counted(e.value, 100));
  } else if (e.value == "True") {
    e.x.index_put_(e.indices, true);
  } else if (e.value.find('.') != std::string::npos) {
    e.x.index_put_(e.indices, std::stod(e.value));
  } else {
    e.x.index_put_(e.indices, std::stoll(e.value));
  }
  return values_text(e.x);
}

std::string accumulate(const Expression& e) {
  std::vector<Tensor> indices;
  for (const TensorIndex& index : e.indices) {
    const Tensor* tensor = std::get_if<Tensor>(&index.kind());
    indices.push_back(tensor == nullptr ? Tensor() : *tensor);
  }
  e.x.index_put_(indices, counted(e.value, 100), true);
  return values_text(e.x);
}

std::string evaluate(const Expression& e) {
  try {
    return e.kind == "read" ? read(e) : e.kind == "write" ? write(e) : accumulate(e);
  } catch (const Error& error) {
    const auto [type, text] = describe(error);
    return join("! ", type, " | ", text);
  }
}

TEST(Indexing, SixteenHundredExpressionsEqualPyTorchs) {
  int accepted = 0;
  for (const Expression& e : read_expressions()) {
    const std::string found = evaluate(e);
    accepted += found[0] != '!';
    EXPECT_EQ(found, e.answer) << e.line;
  }
  EXPECT_GT(accepted, 1000);
}

TEST(Indexing, ReadsAsItIsWritten) {
  const Tensor x = arange(24).view({2, 3, 4});
  EXPECT_EQ(x.index({1, 2, 3}).item<int64_t>(), 23);
  EXPECT_EQ(x.index({-1}).sizes(), IntArrayRef({3, 4}));
  EXPECT_EQ(x.index({Slice(None, None, 2), None, Ellipsis, Slice(1)}).sizes(),
            IntArrayRef({1, 1, 3, 3}));
  EXPECT_EQ(x.index({x.gt(20)}).sizes(), IntArrayRef({3}));
  EXPECT_EQ(x.index({0, tensor({2, 0})}).index({1, 1}).item<int64_t>(), 1);
  x.index({0}).fill_(-1);  // a view
  EXPECT_EQ(x.index({0, 1, 1}).item<int64_t>(), -1);
  x.index_put_({x.lt(0)}, 7).index_put_({1, Slice(0, 2)}, tensor({1, 2, 3, 4}));
  EXPECT_EQ(x.index({0, 2, 3}).item<int64_t>(), 7);
  EXPECT_EQ(x.index({1, 1, 3}).item<int64_t>(), 4);
  EXPECT_FALSE(x.index({Ellipsis}).is_same(x));
}

template <class F>
std::string error_of(const F& call) {
  try {
    call();
  } catch (const Error& error) {
    return error.message();
  }
  return "no error";
}

TEST(Indexing, RefusesToReadWhatItWrites) {
  const Tensor x = arange(6);
  const std::string overlap =
      "unsupported operation: some elements of the input tensor and the written-to tensor refer to "
      "a single memory location. Please clone() the tensor before performing the operation.";
  EXPECT_EQ(error_of([&] { x.index_put_({x}, 1); }), overlap);
  EXPECT_EQ(error_of([&] { x.index_put_({tensor({0, 1})}, x.slice(0, 1, 3)); }), overlap);
  EXPECT_EQ(error_of([&] { x.scatter_(0, tensor({0}), x); }), overlap);
  EXPECT_EQ(error_of([&] { x.masked_scatter_(x.gt(1), x); }), overlap);
  EXPECT_EQ(error_of([&] { x.index_put_({Slice(0, 3)}, x.slice(0, 1, 4)); }), overlap);
}

// Values that meet in one element: the last one stays, and sums are taken in the same order,
// however many threads there are. So does the first index outside decide the message.
TEST(Indexing, NumberOfThreadsDoesNotMatter) {
  const int before = get_num_threads();
  Generator generator(1);
  const int64_t n = 200000;
  const Tensor index = randint(0, 1000, {n}, kInt64, &generator);
  const Tensor values = randn({n}, kFloat32, &generator);
  const Tensor outside = index.clone();
  outside.index_put_({Slice(100, None, 70000)}, arange(5000, 5003));
  Values expected;
  for (int threads : {1, 3}) {
    set_num_threads(threads);
    const Tensor x = zeros({1000});
    const Values found = {x.index_put({index}, values), x.index_put({index}, values, true),
                          x.scatter(0, index, values), x.scatter_add(0, index, values),
                          values.index({index})};
    if (threads == 1) expected = found;
    EXPECT_TRUE(same_bits(expected, found));
    EXPECT_EQ(std::get<Tensor>(found[0]).index({index.index({-1})}).item<float>(),
              values.index({-1}).item<float>());
    EXPECT_EQ(error_of([&] { x.index({outside}); }),
              "index 5000 is out of bounds for dimension 0 with size 1000");
    EXPECT_EQ(error_of([&] { x.gather(0, outside); }),
              "index 5000 is out of bounds for dimension 0 with size 1000");
  }
  set_num_threads(before);
}

// The message counts index tensors: this one is the first, whatever dimension it indexes.
TEST(Indexing, AnIndexOutOfRangeNamesItsPlaceAmongTheTensors) {
  const Tensor x = zeros({4, 3, 2}), outside = tensor({0, 5}), inside = tensor({0, 1});
  EXPECT_EQ(error_of([&] {
              x.index({Slice(), outside});
            }),
            "index 5 is out of bounds for dimension 0 with size 3");
  EXPECT_EQ(error_of([&] {
              x.index({Slice(), inside, outside});
            }),
            "index 5 is out of bounds for dimension 1 with size 2");
}

// PyTorch's strides, also of dimensions of size 1: they are those that the index has as a view.
TEST(Indexing, ADimensionOfSizeOneBeforeTheIndexStaysOutside) {
  const Tensor x = arange(6).reshape({2, 3}).t();
  const Tensor index = tensor({-1, -2, 0, -1}).reshape({2, 2});
  const Tensor result = x.index({None, index});
  EXPECT_EQ(DimVector(result.sizes()), (DimVector{1, 2, 2, 2}));
  EXPECT_EQ(DimVector(result.strides()), (DimVector{8, 4, 2, 1}));
}

}  // namespace
}  // namespace cutaway
