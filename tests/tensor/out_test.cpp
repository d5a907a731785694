// SPDX-License-Identifier: MIT
//
// Out forms against PyTorch's out= (fixtures/out.txt, whose script tells the format): an `out` of
// every kind gets the functional form's values, or is refused in PyTorch's words. Then what is
// particular: no allocation, versions, gradients, the typed functions.
#include "../../tensor/out.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <set>
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

/// PyTorch's words for an out of another dtype that make no sense to repeat: of an internal check
/// (ldexp, max, min, narrow_copy), of the op in the middle of several that happens to run into it
/// (diag, matmul, matrix_power, nansum, ...), or dependent on the order in which two outs are
/// looked at (kthvalue, median, mode).
bool has_own_words(const std::string& op) {
  static const std::set<std::string> ops = {
      "ldexp", "max",      "min",    "narrow_copy",         "nansum",       "nanmean",
      "diag",  "matmul",   "mode",   "linalg_matrix_power", "matrix_power", "mvlgamma",
      "mean",  "kthvalue", "median", "nanmedian",           "normal"};
  return ops.count(op.substr(0, op.find('.'))) > 0;
}
/// Where PyTorch's own out= needs an out of the right shape, or lays a new one out by columns.
bool has_own_strides(const std::string& op) {
  static const std::set<std::string> ops = {"cholesky", "cholesky_inverse", "cholesky_solve", "svd",
                                            "quantile", "index_put",        "normal"};
  return ops.count(op.substr(0, op.find('.'))) > 0;
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
      const bool is_shaped = told.kind == "empty" || told.kind == "other";
      if (told.kind != "alias" && !has_own_words(one.op)) {
        EXPECT_EQ(refusal, told.error) << where;
      }
      if (!refusal.empty() || !told.error.empty()) continue;
      if (is_shaped && !has_own_strides(one.op)) {
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

// ---- What is particular ----

/// A kernel that writes what is offered returns that very tensor.
template <class F>
bool writes_directly(const Tensor& out, const F& functional) {
  const Offer offer(&out);
  return functional().is_same(out);
}

TEST(Out, HotFamiliesWriteWithoutMemoryOfTheirOwn) {
  const Tensor a = randn({4, 4}), b = randn({4, 4}), s = empty({4, 8}).slice(1, {}, {}, 2);
  const Tensor whole = empty({4, 4}, kInt64), flags = zeros({4, 4}, kBool), row = empty(4);
  const Tensor batch = randn({2, 4, 4}), cube = empty({2, 4, 4});
  for (const Tensor& out : {empty({4, 4}), s}) {  // dense, strided
    EXPECT_TRUE(writes_directly(out, [&] { return add(a, b); }));
    EXPECT_TRUE(writes_directly(out, [&] { return mul(a, 2); }));
    EXPECT_TRUE(writes_directly(out, [&] { return exp(a); }));
    EXPECT_TRUE(writes_directly(out, [&] { return pow(a, 3); }));
    EXPECT_TRUE(writes_directly(out, [&] { return clamp(a, Scalar(0)); }));
    EXPECT_TRUE(writes_directly(out, [&] { return maximum(a, b); }));
    EXPECT_TRUE(writes_directly(out, [&] { return where(flags, a, b); }));
    EXPECT_TRUE(writes_directly(out, [&] { return addcmul(a, a, b); }));
    EXPECT_TRUE(writes_directly(out, [&] { return mm(a, b); }));
    EXPECT_TRUE(writes_directly(out, [&] { return matmul(a, b); }));
    EXPECT_TRUE(writes_directly(out, [&] { return addmm(a, a, b); }));
  }
  EXPECT_TRUE(writes_directly(cube, [&] { return bmm(batch, batch); }));
  EXPECT_TRUE(writes_directly(row, [&] { return mv(a, b[0]); }));
  EXPECT_TRUE(writes_directly(row, [&] { return sum(a, 1); }));
  EXPECT_TRUE(writes_directly(empty({}), [&] { return sum(a); }));
  EXPECT_TRUE(writes_directly(row, [&] { return mean(a, 0); }));
  EXPECT_TRUE(writes_directly(row, [&] { return prod(a, 0); }));
  EXPECT_TRUE(writes_directly(row, [&] { return amax(a, 0); }));
  EXPECT_TRUE(writes_directly(empty(4, kInt64), [&] { return argmax(a, 0); }));
  EXPECT_TRUE(writes_directly(flags, [&] { return lt(a, b); }));
  EXPECT_TRUE(writes_directly(whole, [&] { return bitwise_and(whole, whole); }));
  EXPECT_FALSE(writes_directly(empty(5), [&] { return sum(a, 1); })) << "another shape";
  EXPECT_FALSE(writes_directly(whole, [&] { return add(a, b); })) << "another dtype";
  EXPECT_FALSE(writes_directly(s.select(0, 0), [&] { return sum(a, 1); })) << "not dense";
}

TEST(Out, CountsOneWrite) {
  const Tensor a = randn({3, 3}), direct = empty({3, 3}), converted = empty({3, 3}, kFloat64);
  const uint32_t before = direct.version(), converted_before = converted.version();
  EXPECT_TRUE(add_out(direct, a, a).is_same(direct));
  EXPECT_EQ(direct.version(), before + 1);
  add_out(converted, a, a);
  EXPECT_EQ(converted.version(), converted_before + 1);
}

TEST(Out, MayBeAnArgument) {
  const Tensor x = arange(6).to(kFloat32).view({2, 3}), y = x.clone(), squares = x * x;
  mul_out(x, x, x);
  EXPECT_TRUE(equal(x, squares));
  const Tensor square = randn({3, 3}), product = mm(square, square);
  EXPECT_TRUE(equal(mm_out(square, square, square), product));
  const Tensor turned = square.mT().clone();  // a result that is a view of `out`
  EXPECT_TRUE(equal(write_out(op::transpose, square, square, 0, 1), turned));
}

TEST(Out, IsResizedInItsOwnMemory) {
  const Tensor room = zeros(6), out = room.narrow(0, 0, 6);
  exp_out(out, zeros({2, 2}));
  EXPECT_EQ(out.sizes(), (DimVector{2, 2}));
  EXPECT_TRUE(equal(room, cat({ones(4), zeros(2)})));
}

TEST(Out, RefusesOverlap) {
  const Tensor x = arange(5).to(kFloat32);
  expect_error<Error>([&] { exp_out(x.narrow(0, 1, 4), x.narrow(0, 0, 4)); }, kOverlap);
  expect_error<Error>(
      [&] { exp_out(zeros(1).expand({4}), ones(4)); },
      "unsupported operation: more than one element of the written-to tensor refers to a "
      "single memory location. Please clone() the tensor before performing the operation.");
  expect_error<Error>(
      [&] { exp_out(Tensor(), x); },
      "Expected a proper Tensor but got None (or an undefined Tensor in C++) for argument "
      "#0 'out'");
}

TEST(Out, OfTwoResults) {
  const Tensor x = randn({3, 4}), values = empty(0), indices = empty(0, kInt64);
  max_out(values, indices, x, 1);
  const auto [expected, places] = max(x, 1);
  EXPECT_TRUE(equal(values, expected));
  EXPECT_TRUE(equal(indices, places));
  topk_out(values, indices, x, 2, 1);
  EXPECT_TRUE(equal(values, std::get<0>(topk(x, 2, 1))));
}

TEST(Out, DTypeOfWhatIsDrawnOrSummedIsThatOfOut) {
  const Tensor out = empty({2, 3}, kFloat64);
  manual_seed(3);
  rand_out(out, {2, 3});
  manual_seed(3);
  EXPECT_TRUE(equal(out, rand({2, 3}, kFloat64)));
  arange_out(out, 6);
  EXPECT_TRUE(equal(out, arange(6).to(kFloat64)));
  const Tensor bytes = full(300, 1, kUInt8), total = empty({}, kUInt8);
  EXPECT_EQ(sum_out(total, bytes, {}).item<int64_t>(), 300 - 256);
  expect_error<Error>([&] { zeros_out(out, {2}, kFloat32); },
                      "dtype Float does not match dtype of out parameter (Double)");
}

// Each function calls the row of its name.
TEST(Out, TypedFunctionsCallTheirRows) {
  using UnaryOut = const Tensor& (*)(const Tensor&, const Tensor&);
  using BinaryOut = const Tensor& (*)(const Tensor&, const Tensor&, const Tensor&);
  const std::pair<const char*, UnaryOut> unary[] = {{"exp", exp_out},
                                                    {"exp2", exp2_out},
                                                    {"expm1", expm1_out},
                                                    {"log", log_out},
                                                    {"log2", log2_out},
                                                    {"log10", log10_out},
                                                    {"log1p", log1p_out},
                                                    {"sqrt", sqrt_out},
                                                    {"rsqrt", rsqrt_out},
                                                    {"reciprocal", reciprocal_out},
                                                    {"square", square_out},
                                                    {"sin", sin_out},
                                                    {"cos", cos_out},
                                                    {"tan", tan_out},
                                                    {"asin", asin_out},
                                                    {"acos", acos_out},
                                                    {"atan", atan_out},
                                                    {"sinh", sinh_out},
                                                    {"cosh", cosh_out},
                                                    {"tanh", tanh_out},
                                                    {"asinh", asinh_out},
                                                    {"acosh", acosh_out},
                                                    {"atanh", atanh_out},
                                                    {"sinc", sinc_out},
                                                    {"deg2rad", deg2rad_out},
                                                    {"rad2deg", rad2deg_out},
                                                    {"erf", erf_out},
                                                    {"erfc", erfc_out},
                                                    {"erfinv", erfinv_out},
                                                    {"lgamma", lgamma_out},
                                                    {"digamma", digamma_out},
                                                    {"i0", i0_out},
                                                    {"sigmoid", sigmoid_out},
                                                    {"neg", neg_out},
                                                    {"abs", abs_out},
                                                    {"sign", sign_out},
                                                    {"sgn", sgn_out},
                                                    {"ceil", ceil_out},
                                                    {"floor", floor_out},
                                                    {"trunc", trunc_out},
                                                    {"round", round_out},
                                                    {"frac", frac_out},
                                                    {"signbit", signbit_out},
                                                    {"isposinf", isposinf_out},
                                                    {"isneginf", isneginf_out},
                                                    {"logical_not", logical_not_out},
                                                    {"silu", silu_out},
                                                    {"mish", mish_out},
                                                    {"hardsigmoid", hardsigmoid_out},
                                                    {"hardswish", hardswish_out},
                                                    {"log_sigmoid", log_sigmoid_out}};
  const std::pair<const char*, BinaryOut> binary[] = {
      {"mul", mul_out},
      {"div", div_out},
      {"floor_divide", floor_divide_out},
      {"remainder", remainder_out},
      {"fmod", fmod_out},
      {"atan2", atan2_out},
      {"hypot", hypot_out},
      {"copysign", copysign_out},
      {"nextafter", nextafter_out},
      {"logaddexp", logaddexp_out},
      {"logaddexp2", logaddexp2_out},
      {"xlogy", xlogy_out},
      {"heaviside", heaviside_out},
      {"ldexp", ldexp_out},
      {"minimum", minimum_out},
      {"maximum", maximum_out},
      {"fmin", fmin_out},
      {"fmax", fmax_out},
      {"eq", eq_out},
      {"ne", ne_out},
      {"lt", lt_out},
      {"le", le_out},
      {"gt", gt_out},
      {"ge", ge_out},
      {"logical_and", logical_and_out},
      {"logical_or", logical_or_out},
      {"logical_xor", logical_xor_out},
      {"bitwise_and", bitwise_and_out},
      {"bitwise_or", bitwise_or_out},
      {"bitwise_xor", bitwise_xor_out},
      {"bitwise_left_shift", bitwise_left_shift_out},
      {"bitwise_right_shift", bitwise_right_shift_out},
      {"gcd", gcd_out},
      {"lcm", lcm_out}};
  const Tensor x = rand({3, 4}) + 1.5, y = rand({3, 4}) + 0.5, inside = rand({3, 4}) * 0.9;
  const Tensor whole = arange(12).view({3, 4}), other = whole + 3;
  for (const auto& [name, function] : unary) {
    for (const Tensor& argument : {x, inside}) {
      const Tensor expected = std::get<Tensor>(find_op(name)->call_boxed({argument})[0]);
      EXPECT_TRUE(same_bits({function(empty_like(expected), argument)}, {expected})) << name;
    }
  }
  for (const auto& [name, function] : binary) {
    const bool on_bits = std::string(name).find("bitwise") == 0 || name == std::string("gcd") ||
                         name == std::string("lcm");
    const Tensor &a = on_bits ? whole : x, &b = on_bits ? other : y;
    const Tensor expected = std::get<Tensor>(find_op(name)->call_boxed({a, b})[0]);
    EXPECT_TRUE(same_bits({function(empty_like(expected), a, b)}, {expected})) << name;
  }
}

}  // namespace
}  // namespace cutaway
