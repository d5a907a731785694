// SPDX-License-Identifier: MIT
//
// The kernels that fill memory with random numbers, against what PyTorch drew. Each section of the
// fixture is a sequence of calls on one generator, so every test also holds the number of draws a
// call makes: one draw more or less, and all rows after it are wrong.
#include "../../tensor/cpu/random_fill.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <memory>
#include <thread>

#include "../../tensor/check.h"
#include "../../tensor/cpu/normal_block.h"
#include "random_fixture.h"

namespace cutaway {
namespace {

constexpr int64_t kLowest = std::numeric_limits<int64_t>::lowest();
constexpr int64_t kHighest = std::numeric_limits<int64_t>::max();

/// What a fixture row shows of a value: a float's bits, an integer's two's complement.
template <class T>
uint64_t bits_of(T value) {
  if constexpr (is_half_v<T>) return value.bits;
  if constexpr (std::is_same_v<T, float>) return std::bit_cast<uint32_t>(value);
  if constexpr (std::is_same_v<T, double>) return std::bit_cast<uint64_t>(value);
  return static_cast<uint64_t>(value);
}

/// How many doubles apart two values are; far apart if their signs differ.
uint64_t ulps_between(uint64_t a, uint64_t b) { return a > b ? a - b : b - a; }

/// Makes the calls of rows, one after the other, and compares what they give.
class Replay {
 public:
  void run(const std::string& section) {
    for (const FixtureRow& row : read_random_fixture(section)) call(row);
  }

  void call(const FixtureRow& row) {
    const std::vector<std::string>& words = row.words;
    SCOPED_TRACE(row.text + "(seed " + std::to_string(generator_.initial_seed()) + ")");
    if (words[0] == "seed") {
      generator_.manual_seed(std::stoull(words[1]));
    } else if (words[0] == "state") {
      EXPECT_EQ(hash_of(words_of(generator_.get_state())), row.values.at(0));
    } else if (words[0] == "bytes") {  // the generator is already there; generator_test reads them
      EXPECT_EQ(words_of(generator_.get_state()), row.values);
    } else if (words[0] == "randperm") {
      compare<int64_t>(row, std::stoll(words[1]),
                       [&](int64_t* out, int64_t n) { cpu::randperm_fill(out, n, generator_); });
    } else if (words[1] == "float32") {
      call_for<float>(row);
    } else if (words[1] == "float64") {
      call_for<double>(row);
    } else if (words[1] == "float16") {
      call_for<Half>(row);
    } else if (words[1] == "bfloat16") {
      call_for<BFloat16>(row);
    } else if (words[1] == "int8") {
      call_for<int8_t>(row);
    } else if (words[1] == "int16") {
      call_for<int16_t>(row);
    } else if (words[1] == "int64") {
      call_for<int64_t>(row);
    } else if (words[1] == "int32") {
      call_for<int32_t>(row);
    } else if (words[1] == "uint8") {
      call_for<uint8_t>(row);
    } else if (words[1] == "bool") {
      call_for<bool>(row);
    } else {
      FAIL() << "unknown row";
    }
  }

 private:
  template <class T>
  void call_for(const FixtureRow& row) {
    const std::string& name = row.words[0];
    auto number = [&](size_t i) { return std::stod(row.words.at(i)); };
    auto integer = [&](size_t i) { return std::stoll(row.words.at(i)); };
    if constexpr (is_real_v<T>) {
      auto fill = name == "uniform"             ? cpu::uniform_fill<T>
                  : name == "normal"            ? cpu::normal_fill<T>
                  : name == "normal_one_by_one" ? cpu::normal_fill_one_by_one<T>
                                                : nullptr;
      if (fill != nullptr) {
        compare<T>(row, integer(2),
                   [&](T* out, int64_t n) { fill(out, n, number(3), number(4), generator_); });
        return;
      }
    }
    if (name == "random") {
      compare<T>(row, integer(2), [&](T* out, int64_t n) { cpu::random_fill(out, n, generator_); });
    } else if (name == "random_from_to") {
      std::optional<int64_t> to;
      if (row.words.at(4) != "None") to = integer(4);
      cpu::IntegerRange range = cpu::integer_range<T>(integer(3), to);
      compare<T>(row, integer(2),
                 [&](T* out, int64_t n) { cpu::random_from_to_fill(out, n, range, generator_); });
    } else if (name == "bernoulli") {
      compare<T>(row, integer(2),
                 [&](T* out, int64_t n) { cpu::bernoulli_fill(out, n, number(3), generator_); });
    } else if (name == "bernoulli_each" && row.words[2] == "float32") {
      bernoulli_each<T, float>(row, integer(3));
    } else if (name == "bernoulli_each" && row.words[2] == "float64") {
      bernoulli_each<T, double>(row, integer(3));
    } else {
      FAIL() << "unknown row";
    }
  }

