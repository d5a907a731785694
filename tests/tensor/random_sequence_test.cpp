// SPDX-License-Identifier: MIT
//
// Sequences of mixed random calls, of all ops, dtypes and layouts, on three generators: what
// PyTorch gave, and where it left each generator (fixtures/random_sequences.txt, made by
// random_sequence_fixtures.py, which tells its form). One draw more or less anywhere, and all that
// follows is wrong. parity/random_sequences.py holds more of them against a live PyTorch.
#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <fstream>
#include <string>

#include "../../tensor/ops.h"
#include "../../tensor/parallel.h"
#include "../fixture_path.h"
#include "../random_calls.h"
#include "../sample_arguments.h"

namespace cutaway {
namespace {

/// FNV-1a, in hexadecimal.
std::string hash_of(const std::string& bytes) {
  uint64_t hash = 0xcbf29ce484222325u;
  for (const char byte : bytes) hash = (hash ^ static_cast<uint8_t>(byte)) * 0x100000001b3u;
  std::string text;
  for (; hash != 0; hash >>= 4) text.insert(0, 1, "0123456789abcdef"[hash & 15]);
  return text;
}

std::string bytes_of(const Tensor& tensor) {
  const Tensor dense = (tensor.dtype() == kFloat64 ? tensor.to(kFloat32) : tensor).contiguous();
  return visit_dtype(dense.dtype(), [&]<class T>(TypeTag<T>) {
    std::string bytes(static_cast<size_t>(dense.numel()) * sizeof(T), '\0');
    if (!bytes.empty()) std::memcpy(bytes.data(), dense.data<T>(), bytes.size());
    return bytes;
  });
}

/// The state, with the kept normal value rounded to float32.
std::string state_of(const Generator& generator) {
  constexpr size_t kept_normal_at = 5024;
  const std::vector<uint8_t> state = generator.get_state();
  double kept = 0;
  std::memcpy(&kept, state.data() + kept_normal_at, sizeof(kept));
  const float rounded = static_cast<float>(kept);
  std::string bytes(state.begin(), state.begin() + kept_normal_at);
  bytes.append(reinterpret_cast<const char*>(&rounded), sizeof(rounded));
  return bytes.append(state.begin() + kept_normal_at + sizeof(kept), state.end());
}

/// What follows the separator in a row, which is cut off; empty without one.
std::string cut_answer(std::string& row, const char* separator) {
  const size_t place = row.find(separator);
  if (place == std::string::npos) return "";
  const std::string answer = row.substr(place + 3);
  row.erase(place);
  return answer;
}

struct Counts {
  int sequences = 0, calls = 0;
};

/// Replays the whole file; stops at the first difference of a sequence.
Counts replay() {
  std::ifstream file(fixture_path("random_sequences.txt"));
  RandomSession session;
  Counts counts;
  std::string name;
  bool differs = false;
  for (std::string row; std::getline(file, row);) {
    if (row[0] == '#') continue;
    if (row.rfind("sequence ", 0) == 0) {
      session = RandomSession();
      name = row;
      differs = false;
      ++counts.sequences;
      continue;
    }
    if (differs) continue;
    const std::string refusal = cut_answer(row, " ! ");
    const std::string expected = cut_answer(row, " ~ ");
    std::string found, error;
    if (!expected.empty() && row.rfind("state ", 0) == 0) {
      found = hash_of(state_of(session.generator(row.substr(6))));
    } else {
      try {
        for (const Value& result : session.run(row))
          found = hash_of(bytes_of(std::get<Tensor>(result)));
      } catch (const Error& thrown) {
        error = thrown.message();
      }
      ++counts.calls;
    }
    differs = found != expected || error != refusal;
    EXPECT_EQ(found, expected) << name << ": " << row;
    EXPECT_EQ(error, refusal) << name << ": " << row;
  }
  return counts;
}

TEST(RandomSequence, IsPyTorchs) {
  const Counts counts = replay();
  EXPECT_EQ(counts.sequences, 60);
  EXPECT_GT(counts.calls, 900);
}

TEST(RandomSequence, DoesNotDependOnTheNumberOfThreads) {
  const int before = get_num_threads();
  set_num_threads(3);
  replay();
  set_num_threads(before);
}

TEST(ForkRng, PutsTheDefaultGeneratorBack) {
  manual_seed(5);
  normal_(empty(3));  // keeps a value
  const std::vector<uint8_t> state = default_generator().get_state();
  {
    const ForkRng outer;
    rand(7);
    {
      const ForkRng inner;
      manual_seed(9);
    }
    EXPECT_EQ(default_generator().initial_seed(), 5U);
    EXPECT_NE(default_generator().get_state(), state);
  }
  EXPECT_EQ(default_generator().get_state(), state);
}

TEST(ForkRng, PutsTheGivenGeneratorBackAfterAnError) {
  Generator generator(3);
  const std::vector<uint8_t> state = generator.get_state();
  try {
    const ForkRng fork(generator);
    random_(empty(4), &generator);
    bernoulli_(empty(3), 2.0, &generator);
  } catch (const Error&) {
  }
  EXPECT_EQ(generator.get_state(), state);
}

TEST(Bernoulli, DrawsUpToTheFirstProbabilityOutOfRange) {
  Generator refused(3), counted(3);
  const Tensor p = tensor({0.5, 0.5, 2.0, 0.5});
  EXPECT_THROW(bernoulli(p, &refused), Error);
  bernoulli(p.slice(0, 0, 2), &counted);
  EXPECT_EQ(refused.get_state(), counted.get_state());
}

TEST(Dropout, HandsTheInputThroughWhereNothingIsDropped) {
  const Tensor x = ones({2, 3});
  EXPECT_TRUE(dropout(x, 0.5, false).is_same(x));
  EXPECT_TRUE(dropout(x, 0, true).is_same(x));
  const uint32_t version = x.version();
  EXPECT_TRUE(dropout_(x, 0.5, false).is_same(x));
  EXPECT_EQ(x.version(), version);
  dropout_(x, 0.5, true);
  EXPECT_EQ(x.version(), version + 1);
}

TEST(Multinomial, NeverDrawsACategoryTwiceNorOneOfProbabilityZero) {
  Generator generator(1);
  const Tensor p = tensor({1.0, 0.0, 3.0, 2.0, 0.0, 4.0});
  for (int i = 0; i < 200; ++i) {
    const Tensor drawn = multinomial(p, 4, false, &generator);
    const int64_t* place = drawn.data<int64_t>();
    std::string seen;
    for (int j = 0; j < 4; ++j) seen += std::to_string(place[j]);
    std::sort(seen.begin(), seen.end());
    ASSERT_EQ(seen, "0235");
  }
}

}  // namespace
}  // namespace cutaway
