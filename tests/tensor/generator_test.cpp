// SPDX-License-Identifier: MIT
//
// The generator alone: MT19937's outputs, its state as PyTorch's bytes, and damaged states. The
// kernels that draw from it are tested in random_fill_test.cpp.
#include "../../tensor/generator.h"

#include <gtest/gtest.h>

#include <random>
#include <utility>

#include "../../tensor/check.h"
#include "random_fixture.h"

namespace cutaway {
namespace {

std::vector<uint64_t> long_draws(Generator& generator, size_t n) {
  std::vector<uint64_t> values(n);
  for (uint64_t& value : values) value = generator.random64();
  return values;
}

/// The message of the error that `call` throws.
template <class Call>
std::string error_of(Call call) {
  try {
    call();
  } catch (const Error& error) {
    return error.message();
  }
  return "no error";
}

TEST(Generator, TenThousandthOutputIsTheOneInTheStandard) {
  Generator generator(5489);  // the seed and the value of [rand.predef] in the C++ standard
  for (int i = 1; i < 10000; ++i) generator.random();
  EXPECT_EQ(generator.random(), 4123659995u);
}

TEST(Generator, DrawsAsTheStandardLibrarys) {
  for (uint32_t seed : {0u, 1u, 42u, 0xffffffffu}) {
    Generator ours(seed);
    std::mt19937 theirs(seed);
    for (int i = 0; i < 2000; ++i)
      ASSERT_EQ(ours.random(), theirs()) << "seed " << seed << ", " << i;
  }
}

TEST(Generator, LongDrawsAndStateBytesArePyTorchs) {
  Generator generator;
  for (const FixtureRow& row : read_random_fixture("long_draws")) {
    if (row.words[0] == "seed") {
      generator.manual_seed(std::stoull(row.words[1]));
      EXPECT_EQ(generator.initial_seed(), std::stoull(row.words[1]));
    } else if (row.words[0] == "state") {
      EXPECT_EQ(hash_of(words_of(generator.get_state())), row.values.at(0));
    } else {
      std::vector<uint64_t> drawn = long_draws(generator, std::stoul(row.words[1]));
      if (row.hashed) drawn = {hash_of(drawn)};
      EXPECT_EQ(drawn, row.values) << row.text;
    }
  }
}

TEST(Generator, PyTorchsWholeStateGoesInAndComesOut) {
  for (const FixtureRow& row : read_random_fixture("whole_state")) {
    if (row.words[0] != "bytes") continue;
    std::vector<uint8_t> bytes;
    for (uint64_t word : row.values)
      for (int shift = 0; shift < 64; shift += 8)
        bytes.push_back(static_cast<uint8_t>(word >> shift));
    Generator generator;
    generator.set_state(bytes);
    EXPECT_EQ(generator.initial_seed(), 11u);
    EXPECT_EQ(generator.get_state(), bytes);
    return;
  }
  FAIL() << "the fixture has no whole state";
}

TEST(Generator, StateCarriesTheKeptFloatNormal) {
  Generator generator(1);
  std::vector<uint8_t> state = generator.get_state();
  state[5048] = 0x25, state[5051] = 0x3f, state[5052] = 1;  // no PyTorch kernel sets it today
  generator.set_state(state);
  EXPECT_EQ(generator.get_state(), state);
  generator.manual_seed(1);
  EXPECT_EQ(generator.get_state()[5052], 0);
}

TEST(Generator, StateRoundTripContinuesTheSequence) {
  Generator generator(3);
  for (int i = 0; i < 1000; ++i) {  // through every position within the words
    std::vector<uint8_t> state = generator.get_state();
    uint32_t next = generator.random();
    Generator other;
    other.set_state(state);
    ASSERT_EQ(other.random(), next) << i;
  }
}

TEST(Generator, KeptNormalIsTakenOnceAndForgottenBySeeding) {
  Generator generator(1);
  EXPECT_FALSE(generator.take_kept_normal());
  generator.keep_normal(0.25);
  EXPECT_EQ(generator.take_kept_normal(), 0.25);
  EXPECT_FALSE(generator.take_kept_normal());
  generator.keep_normal(0.25);
  generator.manual_seed(1);
  EXPECT_FALSE(generator.take_kept_normal());
}

TEST(Generator, CloneDrawsTheSameNumbers) {
  Generator generator(9);
  long_draws(generator, 100);
  generator.keep_normal(0.5);
  Generator twin = generator.clone();
  EXPECT_EQ(twin.get_state(), generator.get_state());
  EXPECT_EQ(long_draws(twin, 400), long_draws(generator, 400));
  twin.random();
  EXPECT_NE(twin.get_state(), generator.get_state());
}

TEST(Generator, DamagedStateIsRefusedAndChangesNothing) {
  Generator generator(4);
  long_draws(generator, 10);
  const std::vector<uint8_t> good = generator.get_state();
  auto set_with = [&](std::vector<std::pair<size_t, uint8_t>> changes) {
    std::vector<uint8_t> bad = good;
    for (auto [at, value] : changes) bad[at] = value;
    return error_of([&] { generator.set_state(bad); });
  };
  EXPECT_EQ(
      error_of([&] {
        generator.set_state({good.begin(), good.end() - 1});
      }),
      "Expected a CPUGeneratorImplState of size 5056 but found the input RNG state size to be "
      "5055");
  EXPECT_EQ(
      error_of([&] { generator.set_state({}); }),
      "Expected a CPUGeneratorImplState of size 5056 but found the input RNG state size to be "
      "0");
  // Of the state, left = 605 (bytes 8 to 11), seeded = 1 (12 to 15), next = 20 (16 to 23).
  const char* invalid = "Invalid mt19937 state";
  EXPECT_EQ(set_with({{12, 0}}), invalid);                                  // seeded = 0
  EXPECT_EQ(set_with({{8, 0}, {9, 0}}), invalid);                           // left = 0
  EXPECT_EQ(set_with({{11, 0x80}}), invalid);                               // left < 0
  EXPECT_EQ(set_with({{8, 625 % 256}, {9, 625 / 256}, {16, 0}}), invalid);  // left = 625
  EXPECT_EQ(set_with({{17, 3}}), invalid);                                  // next > 624
  EXPECT_EQ(
      set_with(
          {{16, 255}, {17, 255}, {18, 255}, {19, 255}, {20, 255}, {21, 255}, {22, 255}, {23, 255}}),
      invalid);  // next = 2^64 - 1
  // Each in its bounds, but together they would read past the words.
  EXPECT_EQ(set_with({{16, 21}}), invalid);
  EXPECT_EQ(generator.get_state(), good);
}

TEST(Generator, DefaultGeneratorIsOneAndSeededByTheFreeFunction) {
  Generator& generator = manual_seed(12);
  EXPECT_EQ(&generator, &default_generator());
  EXPECT_EQ(generator.random64(), Generator(12).random64());
}

TEST(Generator, DefaultSeedIsPyTorchs) { EXPECT_EQ(Generator().initial_seed(), 67280421310721u); }

TEST(Generator, SeedIsNeverTheSameAndFitsADouble) {
  Generator generator(1);
  uint64_t first = generator.seed();
  EXPECT_EQ(generator.initial_seed(), first);
  EXPECT_EQ(generator.random64(), Generator(first).random64());
  EXPECT_NE(generator.seed(), first);
  for (int i = 0; i < 20; ++i) EXPECT_LT(generator.seed(), uint64_t{1} << 53);
}

}  // namespace
}  // namespace cutaway