  /// Probabilities 0, 1/n, ... (n - 1)/n.
  template <class T, class P>
  void bernoulli_each(const FixtureRow& row, int64_t size) {
    std::vector<P> p;
    for (int64_t i = 0; i < size; ++i)
      p.push_back(static_cast<P>(static_cast<double>(i) / static_cast<double>(size)));
    compare<T>(row, size,
               [&](T* out, int64_t n) { cpu::bernoulli_each_fill(out, p.data(), n, generator_); });
  }

  template <class T, class Fill>
  void compare(const FixtureRow& row, int64_t n, Fill fill) {
    // One more than asked for: the kernel must leave it alone.
    auto memory = std::make_unique<T[]>(static_cast<size_t>(n) + 1);
    memory[static_cast<size_t>(n)] = static_cast<T>(1);
    fill(memory.get(), n);
    EXPECT_EQ(bits_of(memory[static_cast<size_t>(n)]), bits_of(static_cast<T>(1)));
    std::vector<uint64_t> got;
    for (size_t i = 0; i < static_cast<size_t>(n); ++i) got.push_back(bits_of(memory[i]));
    if (row.hashed) got = {hash_of(got)};
    ASSERT_EQ(got.size(), row.values.size());
    // Normal float64 numbers use the C library's log, sin and cos, which may differ in a last bit.
    bool exact = !(std::is_same_v<T, double> && row.words[0].starts_with("normal"));
    for (size_t i = 0; i < got.size(); ++i)
      ASSERT_LE(ulps_between(got[i], row.values[i]), exact ? 0u : 4u) << "element " << i;
  }

