// SPDX-License-Identifier: MIT
//
// The dispatcher and the catalogue: who serves a call, what a schema says, what a boxed call
// refuses, and that the table needs no code to run before main().
#include "../../tensor/dispatch.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <thread>

#include "../../tensor/boxed.h"
#include "../../tensor/catalogue.h"
#include "../../tensor/ops.h"

namespace cutaway {
namespace {

// ---- Keys ----

TEST(KeySet, UnitesTakesAwayAndRanks) {
  const KeySet cpu(Key::CPU), both = cpu | KeySet(Key::Autograd);
  EXPECT_TRUE(both.has(Key::CPU) && both.has(Key::Autograd));
  EXPECT_FALSE(both.has(Key::CUDA));
  EXPECT_EQ(both.highest(), Key::Autograd);
  EXPECT_EQ((both - KeySet(Key::Autograd)).highest(), Key::CPU);
  EXPECT_TRUE((cpu - cpu).empty());
  EXPECT_EQ(KeySet().highest(), Key::CPU);
  for (Key key : {Key::CPU, Key::CUDA, Key::Sparse, Key::Autograd})
    EXPECT_TRUE(KeySet::all().has(key));
  EXPECT_STREQ(name_of(Key::Sparse), "Sparse");
}

TEST(KeySet, ExclusionEndsWithItsScopeAndIsTheThreadsOwn) {
  EXPECT_TRUE(excluded_keys().empty());
  {
    const ExcludeKeys outer(Key::Autograd);
    {
      const IncludeKeys inner(Key::Autograd);
      EXPECT_TRUE(excluded_keys().empty());
    }
    EXPECT_TRUE(excluded_keys().has(Key::Autograd));
    bool elsewhere = true;
    std::thread([&] { elsewhere = excluded_keys().has(Key::Autograd); }).join();
    EXPECT_FALSE(elsewhere);
  }
  EXPECT_TRUE(excluded_keys().empty());
}

// ---- Dispatch, on ops of the test's own ----

int served = 0;
Tensor by_cpu(const Tensor& x) { return served = 1, x; }
Tensor by_sparse(const Tensor& x) { return served = 2, x; }
const Tensor& write_nothing(const Tensor& x) { return served = 3, x; }
Tensor made_of_ops(const Tensor& x) { return served = 4, x; }

constinit Op<Tensor(const Tensor&)> probe{"probe(Tensor self) -> Tensor", called_directly, by_cpu};
constinit Op<const Tensor&(const Tensor&)> probe_{"probe_(Tensor(a!) self) -> Tensor(a!)",
                                                  called_directly, write_nothing};
constinit Op<Tensor(const Tensor&)> plain{"plain(Tensor self) -> Tensor", called_directly, by_cpu,
                                          not_differentiable};
constinit Op<Tensor(const Tensor&)> mixed{"mixed(Tensor self) -> Tensor", composite(made_of_ops)};

Tensor with_key(Key key) {
  const Tensor x = zeros({2});
  x.impl()->add_key(key);
  return x;
}

TEST(Dispatch, HighestKeyServes) {
  probe.set_kernel(Key::Sparse, by_sparse);
  probe(zeros({2}));
  EXPECT_EQ(served, 1);
  const Tensor x = with_key(Key::Sparse);
  probe(x);
  EXPECT_EQ(served, 2);
  const ExcludeKeys guard(Key::Sparse);
  probe(x);
  EXPECT_EQ(served, 1);
}

TEST(Dispatch, MissingKernelIsRefusedByName) {
  try {
    plain(with_key(Key::CUDA));
    FAIL() << "was accepted";
  } catch (const NotImplementedError& error) {
    EXPECT_EQ(
        error.message(),
        "Could not run 'plain' with arguments from the 'CUDA' backend: it has no kernel for that "
        "key.");
  }
  try {
    probe(with_key(Key::Autograd));
    FAIL() << "was accepted";
  } catch (const NotImplementedError& error) {
    EXPECT_EQ(error.message(), "derivative for probe is not implemented");
  }
}

TEST(Dispatch, KindsOfRow) {
  EXPECT_TRUE(probe.is_differentiable());
  EXPECT_FALSE(plain.is_differentiable());
  EXPECT_TRUE(mixed.is_composite());
  EXPECT_FALSE(plain.is_composite());
  plain(with_key(Key::Autograd));  // autograd has no part in it
  EXPECT_EQ(served, 1);
  mixed(with_key(Key::CUDA));  // the same for every key
  EXPECT_EQ(served, 4);
}

TEST(Dispatch, WriteIsCountedOnce) {
  const Tensor x = zeros({2});
  const uint32_t before = x.version();
  EXPECT_TRUE(probe_(x).is_same(x));
  EXPECT_EQ(x.version(), before + 1);
  below_autograd(probe_, x);
  EXPECT_EQ(x.version(), before + 2);
  probe(x);
  EXPECT_EQ(x.version(), before + 2);
}

TEST(Dispatch, ViewHasTheKeysOfItsBase) {
  const Tensor base = zeros({2, 2});
  const Tensor view = base[0];
  EXPECT_FALSE(view.keys().has(Key::Autograd));
  base.impl()->add_key(Key::Autograd);
  EXPECT_TRUE(view.keys().has(Key::Autograd));
}

TEST(Dispatch, UndefinedAndAbsentTensorsHaveNoKeys) {
  EXPECT_TRUE(keys_of(Tensor()).empty());
  EXPECT_TRUE(keys_of(std::optional<Tensor>()).empty());
  EXPECT_TRUE(keys_of(5).empty());
  const std::vector<Tensor> list = {Tensor(), with_key(Key::Sparse)};
  EXPECT_TRUE(keys_of(TensorList(list)).has(Key::Sparse));
}

// ---- The catalogue ----

// Runs before main(), in whatever order: constant-initialised rows are there already.
const int64_t rows_before_main = all_ops().size();
const OpBase* const mul_before_main = find_op("mul");

TEST(Catalogue, NeedsNoCodeBeforeMain) {
  EXPECT_EQ(rows_before_main, all_ops().size());
  ASSERT_NE(mul_before_main, nullptr);
  EXPECT_EQ(mul_before_main->name(), "mul");
}

TEST(Catalogue, RowsAreFoundByTheirNamesOnlyOnce) {
  std::set<std::string_view> names;
  for (const OpBase* row : all_ops()) {
    EXPECT_TRUE(names.insert(row->name()).second) << row->name();
    EXPECT_EQ(find_op(row->name()), row);
  }
  EXPECT_EQ(find_op("no_such_op"), nullptr);
  EXPECT_EQ(find_op(""), nullptr);
  EXPECT_EQ(find_op("mu"), nullptr);
}

TEST(Catalogue, SchemasAreWellFormed) {
  const std::set<std::string> types = {
      "Tensor",  "Tensor(a)", "Tensor(a!)", "Tensor?",   "Tensor[]", "Tensor?[]",  "int",
      "int?",    "int[]",     "int[1]",     "int[2]",    "int[]?",   "int[1]?",    "float",
      "float?",  "bool",      "bool?",      "Scalar",    "Scalar?",  "ScalarType", "ScalarType?",
      "float[]", "str",       "str?",       "Generator?"};
  for (const OpBase* row : all_ops()) {
    const std::string schema = row->schema();
    const size_t arrow = schema.find(") -> ");
    ASSERT_NE(arrow, std::string::npos) << schema;
    const std::string_view name = row->name();
    const bool in_place = name.substr(0, name.find('.')).back() == '_';
    EXPECT_EQ(schema.substr(arrow + 5) == "Tensor(a!)", in_place) << schema;
    std::string list = schema.substr(schema.find('(') + 1, arrow - schema.find('(') - 1) + ", ";
    bool has_default = false;
    for (size_t end; (end = list.find(", ")) != std::string::npos; list.erase(0, end + 2)) {
      const std::string parameter = list.substr(0, end);
      if (parameter == "*") continue;
      EXPECT_TRUE(types.count(parameter.substr(0, parameter.find(' '))))
          << schema << ": " << parameter;
      const bool defaulted = parameter.find('=') != std::string::npos;
      EXPECT_TRUE(defaulted || !has_default) << schema << ": a default before " << parameter;
      has_default = has_default || defaulted;
    }
  }
}

// ---- Boxed calls ----

void expect_type_error(const char* op, const Values& arguments, const std::string& text) {
  try {
    find_op(op)->call_boxed(arguments);
    ADD_FAILURE() << op << " was accepted";
  } catch (const TypeError& error) {
    EXPECT_EQ(error.message(), text);
  }
}

TEST(Boxed, RefusesWrongCountsAndTypes) {
  const Tensor x = ones({2});
  expect_type_error("neg", {}, "neg(Tensor self) -> Tensor takes 1 arguments, got 0");
  expect_type_error(
      "mul", {x, std::string("2")},
      "mul(): argument (position 2) must be Tensor, not str (schema: mul(Tensor self, "
      "Tensor other) -> Tensor)");
  expect_type_error(
      "mul", {int64_t{2}, x},
      "mul(): argument (position 1) must be Tensor, not int (schema: mul(Tensor self, "
      "Tensor other) -> Tensor)");
  expect_type_error(
      "mul", {std::monostate(), x},
      "mul(): argument (position 1) must be Tensor, not None (schema: mul(Tensor self, "
      "Tensor other) -> Tensor)");
  expect_type_error("view", {x, 2.5},
                    "view(): argument (position 2) must be tuple of ints, not float (schema: "
                    "view(Tensor(a) self, int[] size) -> Tensor(a))");
  expect_type_error("unsqueeze", {x, true},
                    "unsqueeze(): argument (position 2) must be int, not bool (schema: "
                    "unsqueeze(Tensor(a) self, int dim) -> Tensor(a))");
  expect_type_error("cat", {x, int64_t{0}},
                    "cat(): argument (position 1) must be tuple of Tensors, not Tensor (schema: "
                    "cat(Tensor[] tensors, int dim=0) -> Tensor)");
}

TEST(Boxed, TakesNumbersWhereTheyFit) {
  const Tensor x = ones({2});
  for (const Value& value : {Value(true), Value(int64_t{1}), Value(1.0)}) {
    EXPECT_NO_THROW(find_op("fill_")->call_boxed({x, value}));
  }
  Generator generator(1);
  EXPECT_NO_THROW(find_op("uniform_")->call_boxed({x, int64_t{0}, 1.0, &generator}));
  EXPECT_NO_THROW(find_op("uniform_")->call_boxed({x, 0.0, 1.0, std::monostate()}));
  EXPECT_NO_THROW(find_op("empty")->call_boxed({std::vector<int64_t>{2}, std::monostate()}));
}

TEST(Boxed, GivesEveryResult) {
  const Values results = find_op("max.dim")->call_boxed({tensor({3.0, 5.0}), int64_t{0}, false});
  ASSERT_EQ(results.size(), 2U);
  EXPECT_EQ(std::get<Tensor>(results[0]).item<float>(), 5);
  EXPECT_EQ(std::get<Tensor>(results[1]).item<int64_t>(), 1);
  EXPECT_TRUE(std::get<bool>(find_op("equal")->call_boxed({ones({2}), ones({2})})[0]));
}

}  // namespace
}  // namespace cutaway
