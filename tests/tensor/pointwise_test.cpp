// SPDX-License-Identifier: MIT
//
// Pointwise ops against PyTorch: values, dtypes, strides and error texts come from
// fixtures/pointwise.txt, whose script explains the format. Below the table stand the tests of
// what a table cannot say: threads, aliasing, versions, undefined tensors.
#include "../../tensor/ops.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <functional>
#include <limits>
#include <map>
#include <stdexcept>
#include <string>
#include <variant>
#include <vector>

#include "../../tensor/factories.h"
#include "../../tensor/ops_copy.h"
#include "../../tensor/parallel.h"
#include "../../tensor/views.h"
#include "../fixture_path.h"
#include "torch_cases.h"

namespace cutaway {
namespace {

// ---- Reading the table ----

using Argument = std::variant<Tensor, Scalar>;

using torch_cases::dtype_named;
using torch_cases::integers;
using torch_cases::items;
using torch_cases::split;

/// "tensor DTYPE SIZES STRIDES STORAGE" or "number KIND VALUE"
Argument argument(const std::string& text) {
  const std::vector<std::string> words = split(text, " ");
  if (words[0] == "tensor") {
    const Tensor storage = torch_cases::values(dtype_named(words[1]), words[4]);
    return as_strided(storage, integers(words[2]), integers(words[3]));
  }
  if (words[1] == "bool") return Scalar(words[2] == "1");
  if (words[1] == "int") return Scalar(std::stoll(words[2]));
  return Scalar(std::strtod(words[2].c_str(), nullptr));
}

// ---- The ops by name ----

/// Calls f with the arguments as what they are, a Tensor or a number each, if f takes them so.
template <class F>
Tensor call(const std::vector<Argument>& in, const F& f) {
  return std::visit(
      [&](const auto& a, const auto& b) -> Tensor {
        if constexpr (requires { f(a, b); }) {
          return f(a, b);
        } else {
          throw std::runtime_error("the op has no such form");
        }
      },
      in.at(0), in.at(1));
}

const Tensor& tensor_at(const std::vector<Argument>& in, size_t i) {
  return std::get<Tensor>(in.at(i));
}

using Function = std::function<Tensor(const std::vector<Argument>&)>;

template <class F>
Function unary(F f) {
  return [f](const std::vector<Argument>& in) -> Tensor { return f(tensor_at(in, 0)); };
}
template <class F>
Function binary(F f) {
  return [f](const std::vector<Argument>& in) { return call(in, f); };
}
/// Two tensors and a number.
template <class F>
Function with_number(F f) {
  return [f](const std::vector<Argument>& in) -> Tensor {
    return f(tensor_at(in, 0), tensor_at(in, 1), std::get<Scalar>(in.at(2)));
  };
}

Tensor call_where(const std::vector<Argument>& in) {
  return call({in.at(1), in.at(2)}, [&](auto& a, auto& b) -> decltype(where(Tensor(), a, b)) {
    return where(tensor_at(in, 0), a, b);
  });
}

const std::map<std::string, Function>& functions() {
  using T = Tensor;
  // The first five take a number on either side; the declared result says which pairs exist.
  static const std::map<std::string, Function> table = {
      {"add", binary([](auto& a, auto& b) -> decltype(a + b) { return a + b; })},
      {"sub", binary([](auto& a, auto& b) -> decltype(a - b) { return a - b; })},
      {"mul", binary([](auto& a, auto& b) -> decltype(a * b) { return a * b; })},
      {"div", binary([](auto& a, auto& b) -> decltype(a / b) { return a / b; })},
      {"pow", binary([](auto& a, auto& b) -> decltype(pow(a, b)) { return pow(a, b); })},
      {"eq", binary([](const T& a, auto& b) { return a == b; })},
      {"ne", binary([](const T& a, auto& b) { return a != b; })},
      {"lt", binary([](const T& a, auto& b) { return a < b; })},
      {"le", binary([](const T& a, auto& b) { return a <= b; })},
      {"gt", binary([](const T& a, auto& b) { return a > b; })},
      {"ge", binary([](const T& a, auto& b) { return a >= b; })},
      {"add_", binary([](const T& a, auto& b) { return add_(a, b); })},
      {"sub_", binary([](const T& a, auto& b) { return sub_(a, b); })},
      {"mul_", binary([](const T& a, auto& b) { return mul_(a, b); })},
      {"div_", binary([](const T& a, auto& b) { return div_(a, b); })},
      {"neg", unary([](const T& a) { return -a; })},
      {"exp", unary([](const T& a) { return exp(a); })},
      {"log", unary([](const T& a) { return log(a); })},
      {"sqrt", unary([](const T& a) { return sqrt(a); })},
      {"relu", unary([](const T& a) { return relu(a); })},
      {"neg_", unary([](const T& a) { return neg_(a); })},
      {"exp_", unary([](const T& a) { return exp_(a); })},
      {"sqrt_", unary([](const T& a) { return sqrt_(a); })},
      {"relu_", unary([](const T& a) { return relu_(a); })},
      {"add_alpha", with_number([](const T& a, const T& b, auto& c) { return add(a, b, c); })},
      {"add_alpha_", with_number([](const T& a, const T& b, auto& c) { return add_(a, b, c); })},
      {"sub_alpha", with_number([](const T& a, const T& b, auto& c) { return sub(a, b, c); })},
      {"sub_alpha_", with_number([](const T& a, const T& b, auto& c) { return sub_(a, b, c); })},
      {"threshold_backward", with_number(threshold_backward)},
      {"where", call_where},
      {"equal", binary([](const T& a, const T& b) { return scalar_tensor(equal(a, b), kBool); })},
  };
  return table;
}

// ---- Comparing with the table ----

/// Whether two elements agree: exactly, or within 2 units of the last place where PyTorch's own
/// code for vectors and for single elements rounds differently (exp, log, sqrt, pow, alpha).
template <class T>
bool agree(T ours, T theirs, bool exactly) {
  if constexpr (std::is_floating_point_v<T>) {
    if (std::isnan(theirs)) return std::isnan(ours);
    if (std::signbit(ours) != std::signbit(theirs)) return false;
    if (!exactly && std::isfinite(theirs)) {
      return std::abs(ours - theirs) <= 2 * std::numeric_limits<T>::epsilon() * std::abs(theirs);
    }
  }
  return ours == theirs;
}

bool rounds_exactly(const std::string& op) {
  for (const char* part : {"exp", "log", "sqrt", "pow", "alpha"}) {
    if (op.find(part) != std::string::npos) return false;
  }
  return true;
}

/// "" if `result` is the tensor that the table describes, else what is wrong with it.
std::string difference(const Tensor& result, const std::string& expected, bool exactly) {
  const std::vector<std::string> words = split(expected, " ");
  if (words[0] != "tensor") return "no error was thrown";
  if (result.dtype() != dtype_named(words[1])) return join("dtype ", result.dtype());
  if (result.sizes() != integers(words[2])) return join("sizes ", result.sizes());
  if (result.strides() != integers(words[3])) return join("strides ", result.strides());
  const Tensor ours = contiguous(result);
  const Tensor theirs = torch_cases::values(result.dtype(), words[4]);
  return visit_dtype(result.dtype(), [&]<class T>(TypeTag<T>) -> std::string {
    for (int64_t i = 0; i < ours.numel(); ++i) {
      const T a = ours.data<T>()[i];
      const T b = theirs.data<T>()[i];
      if (!agree(a, b, exactly)) return join("element ", i, " is ", a, " instead of ", b);
    }
    return "";
  });
}

/// Runs the op of one line; returns "" or what is wrong.
std::string run(const std::vector<std::string>& parts) {
  std::vector<Argument> arguments;
  for (size_t i = 1; i + 1 < parts.size(); ++i) arguments.push_back(argument(parts[i]));
  try {
    const Tensor result = functions().at(parts[0])(arguments);
    return difference(result, parts.back(), rounds_exactly(parts[0]));
  } catch (const Error& error) {
    return "error " + error.message() == parts.back() ? "" : "threw \"" + error.message() + "\"";
  }
}

std::vector<std::string> table_lines() {
  std::ifstream file(fixture_path("pointwise.txt"));
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  return lines;
}

TEST(Pointwise, EveryOpAnswersAsPyTorchDoes) {
  std::map<std::string, int> cases;
  for (const std::string& line : table_lines()) {
    const std::vector<std::string> parts = split(line, " | ");
    if (parts[0] == "promote") continue;
    EXPECT_EQ(run(parts), "") << line;
    ++cases[parts[0]];
  }
  EXPECT_EQ(cases.size(), functions().size());  // no op without a case
}

TEST(Pointwise, ResultTypeIsPyTorchs) {
  int cases = 0;
  for (const std::string& line : table_lines()) {
    const std::vector<std::string> parts = split(line, " | ");
    if (parts[0] != "promote") continue;
    std::vector<Tensor> tensors;
    for (const std::string& text : {parts[1], parts[2]}) {
      const Argument voice = argument(text);
      const bool is_tensor = std::holds_alternative<Tensor>(voice);
      tensors.push_back(is_tensor ? std::get<Tensor>(voice)
                                  : wrapped_number(std::get<Scalar>(voice)));
    }
    EXPECT_EQ(std::string(name_of(result_type(tensors))), parts[3]) << line;
    ++cases;
  }
  EXPECT_EQ(cases, 12 * 15);
}

// ---- What the table cannot say ----

bool same_bits(const Tensor& a, const Tensor& b) {
  const size_t bytes = static_cast<size_t>(a.numel() * a.element_size());
  return a.dtype() == b.dtype() && a.strides() == b.strides() &&
         std::memcmp(a.raw_data(), b.raw_data(), bytes) == 0;
}

TEST(Pointwise, ThreadsDoNotChangeTheResult) {
  const int threads_before = get_num_threads();
  const Tensor x = mul(arange(300000, kFloat32), 1e-4).view({500, 600});
  const Tensor row = arange(600, kFloat32);
  const std::vector<std::function<Tensor()>> computations = {
      [&] { return x.t() * x.t() + 1; },
      [&] { return exp(x) - row; },
      [&] { return pow(x, 1.7); },
      [&] { return where(x > 10, x, -x); },
      [&] { return add_(clone(x), row, 0.3); },
  };
  for (const auto& compute : computations) {
    set_num_threads(1);
    const Tensor alone = compute();
    set_num_threads(2);
    EXPECT_TRUE(same_bits(alone, compute()));
    EXPECT_TRUE(equal(alone, compute()));
  }
  Tensor changed = clone(x);
  changed.data<float>()[299999] = -1;
  EXPECT_FALSE(equal(x, changed));
  set_num_threads(threads_before);
}

TEST(Pointwise, LongRowsEqualShortOnes) {
  // Lengths around the width of a vector: the vectorised part and its remainder must agree.
  for (int64_t n = 0; n < 70; ++n) {
    const Tensor x = arange(n, kFloat32);
    const Tensor sum = x + x.mul(3);
    const Tensor mask = x < 7;
    for (int64_t i = 0; i < n; ++i) {
      EXPECT_EQ(sum.data<float>()[i], static_cast<float>(4 * i));
      EXPECT_EQ(mask.data<bool>()[i], i < 7);
    }
  }
}

TEST(Pointwise, InPlaceReturnsSelfAndCountsTheWrite) {
  const Tensor x = ones({2, 3});
  const uint32_t before = x.version();
  EXPECT_TRUE(x.mul_(2).is_same(x));
  EXPECT_TRUE(add_(x, ones({3}, kFloat64)).is_same(x));  // computed in double, then written
  EXPECT_EQ(x.version(), before + 2);
  EXPECT_TRUE(equal(x, full({2, 3}, 3.0)));
}

TEST(Pointwise, InPlaceOnItself) {
  const Tensor x = arange(9, kFloat32).view({3, 3});
  x.add_(x);
  EXPECT_TRUE(equal(x, arange(9, kFloat32).view({3, 3}) * 2));
}

std::string message_of(const std::function<void()>& f) {
  try {
    f();
  } catch (const Error& error) {
    return error.message();
  }
  return "no error";
}

TEST(Pointwise, WritingOverAnInputIsRefused) {
  const Tensor x = arange(9, kFloat32).view({3, 3});
  const std::string refusal =
      "unsupported operation: some elements of the input tensor and the written-to tensor refer to "
      "a single memory location. Please clone() the tensor before performing the operation.";
  EXPECT_EQ(message_of([&] { x.add_(x.t()); }), refusal);
  EXPECT_EQ(message_of([&] { x.slice(0, 1).mul_(x.slice(0, 0, 2)); }), refusal);
  EXPECT_TRUE(equal(x, arange(9, kFloat32).view({3, 3})));  // nothing was written
}

TEST(Pointwise, UndefinedTensorsAreRefused) {
  const Tensor x = ones({2});
  const auto refusal = [](int position, const std::string& name) {
    return "Expected a proper Tensor but got None (or an undefined Tensor in C++) for argument #" +
           std::to_string(position) + " '" + name + "'";
  };
  EXPECT_EQ(message_of([&] { mul(Tensor(), x); }), refusal(0, "self"));
  EXPECT_EQ(message_of([&] { mul(x, Tensor()); }), refusal(1, "other"));
  EXPECT_EQ(message_of([&] { sub(x, Tensor()); }), refusal(1, "other"));
  EXPECT_EQ(message_of([&] { exp(Tensor()); }), refusal(0, "self"));
  EXPECT_EQ(message_of([&] { add_(x, Tensor()); }), refusal(1, "other"));
  EXPECT_EQ(message_of([&] { where(Tensor(), x, x); }), refusal(0, "condition"));
}

TEST(Pointwise, MissingKernelIsNotImplementedError) {
  EXPECT_THROW(pow(ones({2}, kBool), ones({2}, kBool)), NotImplementedError);
}

TEST(Pointwise, DefaultDTypeIsWhatNumbersAndDivisionGive) {
  const Tensor x = arange(3);
  set_default_dtype(kFloat64);
  const DType product = (x * 1.5).dtype();
  const DType quotient = (x / 2).dtype();
  set_default_dtype(kFloat32);
  EXPECT_EQ(product, kFloat64);
  EXPECT_EQ(quotient, kFloat64);
  EXPECT_EQ((x / 2).dtype(), kFloat32);
}

}  // namespace
}  // namespace cutaway