  Generator generator_;
};

TEST(RandomFill, UniformIsPyTorchs) { Replay().run("uniform"); }
TEST(RandomFill, NormalIsPyTorchs) { Replay().run("normal"); }
TEST(RandomFill, NormalOneByOneIsPyTorchs) { Replay().run("normal_one_by_one"); }
TEST(RandomFill, RandomIsPyTorchs) { Replay().run("random"); }
TEST(RandomFill, RandomFromToIsPyTorchs) { Replay().run("random_from_to"); }
TEST(RandomFill, RandpermIsPyTorchs) { Replay().run("randperm"); }
TEST(RandomFill, BernoulliIsPyTorchs) { Replay().run("bernoulli"); }
TEST(RandomFill, SmallDTypesArePyTorchs) { Replay().run("small_dtypes"); }
TEST(RandomFill, MixedCallsStayInStep) { Replay().run("mixed"); }
TEST(RandomFill, CallsAfterAWholeStateStayInStep) { Replay().run("whole_state"); }

TEST(RandomFill, UniformStaysBelowItsUpperBound) {
  // Half of these would round up to 5 + 2^-21, the next float after 5.
  const double to = 5.0 + 0x1p-21;
  std::vector<float> values(1000);
  Generator generator(1);
  cpu::uniform_fill(values.data(), 1000, 5.0, to, generator);
  for (float value : values) ASSERT_EQ(value, 5.0f);
}

TEST(RandomFill, NormalIsScaledAndShiftedWithOneRounding) {
  const double kept = 1.0 + 0x1p-30;
  Generator generator(1);
  generator.keep_normal(kept);
  double value = 0;
  cpu::normal_fill_one_by_one(&value, 1, -1.0, kept, generator);
  EXPECT_EQ(value, 0x1p-29 + 0x1p-60);  // (1 + 2^-30)^2 - 1, whose last bit a product would lose
}

TEST(RandomFill, FloatBlocksAgreeWithTheFormulaInFloat64) {
  // Every value of u1 that float32 has near 0 and near 1, with angles all around the circle.
  for (int64_t start : {int64_t{0}, (int64_t{1} << 24) - 80000, (int64_t{1} << 23) - 40000}) {
    std::vector<float> fast(160000);
    for (size_t i = 0; i < fast.size(); ++i) {
      auto number = static_cast<int64_t>(i);
      int64_t u = i % 16 < 8 ? start + number / 2 : (number * 7919 * 1021) % (int64_t{1} << 24);
      fast[i] = static_cast<float>(u) * 0x1p-24f;
    }
    std::vector<double> exact(fast.begin(), fast.end());
    cpu::normal_blocks(fast.data(), 10000, 0.5f, 2.0f);
    cpu::normal_blocks(exact.data(), 10000, 0.5, 2.0);
    for (size_t i = 0; i < fast.size(); ++i) ASSERT_NEAR(fast[i], exact[i], 1e-5) << i;
  }
}

TEST(RandomFill, RandpermIsAPermutation) {
  std::vector<int64_t> order(5000);
  Generator generator(2);
  cpu::randperm_fill(order.data(), 5000, generator);
  EXPECT_NE(order[0] + order[1] + order[2], 3);
  std::sort(order.begin(), order.end());
  for (size_t i = 0; i < order.size(); ++i) ASSERT_EQ(order[i], static_cast<int64_t>(i));
}

TEST(RandomFill, TwoThreadsTakeTurns) {
  constexpr int64_t n = 200000;
  std::vector<float> expected(2 * n), a(n), b(n);
  Generator generator(6);
  cpu::uniform_fill(expected.data(), 2 * n, 0, 1, generator);
  generator.manual_seed(6);
  std::thread other([&] { cpu::uniform_fill(b.data(), n, 0, 1, generator); });
  cpu::uniform_fill(a.data(), n, 0, 1, generator);
  other.join();
  if (a[0] != expected[0]) std::swap(a, b);
  a.insert(a.end(), b.begin(), b.end());
  EXPECT_TRUE(a == expected);
}

/// The message of the error that integer_range<T> throws.
template <class T>
std::string range_error(int64_t from, std::optional<int64_t> to) {
  try {
    cpu::integer_range<T>(from, to);
  } catch (const Error& error) {
    return error.message();
  }
  return "no error";
}

TEST(IntegerRange, ErrorsArePyTorchs) {
  EXPECT_EQ(range_error<int64_t>(3, 3),
            "random_ expects 'from' to be less than 'to', but got from=3 >= to=3");
  EXPECT_EQ(range_error<float>(5, -5),
            "random_ expects 'from' to be less than 'to', but got from=5 >= to=-5");
  EXPECT_EQ(range_error<uint8_t>(0, 257), "to - 1 is out of bounds for unsigned char");
  EXPECT_EQ(range_error<uint8_t>(-1, 25), "from is out of bounds for unsigned char");
  EXPECT_EQ(range_error<uint8_t>(300, {}), "from is out of bounds for unsigned char");
  EXPECT_EQ(range_error<int32_t>(0, int64_t{1} << 40), "to - 1 is out of bounds for int");
  EXPECT_EQ(range_error<int8_t>(-129, 3), "from is out of bounds for signed char");
  EXPECT_EQ(range_error<int16_t>(0, 40000), "to - 1 is out of bounds for short int");
  EXPECT_EQ(range_error<Half>(-70000, 3), "from is out of bounds for c10::Half");
  EXPECT_EQ(range_error<Half>(0, 70000), "to - 1 is out of bounds for c10::Half");
  EXPECT_EQ(range_error<Half>(kLowest, {}),
            "\"random_full_64_bits_range_kernel_cpu\" not implemented for 'Half'");
  EXPECT_EQ(range_error<bool>(0, 3), "to - 1 is out of bounds for bool");
  EXPECT_EQ(range_error<int32_t>(kLowest, {}),
            "random_full_64_bits_range_kernel_cpu handles only int64, double, float and bfloat16");
  EXPECT_EQ(range_error<float>((int64_t{1} << 40) - 1, int64_t{1} << 40),
            "random_ expects 'from' casted to dtype to be less than 'to' casted to dtype, but got "
            "from=1099511627775 >= to=1099511562240");
  EXPECT_EQ(range_error<float>((int64_t{1} << 40) + 1, (int64_t{1} << 40) + 5),
            "random_ expects 'from' casted to dtype to be less than 'to' casted to dtype, but got "
            "from=1099511758848 >= to=1099511627781");
  EXPECT_EQ(range_error<float>(1 << 25, {}),
            "random_ expects 'from' casted to dtype to be less than or equal to 'to_inc' casted to "
            "dtype, but got from=33554432 > to_inc=16777216");
}

TEST(IntegerRange, TakesTheWidestBounds) {
  EXPECT_EQ(cpu::integer_range<int64_t>(kLowest, kHighest).count,
            std::numeric_limits<uint64_t>::max());
  EXPECT_EQ(cpu::integer_range<int64_t>(kHighest, {}).count, 1u);
  EXPECT_EQ(cpu::integer_range<double>(kLowest, kHighest).first, kLowest);
  EXPECT_EQ(range_error<double>(kHighest, {}).substr(0, 30), "random_ expects 'from' casted ");
}

}  // namespace
}  // namespace cutaway
